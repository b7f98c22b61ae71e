/// A decimal number taken apart: sign, significant digits without zeros at either end, power of ten of the last digit.
///
/// The form is unique, so memberwise equality is equality of value. Zero has no digits.
package struct DecimalDigits: Hashable, Sendable {
    package var isNegative: Bool
    /// Values 0 to 9, most significant first.
    package var digits: [UInt8]
    package var exponent: Int

    package init(_ int: Int) {
        var rest = int.magnitude
        var digits: [UInt8] = []
        while rest > 0 {
            digits.append(UInt8(rest % 10))
            rest /= 10
        }
        self.init(isNegative: int < 0, digits: digits.reversed(), exponent: 0)
    }

    package init(isNegative: Bool, digits: [UInt8], exponent: Int) {
        var exponent = exponent
        var end = digits.endIndex
        while end > 0, digits[end - 1] == 0 {
            end -= 1
            exponent += 1
        }
        let trimmed = digits[..<end].drop { $0 == 0 }
        self.digits = Array(trimmed)
        self.exponent = trimmed.isEmpty ? 0 : exponent
        self.isNegative = trimmed.isEmpty ? false : isNegative
    }

    /// Reads JSON's number grammar; `nil` when `text` is anything else, or its exponent is beyond a million.
    package init?(json text: some Collection<UInt8>) {
        var rest = text[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest = rest.dropFirst() }
        func takeDigits() -> [UInt8] {
            let run = rest.prefix { (0x30...0x39).contains($0) }
            rest = rest[run.endIndex...]
            return run.map { $0 - 0x30 }
        }
        let whole = takeDigits()
        guard !whole.isEmpty, whole.count == 1 || whole[0] != 0 else { return nil }
        var fraction: [UInt8] = []
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            fraction = takeDigits()
            guard !fraction.isEmpty else { return nil }
        }
        var exponent = 0
        if let mark = rest.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            let sign = rest.first
            if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { rest = rest.dropFirst() }
            let power = takeDigits()
            guard !power.isEmpty, power.count <= 7 else { return nil }
            exponent = power.reduce(0) { $0 * 10 + Int($1) }
            guard exponent <= 1_000_000 else { return nil }
            if sign == UInt8(ascii: "-") { exponent = -exponent }
        }
        guard rest.isEmpty else { return nil }
        self.init(isNegative: isNegative, digits: whole + fraction, exponent: exponent - fraction.count)
    }

    /// The value where it is whole and fits.
    package var int: Int? {
        guard exponent >= 0, digits.count + exponent <= 19 else { return digits.isEmpty ? 0 : nil }
        var magnitude: UInt = 0
        for digit in digits + Array(repeating: 0, count: exponent) {
            let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            magnitude = product + UInt(digit)
        }
        return isNegative
            ? (magnitude == Int.min.magnitude ? Int.min : Int(exactly: magnitude).map(-)) : Int(exactly: magnitude)
    }
}

extension DecimalDigits: Comparable {
    package static func < (left: DecimalDigits, right: DecimalDigits) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        let (smaller, larger) = left.isNegative ? (right, left) : (left, right)
        return smaller.isMagnitudeLess(than: larger)
    }

    private func isMagnitudeLess(than other: DecimalDigits) -> Bool {
        guard !digits.isEmpty, !other.digits.isEmpty else { return digits.isEmpty && !other.digits.isEmpty }
        let top = digits.count + exponent
        let otherTop = other.digits.count + other.exponent
        if top != otherTop { return top < otherTop }
        return digits.lexicographicallyPrecedes(other.digits)
    }
}
