import Documents

extension Number {
    /// Whether the number is a whole multiple of `step`, by exact decimal arithmetic.
    func isMultiple(of step: Number) -> Bool {
        if isWrittenAsInteger, step.isWrittenAsInteger, let value = int, let step = step.int, step > 0 {
            return value.isMultiple(of: step)
        }
        let value = digits
        let unit = step.digits
        if value.digits.isEmpty { return true }
        // Digits have no zeros at their end: a number with decimals beyond the step's is no multiple of it.
        guard !unit.digits.isEmpty, value.exponent >= unit.exponent else { return false }
        let zeros = value.exponent - unit.exponent
        guard value.digits.count + zeros <= 1_000_000 else { return false }
        return Self.remainderIsZero(value.digits, zeros: zeros, dividedBy: unit.digits)
    }

    /// Long division, digit by digit.
    private static func remainderIsZero(_ digits: [UInt8], zeros: Int, dividedBy unit: [UInt8]) -> Bool {
        if unit.count <= 18 {
            let divisor = unit.reduce(UInt64(0)) { $0 * 10 + UInt64($1) }
            var rest: UInt64 = 0
            for position in 0..<(digits.count + zeros) {
                let digit = position < digits.count ? UInt64(digits[position]) : 0
                let product = rest.multipliedFullWidth(by: 10)
                let (low, overflow) = product.low.addingReportingOverflow(digit)
                rest = divisor.dividingFullWidth((product.high + (overflow ? 1 : 0), low)).remainder
            }
            return rest == 0
        }
        guard digits.count + zeros <= 5000 else { return false }
        let divisor = DecimalDigits(isNegative: false, digits: unit, exponent: 0)
        var rest: [UInt8] = []
        for position in 0..<(digits.count + zeros) {
            rest.append(position < digits.count ? digits[position] : 0)
            while !(DecimalDigits(isNegative: false, digits: rest, exponent: 0) < divisor) {
                rest = difference(rest, unit)
            }
        }
        return rest.allSatisfy { $0 == 0 }
    }

    /// The digits of `first - second`; `first` is the bigger one.
    private static func difference(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
        var result = first
        var borrow: Int = 0
        for offset in 0..<result.count {
            let index = result.count - 1 - offset
            let taken = offset < second.count ? Int(second[second.count - 1 - offset]) : 0
            var digit = Int(result[index]) - taken - borrow
            borrow = digit < 0 ? 1 : 0
            if digit < 0 { digit += 10 }
            result[index] = UInt8(digit)
        }
        return Array(result.drop { $0 == 0 })
    }
}

extension NumberRules {
    /// The multiples on either side of `number` that the bounds allow, as a sentence.
    func nearestMultiples(to number: Number) -> String? {
        guard let step = multipleOf?.int, multipleOf?.isWhole == true, step > 0 else { return nil }
        let double = number.double.rounded(.down)
        guard let value = number.int ?? Int(exactly: double) else { return nil }
        let below = value - (value % step + step) % step
        let (above, overflow) = below.addingReportingOverflow(step)
        let fitting = ([below] + (overflow ? [] : [above])).map(Number.init(_:)).filter(isInBounds)
        guard !fitting.isEmpty else { return nil }
        return "Nearest: \(fitting.map(\.text).joined(separator: " or "))."
    }

    func accepts(_ number: Number) -> Bool {
        isInBounds(number) && multipleOf.map(number.isMultiple) ?? true && format?.accepts(number) ?? true
    }

    private func isInBounds(_ number: Number) -> Bool { isAboveMinimum(number) && isBelowMaximum(number) }

    func isAboveMinimum(_ number: Number) -> Bool {
        guard let minimum else { return true }
        return isMinimumExclusive ? minimum < number : !(number < minimum)
    }

    func isBelowMaximum(_ number: Number) -> Bool {
        guard let maximum else { return true }
        return isMaximumExclusive ? number < maximum : !(maximum < number)
    }
}
