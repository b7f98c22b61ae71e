import Catalog
import Documents
import Engine
import Terminal

/// What is said about the selected update, whole: the reader scrolls it.
extension InboxPage {
    func previewLines(width: Int) -> [Line] {
        guard let move = selected else { return groupLines(width: width) }
        var title = Line(untrusted: move.target.title, .header)
        title.append(SafeText(untrusted: "  \(move.from) → \(move.to)  "), .text)
        title = title + InboxPage.word(of: move.step)
        if move.stage == .production, move.target.kind != .pipeline {
            title = title + Line("  ") + Words.stage(.production)
        }
        var lines = title.wrapped(to: width)
        lines.append(Line(untrusted: move.template, .dim).truncated(to: width, .middle))
        lines.append(Line())
        lines += Panes.fact("WHY", Line(untrusted: move.reason.isEmpty ? "-" : move.reason), width: 7).wrapped(
            to: width, indent: 7)
        guard let prospect, prospect.move == move else {
            return lines + [Line(), Line("planning ...", .faint)]
        }
        lines += Panes.fact("RISK", prospect.risk.sentence(move.step), width: 7).wrapped(to: width, indent: 7)
        lines += faultLines(prospect, width: width)
        lines += [Line(), Panes.heading("IN THE FORM")]
        let changed = (prospect.inputs?.lines ?? []).compactMap(InboxPage.text)
        lines +=
            changed.isEmpty
            ? [Line("  all answers are carried over", .dim)] : changed.flatMap { $0.wrapped(to: width, indent: 4) }
        guard !prospect.plan.isBlocked else {
            let when: SafeText = prospect.asked > 0 ? "known once the form is answered: U opens it" : "not known"
            return lines + [Line(), Panes.heading("IN THE RESOURCES"), Line("  " + when, .wait)]
        }
        lines += [Line(), Panes.heading("IN THE RESOURCES", Words.count(prospect.plan.changes.count, "change"))]
        if prospect.plan.changes.isEmpty { lines.append(Line("  none", .dim)) }
        for change in prospect.plan.changes { lines += InboxPage.lines(of: change, width: width) }
        return lines
    }

    /// What stands against it, except the inputs that are named below.
    private func faultLines(_ prospect: Prospect, width: Int) -> [Line] {
        guard prospect.asked == 0 else { return [] }
        let plan = prospect.plan
        let faults = (plan.findings + plan.plans.flatMap(\.findings)).filter { $0.severity == .error }
        return faults.flatMap { Line(untrusted: "FAIL   \($0.message)", .fail).wrapped(to: width, indent: 7) }
    }

    private func groupLines(width: Int) -> [Line] {
        guard let node = selectedNode else { return [] }
        let moves = node.item.moves.map { browser.rows[$0] }
        var lines: [Line] = []
        switch node.item {
        case .group(let title, _): lines.append(Line(untrusted: title, .header).truncated(to: width, .middle))
        case .step(let from, let to, let step, _):
            lines.append(Line(untrusted: "\(from) → \(to)  ", .header) + InboxPage.word(of: step))
        case .move: break
        }
        lines.append(Line())
        let production = moves.count { $0.stage == .production && $0.target.kind != .pipeline }
        lines.append(Panes.fact("updates", Line("\(moves.count)"), width: 12))
        lines.append(Panes.fact("production", Line("\(production)", production > 0 ? .warn : .dim), width: 12))
        for step in Recommendation.Step.allCases {
            let count = moves.count { $0.step == step }
            if count > 0 { lines.append(Panes.fact(SafeText(untrusted: step.rawValue), Line("\(count)"), width: 12)) }
        }
        if case .step = node.item, let reason = moves.first?.reason, !reason.isEmpty {
            lines.append(Line())
            lines += Panes.fact("WHY", Line(untrusted: reason), width: 7).wrapped(to: width, indent: 7)
        }
        lines.append(Line())
        lines += Line("Space marks all of them, Enter folds, m marks the safe minors.", .dim).wrapped(to: width)
        return lines
    }

    /// What became of an answer; nothing for those that are simply carried over.
    static func text(_ line: UpgradeInputs.Line) -> Line? {
        let label = SafeText(untrusted: "  \(line.label): ")
        switch line.fate {
        case .carried: return nil
        case .renamed(let from): return Line(label, .text) + Line(untrusted: "renamed from \(from)", .info)
        case .newDefault: return Line(label, .text) + Line("new, its default is taken", .dim)
        case .asked: return Line(label, .text) + Line("asks you", .warn)
        case .refused: return Line(label, .text) + Line("the old answer is no longer allowed", .warn)
        case .dropped: return Line(label, .text) + Line("no longer taken", .dim)
        }
    }

    /// One resource's change, wrapped and never cut.
    static func lines(of change: Change, width: Int) -> [Line] {
        var line = Words.change(change.kind) + Line("  ") + Line(untrusted: change.resource)
        line.append(SafeText(untrusted: "  \(change.type.replacing("AWS::", with: ""))"), .dim)
        if change.consequence != .none { line = line + Line("  ") + Words.consequence(change.consequence) }
        var lines = line.wrapped(to: width, indent: 6)
        if !change.explanation.isEmpty {
            lines += Line(untrusted: "    \(change.explanation)", .dim).wrapped(to: width, indent: 4)
        }
        guard change.kind != .add, change.kind != .remove else { return lines }
        for cause in change.causes {
            var name = Line(untrusted: "    \(cause.property.replacing("Properties/", with: ""))", .dim)
            if let input = cause.input { name.append(SafeText(untrusted: "  by \(input)"), .info) }
            if cause.forcesReplacement { name.append("  forces it", .warn) }
            lines += name.wrapped(to: width, indent: 6)
            lines += values(cause, width: width)
        }
        return lines
    }

    /// Old and new side by side, or one above the other where they are long; the review has them whole.
    private static func values(_ cause: Change.Cause, width: Int) -> [Line] {
        let (old, new) = (SafeText(untrusted: cause.old ?? "-"), SafeText(untrusted: cause.new ?? "-"))
        let indent = Line("      ")
        if old == new { return [(indent + Line(new) + Line("  gets another value", .dim)).truncated(to: width)] }
        if old.width + new.width + 9 <= width {
            return [indent + Line(old, .removed) + Line(" → ", .dim) + Line(new, .added)]
        }
        let room = max(8, width - 8)
        return [
            indent + Line("- ", .removed) + Line(old.truncated(to: room), .removed),
            indent + Line("+ ", .added) + Line(new.truncated(to: room), .added),
        ]
    }
}
