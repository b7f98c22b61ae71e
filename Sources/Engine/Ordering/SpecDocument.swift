import Bundles
import Catalog
import Documents
import Schemas

/// A spec's text with what it says: read, changed in place, and checked target by target.
struct SpecDocument {
    let kind: TemplateKind
    private(set) var text: String
    private(set) var spec: Spec
    /// Faults of the document's shape: it is read all the same, as far as it goes.
    private(set) var faults: [Finding] = []

    struct Instance {
        var name: String
        var environment: String
        var inputs: Value
        var place: Place?
        /// Where it stands in the document.
        var pointer = Pointer()
    }

    static func read(
        _ text: String, name: String, kind: TemplateKind
    ) -> (document: SpecDocument?, findings: [Finding]) {
        let (spec, findings) = Spec.read(Source(name: name, text: text), kind: kind)
        return (spec.map { SpecDocument(kind: kind, text: text, spec: $0, faults: findings) }, findings)
    }

    var environment: Value? { kind == .environment ? spec.environmentInputs : Value?.none }
    var pipeline: Value? { kind == .service && spec.value["pipeline"] != nil ? spec.pipelineInputs : Value?.none }

    var instances: [Instance] {
        guard kind == .service else { return [] }
        return spec.instances.map {
            Instance(
                name: $0.name, environment: $0.environment, inputs: $0.inputs,
                place: spec.document.place(of: $0.pointer), pointer: $0.pointer
            )
        }
    }

    /// What a target is given, before defaults.
    func inputs(of target: Target) -> Value {
        switch target {
        case .environment: spec.environmentInputs
        case .instance(_, let name): spec.instance(named: name)?.inputs ?? .object(Object())
        case .pipeline: spec.pipelineInputs
        // It has none of its own.
        case .component: .object(Object())
        }
    }

    private func pointer(of target: Target) -> Pointer? {
        switch target {
        case .environment: Pointer(["spec"])
        case .instance(_, let name): spec.instance(named: name)?.pointer.appending("spec")
        case .pipeline: Pointer(["pipeline"])
        case .component: nil
        }
    }

    /// What the schema has against a target's inputs once defaults are filled in, with places in the text.
    ///
    /// - Parameters:
    ///   - instance: Which of the instances, where names may be repeated.
    ///   - tellsUnknown: Whether inputs that no schema declares are told too: those that somebody has just written.
    func findings(
        of target: Target, in loaded: LoadedBundle, instance: Instance? = nil, tellsUnknown: Bool = true
    ) -> [Finding] {
        guard let schema = loaded.schemas[target.part],
            let base = instance?.pointer.appending("spec") ?? pointer(of: target)
        else { return [] }
        let inputs = instance?.inputs ?? inputs(of: target)
        let faults = schema.validate(schema.filled(inputs)).map { located($0, at: base) }
        guard tellsUnknown else { return faults }
        return faults + spec.unknownInputs(inputs, loaded.bundle, Engine.part(of: target), at: base)
    }

    /// A finding about a target's inputs, with its place in the text.
    func located(_ finding: Finding, of target: Target) -> Finding {
        pointer(of: target).map { located(finding, at: $0) } ?? finding
    }

    private func located(_ finding: Finding, at base: Pointer) -> Finding {
        var finding = finding.located(in: spec.document, at: base)
        finding.pointer = finding.pointer.map { Pointer(base.steps + $0.steps) }
        finding.focus = finding.focus.map { Pointer(base.steps + $0.steps) }
        return finding
    }

    // MARK: Changing

    /// With other inputs for one target; comments, order and the rest of the text stay.
    func setting(_ inputs: Value, of target: Target) -> SpecDocument {
        guard let base = pointer(of: target) else { return self }
        // No inputs are not worth a line.
        if spec.value[base] ?? .null == .null, inputs.object?.isEmpty == true { return self }
        return editing {
            $0.change(base, to: inputs)
        } otherwise: {
            $0.setting(base, to: inputs) ?? $0
        }
    }

