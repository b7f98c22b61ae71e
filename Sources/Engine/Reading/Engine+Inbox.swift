package import Catalog
import Documents
import Store

extension Engine {
    /// What targets could move to, most severe first; among equals the test stage before production, environments
    /// before instances, and pipelines after what they deliver to.
    package func recommendations(
        owner: String = "", template: String = "", limit: Int = 500
    ) throws(Refusal) -> [Recommendation] {
        try refusing {
            try store.behind(owner: owner, template: template, limit: limit).enumerated()
                .sorted { Engine.urgency($0) < Engine.urgency($1) }
                .flatMap { try recommendations(for: $0.element) }
        }
    }

    private static func urgency(_ row: (offset: Int, element: FleetRow)) -> (Int, Int, Int, Int, Int) {
        let kind: Int =
            switch row.element.target.kind {
            case .environment: 0
            case .instance: 1
            case .pipeline: 2
            }
        let drift: Int =
            switch row.element.drift {
            case .back: 0
            case .major: 1
            case .minor: 2
            case .current, .none: 3
            }
        return (drift, kind == 2 ? 1 : 0, row.element.stage == .test ? 0 : 1, kind, row.offset)
    }

    /// Targets on a withdrawn version for which no other version is recommended, with the reason.
    package func stranded(
        owner: String = "", template: String = "", limit: Int = 500
    ) throws(Refusal) -> [StrandedTarget] {
        try refusing {
            try store.behind(owner: owner, template: template, limit: limit).compactMap { try strandedTarget($0) }
        }
    }

    /// A target on a withdrawn version that has nowhere to go.
    func strandedTarget(_ row: FleetRow) throws -> StrandedTarget? {
        guard row.drift == .back, let running = row.running, try recommendations(for: row).isEmpty,
            row.phase?.isFinished ?? true, let version = try store.version(row.template, running)
        else { return nil }
        return StrandedTarget(target: row.target, template: row.template, version: running, reason: version.reason)
    }

    /// The first recommendation of each row that has any: a minor comes before a major.
    package func firstMoves(of rows: [FleetRow]) throws(Refusal) -> [Recommendation] {
        try refusing { try rows.compactMap { try recommendations(for: $0).first } }
    }

    func recommendations(for row: FleetRow) throws -> [Recommendation] {
        // What was never applied or is on its way is not moved on: it is mended first.
        guard let running = row.running, row.phase?.isFinished ?? true else { return [] }
        let line = try store.line(of: row.template)
        return try Recommendation.moves(from: running, in: line).map { move in
            let reason: String
            switch move.step {
            case .minor, .major: reason = try store.version(row.template, move.to)?.notes ?? ""
            case .back:
                let left = try store.version(row.template, running)
                reason =
                    left?.status == .withdrawn
                    ? "\(running) was withdrawn: \(left?.reason ?? "")" : "\(move.to) is recommended now"
            }
            return Recommendation(
                target: row.target, template: row.template, environment: row.environment, owner: row.owner,
                stage: row.stage, from: running, to: move.to, step: move.step, reason: reason
            )
        }
    }
}
