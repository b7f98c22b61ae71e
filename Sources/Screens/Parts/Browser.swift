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
        search()
    }

    /// Whether the filter wants the key before it can be a command: Esc ends the filter before it leaves the screen.
    func takesFirst(_ key: KeyEvent) -> Bool { isFiltering || (key == "Esc" && !filter.isEmpty) }

    /// Takes a key that moves, marks or filters; `false` where it means something else.
    mutating func handle(_ key: KeyEvent, page: Int) -> Bool {
        if isFiltering || (key == "Esc" && !filter.isEmpty) { return handleFilter(key, page: page) }
        if key == "/" {
            isFiltering = true
            return true
        }
        if key == "Space" {
            state.toggleMark()
            return true
        }
        guard let move = Move(key) else { return false }
        step(move, page)
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
            isFiltering = false
            filter = LineInput()
            search()
        case "Down": step(.down, page)
        case "Up": step(.up, page)
        default:
            guard filter.handle(key) != .ignored else { return false }
            search()
        }
        return true
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
    func drawFilter(in rect: Rect, _ lead: Line, on surface: inout Surface) -> Point? {
        line.draw(in: rect, lead, on: &surface)
    }

    private var line: FilterLine { FilterLine(input: filter, isActive: isFiltering, isFuzzy: isFuzzy) }

    /// A name with what the filter found in it.
    func highlighted(_ name: String, _ style: Style = .text) -> Line { line.highlighted(name, style) }
}
