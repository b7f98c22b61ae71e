/// Yes or no: `[x] word`.
package struct CheckBox: Hashable, Sendable {
    package var isOn: Bool
    package var title: SafeText

    package init(_ title: SafeText, isOn: Bool) {
        self.title = title
        self.isOn = isOn
    }

    package mutating func handle(_ key: KeyEvent) -> Bool {
        guard key == "Space" else { return false }
        isOn.toggle()
        return true
    }

    @discardableResult
    package func draw(in rect: Rect, on surface: inout Surface, isFocused: Bool) -> Point {
        surface.draw(
            Line([Span(isOn ? "[x]" : "[ ]", isFocused ? .inputFocus : .input), Span(" "), Span(title)]), in: rect)
        return Point(rect.x + min(1, max(0, rect.width - 1)), rect.y)
    }
}
