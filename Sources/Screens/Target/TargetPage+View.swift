import Catalog
import Documents
import Engine
import Schemas
package import Terminal

extension TargetPage {
    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        guard let detail else { return nil }
        var rest = rect
        if rect.height > 10 { _ = rest.takeTop(1) }
        Tabs(titles(detail), selected: tabs.firstIndex(of: tab) ?? 0)
            .draw(in: rest.takeTop(1).inset(1, 0), on: &surface)
        if rect.height > 10 { _ = rest.takeTop(1) }
        if tab == .overview { return drawOverview(in: rest, on: &surface, desk) }
        if tab == .file {
            file?.draw(filePane, in: rest.inset(1, 0), on: &surface)
            return nil
        }
        let foot = footLines(detail, width: rest.width - 2)
        if rest.height >= 12, !foot.isEmpty {
            var area = rest.takeBottom(min(rest.height / 3, 6))
            surface.drawHorizontalRule(area.takeTop(1))
            Panes.draw(foot, in: area.inset(1, 0), on: &surface)
        }
        return table(detail, desk).draw(list, in: rest, on: &surface)
    }

    private func titles(_ detail: TargetDetail) -> [SafeText] {
        tabs.map { tab in
            let name = SafeText(untrusted: tab.rawValue)
            return switch tab {
            case .overview: name
            case .file: "\(name) \(Words.count(file?.rows.count ?? 0, "line"))"
            case .inputs: "\(name) \(inputs?.lines.count ?? 0)"
            case .outputs: "\(name) \(detail.outputs.count)"
            case .resources: "\(name) \(detail.resources.count)"
            case .history:
                "\(name) \(history.count)\(detail.deployments.count >= 50 ? "+" : "")\(showsChangesOnly ? " changes" : "")"
            }
        }
    }

    /// The selected row in full, with what is known about it.
    private func footLines(_ detail: TargetDetail, width: Int) -> [Line] {
        guard rowCount > 0, list.index < rowCount else { return [] }
        switch tab {
        case .overview, .file: return []
        case .inputs: return inputs.map { inputLines($0, $0.lines[list.index], width: width) } ?? []
        case .outputs:
            let output = detail.outputs[list.index]
            return Line(untrusted: output.value, .info).wrapped(to: width)
                + Line(untrusted: output.note, .dim).wrapped(to: width)
        case .resources:
            let resource = detail.resources[list.index]
            let made = resource.dependencies.joined(separator: ", ")
            return [
                Line(untrusted: "\(resource.logicalID)  \(resource.type)", .header),
                Line(untrusted: resource.physicalID, .info),
                Line(untrusted: made.isEmpty ? "made from no other resource" : "made from \(made)", .dim),
            ]
        case .history: return historyLines(width: width)
        }
    }

    private func inputLines(_ inputs: TargetInputs, _ line: TargetInputs.Line, width: Int) -> [Line] {
        let field = inputs.schema?.form().fields.first { $0.name == line.name }
        var head = Line(untrusted: field?.label ?? line.name, .header)
        if let rule = field?.rule ?? field?.hint { head.append(SafeText(untrusted: "  \(rule)"), .dim) }
        var lines = head.wrapped(to: width)
        lines += Panes.fact("value", Line(Words.value(line.desired)), width: 9).wrapped(to: width, indent: 9)
        if line.differs {
            lines += Panes.fact("applied", Line(Words.value(line.applied), .removed), width: 9)
                .wrapped(to: width, indent: 9)
        }
        if let help = field?.help { lines += Line(untrusted: help, .dim).wrapped(to: width) }
        return lines
    }

    // MARK: Tables

    private func table(_ detail: TargetDetail, _ desk: Desk) -> Table<Int> {
        switch tab {
        case .inputs: inputTable
        case .outputs:
            Table(
                [Column("OUTPUT", 16, upTo: 34), Column("VALUE", 16, upTo: 400, elision: .middle)],
                count: detail.outputs.count, id: { $0 }, empty: "It has no outputs yet."
            ) { [Line(untrusted: detail.outputs[$0].key), Line(untrusted: detail.outputs[$0].value, .info)] }
        case .resources:
            Table(
                [
                    Column("RESOURCE", 14, upTo: 36, elision: .middle), Column("TYPE", 14, upTo: 40, priority: 1),
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
        case .overview, .file, .history: historyTable(desk)
        }
    }

    /// Asked for beside applied, only where the two differ.
    private var inputTable: Table<Int> {
        let lines = inputs?.lines ?? []
        var columns = [
            Column("INPUT", 12, upTo: 34, elision: .middle), Column("VALUE", 12, upTo: 60, elision: .middle),
            Column("FROM", 7, upTo: 7, priority: 1),
        ]
        if lines.contains(where: \.differs) {
            columns.append(Column("APPLIED", 10, upTo: 60, elision: .middle))
        }
        return Table(columns, count: lines.count, id: { $0 }, empty: "It takes no inputs.") { index in
            let line = lines[index]
            return [
                Line(untrusted: line.name, line.differs ? .changed : .text),
                line.desired == nil ? Line("no longer asked for", .dim) : Line(Words.value(line.desired)),
                Line(line.desired == nil ? "" : line.isGiven ? "given" : "default", .dim),
                line.differs ? Line(Words.value(line.applied), .removed) : Line(),
            ]
        }
    }
}
