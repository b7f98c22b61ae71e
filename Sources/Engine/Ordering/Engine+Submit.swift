package import Catalog
import Documents
import Bundles
import Store

/// What was stored of an order.
package struct SubmittedOrder: Hashable, Sendable {
    package var order: Order
    /// In the order in which they run.
    package var deployments: [Deployment]
}

extension Engine {
    /// Stores an order exactly as it was reviewed; where anything has changed since, nothing is stored.
    package func submit(
        _ plan: OrderPlan, why: String = "", tags: [String: String] = [:]
    ) throws(Refusal) -> SubmittedOrder {
        guard !plan.isBlocked else { throw blocked(plan) }
        try Words.check(owner: Engine.owner(of: plan.request), why: why)
        let again = try self.plan(plan.request)
        guard again.plans.map(\.digest) == plan.plans.map(\.digest) else {
            throw Refusal(
                "plan.void", "What this order was planned on has changed meanwhile.",
                hint: "Review it again: \(difference(plan, again))."
            )
        }
        return try refusing {
            for step in plan.plans { _ = try store.put(step.blob) }
            let receipt = try store.submit(try submission(of: plan, why: why, tags: tags))
            return SubmittedOrder(order: receipt.order, deployments: receipt.deployments)
        }
    }

    /// The owner that an order names; `nil` where it names none.
    private static func owner(of request: OrderRequest) -> String? {
        switch request {
        case .createEnvironment(let order): order.owner
        case .createService(let order): order.owner
        case .updateEnvironment(let update), .updateInstance(let update), .updatePipeline(let update): update.owner
        case .updateService(let update): update.owner
        case .destroy, .retry: nil
        }
    }

    private func blocked(_ plan: OrderPlan) -> Refusal {
        let findings = plan.findings + plan.plans.flatMap(\.findings)
        let errors = findings.filter { $0.severity == .error }
        guard errors.isEmpty else { return Refusal(findings) }
        if let check = plan.plans.flatMap(\.checks).first(where: { $0.outcome == .failed }) {
            return Refusal("plan.blocked", "The check \"\(check.name)\" failed: \(check.sentence)")
        }
        return Refusal("plan.empty", "There is nothing to change.")
    }

    private func difference(_ old: OrderPlan, _ new: OrderPlan) -> String {
        if old.plans.map(\.target) != new.plans.map(\.target) { return "its steps are others now" }
        let moved = zip(old.plans, new.plans).filter { $0.digest != $1.digest }.map { $0.0.target.title }
        return moved.joined(separator: ", ") + " would change otherwise"
    }

    private func submission(
        of plan: OrderPlan, why: String, tags: [String: String]
    ) throws -> StoredOrder {
        var submission = StoredOrder(
            title: title(of: plan), by: actor.name, why: why, tags: tags, at: clock(),
            steps: try plan.plans.map { try step($0, in: plan) }
        )
        submission.service = try serviceChange(of: plan)
        if case .destroy(.service(let name)) = plan.request { submission.destroysService = name }
        return submission
    }

    private func step(_ plan: Plan, in order: OrderPlan) throws -> StoredOrder.Step {
        let record = try store.record(plan.target)
        return StoredOrder.Step(
            target: plan.target, action: plan.action, template: plan.template, version: plan.version,
            fromVersion: plan.fromVersion, environment: plan.environment,
            owner: owner(of: order, record: record), stage: plan.stage, connection: plan.connection, spec: plan.spec,
            revision: plan.revision, baseRevision: record?.desired.revision, planDigest: plan.digest
        )
    }

    private func owner(of order: OrderPlan, record: TargetRecord?) -> String {
        switch order.request {
        case .createEnvironment(let environment): environment.owner
        case .createService(let service): service.owner
        case .updateEnvironment(let update), .updateInstance(let update), .updatePipeline(let update):
            update.owner ?? record?.owner ?? ""
        case .updateService(let update): record?.owner ?? update.owner ?? ""
        case .destroy, .retry: record?.owner ?? ""
        }
    }

    /// The service's own copy of the spec: whole for a service's order, its part for a target's.
    private func serviceChange(of plan: OrderPlan) throws -> StoredOrder.ServiceChange? {
        guard let spec = plan.plans.first(where: { $0.action != .destroy })?.spec else { return nil }
        switch plan.request {
        case .createService(let order):
            let service = Service(
                name: order.name, template: order.template, owner: order.owner, repository: order.repository,
                branch: order.branch, repositoryConnection: order.repositoryConnection, spec: spec,
                createdAt: clock()
            )
            return StoredOrder.ServiceChange(service: service, baseRevision: nil)
        case .updateService(let update): return try change(update.name, spec: update.spec ?? spec, update)
        case .destroy(.instance(let service, _)): return try change(service, spec: spec, nil)
        case .updateInstance(let update), .updatePipeline(let update):
            guard let name = update.target.service, let current = try store.service(name) else { return nil }
            return try change(name, spec: try merged(spec, of: update.target, into: current), nil)
        case .retry(let id):
            let target = try existingDeployment(id).target
            guard let name = target.service, let current = try store.service(name) else { return nil }
            return try change(name, spec: try merged(spec, of: target, into: current), nil)
        case .createEnvironment, .updateEnvironment, .destroy: return nil
        }
    }

    private func merged(_ spec: String, of target: Target, into service: Service) throws -> String {
        let own = try read(spec, kind: .service).inputs(of: target)
        return try read(service.spec, kind: .service).setting(own, of: target).text
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

    private func title(of plan: OrderPlan) -> String {
        switch plan.request {
        case .createEnvironment(let order): "create environment \(order.name)"
        case .updateEnvironment(let update), .updateInstance(let update), .updatePipeline(let update):
            "update \(update.target.title)"
        case .createService(let order): "create service \(order.name)"
        case .updateService(let update): "update service \(update.name)"
        case .destroy(.environment(let name)): "delete environment \(name)"
        case .destroy(.service(let name)): "delete service \(name)"
        case .destroy(.instance(let service, let name)): "delete \(service)/\(name)"
        case .retry(let id): "try \(id) again"
        }
    }

    /// Asks a deployment to stop; one that runs undoes what it did.
    package func cancel(_ id: Deployment.ID) throws(Refusal) {
        let deployment = try existingDeployment(id)
        guard !deployment.phase.isFinished else {
            throw Refusal(
                "deployment.finished",
                "Deployment \(id) must be running to be cancelled, but it \(deployment.phase.sentence).")
        }
        _ = try refusing { try store.requestCancel(id, by: actor.name, at: clock()) }
    }
}

extension Deployment.Phase {
    /// As a sentence goes on behind "it".
    var sentence: String {
        switch self {
        case .queued: "is queued"
        case .waiting: "waits for earlier steps"
        case .inProgress: "is in progress"
        case .cancelling: "is being cancelled"
        case .rollingBack: "is rolling back"
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .cancelled: "was cancelled"
        case .stuck: "is stuck"
        }
    }
}
