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

    /// Reads digits of `radix`; `nil` for anything else and for what is too long.
    init?(_ text: some Sequence<UInt8>, radix: UInt32, isNegative: Bool = false) {
        var digits: [UInt32] = []
        for byte in text {
            guard let value = BigInt.digit(byte), value < radix else { return nil }
            var carry = UInt64(value)
            for index in digits.indices {
                let product = UInt64(digits[index]) * UInt64(radix) + carry
                digits[index] = UInt32(truncatingIfNeeded: product)
                carry = product >> 32
            }
            if carry > 0 { digits.append(UInt32(carry)) }
            if digits.count > BigInt.limit { return nil }
        }
        self.init(isNegative: isNegative, digits: digits)
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
    var double: Double { Double(description) ?? (isNegative ? -.infinity : .infinity) }

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
                let value = UInt64(a) * UInt64(b) + UInt64(out[i + j]) + carry
                out[i + j] = UInt32(truncatingIfNeeded: value)
                carry = value >> 32
            }
            out[i + right.digits.count] = UInt32(carry)
        }
        return BigInt(isNegative: left.isNegative != right.isNegative, digits: out)
    }

    private static func divide(_ left: [UInt32], by small: UInt32) -> (quotient: [UInt32], rest: UInt32) {
        var out = left
        var rest: UInt64 = 0
        for index in left.indices.reversed() {
            let value = rest << 32 | UInt64(left[index])
            out[index] = UInt32(value / UInt64(small))
            rest = value % UInt64(small)
        }
        return (out, UInt32(rest))
    }

    /// Quotient and remainder of the magnitudes, bit by bit where the divisor is long.
    private static func divide(_ left: BigInt, by right: BigInt) -> (BigInt, BigInt) {
        if compare(left.digits, right.digits) < 0 { return (BigInt(0), BigInt(isNegative: false, digits: left.digits)) }
        if right.digits.count == 1 {
            let (quotient, rest) = divide(left.digits, by: right.digits[0])
            return (BigInt(isNegative: false, digits: quotient), BigInt(Int(rest)))
        }
        var quotient = [UInt32](repeating: 0, count: left.digits.count)
        var rest: [UInt32] = []
        for bit in (0..<left.bitCount).reversed() {
            var carry = left.digits[bit / 32] >> UInt32(bit % 32) & 1
            for index in rest.indices {
                let top = rest[index] >> 31
                rest[index] = rest[index] << 1 | carry
                carry = top
            }
            if carry > 0 { rest.append(carry) }
            while rest.last == 0 { rest.removeLast() }
            if compare(rest, right.digits) >= 0 {
                rest = subtract(rest, right.digits)
                while rest.last == 0 { rest.removeLast() }
                quotient[bit / 32] |= 1 << UInt32(bit % 32)
            }
        }
        return (BigInt(isNegative: false, digits: quotient), BigInt(isNegative: false, digits: rest))
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

extension BigInt: Comparable, CustomStringConvertible {
    static func < (left: BigInt, right: BigInt) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        let order = compare(left.digits, right.digits)
        return left.isNegative ? order > 0 : order < 0
    }

    var description: String { text(radix: 10, group: 1_000_000_000, width: 9) }

    func text(radix: Int) -> String {
        switch radix {
        case 2: text(radix: 2, group: 1 << 31, width: 31)
        case 8: text(radix: 8, group: 1 << 30, width: 10)
        case 16: text(radix: 16, group: 1 << 28, width: 7)
        default: description
        }
    }

    private func text(radix: Int, group: UInt32, width: Int) -> String {
        if isZero { return "0" }
        var parts: [String] = []
        var rest = digits
        while !rest.isEmpty {
            let (quotient, part) = BigInt.divide(rest, by: group)
            rest = quotient
            while rest.last == 0 { rest.removeLast() }
            let text = String(part, radix: radix)
            parts.append(rest.isEmpty ? text : String(repeating: "0", count: width - text.utf8.count) + text)
        }
        return (isNegative ? "-" : "") + parts.reversed().joined()
    }
}
