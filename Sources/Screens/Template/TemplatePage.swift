import Catalog
import Documents
package import Engine
import Schemas
package import Terminal

/// One template: its readme, its inputs, its versions.
package struct TemplatePage: Page {
    let name: String
    var detail: TemplateDetail?
    /// The version that all tabs are about.
    var shown: VersionDetail?
    /// The version that was chosen; `nil` for the one that an order would get.
    var chosen: VersionNumber?
    /// What the shown version asks for otherwise than the one before.
    var difference: VersionDifference?
    var tab = Tab.readme
    var text = TextPane.State()
    /// Whether the selected input or version fills the body.
    var isDetailed = false
    var versions = ListState<String>()
    var rows: [InputRow] = []
    var inputs = ListState<Int>()

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
            "template.recommend", "recommend", "Makes the shown version the one to have.", keys: ["R"],
            in: "template", group: "ACT", hint: 4, asks: true),
        Command(
            "template.deprecate", "deprecate", "Says that the shown version is on its way out.", keys: ["D"],
            in: "template", group: "ACT", hint: 5, asks: true),
        Command(
            "template.withdraw", "withdraw", "Tells everybody to leave the shown version.", keys: ["W"],
            in: "template", group: "ACT", hint: 6, asks: true),
        Command(
            "template.detail", "detail", "Shows all about the selected input or version, or the list again.",
            keys: ["Enter"], in: "template", group: "SEE", hint: 7),
        Command("template.list", "list", "Shows the list again.", keys: ["Esc"], in: "template.detail", group: "SEE"),
    ]

    package var key: String { "template \(name)" }
    package var crumbs: [SafeText] {
        let number = shown.map { " \(SafeText(untrusted: $0.version.number.description))" } ?? SafeText.empty
        return ["Catalog", SafeText(untrusted: name) + number]
    }
    package var contexts: [KeyContext] { isDetailed ? ["template.detail", "template"] : ["template"] }

    package var position: SafeText {
        switch tab {
        case .readme: .empty
        case .inputs: rows.isEmpty ? .empty : "\(inputs.index + 1)/\(rows.count)"
        case .versions: "\(versions.index + 1)/\(detail?.versions.count ?? 0)"
        }
    }

    // MARK: Reading

    package mutating func load(_ desk: Desk) throws(Refusal) {
        let found = try desk.engine.template(name)
        detail = found
        if let chosen, !found.versions.contains(where: { $0.number == chosen }) { self.chosen = nil }
        try loadVersion(desk)
        let place = found.versions.firstIndex { $0.number == shown?.version.number } ?? 0
        versions.select(
            found.versions.indices.contains(place) ? found.versions[place].number.description : nil, at: place)
    }

    private mutating func loadVersion(_ desk: Desk) throws(Refusal) {
        let found = try desk.engine.version(name, chosen.map(VersionChoice.exact) ?? .standard)
        shown = found
        let isFirst = rows.isEmpty
        rows = InputRow.all(of: found)
        let count = rows.count
        inputs.reconcile(count: count) { $0 }
        // A heading has nothing to say: the first input has.
        if isFirst, let first = rows.firstIndex(where: { if case .field = $0 { true } else { false } }) {
            inputs.select(first, at: first)
        }
        difference = nil
        // Versions stand newest first.
        if let before = detail?.versions.first(where: { $0.number < found.version.number }) {
            let old = try desk.engine.version(name, .exact(before.number))
            difference = VersionDifference(from: old, to: found)
        }
    }

    // MARK: Commands

    package func availability(of command: String) -> Availability {
        switch command {
        case "template.tab", "template.back", "template.list": return .yes
        case "template.detail": return tab == .readme ? .no("it works on inputs and versions") : .yes
        default: break
        }
        guard let version = shown?.version else { return .no("there is no version") }
        let status = version.status
        switch command {
        case "template.order": return status == .withdrawn ? .no("it was withdrawn") : .yes
        case "template.publish":
            return status == .draft || status == .deprecated ? .yes : .no("it is \(status.rawValue)")
        case "template.recommend":
            if detail?.template.recommended == version.number { return .no("it is recommended") }
            return status == .published ? .yes : .no("it is \(status.rawValue)")
        case "template.deprecate": return status == .published ? .yes : .no("it is \(status.rawValue)")
        default:
            return status == .published || status == .deprecated ? .yes : .no("it is \(status.rawValue)")
        }
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        switch command {
        case "template.order":
            guard let shown else { return [] }
            return FormPage.opening(template: shown.template, .exact(shown.version.number), desk)
        case "template.tab": turn(1)
        case "template.back": turn(-1)
        case "template.detail", "template.list":
            isDetailed = command == "template.detail" && !isDetailed
            text = TextPane.State()
        default: return shown.flatMap { VersionQuestion.asking(command, $0.version) }.map { [.ask($0)] } ?? []
        }
        return []
    }

    private mutating func turn(_ step: Int) {
        let tabs = Tab.allCases
        let index = tabs.firstIndex(of: tab) ?? 0
        tab = tabs[(index + step + tabs.count) % tabs.count]
        text = TextPane.State()
        isDetailed = false
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
        guard let move = Move(key), let detail else { return nil }
        if tab == .readme || isDetailed {
            let body = TemplateLayout(desk.content).body.inset(1, 0)
            text.move(move, rows: textLines(width: body.width).count, height: body.height)
            return []
        }
        switch tab {
        case .readme: break
        case .inputs:
            let count = rows.count
            inputs.move(move, count: count, page: TemplateLayout(desk.content).list.height - 1) { $0 }
        case .versions:
            let all = detail.versions
            versions.move(move, count: all.count, page: TemplateLayout(desk.content).list.height - 1) {
                all[$0].number.description
            }
            guard all.indices.contains(versions.index) else { return [] }
            chosen = all[versions.index].number
            do throws(Refusal) {
                try loadVersion(desk)
            } catch {
                return [.say(Line(untrusted: error.sentence, .error))]
            }
        }
        return []
    }
}
