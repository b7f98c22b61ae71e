/// A number in a line of text: `+` and `-` step, whatever else is typed stays until it is read.
package struct NumberInput: Hashable, Sendable {
    package var input: LineInput
    package var step: Int
    package var range: ClosedRange<Int>
    /// Whether it is one of a few: Left and Right step too, Home and End go to the least and the most.
    package var slides: Bool

    package init(
        _ text: String, step: Int = 1, in range: ClosedRange<Int> = Int.min...Int.max, slides: Bool = false
    ) {
        input = LineInput(text)
        self.step = max(1, step)
        self.range = range
        self.slides = slides
    }

    /// Nil while the text is not a whole number.
    package var value: Int? { Int(input.text) }

    /// A minus in front of the first digit is a sign, not a step, where numbers below zero are allowed.
    package mutating func handle(_ key: KeyEvent) -> LineInput.Outcome {
        switch key {
        case "Right" where slides: return add(isUp: true) ?? input.handle(key)
        case "Left" where slides: return add(isUp: false) ?? input.handle(key)
        case "Home" where slides: return set(range.lowerBound)
        case "End" where slides: return set(range.upperBound)
        case "Alt-Up": return add(isUp: true) ?? .ignored
        case "Alt-Down": return add(isUp: false) ?? .ignored
        case "+": return add(isUp: true) ?? input.handle(key)
        case "-" where input.cursor > 0 || range.lowerBound >= 0: return add(isUp: false) ?? input.handle(key)
        default: return input.handle(key)
        }
    }

    /// Goes to the next multiple of the step; `nil` where the text is no number to step from.
    private mutating func add(isUp: Bool) -> LineInput.Outcome? {
        guard input.isEmpty || value != nil else { return nil }
        let start = value ?? (isUp ? -step : step)
        let signed = start % step
        let rest = signed < 0 ? signed + step : signed
        let amount = isUp ? step - rest : rest == 0 ? -step : -rest
        let (sum, overflows) = start.addingReportingOverflow(amount)
        return set(overflows ? start : min(max(sum, range.lowerBound), range.upperBound))
    }

    private mutating func set(_ number: Int) -> LineInput.Outcome {
        guard number != value else { return .moved }
        input.text = String(number)
        return .changed
    }
}
