package import Catalog
package import Engine
package import Terminal

/// What an order would do, before anything happens: checks, changes, files, and where it goes.
package struct ReviewPage: Page {
    let request: OrderRequest
    let title: String
    /// The draft that ends when the order is submitted.
    let draft: String?
    var plan: OrderPlan?
    /// The rows at the right: what changes, or a file's difference.
    var pane = Pane.changes
    var text = TextPane.State()
    var reason = LineInput()
    var isWriting = false
    /// Since the submission is on its way, keys change nothing.
    var isSubmitting = false

    enum Pane: Hashable, Sendable {
        case changes
        case file(Int)
    }

    package init(request: OrderRequest, title: String, draft: String? = nil) {
        self.request = request
        self.title = title
        self.draft = draft
    }

    package static let commands: [Command] = [
        Command(
            "review.deploy", "deploy", "Submits the order as it is shown.", keys: ["D"], in: "review", group: "ACT",
            hint: 1, asks: true),
        Command(
            "review.next", "next view", "Shows the changes, then each file's difference.", keys: ["]", "Tab"],
            in: "review", group: "SEE", hint: 2),
        Command(
            "review.previous", "previous view", "Goes back through the views.", keys: ["[", "S-Tab"], in: "review",
            group: "SEE"),
        Command(
            "review.why", "reason", "Writes down why, for the history.", keys: ["w"], in: "review", group: "ACT",
            hint: 3),
        Command(
            "review.edit", "edit inputs", "Goes back to the form; nothing is lost.", keys: ["e"], in: "review",
            group: "ACT", hint: 4),
    ]

    package var key: String { "review \(title)" }
    package var crumbs: [SafeText] { [SafeText(untrusted: title), "Review"] }
    package var contexts: [KeyContext] { ["review"] }
    package var isTyping: Bool { isWriting }
    package func takesFirst(_ key: KeyEvent) -> Bool { isWriting }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        // The plan stays as it was first shown: a review must not change under the eyes.
        guard plan == nil else { return }
        plan = try desk.engine.plan(request)
    }

    var files: [(plan: Plan, file: RenderedFile)] {
        (plan?.plans ?? []).flatMap { plan in plan.files.map { (plan, $0) } }
    }

    package func availability(of command: String) -> Availability {
        guard command == "review.deploy" else { return .yes }
        if isSubmitting { return .no("it is being submitted") }
        guard let plan else { return .no("there is no plan") }
        if plan.isBlocked { return .no("faults stand against it") }
        let isEmpty = plan.plans.allSatisfy { $0.changes.isEmpty && $0.action == .update && $0.unknowns.isEmpty }
        return isEmpty && plan.plans.allSatisfy { $0.version == $0.fromVersion && $0.inputs == $0.previousInputs }
            ? .no("nothing would change") : .yes
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        switch command {
        case "review.deploy": return plan.map { [.ask(question(for: $0))] } ?? []
        case "review.next": move(1)
        case "review.previous": move(-1)
        case "review.why": isWriting = true
        default: return [.back]
        }
        return []
    }

    private mutating func move(_ step: Int) {
        let panes = [Pane.changes] + files.indices.map(Pane.file)
        let index = panes.firstIndex(of: pane) ?? 0
        pane = panes[(index + step + panes.count) % panes.count]
        text = TextPane.State()
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        if isWriting {
            switch key {
            case "Enter", "Esc", "Ctrl-C": isWriting = false
            default: _ = reason.handle(key)
            }
            return []
        }
        guard let move = Move(key) else { return nil }
        let area = Panes.split(desk.content, preview: 60).preview ?? desk.content
        text.move(move, rows: paneLines(width: area.width).count, height: max(1, area.height - 2))
        return []
    }

    package mutating func paste(_ text: String, _ desk: Desk) -> [Action] {
        _ = reason.paste(text)
        return []
    }

    // MARK: Submitting

    /// Production, more than ten targets and destruction are confirmed by typing; the rest by a key that is not `D`.
    private func question(for plan: OrderPlan) -> Question {
        let targets = plan.plans.map { SafeText(untrusted: $0.target.title) }
        let destroyed = plan.plans.filter { $0.action == .destroy }
        var lines = [Line("\(Words.count(plan.plans.count, "step")), \(Words.count(plan.changes.count, "resource")).")]
        let submit: [Action] = [.perform(Submit(plan: plan, why: reason.text).run)]
        if let first = destroyed.first {
            lines.append(Line("Destroyed for good:", .fail))
            for step in destroyed {
                lines.append(
                    Line(untrusted: "  \(step.target.title): \(step.changes.map(\.resource).joined(separator: ", "))"))
            }
            return Question(
                "Destroy \(SafeText(untrusted: first.target.title))?", lines, typing: first.target.name, then: submit)
        }
        if let production = plan.plans.first(where: { $0.stage == .production }) {
            lines.append(Line("This goes to production.", .warn))
            return Question("Deploy to production?", lines, typing: production.target.name, then: submit)
        }
        if plan.plans.count > 10 {
            return Question("Deploy \(plan.plans.count) targets?", lines, typing: "\(plan.plans.count)", then: submit)
        }
        lines.append(contentsOf: targets.map { Line("  " + $0, .dim) })
        return Question("Deploy?", lines, choices: [.init("y", "deploy", submit), .init("n", "not yet", [])])
    }

    package mutating func receive(_ answer: any Sendable, _ desk: Desk) -> [Action] {
        isSubmitting = false
        switch answer {
        case let order as SubmittedOrder:
            if let draft { try? desk.engine.deleteDraft(draft) }
            guard let first = order.deployments.first else { return [.back] }
            return [.restart(DeploymentPage(first.id)), .deploy]
        case let refusal as Refusal:
            plan = nil
            return [.say(Line(SafeText(untrusted: refusal.sentence), .error)), .reload]
        default: return []
        }
    }
}

/// Submits an order and gives it, or the refusal, as the answer.
struct Submit: Sendable {
    var plan: OrderPlan
    var why: String

    func run(_ engine: Engine) async -> any Sendable {
        do throws(Refusal) {
            return try engine.submit(plan, why: why)
        } catch {
            return error
        }
    }
}
