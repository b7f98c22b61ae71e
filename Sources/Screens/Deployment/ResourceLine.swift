import Catalog
import Terminal

/// A resource of the shown step, as far as it has come.
struct ResourceLine {
    var name: String
    /// How deep it stands below what it needs.
    var depth = 0
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

    /// As a tree: each resource below one that it needs, the rest as events told of them, then as planned.
    static func all(_ plan: Plan?, _ events: [Event], needs: [String: [String]]) -> [ResourceLine] {
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
        return tree(lines + planned.map { ResourceLine(name: $0) }, needs: needs)
    }

    /// Deeper than this nothing is indented: names matter more.
    private static let deepest = 4

    /// The order does not change while a deployment runs: where a row stands follows from the plan alone.
    private static func tree(_ lines: [ResourceLine], needs: [String: [String]]) -> [ResourceLine] {
        guard needs.contains(where: { !$0.value.isEmpty }) else { return lines }
        let byName = Dictionary(lines.map { ($0.name, $0) }) { first, _ in first }
        var depths: [String: Int] = [:]
        func depth(_ name: String, _ open: Set<String> = []) -> Int {
            if let known = depths[name] { return known }
            guard !open.contains(name) else { return 0 }
            let below = (needs[name] ?? []).map { depth($0, open.union([name])) + 1 }.max() ?? 0
            depths[name] = below
            return below
        }
        var children: [String: [String]] = [:]
        var roots: [String] = []
        for name in lines.map(\.name).sorted(by: { (depth($0), $0) < (depth($1), $1) }) {
            let deepest = (needs[name] ?? []).filter { byName[$0] != nil }.max { (depth($0), $1) < (depth($1), $0) }
            if let deepest { children[deepest, default: []].append(name) } else { roots.append(name) }
        }
        var result: [ResourceLine] = []
        func add(_ name: String, _ level: Int) {
            guard var line = byName[name] else { return }
            line.depth = min(level, ResourceLine.deepest)
            result.append(line)
            for child in children[name] ?? [] { add(child, level + 1) }
        }
        for root in roots { add(root, 0) }
        return result
    }

    /// `ok 3  > 1  . 8  FAIL 1`: how many stand where.
    static func counts(_ lines: [ResourceLine]) -> Line {
        let undone = lines.count { $0.state == .undone }
        let parts: [(count: Int, word: String, style: Style)] = [
            (lines.count(where: \.isDone), "ok", .ok),
            (lines.count { $0.isAtWork && $0.state != .undoing }, "running", .run),
            (lines.count { $0.state == .undoing }, "undoing", .warn), (undone, "undone", .dim),
            (lines.count { $0.state == .failed }, "FAIL", .fail), (lines.count { $0.state == nil }, "not yet", .dim),
        ]
        var line = Line()
        for part in parts where part.count > 0 {
            line.append("  ")
            line.append(SafeText(untrusted: "\(part.count) \(part.word)"), part.style)
        }
        return line
    }

    /// State, name, state in words, how long: in columns of which the name takes what is left.
    static func rows(_ lines: [ResourceLine], now: Instant, width: Int) -> [Line] {
        let longest = lines.map { SafeText(untrusted: $0.name).width + 2 * $0.depth }.max() ?? 0
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
                .init(Words.resource(line.state), 4),
                .init(Line(untrusted: String(repeating: "  ", count: line.depth) + line.name, style), room),
                .init(word, 9),
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
