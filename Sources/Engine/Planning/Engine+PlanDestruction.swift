import Bundles
import Catalog
import Documents
import Store

extension Engine {
    /// Dependents go first: a pipeline before its instances, instances before their environment.
    func planDestruction(_ destruction: Destruction, _ request: OrderRequest) throws -> OrderPlan {
        switch destruction {
        case .environment(let name):
            let record = try existingRecord(.environment(name))
            let dependents = try dependents(of: record.target)
            guard dependents.isEmpty else {
                throw PlanFaults(
                    "environment.inUse",
                    "Environment \(name) must be empty to be deleted, but \(dependents.map(\.title).joined(separator: ", ")) run in it.",
                    hint: "Remove these first."
                )
            }
            return OrderPlan(request: request, plans: [try removal(of: record)])
        case .service(let name):
            _ = try existingService(name)
            let records = try store.records(RecordQuery(service: name))
            let pipeline = records.filter { $0.target.kind == .pipeline }
            let instances = records.filter { $0.target.kind == .instance }
            try refuseAttached(to: instances)
            return OrderPlan(request: request, plans: try (pipeline + instances).map { try removal(of: $0) })
        case .instance(let service, let name):
            return try planRemoval(of: name, from: try existingService(service), request)
        case .component(let name):
            let record = try existingRecord(.component(name))
            if let instance = record.attachment {
                throw PlanFaults(
                    "component.attached",
                    "Component \(name) must be detached to be deleted, but is attached to \(instance.title).",
                    hint: "Detach it first: baryon component detach \(name)")
            }
            let left = try store.instancesAfter(component: record.target)
            return OrderPlan(request: request, plans: [try removal(of: record)], findings: left.map(Engine.leftBehind))
        }
    }

    /// An instance goes on with what a component gave until it is deployed again.
    private static func leftBehind(_ instance: TargetRecord) -> Finding {
        let title = instance.target.title
        return Finding(
            "component.inUse", .warning,
            "\(title) still runs with what this component gave: it was not deployed since.",
            hint: "Deploy it again first: baryon instance update \(title) --to \(instance.version)")
    }

    /// An instance goes only without the component that reads what it is given.
    func refuseAttached(to instances: [TargetRecord]) throws {
        let findings = try instances.compactMap { instance -> Finding? in
            guard let component = try store.component(of: instance.target) else { return nil }
            return Finding(
                "instance.component",
                "\(instance.target.title) must be without a component to be deleted, but has \(component.target.title).",
                hint: "Detach it first: baryon component detach \(component.target.title)")
        }
        if !findings.isEmpty { throw PlanFaults(findings) }
    }

    /// One instance goes, and the pipeline is told. Nothing else of the service is touched.
    private func planRemoval(of name: String, from service: Service, _ request: OrderRequest) throws -> OrderPlan {
        let record = try existingRecord(.instance(service: service.name, name: name))
        try refuseAttached(to: [record])
        let records = try store.records(RecordQuery(service: service.name))
        let others = try records.filter {
            try $0.target.kind == .instance && $0.target != record.target && !isLeaving($0)
        }
        guard !others.isEmpty else {
            throw PlanFaults(
                "service.lastInstance",
                "Service \(service.name) must keep at least one instance, and \(name) is its last.",
                hint: "Delete the service: baryon service delete \(service.name)"
            )
        }
        var order = OrderPlan(request: request, plans: [try removal(of: record)])
        let running = Set(others.filter { $0.applied != nil }.map(\.target.name))
        guard let pipeline = records.first(where: { $0.target.kind == .pipeline }), pipeline.applied != nil,
            !running.isEmpty, let version = try store.version(pipeline.template, pipeline.desired.version)
        else { return order }
        let document = try read(try effectiveSpec(of: service), kind: .service).removing(instance: name)
        var sequence = ServiceSequence(
            service: service, version: version, spec: document.text, revision: service.revision + 1)
        sequence.views = try instanceViews(of: service).filter { running.contains($0.name) }
        try addPipeline(document.pipeline, record: pipeline, to: &sequence, document)
        order.plans += sequence.plans.filter { !$0.isIdle }
        order.findings = sequence.findings
        return order
    }

    /// Whether its destruction is under way.
    private func isLeaving(_ record: TargetRecord) throws -> Bool {
        guard let last = try record.attempted.flatMap({ try store.deployment($0) }) else { return false }
        return last.action == .destroy && !last.phase.isFinished
    }

    /// The plan that destroys one target.
    func removal(of record: TargetRecord) throws -> Plan {
        let applied = try appliedPlan(of: record)
        let connection = try existingConnection(record.connection, for: record.target)
        let place = StackPlace(connection, StackName.of(record.target, record, in: connection))
        var plan = Plan(
            target: record.target, action: .destroy, template: record.template, version: record.version,
            fromVersion: record.applied?.version, environment: record.environment, stage: record.stage,
            connection: record.connection, provisioner: connection.provisioner.rawValue, stack: place.stack,
            spec: record.desired.spec,
            revision: record.desired.revision + 1, inputs: .object(Object()), previousInputs: applied?.inputs,
            changes: removals(of: applied, resources: try store.resources(of: record.target), at: place),
            basis: record.applied?.deployment,
            grounds: Engine.grounds(connection, record, bundle: "", environment: nil)
        )
        plan.findings += [Engine.leftover(record)].compactMap(\.self)
        if try isCustomerManaged(record) { plan.consist(of: [], over: record) }
        plan.seal()
        return plan
    }
}
