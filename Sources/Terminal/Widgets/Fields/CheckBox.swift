/// Yes, no, or neither: `[x] yes`.
package struct CheckBox: Hashable, Sendable {
    /// `nil` while nobody has said.
    package var isOn: Bool?
    /// Whether not to say is an answer too.
    package var isTriState: Bool

    package init(isOn: Bool?, isTriState: Bool = false) {
        self.isOn = isOn
        self.isTriState = isTriState
    }

    /// Space and the arrows change it, round through "not set" where that is an answer; `y` and `n` say which.
    package mutating func handle(_ key: KeyEvent) -> Bool {
        switch key {
        case "Space", "Right": isOn = isOn == false && isTriState ? nil : !(isOn ?? false)
        case "Left": isOn = isOn == true && isTriState ? nil : isOn.map { !$0 } ?? (isTriState ? false : true)
        case "Backspace" where isTriState && isOn != nil, "Del" where isTriState && isOn != nil: isOn = nil
        case "y", "Y", "x": isOn = true
        case "n", "N": isOn = false
        default: return false
        }
        return true
    }

    package var word: SafeText {
        switch isOn {
        case true?: "yes"
        case false?: "no"
        case nil: "not set"
        }
    }

    /// Draws the box and its word, fainter where it `isDefault`; returns where the cursor stands.
    @discardableResult
    package func draw(in rect: Rect, on surface: inout Surface, isFocused: Bool, isDefault: Bool = false) -> Point {
        let box: SafeText = isOn == nil ? "[-]" : isOn == true ? "[x]" : "[ ]"
        let style: Style = isDefault || isOn == nil ? .placeholder : .text
        surface.draw(Line([Span(box, isFocused ? .inputFocus : .input), Span(" "), Span(word, style)]), in: rect)
        return Point(rect.x + min(1, max(0, rect.width - 1)), rect.y)
    }
}
