package import Catalog
import Documents
import Store

extension Engine {
    /// What targets could move to, most severe first.
    package func recommendations(
        owner: String = "", template: String = "", limit: Int = 500
    ) throws(Refusal) -> [Recommendation] {
        try refusing {
            let rows = try store.behind(owner: owner, template: template, limit: limit).enumerated()
                .sorted { Engine.urgency($0) < Engine.urgency($1) }.map(\.element)
            let lines = try lines(of: rows)
            return rows.flatMap { Engine.moves(of: $0, lines) }
        }
    }

    private static func urgency(_ row: (offset: Int, element: FleetRow)) -> (Int, Int, Int, Int, Int) {
        let kind: Int =
            switch row.element.target.kind {
            case .environment: 0
            case .instance, .component: 1
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
            // The most urgent come first, so those that are to go back stand before all others.
            let rows = try store.behind(owner: owner, template: template, limit: limit).filter { $0.drift == .back }
            let lines = try lines(of: rows)
            return rows.compactMap { row in
                guard let running = row.running, Engine.moves(of: row, lines).isEmpty, row.phase?.isFinished ?? true,
                    let told = lines[row.template]
                else { return nil }
                return StrandedTarget(
                    target: row.target, template: row.template, version: running, reason: told.reasons[running] ?? "")
            }
        }
    }

    /// The first recommendation of each row that has any: a minor comes before a major.
    package func firstMoves(of rows: [FleetRow]) throws(Refusal) -> [Recommendation] {
        try refusing {
            let lines = try lines(of: rows)
            return rows.compactMap { Engine.moves(of: $0, lines).first }
        }
    }

    func recommendations(for row: FleetRow) throws -> [Recommendation] { Engine.moves(of: row, try lines(of: [row])) }

    /// The lines of the rows' templates, in one reading.
    private func lines(of rows: [FleetRow]) throws -> [String: ToldLine] {
        try store.lines(of: Set(rows.map(\.template)))
    }

    private static func moves(of row: FleetRow, _ lines: [String: ToldLine]) -> [Recommendation] {
        // What was never applied or is on its way is not moved on: it is mended first.
        guard let told = lines[row.template], let running = row.running, row.phase?.isFinished ?? true else {
            return []
        }
        return Recommendation.moves(from: running, in: told.line).map { move in
            let reason: String
            switch move.step {
            case .minor, .major: reason = told.notes[move.to] ?? ""
            case .back:
                reason =
                    told.line.status(of: running) == .withdrawn
                    ? "\(running) was withdrawn: \(told.reasons[running] ?? "")" : "\(move.to) is recommended now"
            }
            return Recommendation(
                target: row.target, template: row.template, environment: row.environment, owner: row.owner,
                stage: row.stage, from: running, to: move.to, step: move.step, reason: reason
            )
        }
    }
}
