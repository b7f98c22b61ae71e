package import Catalog
import Documents
package import Engine
package import Terminal

/// Asks what an order needs, with the template's own words.
package struct FormPage: Page {
    var model: FormModel
    let draft: String
    /// What was last kept; nothing is kept before something was typed.
    var kept: String
    var isComparing = false
    var pane = TextPane.State()

    init(_ model: FormModel, draft: String? = nil) {
        self.model = model
        self.draft = draft ?? String(UInt64.random(in: .min ... .max), radix: 36)
        kept = model.content
    }

    /// Answers that come back from questions.
    enum Answer: Sendable {
        case remove
    }

    package static let commands: [Command] = [
        command("review", "review", "Checks all answers, and shows what would happen.", ["Ctrl-S"], "ACT", 1),
        command("next", "next field", "Goes to the next field.", ["Tab", "Down", "Enter"], "MOVE", 2),
        command("previous", "previous field", "Goes to the field before.", ["S-Tab", "Up"], "MOVE"),
        command("section", "section", "Goes to the next section.", ["Ctrl-N"], "MOVE", 6),
        command("sectionBack", "section back", "Goes to the section before.", ["Ctrl-P"], "MOVE"),
        command("page", "page down", "Goes eight fields on.", ["PgDn"], "MOVE"),
        command("pageBack", "page up", "Goes eight fields back.", ["PgUp"], "MOVE"),
        command("default", "default", "Takes the answer back: the default holds, or nothing.", ["Ctrl-U"], "ACT", 5),
        command("edit", "$EDITOR", "Opens the whole spec as YAML in your editor.", ["Ctrl-E"], "ACT", 7),
        command("fault", "next fault", "Goes to the next field that needs you.", ["F8"], "MOVE", 4),
        command("faultBack", "fault before", "Goes to the field before that needs you.", ["S-F8"], "MOVE"),
        command("add", "copy instance", "Adds an instance with the answers of this one.", ["F2"], "ACT", 8),
        command("compare", "compare", "Shows the instances side by side.", ["F3"], "SEE", 9),
        Command(
            "form.remove", "remove instance", "Takes this instance out.", keys: ["F4"], in: "form", group: "ACT",
            asks: true),
        command("unfold", "carried over", "Shows or hides what was carried over.", ["F6"], "SEE"),
        command("leave", "keep draft", "Leaves; the draft waits on Home.", ["Esc"], "MOVE", 3),
    ]

    private static func command(
        _ id: String, _ title: String, _ doc: String, _ keys: [KeyChord], _ group: String, _ hint: Int? = nil
    ) -> Command {
        Command("form." + id, title, doc, keys: keys, in: "form", group: group, hint: hint)
    }

    package var key: String { "form \(draft)" }
    package var crumbs: [SafeText] {
        [
            SafeText(untrusted: "\(model.purpose.template) \(model.purpose.number)"),
            SafeText(untrusted: model.title),
        ]
    }
    package var contexts: [KeyContext] { ["form"] }
    package var isTyping: Bool { true }
    package var position: SafeText {
        let spots = model.spots
        return "\((spots.firstIndex(of: model.focus) ?? 0) + 1)/\(spots.count)"
    }
    package var note: Line {
        let counts = model.counts()
        var line = Line()
        if counts.wrong > 0 { line.append(Words.count(counts.wrong, "fault"), .fail) }
        if counts.toFill > 0 {
            if counts.wrong > 0 { line.append("  ", .dim) }
            line.append("\(counts.toFill) to fill", .warn)
        }
        return line.width == 0 ? Line("complete", .ok) : line
    }

    package mutating func load(_ desk: Desk) throws(Refusal) {}

    package func availability(of command: String) -> Availability {
        switch command {
        case "form.add":
            return model.canAddInstance ? .yes : .no("only a service's form has instances to add, up to 20")
        case "form.compare": return model.instances.count > 1 ? .yes : .no("there is one instance or none")
        case "form.remove":
            return model.canRemoveInstance ? .yes : .no("go to an instance first; a service keeps at least one")
        case "form.unfold":
            let isThere = model.sections.contains { section in section.entries.contains(where: \.isCarried) }
            return isThere ? .yes : .no("nothing was carried over")
        default: return .yes
        }
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        let before = model.focus
        if isComparing { return runComparing(command) }
        switch command {
        case "form.review": return review(desk)
        case "form.next": model.step(1)
        case "form.previous": model.step(-1)
        case "form.page": model.step(8)
        case "form.pageBack": model.step(-8)
        case "form.section": model.stepSection(1)
        case "form.sectionBack": model.stepSection(-1)
        case "form.default": model.reset()
        case "form.edit": return [.edit(text: model.editedText(desk.engine), suffix: ".yaml")]
        case "form.fault":
            if !model.stepFault(forward: true) { return [.say(Line("All answers are in order.", .ok))] }
        case "form.faultBack": _ = model.stepFault(forward: false)
        case "form.add": model.addInstance()
        case "form.remove": return [askRemoval()]
        case "form.compare": isComparing = true
        case "form.unfold": model.unfold()
        case "form.leave":
            leave(desk)
            return [.back] + (model.content == kept ? [] : [.say(Line("The draft is kept; it waits on Home.", .dim))])
        default: break
        }
        return moved(from: before, desk)
    }

    private mutating func runComparing(_ command: String) -> [Action] {
        let rows = model.comparison.count
        switch command {
        case "form.compare", "form.leave", "form.review": isComparing = false
        case "form.next": pane.top = min(pane.top + 1, max(0, rows - 1))
        case "form.previous": pane.top = max(0, pane.top - 1)
        case "form.page": pane.top = min(pane.top + 8, max(0, rows - 1))
        case "form.pageBack": pane.top = max(0, pane.top - 8)
        default: break
        }
        return []
    }

    /// A field was left: keeps the draft, and says what is wrong there.
    private mutating func moved(from before: FormModel.Spot, _ desk: Desk) -> [Action] {
        guard before != model.focus else { return [] }
        keep(desk)
        guard model.sections.indices.contains(before.section),
            model.sections[before.section].entries.indices.contains(before.entry),
            let fault = model.shownFaults(at: before).first
        else { return [] }
        return [.say(Line(untrusted: "! \(fault.message)", .error))]
    }

    private mutating func review(_ desk: Desk) -> [Action] {
        guard model.submit() else {
            let message = model.faults[model.focus]?.first?.message ?? ""
            return [.say(Line(untrusted: "! \(message)", .error))]
        }
        keep(desk)
        return [.open(ReviewPage(request: model.request(desk.engine), title: model.title, draft: draft))]
    }

    private func askRemoval() -> Action {
        let section = model.sections[model.focus.section]
        let name = SafeText(untrusted: section.title)
        let what: SafeText =
            section.isExisting
            ? "It is there: the order would destroy it, and asks for its name again." : "Nothing of it exists yet."
        let answer: @Sendable (Engine) async -> any Sendable = { _ in Answer.remove }
        return .ask(
            Question(
                "Take instance \(name) out?", [Line(what)],
                choices: [.init("y", "take it out", [.perform(answer)]), .init("n", "keep it", [])]))
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        guard !isComparing else { return [] }
        return model.type(key) ? [] : nil
    }

    package mutating func paste(_ text: String, _ desk: Desk) -> [Action] {
        guard !isComparing else { return [] }
        model.paste(text)
        return []
    }

    package mutating func receive(_ answer: any Sendable, _ desk: Desk) -> [Action] {
        if answer is Answer {
            model.removeInstance()
            keep(desk)
            return []
        }
        guard let edited = answer as? EditedText else { return [] }
        if let fault = edited.fault { return [.say(Line(untrusted: fault, .error))] }
        guard let text = edited.text else { return [.say(Line("Nothing was changed.", .dim))] }
        let findings = model.takeEdited(text, desk.engine)
        guard let fault = findings.first(where: { $0.severity == .error }) else {
            keep(desk)
            return [.say(Line("The answers were taken over.", .ok))]
        }
        let lines = findings.flatMap { SafeText.lines(untrusted: $0.text) }.map { Line($0) }
        let again: [Action] = [.edit(text: text, suffix: ".yaml")]
        return [
            .say(Line(untrusted: fault.message, .error)),
            .ask(
                Question(
                    "The text was not taken over", lines,
                    choices: [.init("e", "edit again", again), .init("n", "let it go", [])])),
        ]
    }

    package func leave(_ desk: Desk) {
        guard model.content != kept else { return }
        save(desk)
    }

    private mutating func keep(_ desk: Desk) {
        let content = model.content
        guard content != kept else { return }
        save(desk)
        kept = content
    }

    private func save(_ desk: Desk) {
        try? desk.engine.saveDraft(
            Draft(
                id: draft, title: model.title, template: model.purpose.template, version: model.purpose.number,
                content: model.content, updatedAt: desk.now))
    }
}

