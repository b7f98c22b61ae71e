package import Catalog
package import Engine
package import Terminal

/// What an order would do, before anything happens: checks, changes, inputs, files, and where it goes.
package struct ReviewPage: Page {
    let request: OrderRequest
    let title: String
    /// The draft that ends when the order is submitted; with one, the form is the page below.
    let draft: String?
    var plan: OrderPlan?
    /// The rows of the view of changes.
    var rows: [ChangeRow] = []
    var view = View.changes
    var list = ListState<Int>()
    var text = TextPane.State()
    /// The shown file beside what is applied.
    var diff: DiffPane?
    /// The change of the shown file that one jumped to.
    var change: Int?
    /// Whether the selected change fills the pane.
    var isDetailed = false
    var reason = LineInput()
    var isWriting = false

    enum View: Hashable, Sendable {
        case changes, checks, inputs
        case file(Int)
    }

    package init(request: OrderRequest, title: String, draft: String? = nil) {
        self.request = request
        self.title = title
        self.draft = draft
    }

    package static let commands: [Command] = [
        command("deploy", "deploy", "Submits the order as it is shown.", ["D"], "ACT", 1, asks: true),
        command("view", "next view", "Shows the changes, the checks, the inputs, then each file.", ["Tab"], "SEE", 2),
        command("viewBack", "view before", "Goes back through the views.", ["S-Tab"], "SEE"),
        command("why", "reason", "Writes down why, for the history.", ["w"], "ACT", 3),
        command("edit", "edit inputs", "Goes to the form of these inputs; nothing is lost.", ["e"], "ACT", 4),
        command(
            "next", "next change", "Goes to the next change of a file, or to one to look at.", ["n", "]"], "SEE", 5),
        command("previous", "change before", "Goes to the change before.", ["N", "["], "SEE"),
        command("detail", "detail", "Shows all about the selected change, or the list again.", ["Enter"], "SEE", 6),
        command("left", "left", "Scrolls a file to the left.", ["Left", "h"], "SEE"),
        command("right", "right", "Scrolls a file to the right.", ["Right", "l"], "SEE"),
        command("leave", "leave", "Goes back; nothing is deployed.", ["Esc"], "MOVE"),
        Command(
            "review.written", "keep the reason", "Leaves the field; the reason stays.",
            keys: ["Enter", "Esc", "Ctrl-C"],
            in: "review.why", group: "ACT", hint: 1),
    ]

    private static func command(
        _ id: String, _ title: String, _ doc: String, _ keys: [KeyChord], _ group: String, _ hint: Int? = nil,
        asks: Bool = false
    ) -> Command {
        Command("review." + id, title, doc, keys: keys, in: "review", group: group, hint: hint, asks: asks)
    }

    package var key: String { "review \(title)" }
    package var crumbs: [SafeText] { [SafeText(untrusted: title), "Review"] }
    package var contexts: [KeyContext] { isWriting ? ["review.why"] : ["review"] }
    package var isTyping: Bool { isWriting }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        // The plan stays as it was first shown: a review must not change under the eyes.
        guard plan == nil else { return }
        let found = try desk.engine.plan(request)
        plan = found
        rows = ChangeRow.all(of: found)
        list = ListState()
        list.reconcile(count: rows.count) { $0 }
        show(found.isBlocked ? .checks : .changes)
    }

    var files: [(plan: Plan, file: RenderedFile)] {
        (plan?.plans ?? []).flatMap { plan in plan.files.map { (plan, $0) } }
    }

    // MARK: Views

    var views: [View] { [.changes, .checks, .inputs] + files.indices.map(View.file) }

    mutating func show(_ view: View) {
        self.view = view
        text = TextPane.State()
        change = nil
        diff = nil
        isDetailed = false
        if case .file(let index) = view, files.indices.contains(index) {
            diff = FileDifference.pane(files[index].file)
        }
    }

    private mutating func turn(_ step: Int) {
        let all = views
        let index = all.firstIndex(of: view) ?? 0
        show(all[(index + step + all.count) % all.count])
    }

    /// To the change before or after: of a file, or in the list the next that replaces, removes or loses something.
    private mutating func jump(forward: Bool, _ desk: Desk) {
        if let diff {
            // Before the first jump the change at the top is the first one.
            let start = change ?? text.top - (forward ? 1 : 0)
            guard let found = diff.change(from: start, forward: forward) else { return }
            change = found
            text.top = max(0, found - 2)
        } else if let found = nextSevere(forward: forward) {
            let count = rows.count
            list.select(found, at: found)
            list.window.follow(height: listPage(desk), count: count, selected: found)
        }
    }

    private func nextSevere(forward: Bool) -> Int? {
        guard let plan else { return nil }
        let places = rows.indices.filter { rows[$0].isSevere(in: plan) }
        return forward ? places.first { $0 > list.index } : places.last { $0 < list.index }
    }

    // MARK: Commands

    package func availability(of command: String) -> Availability {
        switch command {
        case "review.deploy": return canDeploy
        case "review.edit":
            if draft != nil { return .yes }
            return Mending.target(of: request, plan) == nil ? .no("there are no inputs to edit") : .yes
        case "review.next", "review.previous":
            if let diff { return diff.changes.isEmpty ? .no("the file stays as it is") : .yes }
            guard view == .changes, let plan else { return .no("it works among the changes and in files") }
            return rows.contains { $0.isSevere(in: plan) } ? .yes : .no("no change replaces, removes or loses anything")
        case "review.detail":
            return view == .changes && !rows.isEmpty ? .yes : .no("select a change first")
        case "review.left", "review.right": return diff == nil ? .no("only files scroll sideways") : .yes
        default: return .yes
        }
    }

    private var canDeploy: Availability {
        guard let plan else { return .no("there is no plan") }
        if plan.isBlocked { return .no("faults stand against it") }
        let isEmpty = plan.plans.allSatisfy { $0.changes.isEmpty && $0.action == .update && $0.unknowns.isEmpty }
        return isEmpty && plan.plans.allSatisfy { $0.version == $0.fromVersion && $0.inputs == $0.previousInputs }
            ? .no("nothing would change") : .yes
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        switch command {
        case "review.deploy": return plan.map { [.ask(Confirmation.question(for: $0, why: reason.text))] } ?? []
        case "review.view": turn(1)
        case "review.viewBack": turn(-1)
        case "review.why": isWriting = true
        case "review.written": isWriting = false
        case "review.next": jump(forward: true, desk)
        case "review.previous": jump(forward: false, desk)
        case "review.detail": isDetailed.toggle()
        case "review.left": diff?.move(&text, sideways: -8, width: pane(desk).width - 2)
        case "review.right": diff?.move(&text, sideways: 8, width: pane(desk).width - 2)
        case "review.edit": return draft != nil ? [.back] : Mending.opening(request, plan, desk)
        default:
            guard isDetailed else { return leaving }
            isDetailed = false
        }
        return []
    }

    /// A reason that was written is not thrown away without a word.
    private var leaving: [Action] {
        guard !reason.isEmpty else { return [.back] }
        return [
            .ask(
                Question(
                    "Leave the review?", [Line("Nothing is deployed. The reason that you wrote is not kept.")],
                    choices: [.init("y", "leave", [.back]), .init("n", "stay", [])]))
        ]
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        if isWriting {
            switch key {
            // However the field is left, the reason stays.
            case "Enter", "Esc", "Ctrl-C": isWriting = false
            default: _ = reason.handle(key)
            }
            return []
        }
        guard let move = Move(key) else { return nil }
        if view == .changes {
            let count = rows.count
            list.move(move, count: count, page: listPage(desk)) { $0 }
        } else {
            let pane = pane(desk)
            text.move(move, rows: diff?.rows.count ?? lines(width: pane.width).count, height: pane.height)
            change = nil
        }
        return []
    }

    package mutating func paste(_ text: String, _ desk: Desk) -> [Action] {
        _ = reason.paste(text)
        return []
    }

    package mutating func receive(_ answer: any Sendable, _ desk: Desk) -> [Action] {
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
