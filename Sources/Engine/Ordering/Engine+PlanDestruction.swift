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
                    hint: "Remove these instances first."
                )
            }
            return OrderPlan(request: request, plans: [try removal(of: record)])
        case .service(let name):
            _ = try existingService(name)
            let records = try store.records(RecordQuery(service: name))
            let pipeline = records.filter { $0.target.kind == .pipeline }
            let instances = records.filter { $0.target.kind == .instance }
            return OrderPlan(request: request, plans: try (pipeline + instances).map { try removal(of: $0) })
        case .instance(let service, let name):
            let target = Target.instance(service: service, name: name)
            _ = try existingRecord(target)
            let existing = try existingService(service)
            let document = try read(try effectiveSpec(of: existing), kind: .service)
            guard document.instances.count > 1 else {
                throw PlanFaults(
                    "service.lastInstance",
                    "Service \(service) must keep at least one instance, and \(name) is its last.",
                    hint: "Delete the service: baryon service delete \(service)"
                )
            }
            var plan = try planService(
                ServiceUpdate(name: service, spec: document.removing(instance: name).text, remove: [name]), request)
            plan.request = request
            return plan
        }
    }

    /// The plan that destroys one target.
    func removal(of record: TargetRecord) throws -> Plan {
        let applied = try appliedPlan(of: record)
        let stack = StackName.of(record.target)
        var plan = Plan(
            target: record.target, action: .destroy, template: record.template, version: record.version,
            fromVersion: record.applied?.version, environment: record.environment, stage: record.stage,
            connection: record.connection, provisioner: record.connection, stack: stack, spec: record.desired.spec,
            revision: record.desired.revision + 1, inputs: .object(Object()), previousInputs: applied?.inputs,
            changes: removals(of: applied, resources: try store.resources(of: record.target), stack: stack),
            basis: record.applied?.deployment
        )
        plan.seal()
        return plan
    }
}
