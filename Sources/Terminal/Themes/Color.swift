/// A colour as a theme names it.
package enum Color: Hashable, Sendable {
    /// The terminal's own foreground or background.
    case standard
    /// One of the sixteen that the user's terminal defines.
    case ansi(UInt8)
    case rgb(UInt8, UInt8, UInt8)

    /// Reads six hexadecimal digits, with or without `#`.
    package init?(hex: String) {
        let digits = hex.hasPrefix("#") ? hex.dropFirst() : Substring(hex)
        guard digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16) else {
            return nil
        }
        self = .rgb(UInt8(value >> 16), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
    }
}

/// How many colours a terminal can show.
package enum ColorDepth: Hashable, Sendable, CaseIterable {
    case none, eight, sixteen, indexed, direct

    /// For the count that the terminal description gives; direct colour must be declared besides.
    package init(count: Int, isDirect: Bool) {
        self =
            switch count {
            case ..<8: .none
            case 8..<16: .eight
            case 16..<256: .sixteen
            default: isDirect ? .direct : .indexed
            }
    }
}

extension Color {
    /// The number by which a terminal of this depth knows the colour; nil for its standard one.
    package func number(at depth: ColorDepth) -> Int? {
        switch self {
        case .standard:
            return nil
        case .ansi(let index):
            // Direct terminals read small numbers as the first palette entries, too, but only the first eight.
            return Int(depth == .eight || depth == .direct ? index & 7 : index & 15)
        case .rgb(let red, let green, let blue):
            switch depth {
            case .none: return nil
            case .eight: return Color.nearest(to: (red, green, blue), among: 0..<8)
            case .sixteen: return Color.nearest(to: (red, green, blue), among: 0..<16)
            case .indexed: return Color.nearest(to: (red, green, blue), among: 16..<256)
            case .direct: return Int(red) << 16 | Int(green) << 8 | Int(blue)
            }
        }
    }

    private static func nearest(to color: (UInt8, UInt8, UInt8), among numbers: Range<Int>) -> Int {
        func distance(_ number: Int) -> Int {
            let (red, green, blue) = components(ofIndexed: number)
            let (r, g, b) = (red - Int(color.0), green - Int(color.1), blue - Int(color.2))
            // The eye tells greens best and blues least.
            return 3 * r * r + 4 * g * g + 2 * b * b
        }
        // Grey may be nearer in brightness, but a green that turns grey says nothing any more: what is clearly the
        // stronger part of a colour stays the stronger one, where there are colours enough.
        let wanted = [Int(color.0), Int(color.1), Int(color.2)]
        let pairs = [(0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1)].filter { wanted[$0.0] - wanted[$0.1] >= 40 }
        let allowed = numbers.filter { number in
            let parts = components(ofIndexed: number)
            let found = [parts.0, parts.1, parts.2]
            return numbers.count < 200 || pairs.allSatisfy { found[$0.0] > found[$0.1] }
        }
        return allowed.min { distance($0) < distance($1) } ?? 7
    }

    /// What xterm shows for a palette number, unless its user changed the first sixteen.
    static func components(ofIndexed number: Int) -> (Int, Int, Int) {
        switch number {
        case ..<8:
            let level = 205
            return (number & 1 != 0 ? level : 0, number & 2 != 0 ? level : 0, number & 4 != 0 ? level : 0)
        case 8..<16:
            return (number & 1 != 0 ? 255 : 85, number & 2 != 0 ? 255 : 85, number & 4 != 0 ? 255 : 85)
        case 16..<232:
            let step = number - 16
            func level(_ index: Int) -> Int { index == 0 ? 0 : 55 + 40 * index }
            return (level(step / 36), level(step / 6 % 6), level(step % 6))
        default:
            let grey = 8 + 10 * (min(number, 255) - 232)
            return (grey, grey, grey)
        }
    }
}
