import Documents
import Foundation
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
        let shown = shownEntries
        let longest = shown.map { SafeText(untrusted: section.entries[$0].field.label).width + 6 }.max() ?? 10
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

    /// The entries of the page that is open.
    private var shownEntries: [Int] {
        let shape = model.sections[model.focus.section].shape
        let place = model.place
        return shape.places.indices.filter { shape.isShown[$0] && shape.places[$0] == place }
    }

    private func items(_ columns: Columns) -> [Item] {
        let section = model.sections[model.focus.section]
        let isRoot = model.place.owner == nil
        var items: [Item] = trail(width: columns.width).map { .line($0) }
        var heading: String?
        var part: Int?
        if section.isExisting, isRoot { items.append(.line(Line("exists: name and environment stay", .dim))) }
        for index in shownEntries {
            let entry = section.entries[index]
            if entry.part > part ?? entry.part { items.append(.line(Line())) }
            part = entry.part
            if entry.heading != heading {
                heading = entry.heading
                if let heading {
                    if !items.isEmpty { items.append(.line(Line())) }
                    items.append(.line(Line(untrusted: heading, .header)))
                }
            }
            let rows = entry.isFixed ? 1 : height(of: entry, isFocused: index == model.focus.entry)
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
        return isRoot ? items + foot(of: section, width: columns.width).map { .line($0) } : items
    }

    /// Below the fields: answers that have no field any more, and what is folded.
    private func foot(of section: FormModel.Section, width: Int) -> [Line] {
        var lines = section.remarks.isEmpty ? [] : [Line()]
        for remark in section.remarks { lines += Line(untrusted: remark, .info).wrapped(to: width, indent: 2) }
        guard section.foldedCount > 0 else { return lines }
        let asides = section.roots.filter { section.entries[$0].isAsked }.compactMap { section.entries[$0].aside }
        let carried = asides.count { $0 == .carried }
        let deprecated = asides.count - carried
        let words = [
            carried > 0 ? "\(carried) carried over" : nil, deprecated > 0 ? "\(deprecated) deprecated" : nil,
        ].compactMap(\.self).joined(separator: ", ")
        return lines + [Line(), Line(untrusted: "\(words), F6 shows them", .dim)]
    }

    /// Where the open page is, and the key back.
    private func trail(width: Int) -> [Line] {
        let words = model.trail
        guard let last = words.last else { return [] }
        let before = words.dropLast().map { "\($0) › " }.joined()
        let room = width - SafeText(untrusted: last).width - 10
        let way = Line(SafeText(untrusted: before).truncated(to: max(0, room), .middle), .dim)
        return [way + Line(untrusted: last, .header) + Line("  Esc", .accent) + Line(" back", .dim), Line()]
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
            case .line, .number, .masked, .check, .choice, .list, .branch, .page, .none: 1
            // Where the next row goes is shown to whoever is there.
            case .table(let table): table.bases.count + (isFocused ? 1 : 0)
            case .text(let box), .yaml(let box):
                // A box that is being written in has room for the next line.
                box.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
                    + (isFocused ? 1 : 0)
            case .checks(let list, _): list.options.count
            case .rows, .pairs: entry.rowCount
            }
        return max(1, min(most, wanted))
    }

    static func blank(_ count: Int) -> SafeText { SafeText(untrusted: String(repeating: " ", count: max(0, count))) }

    // MARK: One field

    private func drawField(_ index: Int, _ columns: Columns, in rect: Rect, on surface: inout Surface) -> Point {
        let entry = model.sections[model.focus.section].entries[index]
        let isFocused = index == model.focus.entry
        var rest = rect
        // The fields of a choice stand a little in from it.
        let base = model.place.owner.map { model.sections[model.focus.section].entries[$0].depth + 1 } ?? 0
        var name = Line(Self.blank(2 * (entry.depth - base)))
        name.append(SafeText(untrusted: entry.field.label), isFocused ? .accent : .text)
        if entry.field.isRequired { name.append(" *", .warn) }
        if let count = count(entry) { name.append(SafeText(untrusted: " \(count)"), .faint) }
        if columns.isStacked {
            surface.draw(name.truncated(to: rest.width), in: rest.takeTop(1))
            _ = rest.takeLeft(columns.label)
        } else {
            surface.draw(name.truncated(to: columns.label - 1), in: rest.takeLeft(columns.label))
        }
        if entry.isFixed {
            let text = model.sections[model.focus.section].shownText(at: index)
            let shown = entry.field.isSecret && !text.isEmpty ? "********" : text
            let line = Line(untrusted: shown.isEmpty ? "-" : shown, .dim) + Line("  read only", .faint)
            surface.draw(
                (entry.field.isReadOnly ? line : Line(untrusted: text, .dim)).truncated(to: rest.width), in: rest)
            return Point(rest.x, rest.y)
        }
        switch entry.widget {
        case .table(let table): return drawTable(table, index, isFocused, in: rest, on: &surface)
        case .page: return drawPage(index, isFocused, in: rest, on: &surface)
        case _: return drawAnswer(entry, isFocused, in: rest, on: &surface)
        }
    }

    /// How many items there are of how many that there may be.
    private func count(_ entry: FormModel.Entry) -> String? {
        switch entry.widget {
        case .rows, .pairs, .table: entry.mostRows.map { "\(entry.rowCount)/\($0)" }
        case _: nil
        }
    }

    /// Whether what became of an answer stands behind it, and not on a line of its own.
    private func isBeside(_ note: String, _ entry: FormModel.Entry, room: Int) -> Bool {
        entry.manner.rows.focused == 1 && note.count <= 12 && room >= 44
    }

    /// The unit, and what became of the answer, behind it.
    private func after(_ entry: FormModel.Entry, room: Int) -> Line {
        var line = Line()
        if let unit = entry.field.unit { line.append(SafeText(untrusted: " \(unit)"), .dim) }
        if case .file = entry.field.kind, let bytes = Data(base64Encoded: entry.shownText), !bytes.isEmpty {
            line.append("  \(Words.count(bytes.count, "byte"))", .dim)
        }
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
        if entry.field.isSecret, entry.isSet, !entry.isRevealed {
            let room = min(rest.width, 20)
            surface.draw("********", in: rest.takeLeft(room), isFocused ? .inputFocus : .input)
            return Point(rect.x + min(8, max(0, room - 1)), rect.y)
        }
        switch entry.widget {
        case .line(let input): return drawLine(input, entry, isFocused, after, in: rest, on: &surface)
        case .number(let number):
            let scale = isFocused ? scale(entry, number) : Line()
            return drawLine(number.input, entry, isFocused, after + scale, in: rest, on: &surface)
        case .masked(let masked): return drawMasked(masked, entry, isFocused, after, in: rest, on: &surface)
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
        case .branch(let input):
            return input.choice.draw(in: rest, on: &surface, isFocused: isFocused, isDefault: isDefault)
        case .none:
            surface.draw(Line("none", isFocused ? .inputFocus : .input) + Line("  no value at all", .faint), in: rest)
            return Point(rest.x, rest.y)
        case .table, .page: return Point(rest.x, rest.y)
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
        case .rows(let rows):
            let room = rest.takeLeft(max(20, min(56, rest.width)))
            return rows.draw(
                in: room, on: &surface, isFocused: isFocused, isDefault: isDefault,
                faulty: faultyRows(entry), placeholder: rowsPlaceholder(entry, isFocused))
        case .pairs(let pairs):
            let room = rest.takeLeft(max(20, min(64, rest.width)))
            return pairs.draw(
                in: room, on: &surface, isFocused: isFocused, isDefault: isDefault,
                faulty: faultyRows(entry), placeholder: rowsPlaceholder(entry, isFocused))
        }
    }

    private func faultyRows(_ entry: FormModel.Entry) -> Set<Int> {
        let section = model.focus.section
        let index = model.sections[section].entries.firstIndex {
            $0.part == entry.part && $0.field.pointer == entry.field.pointer && $0.widget.sort == entry.widget.sort
        }
        return index.map { entry.faultyRows(model.shownFaults(at: .init(section: section, entry: $0))) } ?? []
    }

    /// Where a number of few stands between the least and the most.
    private func scale(_ entry: FormModel.Entry, _ number: NumberInput) -> Line {
        let range = entry.field.shortRange
        guard range.count > 2, let low = range.first, let high = range.last else { return Line() }
        var line = Line(untrusted: "  \(low) ", .dim)
        for value in range { line.append(value == number.value ? "●" : "·", value == number.value ? .accent : .dim) }
        return line + Line(untrusted: " \(high)", .dim)
    }

    private func rowsPlaceholder(_ entry: FormModel.Entry, _ isFocused: Bool) -> SafeText {
        guard isFocused else { return "none" }
        if case .pairs = entry.widget { return "none; type NAME=value, or paste lines" }
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

    private func drawMasked(
        _ masked: MaskedInput, _ entry: FormModel.Entry, _ isFocused: Bool, _ after: Line, in rect: Rect,
        on surface: inout Surface
    ) -> Point {
        guard entry.isSet, isFocused else {
            return drawLine(masked.input, entry, isFocused, after, in: rect, on: &surface)
        }
        var rest = rect
        surface.draw(Line("[", .dim), in: rest.takeLeft(1))
        let field = rest.takeLeft(max(1, min(30, rest.width - 1)))
        surface.draw(Line("]", .dim) + after, in: rest)
        return masked.draw(in: field, on: &surface, isFocused: true)
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
