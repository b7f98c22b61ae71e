import Catalog
import Documents
package import Engine
import Schemas
package import Terminal

/// One template: its readme, its inputs, its versions.
package struct TemplatePage: Page {
    let name: String
    var detail: TemplateDetail?
    var shown: VersionDetail?
    var tab = Tab.readme
    var text = TextPane.State()
    var list = ListState<String>()

    enum Tab: String, CaseIterable {
        case readme = "Readme"
        case inputs = "Inputs"
        case versions = "Versions"
    }

    package init(_ name: String) { self.name = name }

    package static let commands: [Command] = [
        Command(
            "template.order", "order", "Opens the form of the shown version.", keys: ["+"], in: "template",
            group: "ACT", hint: 1),
        Command(
            "template.tab", "next tab", "Shows the readme, the inputs or the versions.", keys: ["Tab", "]"],
            in: "template", group: "SEE", hint: 2),
        Command(
            "template.back", "tab before", "Goes back through the tabs.", keys: ["S-Tab", "["], in: "template",
            group: "SEE"),
        Command(
            "template.publish", "publish", "Makes a draft a version for everybody.", keys: ["P"], in: "template",
            group: "ACT", hint: 3, asks: true),
        Command(
            "template.recommend", "recommend", "Makes the selected version the one to have.", keys: ["R"],
            in: "template", group: "ACT", hint: 4, asks: true),
        Command(
            "template.withdraw", "withdraw", "Tells everybody to leave the selected version.", keys: ["W"],
            in: "template", group: "ACT", hint: 5, asks: true),
    ]

    package var key: String { "template \(name)" }
    package var crumbs: [SafeText] { ["Catalog", SafeText(untrusted: name)] }
    package var contexts: [KeyContext] { ["template"] }

    package var position: SafeText {
        tab == .versions ? "\(list.index + 1)/\(detail?.versions.count ?? 0)" : .empty
    }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        let found = try desk.engine.template(name)
        detail = found
        list.reconcile(count: found.versions.count) { found.versions[$0].number.description }
        try loadVersion(desk)
    }

    private mutating func loadVersion(_ desk: Desk) throws(Refusal) {
        let choice: VersionChoice = tab == .versions ? (selected.map { .exact($0.number) } ?? .standard) : .standard
        shown = try desk.engine.version(name, choice)
    }

    var selected: TemplateVersion? {
        guard let versions = detail?.versions, versions.indices.contains(list.index) else { return nil }
        return versions[list.index]
    }

    package func availability(of command: String) -> Availability {
        guard command != "template.tab", command != "template.back" else { return .yes }
        guard let shown else { return .no("there is no version") }
        if command == "template.order" { return shown.version.status == .withdrawn ? .no("it was withdrawn") : .yes }
        guard tab == .versions, let selected else { return .no("select a version on the tab Versions") }
        switch command {
        case "template.publish": return selected.status == .draft ? .yes : .no("it is \(selected.status.rawValue)")
        case "template.recommend":
            if detail?.template.recommended == selected.number { return .no("it is recommended") }
            return selected.status == .published ? .yes : .no("it is \(selected.status.rawValue)")
        default:
            return selected.status == .published || selected.status == .deprecated
                ? .yes : .no("it is \(selected.status.rawValue)")
        }
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        switch command {
        case "template.order":
            guard let shown else { return [] }
            return FormPage.opening(template: shown.template, .exact(shown.version.number), desk)
        case "template.tab": return turn(1, desk)
        case "template.back": return turn(-1, desk)
        default: return ask(command)
        }
    }

    private mutating func turn(_ step: Int, _ desk: Desk) -> [Action] {
        let tabs = Tab.allCases
        let index = tabs.firstIndex(of: tab) ?? 0
        tab = tabs[(index + step + tabs.count) % tabs.count]
        text = TextPane.State()
        try? loadVersion(desk)
        return []
    }

    private func ask(_ command: String) -> [Action] {
        guard let version = selected else { return [] }
        let (name, number) = (name, version.number)
        let title = SafeText(untrusted: "\(name) \(number)")
        @Sendable func act(_ body: @escaping @Sendable (Engine) throws(Refusal) -> TemplateVersion) -> Action {
            .perform { engine in
                do throws(Refusal) {
                    return try body(engine)
                } catch {
                    return error
                }
            }
        }
        switch command {
        case "template.publish":
            let lines = [
                Line("Everybody can order it, and the inbox recommends it where it is the highest."),
                Line(untrusted: version.notes, .dim),
            ]
            return [
                .ask(
                    Question(
                        "Publish \(title)?", lines,
                        choices: [
                            .init("y", "publish", [act { engine throws(Refusal) in try engine.publish(name, number) }]),
                            .init("n", "not yet", []),
                        ]))
            ]
        case "template.recommend":
            return [
                .ask(
                    Question(
                        "Recommend \(title)?", [Line("New targets get it, and the inbox offers it to the others.")],
                        choices: [
                            .init(
                                "y", "recommend", [act { engine throws(Refusal) in try engine.recommend(name, number) }]
                            ), .init("n", "leave it", []),
                        ]))
            ]
        default:
            return [
                .ask(
                    Question(
                        "Withdraw \(title)?", [Line("Its targets are told to go back. Say why: they read it.")],
                        asking: "Reason"
                    ) { why in
                        [act { engine throws(Refusal) in try engine.withdraw(name, number, why: why) }]
                    })
            ]
        }
    }

    package mutating func receive(_ answer: any Sendable, _ desk: Desk) -> [Action] {
        switch answer {
        case let version as TemplateVersion:
            return [
                .say(Line(untrusted: "\(name) \(version.number) is \(version.status.rawValue) now.", .ok)), .reload,
            ]
        case let refusal as Refusal: return [.say(Line(untrusted: refusal.sentence, .error))]
        default: return []
        }
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        guard let move = Move(key) else { return nil }
        if tab == .versions, let versions = detail?.versions {
            list.move(move, count: versions.count, page: max(1, desk.content.height / 2)) {
                versions[$0].number.description
            }
            try? loadVersion(desk)
        } else {
            text.move(move, rows: lines(width: desk.content.width - 2, desk).count, height: desk.content.height - 3)
        }
        return []
    }
}
