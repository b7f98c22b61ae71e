import Catalog
import Engine
import Terminal

extension TargetPage {
    /// Facts and acts at the left, outputs and deployments at the right; below each other where that is too narrow.
    func drawOverview(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        guard let detail else { return nil }
        guard rect.width >= 100 else {
            return draw(stackedRows(detail, desk, width: rect.width - 4), top: scroll, in: rect, on: &surface)
        }
        var left = rect
        let right = left.takeRight(rect.width * 56 / 120)
        surface.drawVerticalRule(left.takeRight(1))
        let width = left.width - 4
        let rows = factRows(detail, width: width) + [Row()] + actRows(detail, width: width)
        let first = draw(rows, in: left, on: &surface)
        return draw(newsRows(detail, desk, width: right.width - 4), in: right, on: &surface) ?? first
    }

    /// All rows in one column.
    func stackedRows(_ detail: TargetDetail, _ desk: Desk, width: Int) -> [Row] {
        factRows(detail, width: width) + [Row()] + actRows(detail, width: width) + [Row()]
            + newsRows(detail, desk, width: width)
    }

    /// Draws the rows around the selected one, which has the pointer before it.
    private func draw(_ rows: [Row], top: Int? = nil, in rect: Rect, on surface: inout Surface) -> Point? {
        let links = links
        let wanted = links.indices.contains(list.index) ? links[list.index] : nil
        let selected = wanted.flatMap { wanted in rows.firstIndex { $0.link == wanted } }
        let shown = Window(top: top ?? 0).visible(
            height: rect.height, count: rows.count, selected: top == nil ? selected : nil)
        var cursor: Point?
        for (place, row) in zip(0..., shown) {
            let area = rect.row(place)
            let inner = Rect(area.x + 3, area.y, area.width - 4, 1)
            surface.draw(rows[row].line.truncated(to: inner.width), in: inner)
            guard row == selected else { continue }
            surface.draw(Line(SafeText(untrusted: "▸"), .accent), in: Rect(area.x + 1, area.y, 1, 1))
            surface.restyle(area, .selection)
            cursor = Point(area.x + 1, area.y)
        }
        return cursor
    }

    // MARK: Left

    private func factRows(_ detail: TargetDetail, width: Int) -> [Row] {
        let row = detail.row
        let kind = Line(untrusted: "  \(target.kind.rawValue)", .dim)
        var rows =
            target.kind == .component
            ? [Row(Panes.fact("file", Line(untrusted: detail.componentFile?.path ?? "-") + kind))]
            : [Row(Panes.fact("template", Line(untrusted: row.template) + kind), .template(row.template))]
        if let link = environmentLink(detail) {
            rows.append(Row(Panes.fact("environment", Line(untrusted: row.environment)), link))
        }
        if let service = target.service {
            rows.append(Row(Panes.fact("service", Line(untrusted: service)), .service(service)))
        }
        if target.kind == .component {
            let instance = row.attachment
            let title = instance.map { Line(untrusted: $0.title) } ?? Line("to no instance", .dim)
            let isNew = detail.isJoinPending ? Line("  its inputs are new: e deploys again", .warn) : Line()
            rows.append(Row(Panes.fact("attached", title + isNew), instance.map(Link.target)))
        }
        if target.kind == .instance, let component = detail.dependents.first {
            let isNew = detail.isJoinPending ? Line("  new to it: J deploys again", .warn) : Line()
            rows.append(Row(Panes.fact("component", Line(untrusted: component.title) + isNew), .target(component)))
        } else if detail.isJoinPending {
            rows.append(Row(Panes.fact("component", Line("gone: J deploys again", .warn))))
        }
        var running = Line(untrusted: row.running?.description ?? "nothing is applied yet")
        if let wanted = row.recommended, row.running != nil, row.drift != .current {
            running = running + Line("   recommended ", .dim) + Line(untrusted: "\(wanted)  ") + Words.drift(row.drift)
        }
        rows += [
            Row(Panes.fact("running", running)), Row(Panes.fact("status", Words.phase(of: row))),
            Row(Panes.fact("stage", Words.stage(row.stage))),
            Row(Panes.fact("owner", Line(untrusted: row.owner.isEmpty ? "-" : row.owner))),
            Row(Panes.fact("place", ground?.line(width: width - 13) ?? Line())),
        ]
        if let service = detail.service, !service.repository.isEmpty {
            rows.append(Row(Panes.fact("repository", Line(untrusted: "\(service.repository) \(service.branch)"))))
        }
        if row.hasSpecDrift, detail.record.applied != nil {
            rows.append(
                Row(
                    Panes.fact(
                        "drift",
                        Line(
                            "asked for and not applied: see the tab \(target.kind == .component ? "File" : "Inputs")",
                            .warn))))
        }
        rows += causeRows(detail, width: width)
        if target.kind == .environment, !detail.dependents.isEmpty {
            rows += [Row(), Row(Panes.heading("RUNS IN IT", Words.count(detail.dependents.count, tenantWord)))]
            rows += detail.dependents.map { Row(Line(untrusted: $0.title), .target($0)) }
        }
        return rows
    }

