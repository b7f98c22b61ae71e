/// Lines of text, each an item of its own, that are added, taken out and moved.
package struct RowsInput: Hashable, Sendable {
    package private(set) var list: RowList<LineInput>

    package static let rowLimit = 1000

    package init(_ texts: [String] = []) {
        list = RowList(texts.map { LineInput($0) })
    }

    package var rows: [LineInput] { list.rows }
    /// The row with the cursor; 0 where there is none.
    package var row: Int { list.row }
    package var texts: [String] { rows.map(\.text) }

    /// Edits the row with the cursor, and the rows among each other.
    package mutating func handle(_ key: KeyEvent) -> LineInput.Outcome {
        list.handle(key) ?? list.rows[row].handle(key)
    }

    /// Lines become rows behind the one with the cursor; a single line goes into that one.
    package mutating func paste(_ text: String) -> LineInput.Outcome {
        let lines = text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.allSatisfy(\.isWhitespace) }
        guard let first = lines.first else { return .ignored }
        list.begin()
        var dropped = 0
        if lines.count == 1 { return list.rows[row].paste(first) }
        for line in lines {
            guard rows.count < RowsInput.rowLimit else {
                dropped += line.utf8.count
                continue
            }
            if list.isOnBlank {
                list.rows[row] = LineInput(line)
            } else {
                list.rows.insert(LineInput(line), at: row + 1)
                list.row += 1
            }
        }
        return dropped > 0 ? .pasted(joinedLines: false, droppedBytes: dropped) : .changed
    }

    /// Without the rows in which nothing stands.
    package mutating func dropEmpty() { list.dropEmpty() }
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
        list.draw(
            in: rect, on: &surface, isFocused: isFocused, faulty: faulty, placeholder: placeholder
        ) { input, isCurrent, line, surface in
            input.drawRow(in: line, on: &surface, isFocused: isCurrent, isDefault: isDefault && !isCurrent)
        }
    }
}
