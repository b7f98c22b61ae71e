import Catalog
package import Engine
package import Terminal

/// The templates to order from.
package struct CatalogPage: Page {
    var browser = Browser<CatalogRow>()
    /// Of every view, whatever is shown.
    var counts: [CatalogView: Int] = [:]
    var view = CatalogView.all
    var sort = CatalogSort.name
    /// What the selected template's preview shows.
    var preview: Preview?
    /// The template that it was read for.
    private var previewed: String?
    var reader = Reader()
    private var all: [CatalogRow] = []

    struct Preview: Sendable {
        var detail: TemplateDetail
        var version: VersionDetail?
        /// Environments that the version can run in; `nil` for an environment template.
        var fitting: Int?

        /// Why nothing of it can be ordered now; `nil` where it can be.
        var obstacle: String? {
            guard let version else { return "no version can be ordered" }
            guard fitting == 0 else { return nil }
            let wanted = version.version.compatibleEnvironments.map(\.description).joined(separator: " or ")
            return "no environment fits: order one of \(wanted) first"
        }
    }

    package init() {}

    /// Columns of 120 that the preview has.
    static let share = 44

    package static let commands: [Command] = [
        Command("catalog.open", "open", "Opens the template.", keys: ["Enter"], in: "catalog", group: "ACT", hint: 1),
        Command(
            "catalog.order", "order", "Opens the form of the recommended version.", keys: ["+"], in: "catalog",
            group: "ACT", hint: 2),
        Command(
            "catalog.register", "register", "Checks a bundle on disk, and registers it.", keys: ["R"], in: "catalog",
            group: "ACT", hint: 3, asks: true),
        Command(
            "list.filter", "filter", "Shows only rows with these words.", keys: ["/"], in: "catalog", group: "SEE",
            hint: 4),
        Command(
            "catalog.view", "view", "Shows all, environments, services, drafts, or what is retired.", keys: ["f"],
            in: "catalog", group: "SEE", hint: 5),
        Command(
            "catalog.sort", "sort", "Sorts by name, use or age.", keys: ["s"], in: "catalog", group: "SEE", hint: 6),
        Command(
            "catalog.preview", "read", "Lets the keys scroll what is said about the template.", keys: ["p"],
            in: "catalog", group: "SEE"),
    ]

    package var key: String { "catalog" }
    package var crumbs: [SafeText] { ["Catalog"] }
    package var contexts: [KeyContext] { reader.isOpen ? [Reader.context] : browser.contexts("catalog") }
    package var isTyping: Bool { browser.isFiltering }
    package var position: SafeText { browser.position }

    package var selectedText: String? { browser.selected?.template.name }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        all = try desk.engine.catalog(CatalogQuery(limit: 20_000)).rows
        counts = [:]
        for view in CatalogView.allCases { counts[view] = all.count(where: view.holds) }
        show(desk)
    }

    private mutating func show(_ desk: Desk) {
        browser.set(sort.sorted(all.filter(view.holds))) {
            "\($0.template.name) \($0.template.title) \($0.template.kind.rawValue) \($0.template.owner)"
        }
        loadPreview(desk)
    }

    /// Whether another template was selected since the preview was read: it is read once the keys rest, so that
    /// going through many rows reads none of them.
    private var isStale: Bool { previewed != browser.selected?.template.name }
    package var nextTick: Duration? { isStale ? .zero : nil }

    package mutating func settle(_ desk: Desk) {
        guard isStale else { return }
        loadPreview(desk)
        reader.restart()
    }

    private mutating func loadPreview(_ desk: Desk) {
        previewed = browser.selected?.template.name
        guard let name = browser.selected?.template.name, let detail = try? desk.engine.template(name) else {
            preview = nil
            return
        }
        let version = try? desk.engine.version(name, .standard)
        var fitting: Int?
        if let version, version.version.kind == .service {
            fitting = (try? desk.engine.environments(compatibleWith: version.version))?.count ?? 0
        }
        preview = Preview(detail: detail, version: version, fitting: fitting)
    }

    package func availability(of command: String) -> Availability {
        switch command {
        case "catalog.open", "catalog.preview": return browser.selected == nil ? .no("no template is selected") : .yes
        case "catalog.order":
            guard let preview else { return .no("no template is selected") }
            return preview.obstacle.map { .no($0) } ?? .yes
        default: return .yes
        }
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        if browser.run(command) { return [] }
        switch command {
        case "list.filter": browser.isFiltering = true
        case "catalog.view":
            view = view.next
            show(desk)
        case "catalog.sort":
            sort = sort.next
            show(desk)
        case "catalog.preview": reader.open()
        case "preview.leave": reader.leave()
        case "catalog.register": return [.open(RegisterPage())]
        case "catalog.order":
            return browser.selected.map { FormPage.opening(template: $0.template, .standard, desk) } ?? []
        default: return browser.selected.map { [.open(TemplatePage($0.template.name))] } ?? []
        }
        return []
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        if reader.isOpen {
            let area = layout(desk.content).reading
            let rows = previewLines(desk, width: area.width).count
            return reader.handle(key, rows: rows, height: area.height) ? [] : nil
        }
        let page = Panes.split(desk.content, preview: CatalogPage.share).list.height - 4
        guard browser.handle(key, page: max(1, page)) else { return nil }
        return []
    }

    package mutating func paste(_ text: String, _ desk: Desk) -> [Action] {
        browser.paste(text)
        return []
    }
}
