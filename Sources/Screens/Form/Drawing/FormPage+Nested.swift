import Terminal

/// Fields that have pages of their own: tables of rows, and objects.
extension FormPage {
    /// One row below the other, and where the next one is added.
    func drawTable(
        _ table: TableInput, _ index: Int, _ isFocused: Bool, in rect: Rect, on surface: inout Surface
    ) -> Point {
        let section = model.sections[model.focus.section]
        let rows = section.slots(of: index)
        let isDefault = !section.entries[index].isSet
        let count = table.bases.count
        // Behind the last row the next one is added.
        let lineCount = count + (isFocused || count == 0 ? 1 : 0)
        let shown = Window().visible(height: rect.height, count: lineCount, selected: isFocused ? table.row : 0)
        // Only what is shown is put into words: a table may have a thousand rows.
        let names = shown.filter { $0 < count }.map { section.title(of: rows[$0], $0, in: index) }
        let column = min(24, names.map { SafeText(untrusted: $0).width }.max() ?? 0) + 2
        let faulty = model.shownFaultEntries
        var rest = rect
        var cursor = Point(rect.x, rect.y)
        for row in shown {
            let line = rest.takeTop(1)
            let isCurrent = isFocused && row == table.row
            if isCurrent { cursor = Point(line.x, line.y) }
            guard row < count else {
                let words = count == 0 && !isFocused ? Line("none", .placeholder) : add(section, index, isCurrent)
                surface.draw(words.truncated(to: line.width), in: line)
                continue
            }
            let name = names[row - shown.lowerBound]
            let isFaulty = faulty.contains(where: rows[row].contains)
            let mark: Line = isFaulty ? Line("! ", .fail) : Line(isCurrent ? "▸ " : "  ", .accent)
            let title = SafeText(untrusted: name).truncated(to: column - 2)
            var text = mark + Line(title, isDefault ? .placeholder : isCurrent ? .accent : .text)
            text.append(Self.blank(2 + column - text.width), .text)
            text = text + Line(untrusted: section.summary(of: rows[row], besides: name, in: index), .dim)
            surface.draw(text.truncated(to: line.width), in: line)
        }
        if shown.upperBound < lineCount, rect.width > 12 {
            let more = SafeText(untrusted: " +\(lineCount - shown.upperBound) more")
            surface.drawRight(Line(more, .dim), in: rect.row(shown.count - 1))
        }
        return cursor
    }

    private func add(_ section: FormModel.Section, _ index: Int, _ isCurrent: Bool) -> Line {
        if section.isFull(index) { return Line("  no more may be added", .faint) }
        return Line(isCurrent ? "▸ + add" : "  + add", isCurrent ? .accent : .dim)
    }

    /// How much of an object is given; its page opens with a key.
    func drawPage(_ index: Int, _ isFocused: Bool, in rect: Rect, on surface: inout Surface) -> Point {
        let section = model.sections[model.focus.section]
        let text = section.shownText(at: index)
        let isFaulty = model.shownFaultEntries.contains(where: section.kids(of: index).contains)
        var line = isFaulty ? Line("! ", .fail) : Line()
        line = line + Line(untrusted: text.isEmpty ? "not given" : text, isFocused ? .inputFocus : .placeholder)
        if isFocused { line = line + Line("  Enter", .accent) + Line(" opens its page", .dim) }
        surface.draw(line.truncated(to: rect.width), in: rect)
        return Point(rect.x, rect.y)
    }
}
