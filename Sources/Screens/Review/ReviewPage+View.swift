import Catalog
import Documents
import Engine
package import Terminal

extension ReviewPage {
    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        guard let plan else {
            surface.draw(Line("There is no plan.", .dim), in: rect.inset(1, 0))
            return nil
        }
        let layout = layout(rect, plan)
        Panes.draw(layout.lines, in: layout.facts, on: &surface)
        Panes.drawRule(layout.rule, on: &surface)
        let cursor = drawReason(in: layout.why, on: &surface)
        Tabs(titles, selected: views.firstIndex(of: view) ?? 0).draw(in: layout.tabs, on: &surface)
        let point = drawPane(plan, in: layout.pane, on: &surface)
        return cursor ?? point
    }

    /// The part of the screen in which the chosen view stands.
    func pane(_ desk: Desk) -> Rect {
        plan.map { layout(desk.content, $0).pane } ?? desk.content
    }

    private func layout(_ rect: Rect, _ plan: OrderPlan) -> ReviewLayout {
        ReviewLayout(rect, isWriting: isWriting) { width, limit in
            facts(plan, width: width, limit: limit, isWide: rect.width >= 100)
        }
    }

    /// Rows of the list of changes that are on the screen.
    func listPage(_ desk: Desk) -> Int {
        let pane = pane(desk)
        return max(1, pane.height - 1 - detailHeight(pane))
    }

    package var position: SafeText {
        guard view == .changes else { return text.top > 0 ? "line \(text.top + 1)" : .empty }
        return rows.isEmpty ? .empty : "\(min(list.index + 1, rows.count))/\(rows.count)"
    }

    private func drawReason(in rect: Rect, on surface: inout Surface) -> Point? {
        guard rect.height > 0 else { return nil }
        var field = rect
        surface.draw(Line(isWriting ? "WHY" : "why", isWriting ? .accent : .dim), in: field.takeLeft(5))
        let point = reason.draw(
            in: field, on: &surface, isFocused: isWriting, placeholder: "w writes a reason for the history")
        return isWriting ? point : nil
    }

    // MARK: Where it goes, what was checked, how much changes

    /// Wide, the facts have the left side for themselves; narrow, they stand above the changes, checks first.
    private func facts(_ plan: OrderPlan, width: Int, limit: Int, isWide: Bool) -> [Line] {
        guard limit > 4 else { return tinyFacts(plan, width: width) }
        let errors = CheckWords.findings(plan).filter { $0.severity != .note }
        let faults = errors.flatMap { CheckWords.lines(of: $0, width: width) }
        guard isWide else {
            let bad = CheckWords.lines(plan, width: width).filter {
                $0.plain.hasPrefix("warn") || $0.plain.hasPrefix("FAIL") || $0.plain.hasPrefix("      ")
            }
            let head = Line.spread(
                Line("CHECKS  ", .header) + CheckWords.counts(plan), CheckWords.changeCounts(plan), to: width)
            let trouble = Array((faults + bad).prefix(max(1, limit - 5)))
            let steps = StepWords.lines(of: plan.plans, width: width, limit: max(2, limit - 1 - trouble.count))
            return [head] + trouble + steps
        }
        var lines = [Panes.heading("STEPS", Words.count(plan.plans.count, "step"))]
        let checks = CheckWords.lines(plan, width: width)
        lines += StepWords.lines(of: plan.plans, width: width, limit: max(3, limit - checks.count - faults.count - 9))
        if !faults.isEmpty { lines += [Line(), Panes.heading("FINDINGS")] + faults }
        lines += [Line(), Panes.heading("CHECKS") + Line("  ") + CheckWords.counts(plan)] + checks
        return lines + [Line(), Panes.heading("WHAT WILL CHANGE"), CheckWords.changeCounts(plan)]
    }

    /// Three lines that are there at every size.
    private func tinyFacts(_ plan: OrderPlan, width: Int) -> [Line] {
        var lines = [
            Line.spread(CheckWords.counts(plan), CheckWords.changeCounts(plan, isShort: true), to: width)
        ]
        guard let first = plan.plans.first else {
            return lines + CheckWords.findings(plan).prefix(1).flatMap { CheckWords.lines(of: $0, width: width) }
        }
        let more = plan.plans.count > 1 ? Line("  +\(plan.plans.count - 1)", .dim) : Line()
        lines.append(StepWords.head(first, number: nil).truncated(to: width - more.width) + more)
        lines.append(StepWords.facts(first, isShort: true).truncated(to: width, .middle))
        return lines
    }

    // MARK: The views

    private var titles: [SafeText] {
        views.map { view in
            switch view {
            case .changes: "Changes \(plan?.changes.count ?? 0)"
            case .checks: "Checks"
            case .inputs: "Inputs"
            case .file(let index): fileTitle(index)
            }
        }
    }

    /// The file's own name; of several steps with the target's.
    private func fileTitle(_ index: Int) -> SafeText {
        let (step, file) = files[index]
        let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
        let text = (plan?.plans.count ?? 0) > 1 ? "\(step.target.name) \(name)" : name
        return SafeText(untrusted: text).truncated(to: 28, .middle)
    }

    private func drawPane(_ plan: OrderPlan, in rect: Rect, on surface: inout Surface) -> Point? {
        switch view {
        case .changes: return drawChanges(plan, in: rect, on: &surface)
        case .checks, .inputs:
            let lines = lines(width: rect.width)
            let shown = Window(top: text.top).visible(height: rect.height, count: lines.count, selected: nil)
            Panes.draw(Array(lines[shown]), in: rect, on: &surface)
        case .file: drawFile(in: rect, on: &surface)
        }
        return nil
    }

    private func drawFile(in rect: Rect, on surface: inout Surface) {
        guard let diff, case .file(let index) = view, files.indices.contains(index) else { return }
        var body = rect
        if rect.height > 5 {
            var head = Line(untrusted: files[index].file.path, .header)
            head.append(SafeText(untrusted: "  \(files[index].plan.target.title)"), .dim)
            let place = change.flatMap { diff.changes.firstIndex(of: $0) }
            let count = Words.count(diff.changes.count, "change")
            let note = place.map { Line("change \($0 + 1) of \(diff.changes.count)", .dim) } ?? Line(count, .dim)
            let room = max(0, rect.width - note.width - 2)
            surface.draw(Line.spread(head.truncated(to: room, .middle), note, to: rect.width), in: body.takeTop(1))
        }
        diff.draw(text, in: body, on: &surface)
        let top = Window(top: text.top).visible(height: body.height, count: diff.rows.count, selected: nil).lowerBound
        if let change, change >= top, change < top + body.height {
            surface.restyle(body.row(change - top), .selection)
        }
    }

    /// The list, and what there is to say about the selected change below it.
    private func drawChanges(_ plan: OrderPlan, in rect: Rect, on surface: inout Surface) -> Point? {
        var area = rect
        let selected = rows.indices.contains(list.index) ? rows[list.index] : nil
        if isDetailed, let selected {
            Panes.draw(selected.detail(in: plan, width: rect.width), in: rect, on: &surface)
            return nil
        }
        var foot = area.takeBottom(detailHeight(rect))
        if foot.height > 2, let selected {
            surface.drawHorizontalRule(foot.takeTop(1))
            let lines = selected.detail(in: plan, width: foot.width)
            Panes.draw(lines, in: foot, on: &surface)
            if lines.count > foot.height {
                let more = Line(" Enter: \(lines.count - foot.height + 1) more lines", .accent)
                var last = foot.row(foot.height - 1)
                surface.drawRight(more, in: last.takeRight(more.width))
            }
        }
        // The list is as wide as the pane, its pointer in the blank that the pane leaves at the left.
        return table(plan, width: area.width).draw(list, in: area, on: &surface)
    }

    /// Rows for the detail below the list, the rule included; none where the list needs the room.
    private func detailHeight(_ rect: Rect) -> Int {
        rect.height >= 9 ? min(9, rect.height / 3) : 0
    }

    private func table(_ plan: OrderPlan, width: Int) -> Table<Int> {
        let rows = rows
        let cells = { (index: Int) in rows[index].cells(in: plan) }
        let hasConsequences =
            plan.changes.contains { $0.consequence != .none } || plan.plans.contains { $0.stage == .production }
        let kind = plan.changes.contains { $0.kind == .mayReplace } ? 13 : 10
        var columns = [
            Column("CHANGE", 10, upTo: kind), Column("RESOURCE", 12, upTo: 36, elision: .middle),
            Column("TYPE", 10, upTo: 34, priority: 2, elision: .middle),
        ]
        if hasConsequences { columns.append(Column("MEANS", width >= 60 ? 14 : 9, upTo: 14)) }
        return Table(
            columns, count: rows.count, id: { $0 }, empty: "Nothing would change.",
            cells: cells)
    }

    /// The lines of the views that are text.
    func lines(width: Int) -> [Line] {
        guard let plan else { return [] }
        switch view {
        case .checks: return CheckWords.allLines(plan, width: width)
        case .inputs: return InputWords.lines(plan, width: width)
        case .changes, .file: return []
        }
    }
}

