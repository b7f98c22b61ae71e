import Engine
import Terminal

/// A list of any length with a filter and a selection: only the rows near the selection are held.
///
/// What `Browser` is for short lists. A filter goes over the names of all rows. They are read in the background once
/// somebody begins to filter, and at once where the person is quicker.
struct Listing<Source: ListSource>: Sendable {
    typealias Row = Source.Row

    private(set) var source: Source
    var state = ListState<Row.ID>()
    /// What is typed behind `/`; kept while the list shows the filtered rows.
    private(set) var filter = LineInput()
    var isFiltering = false
    private(set) var isFuzzy = false
    /// Rows that the filter lets through.
    private(set) var count = 0
    /// The rows that are held, and the place of the first.
    private var held: (start: Int, rows: [Row]) = (0, [])
    private var names: ListNames<Source>?
    /// Places in `names` that the filter lets through, in order; `nil` without a filter.
    private var found: [Int]?
    private var isReading = false
    /// The store has changed since `names` were read.
    private var areNamesOld = false
    /// Rows that must be held on each side of the selection.
    private var margin = 40

    init(_ source: Source) { self.source = source }

    func row(at index: Int) -> Row? {
        held.rows.indices.contains(index - held.start) ? held.rows[index - held.start] : nil
    }

    var selected: Row? { count > 0 ? row(at: state.index) : nil }

    // MARK: Reading

    /// Shows other rows from the next `load` on.
    mutating func change(_ source: Source) {
        guard source != self.source else { return }
        self.source = source
        (names, found) = (nil, nil)
    }

    /// Reads what is shown again; the selection stays with its row.
    ///
    /// - Parameter height: Of the screen, in rows.
    mutating func load(_ engine: Engine, height: Int) throws(Refusal) {
        margin = max(40, height)
        held = (0, [])
        areNamesOld = names != nil
        guard filter.isEmpty else {
            if found == nil { try search(engine) } else { try settle(at: state.index, engine) }
            return
        }
        (names, found) = (nil, nil)
        try settle(at: state.index, engine)
        guard let wanted = state.selection, selected?.id != wanted else { return select(state.index) }
        if let place = try source.place(engine, of: wanted) {
            state.window.top = max(0, state.window.top + place - state.index)
            try settle(at: place, engine)
            select(place)
        } else {
            select(min(state.index, count - 1))
        }
    }

    /// Makes sure that the rows around `index` are held.
    private mutating func settle(at index: Int, _ engine: Engine) throws(Refusal) {
        let wanted = max(0, index - margin)..<max(0, index + margin)
        let isHeld = wanted.lowerBound >= held.start && min(wanted.upperBound, count) <= held.start + held.rows.count
        if isHeld, !held.rows.isEmpty { return }
        let reach = margin * 3 / 2
        let start = max(0, index - reach)
        guard let found, let names else {
            let page = try source.page(engine, offset: start, limit: 2 * reach)
            count = page.total
            held = (start, page.rows)
            // The list has become shorter than where it was read.
            if page.rows.isEmpty, count > 0, start > 0 { try settle(at: count - 1, engine) }
            return
        }
        count = found.count
        let places = found[min(start, count)..<min(count, index + reach)]
        held = (start, try source.rows(engine, places.map { names.keys[$0] }))
        if held.rows.count < places.count {
            // Something is gone from the store: the names are older than it.
            self.names = nil
            try search(engine)
        }
    }

    private mutating func select(_ index: Int) {
        let place = max(0, min(index, count - 1))
        state.select(row(at: place)?.id, at: place)
    }

    // MARK: Names

    /// What is to be read in the background now, if anything: at most one reading at a time.
    mutating func work() -> (@Sendable (Engine) async -> any Sendable)? {
        let isWanted = isFiltering || !filter.isEmpty
        guard isWanted, names == nil || areNamesOld, !isReading else { return nil }
        isReading = true
        areNamesOld = false
        let source = source
        return { engine in NamesAnswer(source: source, names: try? ListNames(source, engine)) }
    }

