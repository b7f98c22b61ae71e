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
                running: try carried(try store.deployments(DeploymentQuery(isUnfinished: true, limit: 20)).reversed()),
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
        try troubled(owner: owner) + behindLines(owner: owner) + joinLines(owner: owner) + draftLines()
    }

    /// Targets whose last deployment did not succeed, those about which nobody knows, and those that are not what was
    /// asked for; each once.
    private func troubled(owner: String) throws -> [Overview.Attention] {
        var seen: Set<Target> = []
        let rows = try [FleetQuery.Filter.failed, .uncertain, .drifted].flatMap { filter in
            try store.fleet(FleetQuery(level: .all, filter: filter, owner: owner, limit: 50)).rows
        }.filter { row in
            // What is on its way is not in trouble.
            row.phase?.isFinished != false && seen.insert(row.target).inserted
        }
        let last = try store.deployments(rows.compactMap(\.deployment))
        return rows.map { row in trouble(of: row, row.deployment.flatMap { last[$0] }) }
    }

    /// Instances that have not seen what their component gives now, components that have not seen what their instance is
    /// given, and instances that were not deployed since their component has gone.
    private func joinLines(owner: String) throws -> [Overview.Attention] {
        let pairs = try store.attachedPairs(owner: owner, limit: 20).compactMap { pair -> Overview.Attention? in
            let isInstance = pair.componentAt >= pair.instanceAt
            let target = isInstance ? pair.instance : pair.component
            guard let record = try store.record(target), try isJoinPending(record) else { return nil }
            return Overview.Attention(
                kind: .join, title: target.title,
                detail: isInstance
                    ? "what component \(pair.component.title) gives is new to it"
                    : "what \(pair.instance.title) is given is new to it",
                at: isInstance ? pair.componentAt : pair.instanceAt, target: target)
        }
        let left = try store.instancesAfter(owner: owner).map { record in
            Overview.Attention(
                kind: .join, title: record.target.title, detail: "it still runs with a component that it has no more",
                at: record.applied?.at ?? record.createdAt, target: record.target)
        }
        return pairs + left
    }

    private func trouble(of row: FleetRow, _ last: Deployment?) -> Overview.Attention {
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

    /// One line for each template and step, with the number of targets; of the most urgent versions.
    private func behindLines(owner: String) throws -> [Overview.Attention] {
        let versions = try store.versionsBehind(owner: owner, limit: 100)
        let lines = try store.lines(of: Set(versions.map(\.template)))
        var counted: OrderedDictionary<Move, (targets: Int, from: VersionNumber)> = [:]
        var stranded: [Overview.Attention] = []
        for version in versions {
            guard let told = lines[version.template] else { continue }
            let moves = Recommendation.moves(from: version.number, in: told.line)
            if moves.isEmpty { stranded.append(try line(for: version, reason: told.reasons[version.number] ?? "")) }
            for move in moves {
                let key = Move(template: version.template, to: move.to, step: move.step)
                counted[key, default: (0, version.number)].targets += version.targets
            }
        }
        return try counted.map { move, found in
            Overview.Attention(
                kind: Overview.Kind(move.step), title: "\(move.template) \(move.to)",
                detail: Overview.words(targets: found.targets),
                at: try since(move, from: found.from, lines[move.template]), template: move.template
            )
        } + stranded
    }

    private struct Move: Hashable {
        let template: String
        let to: VersionNumber
        let step: Recommendation.Step
    }

    /// A withdrawn version that is in use and from which nothing leads on.
    private func line(for left: VersionBehind, reason: String) throws -> Overview.Attention {
        Overview.Attention(
            kind: .back, title: "\(left.template) \(left.number)",
            detail: "withdrawn (\(reason)), nothing to move to: \(Overview.words(targets: left.targets))",
            at: try retired(left.number, of: left.template) ?? now(), template: left.template)
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
    private func since(_ move: Move, from: VersionNumber, _ told: ToldLine?) throws -> Instant {
        let back = move.step == .back ? try retired(from, of: move.template, for: move.to) : nil
        return back ?? told?.offered[move.to] ?? now()
    }

    private func draftLines() throws -> [Overview.Attention] {
        try store.drafts().map {
            Overview.Attention(
                kind: .draft, title: $0.title,
                detail: $0.template == Draft.component ? "component" : "\($0.template) \($0.version)",
                at: $0.updatedAt, draft: $0.id
            )
        }
    }
}

extension Overview {
    fileprivate static func words(targets: Int) -> String { targets == 1 ? "1 target" : "\(targets) targets" }
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
