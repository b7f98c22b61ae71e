package import Catalog
package import Engine
package import Terminal

/// One order as it runs: its steps, the resources of the shown step, and what happened.
package struct DeploymentPage: Page {
    private(set) var id: Deployment.ID
    var detail: DeploymentDetail?
    var events: [Event] = []
    var log = TextPane.State()
    /// The log stays at its end, and the step that runs is shown, until somebody moves.
    var follows = true

    package init(_ id: Deployment.ID, follows: Bool = true) {
        self.id = id
        self.follows = follows
    }

    package static let commands: [Command] = [
        Command(
            "deployment.follow", "follow", "Stays at the newest event and the running step.", keys: ["f"],
            in: "deployment", group: "SEE", hint: 2),
        Command(
            "deployment.next", "next step", "Shows the order's next step.", keys: ["]", "Tab"], in: "deployment",
            group: "SEE", hint: 3),
        Command(
            "deployment.previous", "previous step", "Shows the step before.", keys: ["[", "S-Tab"], in: "deployment",
            group: "SEE"),
        Command(
            "deployment.open", "open target", "Opens the target's page, with its outputs.", keys: ["Enter"],
            in: "deployment", group: "ACT", hint: 1),
        Command(
            "deployment.edit", "edit inputs", "Opens the form of the target, to mend it.", keys: ["e"],
            in: "deployment", group: "ACT", hint: 4),
        Command(
            "deployment.retry", "try again", "Plans the same again, and shows the plan.", keys: ["T"], in: "deployment",
            group: "ACT", hint: 5, asks: true),
        Command(
            "deployment.cancel", "cancel", "Stops, and undoes what was done.", keys: ["X"], in: "deployment",
            group: "ACT", hint: 6, asks: true),
    ]

    package var key: String { "deployment" }
    package var crumbs: [SafeText] { ["Deployment \(SafeText(untrusted: id.description))"] }
    package var contexts: [KeyContext] { ["deployment"] }
    package var nextTick: Duration? { deployment.map { !$0.phase.isFinished } ?? false ? .seconds(1) : nil }
    package var note: Line { follows ? Line("following", .dim) : Line("f follows", .dim) }

    var deployment: Deployment? { detail?.deployment }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        var found = try desk.engine.deployment(id)
        if follows, let current = DeploymentPage.current(found.steps), current.id != id {
            id = current.id
            events = []
            found = try desk.engine.deployment(id)
        }
        detail = found
        while true {
            let more = try desk.engine.events(of: id, after: events.last?.sequence ?? 0)
            events += more
            if more.isEmpty { break }
        }
        if follows { log.top = .max }
    }

    /// The step to look at: the one that runs, else the one that failed, else the last that ended.
    private static func current(_ steps: [Deployment]) -> Deployment? {
        steps.first { !$0.phase.isFinished && $0.phase != .waiting } ?? steps.first {
            $0.phase == .failed || $0.phase == .stuck
        }
            ?? steps.last { $0.phase == .succeeded }
    }

    package func availability(of command: String) -> Availability {
        guard let deployment else { return .no("there is no deployment") }
        switch command {
        case "deployment.retry":
            if deployment.phase == .succeeded { return .no("it succeeded") }
            return deployment.phase.isFinished ? .yes : .no("it still runs")
        case "deployment.cancel": return deployment.phase.isFinished ? .no("it has ended") : .yes
        case "deployment.edit":
            if !deployment.phase.isFinished { return .no("it still runs") }
            return deployment.action == .destroy ? .no("it was a destruction") : .yes
        default: return .yes
        }
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        guard let deployment else { return [] }
        switch command {
        case "deployment.follow":
            follows = true
            return [.reload]
        case "deployment.next": return show(step: 1)
        case "deployment.previous": return show(step: -1)
        case "deployment.open": return [.open(TargetPage(deployment.target))]
        case "deployment.edit": return FormPage.editing(deployment.target, desk)
        case "deployment.retry":
            return [.open(ReviewPage(request: .retry(id), title: "try \(id) again"))]
        default: return [.ask(cancelQuestion(deployment))]
        }
    }

    private mutating func show(step: Int) -> [Action] {
        guard let steps = detail?.steps, let index = steps.firstIndex(where: { $0.id == id }) else { return [] }
        let wanted = index + step
        guard steps.indices.contains(wanted) else { return [] }
        follows = false
        id = steps[wanted].id
        events = []
        return [.reload]
    }

    private func cancelQuestion(_ deployment: Deployment) -> Question {
        let id = id
        return Question(
            "Cancel \(SafeText(untrusted: id.description))?",
            [Line("What it has done is undone, as far as that goes; later steps do not start.")],
            choices: [
                .init(
                    "y", "cancel it",
                    [
                        .perform { engine in
                            do throws(Refusal) {
                                try engine.cancel(id)
                                return "asked"
                            } catch {
                                return error
                            }
                        }
                    ]),
                .init("n", "let it run", []),
            ]
        )
    }

    package mutating func receive(_ answer: any Sendable, _ desk: Desk) -> [Action] {
        if let refusal = answer as? Refusal { return [.say(Line(SafeText(untrusted: refusal.sentence), .error))] }
        return [.say(Line("Asked to stop.", .warn)), .reload]
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        guard let move = Move(key) else { return nil }
        follows = false
        let height = max(1, Panes.split(desk.content, preview: 64).preview?.height ?? desk.content.height)
        log.top = min(log.top, max(0, events.count - height))
        log.move(move, rows: events.count, height: height)
        return []
    }
}
