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
        ReviewLayout(rect, isWriting: isWriting, isWhole: isWhole) { width, limit in
            facts(plan, width: width, limit: limit, isWide: rect.width >= 100)
        }
    }

    /// Whether a file has the whole width, so that old and new stand beside each other.
    private var isWhole: Bool { diff?.right != nil }

    /// Rows of the list of changes that are on the screen.
    func listPage(_ desk: Desk) -> Int {
        let pane = pane(desk)
        return max(1, pane.height - 1 - detailHeight(pane))
    }

    package var position: SafeText {
        guard view == .changes else { return text.top > 0 ? "line \(text.top + 1)" : .empty }
        guard let row = list.selection else { return .empty }
        let place = changes.place(of: row)
        return "\(place.index)/\(place.count)"
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

    /// Wide, the facts have the left side for themselves; narrow, they stand above the changes: first where it goes.
    private func facts(_ plan: OrderPlan, width: Int, limit: Int, isWide: Bool) -> [Line] {
        if isWhole, isWide { return bandFacts(plan, width: width) }
        guard limit > 4 else { return tinyFacts(plan, width: width) }
        let errors = CheckWords.findings(plan).filter { $0.severity != .note }
        let faults = errors.flatMap { CheckWords.lines(of: $0, width: width) }
        guard isWide else {
            let bad = CheckWords.lines(plan, width: width).filter {
                $0.plain.hasPrefix("warn") || $0.plain.hasPrefix("FAIL") || $0.plain.hasPrefix("      ")
            }
            let moved = voidLines(width: width, limit: 3)
            let steps = StepWords.lines(of: plan.plans, width: width, limit: 3)
            let trouble = Array(
                (faults + bad + afterwards(plan, width: width)).prefix(max(1, limit - 1 - steps.count - moved.count)))
            return [counts(plan, width: width)] + steps + moved + trouble
        }
        let moved = voidLines(width: width, limit: 6)
        var lines = moved.isEmpty ? [] : moved + [Line()]
        lines.append(Panes.heading("STEPS", Words.count(plan.plans.count, "step")))
        let checks = CheckWords.lines(plan, width: width)
        let room = limit - checks.count - faults.count - lines.count - 8
        lines += StepWords.lines(of: plan.plans, width: width, limit: max(3, room))
        if !faults.isEmpty { lines += [Line(), Panes.heading("FINDINGS")] + faults }
        lines += [Line(), Panes.heading("CHECKS") + Line("  ") + CheckWords.counts(plan)] + checks
        lines += [Line(), Panes.heading("WHAT WILL CHANGE"), CheckWords.changeCounts(plan)]
        let afterwards = afterwards(plan, width: width)
        return afterwards.isEmpty ? lines : lines + [Line(), Panes.heading("AFTERWARDS")] + afterwards
    }

    /// What is to be done when the order has run, and nothing does by itself.
    private func afterwards(_ plan: OrderPlan, width: Int) -> [Line] {
        CheckWords.findings(plan).filter { $0.code == "component.join" }.flatMap { note in
            Line(untrusted: note.message, .info).wrapped(to: width)
        }
    }

    private func counts(_ plan: OrderPlan, width: Int) -> Line {
        .spread(Line("CHECKS  ", .header) + CheckWords.counts(plan), CheckWords.changeCounts(plan), to: width)
    }

    /// Above a file that takes the whole width: where that file's step goes.
    private func bandFacts(_ plan: OrderPlan, width: Int) -> [Line] {
        guard case .file(let index) = view, files.indices.contains(index) else { return [] }
        let own = files[index].plan
        return [counts(plan, width: width)] + StepWords.lines(of: own, number: nil, width: width).prefix(3)
    }

    /// What is there at every size.
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
        if !Place(first).isLocal { lines.append(Place(first).line(width: width)) }
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
        let foot = body.takeBottom(originHeight(body.height))
        drawOrigin(in: foot, on: &surface)
        diff.draw(text, in: body, on: &surface)
        let top = Window(top: text.top).visible(height: body.height, count: diff.rows.count, selected: nil).lowerBound
        if let change = asked?.selection ?? change, change >= top, change < top + body.height {
            surface.restyle(body.row(change - top), .selection)
        }
    }

    /// The list, and what there is to say about the selected change below it.
    private func drawChanges(_ plan: OrderPlan, in rect: Rect, on surface: inout Surface) -> Point? {
        var area = rect
        let selected = list.selection
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

    private func table(_ plan: OrderPlan, width: Int) -> Table<ChangeRow> {
        let changes = changes
        let isOne = plan.plans.count == 1
        let keepsSome = plan.changes.contains { $0.consequence == .snapshot || $0.consequence == .detached }
        let kind = plan.changes.contains { $0.kind == .mayReplace } ? 15 : 12
        var columns = [
            Column("  CHANGE", 12, upTo: kind), Column("RESOURCE", 12, upTo: 36, elision: .middle),
            Column("TARGET", 8, upTo: 20, priority: isOne ? 9 : 1, elision: .middle),
            Column("TYPE", 10, upTo: 34, priority: 2, elision: .middle),
        ]
        if keepsSome || !isOne { columns.append(Column("MEANS", width >= 60 ? 14 : 9, upTo: 14)) }
        if isOne { columns.remove(at: 2) }
        return Table(columns, count: changes.rows.count, id: { changes.rows[$0] }, empty: "Nothing would change.") {
            var cells = changes.rows[$0].cells(in: plan, changes)
            if isOne, cells.count > 2 { cells.remove(at: 2) }
            return cells
        }
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
