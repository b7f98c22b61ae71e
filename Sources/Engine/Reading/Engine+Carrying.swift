import Catalog
import Documents
import Store

/// "In progress" is a lease: whether somebody holds it.
extension Engine {
    /// How long a new deployment may wait before nobody is said to come for it, in milliseconds.
    private static let graceMilliseconds: Int64 = 5000

    /// Whether a deployment that has not ended is carried out by nobody: its runner died or was stopped.
    func isAbandoned(_ deployment: Deployment) throws -> Bool {
        guard !deployment.phase.isFinished, try !hasLiveLease(deployment.id) else { return false }
        switch deployment.phase {
        case .inProgress, .cancelling, .rollingBack: return true
        case .queued, .waiting:
            guard now() > deployment.createdAt.adding(milliseconds: Engine.graceMilliseconds),
                !hasLiveRunner(for: [deployment.connection])
            else { return false }
            return try !store.deployments(of: deployment.order).contains { try hasLiveLease($0.id) }
        case .succeeded, .failed, .cancelled, .stuck: return false
        }
    }

    func hasLiveLease(_ id: Deployment.ID) throws -> Bool {
        guard let lease = try store.lease(of: id) else { return false }
        return lease.expiresAt > now() && !RunnerName.isDead(lease.owner)
    }

    /// Whether a deployment was left unfinished by a program that is gone: the next one goes on with it.
    package func hasAbandonedWork() throws(Refusal) -> Bool {
        try refusing {
            try carried(try store.deployments(DeploymentQuery(isUnfinished: true, limit: 50))).contains(
                where: \.isAbandoned)
        }
    }

    /// With what is known of who carries them out.
    func carried(_ deployments: [Deployment]) throws -> [Deployment] {
        try deployments.map { deployment in
            guard !deployment.phase.isFinished else { return deployment }
            var deployment = deployment
            deployment.isAbandoned = try isAbandoned(deployment)
            return deployment
        }
    }

    func carried(_ rows: [FleetRow]) throws -> [FleetRow] {
        try rows.map { row in
            guard row.phase?.isFinished == false, let last = try row.deployment.flatMap({ try store.deployment($0) })
            else { return row }
            var row = row
            row.isAbandoned = try isAbandoned(last)
            return row
        }
    }
}
