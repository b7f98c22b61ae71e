/// A list with a filter that is always visible: for long enumerations, references, and the palette.
package struct Picker: Sendable {
    package struct Item: Hashable, Sendable {
        package var id: String
        package var title: String
        /// Small words at the right, such as where it leads and its key.
        package var detail: String
        /// Searched besides the title.
        package var words: String
        /// Set where the item cannot be chosen now; it stays in its place.
        package var reason: String?

        package init(_ id: String, _ title: String, detail: String = "", words: String = "", reason: String? = nil) {
            self.id = id
            self.title = title
            self.detail = detail
            self.words = words
            self.reason = reason
        }
    }

    package let items: [Item]
    package private(set) var filter = LineInput()
    package private(set) var matches: NameIndex.Matches
    package private(set) var list = ListState<String>()
    private let index: NameIndex

    package enum Outcome: Hashable, Sendable {
        case stays
        case chosen(String)
        /// The item cannot be chosen; the sentence says why.
        case refused(String)
        case closed
    }

    package init(_ items: [Item], selected: String? = nil) {
        self.items = items
        index = NameIndex(items.map { $0.title + " " + $0.words })
        matches = index.matches("")
        if let selected, let place = items.firstIndex(where: { $0.id == selected }) {
            list.select(selected, at: place)
        } else {
            list.reconcile(count: items.count) { items[$0].id }
        }
    }

    package var selected: Item? {
        matches.indices.indices.contains(list.index) ? items[matches.indices[list.index]] : nil
    }

    /// Letters filter; arrows, PgUp and PgDn, Ctrl-N and Ctrl-P move; Enter chooses; Esc closes.
    package mutating func handle(_ key: KeyEvent, page: Int) -> Outcome {
        switch key {
        case "Esc": return .closed
        case "Enter":
            guard let selected else { return .stays }
            return selected.reason.map { .refused($0) } ?? .chosen(selected.id)
        case "Down", "Ctrl-N": move(.down, page)
        case "Up", "Ctrl-P": move(.up, page)
        case "PgDn": move(.pageDown, page)
        case "PgUp": move(.pageUp, page)
        default:
            if filter.handle(key) == .changed { search() }
        }
        return .stays
    }

    package mutating func paste(_ text: String) {
        if filter.paste(text) != .ignored { search() }
    }

    private mutating func move(_ move: Move, _ page: Int) {
        let (items, rows) = (items, matches.indices)
        list.move(move, count: rows.count, page: page) { items[rows[$0]].id }
    }

    private mutating func search() {
        matches = index.matches(filter.text)
        list = ListState()
        let (items, rows) = (items, matches.indices)
        list.reconcile(count: rows.count) { items[rows[$0]].id }
    }

    /// Rows of the list in a picker of this height: what to pass as the page.
    package static func page(height: Int) -> Int { max(0, height - 2) }

    /// Draws the filter line, a blank, and the list; returns where the cursor stands.
    @discardableResult
    package func draw(in rect: Rect, on surface: inout Surface, prompt: SafeText = "/") -> Point {
        var rest = rect
        var line = rest.takeTop(1)
        _ = line.takeLeft(surface.draw(prompt, in: line, .accent) + 1)
        let note = Line(noteText, .dim)
        if note.width + 12 < line.width { surface.drawRight(note, in: line.takeRight(note.width + 1)) }
        let cursor = filter.draw(in: line, on: &surface, isFocused: true)
        _ = rest.takeTop(1)
        let rows = matches.indices
        let detail = rows.prefix(200).map { SafeText(untrusted: items[$0].reason ?? items[$0].detail).width }.max() ?? 0
        let columns = [
            Column("", 10, upTo: Size.limit),
            Column("", min(max(1, detail), 30), .right, priority: detail == 0 ? 2 : 1),
        ]
        let table = Table(
            columns, count: rows.count, id: { items[rows[$0]].id }, empty: "nothing matches", hasHeader: false
        ) { row in
            cells(items[rows[row]])
        }
        table.draw(list, in: rest, on: &surface)
        return cursor
    }

    private var noteText: SafeText {
        matches.isFuzzy && !matches.indices.isEmpty ? "letters in order" : "\(matches.indices.count) of \(items.count)"
    }

    private func cells(_ item: Item) -> [Line] {
        let title = SafeText(untrusted: item.title)
        let ranges = NameIndex.highlights(of: filter.text, in: title, isFuzzy: matches.isFuzzy)
        let style: Style = item.reason == nil ? .text : .faint
        return [
            Line(title, style, highlighting: ranges, as: item.reason == nil ? .match : .faint),
            Line(SafeText(untrusted: item.reason ?? item.detail), .dim),
        ]
    }
}
