import Catalog
import Documents
import Store

extension Engine {
    /// The same again as a target's last deployment, and with it the steps of its order that never began because of it.
    ///
    /// A service's deletion goes on with all that is left of the service.
    func planRetry(_ id: Deployment.ID, _ request: OrderRequest) throws -> OrderPlan {
        let deployment = try existingDeployment(id)
        guard deployment.phase.isFinished, deployment.phase != .succeeded else {
            throw Refusal(
                "deployment.notFailed",
                "Deployment \(id) must have failed to be tried again, but it \(deployment.phase.sentence)."
            )
        }
        try refuseSuperseded(deployment)
        if let service = try store.destroyedService(by: deployment.order), try store.service(service) != nil {
            return try planDestruction(.service(service), request)
        }
        if deployment.action == .move {
            let name = deployment.target.kind == .environment ? deployment.target.name : deployment.environment
            return try planMove(EnvironmentMove(name: name, connection: deployment.connection), request)
        }
        var order = OrderPlan(request: request, plans: [])
        var batch = UpdateBatch()
        for step in [deployment] + (try followers(of: deployment)) {
            guard step.action != .destroy else {
                order.plans.append(try removal(of: try existingRecord(step.target)))
                batch.gone.insert(step.target)
                continue
            }
            let update = TargetUpdate(target: step.target, version: .exact(step.version), spec: step.spec)
            let (planned, findings) = try plannedUpdate(update, beside: batch, mayGoBack: true)
            order.plans.append(planned.plan)
            order.findings += findings
            try note(planned, in: &batch)
        }
        return order
    }

    /// The later steps of its order that were cancelled with it and that nothing has taken up since.
    private func followers(of deployment: Deployment) throws -> [Deployment] {
        try store.deployments(of: deployment.order).filter { step in
            try step.step > deployment.step && step.phase == .cancelled && step.failure?.isOfEarlierStep == true
                && store.record(step.target)?.attempted == step.id
        }
    }

    /// Only a target's last deployment is tried again: an older one would put its answers over newer ones.
    private func refuseSuperseded(_ deployment: Deployment) throws(Refusal) {
        let (id, title) = (deployment.id, deployment.target.title)
        guard let record = try refusing({ try store.record(deployment.target) }) else {
            throw Refusal(
                "deployment.superseded",
                "Deployment \(id) can't be tried again, because \(title) is not there any more.",
                hint: "Order it anew.")
        }
        guard let newest = record.attempted, newest != id else { return }
        let newer = try existingDeployment(newest)
        throw Refusal([
            Finding(
                "deployment.superseded",
                "Deployment \(id) must be the last one of \(title) to be tried again, but \(newest) came later: "
                    + "\(newer.action.rawValue), which \(newer.phase.sentence).",
                hint: "Change \(title) from what is asked for now, or try \(newest) again where it did not succeed.",
                causes: try refusing { try differences(between: deployment, and: newer) })
        ])
    }

    private func differences(between old: Deployment, and new: Deployment) throws -> [Finding] {
        guard old.target.kind != .component else {
            return [old, new].map { deployment in
                let place =
                    ComponentSpec(deployment.spec)?.attachment.map { "attached to \($0.title)" }
                    ?? "attached to nothing"
                return Finding(
                    "spec.difference", .note, "In \(deployment.id) it was file \(deployment.version), \(place).")
            }
        }
        let kind: TemplateKind = old.target.kind == .environment ? .environment : .service
        let before = try read(old.spec, kind: kind).inputs(of: old.target)
        let after = try read(new.spec, kind: kind).inputs(of: new.target)
        var notes = SpecDifference.notes(from: before, to: after, was: "in \(old.id)", isNow: "in \(new.id)")
        if old.version != new.version {
            notes.append(
                Finding("spec.difference", .note, "The version was \(old.version) in \(old.id), and is \(new.version).")
            )
        }
        return notes
    }
}
