import Foundation

/// An integer of any size: a sign and 32-bit digits, least significant first, without leading zeros.
///
/// It only carries what leaves 64 bits, so plain schoolbook arithmetic is enough; sizes are bounded by `limit`.
struct BigInt: Hashable, Sendable {
    let isNegative: Bool
    let digits: [UInt32]

    /// The most 32-bit digits that a result may have: about ten thousand decimal digits.
    static let limit = 1_100

    init(isNegative: Bool, digits: [UInt32]) {
        var digits = digits
        while digits.last == 0 { digits.removeLast() }
        self.digits = digits
        self.isNegative = isNegative && !digits.isEmpty
    }

    init(_ int: Int) {
        let magnitude = UInt64(int.magnitude)
        self.init(isNegative: int < 0, digits: [UInt32(truncatingIfNeeded: magnitude), UInt32(magnitude >> 32)])
    }

    /// The most decimal digits that are read or written, as in Python.
    static let mostDigits = 4_300

    /// Reads digits of `radix`; `nil` for anything else and for what is too long.
    init?(_ text: some Collection<UInt8>, radix: UInt32, isNegative: Bool = false) {
        guard text.count <= (radix == 10 ? BigInt.mostDigits : BigInt.limit * 32) else { return nil }
        var digits: [UInt32] = []
        var group: UInt32 = 0
        var scale: UInt32 = 1
        for byte in text {
            guard let value = BigInt.digit(byte), value < radix else { return nil }
            (group, scale) = (group * radix + value, scale * radix)
            // As many at once as 32 bits hold.
            guard scale > UInt32.max / radix else { continue }
            BigInt.multiply(&digits, by: scale, adding: group)
            (group, scale) = (0, 1)
            if digits.count > BigInt.limit { return nil }
        }
        if scale > 1 { BigInt.multiply(&digits, by: scale, adding: group) }
        if digits.count > BigInt.limit { return nil }
        self.init(isNegative: isNegative, digits: digits)
    }

    private static func multiply(_ digits: inout [UInt32], by scale: UInt32, adding group: UInt32) {
        var carry = UInt64(group)
        for index in digits.indices {
            let product = UInt64(digits[index]) * UInt64(scale) + carry
            digits[index] = UInt32(truncatingIfNeeded: product)
            carry = product >> 32
        }
        if carry > 0 { digits.append(UInt32(carry)) }
    }

    /// The value rounded toward zero; `nil` for infinities and not-a-number.
    init?(_ double: Double) {
        guard double.isFinite else { return nil }
        var rest = double.magnitude.rounded(.down)
        var digits: [UInt32] = []
        while rest >= 1 {
            digits.append(UInt32(rest.truncatingRemainder(dividingBy: 4_294_967_296)))
            rest = (rest / 4_294_967_296).rounded(.down)
        }
        self.init(isNegative: double < 0, digits: digits)
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }

    var isZero: Bool { digits.isEmpty }
    var negated: BigInt { BigInt(isNegative: !isNegative, digits: digits) }
    var isTooBig: Bool { digits.count > BigInt.limit }

    /// The value where it fits.
    var int: Int? {
        guard digits.count <= 2 else { return nil }
        let magnitude = digits.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << (32 * UInt64($1.offset)) }
        if isNegative { return magnitude == UInt64(Int.min.magnitude) ? Int.min : Int(exactly: magnitude).map { -$0 } }
        return Int(exactly: magnitude)
    }

    /// The nearest binary value; infinite when out of range.
    var double: Double {
        let shift = bitCount - 64
        guard shift > 0 else {
            let magnitude = Double(digits.reversed().reduce(UInt64(0)) { $0 << 32 | UInt64($1) })
            return isNegative ? -magnitude : magnitude
        }
        // The upper 64 bits decide, and whether anything stands below them.
        let (word, bit) = (shift / 32, UInt64(shift % 32))
        var top: UInt64 = 0
        for index in 0..<3 where word + index < digits.count {
            let digit = UInt64(digits[word + index])
            top |= index == 0 ? digit >> bit : digit << (32 * UInt64(index) - bit)
        }
        let hasRest = digits[..<word].contains { $0 != 0 } || digits[word] & ((1 << UInt32(bit)) - 1) != 0
        let magnitude = shift > 1_024 ? .infinity : scalbn(Double(top | (hasRest ? 1 : 0)), shift)
        return isNegative ? -magnitude : magnitude
    }

    var bitCount: Int {
        guard let top = digits.last else { return 0 }
        return digits.count * 32 - top.leadingZeroBitCount
    }
}

