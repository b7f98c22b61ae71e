import Bundles
import Catalog
import Store

extension Engine {
    /// The services' own copies of the spec: whole for a service's order, the targets' parts for those of targets.
    func serviceChanges(of plan: OrderPlan) throws -> [StoredOrder.ServiceChange] {
        guard let spec = plan.plans.first(where: { $0.action != .destroy })?.spec else { return [] }
        switch plan.request {
        case .createService(let order):
            let service = Service(
                name: order.name, template: order.template, owner: order.owner, repository: order.repository,
                branch: order.branch, repositoryConnection: order.repositoryConnection, spec: spec,
                createdAt: clock()
            )
            return [StoredOrder.ServiceChange(service: service, baseRevision: nil)]
        case .updateService(let update): return [try change(update.name, spec: update.spec ?? spec, update)]
        case .destroy(.instance(let service, _)): return [try change(service, spec: spec, nil)]
        case .updateInstance, .updatePipeline, .updateMany, .retry: return try merged(plan.plans)
        case .createEnvironment, .updateEnvironment, .destroy: return []
        }
    }

    /// Each service once, with the parts of its targets from their own plans.
    private func merged(_ plans: [Plan]) throws -> [StoredOrder.ServiceChange] {
        var names: [String] = []
        for plan in plans {
            if let name = plan.target.service, !names.contains(name) { names.append(name) }
        }
        return try names.compactMap { name in
            guard let service = try store.service(name) else { return nil }
            var document = try read(service.spec, kind: .service)
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
