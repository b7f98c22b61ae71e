/// Names with values, each pair a row of two columns.
package struct PairsInput: Hashable, Sendable {
    package struct Pair: RowContent {
        package var name: LineInput
        package var value: LineInput

        package init(_ name: String = "", _ value: String = "") {
            self.name = LineInput(name)
            self.value = LineInput(value)
        }

        package static var blank: Pair { Pair() }
        package var isEmpty: Bool { name.isEmpty && value.isEmpty }
    }

    package private(set) var list: RowList<Pair>
    /// Whether the cursor is in the column of the values.
    package private(set) var isInValue = false

    package init(_ pairs: [(name: String, value: String)] = []) {
        list = RowList(pairs.map { Pair($0.name, $0.value) })
    }

    package var pairs: [Pair] { list.rows }
    /// The row with the cursor; 0 where there is none.
    package var row: Int { list.row }

    /// `=` and the arrows go from the name to the value and back.
    package mutating func handle(_ key: KeyEvent) -> LineInput.Outcome {
        let count = pairs.count
        let outcome = list.handle(key)
        // A row that is new, or in the place of one that went, begins with its name.
        if pairs.count != count { isInValue = false }
        return outcome ?? (isInValue ? handleInValue(key) : handleInName(key))
    }

    private mutating func handleInName(_ key: KeyEvent) -> LineInput.Outcome {
        let input = pairs[row].name
        if key == "=" || key == "Right" && input.cursor == input.count {
            isInValue = true
            return key == "=" ? .changed : .moved
        }
        return list.rows[row].name.handle(key)
    }

    private mutating func handleInValue(_ key: KeyEvent) -> LineInput.Outcome {
        if pairs[row].value.cursor == 0, key == "Left" || key == "Backspace" && pairs[row].value.isEmpty {
            isInValue = false
            return .moved
        }
        return list.rows[row].value.handle(key)
    }

    /// Puts text where the cursor is.
    package mutating func paste(_ text: String) -> LineInput.Outcome {
        if pairs.isEmpty { isInValue = false }
        list.begin()
        return isInValue ? list.rows[row].value.paste(text) : list.rows[row].name.paste(text)
    }

    /// Adds pairs behind the row with the cursor; an empty row gives its place.
    ///
    /// - Returns: How many had no room.
    package mutating func insert(_ added: [(name: String, value: String)]) -> Int {
        let room = max(0, RowsInput.rowLimit - pairs.count)
        let fresh = added.prefix(room).map { Pair($0.name, $0.value) }
        guard !fresh.isEmpty else { return added.count }
        let start = pairs.isEmpty ? 0 : list.isOnBlank ? row : row + 1
        list.rows.replaceSubrange(start..<(list.isOnBlank ? start + 1 : start), with: fresh)
        (list.row, isInValue) = (start + fresh.count - 1, true)
        return added.count - fresh.count
    }

    package mutating func dropEmpty() { list.dropEmpty() }
}

extension PairsInput {
    /// Draws as many rows as there is room for, that with the cursor among them; returns where the cursor stands.
    ///
    /// - Parameter faulty: Rows that are marked as wrong.
    @discardableResult
    package func draw(
        in rect: Rect, on surface: inout Surface, isFocused: Bool, isDefault: Bool = false, faulty: Set<Int> = [],
        placeholder: SafeText = "none"
    ) -> Point {
        let longest = pairs.map { SafeText(untrusted: $0.name.text).width + 1 }.max() ?? 0
        let column = min(max(8, longest), max(1, (rect.width - list.margin) / 2))
        return list.draw(
            in: rect, on: &surface, isFocused: isFocused, faulty: faulty, placeholder: placeholder
        ) { pair, isCurrent, line, surface in
            var line = line
            let name = line.takeLeft(column)
            _ = line.takeLeft(surface.draw(" = ", in: line, .dim))
            let isFaint = isDefault && !isCurrent
            let first = pair.name.drawRow(
                in: name, on: &surface, isFocused: isCurrent && !isInValue, isDefault: isFaint)
            let second = pair.value.drawRow(
                in: line, on: &surface, isFocused: isCurrent && isInValue, isDefault: isFaint)
            return isInValue ? second : first
        }
    }
}
