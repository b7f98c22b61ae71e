import Documents
import Schemas
import Terminal

/// The focused section's fields, with what is wrong below each.
extension FormPage {
    /// What stands below each other: how high it is, and how it is drawn.
    private enum Item {
        case line(Line)
        case field(Int, height: Int)

        var height: Int {
            switch self {
            case .line: 1
            case .field(_, let height): height
            }
        }
    }

    /// How the room is shared between a field's name and its answer; in a narrow place one stands above the other.
    private struct Columns {
        var width: Int
        var label: Int
        var isStacked: Bool
        /// Where sentences below an answer begin: under it where that leaves them room.
        var margin: Int { width - label >= 44 ? label : 2 }

        init(_ width: Int, longest: Int) {
            self.width = width
            isStacked = width < 44
            label = isStacked ? 2 : min(max(12, longest), width * 2 / 5)
        }
    }

    func drawFields(in rect: Rect, on surface: inout Surface) -> Point? {
        guard rect.width > 4, rect.height > 0 else { return nil }
        let section = model.sections[model.focus.section]
        let longest = section.entries.map { SafeText(untrusted: $0.field.label).width + 3 }.max() ?? 10
        let columns = Columns(rect.width, longest: longest)
        let items = items(columns)
        var starts: [Int] = []
        var height = 0
        for item in items {
            starts.append(height)
            height += item.height
        }
        let place = items.firstIndex { if case .field(model.focus.entry, _) = $0 { true } else { false } } ?? 0
        let focus = starts.isEmpty ? 0 : starts[place]
        let own = items.isEmpty ? 1 : items[place].height
        // The field in the middle, all of it where it fits.
        let wanted = max(focus - max(0, rect.height - own) / 2, 0)
        let top = max(0, min(height - rect.height, wanted))
        var picture = Surface(rect.size)
        var cursor: Point?
        for (item, start) in zip(items, starts) {
            let area = Rect(0, start - top, rect.width, item.height)
            guard area.bottom > 0, area.y < rect.height else { continue }
            switch item {
            case .line(let line): picture.draw(line.truncated(to: rect.width), in: area)
            case .field(let index, _):
                let point = drawField(index, columns, in: area, on: &picture)
                if index == model.focus.entry { cursor = Point(rect.x + point.x, rect.y + point.y) }
            }
        }
        surface.draw(picture, at: Point(rect.x, rect.y))
        return cursor.flatMap { rect.contains($0) ? $0 : nil }
    }

    private func items(_ columns: Columns) -> [Item] {
        let section = model.sections[model.focus.section]
        var items: [Item] = []
        var heading: String?
        if section.isExisting { items.append(.line(Line("exists: name and environment stay", .dim))) }
        for index in section.entries.indices where !section.isHidden(index) {
            let entry = section.entries[index]
            if entry.part > 0, index > 0, section.entries[index - 1].part < entry.part { items.append(.line(Line())) }
            if entry.heading != heading {
                heading = entry.heading
                if let heading {
                    if !items.isEmpty { items.append(.line(Line())) }
                    items.append(.line(Line(untrusted: heading, .header)))
                }
            }
            let rows = height(of: entry, isFocused: index == model.focus.entry)
            items.append(.field(index, height: rows + (columns.isStacked ? 1 : 0)))
            if let note = entry.note, !isBeside(note, entry, room: columns.width - columns.label) {
                let line = Line(untrusted: "  \(note)", Self.style(ofNote: note))
                items += line.wrapped(to: max(10, columns.width - columns.label), indent: 2).map {
                    .line(Line(Self.blank(columns.label)) + $0)
                }
            }
            let spot = FormModel.Spot(section: model.focus.section, entry: index)
            items += faultLines(at: spot, width: columns.width - columns.margin).map { line in
                .line(Line(Self.blank(columns.margin)) + line)
            }
        }
        if !section.remarks.isEmpty { items.append(.line(Line())) }
        for remark in section.remarks {
            items += Line(untrusted: remark, .info).wrapped(to: columns.width, indent: 2).map { .line($0) }
        }
        if section.foldedCount > 0 {
            items += [.line(Line()), .line(Line("\(section.foldedCount) carried over, F6 shows them", .dim))]
        }
        return items
    }

