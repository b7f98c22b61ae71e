package import Catalog
import Documents
import Store

extension Engine {
    /// What targets could move to, most severe first.
    package func recommendations(
        owner: String = "", template: String = "", limit: Int = 500
    ) throws(Refusal) -> [Recommendation] {
        try refusing {
            try store.behind(owner: owner, template: template, limit: limit).flatMap { try recommendations(for: $0) }
        }
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
                reason = left.map { $0.reason.isEmpty ? "\(move.to) is recommended now" : $0.reason } ?? ""
            }
            return Recommendation(
                target: row.target, template: row.template, environment: row.environment, owner: row.owner,
                stage: row.stage, from: running, to: move.to, step: move.step, reason: reason
            )
        }
    }
}
