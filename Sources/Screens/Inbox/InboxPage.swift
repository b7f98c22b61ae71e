import Catalog
import Documents
package import Engine
package import Terminal

/// Recommended updates, grouped, with why and what each would change; many go through one review.
package struct InboxPage: Page {
    let template: String
    var browser = Browser<Recommendation>()
    /// The rows as they are shown, and where among them the person is.
    var tree = InboxTree()
    var state = ListState<String>()
    var grouping = InboxGrouping.template
    var folded: Set<String> = []
    /// Whether everybody's are listed, and not only the owner's.
    var showsAll = false
    private(set) var owner = ""
    /// What the selected one would do.
    var prospect: Prospect?
    /// What is being planned, so that it is asked for once.
    var planning: String?
    /// Of those that were planned, by the move.
    var risks: [Recommendation: Risk] = [:]
    /// Minor moves that are still to be looked at before the safe ones are marked.
    var unchecked: [Recommendation] = []
    var reader = Reader()

    package init(template: String = "") { self.template = template }

    package static let commands: [Command] =
        [
            Command(
                "inbox.open", "open", "Opens the target; folds and unfolds a group.", keys: ["Enter"], in: "inbox",
                group: "ACT", hint: 1),
            Command(
                "inbox.update", "update", "Plans the marked updates, or the selected one, and shows the plan.",
                keys: ["U"], in: "inbox", group: "ACT", hint: 2, asks: true),
            Command(
                "inbox.mark", "mark", "Marks an update, or all of a group.", keys: ["Space"], in: "inbox",
                group: "MARKS", hint: 3),
            Command(
                "inbox.markSafe", "mark safe", "Plans every minor update here, and marks those that are safe.",
                keys: ["m"], in: "inbox", group: "MARKS", hint: 4),
            Command(
                "inbox.markAll", "mark all", "Marks all that is shown, or nothing.", keys: ["Ctrl-A"], in: "inbox",
                group: "MARKS"),
            Command(
                "inbox.markRange", "mark range", "Marks from the last mark to here.", keys: ["v"], in: "inbox",
                group: "MARKS"),
            Command(
                "inbox.group", "group", "Groups by template and step, or by service.", keys: ["b"], in: "inbox",
                group: "SEE", hint: 5),
            Command(
                "inbox.owner", "mine or all", "Shows what is yours, or everybody's.", keys: ["a"], in: "inbox",
                group: "SEE"),
            Command(
                "inbox.preview", "read", "Lets the keys scroll what the update would change.", keys: ["p", "Tab"],
                in: "inbox", group: "SEE", hint: 6),
            Command(
                "inbox.filter", "filter", "Shows only rows with these words.", keys: ["/"], in: "inbox", group: "SEE"),
        ] + Reader.commands + Filtering.commands

    package var key: String { "inbox \(template)" }
    package var crumbs: [SafeText] { template.isEmpty ? ["Inbox"] : ["Inbox", SafeText(untrusted: template)] }
    package var contexts: [KeyContext] { reader.isOpen ? [Reader.context] : browser.contexts("inbox") }
    package var isTyping: Bool { browser.isFiltering }

    package var position: SafeText {
        tree.count == 0 ? .empty : "\(min(state.index + 1, tree.count))/\(tree.count)"
    }

    /// The selected move is planned once the keys rest, so that going through many rows plans none of them.
    package var nextTick: Duration? { wanted == nil ? nil : .milliseconds(120) }

    private var wanted: Recommendation? {
        guard planning == nil, let move = selected, prospect?.move != move else { return nil }
        return move
    }

    package var selectedText: String? { selected?.target.title }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        owner = desk.owner
        let rows = try desk.engine.recommendations(
            owner: Owners.shown(desk, showsAll: showsAll), template: template, limit: 5000)
        let isFirst = browser.rows.isEmpty
        browser.set(rows) { "\($0.target.title) \($0.template) \($0.environment) \($0.owner)" }
        let known = Set(rows)
        state.marks.formIntersection(rows.map(\.id))
        risks = risks.filter { known.contains($0.key) }
        rebuild()
        if isFirst { selectNextMove() }
        if let move = prospect?.move, !known.contains(move) { prospect = nil }
    }

    // MARK: Rows

    var selectedNode: InboxTree.Node? { tree.nodes.indices.contains(state.index) ? tree.nodes[state.index] : nil }

    var selected: Recommendation? {
        guard case .move(let place)? = selectedNode?.item else { return nil }
        return browser.rows[place]
    }

    var marked: [Recommendation] { browser.rows.filter { state.marks.contains($0.id) } }

    /// Puts the rows together again; a selection that is gone goes to the next open item.
    mutating func rebuild() {
        let before = state.selection
        tree = InboxTree(grouping.nodes(browser.rows, shown: browser.shown), folded: folded)
        let shown = tree
        state.reconcile(count: shown.count, id: shown.id)
        if let before, before != state.selection { selectNextMove() }
    }

    private mutating func selectNextMove() {
        let places = tree.nodes.indices.filter { !tree.nodes[$0].hasChildren }
        guard let place = places.first(where: { $0 >= state.index }) ?? places.last else { return }
        state.select(tree.id(place), at: place)
    }

    mutating func fold(_ node: InboxTree.Node) {
        if folded.remove(node.id) == nil { folded.insert(node.id) }
        rebuild()
    }

    // MARK: Keys

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        if reader.isOpen {
            let area = layout(desk.content).reading
            let rows = previewLines(width: area.width).count
            return reader.handle(key, rows: rows, height: area.height) ? [] : nil
        }
        if browser.isFiltering {
            guard browser.handle(key, page: 1) else { return nil }
            rebuild()
            if selected == nil { selectNextMove() }
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
        rebuild()
        return []
    }
}
