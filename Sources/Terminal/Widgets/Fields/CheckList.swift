/// Any of some options, each once, one below the other: `[x] alpha`.
package struct CheckList: Hashable, Sendable {
    package let options: [String]
    /// In the order in which they were ticked.
    package private(set) var chosen: [Int]
    package private(set) var row = 0

    package init(_ options: [String], chosen: [Int] = []) {
        self.options = options
        self.chosen = chosen.filter { options.indices.contains($0) }
    }

    /// Space ticks, up and down move, a letter goes to the next option that begins with it.
    ///
    /// Moving past an end is ignored: that is where the field ends.
    package mutating func handle(_ key: KeyEvent) -> LineInput.Outcome {
        guard !options.isEmpty else { return .ignored }
        switch key {
        case "Up" where row > 0: row -= 1
        case "Down" where row + 1 < options.count: row += 1
        case "Space":
            if let place = chosen.firstIndex(of: row) { chosen.remove(at: place) } else { chosen.append(row) }
            return .changed
        default:
            guard let typed = key.typed, let found = next(beginningWith: typed) else { return .ignored }
            row = found
        }
        return .moved
    }

    private func next(beginningWith letter: Character) -> Int? {
        (1...options.count).map { (row + $0) % options.count }.first { index in
            options[index].first.map { $0.lowercased() == letter.lowercased() } ?? false
        }
    }

    /// Draws as many options as there are rows, the current one among them; returns where the cursor stands.
    @discardableResult
    package func draw(in rect: Rect, on surface: inout Surface, isFocused: Bool, isDefault: Bool = false) -> Point {
        let shown = Window().visible(height: rect.height, count: options.count, selected: isFocused ? row : 0)
        var rest = rect
        for index in shown {
            let isCurrent = isFocused && index == row
            let box = Span(chosen.contains(index) ? "[x]" : "[ ]", isCurrent ? .inputFocus : .input)
            let word = Span(SafeText(untrusted: options[index]), isDefault ? .placeholder : .text)
            surface.draw(Line([box, Span(" "), word]).truncated(to: rect.width), in: rest.takeTop(1))
        }
        return Point(rect.x + min(1, max(0, rect.width - 1)), rect.y + max(0, row - shown.lowerBound))
    }
}
