package import Catalog
import Documents
import Store

extension Engine {
    /// Newest first.
    package func deployments(
        target: Target? = nil, isUnfinished: Bool = false, before: Deployment.ID? = nil, limit: Int = 100
    ) throws(Refusal) -> [Deployment] {
        try refusing {
            try carried(
                try store.deployments(
                    DeploymentQuery(target: target, isUnfinished: isUnfinished, before: before, limit: limit)))
        }
    }

    package func deployment(_ id: Deployment.ID) throws(Refusal) -> DeploymentDetail {
        let found = try existingDeployment(id)
        return try refusing {
            let deployment = try carried([found])[0]
            guard let order = try store.order(deployment.order) else {
                throw Refusal("order.unknown", "Deployment \(id) has no order.")
            }
            return DeploymentDetail(
                deployment: deployment, order: order, steps: try carried(try store.deployments(of: deployment.order)),
                plan: try storedPlan(deployment), runner: try runnerState(of: deployment),
                destroysService: try store.destroyedService(by: deployment.order)
            )
        }
    }

    /// In the order in which they happened.
    package func events(
        of id: Deployment.ID, after sequence: Int = 0, limit: Int = 1000
    ) throws(Refusal) -> [Event] {
        try refusing { try store.events(of: id, after: sequence, limit: limit) }
    }

    func existingDeployment(_ id: Deployment.ID) throws(Refusal) -> Deployment {
        guard let deployment = try refusing({ try store.deployment(id) }) else {
            throw Refusal(
                "deployment.unknown", "There is no deployment \(id) in this workspace.",
                hint: "See what there is with: baryon deployment list"
            )
        }
        return deployment
    }

    /// The plan that was approved; `nil` where its blob is gone.
    func storedPlan(_ deployment: Deployment) throws -> Plan? {
        guard !deployment.planDigest.isEmpty, store.hasBlob(deployment.planDigest) else { return nil }
        let source = Source(name: "plan", bytes: try store.blob(deployment.planDigest))
        return Document.read(source, as: .json, limits: .stored).document.flatMap { Plan(value: $0.value) }
    }

    private func runnerState(of deployment: Deployment) throws -> DeploymentDetail.RunnerState {
        guard let lease = try store.lease(of: deployment.id), lease.expiresAt > now(), !RunnerName.isDead(lease.owner)
        else { return .none }
        return RunnerName(lease.owner)?.process == RunnerName.current.process ? .here : .elsewhere
    }
}

extension Limits {
    /// For what Baryon wrote itself: the files of a plan may be large.
    static let stored = Limits(bytes: 64 << 20, depth: 512, nodes: 5_000_000)
}
