import Documents

/// How a line of YAML takes what a placeholder in it prints, judged by that line alone.
struct YAMLLine {
    let quoting: Emission.Quoting
    let isWholeScalar: Bool
    let isInComment: Bool

    init(_ bytes: [UInt8], tag: Range<Int>) {
        var start = tag.lowerBound
        while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
        var state = State()
        var offset = start
        while offset < tag.lowerBound {
            if let end = YAMLLine.tagEnd(bytes, offset), end <= tag.lowerBound {
                state.isAtStart = false
                offset = end
                continue
            }
            state.take(bytes[offset])
            offset += 1
        }
        quoting = state.quote == UInt8(ascii: "'") ? .single : state.quote == nil ? .plain : .double
        isInComment = state.isComment
        isWholeScalar = state.isAtStart && YAMLLine.ends(bytes, tag.upperBound)
    }

    private struct State {
        var quote: UInt8?
        var isComment = false
        /// Whether a scalar would begin here.
        var isAtStart = true
        private var previous: UInt8 = 0x20

        mutating func take(_ byte: UInt8) {
            defer { previous = byte }
            if isComment { return }
            if let open = quote {
                if byte == open, !(open == UInt8(ascii: "\"") && previous == UInt8(ascii: "\\")) {
                    quote = nil
                    isAtStart = false
                }
                return
            }
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                if isAtStart { quote = byte }
            case UInt8(ascii: "#"):
                if previous == 0x20 { isComment = true }
                isAtStart = false
            case 0x20, 0x09:
                if previous == UInt8(ascii: ":") || previous == UInt8(ascii: "-") { isAtStart = true }
            case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ","): isAtStart = true
            case UInt8(ascii: "-") where isAtStart: break
            default: isAtStart = false
            }
        }
    }

    /// The end of a Jinja tag that starts at `offset`.
    private static func tagEnd(_ bytes: [UInt8], _ offset: Int) -> Int? {
        guard offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "{") else { return nil }
        let close: UInt8
        switch bytes[offset + 1] {
        case UInt8(ascii: "{"): close = UInt8(ascii: "}")
        case UInt8(ascii: "%"): close = UInt8(ascii: "%")
        case UInt8(ascii: "#"): close = UInt8(ascii: "#")
        default: return nil
        }
        var end = offset + 2
        while end + 1 < bytes.count, bytes[end] != 0x0A {
            if bytes[end] == close, bytes[end + 1] == UInt8(ascii: "}") { return end + 2 }
            end += 1
        }
        return nil
    }

    /// Whether nothing of the scalar follows.
    private static func ends(_ bytes: [UInt8], _ offset: Int) -> Bool {
        var offset = offset
        while offset < bytes.count, bytes[offset] == 0x20 || bytes[offset] == 0x09 { offset += 1 }
        guard offset < bytes.count else { return true }
        return [0x0A, UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "#")].contains(
            bytes[offset])
    }
}
