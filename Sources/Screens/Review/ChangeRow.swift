import Catalog
import Terminal

/// One row of the list of what would change: of several steps each has a row of its own above its changes.
enum ChangeRow: Hashable, Sendable {
    case step(Int)
    case change(step: Int, Int)
    /// An output that only an earlier step can tell.
    case unknown(step: Int, Int)
    case nothing(step: Int)

    static func all(of plan: OrderPlan) -> [ChangeRow] {
        plan.plans.indices.flatMap { step -> [ChangeRow] in
            let own = plan.plans[step]
            var rows: [ChangeRow] = plan.plans.count > 1 ? [.step(step)] : []
            rows += own.unknowns.indices.map { .unknown(step: step, $0) }
            rows += own.changes.indices.map { .change(step: step, $0) }
            if own.changes.isEmpty { rows.append(.nothing(step: step)) }
            return rows
        }
    }

    var step: Int {
        switch self {
        case .step(let step), .change(let step, _), .unknown(let step, _), .nothing(let step): step
        }
    }

    func change(in plan: OrderPlan) -> Change? {
        guard case .change(let step, let index) = self else { return nil }
        return plan.plans[step].changes[index]
    }

    /// Whether one should look at it before anything is deployed.
    func isSevere(in plan: OrderPlan) -> Bool {
        guard let change = change(in: plan) else { return false }
        switch change.kind {
        case .replace, .mayReplace, .remove, .unknown: return true
        case .add, .update, .metadata:
            return change.consequence == .dataLoss || change.consequence == .outage
        }
    }

    // MARK: Cells

    /// Kind, resource, type, consequence.
    func cells(in plan: OrderPlan) -> [Line] {
        let own = plan.plans[step]
        switch self {
        case .step(let step):
            return [
                Line("step \(step + 1)", .dim), Line(untrusted: own.target.title, .header),
                Line(untrusted: "\(own.template) \(own.version)", .dim), Words.stage(own.stage),
            ]
        case .change(_, let index):
            let change = own.changes[index]
            return [
                Words.change(change.kind), Line(untrusted: change.resource),
                Line(untrusted: change.type.replacing("AWS::", with: ""), .dim),
                Words.consequence(change.consequence),
            ]
        case .unknown(_, let index):
            return [
                Line("? later", .wait), Line(untrusted: own.unknowns[index]),
                Line("known once an earlier step ran", .dim), Line(),
            ]
        case .nothing:
            return [Line("  none", .dim), Line("no resource changes", .dim), Line(), Line()]
        }
    }

    // MARK: Detail

    /// What there is to say about the row, in sentences and old and new values.
    func detail(in plan: OrderPlan, width: Int) -> [Line] {
        let own = plan.plans[step]
        switch self {
        case .step: return StepWords.lines(of: own, number: nil, width: width)
        case .unknown(_, let index):
            let rule = "Once it is known, this step is planned again, and runs unasked only if nothing else differs."
            return Line(untrusted: "\(own.unknowns[index]) is an output of an earlier step. \(rule)").wrapped(to: width)
        case .nothing:
            return Line("The rendered resources are those that are applied.", .dim).wrapped(to: width)
        case .change(_, let index): return ChangeRow.detail(of: own.changes[index], width: width)
        }
    }

    private static func detail(of change: Change, width: Int) -> [Line] {
        var head = Line(untrusted: change.resource, .header)
        head.append(SafeText(untrusted: "  \(change.type)"), .dim)
        return head.wrapped(to: width) + reasons(of: change, width: width)
    }

    /// What the change means, and what moved: old and new values with the input that is behind them.
    ///
    /// - Parameter valueLimit: Columns of a value, where each cause has to be one row; `nil` for all of it in several.
    static func reasons(of change: Change, width: Int, valueLimit: Int? = nil) -> [Line] {
        var lines: [Line] = []
        if !change.explanation.isEmpty { lines += Line(untrusted: change.explanation).wrapped(to: width) }
        guard change.kind != .add, change.kind != .remove else { return lines }
        let names = change.causes.map { $0.property.replacing("Properties/", with: "") }
        let room = min(
            44, max(12, valueLimit == nil ? width / 2 : width * 2 / 3),
            (names.map { SafeText(untrusted: $0).width }.max() ?? 0) + 2)
        for (cause, name) in zip(change.causes, names) {
            var line = Line(untrusted: name, .dim).filling(room - 2, .middle) + Line("  ")
            if cause.old == cause.new {
                // The text is the same: what it refers to becomes another one.
                line.append(SafeText(untrusted: cause.new ?? "-").truncated(to: valueLimit ?? .max))
                line.append("  gets another value", .dim)
            } else {
                line.append(SafeText(untrusted: cause.old ?? "-").truncated(to: valueLimit ?? .max), .removed)
                line.append(" → ", .dim)
                line.append(SafeText(untrusted: cause.new ?? "-").truncated(to: valueLimit ?? .max), .added)
            }
            if let input = cause.input { line.append(SafeText(untrusted: "  by \(input)"), .info) }
            if cause.forcesReplacement { line.append("  forces the replacement", .warn) }
            lines += valueLimit == nil ? line.wrapped(to: width, indent: room) : [line.truncated(to: width)]
        }
        return lines
    }
}

extension ReviewPage {
    /// One change below others, as a preview shows it.
    static func lines(of change: Change, width: Int) -> [Line] {
        let head = Line.columns([
            .init(Words.change(change.kind), 10), .init(Line(untrusted: change.resource), 22),
            .init(Line(untrusted: change.type.replacing("AWS::", with: ""), .dim) + Line("  "), nil),
        ])
        let reasons = ChangeRow.reasons(of: change, width: width - 4, valueLimit: 16).prefix(7).map {
            Line("    ") + $0
        }
        return [(head + Words.consequence(change.consequence)).truncated(to: width)] + reasons
    }
}
