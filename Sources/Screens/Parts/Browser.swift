import Terminal

/// Rows with a filter and a selection: what every list screen has.
struct Browser<Row: Sendable & Identifiable>: Sendable where Row.ID: Sendable {
    private(set) var rows: [Row] = []
    /// Places in `rows` that the filter lets through, in order.
    private(set) var shown: [Int] = []
    private(set) var isFuzzy = false
    var state = ListState<Row.ID>()
    /// What is typed behind `/`; kept while the list shows the filtered rows.
    var filter = LineInput()
    var isFiltering = false
    private var names: [String] = []
    /// Made once somebody filters; a key then costs a search alone.
    private var index: NameIndex?

    var selected: Row? {
        shown.indices.contains(state.index) ? rows[shown[state.index]] : nil
    }

    /// Marked rows, else the selected one.
    var chosen: [Row] {
        let marked = rows.filter { state.marks.contains($0.id) }
        return marked.isEmpty ? selected.map { [$0] } ?? [] : marked
    }

    subscript(index: Int) -> Row { rows[shown[index]] }

    mutating func set(_ rows: [Row], name: (Row) -> String) {
        self.rows = rows
        names = rows.map(name)
        index = nil
        if !state.marks.isEmpty { state.marks.formIntersection(rows.lazy.map(\.id)) }
        search()
    }

    /// Takes a key that moves or filters; `false` where it means something else.
    mutating func handle(_ key: KeyEvent, page: Int) -> Bool {
        if isFiltering { return handleFilter(key, page: page) }
        if key == "/" {
            isFiltering = true
            return true
        }
        guard let move = Move(key) else { return false }
        step(move, page)
        return true
    }

    /// Space marks a row, `v` all from the last mark to here, Ctrl-A all that is shown.
    mutating func mark(_ key: KeyEvent) -> Bool {
        switch key {
        case "Space": state.toggleMark()
        case "v":
            let (all, places) = (rows, shown)
            state.markRange(count: places.count) { all[places[$0]].id }
        case "Ctrl-A": state.toggleMarks(of: shown.map { rows[$0].id })
        default: return false
        }
        return true
    }

    private mutating func step(_ move: Move, _ page: Int) {
        let places = shown
        let all = rows
        state.move(move, count: places.count, page: page) { all[places[$0]].id }
    }

    private mutating func handleFilter(_ key: KeyEvent, page: Int) -> Bool {
        switch key {
        case "Enter": isFiltering = false
        case "Esc", "Ctrl-C":
            clearFilter()
        case "Down": step(.down, page)
        case "Up": step(.up, page)
        default:
            guard filter.handle(key) != .ignored else { return false }
            search()
        }
        return true
    }

    mutating func clearFilter() {
        isFiltering = false
        filter = LineInput()
        search()
    }

    mutating func paste(_ text: String) {
        guard isFiltering else { return }
        _ = filter.paste(text)
        search()
    }

    private mutating func search() {
        if filter.isEmpty {
            shown = Array(rows.indices)
            isFuzzy = false
        } else {
            let index = index ?? NameIndex(names)
            self.index = index
            let found = index.matches(filter.text)
            shown = found.indices
            isFuzzy = found.isFuzzy
        }
        let places = shown
        let all = rows
        state.reconcile(count: places.count) { all[places[$0]].id }
    }

    var position: SafeText {
        shown.isEmpty ? SafeText.empty : "\(min(state.index + 1, shown.count))/\(shown.count)"
    }

    /// The line above a list: what is filtered by, or that one can filter.
    ///
    /// Where the room is short the filter takes the lead's place, so that what is typed is always seen.
    func drawFilter(in rect: Rect, _ lead: Line, on surface: inout Surface) -> Point? {
        var rest = rect
        if (!isFiltering && filter.isEmpty) || lead.width + 22 <= rest.width {
            surface.draw(lead.truncated(to: rest.width), in: rest)
            _ = rest.takeLeft(lead.isEmpty ? 0 : min(rest.width, lead.width + 2))
        }
        guard isFiltering || !filter.isEmpty else {
            if rest.width >= 8 { surface.draw(Line("/ filter", .faint), in: rest) }
            return nil
        }
        surface.draw(Line("/ ", .accent), in: rest.takeLeft(2))
        let cursor = filter.draw(in: rest.takeLeft(min(rest.width, 28)), on: &surface, isFocused: isFiltering)
        if isFuzzy { surface.draw(Line("  no word matches: nearest names", .warn), in: rest) }
        return isFiltering ? cursor : nil
    }

    /// A name with what the filter found in it.
    func highlighted(_ name: String, _ style: Style = .text) -> Line {
        let text = SafeText(untrusted: name)
        guard !filter.isEmpty else { return Line(text, style) }
        return Line(
            text, style, highlighting: NameIndex.highlights(of: filter.text, in: text, isFuzzy: isFuzzy),
            as: .match)
    }
}

/// The keys of a filter while it is typed: its page's own keys are letters then, or rest.
enum Filtering {
    static let context: KeyContext = "filter"
    /// While rows are filtered and nothing is typed: Esc shows all again before it leaves the screen.
    static let kept: KeyContext = "filtered"

    static let commands: [Command] = [
        Command(
            "filter.keep", "keep these rows", "Ends typing; the rows stay filtered.", keys: ["Enter"], in: context,
            group: "FILTER", hint: 1),
        Command(
            "filter.clear", "show all rows", "Takes the filter away.", keys: ["Esc", "Ctrl-C"], in: context,
            group: "FILTER", hint: 2),
        Command(
            "filter.all", "show all rows", "Takes the filter away.", keys: ["Esc"], in: kept, group: "FILTER", hint: 9),
    ]
}

extension Browser {
    /// The contexts of a page with this list: only the filter's while one is typed.
    func contexts(_ page: KeyContext) -> [KeyContext] {
        if isFiltering { return [Filtering.context] }
        return filter.isEmpty ? [page] : [Filtering.kept, page]
    }

    /// Runs a command of the filter; `false` for any other.
    mutating func run(_ command: String) -> Bool {
        switch command {
        case "filter.keep": isFiltering = false
        case "filter.clear", "filter.all": clearFilter()
        default: return false
        }
        return true
    }
}
