import Catalog
import Documents
package import Engine
package import Terminal

/// Recommended updates, with why, and what each would change.
package struct InboxPage: Page {
    let template: String
    var browser = Browser<Recommendation>()
    /// What the selected one would do; planned in the background.
    var plan: (id: String, plan: OrderPlan, inputs: UpgradeInputs?)?
    /// Whether the rows are all there are; the rest of many is read in the background.
    private var isWhole = false
    private var isReading = false
    private var areRowsOld = false

    package init(template: String = "") { self.template = template }

    package static let commands: [Command] = [
        Command(
            "inbox.update", "update", "Plans the selected update, and shows the plan.", keys: ["U", "Enter"],
            in: "inbox", group: "ACT", hint: 1, asks: true),
        Command(
            "inbox.preview", "what changes", "Plans the selected update here; nothing is changed.", keys: ["p"],
            in: "inbox", group: "SEE", hint: 2),
        Command(
            "inbox.open", "open target", "Opens the target's page.", keys: ["o"], in: "inbox", group: "SEE", hint: 3),
    ]

    package var key: String { "inbox \(template)" }
    package var crumbs: [SafeText] { template.isEmpty ? ["Inbox"] : ["Inbox", SafeText(untrusted: template)] }
    package var contexts: [KeyContext] { ["inbox"] }
    package var isTyping: Bool { browser.isFiltering }
    package func takesFirst(_ key: KeyEvent) -> Bool { browser.takesFirst(key) }
    package var position: SafeText { browser.position }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        let first = try desk.engine.firstRecommendations(owner: desk.owner, template: template)
        areRowsOld = !first.areAll
        if first.areAll || browser.rows.isEmpty {
            show(first.moves)
            isWhole = first.areAll
        }
    }

    package mutating func loaded(_ desk: Desk) -> [Action] {
        guard areRowsOld, !isReading else { return [] }
        isReading = true
        areRowsOld = false
        return [.perform(whole(desk))]
    }

    private func whole(_ desk: Desk) -> @Sendable (Engine) async -> any Sendable {
        let (owner, template) = (desk.owner, template)
        return { Whole(moves: try? $0.recommendations(owner: owner, template: template, limit: Whole.limit)) }
    }

    /// All rows, as they are read in the background; none where they can't be read.
    private struct Whole: Sendable {
        static let limit = 5000
        var moves: [Recommendation]?
    }

    private mutating func show(_ moves: [Recommendation]) {
        browser.set(moves) { "\($0.target.title) \($0.template) \($0.environment)" }
        if plan?.id != browser.selected?.id { plan = nil }
    }

    /// Reads the rest at once where a key needs it.
    private mutating func complete(for key: KeyEvent, _ page: Int, _ desk: Desk) {
        guard !isWhole else { return }
        let place = Move(key)?.target(from: browser.state.index, count: Int.max, page: page) ?? 0
        guard browser.isFiltering || place >= browser.rows.count else { return }
        guard let moves = try? desk.engine.recommendations(owner: desk.owner, template: template, limit: Whole.limit)
        else { return }
        isWhole = true
        show(moves)
    }

    package func availability(of command: String) -> Availability {
        browser.selected == nil ? .no("nothing is recommended") : .yes
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        guard let move = browser.selected else { return [] }
        switch command {
        case "inbox.open": return [.open(TargetPage(move.target))]
        case "inbox.preview": return [.perform(Preview(move: move).run)]
        default: return Moves.opening(move, desk)
        }
    }

    /// Plans a move away from the keys.
    struct Preview: Sendable {
        var move: Recommendation

        func run(_ engine: Engine) async -> any Sendable {
            do throws(Refusal) {
                return Planned(
                    id: move.id, plan: try engine.plan(Moves.request(move)),
                    inputs: try? engine.upgradeInputs(move.target, to: move.to))
            } catch {
                return error
            }
        }
    }

    struct Planned: Sendable {
        var id: String
        var plan: OrderPlan
        var inputs: UpgradeInputs?
    }

    package mutating func receive(_ answer: any Sendable, _ desk: Desk) -> [Action] {
        switch answer {
        case let whole as Whole:
            isReading = false
            if let moves = whole.moves {
                isWhole = true
                show(moves)
            }
            return loaded(desk)
        case let planned as Planned:
            if planned.id == browser.selected?.id { plan = (planned.id, planned.plan, planned.inputs) }
            return []
        case let refusal as Refusal: return [.say(Line(untrusted: refusal.sentence, .error))]
        default: return []
        }
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        let before = browser.selected?.id
        let page = max(1, desk.content.height / 2)
        complete(for: key, page, desk)
        guard browser.handle(key, page: page) else { return nil }
        guard browser.selected?.id != before, let move = browser.selected else { return [] }
        return [.perform(Preview(move: move).run)]
    }

    package mutating func paste(_ text: String, _ desk: Desk) -> [Action] {
        browser.paste(text)
        return []
    }

    // MARK: View

    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        let panes = Panes.split(rect, preview: 58)
        var list = panes.list
        _ = list.takeTop(1)
        var head = list.takeTop(1)
        _ = head.takeLeft(1)
        let typing = browser.drawFilter(in: head, Line("RECOMMENDED", .header), on: &surface)
        _ = list.takeTop(1)
        let table = Table<String>(
            [
                Column("TARGET", 16, upTo: 34, elision: .middle),
                Column("ENV", 6, upTo: 14, priority: 2, elision: .middle),
                Column("FROM", 5, upTo: 5), Column("TO", 5, upTo: 5), Column("STEP", 6, upTo: 6),
            ],
            count: browser.shown.count, id: { browser[$0].id },
            empty: "Nothing is recommended: everything runs what it should."
        ) { index in
            let move = browser[index]
            return [
                browser.highlighted(move.target.title),
                Line(untrusted: move.environment.isEmpty ? "-" : move.environment, .dim),
                Line(untrusted: move.from.description), Line(untrusted: move.to.description),
                move.step == .major
                    ? Line("MAJOR", .fail) : Line(untrusted: move.step.rawValue, move.step == .back ? .warn : .info),
            ]
        }
        let cursor = table.draw(browser.state, in: list, on: &surface)
        Panes.drawRule(panes.rule, on: &surface)
        if var pane = panes.preview {
            if rect.width >= 100 { _ = pane.takeTop(1) }
            Panes.draw(previewLines(width: pane.width), in: pane, on: &surface)
        }
        return typing ?? cursor
    }

    private func previewLines(width: Int) -> [Line] {
        guard let move = browser.selected else { return [] }
        var lines = [
            Line(untrusted: "\(move.target.title)   \(move.template) \(move.from) > \(move.to)", .header), Line(),
        ]
        lines += Panes.fact("WHY", Line(untrusted: move.reason.isEmpty ? "-" : move.reason), width: 8).wrapped(
            to: width, indent: 8)
        guard let plan, plan.id == move.id else {
            return lines + [Line(), Line("p shows what it changes.", .dim)]
        }
        lines += [Line(), Panes.heading("IN THE FORM")]
        for line in plan.inputs?.lines ?? [] { if let text = InboxPage.text(line) { lines.append(text) } }
        if plan.inputs?.lines.allSatisfy({ $0.fate == .carried }) ?? true {
            lines.append(Line("  all answers are carried over", .dim))
        }
        lines += [Line(), Panes.heading("IN THE RESOURCES", Words.count(plan.plan.changes.count, "change"))]
        if plan.plan.changes.isEmpty { lines.append(Line("  none", .dim)) }
        for change in plan.plan.changes { lines += ReviewPage.lines(of: change, width: width) }
        return lines
    }

    /// What became of an answer; nothing for those that are simply carried over.
    static func text(_ line: UpgradeInputs.Line) -> Line? {
        let label = SafeText(untrusted: "  \(line.label): ")
        switch line.fate {
        case .carried: return nil
        case .renamed(let from): return Line(label, .text) + Line(untrusted: "renamed from \(from)", .info)
        case .newDefault: return Line(label, .text) + Line("new, its default is taken", .dim)
        case .asked: return Line(label, .text) + Line("asks you", .warn)
        case .refused: return Line(label, .text) + Line("the old answer is no longer allowed", .warn)
        case .dropped: return Line(label, .text) + Line("no longer taken", .dim)
        }
    }
}
