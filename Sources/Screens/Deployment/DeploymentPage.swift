package import Catalog
package import Engine
package import Terminal

/// One order as it runs: its steps, the resources of the shown step, and what happened.
package struct DeploymentPage: Page {
    private(set) var id: Deployment.ID
    var detail: DeploymentDetail?
    var events: [Event] = []
    var log = LogPane()
    /// The step that runs is shown, until somebody chooses one.
    var follows = true
    /// What the log is searched for.
    var find = LineInput()
    var isFinding = false
    /// Which side the movement keys scroll; `nil` until somebody chooses: the events, or on a low screen the facts.
    var chosenFocus: Focus?
    var facts = TextPane.State()
    /// How long the like has taken before, in milliseconds; `nil` where it never succeeded.
    var usual: Int64?
    /// What each resource of the plan needs.
    var needs: [String: [String]] = [:]
    /// Whether its target is no longer there.
    var isGone = false
    /// Whether a runner works inside this program, so that leaving it has a meaning.
    var isRunning = false

    enum Focus: Hashable, Sendable { case log, facts }

    package init(_ id: Deployment.ID, follows: Bool = true) {
        self.id = id
        self.follows = follows
    }

    package var key: String { "deployment" }
    package var crumbs: [SafeText] { ["Deployment \(SafeText(untrusted: id.description))"] }
    package var contexts: [KeyContext] {
        if isFinding { return ["deployment.find"] }
        let own: [KeyContext] = deployment?.phase == .stuck ? ["deployment.stuck"] : []
        return own + (log.filter.isEmpty ? ["deployment"] : ["deployment.filtered", "deployment"])
    }
    package var isTyping: Bool { isFinding }
    package var nextTick: Duration? { deployment.map { !$0.phase.isFinished } ?? false ? .seconds(1) : nil }
    package var note: Line {
        guard let deployment, !deployment.phase.isFinished else { return Line() }
        return log.follows && follows ? Line("following", .dim) : Line("f follows", .dim)
    }

    var deployment: Deployment? { detail?.deployment }
    package var selectedText: String? { id.description }
    package var place: Place? { detail?.plan.map { Place($0) } }
    var resources: [ResourceLine] { ResourceLine.all(detail?.plan, events, needs: needs) }

    // MARK: Reading

    package mutating func load(_ desk: Desk) throws(Refusal) {
        var found = try desk.engine.deployment(id)
        if follows, let current = DeploymentPage.current(found.steps), current.id != id {
            turn(to: current.id)
            found = try desk.engine.deployment(id)
        }
        let isFirst = detail?.deployment.id != id
        detail = found
        isRunning = desk.isRunning
        while true {
            let more = try desk.engine.events(of: id, after: events.last?.sequence ?? 0)
            events += more
            for event in more { log.append(event.logLine) }
            if more.isEmpty { break }
        }
        if isFirst {
            usual = try desk.engine.usualTime(of: found.deployment)
            needs = found.plan.map(desk.engine.needs) ?? [:]
        }
        let newest = try desk.engine.deployments(target: found.deployment.target, limit: 1).first
        isGone = newest?.action == .destroy && newest?.phase == .succeeded
    }

    private mutating func turn(to other: Deployment.ID) {
        id = other
        events = []
        log.clear()
        facts = TextPane.State()
    }

    /// The step to look at: the one that runs, else the one that failed, else the last that ended.
    private static func current(_ steps: [Deployment]) -> Deployment? {
        steps.first { !$0.phase.isFinished && $0.phase != .waiting } ?? steps.first {
            $0.phase == .failed || $0.phase == .stuck
        }
            ?? steps.last { $0.phase == .succeeded }
    }

    // MARK: Commands

    /// The service that an order which is done has brought about in several steps: its page shows them all.
    var wholeService: String? {
        guard let steps = detail?.steps, steps.count > 1, steps.allSatisfy({ $0.phase == .succeeded }) else {
            return nil
        }
        let services = Set(steps.map(\.target.service))
        return services.count == 1 ? services.first ?? nil : nil
    }

    package func availability(of command: String) -> Availability {
        guard let detail else { return .no("there is no deployment") }
        let deployment = detail.deployment
        let steps = detail.steps.count
        switch command {
        case "deployment.open": return isGone ? .no("it was destroyed") : .yes
        case "deployment.retry":
            if deployment.phase == .succeeded { return .no("it succeeded") }
            return deployment.phase.isFinished ? .yes : .no("it still runs")
        case "deployment.cancel": return deployment.phase.isFinished ? .no("it has ended") : .yes
        case "deployment.carry":
            if deployment.phase.isFinished { return .no("it has ended") }
            return detail.runner != .none || isRunning ? .no("a runner is at it") : .yes
        case "deployment.edit":
            if !deployment.phase.isFinished { return .no("it still runs") }
            if isGone { return .no("it was destroyed") }
            return deployment.action == .destroy ? .no("it was a destruction") : .yes
        case "deployment.cause":
            return deployment.failure == nil ? .no("nothing has failed") : .yes
        case "deployment.next", "deployment.previous": return steps > 1 ? .yes : .no("the order has one step")
        case "deployment.left", "deployment.right": return log.wraps ? .no("w ends the wrapping first") : .yes
        default: return .yes
        }
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        guard let detail else { return [] }
        let id = id
        switch command {
        case "deployment.follow":
            follows = true
            log.follows = true
            return [.reload]
        case "deployment.next": return show(step: 1)
        case "deployment.previous": return show(step: -1)
        case "deployment.open":
            return [.open(wholeService.map { ServicePage($0) } ?? TargetPage(detail.deployment.target))]
        case "deployment.edit": return Mending.opening(detail.deployment, detail.plan, desk)
        case "deployment.retry": return [.open(ReviewPage(request: .retry(id), title: "try \(id) again"))]
        case "deployment.cancel": return [.ask(cancelQuestion)]
        case "deployment.carry": return [.deploy, .reload]
        case "deployment.cause": return openCause(desk)
        case "deployment.release": return lookForWaysOut
        case "deployment.log": return [.open(LogPage(id))]
        default: arrange(command, desk)
        }
        return []
    }

    /// What is shown and how; each setting by itself.
    private mutating func arrange(_ command: String, _ desk: Desk) {
        switch command {
        case "deployment.find": (isFinding, chosenFocus) = (true, .log)
        case "deployment.found": isFinding = false
        case "deployment.forget", "deployment.all":
            isFinding = false
            find = LineInput()
            log.filter = ""
        case "deployment.errors": log.showsErrorsOnly.toggle()
        case "deployment.wrap": log.wraps.toggle()
        case "deployment.pane": chosenFocus = focus(in: desk.content) == .log ? .facts : .log
        case "deployment.left": log.moveSideways(-8, width: layout(desk.content).log.width)
        case "deployment.right": log.moveSideways(8, width: layout(desk.content).log.width)
        default: break
        }
    }

    /// To the resource that failed and to what was said about it; to the step at fault, where it was an earlier one.
    private mutating func openCause(_ desk: Desk) -> [Action] {
        guard let detail, let failure = detail.deployment.failure else { return [] }
        if failure.isOfEarlierStep, let cause = detail.steps.first(where: { $0.phase == .failed || $0.phase == .stuck })
        {
            follows = false
            turn(to: cause.id)
            return [.reload]
        }
        let layout = layout(desk.content)
        log.showsErrorsOnly = false
        log.goToFirstError(height: max(1, layout.log.height))
        let rows = factRows(desk, width: layout.facts.width, height: .max)
        guard let place = rows.failed else { return [.say(Line(untrusted: failure.reason, .fail))] }
        chosenFocus = .facts
        facts.top = max(0, min(place - layout.facts.height / 2, rows.rows.count - layout.facts.height))
        return [.say(Line(untrusted: "\(failure.resource): \(failure.reason)", .fail))]
    }

    private mutating func show(step: Int) -> [Action] {
        guard let steps = detail?.steps, let index = steps.firstIndex(where: { $0.id == id }) else { return [] }
        let wanted = index + step
        guard steps.indices.contains(wanted) else { return [.say(Line("There is no further step.", .dim))] }
        follows = false
        turn(to: steps[wanted].id)
        return [.reload]
    }

    private var cancelQuestion: Question {
        let id = id
        let cancel: @Sendable (Engine) async -> any Sendable = { engine in
            do throws(Refusal) {
                try engine.cancel(id)
                return "asked"
            } catch {
                return error
            }
        }
        return Question(
            "Cancel \(SafeText(untrusted: id.description))?",
            [Line("What it has done is undone, as far as that goes; later steps do not start.")],
            choices: [.init("y", "cancel it", [.perform(cancel)]), .init("n", "let it run", [])])
    }

    package mutating func receive(_ answer: any Sendable, _ desk: Desk) -> [Action] {
        if let refusal = answer as? Refusal { return [.say(Line(SafeText(untrusted: refusal.sentence), .error))] }
        if let released = answer as? Released {
            return [.say(Line("\(SafeText(untrusted: released.target.title)) is free again.", .ok)), .reload]
        }
        if let freeing = answer as? Freeing {
            guard let question = freeing.question else {
                return [.say(Line("It is not stuck any more.", .ok)), .reload]
            }
            return [.ask(question)]
        }
        return [.say(Line("Asked to stop.", .warn)), .reload]
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        if isFinding {
            if find.handle(key) != .ignored { log.filter = find.text }
            return []
        }
        guard let move = Move(key) else { return nil }
        let layout = layout(desk.content)
        switch focus(in: desk.content) {
        case .log: log.move(move, height: max(1, layout.log.height))
        case .facts:
            let rows = factRows(desk, width: layout.facts.width, height: .max).rows.count
            facts.move(move, rows: rows, height: layout.facts.height)
        }
        return []
    }

    package mutating func paste(_ text: String, _ desk: Desk) -> [Action] {
        _ = find.paste(text)
        log.filter = find.text
        return []
    }

    /// The facts, then every event.
    package func whole(_ desk: Desk) -> [String] {
        let rows = factRows(desk, width: 200, height: .max).rows + [Line(), Line("EVENTS")] + log.lines.map(\.line)
        return rows.map(\.plain)
    }
}
