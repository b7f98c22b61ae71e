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
                running: try carried(try store.deployments(DeploymentQuery(isUnfinished: true, limit: 20)).reversed()),
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

    /// Targets whose last deployment did not succeed, those about which nobody knows, and those that are not what was
    /// asked for; each once.
    private func troubled(owner: String) throws -> [Overview.Attention] {
        var seen: Set<Target> = []
        return try [FleetQuery.Filter.failed, .uncertain, .drifted].flatMap { filter in
            try store.fleet(FleetQuery(level: .all, filter: filter, owner: owner, limit: 50)).rows
        }.filter { row in
            // What is on its way is not in trouble.
            row.phase?.isFinished != false && seen.insert(row.target).inserted
        }.map(trouble(of:))
    }

    private func trouble(of row: FleetRow) throws -> Overview.Attention {
        let last = try row.deployment.flatMap { try store.deployment($0) }
        let cause = last?.failure.map { $0.resource.isEmpty ? $0.reason : "\($0.resource): \($0.reason)" }
        let kind: Overview.Kind
        switch row.phase {
        case _ where row.isUncertain: kind = .uncertain
        case .stuck: kind = .stuck
        case .failed: kind = .failed
        case nil, .queued, .waiting, .inProgress, .cancelling, .rollingBack, .succeeded, .cancelled: kind = .specDrift
        }
        var detail = cause ?? ""
        if kind == .specDrift {
            let phase = row.phase.map { "\($0.rawValue), " } ?? ""
            detail = "\(phase)not applied" + (cause.map { ": \($0)" } ?? "")
        } else if kind == .uncertain, cause == nil {
            detail = "What is there is not known for sure; deploy it again to make it so."
        }
        return Overview.Attention(
            kind: kind, title: row.target.title, detail: detail, at: last?.finishedAt ?? row.since, target: row.target,
            deployment: row.deployment)
    }

    /// One line for each template and step, with the number of targets.
    private func behindLines(owner: String) throws -> [Overview.Attention] {
        var lines: [Overview.Attention] = []
        var counted: [String: (kind: Overview.Kind, template: String, to: String, targets: Int, at: Instant)] = [:]
        var order: [String] = []
        var left: [StrandedTarget] = []
        var stranded: [String: Int] = [:]
        for row in try store.behind(owner: owner, limit: 2000) {
            let moves = try recommendations(for: row)
            if moves.isEmpty, let target = try strandedTarget(row) {
                let key = "\(target.template) \(target.version)"
                if stranded[key] == nil { left.append(target) }
                stranded[key, default: 0] += 1
            }
            for move in moves {
                let kind: Overview.Kind =
                    switch move.step {
                    case .minor: .minor
                    case .major: .major
                    case .back: .back
                    }
                let key = "\(move.template) \(move.to) \(kind.rawValue)"
                if counted[key] == nil {
                    order.append(key)
                    let since = try self.since(move) ?? row.since
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
        return lines + (try left.map { try line(for: $0, count: stranded["\($0.template) \($0.version)"] ?? 1) })
    }

    /// A withdrawn version that is in use and from which nothing leads on.
    private func line(for left: StrandedTarget, count: Int) throws -> Overview.Attention {
        let targets = count == 1 ? "1 target" : "\(count) targets"
        return Overview.Attention(
            kind: .back, title: "\(left.template) \(left.version)",
            detail: "withdrawn (\(left.reason)), nothing to move to: \(targets)",
            at: try retired(left.version, of: left.template) ?? now(), template: left.template)
    }

    /// When a version was withdrawn, or another recommended in its place.
    private func retired(
        _ version: VersionNumber, of template: String, for better: VersionNumber? = nil
    ) throws -> Instant? {
        try store.history(subject: template, limit: 1000).first { act in
            act.act == "template.withdraw" && act.detail == version.description
                || better != nil && act.act == "template.recommend" && act.detail == better?.description
        }?.at
    }

    /// When a move began to be recommended: with its version, or with what made the way back.
    private func since(_ move: Recommendation) throws -> Instant? {
        if move.step == .back { return try retired(move.from, of: move.template, for: move.to) }
        let version = try store.version(move.template, move.to)
        return version?.publishedAt ?? version?.registeredAt
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