    /// Takes what `work` gave; `false` where the answer is for somebody else.
    mutating func take(_ answer: any Sendable, _ engine: Engine) -> Bool {
        guard let answer = answer as? NamesAnswer<Source> else { return false }
        isReading = false
        guard let fresh = answer.names, answer.source == source else { return true }
        names = fresh
        guard !filter.isEmpty else { return true }
        let place = state.selection.flatMap { try? source.place(engine, of: $0) }
        try? search(engine, from: place)
        return true
    }

    /// - Parameter place: Of the selected row in the whole list; `nil` to take it from what is shown.
    private mutating func search(_ engine: Engine, from place: Int? = nil) throws(Refusal) {
        let current = place ?? found.map { $0.indices.contains(state.index) ? $0[state.index] : 0 } ?? state.index
        held = (0, [])
        if filter.isEmpty {
            (found, isFuzzy) = (nil, false)
            try settle(at: current, engine)
            return select(current)
        }
        let matches = try readNames(engine).index.matches(filter.text)
        (found, isFuzzy, count) = (matches.indices, matches.isFuzzy, matches.indices.count)
        let index = matches.indices.firstIndex(of: current) ?? max(0, min(state.index, count - 1))
        try settle(at: index, engine)
        select(index)
    }

    private mutating func readNames(_ engine: Engine) throws(Refusal) -> ListNames<Source> {
        if let names { return names }
        let fresh = try ListNames(source, engine)
        names = fresh
        areNamesOld = false
        return fresh
    }

    // MARK: Keys

    /// Whether the filter wants the key before it can be a command: Esc ends the filter before it leaves the screen.
    func takesFirst(_ key: KeyEvent) -> Bool { isFiltering || (key == "Esc" && !filter.isEmpty) }

    /// Takes a key that moves, marks or filters; `false` where it means something else.
    mutating func handle(_ key: KeyEvent, page: Int, _ engine: Engine) throws(Refusal) -> Bool {
        if takesFirst(key) { return try handleFilter(key, page, engine) }
        if key == "/" {
            isFiltering = true
            return true
        }
        if key == "Space" {
            state.toggleMark()
            return true
        }
        guard let move = Move(key) else { return false }
        try step(move, page, engine)
        return true
    }

    mutating func paste(_ text: String, _ engine: Engine) throws(Refusal) {
        guard isFiltering else { return }
        _ = filter.paste(text)
        try search(engine)
    }

    private mutating func handleFilter(_ key: KeyEvent, _ page: Int, _ engine: Engine) throws(Refusal) -> Bool {
        switch key {
        case "Enter": isFiltering = false
        case "Esc", "Ctrl-C":
            isFiltering = false
            filter = LineInput()
            try search(engine)
        case "Down": try step(.down, page, engine)
        case "Up": try step(.up, page, engine)
        default:
            switch filter.handle(key) {
            case .ignored: return false
            case .moved: break
            case .changed, .pasted: try search(engine)
            }
        }
        return true
    }

    private mutating func step(_ move: Move, _ page: Int, _ engine: Engine) throws(Refusal) {
        guard count > 0 else { return }
        let start = state.selection == nil ? (move == .down ? -1 : state.index) : state.index
        let target = move.target(from: start, count: count, page: page)
        try settle(at: target, engine)
        guard let id = row(at: target)?.id else { return select(target) }
        state.move(move, count: count, page: page) { _ in id }
    }

    // MARK: View

    var position: SafeText { count == 0 ? SafeText.empty : "\(min(state.index + 1, count))/\(count)" }

    private var line: FilterLine { FilterLine(input: filter, isActive: isFiltering, isFuzzy: isFuzzy) }

    /// The line above a list: what is filtered by, or that one can filter.
    func drawFilter(in rect: Rect, _ lead: Line, on surface: inout Surface) -> Point? {
        line.draw(in: rect, lead, on: &surface)
    }

    /// A name with what the filter found in it.
    func highlighted(_ name: String, _ style: Style = .text) -> Line { line.highlighted(name, style) }
}
