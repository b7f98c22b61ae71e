package import Catalog
import Documents
import Foundation
package import Engine
package import Terminal

/// Orders a component: a new one, or another file or instance for one that is there.
package struct ComponentPage: Page {
    /// A field to fill.
    enum Field: String, Sendable, CaseIterable {
        case name, file, instance, environment, owner
    }

    /// The component that is changed; `nil` for a new one.
    let record: TargetRecord?
    var field: Field
    var inputs: [Field: LineInput] = [:]
    var findings: [Finding] = []
    var isWorking = false
    /// Where a component could be attached now, by name.
    private(set) var instances: [Target] = []
    private(set) var environments: [String] = []

    /// The draft's id: what is typed is kept when a field is left, and waits on Home.
    let draft: String
    private var hasDraft: Bool
    private var kept: [Field: String] = [:]

    /// What reading the file ended with.
    enum Answer: Sendable {
        case read(ComponentSource)
        case refused([Finding])
    }

    /// - Parameter instance: What it is to be attached to.
    package init(attaching instance: Target? = nil) {
        record = nil
        field = .name
        (draft, hasDraft) = (Self.newDraft, false)
        if let instance { inputs[.instance] = LineInput(instance.title) }
        kept = typed
    }

    package init(changing record: TargetRecord) {
        self.record = record
        field = .file
        (draft, hasDraft) = (Self.newDraft, false)
        inputs[.instance] = LineInput(Self.wanted(record)?.title ?? "")
        kept = typed
    }

    /// - Parameter record: The component that the draft changes; `nil` for one of a new component.
    init(_ draft: Draft, changing record: TargetRecord?) {
        self.record = record
        field = record == nil ? .name : .file
        (self.draft, hasDraft) = (draft.id, true)
        let given = Document.read(Source(name: "draft", text: draft.content), as: .json).document?.value
        for field in Field.allCases {
            if let text = given?["fields"]?[field.rawValue]?.string { inputs[field] = LineInput(text) }
        }
        kept = typed
    }

    package static let commands: [Command] = [
        Command(
            "component.review", "review", "Plans it, and shows the plan.", keys: ["Enter", "Ctrl-S"], in: "component",
            group: "ACT", hint: 1, asks: true),
        Command("component.next", "next field", "Goes on.", keys: ["Tab"], in: "component", group: "MOVE", hint: 2),
        Command("component.previous", "field before", "Goes back.", keys: ["S-Tab"], in: "component", group: "MOVE"),
        Command(
            "component.leave", "keep draft", "Leaves; the draft waits on Home.", keys: ["Esc"], in: "component",
            group: "MOVE", hint: 3),
    ]

    package var key: String { "component form \(draft)" }
    package var crumbs: [SafeText] {
        ["Fleet", record.map { SafeText(untrusted: $0.target.title) } ?? "New component"]
    }
    package var contexts: [KeyContext] { ["component"] }
    package var isTyping: Bool { true }
    package var note: Line { isWorking ? Line("reading the file", .run) : Line() }

    /// Those that can be filled: what a component is called and where it runs stays.
    var fields: [Field] {
        guard record == nil else { return [.file, .instance] }
        return text(.instance).isEmpty ? Field.allCases : [.name, .file, .instance, .owner]
    }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        if inputs[.owner] == nil { inputs[.owner] = LineInput(desk.owner) }
        let all = try desk.engine.attachable(in: record?.environment)
        instances = all.instances
        environments = all.environments
    }

    /// What is typed in a field, without blanks around it.
    func text(_ field: Field) -> String {
        let text = inputs[field]?.text ?? ""
        return String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    // MARK: Commands

    package func availability(of command: String) -> Availability {
        guard command == "component.review" else { return .yes }
        if isWorking { return .no("the file is being read") }
        if record == nil, text(.name).isEmpty { return .no("give it a name first") }
        if record == nil, text(.file).isEmpty { return .no("give the path of its file first") }
        if !text(.instance).isEmpty, instance == nil { return .no("write the instance like shop/prod") }
        if record == nil, instance == nil, text(.environment).isEmpty {
            return .no("name an instance, or an environment")
        }
        return .yes
    }

    private var instance: Target? {
        let parts = text(.instance).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        return .instance(service: parts[0], name: parts[1])
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        switch command {
        case "component.next": step(1, desk)
        case "component.previous": step(-1, desk)
        case "component.leave":
            keep(desk)
            return [.back] + (hasDraft ? [.say(Line("The draft is kept; it waits on Home.", .dim))] : [])
        default:
            keep(desk)
            return review()
        }
        return []
    }

    private mutating func step(_ count: Int, _ desk: Desk) {
        keep(desk)
        let all = fields
        let index = all.firstIndex(of: field) ?? 0
        field = all[(index + count + all.count) % all.count]
    }

    private mutating func review() -> [Action] {
        findings = []
        let path = (text(.file) as NSString).expandingTildeInPath
        guard !path.isEmpty else { return [.open(review(nil))] }
        isWorking = true
        return [
            .perform { _ in
                do throws(Refusal) {
                    return Answer.read(try await Engine.componentSource(path))
                } catch {
                    return Answer.refused(error.findings)
                }
            }
        ]
    }

    package mutating func receive(_ answer: any Sendable, _ desk: Desk) -> [Action] {
        guard let answer = answer as? Answer else { return [] }
        isWorking = false
        switch answer {
        case .read(let source): return [.open(review(source))]
        case .refused(let findings):
            self.findings = findings
            field = .file
            return [.say(Line(untrusted: Refusal(findings).sentence, .error))]
        }
    }

    private func review(_ source: ComponentSource?) -> ReviewPage {
        guard let record else {
            let name = text(.name)
            let order = ComponentOrder(
                name: name, environment: instance == nil ? text(.environment) : nil, attachment: instance,
                source: source ?? ComponentSource(name: "", files: []), owner: text(.owner))
            return ReviewPage(request: .createComponent(order), title: "new component \(name)", draft: draft)
        }
        var update = ComponentUpdate(
            name: record.target.name, source: source, baseRevision: record.desired.revision)
        let name = record.target.name
        var title = "update \(name)"
        let wanted = Self.wanted(record)
        if let instance, instance != wanted {
            update.attachment = .attach(instance)
            title = "attach \(name) to \(instance.title)"
        } else if instance == nil, wanted != nil {
            update.attachment = .detach
            title = "detach \(name)"
        }
        return ReviewPage(request: .updateComponent(update), title: title, draft: draft)
    }

    /// What it is asked to be attached to, which is what a change starts from.
    private static func wanted(_ record: TargetRecord) -> Target? { ComponentSpec(record.desired.spec)?.attachment }

    // MARK: Draft

    private static var newDraft: String { String(UInt64.random(in: .min ... .max), radix: 36) }

    private var typed: [Field: String] {
        Dictionary(uniqueKeysWithValues: Field.allCases.map { ($0, text($0)) }).filter { !$0.value.isEmpty }
    }

    /// Keeps what was typed since it was kept last.
    private mutating func keep(_ desk: Desk) {
        let now = typed
        guard now != kept else { return }
        let fields = Object(Field.allCases.compactMap { field in now[field].map { (field.rawValue, .string($0)) } })
        let content = Value.object(
            Object([("target", record.map { .string($0.target.id) } ?? .null), ("fields", .object(fields))]))
        let title = record.map { "change \($0.target.name)" } ?? "new component \(text(.name))"
        try? desk.engine.saveDraft(
            Draft(
                id: draft, title: title, template: Draft.component, version: VersionNumber(1, 0),
                content: content.json(), updatedAt: desk.now))
        (kept, hasDraft) = (now, true)
    }

    package func leave(_ desk: Desk) {
        var page = self
        page.keep(desk)
    }

    /// Opens a draft that is of a component; `nil` for any other.
    static func opening(_ draft: Draft, _ desk: Desk) throws(Refusal) -> ComponentPage? {
        guard draft.template == Draft.component else { return nil }
        let value = Document.read(Source(name: "draft", text: draft.content), as: .json).document?.value
        guard let target = value?["target"]?.string.flatMap(Target.init(id:)) else {
            return ComponentPage(draft, changing: nil)
        }
        return ComponentPage(draft, changing: try desk.engine.target(target).record)
    }

    // MARK: Keys

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        switch key {
        case "Down": step(1, desk)
        case "Up": step(-1, desk)
        case "Right" where isAtEnd && !offers.isEmpty: take()
        default: guard inputs[field, default: LineInput()].handle(key) != .ignored else { return nil }
        }
        return []
    }

    package mutating func paste(_ text: String, _ desk: Desk) -> [Action] {
        _ = inputs[field, default: LineInput()].paste(text)
        return []
    }

    private var isAtEnd: Bool { inputs[field].map { $0.cursor == $0.text.count } ?? true }

    /// What the field could be, by what is typed in it.
    var offers: [String] {
        let all: [String]
        switch field {
        case .instance: all = instances.map(\.title)
        case .environment: all = environments
        case .name, .file, .owner: return []
        }
        let typed = text(field).lowercased()
        return all.filter { $0.lowercased().contains(typed) && $0 != text(field) }
    }

    private mutating func take() { inputs[field] = LineInput(offers[0]) }
}
