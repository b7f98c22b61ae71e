/// Names with values, each pair a row of two columns.
package struct PairsInput: Hashable, Sendable {
    package struct Pair: Hashable, Sendable {
        package var name: LineInput
        package var value: LineInput

        package init(_ name: String = "", _ value: String = "") {
            self.name = LineInput(name)
            self.value = LineInput(value)
        }

        package var isEmpty: Bool { name.isEmpty && value.isEmpty }
    }

    package private(set) var pairs: [Pair]
    /// The row with the cursor; 0 where there is none.
    package private(set) var row = 0
    /// Whether the cursor is in the column of the values.
    package private(set) var isInValue = false

    package init(_ pairs: [(name: String, value: String)] = []) {
        self.pairs = pairs.map { Pair($0.name, $0.value) }
    }

    /// `=` and the arrows go from the name to the value and back. Moving past an end, and Enter on an empty row, are
    /// ignored: the field ends there.
    package mutating func handle(_ key: KeyEvent) -> LineInput.Outcome {
        switch key {
        case "Up": return step(-1)
        case "Down": return step(1)
        case "Enter": return add()
        case "Ctrl-X": return delete()
        case "Alt-Up": return move(-1)
        case "Alt-Down": return move(1)
        case "Backspace" where pairs.indices.contains(row) && pairs[row].isEmpty: return delete()
        default: break
        }
        if pairs.isEmpty {
            guard key.typed != nil else { return .ignored }
            (pairs, row, isInValue) = ([Pair()], 0, false)
        }
        return isInValue ? handleInValue(key) : handleInName(key)
    }

    private mutating func handleInName(_ key: KeyEvent) -> LineInput.Outcome {
        let input = pairs[row].name
        if key == "=" || key == "Right" && input.cursor == input.count {
            isInValue = true
            return key == "=" ? .changed : .moved
        }
        return pairs[row].name.handle(key)
    }

    private mutating func handleInValue(_ key: KeyEvent) -> LineInput.Outcome {
        if pairs[row].value.cursor == 0, key == "Left" || key == "Backspace" && pairs[row].value.isEmpty {
            isInValue = false
            return .moved
        }
        return pairs[row].value.handle(key)
    }

    /// Puts text where the cursor is.
    package mutating func paste(_ text: String) -> LineInput.Outcome {
        if pairs.isEmpty { (pairs, row, isInValue) = ([Pair()], 0, false) }
        return isInValue ? pairs[row].value.paste(text) : pairs[row].name.paste(text)
    }

    /// Adds pairs behind the row with the cursor; an empty row gives its place.
    ///
    /// - Returns: How many had no room.
    package mutating func insert(_ added: [(name: String, value: String)]) -> Int {
        let room = max(0, RowsInput.rowLimit - pairs.count)
        let fresh = added.prefix(room).map { Pair($0.name, $0.value) }
        guard !fresh.isEmpty else { return added.count }
        let isPlaceEmpty = pairs.indices.contains(row) && pairs[row].isEmpty
        let start = pairs.isEmpty ? 0 : isPlaceEmpty ? row : row + 1
        pairs.replaceSubrange(start..<(isPlaceEmpty ? start + 1 : start), with: fresh)
        (row, isInValue) = (start + fresh.count - 1, true)
        return added.count - fresh.count
    }

    package mutating func dropEmpty() {
        pairs.removeAll(where: \.isEmpty)
        row = min(row, max(0, pairs.count - 1))
    }

    private mutating func step(_ count: Int) -> LineInput.Outcome {
        guard pairs.indices.contains(row + count) else { return .ignored }
        row += count
        return .moved
    }

    private mutating func add() -> LineInput.Outcome {
        guard pairs.count < RowsInput.rowLimit else { return .ignored }
        guard !pairs.isEmpty else {
            (pairs, row, isInValue) = ([Pair()], 0, false)
            return .changed
        }
        guard !pairs[row].isEmpty else { return .ignored }
        row += 1
        isInValue = false
        pairs.insert(Pair(), at: row)
        return .changed
    }

    private mutating func delete() -> LineInput.Outcome {
        guard pairs.indices.contains(row) else { return .moved }
        pairs.remove(at: row)
        row = min(row, max(0, pairs.count - 1))
        isInValue = false
        return .changed
    }

    private mutating func move(_ count: Int) -> LineInput.Outcome {
        guard pairs.indices.contains(row), pairs.indices.contains(row + count) else { return .moved }
        pairs.swapAt(row, row + count)
        row += count
        return .changed
    }
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
        guard !pairs.isEmpty else {
            let line = rect.row(0)
            if isFocused { surface.fill(line, .inputFocus) }
            surface.draw(placeholder.truncated(to: line.width), in: line, .placeholder)
            return Point(rect.x, rect.y)
        }
        let shown = Window().visible(height: rect.height, count: pairs.count, selected: isFocused ? row : 0)
        let margin = String(pairs.count).count + 1
        let longest = pairs.map { SafeText(untrusted: $0.name.text).width + 1 }.max() ?? 0
        let column = min(max(8, longest), max(1, (rect.width - margin) / 2))
        var rest = rect
        var cursor = Point(rect.x, rect.y)
        for index in shown {
            var line = rest.takeTop(1)
            let isCurrent = isFocused && index == row
            let style: Style = faulty.contains(index) ? .error : isCurrent ? .accent : .dim
            surface.draw(SafeText(untrusted: "\(index + 1)"), in: line.takeLeft(margin), style)
            let name = line.takeLeft(column)
            _ = line.takeLeft(surface.draw(" = ", in: line, .dim))
            let pair = pairs[index]
            if isDefault, !isCurrent {
                for (input, place) in [(pair.name, name), (pair.value, line)] {
                    let text = Line(SafeText(untrusted: input.text), .placeholder)
                    surface.draw(text.truncated(to: place.width), in: place)
                }
                continue
            }
            let first = pair.name.draw(in: name, on: &surface, isFocused: isCurrent && !isInValue)
            let second = pair.value.draw(in: line, on: &surface, isFocused: isCurrent && isInValue)
            if isCurrent { cursor = isInValue ? second : first }
        }
        if shown.upperBound < pairs.count, rect.width > 12 {
            let more = SafeText(untrusted: " +\(pairs.count - shown.upperBound) more")
            surface.drawRight(Line(more, .dim), in: rect.row(shown.count - 1))
        }
        return cursor
    }
}
