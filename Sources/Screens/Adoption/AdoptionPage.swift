import Catalog
package import Engine
package import Terminal

/// Takes in what runs already: an account is looked at, and its stacks are recorded as they are.
package struct AdoptionPage: Page {
    /// The real ones: where stacks can be looked for.
    var connections: [Connection] = []
    var chosen = ListState<String>()
    /// Whether a connection is being chosen, and not the stacks shown.
    var isChoosing = true
    /// What is going on away from the keys.
    var work: AdoptionWork?
    var progress = AdoptionProgress()
    /// The account that was looked at, and what is not taken in of it.
    var scanned: Connection?
    var scan: AccountScan?
    /// What was taken in and not deployed since; `nil` before it was read.
    var taken: [AdoptedTarget]?
    /// Why the last look came to nothing.
    var fault: Refusal?
    var browser = Browser<AdoptionRow>()
    /// The rows as they are shown, and where among them the person is.
    var tree = AdoptionTree()
    var state = ListState<String>()
    var folded: Set<String> = []
    var reader = Reader()

    package init() {}

    package static let commands: [Command] =
        [
            command("open", "open", "Opens the stack; folds and unfolds a group.", ["Enter"], "ACT", 1),
            command(
                "adopt", "adopt", "Records the marked stacks, or the selected one; changes nothing outside.", ["A"],
                "ACT", 2, asks: true),
            command("mark", "mark", "Marks a stack, or all of a group.", ["Space"], "MARKS", 3),
            command("markAll", "mark all", "Marks all that is shown, or nothing.", ["Ctrl-A"], "MARKS"),
            command("markRange", "mark range", "Marks from the last mark to here.", ["v"], "MARKS"),
            command(
                "write", "inventory", "Writes the inventory to a file, to be completed by hand.", ["w"], "ACT", 4,
                asks: true),
            command(
                "connection", "connection", "Goes to the connections, to look at another account.", ["c"], "SEE", 5),
            command("again", "scan again", "Looks at the same account again.", ["r"], "ACT", 6),
            command("preview", "read", "Lets the keys scroll what is said about the stack.", ["p", "Tab"], "SEE", 7),
            command("filter", "filter", "Shows only rows with these words.", ["/"], "SEE"),
            Command(
                "adoption.scan", "scan", "Looks at the stacks of the connection's account; reads only.",
                keys: ["Enter"], in: "adoption.place", group: "ACT", hint: 1),
            Command(
                "adoption.stacks", "stacks", "Shows the stacks that were found or taken in.", keys: ["c", "Tab"],
                in: "adoption.place", group: "SEE", hint: 2),
            Command(
                "adoption.cancel", "cancel", "Ends what is going on; nothing is recorded.", keys: ["Esc", "Ctrl-C"],
                in: "adoption.work", group: "ACT", hint: 1),
        ]

    private static func command(
        _ id: String, _ title: String, _ doc: String, _ keys: [KeyChord], _ group: String, _ hint: Int? = nil,
        asks: Bool = false
    ) -> Command {
        Command("adoption." + id, title, doc, keys: keys, in: "adoption", group: group, hint: hint, asks: asks)
    }

    package var key: String { "adoption" }
    package var crumbs: [SafeText] {
        guard !isChoosing, let scanned else { return ["Adoption"] }
        return ["Adoption", SafeText(untrusted: scanned.name)]
    }
    package var contexts: [KeyContext] {
        if work != nil { return ["adoption.work"] }
        if isChoosing { return ["adoption.place"] }
        return reader.isOpen ? [Reader.context] : browser.contexts("adoption")
    }
    package var isTyping: Bool { !isChoosing && work == nil && browser.isFiltering }
    package var staysOpen: Bool { true }
    package var nextTick: Duration? { work == nil ? nil : .milliseconds(250) }
    package var selectedText: String? { isChoosing ? chosen.selection : selected?.stack }

    package var position: SafeText {
        if isChoosing || work != nil { return .empty }
        return tree.count == 0 ? .empty : "\(min(state.index + 1, tree.count))/\(tree.count)"
    }

    package var note: Line {
        let count = marked.count
        return count == 0 || isChoosing || work != nil ? Line() : Line("\(count) marked", .mark)
    }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        connections = try desk.engine.connections().filter { !$0.isLocal }
        let all = connections
        chosen.reconcile(count: all.count) { all[$0].name }
        guard taken == nil else { return }
        taken = try desk.engine.adopted()
        rebuild()
    }

    // MARK: Rows

    var selectedNode: AdoptionTree.Node? { tree.nodes.indices.contains(state.index) ? tree.nodes[state.index] : nil }

    var selected: AdoptionRow? {
        guard case .row(let place)? = selectedNode?.item else { return nil }
        return browser.rows[place]
    }

    var marked: [AdoptionRow] { browser.rows.filter { state.marks.contains($0.id) } }

    /// Puts the rows together again, after what is known has changed.
    mutating func rebuild() {
        let found = (scan?.stacks ?? []).map { AdoptionRow($0) }
        let all = found + (taken ?? []).map { AdoptionRow($0) }
        browser.set(all.sorted { ($0.target.title, $0.stack) < ($1.target.title, $1.stack) }) {
            "\($0.target.title) \($0.template) \($0.stack)"
        }
        state.marks.formIntersection(browser.rows.map(\.id))
        arrange()
    }

    /// Puts the shown rows below their headings; a first selection is a stack and no heading.
    mutating func arrange() {
        let isFirst = state.selection == nil
        tree = AdoptionTree(browser.rows, shown: browser.shown, folded: folded)
        let shown = tree
        state.reconcile(count: shown.count, id: shown.id)
        if isFirst, shown.count > 1 { state.select(shown.id(1), at: 1) }
    }

    // MARK: Keys

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        if work != nil { return nil }
        if isChoosing {
            guard let move = Move(key) else { return nil }
            let all = connections
            chosen.move(move, count: all.count, page: max(1, desk.content.height - 6)) { all[$0].name }
            return []
        }
        if reader.isOpen {
            let area = layout(desk.content).reading
            let rows = previewLines(width: area.width).count
            return reader.handle(key, rows: rows, height: area.height) ? [] : nil
        }
        if browser.isFiltering {
            guard browser.handle(key, page: 1) else { return nil }
            arrange()
            return []
        }
        guard let move = Move(key) else { return nil }
        let before = state.selection
        let shown = tree
        state.move(move, count: shown.count, page: max(1, layout(desk.content).list.height - 1), id: shown.id)
        if before != state.selection { reader.restart() }
        return []
    }

    package mutating func paste(_ text: String, _ desk: Desk) -> [Action] {
        browser.paste(text)
        arrange()
        return []
    }
}
