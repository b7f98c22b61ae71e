package import Catalog
import Documents
import Store

extension Engine {
    /// What targets could move to, most severe first.
    package func recommendations(
        owner: String = "", template: String = "", limit: Int = 500
    ) throws(Refusal) -> [Recommendation] {
        try refusing {
            let rows = try store.behind(owner: owner, template: template, limit: limit)
            return try moves(of: rows)
        }
    }

    /// The first recommendations, and whether they are all: what a screen can show before it has read the rest.
    package func firstRecommendations(
        owner: String = "", template: String = ""
    ) throws(Refusal) -> (moves: [Recommendation], areAll: Bool) {
        try refusing {
            let limit = 60
            let rows = try store.behind(owner: owner, template: template, limit: limit)
            return (try moves(of: rows), rows.count < limit)
        }
    }

    func recommendations(for row: FleetRow) throws -> [Recommendation] { try moves(of: [row]) }

    private func moves(of rows: [FleetRow]) throws -> [Recommendation] {
        let lines = try store.lines(of: Set(rows.map(\.template)))
        return rows.flatMap { row in lines[row.template].map { Engine.moves(of: row, $0) } ?? [] }
    }

    private static func moves(of row: FleetRow, _ told: ToldLine) -> [Recommendation] {
        // What was never applied or is on its way is not moved on: it is mended first.
        guard let running = row.running, row.phase?.isFinished ?? true else { return [] }
        return Recommendation.moves(from: running, in: told.line).map { move in
            let reason: String
            switch move.step {
            case .minor, .major: reason = told.notes[move.to] ?? ""
            case .back:
                let left = told.reasons[running]
                reason = left.map { $0.isEmpty ? "\(move.to) is recommended now" : $0 } ?? ""
            }
            return Recommendation(
                target: row.target, template: row.template, environment: row.environment, owner: row.owner,
                stage: row.stage, from: running, to: move.to, step: move.step, reason: reason
            )
        }
    }
}
