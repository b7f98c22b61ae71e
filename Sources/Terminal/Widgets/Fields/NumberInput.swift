/// A whole number in a line of text: up and down step, whatever else is typed stays until it is read.
package struct NumberInput: Hashable, Sendable {
    package var input: LineInput
    package var step: Int
    package var range: ClosedRange<Int>

    package init(_ text: String, step: Int = 1, in range: ClosedRange<Int> = Int.min...Int.max) {
        input = LineInput(text)
        self.step = step
        self.range = range
    }

    /// Nil while the text is not a number.
    package var value: Int? { Int(input.text) }

    package mutating func handle(_ key: KeyEvent) -> LineInput.Outcome {
        switch key {
        case "Up": return add(step)
        case "Down": return add(-step)
        default: return input.handle(key)
        }
    }

    private mutating func add(_ amount: Int) -> LineInput.Outcome {
        guard let value else { return .ignored }
        let (sum, overflows) = value.addingReportingOverflow(amount)
        let next = overflows ? value : min(max(sum, range.lowerBound), range.upperBound)
        guard next != value else { return .ignored }
        input.text = String(next)
        return .changed
    }
}