/// Where everything of a review stands: two columns from 100 columns on, else one above the other.
struct ReviewLayout {
    var facts: Rect
    var lines: [Line]
    var why: Rect
    var rule: Rect?
    var tabs: Rect
    var pane: Rect

    /// - Parameters:
    ///   - isWriting: Whether the reason needs its row even where the screen is low.
    ///   - make: The facts for a width and, at most, a height.
    init(_ rect: Rect, isWriting: Bool, facts make: (_ width: Int, _ limit: Int) -> [Line]) {
        var rest = rect
        if rect.width >= 100 {
            let panes = Panes.split(rect, preview: 70)
            facts = panes.list.inset(1, 0)
            _ = facts.takeTop(1)
            why = facts.takeBottom(2).row(0)
            rule = panes.rule
            rest = panes.preview ?? rect
            _ = rest.takeTop(1)
            lines = make(facts.width, facts.height)
        } else {
            let isLow = rect.height < 14
            lines = make(rect.width - 2, isLow ? 3 : max(5, rect.height * 2 / 5))
            facts = rest.takeTop(min(lines.count, rect.height - 4)).inset(1, 0)
            why = rest.takeTop(isLow && !isWriting ? 0 : 1).inset(1, 0)
            rule = isLow ? nil : rest.takeTop(1)
            rest = rest.inset(1, 0)
        }
        tabs = rest.takeTop(1)
        if rect.width >= 100 { _ = rest.takeTop(1) }
        pane = rest
    }
}
