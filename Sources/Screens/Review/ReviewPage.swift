package import Catalog
import Documents
package import Engine
package import Terminal

/// What an order would do, before anything happens: checks, changes, inputs, files, and where it goes.
package struct ReviewPage: Page {
    var request: OrderRequest
    let title: String
    /// The draft that ends when the order is submitted; with one, the form is the page below.
    let draft: String?
    var plan: OrderPlan?
    /// What the view of changes lists.
    var changes = ChangeList()
    var view = View.changes
    var list = ListState<ChangeRow>()
    var text = TextPane.State()
    /// The shown file beside what is applied.
    var diff: DiffPane?
    /// Whether old and new of a file stand beside each other where there is room.
    var isBeside = true
    /// The change of the shown file that one jumped to.
    var change: Int?
    /// The row of the shown file whose origin is told.
    var asked: ListState<Int>?
    /// Whether the selected change fills the pane.
    var isDetailed = false
    var reason = LineInput()
    var isWriting = false
    /// The submission is on its way: a second one must not follow it.
    var isSubmitting = false
    /// Why the plan that was first shown did not stand; the one that is shown took its place.
    var voided: [Finding] = []

    enum View: Hashable, Sendable {
        case changes, checks, inputs
        case file(Int)
    }

    package init(request: OrderRequest, title: String, draft: String? = nil) {
        self.request = request
        self.title = title
        self.draft = draft
    }

    package var key: String { "review \(title)" }
    package var crumbs: [SafeText] { [SafeText(untrusted: title), "Review"] }
    package var isTyping: Bool { isWriting }
    package var leadsToOrder: Bool { true }
    /// The resource of the selected change, else the target.
    package var selectedText: String? {
        guard let plan else { return nil }
        if view == .changes, let change = list.selection?.change(in: plan) { return change.resource }
        return plan.plans.first?.target.title
    }
    package var place: Place? { plan?.plans.first.map { Place($0) } }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        // The plan stays as it was first shown: a review must not change under the eyes.
        guard plan == nil else { return readFile(desk) }
        let found = try desk.engine.plan(request)
        plan = found
        changes = ChangeList(found, room: desk.content.height * 2 / 3)
        list = ListState()
        // The first change, not its heading: what stands below says what that one means.
        let first = changes.rows.count > 1 ? 1 : 0
        if changes.rows.indices.contains(first) { list.select(changes.rows[first], at: first) }
        show(found.isBlocked ? .checks : .changes, desk)
    }

    var files: [(plan: Plan, file: RenderedFile)] {
        (plan?.plans ?? []).flatMap { plan in plan.files.map { (plan, $0) } }
    }

    // MARK: Views

    var views: [View] { [.changes, .checks, .inputs] + files.indices.map(View.file) }

    mutating func show(_ view: View, _ desk: Desk) {
        self.view = view
        text = TextPane.State()
        change = nil
        asked = nil
        isDetailed = false
        readFile(desk)
    }

    /// Compares the shown file anew: for another file, another width, or another way to show it.
    mutating func readFile(_ desk: Desk) {
        diff = nil
        guard case .file(let index) = view, files.indices.contains(index) else { return }
        diff = FileDifference.pane(files[index].file, isBeside: isBeside && desk.content.width >= 100)
    }

    private mutating func turn(_ step: Int, _ desk: Desk) {
        let all = views
        let index = all.firstIndex(of: view) ?? 0
        show(all[(index + step + all.count) % all.count], desk)
    }

    /// To the change before or after: of a file, or in the list the next that replaces, removes or loses something.
    private mutating func jump(forward: Bool, _ desk: Desk) {
        if let diff {
            // Before the first jump the change at the top is the first one.
            let start = change ?? text.top - (forward ? 1 : 0)
            guard let found = diff.change(from: start, forward: forward) else { return }
            change = found
            text.top = max(0, found - 2)
            if asked != nil {
                asked?.select(found, at: found)
                asked?.window.top = text.top
            }
        } else if let found = nextSevere(forward: forward) {
            let rows = changes.rows
            let count = rows.count
            list.select(rows[found], at: found)
            list.window.follow(height: listPage(desk), count: count, selected: found)
        }
    }

    private func nextSevere(forward: Bool) -> Int? {
        guard let plan else { return nil }
        let rows = changes.rows
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
            if let diff { return diff.changes.isEmpty ? .no("nothing in the file changes") : .yes }
            guard view == .changes, let plan else { return .no("it works among the changes and in files") }
            return changes.rows.contains { $0.isSevere(in: plan) }
                ? .yes : .no("no change replaces, removes or loses anything")
        case "review.detail":
            return view == .changes && !changes.rows.isEmpty ? .yes : .no("select a change first")
        case "review.beside":
            return diff == nil ? .no("it works in files") : .yes
        case "review.accept": return losses.isEmpty ? .no("no rollback is held up by a loss") : .yes
        case "review.origin": return origins == nil ? .no("it works in files that a template rendered") : .yes
        case "review.left", "review.right": return diff == nil ? .no("only files scroll sideways") : .yes
        default: return .yes
        }
    }

    private var canDeploy: Availability {
        if isSubmitting { return .no("it is being submitted") }
        guard let plan else { return .no("there is no plan") }
        if plan.isBlocked { return .no("faults stand against it") }
        let isEmpty = plan.plans.allSatisfy { $0.changes.isEmpty && $0.action == .update && $0.unknowns.isEmpty }
        return isEmpty && plan.plans.allSatisfy { $0.version == $0.fromVersion && $0.inputs == $0.previousInputs }
            ? .no("nothing would change") : .yes
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        switch command {
        case "review.deploy": return plan.map { [.ask(Confirmation.question(for: $0, why: reason.text))] } ?? []
        case "review.accept": return acceptance(desk).map { [.ask($0)] } ?? []
        case "review.view": turn(1, desk)
        case "review.viewBack": turn(-1, desk)
        case "review.beside":
            isBeside.toggle()
            (text, change, asked) = (TextPane.State(), nil, nil)
            readFile(desk)
        case "review.origin": ask(desk)
        case "review.why": isWriting = true
        case "review.written": isWriting = false
        case "review.next": jump(forward: true, desk)
        case "review.previous": jump(forward: false, desk)
        case "review.detail":
            if !isDetailed, case .group(let group)? = list.selection {
                changes.toggle(group)
                let rows = changes.rows
                list.reconcile(count: rows.count) { rows[$0] }
            } else {
                isDetailed.toggle()
            }
        case "review.left": diff?.move(&text, sideways: -8, width: pane(desk).width - 2)
        case "review.right": diff?.move(&text, sideways: 8, width: pane(desk).width - 2)
        case "review.edit": return draft != nil ? [.back] : Mending.opening(request, plan, desk)
        default:
            if asked != nil {
                asked = nil
                return []
            }
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
            let rows = changes.rows
            list.move(move, count: rows.count, page: listPage(desk)) { rows[$0] }
        } else if asked != nil, let diff {
            let page = filePage(desk)
            asked?.move(move, count: diff.rows.count, page: page) { $0 }
            text.top = asked?.window.top ?? text.top
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
}
