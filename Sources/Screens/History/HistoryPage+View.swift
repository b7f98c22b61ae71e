import Catalog
package import Terminal

extension HistoryPage {
    struct Layout {
        var head: Rect
        var list: Rect
        var rule: Rect
        var facts: Rect
    }

    /// The facts get a fixed share, so that the list does not move with the selection.
    func layout(_ rect: Rect) -> Layout {
        var list = rect
        let isLow = rect.height < 14
        var facts = list.takeBottom(isLow ? 0 : min(9, rect.height / 3 + 1))
        let rule = facts.takeTop(1)
        if !isLow { _ = list.takeTop(1) }
        let head = list.takeTop(1).inset(1, 0)
        if !isLow { _ = list.takeTop(1) }
        return Layout(head: head, list: list, rule: rule, facts: facts.inset(1, 0))
    }

    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        let layout = layout(rect)
        let typing = browser.drawFilter(in: layout.head, Line("DEPLOYMENTS", .header), on: &surface)
        let cursor = table(desk).draw(browser.state, in: layout.list, on: &surface)
        if layout.facts.height > 0, let deployment = browser.selected?.deployment {
            surface.drawHorizontalRule(layout.rule)
            let lines = HistoryPage.facts(of: deployment, width: layout.facts.width)
            let rest = lines.count - layout.facts.height
            Panes.draw(
                rest > 0 ? Array(lines.prefix(layout.facts.height - 1)) : lines, in: layout.facts, on: &surface)
            if rest > 0 {
                let more = Words.count(rest + 1, "more line")
                surface.draw(
                    Line("... \(more): Enter opens it", .accent), in: layout.facts.row(layout.facts.height - 1))
            }
        }
        return typing ?? cursor
    }

    private func table(_ desk: Desk) -> Table<Int> {
        Table(
            [
                Column("#", 3, upTo: 6, .right), Column("AGE", 4, upTo: 4, .right, priority: 5),
                Column("RESULT", 9, upTo: 9), Column("WHAT", 12, upTo: 30, elision: .middle),
                Column("CHANGE", 12, upTo: 18, priority: 1),
                Column("TEMPLATE", 10, upTo: 26, priority: 4, elision: .middle),
                Column("TOOK", 5, upTo: 6, .right, priority: 3), Column("BY", 6, upTo: 12, priority: 3),
                Column("WHY", 10, upTo: 200, priority: 6),
            ],
            count: browser.shown.count, id: { browser[$0].id },
            empty: browser.filter.isEmpty ? "Nothing was deployed yet." : "No deployment is like that."
        ) { index in
            let deployment = browser[index].deployment
            let took = deployment.startedAt.map { ((deployment.finishedAt ?? desk.now).milliseconds - $0.milliseconds) }
            return [
                Line("\(deployment.id.number)"), Line(desk.age(of: deployment.createdAt), .dim),
                Words.phase(of: deployment),
                browser.highlighted(deployment.target.title), Line(untrusted: HistoryPage.change(deployment), .dim),
                Line(untrusted: deployment.target.version(of: deployment.template), .dim),
                Line(untrusted: took.map { Age.took(milliseconds: $0) } ?? "-", .dim),
                Line(untrusted: deployment.by, .dim),
                deployment.failure.map { Line(untrusted: $0.reason, .fail) } ?? Line(untrusted: deployment.why, .dim),
            ]
        }
    }

    static func change(_ deployment: Deployment) -> String {
        switch deployment.action {
        case .create: "create \(deployment.version)"
        case .destroy: "destroy"
        case .adopt: "adopt"
        case .move: "move to \(deployment.connection)"
        case .update:
            deployment.fromVersion.map {
                $0 == deployment.version ? "inputs of \($0)" : "\($0) → \(deployment.version)"
            }
                ?? "update \(deployment.version)"
        }
    }

    /// What one deployment did, why, and what made it fail.
    static func facts(of deployment: Deployment, width: Int) -> [Line] {
        var head = Line(untrusted: "\(deployment.id)  \(deployment.target.title)", .header) + Line("  ")
        head = head + Words.phase(of: deployment)
        head.append(
            SafeText(untrusted: "  \(change(deployment))  \(deployment.target.version(of: deployment.template))"), .dim)
        head.append(SafeText(untrusted: "  by \(deployment.by)"), .dim)
        var lines = head.wrapped(to: width, indent: 4)
        func add(_ label: SafeText, _ text: String, _ style: Style = .text) {
            guard !text.isEmpty else { return }
            lines += Panes.fact(label, Line(untrusted: text, style), width: 8).wrapped(to: width, indent: 8)
        }
        add("why", deployment.why)
        guard let failure = deployment.failure else { return lines }
        add("cause", (failure.resource.isEmpty ? "" : failure.resource + ": ") + failure.reason, .fail)
        add("next", failure.hint, .info)
        add("undone", failure.undone.joined(separator: ", "), .dim)
        return lines
    }
}
