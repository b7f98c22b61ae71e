/// One of a few values, changed in place: `( 512 )  < >`.
package struct Choice: Hashable, Sendable {
    package let options: [String]
    package private(set) var selected: Int?

    package init(_ options: [String], selected: Int? = nil) {
        self.options = options
        self.selected = selected.flatMap { options.indices.contains($0) ? $0 : nil }
    }

    package var value: String? { selected.map { options[$0] } }

    /// Left and right step around; a letter goes to the next option that begins with it.
    package mutating func handle(_ key: KeyEvent) -> Bool {
        guard !options.isEmpty else { return false }
        switch key {
        case "Right", "Space": selected = selected.map { ($0 + 1) % options.count } ?? 0
        case "Left": selected = selected.map { ($0 + options.count - 1) % options.count } ?? options.count - 1
        case "Home": selected = 0
        case "End": selected = options.count - 1
        default:
            guard let typed = key.typed, let found = next(beginningWith: typed) else { return false }
            selected = found
        }
        return true
    }

    private func next(beginningWith letter: Character) -> Int? {
        let start = selected.map { $0 + 1 } ?? 0
        return (0..<options.count).map { (start + $0) % options.count }.first { index in
            options[index].first.map { $0.lowercased() == letter.lowercased() } ?? false
        }
    }

    /// Draws the value and, with the focus, the arrows and, where there is room, all options.
    ///
    /// - Parameter isDefault: Whether nobody has chosen: the value is fainter then.
    /// - Returns: Where the cursor stands.
    @discardableResult
    package func draw(
        in rect: Rect, on surface: inout Surface, isFocused: Bool, isDefault: Bool = false,
        placeholder: SafeText = "-"
    ) -> Point {
        let style: Style = isFocused ? .inputFocus : isDefault ? .placeholder : .input
        let longest = options.map { SafeText(untrusted: $0).width }.max() ?? 0
        let room = max(1, min(max(longest, placeholder.width), rect.width - (isFocused ? 9 : 4)))
        let shown = value.map { SafeText(untrusted: $0) }
        var rest = rect
        _ = rest.takeLeft(surface.draw("( ", in: rest, .border))
        let field = rest.takeLeft(room)
        surface.fill(field.row(0), style)
        surface.draw((shown ?? placeholder).truncated(to: room), in: field, shown == nil ? .placeholder : style)
        _ = rest.takeLeft(surface.draw(" )", in: rest, .border))
        guard isFocused else { return Point(field.x, field.y) }
        _ = rest.takeLeft(surface.draw("  < >", in: rest, .accent) + 3)
        let all = options.map { SafeText(untrusted: $0) }.reduce(Line()) { line, option in
            line + Line([Span(option, option == shown ? .text : .dim), Span("  ")])
        }
        if all.width - 2 <= rest.width { surface.draw(all, in: rest) }
        return Point(field.x, field.y)
    }
}