    private func causeRows(_ detail: TargetDetail, width: Int) -> [Row] {
        guard let failure = detail.deployments.first?.failure else { return [] }
        var lines = Panes.fact("cause", Line(untrusted: failure.reason, .fail)).wrapped(to: width, indent: 13)
        if !failure.hint.isEmpty {
            lines += Panes.fact("next", Line(untrusted: failure.hint, .info)).wrapped(to: width, indent: 13)
        }
        return [Row()] + lines.map { Row($0) }
    }

    /// What can be done, by key; what can't, with the reason.
    private func actRows(_ detail: TargetDetail, width: Int) -> [Row] {
        var rows = [Row(Panes.heading("TO DO"))]
        for command in TargetPage.commands where command.group == "ACT" && command.id != "target.open" {
            guard contexts.contains(command.context), let key = command.keys.first else { continue }
            var line = Line(untrusted: key.description).filling(3)
            switch availability(of: command.id) {
            case .yes: line = Line(line.spans.map { Span($0.text, .accent) }) + Line(untrusted: command.title)
            case .no(let reason):
                line = Line(line.spans.map { Span($0.text, .faint) })
                line.append(SafeText(untrusted: "\(command.title): \(reason)"), .faint)
            }
            rows.append(Row(line))
        }
        guard let move = detail.recommendations.first else { return rows }
        rows += [Row(), Row(Panes.heading("RECOMMENDED", SafeText(untrusted: "\(move.from) → \(move.to)")))]
        let reason = Line(untrusted: move.reason, .dim).wrapped(to: width)
        rows += reason.prefix(4).map { Row($0) }
        if reason.count > 4 { rows.append(Row(Line("... and more: U shows what it changes", .faint))) }
        return rows
    }

    // MARK: Right

    private func newsRows(_ detail: TargetDetail, _ desk: Desk, width: Int) -> [Row] {
        var rows = [Row(Panes.heading("OUTPUTS", Words.count(detail.outputs.count, "output")))]
        let room = min(width / 2, detail.outputs.map { SafeText(untrusted: $0.key).width }.max() ?? 0)
        for output in detail.outputs.prefix(12) {
            let value = Line(untrusted: output.value, .info).truncated(to: max(1, width - room - 2), .middle)
            rows.append(Row(.columns([.init(Line(untrusted: output.key, .dim), room), .init(value, nil)])))
        }
        if detail.outputs.count > 12 { rows.append(Row(Line("and \(detail.outputs.count - 12) more", .dim))) }
        if detail.outputs.isEmpty { rows.append(Row(Line("It has none yet.", .dim))) }
        rows += [Row(), Row(Panes.heading("RECENT DEPLOYMENTS"))]
        if detail.deployments.isEmpty { rows.append(Row(Line("Nothing was deployed yet.", .dim))) }
        let changes = recent(detail).map { SafeText(untrusted: HistoryPage.change($0)).width }.max() ?? 0
        for deployment in recent(detail) {
            let why = deployment.why.isEmpty ? deployment.failure?.reason ?? "" : deployment.why
            let line = Line.columns([
                .init(Line(untrusted: "\(deployment.id)"), 5), .init(Words.phase(of: deployment), 9),
                .init(Line(untrusted: HistoryPage.change(deployment)), min(18, changes)),
                .init(Line(desk.age(of: deployment.createdAt), .dim), 4),
                .init(Line(untrusted: "\(deployment.by) \(why)", .dim), nil),
            ])
            rows.append(Row(line, .deployment(deployment.id)))
        }
        return rows
    }
}
