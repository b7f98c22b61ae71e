/// What is typed on one row among others of its like.
package protocol RowContent: Hashable, Sendable {
    /// A row in which nothing stands.
    static var blank: Self { get }
    var isEmpty: Bool { get }
}

extension LineInput: RowContent {
    package static var blank: LineInput { LineInput() }
}

/// Rows that are added, taken out and moved, and the one with the cursor.
package struct RowList<Row: RowContent>: Hashable, Sendable {
    package var rows: [Row]
    /// The row with the cursor; 0 where there is none.
    package var row = 0

    package init(_ rows: [Row]) { self.rows = rows }

    /// Whether the cursor is on a row in which nothing stands yet.
    package var isOnBlank: Bool { rows.indices.contains(row) && rows[row].isEmpty }

    /// Takes a key that is about rows; `nil` for what goes into the row with the cursor, of which there is one then.
    ///
    /// Moving past an end, and Enter on an empty row, are ignored: the field ends there.
    mutating func handle(_ key: KeyEvent) -> LineInput.Outcome? {
        switch key {
        case "Up": return step(-1)
        case "Down": return step(1)
        case "Enter": return add()
        case "Ctrl-X": return delete()
        case "Alt-Up": return move(-1)
        case "Alt-Down": return move(1)
        case "Backspace" where isOnBlank: return delete()
        default: break
        }
        guard rows.isEmpty else { return nil }
        guard key.typed != nil else { return .ignored }
        begin()
        return nil
    }

    /// Makes sure that there is a row to write in.
    mutating func begin() {
        if rows.isEmpty { (rows, row) = ([.blank], 0) }
    }

    /// Without the rows in which nothing stands.
    mutating func dropEmpty() {
        rows.removeAll(where: \.isEmpty)
        row = min(row, max(0, rows.count - 1))
    }

    private mutating func step(_ count: Int) -> LineInput.Outcome {
        guard rows.indices.contains(row + count) else { return .ignored }
        row += count
        return .moved
    }

    private mutating func add() -> LineInput.Outcome {
        guard rows.count < RowsInput.rowLimit, !isOnBlank else { return .ignored }
        row = rows.isEmpty ? 0 : row + 1
        rows.insert(.blank, at: row)
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

    // MARK: Drawing

    /// Columns of the rows' numbers.
    var margin: Int { String(rows.count).count + 1 }

    /// Draws as many rows as there is room for, that with the cursor among them; returns where the cursor stands.
    ///
    /// - Parameters:
    ///   - faulty: Rows that are marked as wrong.
    ///   - drawRow: Draws a row behind its number, and says where the cursor is if it is there.
    func draw(
        in rect: Rect, on surface: inout Surface, isFocused: Bool, faulty: Set<Int>, placeholder: SafeText,
        row drawRow: (Row, _ isCurrent: Bool, Rect, inout Surface) -> Point
    ) -> Point {
        guard !rows.isEmpty else {
            let line = rect.row(0)
            if isFocused { surface.fill(line, .inputFocus) }
            surface.draw(placeholder.truncated(to: line.width), in: line, .placeholder)
            return Point(rect.x, rect.y)
        }
        let shown = Window().visible(height: rect.height, count: rows.count, selected: isFocused ? row : 0)
        var rest = rect
        var cursor = Point(rect.x, rect.y)
        for index in shown {
            var line = rest.takeTop(1)
            let isCurrent = isFocused && index == row
            let style: Style = faulty.contains(index) ? .error : isCurrent ? .accent : .dim
            surface.draw(SafeText(untrusted: "\(index + 1)"), in: line.takeLeft(margin), style)
            let point = drawRow(rows[index], isCurrent, line, &surface)
            if isCurrent { cursor = point }
        }
        if shown.upperBound < rows.count, rect.width > 12 {
            let more = SafeText(untrusted: " +\(rows.count - shown.upperBound) more")
            surface.drawRight(Line(more, .dim), in: rect.row(shown.count - 1))
        }
        return cursor
    }
}

extension LineInput {
    /// Draws the text of a row: fainter while it is only the default.
    func drawRow(in rect: Rect, on surface: inout Surface, isFocused: Bool, isDefault: Bool) -> Point {
        guard isDefault else { return draw(in: rect, on: &surface, isFocused: isFocused) }
        surface.draw(Line(SafeText(untrusted: text), .placeholder).truncated(to: rect.width), in: rect)
        return Point(rect.x, rect.y)
    }
}
