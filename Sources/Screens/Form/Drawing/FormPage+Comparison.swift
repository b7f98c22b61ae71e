import Terminal

/// The instances side by side.
extension FormPage {
    func drawComparison(in rect: Rect, on surface: inout Surface) {
        var rect = rect.inset(1, 0)
        if rect.width >= 98 { _ = rect.takeTop(1) }
        let rows = model.comparison
        let names = model.instances.map(\.title)
        let label = min(30, max(14, (rows.map { SafeText(untrusted: $0.label).width }.max() ?? 0) + 4))
        let width = max(10, min(60, (rect.width - label) / max(1, names.count)))
        func line(_ first: Line, _ cells: [String], _ style: Style) -> Line {
            var line = first.truncated(to: label - 1)
            line.append(Self.blank(label - line.width), .text)
            for (index, cell) in cells.enumerated() {
                line.append(SafeText(untrusted: cell.isEmpty ? "-" : cell).truncated(to: width - 2), style)
                line.append(Self.blank(label + (index + 1) * width - line.width), .text)
            }
            return line
        }
        let differing = rows.count { $0.differs }
        surface.draw(line(Line("\(differing) of \(rows.count) differ", .dim), names, .header), in: rect.takeTop(1))
        surface.drawHorizontalRule(rect.takeTop(1))
        let lines = rows.map { row in
            line(
                Line(row.differs ? "~ " : "  ", .changed) + Line(untrusted: row.label), row.values,
                row.differs ? .changed : .dim)
        }
        let top = max(0, min(pane.top, lines.count - rect.height))
        Panes.draw(Array(lines.dropFirst(top)), in: rect, on: &surface)
    }

    /// The keys that move scroll the rows; all others rest.
    mutating func scrollComparison(_ key: KeyEvent, _ desk: Desk) -> [Action]? {
        guard let move = Move(key) else { return nil }
        pane.move(move, rows: model.comparison.count, height: max(1, desk.content.height - 3))
        return []
    }
}
