import Catalog
package import Engine
package import Terminal

/// Environments, instances, pipelines, components and services, and how far they are behind.
package struct FleetPage: Page {
    var level = FleetLevel.instances
    var query = FleetQuery(level: .instances, limit: 20_000)
    var browser = Browser<FleetRow>()
    var services = Browser<ServiceRow>()
    var counts: [FleetLevel: Int] = [:]
    var preview: TargetGlance?
    /// The row that it was read for.
    private var previewed: Target?
    var showsAll = false
    private(set) var owner = ""
    var reader = Reader()
    /// The longest words of the columns that share the width.
    private(set) var widths = FleetWidths()

    package init() {}

    package static let commands: [Command] =
        [
            Command(
                "fleet.open", "open", "Opens the target's or service's page.", keys: ["Enter"], in: "fleet",
                group: "ACT", hint: 1),
            Command(
                "fleet.update", "update", "Plans the recommended versions of the marked rows, or of the selected one.",
                keys: ["U"], in: "fleet", group: "ACT", hint: 2, asks: true),
            Command(
                "fleet.edit", "edit", "Opens the target's form.", keys: ["e"], in: "fleet", group: "ACT",
                hint: 4),
            Command(
                "fleet.component", "order one", "Opens the form for a component.", keys: ["+"], in: "fleet.components",
                group: "ACT", hint: 2),
            Command(
                "fleet.order", "order", "Opens the catalog to order from.", keys: ["+"],
                in: "fleet", group: "ACT"),
            Command(
                "fleet.mark", "mark", "Marks a row.", keys: ["Space"], in: "fleet", group: "MARKS", hint: 3),
            Command(
                "fleet.markAll", "mark all", "Marks all that is shown, or nothing.", keys: ["Ctrl-A"], in: "fleet",
                group: "MARKS"),
            Command(
                "fleet.markRange", "mark range", "Marks from the last mark to here.", keys: ["v"], in: "fleet",
                group: "MARKS"),
            Command(
                "fleet.level", "level", "Shows instances, environments, pipelines, components or services.",
                keys: ["Tab"],
                in: "fleet", group: "SEE", hint: 5),
            Command(
                "fleet.view", "view", "Shows all, or those behind, drifted, failed, running.", keys: ["f"],
                in: "fleet", group: "SEE", hint: 6),
            Command(
                "fleet.sort", "sort", "Sorts by the next column.", keys: ["s"], in: "fleet", group: "SEE", hint: 7),
            Command(
                "fleet.owner", "mine or all", "Shows what is yours, or everybody's.", keys: ["a"], in: "fleet",
                group: "SEE"),
            Command(
                "fleet.preview", "read", "Lets the keys scroll what is said about the row.", keys: ["p"], in: "fleet",
                group: "SEE"),
            Command(
                "fleet.filter", "filter", "Shows only rows with these words.", keys: ["/"], in: "fleet", group: "SEE"),
        ]

    package var key: String { "fleet" }
    package var crumbs: [SafeText] { ["Fleet", SafeText(untrusted: level.title)] }
    package var isTyping: Bool { browser.isFiltering || services.isFiltering }
    package var position: SafeText { level == .services ? services.position : browser.position }

    package var contexts: [KeyContext] {
        if reader.isOpen { return [Reader.context] }
        if level == .services { return services.contexts("fleet") }
        let contexts = browser.contexts("fleet")
        return level == .components && !browser.isFiltering ? ["fleet.components"] + contexts : contexts
    }

    package var note: Line {
        let marked = browser.state.marks.count
        return marked == 0 || level == .services ? Line() : Line("\(marked) marked", .mark)
    }

    package var selectedText: String? {
        level == .services ? services.selected?.service.name : browser.selected?.target.title
    }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        owner = desk.owner
        let shown = Owners.shown(desk, showsAll: showsAll)
        counts = try FleetLevel.counts(desk.engine, owner: shown)
        guard let targets = level.targets else {
            services.set(try ServiceRow.all(desk.engine, owner: shown)) {
                "\($0.service.name) \($0.service.template) \($0.service.owner) \($0.service.repository)"
            }
            return
        }
        query.level = targets
        query.owner = shown
        browser.set(try desk.engine.fleet(query).rows) {
            "\($0.target.title) \($0.environment) \($0.template) \($0.owner)"
        }
        widths = FleetWidths(browser.rows)
        loadPreview(desk)
    }

    /// Whether another row was selected since the preview was read: it is read once the keys rest, so that going
    /// through many rows reads none of them.
    private var isStale: Bool { level != .services && previewed != browser.selected?.target }
    package var nextTick: Duration? { isStale ? .zero : nil }

    package mutating func settle(_ desk: Desk) {
        guard isStale else { return }
        loadPreview(desk)
        reader.restart()
    }

    private mutating func loadPreview(_ desk: Desk) {
        previewed = browser.selected?.target
        preview = browser.selected.flatMap { try? desk.engine.glance(at: $0) }
    }

    package func availability(of command: String) -> Availability {
        let isServices = level == .services
        switch command {
        case "fleet.open":
            return (isServices ? services.selected == nil : browser.selected == nil) ? .no("nothing is listed") : .yes
        case "fleet.view", "fleet.sort", "fleet.preview", "fleet.mark", "fleet.markAll", "fleet.markRange":
            return isServices ? .no("services have no state of their own: Enter opens one") : .yes
        case "fleet.update":
            if isServices { return .no("select an instance: Enter opens the service") }
            if !browser.state.marks.isEmpty { return .yes }
            return preview?.recommendations.isEmpty ?? true ? .no("nothing is recommended for it") : .yes
        case "fleet.edit":
            if isServices { return .no("Enter opens the service, with its instances") }
            guard let row = browser.selected else { return .no("nothing is listed") }
            return row.phase?.isFinished ?? true ? .yes : .no("it is being deployed")
        case "fleet.owner": return Owners.availability(owner)
        default: return .yes
        }
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        if level == .services ? services.run(command) : browser.run(command) { return [] }
        switch command {
        case "fleet.level":
            level = level.next
            reader.restart()
            return [.reload]
        case "fleet.view":
            query.filter = query.filter.next
            return [.reload]
        case "fleet.sort":
            query.sort = query.sort.next
            return [.reload]
        case "fleet.owner":
            showsAll.toggle()
            return [.reload]
        case "fleet.filter":
            if level == .services { services.isFiltering = true } else { browser.isFiltering = true }
            return []
        case "fleet.preview":
            reader.open()
            return []
        case "preview.leave":
            reader.leave()
            return []
        case "fleet.mark", "fleet.markAll", "fleet.markRange":
            _ = browser.mark(command == "fleet.mark" ? "Space" : command == "fleet.markAll" ? "Ctrl-A" : "v")
            return []
        case "fleet.order": return [.open(CatalogPage())]
        case "fleet.component": return [.open(ComponentPage())]
        case "fleet.update": return update(desk)
        default: break
        }
        if level == .services { return services.selected.map { [.open(ServicePage($0.service.name))] } ?? [] }
        guard let row = browser.selected else { return [] }
        return command == "fleet.edit" ? FormPage.editing(row.target, desk) : [.open(TargetPage(row.target))]
    }

    /// The first recommendation of each marked row; rows that run what they should are left out, and counted.
    private func update(_ desk: Desk) -> [Action] {
        guard !browser.state.marks.isEmpty else {
            return preview?.recommendations.first.map { Moves.opening($0, desk) } ?? []
        }
        let chosen = browser.chosen
        guard let moves = try? desk.engine.firstMoves(of: chosen), !moves.isEmpty else {
            return [.say(Line("Nothing is recommended for what is marked.", .warn))]
        }
        let rest = chosen.count - moves.count
        let left = rest == 0 ? [] : [Action.say(Line("\(rest) of the marked run what they should.", .dim))]
        return left + Moves.opening(moves, desk)
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        if reader.isOpen {
            let area = readingArea(desk.content)
            let rows = previewLines(desk, width: area.width).count
            return reader.handle(key, rows: rows, height: area.height) ? [] : nil
        }
        let page = max(1, listArea(desk.content).height - 1)
        if level == .services { return services.handle(key, page: page) ? [] : nil }
        guard browser.handle(key, page: page) else { return nil }
        return []
    }

    package mutating func paste(_ text: String, _ desk: Desk) -> [Action] {
        if level == .services { services.paste(text) } else { browser.paste(text) }
        return []
    }
}

extension String {
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension CaseIterable where Self: Equatable, AllCases: RandomAccessCollection, AllCases.Index == Int {
    /// The one behind it; the first behind the last.
    var next: Self {
        let all = Self.allCases
        return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
    }
}
