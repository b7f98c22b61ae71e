import Schemas
package import Terminal

/// Sections, fields, and what helps beside them; below 100 columns one above the other.
extension FormPage {
    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? {
        if isComparing {
            drawComparison(in: rect, on: &surface)
            return nil
        }
        let cursor = rect.width >= 100 ? drawWide(in: rect, on: &surface) : drawNarrow(in: rect, on: &surface)
        return picker == nil ? cursor : drawPicker(in: rect, on: &surface)
    }

    private func drawWide(in rect: Rect, on surface: inout Surface) -> Point? {
        var rest = rect
        func pane(_ pane: Rect) -> Rect {
            var inner = Rect(pane.x + 1, pane.y, pane.width - 2, pane.height)
            _ = inner.takeTop(1)
            return inner
        }
        drawSections(in: pane(rest.takeLeft(sectionWidth)), on: &surface)
        surface.drawVerticalRule(rest.takeLeft(1))
        // The fields keep what they need; a file gets more room than the help does.
        let share = preview.isShown ? rect.width * 2 / 5 : rect.width * 3 / 10
        let side = rest.takeRight(min(share, max(28, rest.width - 44)))
        surface.drawVerticalRule(rest.takeRight(1))
        if preview.isShown {
            drawPreview(in: pane(side), on: &surface)
        } else {
            drawHelp(in: pane(side), on: &surface)
        }
        return drawFields(in: pane(rest), on: &surface)
    }

    private func drawNarrow(in rect: Rect, on surface: inout Surface) -> Point? {
        var rest = rect.inset(rect.width >= 60 ? 1 : 0, 0)
        drawSectionLine(in: rest.takeTop(1), on: &surface)
        if rest.height >= 16 { _ = rest.takeTop(1) }
        if preview.isShown {
            let low = rest.takeBottom(rest.height >= 12 ? rest.height / 2 : rest.height - 3)
            drawPreview(in: low, on: &surface)
        } else if rest.height >= 10 {
            drawHelpBelow(in: rest.takeBottom(5), on: &surface)
        } else {
            return drawFields(in: rest, on: &surface)
        }
        let rule = rest.takeBottom(1)
        surface.drawHorizontalRule(Rect(rect.x, rule.y, rect.width, rule.height))
        return drawFields(in: rest, on: &surface)
    }

    private func drawPicker(in rect: Rect, on surface: inout Surface) -> Point? {
        guard let picker else { return nil }
        let box = rect.centered(Size(min(64, rect.width - 2), pickerHeight(rect) + 2))
        surface.drawBox(box)
        let name = files.map { $0.path } ?? model[model.focus].field.label
        let title =
            Line(" ") + Line(SafeText(untrusted: name).truncated(to: max(1, box.width - 8), .middle), .header)
            + Line(" ")
        surface.draw(title.truncated(to: max(0, box.width - 4)), in: Rect(box.x + 2, box.y, box.width - 4, 1))
        return picker.draw(in: box.inset(2, 1), on: &surface)
    }

    // MARK: Sections

    /// Wide enough for the names and any counts: it must not change while one types.
    private var sectionWidth: Int {
        let names = model.sections.map { SafeText(untrusted: $0.title).width }.max() ?? 0
        return min(34, max(27, names + 15))
    }

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
        for line in Line(untrusted: model.purpose.title.uppercased(), .header).wrapped(to: rows.width).prefix(2) {
            surface.draw(line, in: rows.takeTop(1))
        }
        _ = rows.takeTop(1)
        let tips = tips.prefix(max(0, rows.height - 4))
        var low = rows.takeBottom(min(tips.count, max(0, rows.height - model.sections.count - 1)))
        // Where there is room the tips stand right below the sections.
        let gap = max(0, rows.height - model.sections.count - 1)
        low.y -= gap
        let shown = Window().visible(height: rows.height, count: model.sections.count, selected: model.focus.section)
        for index in shown {
            let row = rows.takeTop(1)
            var name = row
            let count = count(index)
            surface.drawRight(count, in: name.takeRight(count.width))
            let title = SafeText(untrusted: model.sections[index].title)
            surface.draw(mark(index) + Line(title.truncated(to: max(1, name.width - 3), .middle)), in: name)
            if index == model.focus.section { surface.restyle(row, .selection) }
        }
        Panes.draw(Array(tips), in: low, on: &surface)
    }

    /// Keys that the hint line may have no room for, where they apply, and what became of the draft.
    private var tips: [Line] {
        func tip(_ key: SafeText, _ words: SafeText) -> Line {
            Line(key, .accent) + Line(" " + words, .dim)
        }
        var lines: [Line] = []
        if model.canAddInstance { lines.append(tip("F2", "copy instance")) }
        if model.instances.count > 1 { lines.append(tip("F3", "compare instances")) }
        if model.canRemoveInstance { lines.append(tip("F4", "remove instance")) }
        lines.append(tip("F5", preview.isShown ? "next file, or none" : "rendered file"))
        if model.hasAside {
            let folded = model.sections.reduce(0) { $0 + $1.foldedCount }
            lines.append(tip("F6", folded > 0 ? "show \(folded) folded" : "fold again"))
        }
        if !model.isComplete { lines.append(tip("F8", "next to fill or mend")) }
        lines.append(tip("Ctrl-E", "all as YAML"))
        lines.append(Line())
        lines.append(Line(draftWords, .dim))
        return lines
    }

    private var draftWords: SafeText {
        if model.content != kept { return "draft not kept yet" }
        return hasDraft ? "draft kept; see Home" : "no draft yet"
    }

    private func drawSectionLine(in rect: Rect, on surface: inout Surface) {
        // The focused section is always to be seen: those before it go first.
        var first = 0
        while first < model.focus.section, sectionLine(from: first, through: model.focus.section).width > rect.width {
            first += 1
        }
        let line = sectionLine(from: first, through: model.sections.count - 1)
        surface.draw(line.truncated(to: rect.width), in: rect)
    }

    private func sectionLine(from first: Int, through last: Int) -> Line {
        var line = first > 0 ? Line("… ", .dim) : Line()
        for index in first...last {
            if index > first { line.append("   ", .dim) }
            line = line + mark(index)
            let isFocused = index == model.focus.section
            line.append(SafeText(untrusted: model.sections[index].title), isFocused ? .accent : .dim)
        }
        return line
    }
}