    /// With the instances of `content`, in its order: of those that stay, only what differs is written.
    private func setting(instances wanted: [SpecContent.Instance]) -> SpecDocument {
        let names = wanted.map(\.name)
        let old = spec.value["instances"]?.list ?? []
        // As many as before: what has another name in the same place was renamed.
        let isRenamed = old.count == wanted.count
        let kept = isRenamed ? old : old.filter { names.contains($0["name"]?.string ?? "") }
        let items = wanted.enumerated().map { index, instance -> Value in
            let same = kept.first { $0["name"]?.string == instance.name }
            let renamed = isRenamed && !names.contains(kept[index]["name"]?.string ?? "") ? kept[index] : nil
            var object = (same ?? renamed)?.object ?? Object()
            if object["name"]?.string != instance.name { object["name"] = .string(instance.name) }
            if object["environment"]?.string ?? "" != instance.environment
                || object["environment"] == nil && same == nil
            {
                object["environment"] = .string(instance.environment)
            }
            let isEmpty = instance.inputs.object?.isEmpty == true
            let isNew = same == nil && renamed == nil
            if isNew || !isEmpty || object["spec"] ?? .null != .null { object["spec"] = instance.inputs }
            return .object(object)
        }
        let list = Pointer(["instances"])
        return editing { editor in
            for index in old.indices.reversed() where !kept.contains(old[index]) {
                guard editor.remove(list.appending(index)) else { return false }
            }
            return editor.change(list, to: .list(items))
        } otherwise: {
            $0.setting(list, to: .list(items)) ?? $0
        }
    }

    /// With one more instance, as the last.
    func adding(_ instance: Instance) -> SpecDocument {
        let entry = Value.object(
            Object([
                ("name", .string(instance.name)), ("environment", .string(instance.environment)),
                ("spec", instance.inputs),
            ])
        )
        let end = Pointer(["instances", "-"])
        return editing {
            $0.set(end, to: entry)
        } otherwise: {
            $0.setting(end, to: entry) ?? $0
        }
    }

    func removing(instance name: String) -> SpecDocument {
        guard let pointer = spec.instance(named: name)?.pointer else { return self }
        return editing {
            $0.remove(pointer)
        } otherwise: {
            $0.removing(pointer) ?? $0
        }
    }

    /// With every `${Proton::CURRENT_VAL}` replaced by what `previous` has there; the text says the values then.
    func resolved(against previous: SpecDocument?) -> (document: SpecDocument, findings: [Finding]) {
        let (resolved, findings) = spec.resolved(against: previous?.spec)
        guard resolved.value != spec.value else { return (self, findings) }
        var document = self
        for (pointer, value) in Self.replaced(spec.value, resolved.value, Pointer()) {
            document = document.editing {
                $0.set(pointer, to: value)
            } otherwise: {
                $0.setting(pointer, to: value) ?? $0
            }
        }
        return (document, findings)
    }

    private static func replaced(_ old: Value, _ new: Value, _ at: Pointer) -> [(Pointer, Value)] {
        switch (old, new) {
        case (.object(let old), .object(let new)):
            new.flatMap { key, value in
                old[key].map { replaced($0, value, at.appending(key)) } ?? [(at.appending(key), value)]
            }
        case (.list(let old), .list(let new)):
            zip(old, new).enumerated().flatMap { replaced($1.0, $1.1, at.appending($0)) }
        default: old == new ? [] : [(at, new)]
        }
    }

    /// Edits the text in place; where that can't be done safely, the whole is written anew.
    private func editing(_ edit: (inout YAMLEditor) -> Bool, otherwise change: (Value) -> Value) -> SpecDocument {
        var editor = YAMLEditor(spec.document)
        let text = edit(&editor) ? editor.text : change(spec.value).yaml
        return Self.read(text, name: spec.document.source.name, kind: kind).document ?? self
    }

    // MARK: Writing

    static func environmentText(_ inputs: Value, over text: String?) -> String {
        if let text, let old = read(text, name: "spec.yaml", kind: .environment).document {
            return old.setting(inputs, of: .environment("")).text
        }
        return Value.object(Object([("proton", "EnvironmentSpec"), ("spec", inputs)])).yaml
    }

    static func serviceText(_ content: SpecContent, over text: String?) -> String {
        if let text, var old = read(text, name: "spec.yaml", kind: .service).document {
            if let pipeline = content.pipeline { old = old.setting(pipeline, of: .pipeline(service: "")) }
            return old.setting(instances: content.instances).text
        }
        var object = Object([("proton", "ServiceSpec")])
        if let pipeline = content.pipeline { object["pipeline"] = pipeline }
        object["instances"] = .list(
            content.instances.map { instance in
                .object(
                    Object([
                        ("name", .string(instance.name)), ("environment", .string(instance.environment)),
                        ("spec", instance.inputs),
                    ])
                )
            }
        )
        return Value.object(object).yaml
    }
}
