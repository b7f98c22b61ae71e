import Catalog
import Schemas
package import Engine
package import Terminal

/// The templates to order from.
package struct CatalogPage: Page {
    var browser = Listing(CatalogSource())
    var total = 0
    /// What the selected template's preview shows.
    var preview: (name: String, detail: TemplateDetail, version: VersionDetail?)?
    private var isReadingVersion = false
    /// The template whose version can't be read: it is not tried again until something changes.
    private var unreadable: String?

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
        total = try desk.engine.catalog(CatalogQuery(limit: 0)).total
        try browser.load(desk.engine, height: desk.content.height)
        loadPreview(desk)
    }

    package mutating func loaded(_ desk: Desk) -> [Action] {
        let names: [Action] = browser.work().map { [.perform($0)] } ?? []
        guard let preview, preview.version == nil, !isReadingVersion, preview.name != unreadable else { return names }
        isReadingVersion = true
        let name = preview.name
        return names + [.perform { ShownVersion(template: name, version: try? $0.version(name, .standard)) }]
    }

    /// The version is read in the background where its bundle was not read before: that takes a while.
    private mutating func loadPreview(_ desk: Desk) {
        guard let name = browser.selected?.template.name else {
            preview = nil
            return
        }
        guard let detail = try? desk.engine.template(name) else { return }
        preview = (name, detail, try? desk.engine.loadedVersion(name, .standard))
    }

    private struct ShownVersion: Sendable {
        var template: String
        var version: VersionDetail?
    }

    /// Changes the list, then shows what is selected now.
    private mutating func change(
        _ desk: Desk, _ body: (inout Listing<CatalogSource>) throws(Refusal) -> Bool
    ) -> [Action]? {
        do throws(Refusal) {
            guard try body(&browser) else { return nil }
        } catch {
            return [.say(Line(untrusted: error.sentence, .error))]
        }
        if preview?.name != browser.selected?.template.name { loadPreview(desk) }
        return loaded(desk)
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
        return change(desk) { list throws(Refusal) in try list.handle(key, page: max(1, page), desk.engine) }
    }

    package mutating func paste(_ text: String, _ desk: Desk) -> [Action] {
        change(desk) { list throws(Refusal) in
            try list.paste(text, desk.engine)
            return true
        } ?? []
    }

    package mutating func receive(_ answer: any Sendable, _ desk: Desk) -> [Action] {
        guard let shown = answer as? ShownVersion else {
            return change(desk) { list throws(Refusal) in list.take(answer, desk.engine) } ?? []
        }
        isReadingVersion = false
        unreadable = shown.version == nil ? shown.template : nil
        if preview?.name == shown.template { preview?.version = shown.version }
        return loaded(desk)
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
            count: browser.count, id: { browser.row(at: $0)?.id ?? "" }, empty: emptyText
        ) { index in
            guard let row = browser.row(at: index) else { return [] }
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
