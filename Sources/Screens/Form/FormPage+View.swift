import Documents
import Schemas
package import Terminal

extension FormPage {
    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        if isComparing {
            drawComparison(in: rect, on: &surface)
            return nil
        }
        var rect = rect
        if rect.width >= 100 {
            drawSections(in: rect.takeLeft(22), on: &surface)
            surface.drawVerticalRule(rect.takeLeft(1))
            _ = rect.takeLeft(1)
        } else {
            drawSectionLine(in: rect.takeTop(1), on: &surface)
            if rect.height >= 16 { _ = rect.takeTop(1) }
        }
        if rect.height >= 12 {
            drawHelp(in: rect.takeBottom(5), on: &surface)
            surface.drawHorizontalRule(rect.takeBottom(1))
        }
        return drawFields(in: rect, on: &surface)
    }

    // MARK: Sections

    private func mark(_ section: Int) -> Line {
        let counts = model.counts(section: section)
        let isShown = model.faults.keys.contains { $0.section == section && !model.shownFaults(at: $0).isEmpty }
        if counts.wrong > 0 || isShown { return Line("! ", .fail) }
        if counts.toFill > 0 { return Line(". ", .dim) }
        return model.sections[section].entries.contains(where: \.isSet) ? Line("+ ", .ok) : Line(". ", .dim)
    }

    private func count(_ section: Int) -> Line {
        let counts = model.counts(section: section)
        if counts.wrong > 0 { return Line(Words.count(counts.wrong, "fault"), .fail) }
        if counts.toFill > 0 { return Line("\(counts.toFill) to fill", .warn) }
        return model.sections[section].entries.contains(where: \.isSet) ? Line("ok", .ok) : Line("default", .dim)
    }

    private func drawSections(in rect: Rect, on surface: inout Surface) {
        var rows = rect
        surface.draw(
            Line(SafeText(untrusted: model.purpose.title.uppercased()).truncated(to: 20), .header), in: rows.takeTop(1))
        _ = rows.takeTop(1)
        for index in model.sections.indices where rows.height > 0 {
            var row = rows.takeTop(1)
            let whole = row
            _ = row.takeRight(1)
            var count = row
            surface.drawRight(self.count(index), in: count.takeRight(9))
            let title = SafeText(untrusted: model.sections[index].title).truncated(to: max(1, count.width - 3))
            surface.draw(mark(index) + Line(title), in: count)
            if index == model.focus.section { surface.restyle(whole, .selection) }
        }
        guard rows.height > 1 else { return }
        _ = rows.takeTop(1)
        let isKept = model.content == kept
        surface.draw(Line(isKept ? "draft is kept" : "draft not kept yet", .dim), in: rows.takeTop(1))
    }

    private func drawSectionLine(in rect: Rect, on surface: inout Surface) {
        var line = Line()
        for index in model.sections.indices {
            line = line + mark(index)
            let isFocused = index == model.focus.section
            line.append(SafeText(untrusted: model.sections[index].title), isFocused ? .accent : .dim)
            line.append("   ", .dim)
        }
        surface.draw(line.truncated(to: rect.width), in: rect)
    }

    // MARK: Fields

    private enum Row {
        case heading(String)
        case field(Int)
        case line(Line)
    }

    private func rows(width: Int, label: Int) -> [Row] {
        let section = model.sections[model.focus.section]
        var rows: [Row] = []
        var heading: String?
        if section.isExisting { rows.append(.line(Line("exists: name and environment stay", .dim))) }
        for index in section.entries.indices where !section.isHidden(index) {
            let entry = section.entries[index]
            if entry.part > 0, index > 0, section.entries[index - 1].part < entry.part { rows.append(.line(Line())) }
            if entry.heading != heading {
                heading = entry.heading
                if let heading { rows.append(.heading(heading)) }
            }
            rows.append(.field(index))
            let spot = FormModel.Spot(section: model.focus.section, entry: index)
            for finding in model.shownFaults(at: spot) {
                rows += faultLines(finding, width: width - label - 3).map { line in
                    .line(Line(blank(label + 1), .text) + line)
                }
            }
        }
        if section.foldedCount > 0 {
            rows.append(.line(Line()))
            rows.append(.line(Line("\(section.foldedCount) carried over, F6 shows them", .dim)))
        }
        return rows
    }

    private func faultLines(_ finding: Finding, width: Int) -> [Line] {
        var lines = Line(untrusted: "! \(finding.message)", .error).wrapped(to: max(10, width), indent: 2)
        if let hint = finding.hint {
            lines += Line(untrusted: "  \(hint)", .dim).wrapped(to: max(10, width), indent: 2)
        }
        return lines
    }

    private func blank(_ count: Int) -> SafeText { SafeText(untrusted: String(repeating: " ", count: max(0, count))) }

    private func drawFields(in rect: Rect, on surface: inout Surface) -> Point? {
        let section = model.sections[model.focus.section]
        let longest = section.entries.map { SafeText(untrusted: $0.field.label).width + 3 }.max() ?? 10
        let label = min(max(12, longest), rect.width / 3)
        let rows = rows(width: rect.width, label: label)
        let place = rows.firstIndex { if case .field(model.focus.entry) = $0 { true } else { false } } ?? 0
        let top = max(0, min(rows.count - rect.height, place - rect.height / 2))
        var cursor: Point?
        for (line, row) in rows.dropFirst(top).prefix(rect.height).enumerated() {
            let place = rect.row(line)
            switch row {
            case .heading(let title): surface.draw(Line(untrusted: title, .header), in: place)
            case .line(let text): surface.draw(text.truncated(to: place.width), in: place)
            case .field(let index):
                let isFocused = index == model.focus.entry
                let point = drawField(section.entries[index], isFocused, label: label, in: place, on: &surface)
                if isFocused { cursor = point }
            }
        }
        return cursor
    }

    private func drawField(
        _ entry: FormModel.Entry, _ isFocused: Bool, label: Int, in rect: Rect, on surface: inout Surface
    ) -> Point {
        var rest = rect
        var name = Line(untrusted: entry.field.label, isFocused ? .accent : .text)
        if entry.field.isRequired { name.append(" *", .warn) }
        surface.draw(name.truncated(to: label - 1), in: rest.takeLeft(label))
        if entry.isFixed {
            surface.draw(Line(untrusted: entry.shownText, .dim), in: rest)
            return Point(rest.x, rest.y)
        }
        var after = Line()
        if let note = entry.note { after = Line(untrusted: "  \(note)", note == "needs you" ? .warn : .info) }
        if let options = entry.options { return drawChoice(entry, options, isFocused, after, in: rest, on: &surface) }
        if let unit = entry.field.unit { after = Line(untrusted: " \(unit)", .dim) + after }
        let wanted = max(20, min(50, rest.width - after.width - 2))
        surface.draw(Line("[", .dim), in: rest.takeLeft(1))
        var field = rest.takeLeft(min(wanted, max(4, rest.width - 1)))
        surface.draw(Line("]", .dim) + after, in: rest)
        if entry.field.isSecret, !entry.input.isEmpty {
            surface.draw("********", in: field, isFocused ? .inputFocus : .input)
            return Point(field.x + 8, field.y)
        }
        var input = entry.input
        if !entry.isSet { input = LineInput() }
        let placeholder =
            entry.shownText.isEmpty ? entry.field.placeholder.map { "like \($0)" } ?? "-" : entry.shownText
        return input.draw(
            in: field.takeLeft(field.width), on: &surface, isFocused: isFocused,
            placeholder: SafeText(untrusted: entry.isSet ? "" : placeholder))
    }

    private func drawChoice(
        _ entry: FormModel.Entry, _ options: [(text: String, label: String)], _ isFocused: Bool, _ after: Line,
        in rect: Rect, on surface: inout Surface
    ) -> Point {
        let shown = options.first { $0.text == entry.shownText }?.label ?? entry.shownText
        let style: Style = isFocused ? .inputFocus : entry.isSet ? .text : .dim
        var line = Line()
        if case .flag = entry.field.kind {
            line.append(entry.shownText == "true" ? "[x]" : entry.shownText.isEmpty ? "[-]" : "[ ]", style)
            line.append(shown.isEmpty ? " unset" : " \(shown)", entry.isSet ? .text : .dim)
        } else {
            line.append("( ", .dim)
            line.append(SafeText(untrusted: shown.isEmpty ? "-" : shown), style)
            line.append(" )  ", .dim)
            if let unit = entry.field.unit { line.append("\(unit)  ", .dim) }
            if isFocused { line.append("< >", .accent) }
        }
        if !entry.isSet, !entry.shownText.isEmpty { line.append("  default", .faint) }
        surface.draw((line + after).truncated(to: rect.width), in: rect)
        return Point(rect.x + (shown.isEmpty ? 1 : 2), rect.y)
    }

    // MARK: Help

    private func drawHelp(in rect: Rect, on surface: inout Surface) {
        let entry = model[model.focus]
        let field = entry.field
        var lines: [Line] = []
        var title = Line(untrusted: field.label, .header)
        if field.isRequired { title.append("  required", .warn) }
        if let rule = field.rule { title = title + Line(untrusted: "  \(rule)", .dim) }
        lines.append(title)
        if let help = field.help { lines += Line(untrusted: help).wrapped(to: rect.width).prefix(2) }
        if let hint = field.hint { lines += Line(untrusted: hint, .dim).wrapped(to: rect.width).prefix(1) }
        if let value = field.defaultValue, !field.isSecret {
            let label = entry.options?.first { $0.text == entry.text(for: value) }?.label
            lines.append(Line(untrusted: "default \(label ?? entry.text(for: value))", .dim))
        } else if let placeholder = field.placeholder {
            lines.append(Line(untrusted: "for example \(placeholder)", .dim))
        }
        if let options = entry.options, options.count > 2 {
            lines.append(Line(untrusted: options.map(\.label).joined(separator: " | "), .dim))
        }
        Panes.draw(lines, in: rect, on: &surface)
    }

    // MARK: Comparing

    private func drawComparison(in rect: Rect, on surface: inout Surface) {
        var rect = rect
        let rows = model.comparison
        let names = model.instances.map(\.title)
        let label = min(30, max(14, (rows.map { SafeText(untrusted: $0.label).width }.max() ?? 0) + 4))
        let width = max(10, min(36, (rect.width - label) / max(1, names.count)))
        func line(_ first: Line, _ cells: [String], _ style: Style) -> Line {
            var line = first.truncated(to: label - 1)
            line.append(blank(label - line.width), .text)
            for (index, cell) in cells.enumerated() {
                line.append(SafeText(untrusted: cell.isEmpty ? "-" : cell).truncated(to: width - 2), style)
                line.append(blank(label + (index + 1) * width - line.width), .text)
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
}
