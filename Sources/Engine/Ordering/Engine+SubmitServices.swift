import Bundles
import Catalog
import Store

extension Engine {
    /// The services' own copies of the spec: whole for a service's order, the targets' parts for those of targets.
    func serviceChanges(of plan: OrderPlan) throws -> [StoredOrder.ServiceChange] {
        switch plan.request {
        case .createService(let order):
            let service = Service(
                name: order.name, template: order.template, owner: order.owner, repository: order.repository,
                branch: order.branch, repositoryConnection: order.repositoryConnection, spec: order.spec,
                createdAt: clock()
            )
            return [StoredOrder.ServiceChange(service: service, baseRevision: nil)]
        case .updateService(let update):
            return [try change(update.name, spec: try keptSpec(of: update, plan.plans), update)]
        case .updateInstance, .updatePipeline, .updateMany, .retry, .rollback: return try merged(plan.plans)
        // What is destroyed leaves its service's spec when it is gone, not when somebody asks for it.
        case .createEnvironment, .updateEnvironment, .destroy, .moveEnvironment, .createComponent, .updateComponent:
            return []
        }
    }

    /// The spec that was asked for, in which the instances that it leaves out stay until they are destroyed.
    private func keptSpec(of update: ServiceUpdate, _ plans: [Plan]) throws -> String {
        let current = try effectiveSpec(of: try existingService(update.name))
        guard let wanted = update.spec else { return current }
        let before = try read(current, kind: .service)
        var document = try resolved(try read(wanted, kind: .service), against: current)
        for plan in plans where plan.action == .destroy {
            guard let instance = before.instances.first(where: { $0.name == plan.target.name }) else { continue }
            document = document.adding(instance)
        }
        return document.text
    }

    /// Each service once, with the parts of its targets from their own plans.
    private func merged(_ plans: [Plan]) throws -> [StoredOrder.ServiceChange] {
        let plans = plans.filter { $0.action != .destroy && $0.action != .move }
        var names: [String] = []
        for plan in plans {
            if let name = plan.target.service, !names.contains(name) { names.append(name) }
        }
        return try names.compactMap { name in
            guard let service = try store.service(name) else { return nil }
            var document = try read(try effectiveSpec(of: service), kind: .service)
            for plan in plans where plan.target.service == name {
                let own = try read(plan.spec, kind: .service).inputs(of: plan.target)
                document = document.setting(own, of: plan.target)
            }
            return try change(name, spec: document.text, nil)
        }
    }

    private func change(
        _ name: String, spec: String, _ update: ServiceUpdate?
    ) throws -> StoredOrder.ServiceChange {
        var service = try existingService(name)
        let base = service.revision
        service.spec = spec
        service.revision += 1
        service.owner = update?.owner ?? service.owner
        service.repository = update?.repository ?? service.repository
        service.branch = update?.branch ?? service.branch
        service.repositoryConnection = update?.repositoryConnection ?? service.repositoryConnection
        return StoredOrder.ServiceChange(service: service, baseRevision: base)
    }
}