extension BigInt {
    private static func compare(_ left: [UInt32], _ right: [UInt32]) -> Int {
        if left.count != right.count { return left.count < right.count ? -1 : 1 }
        for index in left.indices.reversed() where left[index] != right[index] {
            return left[index] < right[index] ? -1 : 1
        }
        return 0
    }

    private static func add(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var out: [UInt32] = []
        var carry: UInt64 = 0
        for index in 0..<max(left.count, right.count) {
            carry += UInt64(index < left.count ? left[index] : 0) + UInt64(index < right.count ? right[index] : 0)
            out.append(UInt32(truncatingIfNeeded: carry))
            carry >>= 32
        }
        if carry > 0 { out.append(UInt32(carry)) }
        return out
    }

    /// `left` must not be smaller than `right`.
    private static func subtract(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var out: [UInt32] = []
        var borrow: Int64 = 0
        for index in left.indices {
            var value = Int64(left[index]) - Int64(index < right.count ? right[index] : 0) - borrow
            borrow = value < 0 ? 1 : 0
            if value < 0 { value += 4_294_967_296 }
            out.append(UInt32(value))
        }
        return out
    }

    static func + (left: BigInt, right: BigInt) -> BigInt {
        if left.isNegative == right.isNegative {
            return BigInt(isNegative: left.isNegative, digits: add(left.digits, right.digits))
        }
        if compare(left.digits, right.digits) >= 0 {
            return BigInt(isNegative: left.isNegative, digits: subtract(left.digits, right.digits))
        }
        return BigInt(isNegative: right.isNegative, digits: subtract(right.digits, left.digits))
    }

    static func - (left: BigInt, right: BigInt) -> BigInt { left + right.negated }

    static func * (left: BigInt, right: BigInt) -> BigInt {
        guard !left.isZero, !right.isZero else { return BigInt(0) }
        var out = [UInt32](repeating: 0, count: left.digits.count + right.digits.count)
        for (i, a) in left.digits.enumerated() {
            var carry: UInt64 = 0
            for (j, b) in right.digits.enumerated() {
                let value = UInt64(a) &* UInt64(b) &+ UInt64(out[i + j]) &+ carry
                out[i + j] = UInt32(truncatingIfNeeded: value)
                carry = value >> 32
            }
            out[i + right.digits.count] = UInt32(carry)
        }
        return BigInt(isNegative: left.isNegative != right.isNegative, digits: out)
    }

    /// Quotient and remainder of the magnitudes; the divisor must not be zero.
    private static func divide(_ left: BigInt, by right: BigInt) -> (BigInt, BigInt) {
        if compare(left.digits, right.digits) < 0 { return (BigInt(0), BigInt(isNegative: false, digits: left.digits)) }
        if right.digits.count == 1 {
            var rest: UInt64 = 0
            var quotient = left.digits
            for index in quotient.indices.reversed() {
                let value = rest << 32 | UInt64(quotient[index])
                quotient[index] = UInt32(value / UInt64(right.digits[0]))
                rest = value % UInt64(right.digits[0])
            }
            return (BigInt(isNegative: false, digits: quotient), BigInt(Int(rest)))
        }
        // Knuth, The Art of Computer Programming, 4.3.1, algorithm D: the divisor's highest bit is set first.
        let shift = UInt32((right.digits.last ?? 1).leadingZeroBitCount)
        let divisor = shifted(right.digits, shift)
        var rest = shifted(left.digits, shift) + [0]
        let count = right.digits.count
        var quotient = [UInt32](repeating: 0, count: left.digits.count - count + 1)
        for place in quotient.indices.reversed() {
            let top = UInt64(rest[place + count]) << 32 | UInt64(rest[place + count - 1])
            var guess = top / UInt64(divisor[count - 1])
            var remainder = top % UInt64(divisor[count - 1])
            while guess > UInt32.max
                || guess * UInt64(divisor[count - 2]) > remainder << 32 | UInt64(rest[place + count - 2])
            {
                guess -= 1
                remainder += UInt64(divisor[count - 1])
                if remainder > UInt32.max { break }
            }
            if !subtract(divisor, times: guess, from: &rest, at: place) {
                guess -= 1
                add(divisor, to: &rest, at: place)
            }
            quotient[place] = UInt32(guess)
        }
        var digits = Array(rest[..<count])
        if shift > 0 {
            for index in digits.indices {
                let above = index + 1 < count ? digits[index + 1] << (32 - shift) : 0
                digits[index] = digits[index] >> shift | above
            }
        }
        return (BigInt(isNegative: false, digits: quotient), BigInt(isNegative: false, digits: digits))
    }