    /// What is wrong, what is allowed, and the nearest value with the key that takes it.
    private func faultLines(at spot: FormModel.Spot, width: Int) -> [Line] {
        let findings = model.shownFaults(at: spot)
        var lines: [Line] = []
        for finding in findings.prefix(4) {
            lines += Line(untrusted: "! \(finding.message)", .error).wrapped(to: max(10, width), indent: 2)
            if let hint = finding.hint {
                lines += Line(untrusted: "  \(hint)", .dim).wrapped(to: max(10, width), indent: 2)
            }
        }
        if spot == model.focus, !findings.isEmpty, let remedy = model.remedy(at: spot) {
            let text = SafeText(untrusted: remedy.shown).truncated(to: max(8, width - 11), .middle)
            let line = Line("  nearest: ", .dim) + Line(text, .ok) + Line("  Ctrl-Y", .accent) + Line(" takes it", .dim)
            lines += line.wrapped(to: max(10, width), indent: 2)
        }
        return lines
    }

    private func height(of entry: FormModel.Entry, isFocused: Bool) -> Int {
        let most = isFocused ? entry.manner.rows.focused : entry.manner.rows.resting
        let wanted: Int =
            switch entry.widget {
            case .line, .number, .check, .choice, .list: 1
            case .text(let box), .yaml(let box):
                // A box that is being written in has room for the next line.
                box.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
                    + (isFocused ? 1 : 0)
            case .checks(let list, _): list.options.count
            case .rows(let rows), .pairs(let rows): rows.rows.count
            }
        return entry.isFixed ? 1 : max(1, min(most, wanted))
    }

    static func blank(_ count: Int) -> SafeText { SafeText(untrusted: String(repeating: " ", count: max(0, count))) }

    // MARK: One field

    private func drawField(_ index: Int, _ columns: Columns, in rect: Rect, on surface: inout Surface) -> Point {
        let entry = model.sections[model.focus.section].entries[index]
        let isFocused = index == model.focus.entry
        var rest = rect
        var name = Line(untrusted: entry.field.label, isFocused ? .accent : .text)
        if entry.field.isRequired { name.append(" *", .warn) }
        if columns.isStacked {
            surface.draw(name.truncated(to: rest.width), in: rest.takeTop(1))
            _ = rest.takeLeft(columns.label)
        } else {
            surface.draw(name.truncated(to: columns.label - 1), in: rest.takeLeft(columns.label))
        }
        if entry.isFixed {
            surface.draw(Line(untrusted: entry.shownText, .dim).truncated(to: rest.width), in: rest)
            return Point(rest.x, rest.y)
        }
        return drawAnswer(entry, isFocused, in: rest, on: &surface)
    }

    /// Whether what became of an answer stands behind it, and not on a line of its own.
    private func isBeside(_ note: String, _ entry: FormModel.Entry, room: Int) -> Bool {
        entry.manner.rows.focused == 1 && note.count <= 12 && room >= 44
    }

    /// The unit, and what became of the answer, behind it.
    private func after(_ entry: FormModel.Entry, room: Int) -> Line {
        var line = Line()
        if let unit = entry.field.unit { line.append(SafeText(untrusted: " \(unit)"), .dim) }
        if let note = entry.note, isBeside(note, entry, room: room) {
            line = line + Line(untrusted: "  \(note)", Self.style(ofNote: note))
        }
        return line
    }

    private static func style(ofNote note: String) -> Style { note == FormModel.Entry.asks ? .warn : .info }

