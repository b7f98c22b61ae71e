import Catalog
import Documents
import Engine
package import Terminal

extension ReviewPage {
    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        let panes = Panes.split(rect, preview: 60)
        var left = panes.list.inset(1, 0)
        if rect.width >= 100 { _ = left.takeTop(1) }
        var cursor: Point?
        if left.height > 6 {
            var foot = left.takeBottom(2)
            let label = Line(isWriting ? "WHY  " : "why  ", isWriting ? .accent : .dim)
            var field = foot.takeTop(1)
            surface.draw(label, in: field.takeLeft(5))
            let point = reason.draw(
                in: field, on: &surface, isFocused: isWriting, placeholder: "w writes a reason for the history")
            cursor = isWriting ? point : nil
        }
        Panes.draw(factLines(width: left.width), in: left, on: &surface)
        Panes.drawRule(panes.rule, on: &surface)
        if var pane = panes.preview {
            if rect.width >= 100 { _ = pane.takeTop(1) }
            surface.draw(paneTitle.truncated(to: pane.width), in: pane.takeTop(1))
            _ = pane.takeTop(1)
            let lines = paneLines(width: pane.width)
            let top = min(text.top, max(0, lines.count - pane.height))
            Panes.draw(Array(lines.dropFirst(top)), in: pane, on: &surface)
        }
        return cursor
    }

    // MARK: Left: where it goes, checks, faults

    private func factLines(width: Int) -> [Line] {
        guard let plan else { return [Line("There is no plan.", .dim)] }
        var lines = targetLines(plan)
        let findings = (plan.findings + plan.plans.flatMap(\.findings)).sorted { $0.severity > $1.severity }
        if !findings.isEmpty {
            lines += [Line(), Panes.heading("FINDINGS", Words.count(findings.count, "finding"))]
            for finding in findings { lines += findingLines(finding, width: width) }
        }
        lines += [Line(), Panes.heading("CHECKS")]
        let isOne = plan.plans.count == 1
        for step in plan.plans {
            for check in step.checks {
                var line = Words.check(check.outcome)
                line.append("  ", .text)
                if !isOne { line.append(SafeText(untrusted: step.target.title + ": "), .dim) }
                line.append(SafeText(untrusted: check.sentence), .text)
                lines += line.wrapped(to: width, indent: 6)
            }
        }
        if !plan.plans.isEmpty {
            lines += [Line(), Panes.heading("INPUTS"), Line()]
            for step in plan.plans { lines += inputLines(step, isOne: isOne) }
        }
        return lines
    }

    private func targetLines(_ plan: OrderPlan) -> [Line] {
        var lines = [Panes.heading("STEPS", Words.count(plan.plans.count, "step"))]
        for (index, step) in plan.plans.enumerated() {
            var line = Line("\(index + 1)  ", .dim)
            line.append(SafeText(untrusted: step.action.rawValue), step.action == .destroy ? .removed : .text)
            line.append(" ", .text)
            line.append(SafeText(untrusted: step.target.title), .header)
            line.append(SafeText(untrusted: "  \(step.template) "), .dim)
            if let from = step.fromVersion, from != step.version {
                line.append(SafeText(untrusted: "\(from) > "), .dim)
            }
            line.append(SafeText(untrusted: step.version.description), .text)
            if !step.environment.isEmpty { line.append(SafeText(untrusted: "  in \(step.environment)"), .dim) }
            if step.stage == .production { line = line + Line("  ") + Words.stage(step.stage) }
            lines.append(line)
            lines.append(
                Line(untrusted: "   stack \(step.stack), by \(step.provisioner), account 000000000000", .faint))
        }
        return lines
    }

    private func findingLines(_ finding: Finding, width: Int) -> [Line] {
        let style: Style =
            switch finding.severity {
            case .error: .fail
            case .warning: .warn
            case .note: .dim
            }
        var line = Line(
            untrusted: finding.severity == .error ? "FAIL  " : finding.severity == .warning ? "warn  " : "note  ", style
        )
        if let place = finding.place { line.append(SafeText(untrusted: "\(place.text): "), .dim) }
        line.append(SafeText(untrusted: finding.message), .text)
        var lines = line.wrapped(to: width, indent: 6)
        if let hint = finding.hint {
            lines += (Line("      ") + Line(untrusted: hint, .info)).wrapped(to: width, indent: 6)
        }
        return lines
    }

    /// What the inputs are, those that differ from what is applied marked.
    private func inputLines(_ step: Plan, isOne: Bool) -> [Line] {
        var lines: [Line] = isOne ? [] : [Line(untrusted: step.target.title, .dim)]
        for (name, value) in step.inputs.object ?? Object() {
            let old = step.previousInputs?[name]
            let isChanged = step.previousInputs != nil && old != value
            var line = Line(isChanged ? "~ " : "  ", .changed)
            line.append(SafeText(untrusted: name), .dim)
            line.append(SafeText(untrusted: String(repeating: " ", count: max(1, 30 - line.width))))
            if isChanged {
                line.append(Words.value(old), .removed)
                line.append(" > ", .dim)
            }
            line.append(Words.value(value), isChanged ? .added : .text)
            lines.append(line)
        }
        return lines
    }

    // MARK: Right: changes or a file

    private var paneTitle: Line {
        let files = files
        switch pane {
        case .changes:
            var line = Panes.heading("WHAT WILL CHANGE")
            let changes = plan?.changes ?? []
            func count(_ kinds: Set<Change.Kind>) -> Int { changes.count { kinds.contains($0.kind) } }
            line.append("  +\(count([.add])) add  ~\(count([.update, .metadata, .unknown])) update  ", .dim)
            line.append("!\(count([.replace, .mayReplace])) replace  -\(count([.remove])) remove", .dim)
            return line
        case .file(let index):
            guard files.indices.contains(index) else { return Line() }
            return Panes.heading(
                SafeText(untrusted: files[index].file.path),
                SafeText(untrusted: "\(files[index].plan.target.title)  \(index + 1) of \(files.count)"))
        }
    }

    func paneLines(width: Int) -> [Line] {
        switch pane {
        case .changes: return changeLines(width: width)
        case .file(let index):
            guard files.indices.contains(index) else { return [] }
            return ReviewPage.difference(files[index].file)
        }
    }

    private func changeLines(width: Int) -> [Line] {
        var lines: [Line] = []
        for step in plan?.plans ?? [] {
            if (plan?.plans.count ?? 0) > 1 {
                if !lines.isEmpty { lines.append(Line()) }
                lines.append(Line(untrusted: step.target.title, .header))
            }
            if step.changes.isEmpty { lines.append(Line("No resource changes.", .dim)) }
            for unknown in step.unknowns { lines.append(Line(untrusted: "known later: \(unknown)", .wait)) }
            for change in step.changes { lines += ReviewPage.lines(of: change, width: width) }
        }
        return lines
    }

    static func lines(of change: Change, width: Int) -> [Line] {
        var line = Words.change(change.kind)
        line.append(SafeText(untrusted: String(repeating: " ", count: max(1, 14 - line.width))))
        line.append(SafeText(untrusted: change.resource), .text)
        line.append("  ", .text)
        line.append(SafeText(untrusted: change.type.replacing("AWS::", with: "")), .dim)
        if change.consequence != .none {
            line.append("  ", .text)
            line = line + Words.consequence(change.consequence)
        }
        var lines = [line]
        if !change.explanation.isEmpty {
            lines += Line(untrusted: "    \(change.explanation)", .dim).wrapped(to: width, indent: 4)
        }
        guard change.kind != .add, change.kind != .remove else { return lines }
        for cause in change.causes.prefix(6) {
            var detail = Line(untrusted: "    \(cause.property.replacing("Properties/", with: ""))  ", .dim)
            detail.append(SafeText(untrusted: cause.old ?? "-").truncated(to: 24), .removed)
            detail.append(" > ", .dim)
            detail.append(SafeText(untrusted: cause.new ?? "-").truncated(to: 24), .added)
            if let input = cause.input { detail.append(SafeText(untrusted: "  by \(input)"), .info) }
            if cause.forcesReplacement { detail.append("  forces it", .warn) }
            lines.append(detail)
        }
        return lines
    }

    /// A file beside what is applied: all of it where it is new.
    static func difference(_ file: RenderedFile) -> [Line] {
        guard let previous = file.previous else {
            return file.text.split(separator: "\n", omittingEmptySubsequences: false).map {
                Line("  ") + Line(untrusted: String($0))
            }
        }
        if previous == file.text { return [Line("The file stays as it is.", .dim)] }
        let hunks = LineDiff(old: previous, new: file.text).hunks()
        return Array(
            hunks.map { hunk in hunk.map(difference) }.joined(separator: [Line("  ...", .faint)]))
    }

    private static func difference(_ line: LineDiff.Line) -> Line {
        switch line.kind {
        case .added: Line(untrusted: "+ " + line.text, .added)
        case .removed: Line(untrusted: "- " + line.text, .removed)
        case .kept: Line(untrusted: "  " + line.text, .dim)
        }
    }
}
