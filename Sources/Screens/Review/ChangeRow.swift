import Catalog
import Terminal

/// One row of the list of what would change: headings with what stands under them.
enum ChangeRow: Hashable, Sendable {
    case group(ChangeGroup)
    case change(step: Int, Int)
    /// An output that only an earlier step can tell.
    case unknown(step: Int, Int)
    /// A value of an environment that consists of values alone.
    case output(step: Int, Int)
    case step(Int)

    func change(in plan: OrderPlan) -> Change? {
        guard case .change(let step, let index) = self else { return nil }
        return plan.plans[step].changes[index]
    }

    /// Whether one should look at it before anything is deployed.
    func isSevere(in plan: OrderPlan) -> Bool {
        change(in: plan).map { ChangeGroup($0).isSevere } ?? false
    }

    // MARK: Cells

    /// Kind, resource, target, type, what is kept; a heading is one cell for the whole row.
    func cells(in plan: OrderPlan, _ list: ChangeList) -> [Line] {
        switch self {
        case .group(let group):
            var line = Line(group.title, Style(group.style.role, .bold))
            line.append("  \(list.count(of: group))", .text)
            line.append(list.folded.contains(group) ? "  Enter shows them" : "  " + group.meaning, .dim)
            return [line]
        case .change(let step, let index):
            let change = plan.plans[step].changes[index]
            return [
                Line("  ") + Words.change(change.kind), Line(untrusted: change.resource),
                Line(untrusted: plan.plans[step].target.title, .dim),
                Line(untrusted: change.type.replacing("AWS::", with: ""), .dim), Words.consequence(change.consequence),
            ]
        case .unknown(let step, let index):
            return [
                Line("  ? later", .wait), Line(untrusted: plan.plans[step].unknowns[index]),
                Line(untrusted: plan.plans[step].target.title, .dim), Line("an output of an earlier step", .dim),
                Line(),
            ]
        case .output(let step, let index):
            let move = plan.plans[step].outputs[index]
            return [
                Line("  ") + Words.change(move.kind), Line(untrusted: move.name),
                Line(untrusted: plan.plans[step].target.title, .dim), Line("an output", .dim), Line(),
            ]
        case .step(let step):
            let own = plan.plans[step]
            let changes =
                own.changes.isEmpty ? "no resource changes" : "\(own.target.version(of: own.template)) \(own.version)"
            return [
                Line("  step \(step + 1)", .dim), Line(untrusted: own.target.title),
                Line(untrusted: own.action.rawValue, .dim), Line(untrusted: changes, .dim), Words.stage(own.stage),
            ]
        }
    }

    // MARK: Detail

    /// What there is to say about the row, in sentences and old and new values.
    func detail(in plan: OrderPlan, width: Int) -> [Line] {
        switch self {
        case .group(let group):
            return (Line(group.title, group.style) + Line(": " + group.meaning)).wrapped(to: width)
                + Line("Enter folds and unfolds what stands under it.", .dim).wrapped(to: width)
        case .step(let step):
            return StepWords.lines(of: plan.plans[step], number: nil, width: width)
        case .unknown(let step, let index):
            let rule = "Once it is known, this step is planned again, and runs unasked only if nothing else differs."
            let name = plan.plans[step].unknowns[index]
            return Line(untrusted: "\(name) is an output of an earlier step. \(rule)").wrapped(to: width)
        case .output(let step, let index):
            let move = plan.plans[step].outputs[index]
            let rule = Line("Services in the environment read it when they are deployed next.", .dim)
            return Line(untrusted: move.name, .header).wrapped(to: width)
                + (Line(untrusted: move.old ?? "-", .removed) + Line(" → ", .dim)
                + Line(untrusted: move.new ?? "-", .added))
                .wrapped(to: width) + rule.wrapped(to: width)
        case .change(let step, let index):
            return ChangeRow.detail(of: plan.plans[step].changes[index], width: width)
        }
    }

    private static func detail(of change: Change, width: Int) -> [Line] {
        var head = Line(untrusted: change.resource, .header)
        head.append(SafeText(untrusted: "  \(change.type)"), .dim)
        let reasons = reasons(of: change, width: width)
        if reasons.isEmpty, change.kind == .add {
            return head.wrapped(to: width)
                + Line("It is made new: Tab shows it in the file.", .dim).wrapped(to: width)
        }
        return head.wrapped(to: width) + reasons
    }

    /// What the change means, and what moved: old and new values with the input that is behind them.
    ///
    /// - Parameter valueLimit: Columns of a value, where each cause has to be one row; `nil` for all of it in several.
    static func reasons(of change: Change, width: Int, valueLimit: Int? = nil) -> [Line] {
        var lines: [Line] = []
        if !change.explanation.isEmpty { lines += Line(untrusted: change.explanation).wrapped(to: width) }
        for widening in change.widenings {
            lines += (Line("opens access  ", .warn) + Line(untrusted: widening)).wrapped(to: width, indent: 14)
        }
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

extension OutputMove {
    fileprivate var kind: Change.Kind { old == nil ? .add : new == nil ? .remove : .update }
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
