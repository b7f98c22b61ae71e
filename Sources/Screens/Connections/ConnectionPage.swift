import Catalog
import Documents
package import Engine
package import Terminal

/// One connection: the environments that go there, and the secrets that their specs may name.
package struct ConnectionPage: Page {
    let name: String
    var glance: ConnectionGlance?
    var check: ConnectionCheck?
    var tab = Tab.environments
    var list = ListState<String>()
    var reader = Reader()

    enum Tab: CaseIterable { case environments, secrets }

    package init(_ name: String) { self.name = name }

    init(_ name: String, _ check: ConnectionCheck?) {
        self.name = name
        // One that runs answers to the page that has asked.
        if case .running = check { return }
        self.check = check
    }

    package static let commands: [Command] = [
        Command(
            "connection.open", "open", "Opens the environment.", keys: ["Enter"], in: "connection.environments",
            group: "ACT", hint: 1),
        Command(
            "connection.source", "source", "Gives the secret another source.", keys: ["Enter"],
            in: "connection.secrets", group: "ACT", hint: 1, asks: true),
        Command(
            "connection.delete", "delete", "Deletes the definition of a secret that nothing names.", keys: ["D"],
            in: "connection.secrets", group: "ACT", hint: 4, asks: true),
        Command(
            "connection.secret", "define a secret", "Says where a secret is that specs may name.", keys: ["S"],
            in: "connection", group: "ACT", hint: 3, asks: true),
        Command(
            "connection.check", "check", "Asks who you are where it goes, and whether that is right.", keys: ["c"],
            in: "connection", group: "ACT", hint: 5),
        Command(
            "connection.tab", "next tab", "Shows the environments or the secrets.", keys: ["Tab", "]", "S-Tab", "["],
            in: "connection", group: "SEE", hint: 2),
        Command(
            "connection.read", "read", "Lets the keys scroll what is said about the connection.", keys: ["p"],
            in: "connection", group: "SEE", hint: 6),
    ]

    package var key: String { "connection \(name)" }
    package var crumbs: [SafeText] { ["Connections", SafeText(untrusted: name)] }
    package var contexts: [KeyContext] {
        if reader.isOpen { return [Reader.context] }
        return [tab == .environments ? "connection.environments" : "connection.secrets", "connection"]
    }
    package var position: SafeText { ids.isEmpty ? .empty : "\(min(list.index + 1, ids.count))/\(ids.count)" }
    package var place: Place? { glance.map { Place($0.connection) } }

    package var selectedText: String? {
        switch tab {
        case .environments: environment?.target.name ?? name
        case .secrets: secret?.name ?? name
        }
    }

    /// What the shown tab lists.
    private var ids: [String] {
        switch tab {
        case .environments: glance?.environments.map(\.id) ?? []
        case .secrets: glance?.secrets.map(\.name) ?? []
        }
    }

    private var environment: FleetRow? {
        tab == .environments ? glance?.environments.first { $0.id == list.selection } : nil
    }

    private var secret: Secret? { tab == .secrets ? glance?.secrets.first { $0.name == list.selection } : nil }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        glance = try desk.engine.connectionGlances().first { $0.id == name }
        reconcile()
        // Says that it is not there, and what is.
        if glance == nil { _ = try desk.engine.connection(name) }
    }

    private mutating func reconcile() {
        let ids = ids
        list.reconcile(count: ids.count) { ids[$0] }
    }

    // MARK: Commands

    package func availability(of command: String) -> Availability {
        guard let glance else { return .no("there is no such connection") }
        switch command {
        case "connection.open": return environment == nil ? .no("nothing is there yet") : .yes
        case "connection.source", "connection.delete": return secret == nil ? .no("it defines no secret") : .yes
        case "connection.check": return ConnectionCheck.availability(glance.connection, check)
        default: return .yes
        }
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        switch command {
        case "connection.open": return environment.map { [.open(TargetPage($0.target))] } ?? []
        case "connection.source":
            return secret.map { [.ask(SecretQuestion.source(of: $0.name, on: name, $0))] } ?? []
        case "connection.delete": return secret.map { [.ask(SecretQuestion.deletion(of: $0))] } ?? []
        case "connection.secret": return [.ask(SecretQuestion.name(on: name))]
        case "connection.check":
            check = .running
            return [.say(ConnectionCheck.running.message(name)), ConnectionCheck.asking(name)]
        case "connection.read": reader.open()
        case "preview.leave": reader.leave()
        default: show(tab == .environments ? .secrets : .environments)
        }
        return []
    }

    private mutating func show(_ tab: Tab) {
        self.tab = tab
        list = ListState()
        reconcile()
    }

    package mutating func receive(_ answer: any Sendable, _ desk: Desk) -> [Action] {
        switch answer {
        case let answer as ConnectionCheck.Answer:
            check = answer.check
            return [.say(answer.check.message(name))]
        case let named as SecretQuestion.Named: return [askSource(of: named.name)]
        case let outcome as SecretQuestion.Outcome: return told(outcome)
        default: return []
        }
    }

    private func askSource(of secret: String, _ fault: Refusal? = nil) -> Action {
        .ask(SecretQuestion.source(of: secret, on: name, glance?.secrets.first { $0.name == secret }, fault))
    }

    private mutating func told(_ outcome: SecretQuestion.Outcome) -> [Action] {
        switch outcome {
        case .defined(let secret, let isChanged):
            show(.secrets)
            list.select(secret.name, at: 0)
            let more = isChanged ? "; plans that name it and were made before are void" : ""
            return [.say(Line(untrusted: "\(secret.name) is at \(secret.source.text)\(more).", .ok)), .reload]
        case .deleted(let secret):
            return [.say(Line(untrusted: "\(secret) is no longer defined on \(name).", .ok)), .reload]
        case .refused(let secret, let refusal):
            let isOfName = refusal.findings.contains { $0.code == "secret.name" }
            return [
                isOfName ? .ask(SecretQuestion.name(on: name, first: secret, refusal)) : askSource(of: secret, refusal)
            ]
        case .kept(let refusal): return [.say(Line(untrusted: refusal.sentence, .error))]
        }
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        let layout = layout(desk.content)
        if reader.isOpen {
            let rows = factLines(width: layout.reading.width).count
            return reader.handle(key, rows: rows, height: layout.reading.height) ? [] : nil
        }
        guard let move = Move(key) else { return nil }
        let ids = ids
        list.move(move, count: ids.count, page: max(1, layout.list.height - 1)) { ids[$0] }
        return []
    }

    // MARK: View

    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        guard let glance else { return nil }
        let layout = layout(rect)
        return layout.draw(reader, factLines(width:), on: &surface) { surface in
            Tabs(
                ["Environments \(glance.environments.count)", "Secrets \(glance.secrets.count)"],
                selected: tab == .environments ? 0 : 1
            ).draw(in: layout.head, on: &surface)
            let table = tab == .environments ? environmentTable(glance, desk) : secretTable(glance)
            return table.draw(list, in: layout.list, on: &surface)
        }
    }

    private func layout(_ rect: Rect) -> ReadingLayout { ReadingLayout(rect, preview: 48) }

    private func factLines(width: Int) -> [Line] {
        guard let glance else { return [] }
        return ConnectionWords.facts(glance, check, width: width)
            + ConnectionWords.commands(glance.connection, width: width)
    }

    private func environmentTable(_ glance: ConnectionGlance, _ desk: Desk) -> Table<String> {
        let rows = glance.environments
        let longest = rows.reduce(11) { max($0, SafeText(untrusted: $1.target.name).width) }
        return Table(
            [
                Column("ENVIRONMENT", 11, upTo: min(40, longest), elision: .middle), Column("STAGE", 5, priority: 2),
                Column("RUNNING", 7, priority: 1), Column("STATUS", 9, upTo: 10),
                Column("TEMPLATE", 10, upTo: 30, priority: 3, elision: .middle),
                Column("AGE", 4, .right, priority: 4),
            ],
            count: rows.count, id: { rows[$0].id }, empty: "No environment goes there yet.",
            hasHeader: !rows.isEmpty, isFocused: !reader.isOpen
        ) { index in
            let row = rows[index]
            return [
                Line(untrusted: row.target.name), Words.stage(row.stage),
                Line(untrusted: row.running?.description ?? "-"), Words.phase(of: row),
                Line(untrusted: row.template, .dim), Line(desk.age(of: row.since), .dim),
            ]
        }
    }

    private func secretTable(_ glance: ConnectionGlance) -> Table<String> {
        let rows = glance.secrets
        let longest = rows.reduce(8) { max($0, SafeText(untrusted: $1.name).width) }
        return Table(
            [
                Column("SECRET", 8, upTo: min(40, longest), elision: .middle),
                Column("SOURCE", 12, upTo: 80, elision: .middle), Column("LOOKED UP BY", 14, priority: 1),
            ],
            count: rows.count, id: { rows[$0].name }, empty: "It defines no secret: S defines one.",
            hasHeader: !rows.isEmpty, isFocused: !reader.isOpen
        ) { index in
            let source = rows[index].source
            return [
                Line(untrusted: rows[index].name), Line(untrusted: source.text, .info),
                Line(source.dynamicReference == nil ? "the runner" : "CloudFormation", .dim),
            ]
        }
    }
}
