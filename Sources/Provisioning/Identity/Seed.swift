/// Digits that look random and are always the same for the same text.
///
/// Two runs of one deployment, and two people with the same stack, see the same ids. It hides nothing.
struct Seed {
    private let high: UInt64
    private let low: UInt64

    init(_ text: String) {
        // FNV-1a from two starting points, each stirred by the finalizer of SplitMix64.
        var first: UInt64 = 0xCBF2_9CE4_8422_2325
        var second: UInt64 = 0x8422_2325_CBF2_9CE4
        for byte in text.utf8 {
            first = (first ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            second = (second &+ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        high = Seed.stir(first)
        low = Seed.stir(second ^ first)
    }

    /// Lower-case hexadecimal digits, at most 32.
    func hex(_ count: Int) -> String {
        digits(count, of: Array("0123456789abcdef"))
    }

    /// Digits and capitals, as CloudFormation ends the names that it makes.
    func suffix(_ count: Int = 13) -> String {
        digits(count, of: Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    }

    func lowercase(_ count: Int) -> String {
        digits(count, of: Array("0123456789abcdefghijklmnopqrstuvwxyz"))
    }

    func decimal(_ count: Int) -> String {
        digits(count, of: Array("0123456789"))
    }

    var uuid: String {
        let text = Array(hex(32))
        let parts = [text[0..<8], text[8..<12], ["4"] + text[13..<16], ["a"] + text[17..<20], text[20..<32]]
        return parts.map { String($0) }.joined(separator: "-")
    }

    private func digits(_ count: Int, of alphabet: [Character]) -> String {
        var text = ""
        var state = high
        for index in 0..<count {
            if index % 8 == 0 { state = Seed.stir(state ^ low &+ UInt64(index)) }
            text.append(alphabet[Int(state % UInt64(alphabet.count))])
            state /= UInt64(alphabet.count)
        }
        return text
    }

    private static func stir(_ value: UInt64) -> UInt64 {
        var value = value &+ 0x9E37_79B9_7F4A_7C15
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
