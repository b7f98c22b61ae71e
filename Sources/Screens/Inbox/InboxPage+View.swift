import Catalog
import Documents
import Engine
package import Terminal

extension InboxPage {
    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        let panes = InboxPage.panes(rect)
        if reader.isOpen, panes.preview == nil {
            let area = readingArea(rect)
            reader.draw(previewLines(width: area.width), in: area, on: &surface)
            return nil
        }
        var list = panes.list
        if rect.height >= 12 { _ = list.takeTop(1) }
        var head = list.takeTop(1)
        _ = head.takeLeft(1)
        let typing = browser.drawFilter(in: head, lead(desk, width: head.width), on: &surface)
        if rect.height >= 12 { _ = list.takeTop(1) }
        let cursor = tree.draw(
            state, columns: columns, in: list, on: &surface, hasHeader: tree.count > 0 && rect.height >= 12,
            isFocused: !reader.isOpen, empty: emptyText(desk), cells: cells)
        Panes.drawRule(panes.rule, on: &surface)
        if panes.preview != nil {
            let area = readingArea(rect)
            reader.draw(previewLines(width: area.width), in: area, on: &surface)
        }
        return typing ?? cursor
    }

    private static func panes(_ rect: Rect) -> (list: Rect, rule: Rect?, preview: Rect?) {
        Panes.split(rect, preview: 48)
    }

    func listArea(_ rect: Rect) -> Rect {
        var list = InboxPage.panes(rect).list
        _ = list.takeTop(rect.height >= 12 ? 3 : 1)
        return list
    }

    /// Where the text about the selected update stands: beside the list, below it, or in its place.
    func readingArea(_ rect: Rect) -> Rect {
        guard var pane = InboxPage.panes(rect).preview else { return rect.inset(1, 0) }
        if rect.width >= 100 { _ = pane.takeTop(1) }
        return pane
    }

    private func lead(_ desk: Desk, width: Int) -> Line {
        var line = Line("by \(SafeText(untrusted: grouping.rawValue))", .header)
        line.append("  open \(browser.rows.count)", .dim)
        let owner = Owners.word(desk, showsAll: showsAll)
        if !owner.isEmpty, line.width + owner.width + 12 < width { line = line + Line("  ") + owner }
        return line
    }

    private func emptyText(_ desk: Desk) -> SafeText {
        if !browser.filter.isEmpty { return "No update has these words." }
        return Owners.isMine(desk, showsAll: showsAll)
            ? "Nothing of yours is recommended: a shows everybody's."
            : "Nothing is recommended: everything runs what it should."
    }

    package var note: Line {
        let marked = marked
        guard !marked.isEmpty else { return Line() }
        let known = marked.compactMap { risks[$0] }
        let isSafe = known.count == marked.count && known.allSatisfy { $0 == .safe }
        return Line("\(marked.count) marked\(isSafe ? ", all safe" : "")", isSafe ? .ok : .mark)
    }

    // MARK: Rows

    private var columns: [Column] {
        let longest = browser.rows.reduce(0) { max($0, $1.environment.utf8.count) }
        return [
            Column("TARGET", 18, upTo: 40, elision: .middle),
            Column("ENV", 6, upTo: min(20, max(6, longest)), priority: 3, elision: .middle),
            Column("STAGE", 5, upTo: 5, priority: 4), Column("MOVE", 9, upTo: 11, priority: 2),
            Column("STEP", 5, upTo: 5, priority: 1), Column("RISK", 9, upTo: 11),
        ]
    }

    private func cells(_ node: InboxTree.Node) -> [Line] {
        switch node.item {
        case .group(let title, let moves):
            var line = Line(untrusted: title, .header)
            line.append("  \(Words.count(moves.count, "update"))", .dim)
            return [line + markedWord(moves)]
        case .step(let from, let to, let step, let moves):
            var line = Line(untrusted: "\(from) > \(to)", .text)
            line = line + Line("  ") + InboxPage.word(of: step)
            line.append("  \(Words.count(moves.count, "target"))", .dim)
            if let risk = risk(of: moves) { line = line + Line("  ") + risk.word }
            return [line + markedWord(moves)]
        case .move(let place):
            let move = browser.rows[place]
            return [
                browser.highlighted(move.target.title),
                Line(untrusted: move.environment.isEmpty ? "-" : move.environment, .dim),
                move.target.kind == .pipeline ? Line("-", .dim) : Words.stage(move.stage),
                Line(untrusted: "\(move.from) > \(move.to)"), InboxPage.word(of: move.step),
                risks[move].map(\.word) ?? Line("-", .faint),
            ]
        }
    }

    /// The worst of those below, once all are known.
    private func risk(of places: [Int]) -> Risk? {
        let known = places.compactMap { risks[browser.rows[$0]] }
        return known.count == places.count ? known.min() : nil
    }

    private func markedWord(_ places: [Int]) -> Line {
        guard !state.marks.isEmpty else { return Line() }
        let count = places.count { state.marks.contains(browser.rows[$0].id) }
        return count == 0 ? Line() : Line("  \(count) marked", .mark)
    }

    static func word(of step: Recommendation.Step) -> Line {
        switch step {
        case .major: Line("MAJOR", .fail)
        case .minor: Line("minor", .info)
        case .back: Line("back", .warn)
        }
    }

    // MARK: Preview

    func previewLines(width: Int) -> [Line] {
        guard let move = selected else { return groupLines(width: width) }
        var title = Line(untrusted: move.target.title, .header)
        title.append(SafeText(untrusted: "  \(move.from) > \(move.to)  "), .text)
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
        lines += [Line(), Panes.heading("IN THE RESOURCES", Words.count(prospect.plan.changes.count, "change"))]
        if prospect.plan.changes.isEmpty { lines.append(Line("  none", .dim)) }
        for change in prospect.plan.changes {
            lines += ReviewPage.lines(of: change, width: width).flatMap { $0.wrapped(to: width, indent: 6) }
        }
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
            lines.append(Line(untrusted: "\(from) > \(to)  ", .header) + InboxPage.word(of: step))
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
}
