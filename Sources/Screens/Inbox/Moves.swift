import Catalog
import Engine
import Terminal

/// How recommended moves begin: with the form where one asks something, else with the review.
enum Moves {
    /// As many as one order takes: more can't be reviewed with care.
    static let most = 200

    static func opening(_ move: Recommendation, _ desk: Desk) -> [Action] {
        if asks(move, desk) { return FormPage.upgrading(move.target, to: move.to, desk) }
        return [.open(ReviewPage(request: request(move), title: "\(move.target.title) \(move.from) → \(move.to)"))]
    }

    /// One review for all of them; what has to be answered first is named and left out once that is agreed.
    static func opening(_ moves: [Recommendation], _ desk: Desk) -> [Action] {
        guard moves.count > 1 else { return moves.first.map { opening($0, desk) } ?? [] }
        if let twice = repeated(moves) {
            return [
                .say(
                    Line(
                        untrusted: "\(twice.title) is marked for two versions: take one of the marks away.", .warn))
            ]
        }
        guard moves.count <= most else {
            return [.say(Line("\(moves.count) are marked: one order takes \(most), so that it can be read.", .warn))]
        }
        let asking = moves.filter { asks($0, desk) }
        guard !asking.isEmpty else { return [review(of: moves)] }
        let others = moves.filter { move in !asking.contains { $0.id == move.id } }
        guard !others.isEmpty else {
            return [.say(Line("All \(asking.count) ask for new inputs: update each alone.", .warn))]
        }
        return [.ask(question(asking: asking, others: others))]
    }

    private static func question(asking: [Recommendation], others: [Recommendation]) -> Question {
        var lines = [
            Line("\(Words.count(asking.count, "target")) of \(asking.count + others.count) must be done alone:")
        ]
        lines += asking.map { move in
            Line(untrusted: "  \(move.target.title)  \(move.from) → \(move.to)", .text)
        }
        let rest: SafeText = "plan the other \(others.count)"
        return Question(
            "New inputs are asked for", lines,
            choices: [.init("y", rest, [review(of: others)]), .init("n", "go back to the marks", [])])
    }

    private static func review(of moves: [Recommendation]) -> Action {
        guard moves.count > 1, let first = moves.first else {
            return .open(
                ReviewPage(
                    request: moves.first.map(request) ?? .updateMany([]),
                    title: moves.first.map { "\($0.target.title) \($0.from) → \($0.to)" } ?? ""))
        }
        let isOneMove = moves.allSatisfy { $0.template == first.template && $0.to == first.to }
        let what = isOneMove ? "\(moves.count) targets to \(first.template) \(first.to)" : "\(moves.count) targets"
        return .open(
            ReviewPage(
                request: .updateMany(moves.map { TargetUpdate(target: $0.target, version: .exact($0.to)) }),
                title: "update \(what)"))
    }

    private static func repeated(_ moves: [Recommendation]) -> Target? {
        var seen: Set<Target> = []
        return moves.first { !seen.insert($0.target).inserted }?.target
    }

    private static func asks(_ move: Recommendation, _ desk: Desk) -> Bool {
        (try? desk.engine.upgradeInputs(move.target, to: move.to))?.lines.contains(where: \.asks) ?? false
    }

    static func request(_ move: Recommendation) -> OrderRequest {
        TargetUpdate(target: move.target, version: .exact(move.to)).request
    }
}

extension UpgradeInputs.Line {
    /// Whether a person has to answer.
    var asks: Bool {
        switch fate {
        case .asked, .refused: true
        case .carried, .renamed, .newDefault, .dropped: false
        }
    }
}
