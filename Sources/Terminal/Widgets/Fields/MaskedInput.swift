/// Text of a fixed shape, such as a date: digits are typed, what stands between them comes by itself.
package struct MaskedInput: Hashable, Sendable {
    /// Letters stand for digits, all else for itself: `YYYY-MM-DD`. Behind the mask anything can follow.
    package let mask: String
    package var input: LineInput

    package init(_ text: String, mask: String) {
        self.mask = mask
        input = LineInput(text)
    }

    /// A digit brings the signs before it; a sign that is there already, and one more digit than fits, are passed over.
    package mutating func handle(_ key: KeyEvent) -> LineInput.Outcome {
        guard let typed = key.typed, input.cursor == input.count, typed.isNumber || separators.contains(typed) else {
            return input.handle(key)
        }
        let places = Array(mask)
        guard input.count < places.count else { return input.handle(key) }
        let next = places[input.count]
        // The sign came by itself with the digit before it, and people type it all the same.
        if !typed.isNumber, input.count > 0, !next.isSign, places[input.count - 1] == typed { return .moved }
        if typed.isNumber, next.isSign { _ = input.handle(KeyEvent(next)) }
        let outcome = input.handle(key)
        if typed.isNumber, input.count < places.count, places[input.count].isSign, fits {
            _ = input.handle(KeyEvent(places[input.count]))
        }
        return outcome
    }

    private var separators: Set<Character> { Set(mask.filter(\.isSign)) }

    /// Whether the text is a beginning of the mask.
    private var fits: Bool {
        zip(input.text, mask).allSatisfy { character, place in
            place.isSign ? character == place : character.isNumber
        }
    }

    /// What of the mask is yet to be typed; nothing where the text has another shape.
    package var rest: String { fits && input.count < mask.count ? String(mask.dropFirst(input.count)) : "" }

    /// Fills in what of a moment is seldom typed: the seconds, and that it is in UTC.
    package mutating func complete() {
        let rest = rest
        guard rest == "Z" || rest == "ssZ" || rest == ":ssZ" else { return }
        input.text += rest.replacing("ss", with: "00")
    }

    /// Draws the text and, fainter, what is yet to come; returns where the cursor stands.
    @discardableResult
    package func draw(in rect: Rect, on surface: inout Surface, isFocused: Bool) -> Point {
        let point = input.draw(in: rect, on: &surface, isFocused: isFocused)
        let width = SafeText(untrusted: input.text).width
        guard isFocused, !input.isEmpty, width < rect.width else { return point }
        let place = Rect(rect.x + width, rect.y, rect.width - width, 1)
        surface.draw(SafeText(untrusted: rest).truncated(to: place.width), in: place, Style(.placeholder))
        return point
    }
}

extension Character {
    fileprivate var isSign: Bool { !"YMDhms".contains(self) }
}
