import Catalog
import Documents
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
        try store.fleet(FleetQuery(level: .environments, owner: owner, limit: 12)).rows.map { row in
            let instances = try store.fleet(
                FleetQuery(level: .instances, environment: row.target.name, limit: 1000)
            ).rows
            var counts = FleetCounts(total: instances.count)
            for instance in instances { counts.add(instance) }
            return Overview.EnvironmentLine(name: row.target.name, stage: row.stage, counts: counts)
        }
    }

    private func attention(owner: String) throws -> [Overview.Attention] {
        try troubled(owner: owner) + behindLines(owner: owner) + draftLines()
    }

    /// Targets whose last deployment did not succeed, and those about which nobody knows.
    private func troubled(owner: String) throws -> [Overview.Attention] {
        try store.fleet(FleetQuery(level: .all, filter: .failed, owner: owner, limit: 50)).rows.map { row in
            let last = try row.deployment.flatMap { try store.deployment($0) }
            let kind: Overview.Kind = row.isUncertain ? .uncertain : row.phase == .stuck ? .stuck : .failed
            return Overview.Attention(
                kind: kind, title: row.target.title,
                detail: last?.failure.map { $0.resource.isEmpty ? $0.reason : "\($0.resource): \($0.reason)" } ?? "",
                at: last?.finishedAt ?? row.since, target: row.target, deployment: row.deployment
            )
        }
    }

    /// One line for each template and step, with the number of targets.
    private func behindLines(owner: String) throws -> [Overview.Attention] {
        var lines: [Overview.Attention] = []
        var counted: [String: (kind: Overview.Kind, template: String, to: String, targets: Int, at: Instant)] = [:]
        var order: [String] = []
        for row in try store.behind(owner: owner, limit: 2000) {
            for move in try recommendations(for: row) {
                let kind: Overview.Kind =
                    switch move.step {
                    case .minor: .minor
                    case .major: .major
                    case .back: .back
                    }
                let key = "\(move.template) \(move.to) \(kind.rawValue)"
                if counted[key] == nil {
                    order.append(key)
                    let version = try store.version(move.template, move.to)
                    let since = version?.publishedAt ?? version?.registeredAt ?? row.since
                    counted[key] = (kind, move.template, move.to.description, 0, since)
                }
                counted[key]?.targets += 1
            }
        }
        for key in order {
            guard let line = counted[key] else { continue }
            lines.append(
                Overview.Attention(
                    kind: line.kind, title: "\(line.template) \(line.to)",
                    detail: line.targets == 1 ? "1 target" : "\(line.targets) targets", at: line.at,
                    template: line.template
                )
            )
        }
        return lines
    }

    private func draftLines() throws -> [Overview.Attention] {
        try store.drafts().map {
            Overview.Attention(
                kind: .draft, title: $0.title, detail: "\($0.template) \($0.version)", at: $0.updatedAt, draft: $0.id
            )
        }
    }
}

extension FleetCounts {
    mutating func add(_ row: FleetRow) {
        switch row.drift {
        case .current, .none: current += 1
        case .minor: minorBehind += 1
        case .major: majorBehind += 1
        case .back: back += 1
        }
        if row.hasSpecDrift { specDrifted += 1 }
        if row.isUncertain { uncertain += 1 }
        if row.phase == .failed || row.phase == .stuck { failed += 1 }
    }
}
