import Bundles
import Catalog
import Documents
import Schemas
import Store

extension Engine {
    func planCreation(of order: EnvironmentOrder, _ request: OrderRequest) throws -> OrderPlan {
        var findings = [Name.fault(in: order.name, what: "The environment's name")].compactMap(\.self)
        let target = Target.environment(order.name)
        if try store.record(target) != nil { findings.append(Engine.taken("An environment", order.name)) }
        do throws(Refusal) { _ = try existingConnection(order.connection) } catch { findings += error.findings }
        let version = try version(of: order.template, kind: .environment, order.version, &findings)
        guard let version, !findings.hasErrors else { throw PlanFaults(findings) }
        let spec = order.spec.isEmpty ? SpecDocument.environmentText(.object(Object()), over: nil) : order.spec
        let document = try read(spec, kind: .environment)
        let loaded = try bundle(of: version)
        let inputs = document.environment ?? .object(Object())
        let planned = try planned(
            Wanted(
                target: target, action: .create, version: version, spec: spec, revision: 1, inputs: inputs,
                stage: order.stage, connection: order.connection
            )
        )
        return OrderPlan(
            request: request, plans: [planned.plan],
            findings: Engine.inOrder(findings + document.faults + document.findings(of: target, in: loaded)))
    }

    /// Reads a spec; throws all its faults at once.
    func read(_ text: String, kind: TemplateKind) throws -> SpecDocument {
        let (document, findings) = SpecDocument.read(text, name: "spec.yaml", kind: kind)
        guard let document else { throw PlanFaults(findings) }
        return document
    }

    static func taken(_ what: String, _ name: String) -> Finding {
        Finding("name.taken", "\(what) called \"\(name)\" exists already.", hint: "Choose another name, or update it.")
    }
}

extension TemplateKind {
    var plural: String {
        switch self {
        case .environment: "environments"
        case .service: "services"
        case .component: "components"
        }
    }
}
