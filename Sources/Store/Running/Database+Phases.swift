import Catalog
import GRDB

extension Database {
    /// Puts a deployment into a phase, and says so in its events and at its target.
    func enter(_ phase: Deployment.Phase, of id: Deployment.ID, target: Target, at: Instant) throws {
        try run("UPDATE deployments SET phase = ? WHERE id = ?", [phase.rawValue, id.number])
        try run(
            "UPDATE targets SET phase = ?, attempted = ? WHERE target = ?", [phase.rawValue, id.number, target.id])
        _ = try append(Event(deployment: id, at: at, kind: .phase, message: phase.rawValue), to: id)
    }

    func append(_ event: Event, to id: Deployment.ID) throws -> Int {
        try run(
            """
            INSERT INTO events (deployment, at, kind, resource, type, state, physical_id, message)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id.number, event.at.milliseconds, event.kind.rawValue, event.resource, event.type,
                event.state?.rawValue, event.physicalID, event.message,
            ])
        return Int(lastInsertedRowID)
    }

    /// Ends a deployment, and does what follows from it to its target and its order.
    ///
    /// - Parameter made: The resources that a move has made.
    func end(
        _ deployment: Deployment, _ outcome: Outcome, made: [ProvisionedResource] = [], at: Instant
    ) throws {
        var outputs: [Output] = []
        if case .succeeded(let given) = outcome { outputs = given }
        try run(
            """
            UPDATE deployments SET finished_at = ?, failure = ?, outputs = ?, lease_owner = NULL, lease_expires = NULL
            WHERE id = ?
            """, [at.milliseconds, outcome.failure?.stored, outputs.stored, deployment.id.number])
        try enter(outcome.phase, of: deployment.id, target: deployment.target, at: at)
        if case .succeeded = outcome {
            if deployment.action == .move { try settleMove(deployment, made) }
            try apply(deployment, outputs: outputs, at: at)
            try queueNext(after: deployment, at: at)
        } else {
            if outcome.isUncertain {
                try run("UPDATE targets SET is_uncertain = 1 WHERE target = ?", [deployment.target.id])
            } else {
                if deployment.action == .move {
                    try run("UPDATE targets SET stack = NULL WHERE target = ?", [deployment.target.id])
                }
                try releaseAttachment(of: deployment)
            }
            try cancelFollowers(of: deployment, at: at)
        }
    }

    private func apply(_ deployment: Deployment, outputs: [Output], at: Instant) throws {
        switch deployment.action {
        case .create, .update, .move, .adopt:
            try run(
                """
                UPDATE targets SET applied_deployment = ?, applied_major = ?, applied_minor = ?, applied_spec = ?,
                    applied_revision = ?, applied_outputs = ?, applied_at = ?, is_uncertain = 0, rank = ?
                WHERE target = ?
                """,
                [
                    deployment.id.number, deployment.version.major, deployment.version.minor, deployment.spec,
                    deployment.revision, outputs.stored, at.milliseconds,
                    try rank(of: deployment.template, deployment.version), deployment.target.id,
                ])
            try settleAttachment(of: deployment)
        case .destroy:
            try run("DELETE FROM resources WHERE target = ?", [deployment.target.id])
            try run("DELETE FROM targets WHERE target = ?", [deployment.target.id])
            try removeService(with: deployment, at: at)
        }
    }

    /// A service goes with its last target, where the order was to destroy it.
    private func removeService(with deployment: Deployment, at: Instant) throws {
        let name = try text("SELECT destroys_service FROM orders WHERE id = ?", [deployment.order.number])
        guard let name else { return }
        let order = Order(
            id: deployment.order, title: "", by: deployment.by, why: deployment.why, createdAt: at)
        try removeEmptyService(name, by: order)
    }

    /// Queues what waits at the lowest step, once all before it have succeeded.
    private func queueNext(after deployment: Deployment, at: Instant) throws {
        let order = deployment.order.number
        let next = try rows(
            """
            SELECT id, target FROM deployments WHERE order_id = ?1 AND phase = 'waiting'
                AND step = (SELECT min(step) FROM deployments WHERE order_id = ?1 AND phase <> 'succeeded')
            """, [order]
        ) { (id: Deployment.ID($0.int()), target: try $0.target()) }
        for step in next { try enter(.queued, of: step.id, target: step.target, at: at) }
    }

    /// Those that wait never begin, and say for which one.
    private func cancelFollowers(of deployment: Deployment, at: Instant) throws {
        let waiting = try rows(
            "SELECT id, target FROM deployments WHERE order_id = ? AND phase = 'waiting' AND step > ?",
            [deployment.order.number, deployment.step]
        ) { (id: Deployment.ID($0.int()), target: try $0.target()) }
        let failure = Failure.earlierStep("\(deployment.target.title) (\(deployment.id))")
        for follower in waiting {
            try run(
                "UPDATE deployments SET finished_at = ?, failure = ? WHERE id = ?",
                [at.milliseconds, failure.stored, follower.id.number])
            try enter(.cancelled, of: follower.id, target: follower.target, at: at)
            if let ended = try self.deployment(follower.id) { try releaseAttachment(of: ended) }
        }
    }
}