    /// The same number of digits and one more where bits go over.
    private static func shifted(_ digits: [UInt32], _ shift: UInt32) -> [UInt32] {
        guard shift > 0 else { return digits }
        var out = digits
        var carry: UInt32 = 0
        for index in out.indices {
            (out[index], carry) = (digits[index] << shift | carry, digits[index] >> (32 - shift))
        }
        return carry > 0 ? out + [carry] : out
    }

    /// Answers false when more was taken than there was.
    private static func subtract(
        _ digits: [UInt32], times factor: UInt64, from rest: inout [UInt32], at place: Int
    ) -> Bool {
        var carry: UInt64 = 0
        var borrow: Int64 = 0
        for index in 0...digits.count {
            carry += index < digits.count ? factor * UInt64(digits[index]) : 0
            let value = Int64(rest[place + index]) - Int64(carry & 0xFFFF_FFFF) + borrow
            rest[place + index] = UInt32(truncatingIfNeeded: value)
            borrow = value >> 32
            carry >>= 32
        }
        return borrow == 0
    }

    private static func add(_ digits: [UInt32], to rest: inout [UInt32], at place: Int) {
        var carry: UInt64 = 0
        for index in 0...digits.count {
            carry += UInt64(rest[place + index]) + (index < digits.count ? UInt64(digits[index]) : 0)
            rest[place + index] = UInt32(truncatingIfNeeded: carry)
            carry >>= 32
        }
    }

    /// Python's floor division and modulo; the divisor must not be zero.
    func floorDivided(by other: BigInt) -> (quotient: BigInt, remainder: BigInt) {
        let (quotient, rest) = BigInt.divide(self, by: other)
        let signed = BigInt(isNegative: isNegative != other.isNegative, digits: quotient.digits)
        let remainder = BigInt(isNegative: isNegative, digits: rest.digits)
        if !remainder.isZero, isNegative != other.isNegative { return (signed - BigInt(1), remainder + other) }
        return (signed, remainder)
    }
}

extension BigInt: Comparable {
    static func < (left: BigInt, right: BigInt) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        let order = compare(left.digits, right.digits)
        return left.isNegative ? order > 0 : order < 0
    }

    /// The decimal digits; a longer number is refused, as in Python: writing takes the square of the length.
    func decimal() throws(Fault) -> String {
        let text = digits.count > 447 ? nil : text(group: 1_000_000_000, width: 9) { String($0) }
        guard let text, text.utf8.count <= BigInt.mostDigits + (isNegative ? 1 : 0) else {
            throw Fault(
                .value, "a whole number must have at most \(BigInt.mostDigits) digits to be written as text",
                hint: "look for a power or a product that grows")
        }
        return text
    }

    /// The digits to the base 2, 8 or 16.
    func text(radix: Int) -> String {
        let (group, width): (UInt32, Int) = radix == 2 ? (1 << 31, 31) : radix == 8 ? (1 << 30, 10) : (1 << 28, 7)
        return text(group: group, width: width) { String($0, radix: radix) }
    }

    /// `group` is the base to the power of `width`.
    @inline(__always)
    private func text(group: UInt32, width: Int, _ spelling: (UInt32) -> String) -> String {
        if isZero { return "0" }
        var parts: [String] = []
        var rest = digits
        var count = rest.count
        while count > 0 {
            var part: UInt64 = 0
            for index in (0..<count).reversed() {
                let value = part << 32 | UInt64(rest[index])
                rest[index] = UInt32(truncatingIfNeeded: value / UInt64(group))
                part = value % UInt64(group)
            }
            while count > 0, rest[count - 1] == 0 { count -= 1 }
            let text = spelling(UInt32(part))
            parts.append(count == 0 ? text : String(repeating: "0", count: width - text.utf8.count) + text)
        }
        return (isNegative ? "-" : "") + parts.reversed().joined()
    }
}
