import Catalog
package import Engine
package import Terminal

/// Deployments, newest first: who did what, when, why, and how it went.
package struct HistoryPage: Page {
    struct Row: Sendable, Identifiable {
        var deployment: Deployment
        var id: Int { deployment.id.number }
    }

    var browser = Browser<Row>()

    package init() {}

    package static let commands: [Command] = [
        Command("history.open", "open", "Opens the deployment.", keys: ["Enter"], in: "history", group: "ACT", hint: 1),
        Command(
            "history.retry", "try again", "Plans the same again, and shows the plan.", keys: ["T"], in: "history",
            group: "ACT", hint: 2, asks: true),
        Command(
            "history.rollback", "roll back", "Plans the way back to the selected deployment.", keys: ["B"],
            in: "history", group: "ACT", asks: true),
        Command(
            "history.log", "log file", "Opens all that tools have printed.", keys: ["t"], in: "history", group: "SEE"),
        Command(
            "history.target", "target", "Opens what was deployed.", keys: ["o"], in: "history", group: "ACT", hint: 3),
        Command(
            "history.find", "filter", "Shows only deployments with some words.", keys: ["/"], in: "history",
            group: "SEE", hint: 4),
    ]

    package var key: String { "history" }
    package var crumbs: [SafeText] { ["History"] }
    package var contexts: [KeyContext] { browser.contexts("history") }
    package var isTyping: Bool { browser.isFiltering }
    package var position: SafeText { browser.position }
    package var note: Line {
        let failed = browser.rows.count { $0.deployment.phase == .failed || $0.deployment.phase == .stuck }
        let line = Line(Words.count(browser.rows.count, "deployment"), .dim)
        return failed > 0 ? line + Line(", \(failed) failed", .fail) : line
    }

    package var selectedText: String? { browser.selected?.deployment.id.description }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        let rows = try desk.engine.deployments(limit: 500).map { Row(deployment: $0) }
        browser.set(rows) {
            let deployment = $0.deployment
            return "\(deployment.target.title) \(deployment.template) \(deployment.by) \(deployment.why) "
                + "\(deployment.phase.rawValue) \(deployment.failure?.reason ?? "")"
        }
    }

    package func availability(of command: String) -> Availability {
        switch command {
        case "history.open", "history.retry", "history.target", "history.log", "history.rollback": break
        default: return .yes
        }
        guard let deployment = browser.selected?.deployment else { return .no("nothing is listed") }
        switch command {
        case "history.retry":
            if deployment.phase == .succeeded { return .no("it succeeded") }
            return deployment.phase.isFinished ? .yes : .no("it still runs")
        case "history.rollback":
            return deployment.phase == .succeeded && deployment.action != .destroy
                ? .yes : .no("it left nothing to go back to")
        case "history.target":
            let last = browser.rows.first { $0.deployment.target == deployment.target }?.deployment
            return last?.action == .destroy && last?.phase == .succeeded ? .no("it was destroyed") : .yes
        default: return .yes
        }
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        if browser.run(command) { return [] }
        switch command {
        case "history.find": browser.isFiltering = true
        default:
            guard let deployment = browser.selected?.deployment else { return [] }
            switch command {
            case "history.retry":
                return [.open(ReviewPage(request: .retry(deployment.id), title: "try \(deployment.id) again"))]
            case "history.log": return [.open(LogPage(deployment.id))]
            case "history.rollback":
                let (target, id) = (deployment.target, deployment.id)
                return [
                    .open(
                        ReviewPage(
                            request: .rollback(Rollback(target: target, to: id)),
                            title: "roll \(target.title) back to \(id)"))
                ]
            case "history.target": return [.open(TargetPage(deployment.target))]
            default: return [.open(DeploymentPage(deployment.id, follows: false))]
            }
        }
        return []
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        browser.handle(key, page: max(1, layout(desk.content).list.height - 1)) ? [] : nil
    }

    package mutating func paste(_ text: String, _ desk: Desk) -> [Action] {
        browser.paste(text)
        return []
    }
}
