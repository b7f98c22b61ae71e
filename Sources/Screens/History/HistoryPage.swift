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
    ]

    package var key: String { "history" }
    package var crumbs: [SafeText] { ["History"] }
    package var contexts: [KeyContext] { ["history"] }
    package var isTyping: Bool { browser.isFiltering }
    package func takesFirst(_ key: KeyEvent) -> Bool { browser.takesFirst(key) }
    package var position: SafeText { browser.position }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        let rows = try desk.engine.deployments(limit: 500).map { Row(deployment: $0) }
        browser.set(rows) {
            "\($0.deployment.target.title) \($0.deployment.template) \($0.deployment.by) \($0.deployment.why)"
        }
    }

    package func availability(of command: String) -> Availability {
        guard let deployment = browser.selected?.deployment else { return .no("nothing is listed") }
        guard command == "history.retry" else { return .yes }
        if deployment.phase == .succeeded { return .no("it succeeded") }
        return deployment.phase.isFinished ? .yes : .no("it still runs")
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        guard let deployment = browser.selected?.deployment else { return [] }
        return command == "history.retry"
            ? [.open(ReviewPage(request: .retry(deployment.id), title: "try \(deployment.id) again"))]
            : [.open(DeploymentPage(deployment.id, follows: false))]
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        browser.handle(key, page: max(1, desk.content.height / 2)) ? [] : nil
    }

    package mutating func paste(_ text: String, _ desk: Desk) -> [Action] {
        browser.paste(text)
        return []
    }

    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        var list = rect
        var foot = rect.height >= 16 ? list.takeBottom(min(8, rect.height / 3)) : Rect(rect.x, rect.y, 0, 0)
        _ = list.takeTop(1)
        var head = list.takeTop(1)
        _ = head.takeLeft(1)
        let typing = browser.drawFilter(in: head, Line("DEPLOYMENTS", .header), on: &surface)
        _ = list.takeTop(1)
        let cursor = table(desk).draw(browser.state, in: list, on: &surface)
        if foot.height > 2, let deployment = browser.selected?.deployment {
            surface.drawHorizontalRule(foot.takeTop(1))
            Panes.draw(HistoryPage.facts(of: deployment, width: foot.width - 2), in: foot.inset(1, 0), on: &surface)
        }
        return typing ?? cursor
    }

    private func table(_ desk: Desk) -> Table<Int> {
        Table(
            [
                Column("#", 4, upTo: 6, .right), Column("AGE", 4, upTo: 4, .right, priority: 4),
                Column("RESULT", 9, upTo: 10), Column("WHAT", 14, upTo: 36, elision: .middle),
                Column("CHANGE", 12, upTo: 22, priority: 1),
                Column("TEMPLATE", 10, upTo: 26, priority: 3, elision: .middle),
                Column("TOOK", 5, upTo: 6, .right, priority: 2), Column("BY", 6, upTo: 12, priority: 2),
            ],
            count: browser.shown.count, id: { browser[$0].id }, empty: "Nothing was deployed yet."
        ) { index in
            let deployment = browser[index].deployment
            let took = deployment.startedAt.map { ((deployment.finishedAt ?? desk.now).milliseconds - $0.milliseconds) }
            return [
                Line("\(deployment.id.number)"), Line(desk.age(of: deployment.createdAt), .dim),
                Words.phase(deployment.phase),
                browser.highlighted(deployment.target.title), Line(untrusted: HistoryPage.change(deployment), .dim),
                Line(untrusted: deployment.template, .dim),
                Line(untrusted: took.map { Age.took(milliseconds: $0) } ?? "-", .dim),
                Line(untrusted: deployment.by, .dim),
            ]
        }
    }

    static func change(_ deployment: Deployment) -> String {
        switch deployment.action {
        case .create: "create \(deployment.version)"
        case .destroy: "destroy"
        case .update:
            deployment.fromVersion.map {
                $0 == deployment.version ? "inputs of \($0)" : "\($0) > \(deployment.version)"
            }
                ?? "update \(deployment.version)"
        }
    }

    static func facts(of deployment: Deployment, width: Int) -> [Line] {
        var lines = [Line(untrusted: "\(deployment.id)  \(deployment.target.title)  \(change(deployment))", .header)]
        if !deployment.why.isEmpty {
            lines += Panes.fact("why", Line(untrusted: deployment.why), width: 8).wrapped(to: width, indent: 8)
        }
        if let failure = deployment.failure {
            lines += Panes.fact("cause", Line(untrusted: failure.reason, .fail), width: 8).wrapped(to: width, indent: 8)
            if !failure.hint.isEmpty {
                lines += Panes.fact("next", Line(untrusted: failure.hint, .info), width: 8).wrapped(
                    to: width, indent: 8)
            }
        }
        return lines
    }
}
