import Catalog
import Schemas
package import Engine
package import Terminal

/// The templates to order from.
package struct CatalogPage: Page {
    var browser = Browser<CatalogRow>()
    var total = 0
    /// What the selected template's preview shows.
    var preview: (name: String, detail: TemplateDetail, version: VersionDetail?)?

    package init() {}

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
    ]

    package var key: String { "catalog" }
    package var crumbs: [SafeText] { ["Catalog"] }
    package var contexts: [KeyContext] { ["catalog"] }
    package var isTyping: Bool { browser.isFiltering }
    package func takesFirst(_ key: KeyEvent) -> Bool { browser.takesFirst(key) }
    package var position: SafeText { browser.position }
    package var note: Line { Line(Words.count(total, "template"), .dim) }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        let page = try desk.engine.catalog(CatalogQuery(limit: 20_000))
        total = page.total
        browser.set(page.rows) {
            "\($0.template.name) \($0.template.title) \($0.template.kind.rawValue) \($0.template.owner)"
        }
        loadPreview(desk)
    }

    private mutating func loadPreview(_ desk: Desk) {
        guard let name = browser.selected?.template.name else {
            preview = nil
            return
        }
        guard let detail = try? desk.engine.template(name) else { return }
        preview = (name, detail, try? desk.engine.version(name, .standard))
    }

    package func availability(of command: String) -> Availability {
        switch command {
        case "catalog.open": browser.selected == nil ? .no("no template is selected") : .yes
        case "catalog.order":
            browser.selected?.latest == nil ? .no("no version can be ordered") : .yes
        default: .yes
        }
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        if command == "list.filter" {
            browser.isFiltering = true
            return []
        }
        if command == "catalog.register" { return [.open(RegisterPage())] }
        guard let row = browser.selected else { return [] }
        return command == "catalog.order"
            ? FormPage.opening(template: row.template, .standard, desk) : [.open(TemplatePage(row.template.name))]
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        let page = Panes.split(desk.content).list.height - 3
        guard browser.handle(key, page: max(1, page)) else { return nil }
        if preview?.name != browser.selected?.template.name { loadPreview(desk) }
        return []
    }

    package mutating func paste(_ text: String, _ desk: Desk) -> [Action] {
        browser.paste(text)
        return []
    }

    // MARK: View

    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        let panes = Panes.split(rect)
        var list = panes.list
        _ = list.takeTop(1)
        var head = list.takeTop(1)
        _ = head.takeLeft(1)
        let typing = browser.drawFilter(in: head, Line("TEMPLATES", .header), on: &surface)
        _ = list.takeTop(1)
        let cursor = table(desk).draw(browser.state, in: list, on: &surface)
        Panes.drawRule(panes.rule, on: &surface)
        if var pane = panes.preview {
            if pane.height > rect.height / 2 { _ = pane.takeTop(1) }
            Panes.draw(previewLines(width: pane.width), in: pane, on: &surface)
        }
        return typing ?? cursor
    }

    private func table(_ desk: Desk) -> Table<String> {
        Table(
            [
                Column("NAME", 28, upTo: 44, priority: 0, elision: .middle),
                Column("KIND", 4, upTo: 4, priority: 3),
                Column("RECOMM.", 7, upTo: 7, priority: 0),
                Column("LATEST", 9, upTo: 16, priority: 2),
                Column("USED", 5, upTo: 5, .right, priority: 1),
                Column("AGE", 4, upTo: 4, .right, priority: 4),
            ],
            count: browser.shown.count, id: { browser[$0].id }, empty: emptyText
        ) { index in
            let row = browser[index]
            var latest = Line(untrusted: row.latest?.description ?? "-")
            if let status = row.latestStatus, status != .published {
                latest.append(" ", .text)
                latest = latest + Words.status(status)
            }
            return [
                browser.highlighted(row.template.name), Line(row.template.kind == .environment ? "env" : "svc", .dim),
                Line(untrusted: row.template.recommended?.description ?? "-"), latest, Line("\(row.usedCount)"),
                Line(desk.age(of: row.changedAt), .dim),
            ]
        }
    }

    private var emptyText: SafeText {
        browser.filter.isEmpty ? "The catalog is empty: R registers a bundle." : "No template has these words."
    }

    private func previewLines(width: Int) -> [Line] {
        guard let preview else { return [] }
        let template = preview.detail.template
        var lines = [Line(untrusted: template.title, .header)]
        lines += Line(untrusted: template.summary).wrapped(to: width)
        lines.append(Line())
        lines.append(Panes.fact("name", Line(untrusted: template.name)))
        lines.append(Panes.fact("owner", Line(untrusted: template.owner.isEmpty ? "-" : template.owner)))
        if let version = preview.version {
            let runs = version.version.compatibleEnvironments.map(\.description).joined(separator: ", ")
            if !runs.isEmpty { lines.append(Panes.fact("runs in", Line(untrusted: runs))) }
            let inputs = version.schemas.values.flatMap(\.inputs)
            let required = inputs.filter(\.isRequired).count
            lines.append(
                Panes.fact("inputs", Line("\(required) required, \(inputs.count - required) optional")))
            let outputs = version.outputs.values.flatMap { $0.map(\.key) }.joined(separator: ", ")
            lines += Panes.fact("outputs", Line(untrusted: outputs.isEmpty ? "-" : outputs)).wrapped(
                to: width, indent: 13)
        }
        lines += [Line(), Panes.heading("VERSIONS")]
        for version in preview.detail.versions.prefix(6) {
            lines.append(TemplatePage.versionLine(version, preview.detail))
        }
        return lines
    }
}
