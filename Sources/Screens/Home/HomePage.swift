import Catalog
package import Engine
package import Terminal

/// What needs a person, what runs, and how the fleet stands.
package struct HomePage: Page {
    var overview: Overview?
    var progress: [Deployment.ID: DeploymentProgress] = [:]
    var list = ListState<String>()
    var showsAll = false
    private(set) var owner = ""

    package init() {}

    package static let commands: [Command] = [
        Command(
            "home.open", "open", "Opens what the row is about.", keys: ["Enter"], in: "home", group: "ACT", hint: 1),
        Command(
            "home.order", "order", "Opens the catalog to order from.", keys: ["+"], in: "home", group: "ACT", hint: 2),
        Command(
            "home.retry", "try again", "Plans a failed deployment again, and shows the plan.", keys: ["T"], in: "home",
            group: "ACT", hint: 3, asks: true),
        Command(
            "home.discard", "discard draft", "Throws the selected draft away.", keys: ["X"], in: "home", group: "ACT",
            hint: 4, asks: true),
        Command(
            "home.owner", "mine or all", "Shows what is yours, or everybody's.", keys: ["a"], in: "home", group: "SEE"),
    ]

    package var key: String { "home" }
    package var crumbs: [SafeText] { ["Home"] }
    package var contexts: [KeyContext] { ["home"] }

    package var position: SafeText {
        let count = rows.count
        return count == 0 ? .empty : "\(min(list.index + 1, count))/\(count)"
    }

    /// A row that can be opened: what needs somebody, then what runs.
    enum Row {
        case attention(Overview.Attention)
        case running(Deployment)

        var id: String {
            switch self {
            case .attention(let item): item.id
            case .running(let deployment): "run \(deployment.id.number)"
            }
        }
    }

    var rows: [Row] {
        guard let overview else { return [] }
        return overview.attention.map(Row.attention) + overview.running.map(Row.running)
    }

    package var selectedText: String? {
        switch selected {
        case .attention(let item): item.deployment?.description ?? item.target?.title ?? item.template ?? item.title
        case .running(let deployment): deployment.id.description
        case nil: nil
        }
    }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        owner = desk.owner
        let found = try desk.engine.overview(ofOwner: Owners.shown(desk, showsAll: showsAll))
        progress = (try? desk.engine.progress(of: found.running)) ?? [:]
        overview = found
        let rows = rows
        list.reconcile(count: rows.count) { rows[$0].id }
    }

    private var selected: Row? { rows.indices.contains(list.index) ? rows[list.index] : nil }

    package func availability(of command: String) -> Availability {
        switch command {
        case "home.open": return rows.isEmpty ? .no("nothing is listed") : .yes
        case "home.retry":
            if case .attention(let item)? = selected, item.deployment != nil { return .yes }
            return .no("the row is no failed deployment")
        case "home.discard":
            if case .attention(let item)? = selected, item.draft != nil { return .yes }
            return .no("the row is no draft")
        case "home.owner": return Owners.availability(owner)
        default: return .yes
        }
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        switch command {
        case "home.order": return [.open(CatalogPage())]
        case "home.retry":
            guard case .attention(let item)? = selected, let id = item.deployment else { return [] }
            return [.open(ReviewPage(request: .retry(id), title: "try \(id) again"))]
        case "home.discard":
            guard case .attention(let item)? = selected, let draft = item.draft else { return [] }
            return [
                .ask(
                    Question(
                        "Discard the draft?", [Line(untrusted: item.title)],
                        choices: [
                            .init("y", "discard it", [.answer(Discarded(draft: draft))]), .init("n", "keep it", []),
                        ]))
            ]
        case "home.owner":
            showsAll.toggle()
            return [.reload]
        default: return open(desk)
        }
    }

    private func open(_ desk: Desk) -> [Action] {
        switch selected {
        case .running(let deployment): return [.open(DeploymentPage(deployment.id))]
        case .attention(let item):
            if let draft = item.draft { return FormPage.opening(draft: draft, desk) }
            if let deployment = item.deployment { return [.open(DeploymentPage(deployment))] }
            if let target = item.target { return [.open(TargetPage(target))] }
            if let template = item.template { return [.open(InboxPage(template: template))] }
            return []
        case nil: return []
        }
    }

    /// The draft that a person threw away.
    private struct Discarded: Sendable { var draft: Draft.ID }

    package mutating func receive(_ answer: any Sendable, _ desk: Desk) -> [Action] {
        guard let discarded = answer as? Discarded else { return [] }
        do throws(Refusal) {
            try desk.engine.deleteDraft(discarded.draft)
            return [.say(Line("The draft is gone.", .ok)), .reload]
        } catch {
            return [.say(Line(untrusted: error.sentence, .error))]
        }
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        guard let move = Move(key) else { return nil }
        let rows = rows
        list.move(move, count: rows.count, page: max(1, desk.content.height / 2)) { rows[$0].id }
        return []
    }

    package var nextTick: Duration? { overview?.running.isEmpty == false ? .seconds(1) : nil }
}
