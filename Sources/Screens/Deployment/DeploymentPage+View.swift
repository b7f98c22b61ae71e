import Catalog
import Engine
package import Terminal

extension DeploymentPage {
    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        guard let detail else { return nil }
        let panes = Panes.split(rect, preview: 58)
        var left = panes.list.inset(1, 0)
        if rect.width >= 100 { _ = left.takeTop(1) }
        Panes.draw(lines(detail, desk, width: left.width, height: left.height), in: left, on: &surface)
        Panes.drawRule(panes.rule, on: &surface)
        if var pane = panes.preview {
            if rect.width >= 100 { _ = pane.takeTop(1) }
            surface.draw(Panes.heading("EVENTS", Words.count(events.count, "event")), in: pane.takeTop(1))
            _ = pane.takeTop(rect.width >= 100 ? 1 : 0)
            let top = min(log.top, max(0, events.count - pane.height))
            for (index, event) in events.dropFirst(top).prefix(pane.height).enumerated() {
                surface.draw(eventLine(event).truncated(to: pane.width), in: pane.row(index))
            }
        }
        return nil
    }

    private func lines(_ detail: DeploymentDetail, _ desk: Desk, width: Int, height: Int) -> [Line] {
        let deployment = detail.deployment
        var head = Line(untrusted: deployment.target.title, .header)
        head.append(
            SafeText(untrusted: "  \(deployment.action.rawValue)  \(deployment.template) \(deployment.version)"), .dim)
        var lines = [head]
        var by = Line(untrusted: "by \(deployment.by)", .dim)
        if !deployment.why.isEmpty { by.append(SafeText(untrusted: ": \(deployment.why)"), .dim) }
        lines += [by, Line()]
        if detail.steps.count > 1 {
            for step in detail.steps { lines.append(stepLine(step, desk)) }
            lines.append(Line())
        }
        let resources = ResourceLine.all(detail.plan, events)
        lines.append(progress(deployment, resources, desk, width: width))
        lines.append(Line())
        let failure = failureLines(deployment, width: width)
        let room = max(3, height - lines.count - failure.count)
        lines += ResourceLine.window(resources, room: room).map(resourceLine)
        return lines + failure
    }

    private func stepLine(_ step: Deployment, _ desk: Desk) -> Line {
        var line = Line(step.id == id ? "▸ " : "  ", .accent)
        line = line + Words.phase(step.phase)
        line.append(SafeText(untrusted: String(repeating: " ", count: max(1, 14 - line.width))))
        line.append(SafeText(untrusted: "\(step.step + 1)  \(step.action.rawValue) "), .dim)
        line.append(SafeText(untrusted: step.target.title), .text)
        if let start = step.startedAt {
            let end = step.finishedAt ?? desk.now
            line.append(SafeText(untrusted: "  \(Age.took(milliseconds: end.milliseconds - start.milliseconds))"), .dim)
        }
        return line
    }

    private func progress(_ deployment: Deployment, _ resources: [ResourceLine], _ desk: Desk, width: Int) -> Line {
        var line = Words.phase(deployment.phase)
        line.append("  ", .text)
        let done = resources.count { $0.isDone }
        let total = max(1, resources.count)
        if !deployment.phase.isFinished {
            let room = max(6, min(28, width - 30))
            line.append("[", .dim)
            line.append(SafeText(untrusted: String(repeating: "#", count: done * room / total)), .run)
            line.append(SafeText(untrusted: String(repeating: ".", count: room - done * room / total)), .faint)
            line.append("]  ", .dim)
        }
        line.append("\(done) of \(resources.count) resources", .dim)
        if let start = deployment.startedAt {
            let end = deployment.finishedAt ?? desk.now
            line.append(SafeText(untrusted: "  \(Age.took(milliseconds: end.milliseconds - start.milliseconds))"), .dim)
        }
        return line
    }

    private func resourceLine(_ resource: ResourceLine) -> Line {
        var line = Words.resource(resource.state)
        line.append(SafeText(untrusted: String(repeating: " ", count: max(1, 6 - line.width))))
        line.append(SafeText(untrusted: resource.name).truncated(to: 30), resource.state == nil ? .dim : .text)
        line.append(SafeText(untrusted: String(repeating: " ", count: max(1, 38 - line.width))))
        line.append(SafeText(untrusted: resource.state?.rawValue ?? "not yet"), .dim)
        return line
    }

    /// The cause, what was undone and what to do next.
    private func failureLines(_ deployment: Deployment, width: Int) -> [Line] {
        guard let failure = deployment.failure, deployment.phase.isFinished else {
            guard deployment.phase == .succeeded else { return [] }
            return [
                Line(),
                Line("Done. Enter opens \(SafeText(untrusted: deployment.target.title)) with its outputs.", .ok),
            ]
        }
        var lines = [Line()]
        let title = failure.resource.isEmpty ? "WHY" : "WHY  \(failure.resource)"
        lines.append(Line(untrusted: title, .fail))
        lines += Line(untrusted: failure.reason).wrapped(to: width)
        if !failure.hint.isEmpty { lines += Line(untrusted: failure.hint, .info).wrapped(to: width) }
        if !failure.undone.isEmpty {
            lines += Line(untrusted: "Undone: \(failure.undone.joined(separator: ", "))", .dim).wrapped(to: width)
        }
        lines.append(Line("e edits the inputs, T tries again.", .dim))
        return lines
    }

    private func eventLine(_ event: Event) -> Line {
        var line = Line(untrusted: String(event.at.iso8601.dropFirst(11).dropLast()), .faint)
        line.append("  ", .text)
        if let state = event.state {
            line = line + Words.resource(state)
            line.append(SafeText(untrusted: String(repeating: " ", count: max(1, 15 - line.width))))
            line.append(SafeText(untrusted: event.resource), .text)
            line.append(SafeText(untrusted: "  \(state.rawValue)"), state == .failed ? .fail : .dim)
            line.append(SafeText(untrusted: event.physicalID.isEmpty ? "" : "  \(event.physicalID)"), .faint)
        } else {
            line.append("     ", .text)
        }
        if !event.message.isEmpty {
            line.append(
                SafeText(untrusted: (event.state == nil ? "" : "  ") + event.message),
                event.state == .failed ? .fail : .dim)
        }
        return line
    }
}

/// A resource of the shown step, as far as it has come.
struct ResourceLine {
    var name: String
    var state: Event.ResourceState?

    var isDone: Bool {
        switch state {
        case .created, .updated, .deleted, .retained: true
        case .creating, .updating, .deleting, .failed, .undoing, .undone, nil: false
        }
    }

    /// Planned resources in the plan's order, then others that events tell of.
    static func all(_ plan: Plan?, _ events: [Event]) -> [ResourceLine] {
        var states: [String: Event.ResourceState] = [:]
        var order: [String] = []
        for event in events where event.state != nil {
            if states[event.resource] == nil { order.append(event.resource) }
            states[event.resource] = event.state
        }
        let planned = (plan?.changes ?? []).map(\.resource).filter { states[$0] == nil }
        return (order + planned).map { ResourceLine(name: $0, state: states[$0]) }
    }

    /// As many as fit, around the one that is at work.
    static func window(_ lines: [ResourceLine], room: Int) -> [ResourceLine] {
        guard lines.count > room else { return lines }
        let current = lines.lastIndex { $0.state != nil } ?? 0
        let first = max(0, min(lines.count - room, current - room / 2))
        return Array(lines[first..<(first + room)])
    }
}
