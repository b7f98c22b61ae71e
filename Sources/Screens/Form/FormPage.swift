import Catalog
import Documents
package import Engine
package import Terminal

/// Asks what an order needs, with the template's own words.
package struct FormPage: Page {
    var model: FormModel
    let draft: String
    /// What was last kept; nothing is kept before something was typed.
    var kept: String
    /// Whether there is a draft to come back to.
    var hasDraft: Bool
    var isComparing = false
    var pane = TextPane.State()
    /// The list of a long choice, while it is open.
    var picker: Picker?
    /// The directory that the list shows, where files are chosen from.
    var files: DirectoryListing?
    /// The field whose text is in the editor, and what came from there and could not be taken over.
    var edited: (spot: FormModel.Spot, text: String?)?
    var preview = FormPreview()
    var helpTop = 0
    /// How often an answer was changed: which state of the answers a preview was made of.
    var edits = 0
    /// When the last key changed something, until the pause behind it was noticed.
    var lastEdit: Instant?

    /// How long typing rests before what is wrong shows.
    static let pauseMilliseconds: Int64 = 400

    init(_ model: FormModel, draft: String? = nil) {
        self.model = model
        self.draft = draft ?? String(UInt64.random(in: .min ... .max), radix: 36)
        kept = model.content
        hasDraft = draft != nil
    }

    /// What came from the editor and could not be taken over; the editor opens on it again.
    var unread: String?

    /// Answers that come back from questions.
    enum Answer: Sendable {
        case remove
    }

    package var key: String { "form \(draft)" }
    package var crumbs: [SafeText] {
        [
            SafeText(untrusted: "\(model.purpose.template) \(model.purpose.number)"),
            SafeText(untrusted: model.title),
        ]
    }
    package var leadsToOrder: Bool { true }
    package var isTyping: Bool { !isComparing }
    /// Ticks are not put off by keys: a few short ones find the end of a pause.
    package var nextTick: Duration? { lastEdit == nil ? nil : .milliseconds(100) }
    package var position: SafeText {
        let spots = model.spots
        return "\((spots.firstIndex(of: model.focus) ?? 0) + 1)/\(spots.count)"
    }
    package var note: Line {
        let wrong = model.counts().wrong
        let required = model.required
        var line = Line()
        if wrong > 0 { line.append(Words.count(wrong, "fault"), .fail) }
        if required.left > 0 {
            if wrong > 0 { line.append("  ", .dim) }
            line.append("\(required.left) of \(required.total)\(wrong > 0 ? "" : " required") left", .warn)
        }
        return line.width == 0 ? Line("complete", .ok) : line
    }

    package mutating func load(_ desk: Desk) throws(Refusal) {}

    /// A field was left: keeps the draft, and says what is wrong there.
    mutating func moved(from before: FormModel.Spot, _ desk: Desk) -> [Action] {
        guard before != model.focus else { return [] }
        helpTop = 0
        keep(desk)
        guard model.sections.indices.contains(before.section),
            model.sections[before.section].entries.indices.contains(before.entry),
            let fault = model.shownFaults(at: before).first
        else { return [] }
        return [.say(Line(untrusted: "! \(fault.message)", .error))]
    }

    mutating func review(_ desk: Desk) -> [Action] {
        guard model.submit() else {
            let message = model.faults[model.focus]?.first?.message ?? ""
            return [.say(Line(untrusted: "! \(message)", .error))]
        }
        keep(desk)
        return [.open(ReviewPage(request: model.request(desk.engine), title: model.title, draft: draft))]
    }

    func askRemoval() -> Action {
        let section = model.sections[model.focus.section]
        let name = SafeText(untrusted: section.title)
        let what: SafeText =
            section.isExisting
            ? "It is there: the order would destroy it, and asks for its name again." : "Nothing of it exists yet."
        return .ask(
            Question(
                "Take instance \(name) out?", [Line(what)],
                choices: [.init("y", "take it out", [.answer(Answer.remove)]), .init("n", "keep it", [])]))
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        if isComparing { return scrollComparison(key, desk) }
        if picker != nil { return pick(key, desk) }
        if case .list = model[model.focus].widget, key.typed != nil {
            openPicker()
            return key == "Space" ? [] : pick(key, desk)
        }
        if key == "+", model[model.focus].role == .table { return run("form.table.add", desk) }
        guard model.type(key) else { return nil }
        return changed(desk)
    }

    package mutating func paste(_ text: String, _ desk: Desk) -> [Action] {
        guard !isComparing else { return [] }
        if picker != nil {
            picker?.paste(text)
            return []
        }
        guard model.paste(text) else { return [.say(Line("This field takes no text.", .warn))] }
        return changed(desk)
    }

    /// Something was typed: the pause behind it is waited for.
    mutating func changed(_ desk: Desk) -> [Action] {
        edits += 1
        lastEdit = desk.now
        return []
    }

    package mutating func tick(_ desk: Desk) -> [Action] {
        guard let last = lastEdit, desk.now.milliseconds - last.milliseconds >= Self.pauseMilliseconds else {
            return []
        }
        lastEdit = nil
        model.pause()
        keep(desk)
        return refreshPreview(desk)
    }

    package mutating func receive(_ answer: any Sendable, _ desk: Desk) -> [Action] {
        if answer is Answer {
            model.removeInstance()
            edits += 1
            keep(desk)
            return refreshPreview(desk)
        }
        if let rendered = answer as? RenderedForm {
            preview.take(rendered)
            return refreshPreview(desk)
        }
        if answer is DroppedText {
            unread = nil
            return [.say(Line("The text was dropped; the answers are as they were.", .dim))]
        }
        if let listing = answer as? DirectoryListing { return show(listing) }
        if let content = answer as? FileContent { return take(content, desk) }
        guard let edited = answer as? EditedText else { return [] }
        if let field = self.edited, field.text == nil {
            self.edited = nil
            return takeField(edited, at: field.spot, desk)
        }
        if let fault = edited.fault { return [.say(Line(untrusted: fault, .error))] }
        guard let text = edited.text else { return [.say(Line("Nothing was changed.", .dim))] }
        let findings = model.takeEdited(text, desk.engine)
        guard let fault = findings.first(where: { $0.severity == .error }) else {
            edits += 1
            unread = nil
            keep(desk)
            let remark = findings.first.map { Line(untrusted: $0.message, .warn) }
            return [.say(remark ?? Line("The answers were taken over.", .ok))] + refreshPreview(desk)
        }
        unread = text
        let lines = findings.flatMap { SafeText.lines(untrusted: $0.text) }.map { Line($0) }
        let again: [Action] = [.edit(text: text, suffix: ".yaml")]
        return [
            .say(Line(untrusted: fault.message, .error)),
            .ask(
                Question(
                    "The text was not taken over", lines,
                    choices: [
                        .init("e", "edit again", again), .init("n", "later: Ctrl-E opens it again", []),
                        .init("d", "drop it: the form stays as it is", [.perform { _ in DroppedText() }]),
                    ])),
        ]
    }

    package func leave(_ desk: Desk) {
        guard model.content != kept else { return }
        save(desk)
    }

    mutating func keep(_ desk: Desk) {
        let content = model.content
        guard content != kept else { return }
        save(desk)
        kept = content
        hasDraft = true
    }

    private func save(_ desk: Desk) {
        try? desk.engine.saveDraft(
            Draft(
                id: draft, title: model.title, template: model.purpose.template, version: model.purpose.number,
                content: model.content, updatedAt: desk.now))
    }
}

/// A person has given up a text that could not be read.
private struct DroppedText: Sendable {}
