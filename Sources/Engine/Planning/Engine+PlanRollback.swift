import Catalog
import CloudFormation
import Documents
import Store

extension Engine {
    /// A target as an earlier deployment left it: planned first like any change.
    func planRollback(_ rollback: Rollback, _ request: OrderRequest) throws -> OrderPlan {
        let record = try existingRecord(rollback.target)
        let goal = try goal(of: rollback, record)
        let update = TargetUpdate(target: rollback.target, version: .exact(goal.version), spec: goal.spec)
        var (planned, findings) = try plannedUpdate(update, beside: UpdateBatch(), mayGoBack: true)
        let changes = planned.plan.changes
        for change in changes where losesData(change, in: planned.plan) && !rollback.accepting.contains(change.resource)
        {
            findings.append(
                Finding(
                    "rollback.loss",
                    "Rolling back must not \(change.kind == .remove ? "remove" : "replace") what holds data, but it would do so to \(change.resource) (\(change.type)).",
                    hint: "Name it if that is meant: --accept-loss \(change.resource)",
                    pointer: Pointer(["Resources", change.resource])))
        }
        for name in rollback.accepting.sorted() where !changes.contains(where: { $0.resource == name }) {
            findings.append(
                Finding(
                    "rollback.accepted",
                    "A resource whose loss is accepted must be one that changes, but \(name) does not.",
                    hint: Spelling.nearest(to: name, among: changes.map(\.resource)).map { "Did you mean \($0)?" }
                        ?? "Leave it out."))
        }
        return OrderPlan(request: request, plans: [planned.plan], findings: Engine.inOrder(findings))
    }

    /// The deployment to go back to: the one that was named, else the last success before the applied one.
    private func goal(of rollback: Rollback, _ record: TargetRecord) throws -> Deployment {
        let title = rollback.target.title
        if let id = rollback.to {
            let deployment = try existingDeployment(id)
            guard deployment.target == rollback.target else {
                throw PlanFaults(
                    "rollback.other",
                    "Deployment \(id) must be one of \(title) to go back to, but it is one of \(deployment.target.title).",
                    hint: "See its deployments with: baryon deployment list \(rollback.target.id)")
            }
            guard deployment.phase == .succeeded, deployment.action != .destroy else {
                throw PlanFaults(
                    "rollback.failed",
                    "Deployment \(id) must have succeeded to go back to it, but it \(deployment.phase.sentence)"
                        + (deployment.action == .destroy ? " in destroying \(title)." : "."),
                    hint: "See its deployments with: baryon deployment list \(rollback.target.id)")
            }
            guard deployment.connection == record.connection else {
                throw PlanFaults(
                    "rollback.elsewhere",
                    "Deployment \(id) must have gone to \(record.connection), where \(title) is, to go back to it, but it went to \(deployment.connection).",
                    hint: "See its inputs with: baryon deployment show \(id.number); then set them anew.")
            }
            return deployment
        }
        let successes = try store.deployments(DeploymentQuery(target: rollback.target, phases: [.succeeded]))
            .filter { $0.action != .destroy && $0.connection == record.connection }
        let applied = record.applied?.deployment
        // What was asked for and failed is undone already: then what is applied is what to go back to.
        if record.hasSpecDrift, let current = successes.first(where: { $0.id == applied }) { return current }
        guard let earlier = successes.first(where: { $0.id < (applied ?? $0.id) }) else {
            throw PlanFaults(
                "rollback.none", "\(title) has no earlier deployment that succeeded, so there is nothing to go back to."
            )
        }
        return earlier
    }

    /// Whether a resource that holds data would not be there any more, with its data, under its name.
    private func losesData(_ change: Change, in plan: Plan) -> Bool {
        switch change.kind {
        case .replace, .mayReplace, .remove:
            if change.consequence == .dataLoss { return true }
            guard change.kind != .remove || change.consequence != .detached else { return false }
            return ResourceFacts.facts(for: change.type, region: plan.grounds.region)?.isStateful ?? false
        case .add, .update, .metadata, .unknown: return false
        }
    }
}
