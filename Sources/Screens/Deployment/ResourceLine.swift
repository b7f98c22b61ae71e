import Catalog
import Terminal

/// A resource of the shown step, as far as it has come.
struct ResourceLine {
    var name: String
    var state: Event.ResourceState?
    var startedAt: Instant?
    var endedAt: Instant?

    var isDone: Bool {
        switch state {
        case .created, .updated, .deleted, .retained: true
        case .creating, .updating, .deleting, .failed, .undoing, .undone, nil: false
        }
    }

    var isAtWork: Bool {
        switch state {
        case .creating, .updating, .deleting, .undoing: true
        case .created, .updated, .deleted, .retained, .failed, .undone, nil: false
        }
    }

    /// Resources in the order in which events told of them, then what is planned and has not begun.
    static func all(_ plan: Plan?, _ events: [Event]) -> [ResourceLine] {
        var lines: [ResourceLine] = []
        var places: [String: Int] = [:]
        for event in events {
            guard let state = event.state else { continue }
            if let place = places[event.resource] {
                // The old one of a replaced resource goes at the end: what is there is the new one.
                let isOldOne = state == .deleting || state == .deleted
                if !isOldOne || !lines[place].isDone { lines[place].state = state }
                lines[place].endedAt = event.at
            } else {
                places[event.resource] = lines.count
                lines.append(
                    ResourceLine(name: event.resource, state: state, startedAt: event.at, endedAt: event.at))
            }
        }
        let planned = (plan?.changes ?? []).map(\.resource).filter { places[$0] == nil }
        return lines + planned.map { ResourceLine(name: $0) }
    }

    /// State, name, state in words, how long: in columns of which the name takes what is left.
    static func rows(_ lines: [ResourceLine], now: Instant, width: Int) -> [Line] {
        let longest = lines.map { SafeText(untrusted: $0.name).width }.max() ?? 0
        let room = max(8, min(longest, width - 25))
        return lines.map { line in
            let style: Style =
                line.state == .failed ? .fail : line.isAtWork ? .header : line.state == nil ? .dim : .text
            var took = Line()
            if let start = line.startedAt {
                let end = line.isAtWork ? now : line.endedAt ?? now
                took = Line(untrusted: Age.took(milliseconds: end.milliseconds - start.milliseconds), .dim)
            }
            let word = Line(
                untrusted: line.state?.rawValue ?? "not yet",
                line.state == .failed ? .fail : line.isAtWork ? .run : .dim)
            return .columns([
                .init(Words.resource(line.state), 4), .init(Line(untrusted: line.name, style), room), .init(word, 9),
                .init(Line(untrusted: String(repeating: " ", count: max(0, 6 - took.width))) + took, nil),
            ]).truncated(to: width)
        }
    }

    /// As many as fit, around the one that is at work or failed; what is left out is counted.
    static func window(_ lines: [ResourceLine], room: Int) -> (shown: Range<Int>, above: Int, below: Int) {
        guard lines.count > room else { return (0..<lines.count, 0, 0) }
        let current =
            lines.firstIndex { $0.state == .failed } ?? lines.firstIndex(where: \.isAtWork)
            ?? lines.lastIndex { $0.state != nil } ?? 0
        let size = max(1, room - 1)
        let first = max(0, min(lines.count - size, current - size / 2))
        return (first..<(first + size), first, lines.count - first - size)
    }
}
