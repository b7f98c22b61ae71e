import Catalog
package import Engine
package import Terminal

/// Environments, instances and pipelines, and how far they are behind.
package struct FleetPage: Page {
    var query = FleetQuery(level: .instances)
    var browser = Listing(FleetSource(query: FleetQuery(level: .instances)))
    var preview: TargetGlance?

    package init() {}

    package static let commands: [Command] = [
        Command("fleet.open", "open", "Opens the target's page.", keys: ["Enter"], in: "fleet", group: "ACT", hint: 1),
        Command(
            "fleet.update", "update", "Plans the recommended version, and shows the plan.", keys: ["U"], in: "fleet",
            group: "ACT", hint: 2, asks: true),
        Command(
            "fleet.edit", "edit inputs", "Opens the target's form.", keys: ["e"], in: "fleet", group: "ACT", hint: 3),
        Command("fleet.order", "order", "Opens the catalog to order from.", keys: ["+"], in: "fleet", group: "ACT"),
        Command(
            "fleet.level", "level", "Shows instances, environments or pipelines.", keys: ["Tab"], in: "fleet",
            group: "SEE", hint: 4),
        Command(
            "fleet.view", "view", "Shows all, or those behind, drifted, failed, running.", keys: ["f"], in: "fleet",
            group: "SEE", hint: 5),
        Command("fleet.sort", "sort", "Sorts by the next column.", keys: ["s"], in: "fleet", group: "SEE", hint: 6),
    ]

    package var key: String { "fleet" }
    package var crumbs: [SafeText] { ["Fleet", SafeText(untrusted: query.level.rawValue.capitalizedFirst)] }
    package var contexts: [KeyContext] { ["fleet"] }
    package var isTyping: Bool { browser.isFiltering }
    package func takesFirst(_ key: KeyEvent) -> Bool { browser.takesFirst(key) }
    package var position: SafeText { browser.position }

    package mutating func load(_ desk: Desk) throws(Refusal) {
        query.owner = desk.owner
        browser.change(FleetSource(query: query))
        try browser.load(desk.engine, height: desk.content.height)
        loadPreview(desk)
    }

    package mutating func loaded(_ desk: Desk) -> [Action] { browser.work().map { [.perform($0)] } ?? [] }

    private mutating func loadPreview(_ desk: Desk) {
        preview = browser.selected.flatMap { try? desk.engine.glance(at: $0) }
    }

    /// Changes the list, then shows what is selected now.
    private mutating func change(
        _ desk: Desk, _ body: (inout Listing<FleetSource>) throws(Refusal) -> Bool
    ) -> [Action]? {
        do throws(Refusal) {
            guard try body(&browser) else { return nil }
        } catch {
            return [.say(Line(untrusted: error.sentence, .error))]
        }
        if preview?.row != browser.selected { loadPreview(desk) }
        return loaded(desk)
    }

    package func availability(of command: String) -> Availability {
        switch command {
        case "fleet.open": return browser.selected == nil ? .no("nothing is listed") : .yes
        case "fleet.update":
            return preview?.recommendations.isEmpty ?? true ? .no("nothing is recommended for it") : .yes
        case "fleet.edit":
            return browser.selected.map { $0.phase?.isFinished ?? true } ?? false ? .yes : .no("it is being deployed")
        default: return .yes
        }
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        switch command {
        case "fleet.level":
            let levels: [FleetQuery.Level] = [.instances, .environments, .pipelines]
            query.level = levels[((levels.firstIndex(of: query.level) ?? 0) + 1) % levels.count]
            return [.reload]
        case "fleet.view":
            query.filter = query.filter.next
            return [.reload]
        case "fleet.sort":
            query.sort = query.sort.next
            return [.reload]
        case "fleet.order": return [.open(CatalogPage())]
        default: break
        }
        guard let row = browser.selected else { return [] }
        switch command {
        case "fleet.update": return preview?.recommendations.first.map { Moves.opening($0, desk) } ?? []
        case "fleet.edit": return FormPage.editing(row.target, desk)
        default: return [.open(TargetPage(row.target))]
        }
    }

    package mutating func handle(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        change(desk) { list throws(Refusal) in
            try list.handle(key, page: max(1, desk.content.height / 2), desk.engine)
        }
    }

    package mutating func paste(_ text: String, _ desk: Desk) -> [Action] {
        change(desk) { list throws(Refusal) in
            try list.paste(text, desk.engine)
            return true
        } ?? []
    }

    package mutating func receive(_ answer: any Sendable, _ desk: Desk) -> [Action] {
        change(desk) { list throws(Refusal) in list.take(answer, desk.engine) } ?? []
    }

    // MARK: View

    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        var list = rect
        var foot = rect.height >= 18 ? list.takeBottom(min(10, rect.height / 3)) : Rect(rect.x, rect.y, 0, 0)
        _ = list.takeTop(1)
        var head = list.takeTop(1)
        _ = head.takeLeft(1)
        let typing = browser.drawFilter(in: head, lead, on: &surface)
        _ = list.takeTop(1)
        let cursor = table(desk).draw(browser.state, in: list, on: &surface)
        if foot.height > 2 {
            surface.drawHorizontalRule(foot.takeTop(1))
            Panes.draw(previewLines(desk, width: foot.width - 2), in: foot.inset(1, 0), on: &surface)
        }
        return typing ?? cursor
    }

    private var lead: Line {
        var line = Line()
        for level in [FleetQuery.Level.instances, .environments, .pipelines] {
            let word = level.rawValue.capitalizedFirst
            line.append(
                SafeText(untrusted: level == query.level ? "[\(word)]" : " \(word) "),
                level == query.level ? .header : .dim)
            line.append(" ", .text)
        }
        line.append(SafeText(untrusted: "  view: \(query.filter.rawValue)   sort: \(query.sort.rawValue)"), .dim)
        return line
    }

    private func table(_ desk: Desk) -> Table<String> {
        Table(
            [
                Column("NAME", 16, upTo: 40, elision: .middle),
                Column("ENV", 8, upTo: 20, priority: 3, elision: .middle),
                Column("TEMPLATE", 10, upTo: 30, priority: 4, elision: .middle), Column("RUNNING", 7, upTo: 7),
                Column("RECOMM.", 7, upTo: 7, priority: 2), Column("BEHIND", 6, upTo: 6),
                Column("DRIFT", 11, upTo: 11, priority: 5), Column("STATUS", 9, upTo: 10, priority: 1),
                Column("AGE", 4, upTo: 4, .right, priority: 6),
            ],
            count: browser.count, id: { browser.row(at: $0)?.id ?? "" },
            empty: browser.filter.isEmpty ? "Nothing is here: + orders from the catalog." : "Nothing has these words."
        ) { index in
            guard let row = browser.row(at: index) else { return [] }
            let isBad = row.phase == .failed || row.phase == .stuck
            return [
                (isBad ? Line("! ", .fail) : Line()) + browser.highlighted(row.target.title),
                Line(untrusted: row.environment.isEmpty ? "-" : row.environment, .dim),
                Line(untrusted: row.template, .dim), Line(untrusted: row.running?.description ?? "-"),
                Line(untrusted: row.recommended?.description ?? "-", .dim), Words.drift(row.drift),
                row.isUncertain
                    ? Line("uncertain", .warn) : row.hasSpecDrift ? Line("not applied", .warn) : Line("-", .dim),
                Words.phase(row.phase), Line(desk.age(of: row.since), .dim),
            ]
        }
    }

    private func previewLines(_ desk: Desk, width: Int) -> [Line] {
        guard let preview else { return [] }
        let row = preview.row
        var title = Line(untrusted: row.target.title, .header)
        title.append(
            SafeText(
                untrusted:
                    "   \(row.template) \(row.running?.description ?? "not applied")   owner \(row.owner.isEmpty ? "-" : row.owner)   "
            ), .dim)
        title = title + Words.stage(row.stage)
        var lines = [title]
        if let last = preview.deployments.first {
            var line = Line(untrusted: "last deployment \(last.id), ", .dim) + Words.phase(last.phase)
            line.append(SafeText(untrusted: " by \(last.by)\(last.why.isEmpty ? "" : ": \(last.why)")"), .dim)
            lines.append(line)
            if let failure = last.failure { lines += Line(untrusted: failure.reason, .fail).wrapped(to: width) }
        }
        for move in preview.recommendations {
            var line = Line(untrusted: "\(move.from) > \(move.to)  ", .text)
            line.append(SafeText(untrusted: move.step == .major ? "MAJOR  " : "\(move.step.rawValue)  "), .warn)
            line.append(SafeText(untrusted: move.reason), .dim)
            lines += line.wrapped(to: width, indent: 2).prefix(2)
        }
        return lines
    }
}

extension String {
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension CaseIterable where Self: Equatable, AllCases: RandomAccessCollection, AllCases.Index == Int {
    /// The one behind it; the first behind the last.
    var next: Self {
        let all = Self.allCases
        return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
    }
}

/// How a recommended move begins: with the form where it asks something, else with the review.
enum Moves {
    static func opening(_ move: Recommendation, _ desk: Desk) -> [Action] {
        if let inputs = try? desk.engine.upgradeInputs(move.target, to: move.to), inputs.lines.contains(where: \.asks) {
            return FormPage.upgrading(move.target, to: move.to, desk)
        }
        return [.open(ReviewPage(request: request(move), title: "\(move.target.title) \(move.from) > \(move.to)"))]
    }

    static func request(_ move: Recommendation) -> OrderRequest {
        let update = TargetUpdate(target: move.target, version: .exact(move.to))
        return switch move.target.kind {
        case .environment: .updateEnvironment(update)
        case .instance: .updateInstance(update)
        case .pipeline: .updatePipeline(update)
        }
    }
}

extension UpgradeInputs.Line {
    /// Whether a person has to answer.
    var asks: Bool {
        switch fate {
        case .asked, .refused: true
        case .carried, .renamed, .newDefault, .dropped: false
        }
    }
}
