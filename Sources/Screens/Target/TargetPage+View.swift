import Catalog
import Documents
import Engine
package import Terminal

extension TargetPage {
    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        guard detail != nil else { return nil }
        var rest = rect
        _ = rest.takeTop(1)
        var head = rest.takeTop(1)
        _ = head.takeLeft(1)
        surface.draw(tabLine, in: head)
        _ = rest.takeTop(1)
        switch tab {
        case .overview, .inputs:
            let body = rest.inset(1, 0)
            let lines = lines(width: body.width, desk)
            let top = min(text.top, max(0, lines.count - body.height))
            Panes.draw(Array(lines.dropFirst(top)), in: body, on: &surface)
            return nil
        case .outputs, .resources, .history: return table(desk).draw(list, in: rest, on: &surface)
        }
    }

    private var tabLine: Line {
        var line = Line()
        for tab in Tab.allCases {
            line.append(
                SafeText(untrusted: tab == self.tab ? "[\(tab.rawValue)]" : " \(tab.rawValue) "),
                tab == self.tab ? .header : .dim)
            line.append(" ", .text)
        }
        return line
    }

    func lines(width: Int, _ desk: Desk) -> [Line] {
        guard let detail else { return [] }
        return tab == .inputs ? inputLines(detail) : overviewLines(detail, desk, width: width)
    }

    private func overviewLines(_ detail: TargetDetail, _ desk: Desk, width: Int) -> [Line] {
        let row = detail.row
        var lines = [
            Panes.fact("what", Line(untrusted: "\(target.kind.rawValue) of template \(row.template)")),
            Panes.fact("running", Line(untrusted: row.running?.description ?? "nothing is applied yet")),
            Panes.fact(
                "recommended",
                Line(untrusted: row.recommended?.description ?? "-") + Line("  ") + Words.drift(row.drift)),
        ]
        if !row.environment.isEmpty { lines.append(Panes.fact("environment", Line(untrusted: row.environment))) }
        lines += [
            Panes.fact("stage", Words.stage(row.stage)),
            Panes.fact("owner", Line(untrusted: row.owner.isEmpty ? "-" : row.owner)),
            Panes.fact(
                "connection",
                Line(
                    untrusted: detail.record.connection == "local"
                        ? "local: nothing is created in a cloud" : detail.record.connection)),
            Panes.fact("status", Words.phase(row.phase)),
        ]
        if row.hasSpecDrift { lines.append(Panes.fact("drift", Line("what was asked for last is not applied", .warn))) }
        if let service = detail.service, !service.repository.isEmpty {
            lines.append(Panes.fact("repository", Line(untrusted: "\(service.repository) \(service.branch)")))
        }
        if let failure = detail.deployments.first?.failure {
            lines +=
                [Line()] + Panes.fact("cause", Line(untrusted: failure.reason, .fail)).wrapped(to: width, indent: 13)
            if !failure.hint.isEmpty {
                lines += Panes.fact("next", Line(untrusted: failure.hint, .info)).wrapped(to: width, indent: 13)
            }
        }
        if !detail.dependents.isEmpty {
            lines += [Line(), Panes.heading("RUNS IN IT", Words.count(detail.dependents.count, "instance"))]
            lines += detail.dependents.map { Line(untrusted: "  \($0.title)") }
        }
        if !detail.recommendations.isEmpty { lines += [Line(), Panes.heading("RECOMMENDED")] }
        for move in detail.recommendations {
            var line = Line(untrusted: "  \(move.from) > \(move.to)  ")
            line.append(SafeText(untrusted: move.step == .major ? "MAJOR" : move.step.rawValue), .warn)
            lines += (line + Line(untrusted: "  \(move.reason)", .dim)).wrapped(to: width, indent: 4)
        }
        return lines
    }

    /// What it is given, with defaults; what differs from what is applied is marked.
    private func inputLines(_ detail: TargetDetail) -> [Line] {
        let applied = detail.record.applied.map { $0.revision } ?? 0
        var lines = [
            Panes.heading(
                "INPUTS", SafeText(untrusted: "revision \(detail.record.desired.revision), applied \(applied)")),
            Line(),
        ]
        for (name, value) in detail.inputs.object ?? Object() {
            var line = Line(untrusted: name, .dim)
            line.append(SafeText(untrusted: String(repeating: " ", count: max(1, 34 - line.width))))
            line.append(Words.value(value), .text)
            lines.append(line)
        }
        return lines
    }

    private func table(_ desk: Desk) -> Table<Int> {
        guard let detail else { return Table([], count: 0, id: { $0 }, empty: "") { _ in [] } }
        switch tab {
        case .outputs:
            return Table(
                [Column("OUTPUT", 16, upTo: 34), Column("VALUE", 20, upTo: 400, elision: .middle)],
                count: detail.outputs.count,
                id: { $0 }, empty: "It has no outputs yet."
            ) { [Line(untrusted: detail.outputs[$0].key), Line(untrusted: detail.outputs[$0].value, .info)] }
        case .resources:
            return Table(
                [
                    Column("RESOURCE", 16, upTo: 36, elision: .middle), Column("TYPE", 14, upTo: 40, priority: 1),
                    Column("ID", 16, upTo: 400, elision: .middle),
                ],
                count: detail.resources.count, id: { $0 }, empty: "It has no resources yet."
            ) {
                let resource = detail.resources[$0]
                return [
                    Line(untrusted: resource.logicalID),
                    Line(untrusted: resource.type.replacing("AWS::", with: ""), .dim),
                    Line(untrusted: resource.physicalID, .info),
                ]
            }
        case .overview, .inputs, .history:
            return Table(
                [
                    Column("#", 4, upTo: 6, .right), Column("AGE", 4, upTo: 4, .right, priority: 2),
                    Column("RESULT", 9, upTo: 10),
                    Column("CHANGE", 12, upTo: 24), Column("BY", 6, upTo: 14, priority: 1),
                    Column("WHY", 8, upTo: 400, priority: 3),
                ],
                count: detail.deployments.count, id: { $0 }, empty: "Nothing was deployed yet."
            ) {
                let deployment = detail.deployments[$0]
                return [
                    Line("\(deployment.id.number)"), Line(desk.age(of: deployment.createdAt), .dim),
                    Words.phase(deployment.phase),
                    Line(untrusted: HistoryPage.change(deployment)), Line(untrusted: deployment.by, .dim),
                    Line(untrusted: deployment.why.isEmpty ? deployment.failure?.reason ?? "" : deployment.why, .dim),
                ]
            }
        }
    }
}