/// How other pages open a form.
extension FormPage {
    package static func opening(template: Template, _ choice: VersionChoice, _ desk: Desk) -> [Action] {
        open(desk) { opening throws(Refusal) in try opening.new(template, choice) }
    }

    package static func editing(_ target: Target, _ desk: Desk) -> [Action] {
        open(desk) { opening throws(Refusal) in try opening.editing(target) }
    }

    package static func addingInstance(to service: String, _ desk: Desk) -> [Action] {
        open(desk) { opening throws(Refusal) in
            var model = try opening.service(service)
            model.addInstance()
            return model
        }
    }

    package static func upgrading(_ target: Target, to number: VersionNumber, _ desk: Desk) -> [Action] {
        open(desk) { opening throws(Refusal) in try opening.upgrading(target, to: number) }
    }

    package static func opening(draft id: String, _ desk: Desk) -> [Action] {
        open(desk, draft: id) { opening throws(Refusal) in
            guard let draft = try desk.engine.draft(id) else {
                throw Refusal("draft.unknown", "The draft is no longer there.")
            }
            return try opening.model(draft: draft)
        }
    }

    private static func open(
        _ desk: Desk, draft: String? = nil, _ make: (FormOpening) throws(Refusal) -> FormModel
    ) -> [Action] {
        do throws(Refusal) {
            return [.open(FormPage(try make(FormOpening(desk.engine, owner: desk.owner)), draft: draft))]
        } catch {
            return [.say(Line(untrusted: error.sentence, .error))]
        }
    }
}
