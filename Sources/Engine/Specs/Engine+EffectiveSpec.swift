import Bundles
import Catalog
import Documents
import Schemas
import Store

/// What a service's targets are asked to be now.
extension Engine {
    /// Every instance of a service as it is applied, in the order of the service's spec: a pipeline goes through them so.
    func instanceViews(of service: Service) throws -> [InstanceView] {
        let names = try read(service.spec, kind: .service).instances.map(\.name)
        let places = Dictionary(zip(names, 0...)) { first, _ in first }
        let records = try store.records(RecordQuery(service: service.name)).filter { $0.target.kind == .instance }
        let sorted = records.enumerated().sorted { left, right in
            func place(_ one: (offset: Int, element: TargetRecord)) -> (Int, Int) {
                (places[one.element.target.name] ?? names.count, one.offset)
            }
            return place(left) < place(right)
        }
        return try sorted.map(\.element).map { record in
            InstanceView(
                name: record.target.name, inputs: try filledInputs(of: record),
                outputs: Object((record.applied?.outputs ?? []).map { ($0.key, Value.string($0.value)) }),
                environment: try store.record(.environment(record.environment))
            )
        }
    }

    /// A target's desired inputs with the defaults of its version; a component's are those of its instance.
    func filledInputs(of record: TargetRecord) throws -> Value {
        if record.target.kind == .component { return try attached(to: record)?.inputs ?? .object(Object()) }
        guard let version = try store.version(record.template, record.desired.version) else { return .null }
        let kind: TemplateKind = record.target.kind == .environment ? .environment : .service
        let inputs = try read(record.desired.spec, kind: kind).inputs(of: record.target)
        return try bundle(of: version).schemas[record.target.part]?.filled(inputs) ?? inputs
    }

    /// The service's spec with each target's part from its own copy: what is asked for now.
    ///
    /// The set of instances is that of the targets: one whose creation failed is in it until it is deleted, one whose
    /// deletion failed is still in it.
    func effectiveSpec(of service: Service) throws -> String {
        var document = try read(service.spec, kind: .service)
        let records = try store.records(RecordQuery(service: service.name))
        let names = Set(records.filter { $0.target.kind == .instance }.map(\.target.name))
        for instance in document.instances where !names.contains(instance.name) {
            document = document.removing(instance: instance.name)
        }
        for record in records {
            let own = try read(record.desired.spec, kind: .service).inputs(of: record.target)
            document = document.asking(own, of: record)
        }
        return document.text
    }

    /// A service's spec once an instance is gone; as it was where that can't be written.
    static func spec(_ spec: String, without instance: String) -> String {
        SpecDocument.read(spec, name: "spec.yaml", kind: .service).document?.removing(instance: instance).text ?? spec
    }
}

extension SpecDocument {
    /// With a target's inputs, and with the target itself where it is missing.
    func asking(_ inputs: Value, of record: TargetRecord) -> SpecDocument {
        let name = record.target.name
        if record.target.kind == .instance, !instances.contains(where: { $0.name == name }) {
            return adding(Instance(name: name, environment: record.environment, inputs: inputs))
        }
        return self.inputs(of: record.target) == inputs ? self : setting(inputs, of: record.target)
    }
}
