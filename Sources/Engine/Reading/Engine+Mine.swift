package import Catalog
import Store

/// How far a deployment has come, in resources.
package struct DeploymentProgress: Hashable, Sendable {
    package var done: Int
    package var total: Int
}

extension Engine {
    /// As `overview`, with what runs, what ran and the environments narrowed to one owner's targets as well.
    package func overview(ofOwner owner: String) throws(Refusal) -> Overview {
        var overview = try overview(owner: owner)
        guard !owner.isEmpty else { return overview }
        let running = overview.running
        overview.running = try refusing { try owned(running, by: owner) }
        overview.recent = try refusing {
            Array(
                try owned(store.deployments(DeploymentQuery(limit: 60)), by: owner).filter(\.phase.isFinished).prefix(
                    12))
        }
        overview.environments = try refusing { try environmentLines(ofOwner: owner) }
        return overview
    }

    /// Of those that are being carried out; the plan says how many resources there are, the events how many are done.
    package func progress(of deployments: [Deployment]) throws(Refusal) -> [Deployment.ID: DeploymentProgress] {
        try refusing {
            var found: [Deployment.ID: DeploymentProgress] = [:]
            for deployment in deployments where deployment.phase == .inProgress {
                guard let total = try storedPlan(deployment)?.changes.count, total > 0 else { continue }
                let events = try store.events(of: deployment.id, after: 0, limit: 5000)
                let done = Set(events.filter { $0.state?.isEnd ?? false }.map(\.resource)).count
                found[deployment.id] = DeploymentProgress(done: min(done, total), total: total)
            }
            return found
        }
    }

    private func owned(_ deployments: [Deployment], by owner: String) throws -> [Deployment] {
        try deployments.filter { try store.record($0.target)?.owner == owner }
    }

    /// The environments in which the owner's instances run, with how those stand.
    private func environmentLines(ofOwner owner: String) throws -> [Overview.EnvironmentLine] {
        let instances = try store.fleet(
            FleetQuery(level: .instances, sort: .environment, owner: owner, limit: 5000)
        ).rows
        var lines: [Overview.EnvironmentLine] = []
        for row in instances {
            if lines.last?.name != row.environment {
                lines.append(
                    Overview.EnvironmentLine(name: row.environment, stage: row.stage, counts: FleetCounts()))
            }
            lines[lines.count - 1].counts.include(row)
        }
        return lines
    }
}

extension Event.ResourceState {
    /// Whether nothing more happens to the resource in this deployment.
    fileprivate var isEnd: Bool {
        switch self {
        case .created, .updated, .deleted, .retained, .undone: true
        case .creating, .updating, .deleting, .failed, .undoing: false
        }
    }
}

extension FleetCounts {
    fileprivate mutating func include(_ row: FleetRow) {
        total += 1
        switch row.drift {
        case .current: current += 1
        case .none: break
        case .minor: minorBehind += 1
        case .major: majorBehind += 1
        case .back: back += 1
        }
        if row.hasSpecDrift { specDrifted += 1 }
        if row.isUncertain { uncertain += 1 }
        if row.phase == .failed || row.phase == .stuck { failed += 1 }
    }
}
