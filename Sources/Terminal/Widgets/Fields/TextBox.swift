/// Several lines of text that are being edited, softly wrapped.
package struct TextBox: Hashable, Sendable {
    /// One for each line; at least one.
    private var lines: [LineInput]
    private var row = 0
    private var history: [Snapshot] = []
    /// Consecutive typing is one step back.
    private var isTyping = false

    private struct Snapshot: Hashable, Sendable {
        var lines: [String]
        var row: Int
        var cursor: Int
    }

    package init(_ text: String = "") {
        lines = TextBox.split(text).map { LineInput($0) }
        row = lines.count - 1
    }

    package var text: String { lines.map(\.text).joined(separator: "\n") }

    private static func split(_ text: String) -> [String] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    }

    package mutating func handle(_ key: KeyEvent) -> LineInput.Outcome {
        switch key {
        case "Enter": return breakLine()
        case "Up": return moveRow(-1)
        case "Down": return moveRow(1)
        case "Backspace" where lines[row].cursor == 0: return join(row - 1)
        case "Del" where lines[row].cursor == lines[row].count: return join(row)
        case "Ctrl-_": return undo()
        case "Left" where lines[row].cursor == 0 && row > 0:
            row -= 1
            return lines[row].handle("End")
        case "Right" where lines[row].cursor == lines[row].count && row + 1 < lines.count:
            row += 1
            return lines[row].handle("Home")
        default:
            return edit(key)
        }
    }

    private mutating func edit(_ key: KeyEvent) -> LineInput.Outcome {
        guard text.utf8.count < LineInput.byteLimit || key.typed == nil else { return .ignored }
        let before = snapshot
        let outcome = lines[row].handle(key)
        let continues = isTyping && key.typed != nil
        if outcome == .changed, !continues { remember(before) }
        isTyping = outcome == .changed && key.typed != nil
        return outcome
    }

    /// Pasted lines stay lines.
    package mutating func paste(_ text: String) -> LineInput.Outcome {
        guard !text.isEmpty else { return .ignored }
        let room = LineInput.byteLimit - self.text.utf8.count
        var used = 0
        let kept = text.prefix { character in
            used += character.utf8.count
            return used <= room
        }
        remember(snapshot)
        let (head, tail) = lines[row].halves
        let parts = TextBox.split(head + kept)
        let last = parts.count - 1
        var added = parts.map { LineInput($0) }
        let cursor = added[last].count
        added[last] = LineInput(parts[last] + tail, cursor: cursor)
        lines.replaceSubrange(row...row, with: added)
        row += last
        let dropped = text.utf8.count - kept.utf8.count
        return dropped > 0 ? .pasted(joinedLines: false, droppedBytes: dropped) : .changed
    }

    private mutating func breakLine() -> LineInput.Outcome {
        remember(snapshot)
        let (head, tail) = lines[row].halves
        lines[row] = LineInput(head)
        lines.insert(LineInput(tail, cursor: 0), at: row + 1)
        row += 1
        return .changed
    }

    private mutating func join(_ upper: Int) -> LineInput.Outcome {
        guard upper >= 0, upper + 1 < lines.count else { return .moved }
        remember(snapshot)
        let cursor = lines[upper].count
        lines[upper] = LineInput(lines[upper].text + lines[upper + 1].text, cursor: cursor)
        lines.remove(at: upper + 1)
        row = upper
        return .changed
    }

    private mutating func moveRow(_ step: Int) -> LineInput.Outcome {
        let target = row + step
        guard lines.indices.contains(target) else { return .ignored }
        let cursor = lines[row].cursor
        row = target
        lines[row] = LineInput(lines[row].text, cursor: cursor)
        return .moved
    }

    private mutating func undo() -> LineInput.Outcome {
        guard let last = history.popLast() else { return .ignored }
        lines = last.lines.map { LineInput($0) }
        row = min(last.row, lines.count - 1)
        lines[row] = LineInput(lines[row].text, cursor: last.cursor)
        isTyping = false
        return .changed
    }

    private var snapshot: Snapshot {
        Snapshot(lines: lines.map(\.text), row: row, cursor: lines[row].cursor)
    }

    private mutating func remember(_ before: Snapshot) {
        isTyping = false
        history.append(before)
        if history.count > 100 { history.removeFirst() }
    }

    /// Draws so that the cursor's line is inside; returns where the cursor stands.
    @discardableResult
    package func draw(
        in rect: Rect, on surface: inout Surface, isFocused: Bool, placeholder: SafeText = .empty
    ) -> Point {
        let style: Style = isFocused ? .inputFocus : .input
        surface.fill(rect, style)
        if lines.count == 1, lines[0].isEmpty {
            surface.draw(placeholder.truncated(to: rect.width), in: rect, .placeholder)
            return Point(rect.x, rect.y)
        }
        var rows: [Line] = []
        var cursor = Point(0, 0)
        for (index, input) in lines.enumerated() {
            if index == row { cursor = Point(0, rows.count) }
            let (head, _) = input.halves
            if index == row {
                let before = TextBox.cells(head, style).folded(to: rect.width)
                cursor.y += before.count - 1
                cursor.x = before.last?.width ?? 0
            }
            rows += TextBox.cells(input.text, style).folded(to: rect.width)
        }
        let shown = Window().visible(height: rect.height, count: max(rows.count, cursor.y + 1), selected: cursor.y)
        var rest = rect
        for index in shown where index < rows.count { surface.draw(rows[index], in: rest.takeTop(1)) }
        return Point(rect.x + min(cursor.x, max(0, rect.width - 1)), rect.y + cursor.y - shown.lowerBound)
    }

    private static func cells(_ text: String, _ style: Style) -> Line {
        Line(SafeText(untrusted: text, limit: LineInput.byteLimit), style)
    }
}

extension Line {
    /// Cut into rows of a width, blanks kept: what is being edited must not jump.
    fileprivate func folded(to columns: Int) -> [Line] {
        guard columns > 1 else { return [self] }
        var rows: [Line] = []
        var rest = self
        while rest.width > columns {
            let head = rest.clipped(from: 0, columns: columns)
            // A letter that is wider than the row: nothing fits, so nothing more can be shown.
            guard head.width > 0 else { return rows + [rest] }
            rows.append(head)
            rest = rest.clipped(from: head.width, columns: Int.max)
        }
        return rows + [rest]
    }
}
