package import Catalog
import Bundles
import Documents
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
        let again = try takingAnswers(of: plan, to: try self.plan(plan.request))
        guard again.plans.map(\.digest) == plan.plans.map(\.digest) else {
            let changed = try changedMeanwhile(plan, again)
            if !changed.isEmpty { throw Refusal(changed) }
            if again.findings.hasErrors { throw Refusal(again.findings) }
            throw Refusal([
                Finding(
                    "plan.void", "What this order was planned on has changed meanwhile.",
                    hint: "Review it again: \(difference(plan, again)).",
                    causes: try refusing { try plan.plans.flatMap { try moved(since: $0) } })
            ])
        }
        let submitted = try refusing {
            for step in plan.plans { _ = try store.put(step.blob) }
            do {
                let receipt = try kept(plan, why: why, tags: tags)
                return SubmittedOrder(order: receipt.order, deployments: receipt.deployments)
            } catch StoreError.conflict(let conflict) {
                let isEnvironment = plan.plans.allSatisfy { $0.target.kind == .environment }
                throw Refusal([Engine.stale(conflict, kind: isEnvironment ? .environment : .service)])
            } catch StoreError.busy(let target, let id) {
                throw Refusal([try busy(target, id)])
            }
        }
        tell(
            .submitted,
            Object([
                ("order", .number(Number(submitted.order.id.number))), ("title", .string(submitted.order.title)),
                ("why", .string(why)),
                ("deployments", .list(submitted.deployments.map { .number(Number($0.id.number)) })),
            ]))
        return submitted
    }

    /// An order of single targets goes into their service's spec as it is at that moment: who changes another part of
    /// it meanwhile is in nobody's way. The targets' own revisions are compared by themselves.
    private func kept(_ plan: OrderPlan, why: String, tags: [String: String]) throws -> Receipt {
        let order = try submission(of: plan, why: why, tags: tags)
        do { return try store.submit(order) } catch {
            guard plan.request.isOfParts, case .conflict(let conflict) = error,
                order.services.contains(where: { $0.service.name == conflict.subject })
            else { throw error }
        }
        return try kept(plan, why: why, tags: tags)
    }

    /// The owner that an order names; `nil` where it names none.
    private static func owner(of request: OrderRequest) -> String? {
        switch request {
        case .createEnvironment(let order): order.owner
        case .createService(let order): order.owner
        case .updateEnvironment(let update), .updateInstance(let update), .updatePipeline(let update): update.owner
        case .updateService(let update): update.owner
        case .createComponent(let order): order.owner
        case .updateComponent(let update): update.owner
        case .updateMany, .destroy, .retry, .rollback, .moveEnvironment: nil
        }
    }

    /// Why a target can't be changed now, and who could bring its deployment to an end.
    private func busy(_ target: Target, _ id: Deployment.ID) throws -> Finding {
        let deployment = try existingDeployment(id)
        let known = StoreError.busy(target: target, deployment: id).finding
        guard try isAbandoned(deployment) else { return known }
        return Finding(
            known.code,
            "\(target.title) has a deployment that is not finished: \(id), which nobody carries out.",
            hint: "Go on with it: baryon runner --until-idle"
        )
    }

    private func blocked(_ plan: OrderPlan) -> Refusal {
        let findings = plan.findings + plan.plans.flatMap(\.findings)
        let errors = findings.filter { $0.severity == .error }
        guard errors.isEmpty else { return Refusal(findings) }
        if let check = plan.plans.flatMap(\.checks).first(where: \.blocks) {
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
        submission.services = try serviceChanges(of: plan)
        if case .destroy(.service(let name)) = plan.request { submission.destroysService = name }
        if case .retry(let id) = plan.request {
            submission.destroysService = try store.destroyedService(by: try existingDeployment(id).order)
        }
        return submission
    }

    private func step(_ plan: Plan, in order: OrderPlan) throws -> StoredOrder.Step {
        let record = try store.record(plan.target)
        let new = try newVersion(of: plan, in: order.request)
        if let new { _ = try store.put(new.archive) }
        return StoredOrder.Step(
            target: plan.target, action: plan.action, template: plan.template, version: plan.version,
            fromVersion: plan.fromVersion, environment: plan.environment,
            owner: try owner(of: order, record: record), stage: plan.stage, connection: plan.connection,
            spec: plan.spec, revision: plan.revision,
            // What the plan was made from, not what is there by now.
            baseRevision: plan.revision > 1 ? plan.revision - 1 : nil, planDigest: plan.digest,
            newVersion: new?.version
        )
    }

    private func owner(of order: OrderPlan, record: TargetRecord?) throws -> String {
        switch order.request {
        case .createEnvironment(let environment): environment.owner
        case .createService(let service): service.owner
        case .createComponent(let component): component.owner
        case .updateComponent(let update): update.owner ?? record?.owner ?? ""
        case .updateEnvironment(let update), .updateInstance(let update), .updatePipeline(let update):
            update.owner ?? record?.owner ?? ""
        case .updateMany(let updates):
            updates.first { $0.target == record?.target }?.owner ?? record?.owner ?? ""
        case .updateService(let update):
            try update.owner ?? record?.owner ?? store.service(update.name)?.owner ?? ""
        case .destroy, .retry, .rollback, .moveEnvironment: record?.owner ?? ""
        }
    }

    private func title(of plan: OrderPlan) -> String {
        switch plan.request {
        case .createEnvironment(let order): "create environment \(order.name)"
        case .updateEnvironment(let update), .updateInstance(let update), .updatePipeline(let update):
            "update \(update.target.title)"
        case .updateMany(let updates): "update \(updates.count) targets"
        case .createService(let order): "create service \(order.name)"
        case .updateService(let update): "update service \(update.name)"
        case .destroy(.environment(let name)): "delete environment \(name)"
        case .destroy(.service(let name)): "delete service \(name)"
        case .destroy(.instance(let service, let name)): "delete \(service)/\(name)"
        case .destroy(.component(let name)): "delete component \(name)"
        case .createComponent(let order): "create component \(order.name)"
        case .updateComponent(let update):
            switch update.attachment {
            case .keep: "update component \(update.name)"
            case .detach: "detach component \(update.name)"
            case .attach(let instance): "attach component \(update.name) to \(instance.title)"
            }
        case .retry(let id): "try \(id) again"
        case .rollback(let rollback): "roll back \(rollback.target.title)"
        case .moveEnvironment(let move): "move environment \(move.name) to \(move.connection)"
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
        try refusing {
            guard try store.requestCancel(id, by: actor.name, at: clock()).isFinished,
                let ended = try store.deployment(id), ended.phase == .cancelled
            else { return }
            try tellEnd(of: ended)
        }
    }
}
