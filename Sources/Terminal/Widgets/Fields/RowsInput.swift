/// Lines of text, each an item of its own, that are added, taken out and moved.
package struct RowsInput: Hashable, Sendable {
    package private(set) var rows: [LineInput]
    /// The row with the cursor; 0 where there is none.
    package private(set) var row = 0

    package static let rowLimit = 1000

    package init(_ texts: [String] = []) {
        rows = texts.map { LineInput($0) }
    }

    package var texts: [String] { rows.map(\.text) }

    /// Edits the row with the cursor. Moving past an end, and Enter on an empty row, are ignored: the field ends there.
    package mutating func handle(_ key: KeyEvent) -> LineInput.Outcome {
        switch key {
        case "Up": return step(-1)
        case "Down": return step(1)
        case "Enter": return add()
        case "Ctrl-X": return delete()
        case "Alt-Up": return move(-1)
        case "Alt-Down": return move(1)
        case "Backspace" where rows.indices.contains(row) && rows[row].isEmpty: return delete()
        default: break
        }
        if rows.isEmpty {
            guard key.typed != nil else { return .ignored }
            rows = [LineInput()]
            row = 0
        }
        return rows[row].handle(key)
    }

    /// Lines become rows behind the one with the cursor; a single line goes into that one.
    package mutating func paste(_ text: String) -> LineInput.Outcome {
        let lines = text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.allSatisfy(\.isWhitespace) }
        guard let first = lines.first else { return .ignored }
        if rows.isEmpty { rows = [LineInput()] }
        var dropped = 0
        if lines.count == 1 { return rows[row].paste(first) }
        for line in lines {
            guard rows.count < RowsInput.rowLimit else {
                dropped += line.utf8.count
                continue
            }
            if rows[row].isEmpty {
                rows[row] = LineInput(line)
            } else {
                rows.insert(LineInput(line), at: row + 1)
                row += 1
            }
        }
        return dropped > 0 ? .pasted(joinedLines: false, droppedBytes: dropped) : .changed
    }

    /// Without the rows in which nothing stands.
    package mutating func dropEmpty() {
        rows.removeAll { $0.isEmpty }
        row = min(row, max(0, rows.count - 1))
    }

    private mutating func step(_ count: Int) -> LineInput.Outcome {
        guard rows.indices.contains(row + count) else { return .ignored }
        row += count
        return .moved
    }

    private mutating func add() -> LineInput.Outcome {
        guard rows.count < RowsInput.rowLimit else { return .ignored }
        if rows.isEmpty {
            rows = [LineInput()]
            return .changed
        }
        guard !rows[row].isEmpty else { return .ignored }
        row += 1
        rows.insert(LineInput(), at: row)
        return .changed
    }

    private mutating func delete() -> LineInput.Outcome {
        guard rows.indices.contains(row) else { return .moved }
        rows.remove(at: row)
        row = min(row, max(0, rows.count - 1))
        return .changed
    }

    private mutating func move(_ count: Int) -> LineInput.Outcome {
        guard rows.indices.contains(row), rows.indices.contains(row + count) else { return .moved }
        rows.swapAt(row, row + count)
        row += count
        return .changed
    }
}

extension RowsInput {
    /// Draws as many rows as there is room for, that with the cursor among them; returns where the cursor stands.
    ///
    /// - Parameter faulty: Rows that are marked as wrong.
    @discardableResult
    package func draw(
        in rect: Rect, on surface: inout Surface, isFocused: Bool, isDefault: Bool = false, faulty: Set<Int> = [],
        placeholder: SafeText = "none"
    ) -> Point {
        guard !rows.isEmpty else {
            let line = rect.row(0)
            if isFocused { surface.fill(line, .inputFocus) }
            surface.draw(placeholder.truncated(to: line.width), in: line, .placeholder)
            return Point(rect.x, rect.y)
        }
        let shown = Window().visible(height: rect.height, count: rows.count, selected: isFocused ? row : 0)
        let margin = String(rows.count).count + 1
        var rest = rect
        var cursor = Point(rect.x, rect.y)
        for index in shown {
            var line = rest.takeTop(1)
            let isCurrent = isFocused && index == row
            let number = SafeText(untrusted: "\(index + 1)")
            let style: Style = faulty.contains(index) ? .error : isCurrent ? .accent : .dim
            surface.draw(number, in: line.takeLeft(margin), style)
            if isDefault, !isCurrent {
                surface.draw(
                    Line(SafeText(untrusted: rows[index].text), .placeholder).truncated(to: line.width), in: line)
                continue
            }
            let point = rows[index].draw(in: line, on: &surface, isFocused: isCurrent)
            if isCurrent { cursor = point }
        }
        if shown.upperBound < rows.count, rect.width > 12 {
            let more = SafeText(untrusted: " +\(rows.count - shown.upperBound) more")
            surface.drawRight(Line(more, .dim), in: rect.row(shown.count - 1))
        }
        return cursor
    }
}
