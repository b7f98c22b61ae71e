/// A regular expression as ECMA-262 reads it, taken apart.
///
/// One tree serves three readers: the automaton, the spelling for ICU, and the lint of slow patterns.
indirect enum PatternSyntax: Sendable {
    case empty
    case scalars(ScalarSet)
    /// `\p{…}` or `\P{…}`, whose sets only ICU knows.
    case property(name: String, isNegated: Bool)
    case start
    case end
    case wordBoundary(isNegated: Bool)
    case sequence([PatternSyntax])
    case choice([PatternSyntax])
    case group(PatternSyntax, kind: GroupKind)
    case backReference(String)
    case repetition(PatternSyntax, Repetition)

    enum GroupKind: Sendable, Equatable {
        case capturing(name: String?)
        case plain
        case lookAhead(isNegated: Bool)
        case lookBehind(isNegated: Bool)
    }

    struct Repetition: Sendable, Equatable {
        var minimum: Int
        /// `nil` for no upper bound.
        var maximum: Int?
        var isLazy: Bool
        /// Where the repeated part and its sign stand in the pattern, in scalars.
        var range: Range<Int>
    }
}

/// Why a pattern can't be read, as the end of a sentence that starts with "pattern does not compile:".
struct PatternFault: Error, Equatable {
    var reason: String
}

/// Scalars as sorted ranges of code points that neither touch nor overlap.
struct ScalarSet: Sendable, Equatable {
    static let last: UInt32 = 0x10FFFF
    static let digits = ScalarSet([0x30...0x39])
    static let wordScalars = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    /// ECMA's white space and line ends together.
    static let spaces = ScalarSet([
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ])
    static let lineEnds = ScalarSet([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029])
    static let all = ScalarSet([0...last])

    private(set) var ranges: [ClosedRange<UInt32>]

    init(_ unordered: [ClosedRange<UInt32>] = []) {
        var merged: [ClosedRange<UInt32>] = []
        for range in unordered.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let previous = merged.last, range.lowerBound <= previous.upperBound + 1 {
                merged[merged.count - 1] = previous.lowerBound...max(previous.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        ranges = merged
    }

    init(_ scalar: Unicode.Scalar) {
        ranges = [scalar.value...scalar.value]
    }

    var inverted: ScalarSet {
        var gaps: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if range.lowerBound > next { gaps.append(next...(range.lowerBound - 1)) }
            next = range.upperBound + 1
        }
        if next <= Self.last { gaps.append(next...Self.last) }
        return ScalarSet(gaps)
    }

    func union(_ other: ScalarSet) -> ScalarSet {
        ScalarSet(ranges + other.ranges)
    }

    func contains(_ code: UInt32) -> Bool {
        ranges.contains { $0.contains(code) }
    }
}