    private func drawAnswer(
        _ entry: FormModel.Entry, _ isFocused: Bool, in rect: Rect, on surface: inout Surface
    ) -> Point {
        var rest = rect
        let after = after(entry, room: rect.width).truncated(to: max(0, rect.width - 14))
        let isDefault = !entry.isSet
        if entry.field.isSecret, entry.isSet {
            let room = min(rest.width, 20)
            surface.draw("********", in: rest.takeLeft(room), isFocused ? .inputFocus : .input)
            return Point(rect.x + min(8, max(0, room - 1)), rect.y)
        }
        switch entry.widget {
        case .line(let input): return drawLine(input, entry, isFocused, after, in: rest, on: &surface)
        case .number(let number): return drawLine(number.input, entry, isFocused, after, in: rest, on: &surface)
        case .check(let box):
            let point = box.draw(in: rest, on: &surface, isFocused: isFocused, isDefault: isDefault)
            let words = isDefault && entry.note == nil && !entry.widget.isEmpty ? Line("  default", .faint) : Line()
            var behind = rest
            _ = behind.takeLeft(4 + box.word.width)
            surface.draw((words + after).truncated(to: max(0, rest.width - 12)), in: behind)
            return point
        case .choice(let choice, _):
            if !after.isEmpty { surface.drawRight(after, in: rest.takeRight(after.width)) }
            return choice.draw(in: rest, on: &surface, isFocused: isFocused, isDefault: isDefault)
        case .list(let choice, _):
            return drawList(choice, entry, isFocused, after, in: rest, on: &surface)
        case .text(let box), .yaml(let box):
            if entry.widget.isEmpty, !isFocused {
                surface.draw(Line("-", .placeholder) + after, in: rest)
                return Point(rest.x, rest.y)
            }
            return box.draw(
                in: rest, on: &surface, isFocused: isFocused, placeholder: placeholder(entry))
        case .checks(let list, _):
            return list.draw(in: rest, on: &surface, isFocused: isFocused, isDefault: isDefault)
        case .rows(let rows), .pairs(let rows):
            let spot = FormModel.Spot(section: model.focus.section, entry: 0)
            let index = model.sections[spot.section].entries.firstIndex {
                $0.part == entry.part && $0.field.pointer == entry.field.pointer
            }
            let findings = index.map { model.shownFaults(at: .init(section: spot.section, entry: $0)) } ?? []
            let room = rest.takeLeft(max(20, min(56, rest.width)))
            return rows.draw(
                in: room, on: &surface, isFocused: isFocused, isDefault: isDefault,
                faulty: entry.faultyRows(findings), placeholder: rowsPlaceholder(entry, isFocused))
        }
    }

    private func rowsPlaceholder(_ entry: FormModel.Entry, _ isFocused: Bool) -> SafeText {
        guard isFocused else { return "none" }
        if case .pairs = entry.widget { return "none; type NAME=value" }
        return entry.field.placeholder.map { "none; type one like \($0)" } ?? "none; type the first one"
    }

    private func placeholder(_ entry: FormModel.Entry) -> SafeText {
        entry.field.placeholder.map { SafeText(untrusted: "like \($0)") } ?? "-"
    }

    private func drawLine(
        _ input: LineInput, _ entry: FormModel.Entry, _ isFocused: Bool, _ after: Line, in rect: Rect,
        on surface: inout Surface
    ) -> Point {
        var rest = rect
        let wanted = max(12, min(50, rest.width - after.width - 2))
        surface.draw(Line("[", .dim), in: rest.takeLeft(1))
        let field = rest.takeLeft(max(1, min(wanted, rest.width - 1)))
        surface.draw(Line("]", .dim) + after, in: rest)
        // What nobody typed is only shown; a letter replaces it.
        guard entry.isFresh else { return input.draw(in: field, on: &surface, isFocused: isFocused) }
        let shown = input.isEmpty ? placeholder(entry) : SafeText(untrusted: input.text)
        return entry.isSet
            ? input.draw(in: field, on: &surface, isFocused: isFocused)
            : LineInput().draw(in: field, on: &surface, isFocused: isFocused, placeholder: shown)
    }

    private func drawList(
        _ choice: Choice, _ entry: FormModel.Entry, _ isFocused: Bool, _ after: Line, in rect: Rect,
        on surface: inout Surface
    ) -> Point {
        let style: Style = isFocused ? .inputFocus : entry.isSet ? .input : .placeholder
        let how = isFocused ? Line("  Enter", .accent) + Line(" lists \(choice.options.count)", .dim) : Line()
        let room = max(4, rect.width - 4 - how.width - after.width)
        let shown = SafeText(untrusted: choice.value ?? "-").truncated(to: room)
        surface.draw((Line("( ", .border) + Line(shown, style) + Line(" )", .border) + after + how), in: rect)
        return Point(rect.x + min(2, max(0, rect.width - 1)), rect.y)
    }
}
