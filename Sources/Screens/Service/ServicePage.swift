import Catalog
package import Engine
package import Terminal

/// One service: where its code is, and what runs of it.
package struct ServicePage: Page {
    let name: String
    var detail: ServiceDetail?
    var list = ListState<String>()

    package init(_ name: String) { self.name = name }

    package static let commands: [Command] = [
        Command(
            "service.open", "open", "Opens the instance or pipeline.", keys: ["Enter"], in: "service", group: "ACT",
            hint: 1),
        Command(
            "service.add", "add instance", "Opens the form of one more instance.", keys: ["+"], in: "service",
            group: "ACT", hint: 2),
        Command(
            "service.edit", "edit", "Opens the form of the whole service: repository, owner, instances.", keys: ["e"],
            in: "service", group: "ACT", hint: 3),
        Command(
            "service.destroy", "delete service", "Plans the end of the service, and shows the plan.", keys: ["D"],
            in: "service", group: "ACT", hint: 4, asks: true),
    ]

    package var key: String { "service \(name)" }
    package var crumbs: [SafeText] { ["Service", SafeText(untrusted: name)] }
    package var contexts: [KeyContext] { ["service"] }

    package var position: SafeText {
        rows.isEmpty ? .empty : "\(min(list.index + 1, rows.count))/\(rows.count)"
    }

    /// The instances, and behind them the pipeline.
    var rows: [FleetRow] {
        guard let detail else { return [] }
        return detail.instances + (detail.pipeline.map { [$0] } ?? [])
    }

    var selected: FleetRow? { rows.indices.contains(list.index) ? rows[list.index] : nil }

    package var selectedText: String? { selected?.target.title }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        detail = try desk.engine.service(name)
        let rows = rows
        list.reconcile(count: rows.count) { rows[$0].id }
    }

    package func availability(of command: String) -> Availability {
        guard detail != nil else { return .no("there is no service") }
        switch command {
        case "service.open": return selected == nil ? .no("nothing is listed") : .yes
        case "service.destroy":
            return rows.contains { !($0.phase?.isFinished ?? true) } ? .no("it is being deployed") : .yes
        default: return .yes
        }
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        switch command {
        case "service.add": return FormPage.addingInstance(to: name, desk)
        case "service.edit": return FormPage.editing(service: name, desk)
        case "service.destroy":
            return [.open(ReviewPage(request: .destroy(.service(name)), title: "delete service \(name)"))]
        default: return selected.map { [.open(TargetPage($0.target))] } ?? []
        }
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        guard let move = Move(key) else { return nil }
        let rows = rows
        list.move(move, count: rows.count, page: max(1, desk.content.height - 9)) { rows[$0].id }
        return []
    }

    // MARK: View

    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        guard let detail else { return nil }
        var rest = rect
        if rect.height > 10 { _ = rest.takeTop(1) }
        let isWide = rect.width >= 100
        let facts = facts(detail.service)
        let news = news(detail, desk, width: rect.width / 2 - 2, limit: facts.count)
        // In a low terminal the rows come before the facts.
        let room = max(0, rest.height - min(rows.count + 1, 6) - 1)
        var head = rest.takeTop(min(facts.count, room))
        if isWide { Panes.draw(news, in: head.takeRight(rect.width / 2).inset(1, 0), on: &surface) }
        Panes.draw(facts, in: head.inset(1, 0), on: &surface)
        if head.height > 0 { _ = rest.takeTop(1) }
        return table(desk).draw(list, in: rest, on: &surface)
    }

    private func facts(_ service: Service) -> [Line] {
        func text(_ value: String) -> Line { Line(untrusted: value.isEmpty ? "-" : value) }
        return [
            Panes.fact("template", text(service.template)), Panes.fact("owner", text(service.owner)),
            Panes.fact("repository", text(service.repository)), Panes.fact("branch", text(service.branch)),
            Panes.fact("connection", text(service.repositoryConnection)),
        ]
    }

    /// What happened to it last.
    private func news(_ detail: ServiceDetail, _ desk: Desk, width: Int, limit: Int) -> [Line] {
        let last = detail.deployments.prefix(max(0, limit - 1))
        guard !last.isEmpty else { return [Panes.heading("RECENT"), Line("Nothing was deployed yet.", .dim)] }
        let room = min(24, last.map { SafeText(untrusted: $0.target.name).width }.max() ?? 0)
        return [Panes.heading("RECENT")]
            + last.map { deployment in
                .columns([
                    .init(Line(untrusted: "\(deployment.id)"), 5), .init(Words.phase(of: deployment), 9),
                    .init(Line(untrusted: deployment.target.name), room),
                    .init(Line(desk.age(of: deployment.createdAt), .dim), 4),
                    .init(Line(untrusted: HistoryPage.change(deployment), .dim), nil),
                ]).truncated(to: width)
            }
    }

    private func table(_ desk: Desk) -> Table<String> {
        let rows = rows
        return Table(
            [
                Column("NAME", 12, upTo: 40, elision: .middle), Column("ENV", 8, upTo: 24, priority: 2),
                Column("RUNNING", 7, upTo: 7, priority: 1), Column("RECOMM.", 7, upTo: 7, priority: 3),
                Column("BEHIND", 6, upTo: 6, priority: 1), Column("STATUS", 9, upTo: 10),
                Column("AGE", 4, upTo: 4, .right, priority: 4),
            ],
            count: rows.count, id: { rows[$0].id }, empty: "Nothing of it is left: + adds an instance."
        ) { index in
            let row = rows[index]
            return [
                Line(untrusted: row.target.name), Line(untrusted: row.environment.isEmpty ? "-" : row.environment),
                Line(untrusted: row.running?.description ?? "-"),
                Line(untrusted: row.recommended?.description ?? "-"), Words.drift(row.drift),
                Words.phase(of: row), Line(desk.age(of: row.since), .dim),
            ]
        }
    }
}
