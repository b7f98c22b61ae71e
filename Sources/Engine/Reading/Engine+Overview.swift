import Catalog
import Documents
import OrderedCollections
import Store

extension Engine {
    /// What needs a person, what runs, and how the fleet stands; `owner` empty for everyone's.
    package func overview(owner: String = "") throws(Refusal) -> Overview {
        try refusing {
            var counts: [FleetQuery.Level: FleetCounts] = [:]
            for level in FleetQuery.Level.allCases where level != .all {
                counts[level] = try store.counts(level, owner: owner)
            }
            return Overview(
                attention: try attention(owner: owner),
                running: try store.deployments(DeploymentQuery(isUnfinished: true, limit: 20)).reversed(),
                counts: counts,
                environments: try environmentLines(owner: owner),
                recent: try store.deployments(DeploymentQuery(limit: 12)).filter(\.phase.isFinished),
                templateCount: try store.catalog(CatalogQuery(limit: 1)).total
            )
        }
    }

    private func environmentLines(owner: String) throws -> [Overview.EnvironmentLine] {
        let rows = try store.fleet(FleetQuery(level: .environments, owner: owner, limit: 12)).rows
        let counts = try store.counts(ofInstancesIn: rows.map(\.target.name))
        return zip(rows, counts).map { row, counts in
            Overview.EnvironmentLine(name: row.target.name, stage: row.stage, counts: counts)
        }
    }

    private func attention(owner: String) throws -> [Overview.Attention] {
        try troubled(owner: owner) + behindLines(owner: owner) + draftLines()
    }

    /// Targets whose last deployment did not succeed, and those about which nobody knows.
    private func troubled(owner: String) throws -> [Overview.Attention] {
        let rows = try store.fleet(FleetQuery(level: .all, filter: .failed, owner: owner, limit: 50)).rows
        let deployments = try store.deployments(rows.compactMap(\.deployment))
        return rows.map { row in
            let last = row.deployment.flatMap { deployments[$0] }
            let kind: Overview.Kind = row.isUncertain ? .uncertain : row.phase == .stuck ? .stuck : .failed
            return Overview.Attention(
                kind: kind, title: row.target.title,
                detail: last?.failure.map { $0.resource.isEmpty ? $0.reason : "\($0.resource): \($0.reason)" } ?? "",
                at: last?.finishedAt ?? row.since, target: row.target, deployment: row.deployment
            )
        }
    }

    /// One line for each template and step, with the number of targets; of the most urgent versions.
    private func behindLines(owner: String) throws -> [Overview.Attention] {
        let versions = try store.versionsBehind(owner: owner, limit: 100)
        let lines = try store.lines(of: Set(versions.map(\.template)))
        var counted: OrderedDictionary<Move, Int> = [:]
        for version in versions {
            guard let line = lines[version.template]?.line else { continue }
            for move in Recommendation.moves(from: version.number, in: line) {
                counted[Move(template: version.template, to: move.to, step: move.step), default: 0] += version.targets
            }
        }
        return counted.map { move, targets in
            Overview.Attention(
                kind: Overview.Kind(move.step), title: "\(move.template) \(move.to)",
                detail: targets == 1 ? "1 target" : "\(targets) targets",
                at: lines[move.template]?.offered[move.to] ?? now(), template: move.template
            )
        }
    }

    private struct Move: Hashable {
        let template: String
        let to: VersionNumber
        let step: Recommendation.Step
    }

    private func draftLines() throws -> [Overview.Attention] {
        try store.drafts().map {
            Overview.Attention(
                kind: .draft, title: $0.title, detail: "\($0.template) \($0.version)", at: $0.updatedAt, draft: $0.id
            )
        }
    }
}

extension Overview.Kind {
    fileprivate init(_ step: Recommendation.Step) {
        switch step {
        case .minor: self = .minor
        case .major: self = .major
        case .back: self = .back
        }
    }
}
