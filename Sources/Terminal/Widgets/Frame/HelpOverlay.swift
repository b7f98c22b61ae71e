/// All keys that work here, made from the key map; it can be searched and scrolled.
package struct HelpOverlay: Sendable {
    package let title: SafeText
    private let groups: [(heading: String, rows: [(key: String, title: String, doc: String)])]
    private let off: [String]
    private let notes: [SafeText]
    package var filter: LineInput?
    package private(set) var query = ""
    package private(set) var state = TextPane.State()

    /// - Parameters:
    ///   - isTyping: Whether letters are text here: keys that are letters are left out then.
    ///   - notes: What else a person should know here, under the keys.
    package init(
        _ title: SafeText, _ map: KeyMap, in contexts: [KeyContext], isTyping: Bool = false, notes: [SafeText] = [],
        availability: (Command) -> Availability = { _ in .yes }
    ) {
        self.title = title
        var order: [String] = []
        var rows: [String: [(key: String, title: String, doc: String)]] = [:]
        var off: [String] = []
        for command in map.reachable(in: contexts) {
            let usable = command.keys.filter { !isTyping || $0.typed == nil }
            guard !usable.isEmpty else { continue }
            let keys = usable.map(\.description).joined(separator: " ")
            if rows[command.group] == nil { order.append(command.group) }
            rows[command.group, default: []].append((keys, command.shownTitle, command.doc))
            if case .no(let reason) = availability(command) { off.append("\(keys) \(command.title) (\(reason))") }
        }
        groups = order.map { ($0, rows[$0] ?? []) }
        self.off = off
        self.notes = notes
    }

    package mutating func paste(_ text: String) {
        guard filter != nil else { return }
        _ = filter?.paste(text)
        query = filter?.text ?? ""
    }

    /// False when the overlay is to be closed.
    package mutating func handle(_ key: KeyEvent, size: Size) -> Bool {
        if filter != nil {
            handleFilter(key)
            return true
        }
        switch key {
        case "Esc", "q", "?", "F1", "Ctrl-C": return false
        case "/": filter = LineInput(query)
        default:
            if let move = Move(key) {
                let box = HelpOverlay.box(in: Rect(size))
                state.move(move, rows: rows(width: box.width - 4).count, height: max(1, box.height - 4))
            }
        }
        return true
    }

    private mutating func handleFilter(_ key: KeyEvent) {
        switch key {
        case "Enter": filter = nil
        case "Esc":
            filter = nil
            query = ""
        default:
            _ = filter?.handle(key)
            query = filter?.text ?? ""
        }
        state.top = 0
    }

    private static func box(in rect: Rect) -> Rect {
        let width = min(96, rect.width - (rect.width > 60 ? 4 : 0))
        return rect.centered(Size(width, rect.height > 14 ? rect.height - 4 : rect.height))
    }

    @discardableResult
    package func draw(in rect: Rect, on surface: inout Surface) -> Point? {
        let box = HelpOverlay.box(in: rect)
        surface.drawBox(box)
        var inner = box.inset(2, 1)
        let head = inner.takeTop(1)
        surface.draw(Line([Span("HELP   ", Style.header.bold), Span(title)]).truncated(to: head.width), in: head)
        var cursor: Point?
        if let filter, head.width > 40 {
            var field = Rect(head.right - 24, head.y, 24, 1)
            _ = field.takeLeft(surface.draw("/ ", in: field, .accent))
            cursor = filter.draw(in: field, on: &surface, isFocused: true)
        } else if head.width > 40 {
            surface.drawRight(Line(query.isEmpty ? "/ search keys" : "/ \(query)", .dim), in: head)
        }
        _ = inner.takeTop(1)
        let rows = rows(width: inner.width)
        TextPane(rows).draw(state, in: inner, on: &surface)
        let below = rows.count - inner.height - min(state.top, max(0, rows.count - inner.height))
        if below > 0, inner.height > 0, inner.width >= 16 {
            surface.drawRight(Line(" \(below) more: j ", .accent), in: Rect(inner.x, box.bottom - 1, inner.width, 1))
        }
        return cursor
    }

    private func rows(width: Int) -> [Line] {
        let words = query.lowercased().split(separator: " ")
        var result: [Line] = []
        for group in groups {
            let rows = group.rows.filter { row in
                let text = "\(row.key) \(row.title) \(row.doc)".lowercased()
                return words.allSatisfy { Substring(text).contains($0) }
            }
            guard !rows.isEmpty else { continue }
            if !result.isEmpty { result.append(Line()) }
            if !group.heading.isEmpty { result.append(Line(SafeText(untrusted: group.heading), .header)) }
            result += rows.flatMap { HelpOverlay.row($0, width: width) }
        }
        if result.isEmpty { result.append(Line("no key matches", .dim)) }
        if words.isEmpty, !off.isEmpty {
            result.append(Line())
            result += off.flatMap { Line("Off now: \($0)", .dim).wrapped(to: max(1, width), indent: 9) }
        }
        if words.isEmpty, !notes.isEmpty {
            result.append(Line())
            result += notes.flatMap { Line($0, .dim).wrapped(to: max(1, width)) }
        }
        return result
    }

    private static func row(_ row: (key: String, title: String, doc: String), width: Int) -> [Line] {
        func padded(_ text: String, _ columns: Int, _ style: Style) -> Line {
            let safe = SafeText(untrusted: text).truncated(to: columns)
            return Line([
                Span(safe, style), Span(SafeText(clean: String(repeating: " ", count: columns - safe.width + 1))),
            ])
        }
        let line = padded(row.key, 13, .accent) + padded(row.title, 16, .text)
        return (line + Line(SafeText(untrusted: row.doc), .dim)).wrapped(to: max(1, width), indent: min(31, width / 2))
    }
}

extension Substring {
    fileprivate func contains(_ word: Substring) -> Bool {
        var rest = self
        while !rest.isEmpty {
            if rest.hasPrefix(word) { return true }
            rest.removeFirst()
        }
        return word.isEmpty
    }
}
