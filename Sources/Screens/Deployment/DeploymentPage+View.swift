import Catalog
import Documents
import Engine
package import Terminal

extension DeploymentPage {
    /// Where the facts and the events stand; on a low screen only one of them is there.
    struct Layout {
        var facts: Rect
        var rule: Rect?
        var head: Rect
        var log: Rect
    }

    func focus(in rect: Rect) -> Focus {
        chosenFocus ?? (rect.width < 100 && rect.height < 14 ? .facts : .log)
    }

    func layout(_ rect: Rect) -> Layout {
        var facts = rect.inset(1, 0)
        var log = rect.inset(1, 0)
        var rule: Rect?
        if rect.width >= 100 {
            let panes = Panes.split(rect, preview: 58)
            facts = panes.list.inset(1, 0)
            log = panes.preview ?? log
            rule = panes.rule
            _ = facts.takeTop(1)
            _ = log.takeTop(1)
        } else if rect.height >= 14 {
            log = facts.takeBottom(max(6, rect.height * 2 / 5))
            rule = Rect(rect.x, facts.bottom - 1, rect.width, 1)
            _ = facts.takeBottom(1)
        } else if focus(in: rect) == .log {
            facts.height = 0
        } else {
            log.height = 0
        }
        let head = log.takeTop(1)
        return Layout(facts: facts, rule: rule, head: head, log: log)
    }

    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        guard detail != nil else { return nil }
        let layout = layout(rect)
        drawFacts(in: layout.facts, on: &surface, desk)
        Panes.drawRule(layout.rule, on: &surface)
        let cursor = drawLogHead(in: layout.head, on: &surface)
        log.draw(in: layout.log, on: &surface)
        if log.shown.isEmpty, layout.log.height > 0 {
            surface.draw(
                Line(log.lines.isEmpty ? "Nothing has happened yet." : "No event is like that.", .dim),
                in: layout.log.row(0))
        }
        return cursor
    }

    /// How many events, and how they are shown.
    private func drawLogHead(in rect: Rect, on surface: inout Surface) -> Point? {
        guard rect.height > 0 else { return nil }
        var rest = rect
        var title = Line("EVENTS", chosenFocus != .facts ? .header : .dim)
        let shown = log.shown.count
        title.append(
            shown == log.lines.count ? "  \(shown)" : "  \(shown) of \(log.lines.count)", .dim)
        var settings = Line()
        if log.droppedCount > 0 { settings.append("\(log.droppedCount) older dropped  ", .warn) }
        if log.showsErrorsOnly { settings.append("errors only  ", .warn) }
        settings.append(log.follows ? "follow on" : "follow off", log.follows ? .dim : .warn)
        settings.append(log.wraps ? "  wrap on" : "  wrap off", .dim)
        surface.draw(title.truncated(to: rest.width), in: rest)
        _ = rest.takeLeft(title.width + 2)
        guard isFinding || !find.isEmpty else {
            if settings.width <= rest.width { surface.drawRight(settings, in: rest) }
            return nil
        }
        surface.draw(Line("/ ", .accent), in: rest.takeLeft(2))
        let cursor = find.draw(
            in: rest.takeLeft(min(rest.width, 24)), on: &surface, isFocused: isFinding, placeholder: "words")
        if settings.width + 2 <= rest.width { surface.drawRight(settings, in: rest) }
        return isFinding ? cursor : nil
    }

    private func drawFacts(in rect: Rect, on surface: inout Surface, _ desk: Desk) {
        guard rect.height > 0 else { return }
        let isScrolled = chosenFocus == .facts
        let facts = factRows(desk, width: rect.width, height: isScrolled ? .max : rect.height)
        let top = isScrolled ? self.facts.top : 0
        let shown = Window(top: top).visible(height: rect.height, count: facts.rows.count, selected: nil)
        Panes.draw(Array(facts.rows[shown]), in: rect, on: &surface)
        if !isScrolled, facts.rows.count > rect.height {
            let more = Words.count(facts.rows.count - rect.height + 1, "more line")
            var last = rect.row(rect.height - 1)
            surface.fill(last)
            surface.draw(Line("... \(more): Tab scrolls", .faint), in: last.takeLeft(rect.width))
        }
        if let bar = facts.bar, shown.contains(bar.row) {
            var place = rect.row(bar.row - shown.lowerBound)
            bar.bar.draw(in: place.takeLeft(FactRows.barWidth(rect.width)), on: &surface)
        }
    }

    /// The left side for a width; resources are left out where all together would be higher than `height`.
    func factRows(_ desk: Desk, width: Int, height: Int) -> FactRows {
        guard let detail else { return FactRows() }
        var rows = FactRows()
        rows.add(head(detail, desk, width: width, isLow: height < 14))
        let resources = resources
        progress(detail.deployment, resources, desk, width: width, into: &rows)
        if height >= 14 || detail.runner == .none { rows.add(stateLines(detail, width: width)) }
        rows.add(failureLines(detail.deployment, width: width))
        rows.add(changedInputs(detail, width: width, isLow: height < 14))
        if detail.steps.count > 1 {
            rows.add([Line(), Panes.heading("STEPS")] + stepLines(detail.steps, desk, width: width))
        }
        if detail.deployment.phase == .succeeded, !detail.deployment.outputs.isEmpty {
            rows.add([Line(), Panes.heading("OUTPUTS")] + outputLines(detail.deployment.outputs, width: width))
        }
        let title =
            Line("RESOURCES", chosenFocus == .facts ? .header : .dim) + Line("  \(resources.count)", .dim)
            + ResourceLine.counts(resources)
        let room = height == .max ? Int.max : max(3, height - rows.rows.count - 2)
        let window = ResourceLine.window(resources, room: room)
        let lines = ResourceLine.rows(resources, now: desk.now, width: width)
        rows.add(height < 14 ? [title] : [Line(), title])
        rows.failed = resources.firstIndex { $0.state == .failed }.map {
            rows.rows.count + $0 - window.shown.lowerBound
        }
        rows.add(Array(lines[window.shown]))
        if window.above + window.below > 0 {
            rows.add([Line("... \(window.above) above, \(window.below) below: Tab scrolls", .faint)])
        }
        return rows
    }

    private func head(_ detail: DeploymentDetail, _ desk: Desk, width: Int, isLow: Bool) -> [Line] {
        let deployment = detail.deployment
        var head = Line(untrusted: deployment.target.title, .header)
        head.append(
            SafeText(
                untrusted: "  \(deployment.action.rawValue)  \(deployment.target.version(of: deployment.template)) "),
            .dim)
        if let from = deployment.fromVersion, from != deployment.version {
            head.append(SafeText(untrusted: "\(from) → "), .dim)
        }
        head.append(SafeText(untrusted: deployment.version.description), .dim)
        if isLow { return [head.truncated(to: width, .middle)] }
        var by = Line(untrusted: "by \(deployment.by), \(desk.age(of: deployment.createdAt)) ago", .dim)
        if !deployment.why.isEmpty { by.append(SafeText(untrusted: ": \(deployment.why)")) }
        return [head.truncated(to: width, .middle)] + by.wrapped(to: width, indent: 2)
    }

    /// The state, how far, how long, and how long it usually takes.
    private func progress(
        _ deployment: Deployment, _ resources: [ResourceLine], _ desk: Desk, width: Int, into rows: inout FactRows
    ) {
        var line = Words.phase(of: deployment)
        if let start = deployment.startedAt {
            let end = deployment.finishedAt ?? desk.now
            let word = deployment.phase.isFinished ? "took" : "elapsed"
            line.append(
                SafeText(untrusted: "  \(word) \(Age.took(milliseconds: end.milliseconds - start.milliseconds))"))
        }
        if let usual {
            line.append(SafeText(untrusted: "  usual \(Age.took(milliseconds: usual))"), .dim)
            let gone = deployment.startedAt.map { desk.now.milliseconds - $0.milliseconds } ?? 0
            if deployment.phase == .inProgress, usual - gone >= 1000 {
                line.append(SafeText(untrusted: "  left ~\(Age.took(milliseconds: usual - gone))"), .dim)
            }
        }
        if deployment.phase == .rollingBack { rows.add([rollback(resources)]) }
        guard !deployment.phase.isFinished else { return rows.add([line]) }
        let done = resources.count { $0.isDone }
        rows.bar = (rows.rows.count, ProgressBar(done: done, total: resources.count))
        let lead = Line(untrusted: String(repeating: " ", count: FactRows.barWidth(width) + 2))
        rows.add([(lead + line).truncated(to: width)])
    }

    /// A state of its own: what was done is taken back, and nothing new is made.
    private func rollback(_ resources: [ResourceLine]) -> Line {
        let undone = resources.count { $0.state == .undone }
        let begun = resources.count { $0.state != nil && $0.state != .failed }
        return Line("ROLLING BACK", Style(.warn, .bold)) + Line("  \(undone) of \(begun) undone", .warn)
    }

    /// Who carries it out, and what leaving would mean; what is next once it is done.
    private func stateLines(_ detail: DeploymentDetail, width: Int) -> [Line] {
        let deployment = detail.deployment
        guard !deployment.phase.isFinished else {
            guard deployment.phase == .succeeded else { return [] }
            let name = SafeText(untrusted: wholeService.map { "service \($0)" } ?? deployment.target.title)
            let sentence: Line = isGone ? Line("Done. It is gone.", .ok) : Line("Done. Enter opens \(name).", .ok)
            return sentence.wrapped(to: width)
        }
        let line: Line =
            switch detail.runner {
            case .here: Line("Runs in this program: leaving it asks first.", .dim)
            case .elsewhere: Line("A runner outside this program has it: it goes on without this window.", .dim)
            case .none where deployment.phase == .waiting: Line("Waits for the steps before it.", .dim)
            case .none where isRunning: Line("The runner in this program takes it next.", .dim)
            case .none: Line("No runner is at it: C carries it out here.", .warn)
            }
        return line.wrapped(to: width)
    }

    /// The cause, what was undone and what to press next.
    private func failureLines(_ deployment: Deployment, width: Int) -> [Line] {
        guard let failure = deployment.failure, deployment.phase.isFinished else { return [] }
        var lines: [Line] = []
        var cause = Line()
        if !failure.resource.isEmpty { cause.append(SafeText(untrusted: "\(failure.resource): "), .fail) }
        cause.append(SafeText(untrusted: failure.reason))
        lines += Panes.fact("cause", cause, width: 8).wrapped(to: width, indent: 8)
        if !failure.hint.isEmpty {
            lines += Panes.fact("hint", Line(untrusted: failure.hint, .info), width: 8).wrapped(to: width, indent: 8)
        }
        if !failure.undone.isEmpty {
            let undone = Line(untrusted: failure.undone.joined(separator: ", "))
            lines += Panes.fact("undone", undone, width: 8).wrapped(to: width, indent: 8)
        }
        if deployment.phase == .stuck {
            lines += Panes.fact("state", Line("undone only in part: R shows the ways out", .warn), width: 8)
                .wrapped(to: width, indent: 8)
        }
        var next = Line()
        if availability(of: "deployment.edit") == .yes { next = Line("e", .accent) + Line(" edits the inputs   ") }
        if availability(of: "deployment.retry") == .yes { next = next + Line("T", .accent) + Line(" tries again") }
        if !next.isEmpty { lines.append(Panes.fact("next", next, width: 8)) }
        return lines
    }

    /// What this deployment gave differently from what was applied before.
    private func changedInputs(_ detail: DeploymentDetail, width: Int, isLow: Bool) -> [Line] {
        guard !isLow, let plan = detail.plan, plan.action == .update, let old = plan.previousInputs else { return [] }
        let changed = (plan.inputs.object ?? Object()).filter { old[$0.key] != $0.value }
        guard !changed.isEmpty else { return [] }
        var lines = changed.prefix(3).flatMap { name, value in
            var line = Line(untrusted: "\(name) ", .dim)
            line.append(Words.value(old[name]), .removed)
            line.append(" → ", .dim)
            line.append(Words.value(value), .added)
            return Panes.fact("changed", line, width: 9).truncated(to: width).wrapped(to: width)
        }
        if changed.count > 3 { lines.append(Line("         and \(changed.count - 3) more", .dim)) }
        return lines
    }

    private func stepLines(_ steps: [Deployment], _ desk: Desk, width: Int) -> [Line] {
        let room = max(8, min(steps.map { SafeText(untrusted: $0.target.title).width }.max() ?? 0, width - 34))
        return steps.map { step in
            var took = Line()
            if let start = step.startedAt {
                let end = step.finishedAt ?? desk.now
                took = Line(untrusted: Age.took(milliseconds: end.milliseconds - start.milliseconds), .dim)
            }
            let isShown = step.id == id
            return .columns([
                .init(Line(isShown ? "▸" : " ", .accent), 1), .init(Words.phase(step.phase), 9),
                .init(Line("\(step.step + 1) \(SafeText(untrusted: step.action.rawValue))", .dim), 9),
                .init(Line(untrusted: step.target.title, isShown ? .header : .text), room),
                .init(Line(untrusted: String(repeating: " ", count: max(0, 6 - took.width))) + took, nil),
            ]).truncated(to: width)
        }
    }

    private func outputLines(_ outputs: [Output], width: Int) -> [Line] {
        let room = min(width / 2, outputs.map { SafeText(untrusted: $0.key).width }.max() ?? 0)
        return outputs.map { output in
            .columns([
                .init(Line(untrusted: output.key, .dim), room),
                .init(Line(untrusted: output.value, .info).truncated(to: max(1, width - room - 2), .middle), nil),
            ])
        }
    }
}

/// Rows of text, one of which may be a progress bar.
struct FactRows {
    var rows: [Line] = []
    var bar: (row: Int, bar: ProgressBar)?
    /// The row of the resource that failed.
    var failed: Int?

    mutating func add(_ lines: [Line]) { rows += lines }

    static func barWidth(_ width: Int) -> Int { max(8, min(28, width / 3)) }
}
