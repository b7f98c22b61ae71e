import Catalog
package import Engine
package import Terminal

/// Where infrastructure goes: all connections of the workspace, and what each one is.
package struct ConnectionsPage: Page {
    var browser = Browser<ConnectionGlance>()
    var reader = Reader()
    /// What was found out since the screen was opened, by connection.
    var checks: [String: ConnectionCheck] = [:]

    package init() {}

    package static let commands: [Command] = [
        Command(
            "connections.open", "open", "Opens the connection: its environments and its secrets.", keys: ["Enter"],
            in: "connections", group: "ACT", hint: 1),
        Command(
            "connections.check", "check", "Asks who you are where it goes, and whether that is right.", keys: ["c"],
            in: "connections", group: "ACT", hint: 2),
        Command(
            "connections.filter", "filter", "Shows only rows with these words.", keys: ["/"], in: "connections",
            group: "SEE", hint: 3),
        Command(
            "connections.read", "read", "Lets the keys scroll what is said about the connection.", keys: ["p", "Tab"],
            in: "connections", group: "SEE", hint: 4),
    ]

    package var key: String { "connections" }
    package var crumbs: [SafeText] { ["Connections"] }
    package var contexts: [KeyContext] { reader.isOpen ? [Reader.context] : browser.contexts("connections") }
    package var isTyping: Bool { browser.isFiltering }
    package var position: SafeText { browser.position }
    package var place: Place? { browser.selected.map { Place($0.connection) } }
    package var selectedText: String? { browser.selected?.id }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        browser.set(try desk.engine.connectionGlances()) {
            let connection = $0.connection
            return "\(connection.name) \(connection.provisioner.rawValue) \(connection.account) \(connection.region) "
                + connection.settings.role
        }
    }

    package func availability(of command: String) -> Availability {
        switch command {
        case "connections.open", "connections.read":
            browser.selected == nil ? .no("no connection is selected") : .yes
        case "connections.check":
            ConnectionCheck.availability(
                browser.selected?.connection, browser.selected.flatMap { checks[$0.id] })
        default: .yes
        }
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        if browser.run(command) { return [] }
        switch command {
        case "connections.filter": browser.isFiltering = true
        case "connections.read": reader.open()
        case "preview.leave": reader.leave()
        case "connections.check":
            guard let name = browser.selected?.id else { return [] }
            checks[name] = .running
            return [.say(ConnectionCheck.running.message(name)), ConnectionCheck.asking(name)]
        default: return browser.selected.map { [.open(ConnectionPage($0.id, checks[$0.id]))] } ?? []
        }
        return []
    }

    package mutating func receive(_ answer: any Sendable, _ desk: Desk) -> [Action] {
        guard let answer = answer as? ConnectionCheck.Answer else { return [] }
        checks[answer.connection] = answer.check
        return [.say(answer.check.message(answer.connection))]
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        let layout = layout(desk.content)
        if reader.isOpen {
            let rows = previewLines(width: layout.reading.width).count
            return reader.handle(key, rows: rows, height: layout.reading.height) ? [] : nil
        }
        let before = browser.selected?.id
        guard browser.handle(key, page: max(1, layout.list.height - 1)) else { return nil }
        if before != browser.selected?.id { reader.restart() }
        return []
    }

    package mutating func paste(_ text: String, _ desk: Desk) -> [Action] {
        browser.paste(text)
        return []
    }

    // MARK: View

    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        let layout = layout(rect)
        return layout.draw(reader, previewLines(width:), on: &surface) { surface in
            let typing = browser.drawFilter(in: layout.head, lead, on: &surface)
            let cursor = table(hasHeader: !layout.isLow).draw(browser.state, in: layout.list, on: &surface)
            return typing ?? cursor
        }
    }

    private func layout(_ rect: Rect) -> ReadingLayout { ReadingLayout(rect, preview: 48) }

    private var lead: Line {
        let accounts = Set(browser.rows.lazy.map(\.connection).filter { !$0.isLocal }.map(\.account)).count
        return Line(Words.count(browser.rows.count, "connection"), .header)
            + Line("  \(Words.count(accounts, "account"))", .dim)
    }

    private func table(hasHeader: Bool) -> Table<String> {
        let longest = browser.rows.reduce(14) { max($0, SafeText(untrusted: $1.id).width) }
        return Table(
            [
                Column("CONNECTION", min(20, longest), upTo: min(60, longest), elision: .middle),
                Column("PROVISIONER", 14, priority: 3), Column("ACCOUNT", 12),
                Column("REGION", 9, upTo: 14, priority: 2), Column("ENVS", 4, upTo: 5, .right, priority: 1),
            ],
            count: browser.shown.count, id: { browser[$0].id }, empty: "No connection has these words.",
            hasHeader: hasHeader && !browser.shown.isEmpty, isFocused: !reader.isOpen
        ) { index in
            let row = browser[index]
            let place = Place(row.connection)
            let count = row.environments.count
            return [
                browser.highlighted(row.id), Line(untrusted: row.connection.provisioner.rawValue, .dim),
                place.isLocal ? Line("-", .dim) : browser.highlighted(place.account),
                place.isLocal ? Line("-", .dim) : browser.highlighted(place.region),
                Line("\(count)", count == 0 ? .dim : .text),
            ]
        }
    }

    private func previewLines(width: Int) -> [Line] {
        guard let glance = browser.selected else { return [] }
        let facts = ConnectionWords.facts(glance, checks[glance.id], width: width)
        let contents = ConnectionWords.contents(glance, width: width)
        let commands = ConnectionWords.commands(glance.connection, width: width)
        // Where there is local alone, how to add another comes first.
        return facts + (glance.connection.isLocal ? commands + contents : contents + commands)
    }
}
