/// Where libyaml sees line ends that nobody else does: lone carriage returns, U+0085, U+2028, U+2029.
struct YAMLBreaks {
    /// Offsets at which libyaml's lines start.
    private let starts: [Int]

    /// Nothing when the text's lines are libyaml's lines.
    init?(_ source: Source) {
        let bytes = source.bytes
        guard bytes.contains(where: { $0 == 0x0D || $0 == 0xC2 || $0 == 0xE2 }) else { return nil }
        var starts = [0]
        var isOwn = false
        for offset in bytes.indices {
            let next = offset + 1 < bytes.count ? bytes[offset + 1] : 0
            switch bytes[offset] {
            case 0x0A: starts.append(offset + 1)
            case 0x0D where next != 0x0A:
                starts.append(offset + 1)
                isOwn = true
            case 0xC2 where next == 0x85:
                starts.append(offset + 2)
                isOwn = true
            case 0xE2 where next == 0x80 && offset + 2 < bytes.count && (0xA8...0xA9).contains(bytes[offset + 2]):
                starts.append(offset + 3)
                isOwn = true
            default: break
            }
        }
        guard isOwn else { return nil }
        self.starts = starts
    }

    /// What everybody else calls libyaml's line and column.
    func position(line: Int, column: Int, in source: Source) -> (line: Int, column: Int) {
        let start = line >= 1 && line <= starts.count ? starts[line - 1] : source.bytes.count
        let place = source.place(at: start)
        return (place.line, place.column + column - 1)
    }
}

/// Tells texts whose keys could make the reader compare values that aliases blow up.
///
/// Everything else is counted after reading; keys are compared while libyaml's events are put together.
enum YAMLAliasGuard {
    /// A bomb needs anchors, many aliases and a key that is no plain word; honest documents lack one of them.
    static func isRisky(_ bytes: [UInt8]) -> Bool {
        var aliases = 0
        var oddKeys = 0
        var previous = UInt8(ascii: "\n")
        for offset in bytes.indices {
            let byte = bytes[offset]
            let next = offset + 1 < bytes.count ? bytes[offset + 1] : UInt8(ascii: "\n")
            let isStart = " \n\r\t[,{:-?".utf8.contains(previous)
            if byte == UInt8(ascii: "*"), isStart, next > 0x20 { aliases += 1 }
            if byte == UInt8(ascii: "?"), isStart, next <= 0x20 { oddKeys += 1 }
            if byte == UInt8(ascii: ":"), next <= 0x20 || ",]}[{".utf8.contains(next) {
                oddKeys += isAfterOddKey(bytes, offset) ? 1 : 0
            }
            previous = byte
        }
        // Twenty-four aliases make at most 3^8 values.
        return aliases > 24 && oddKeys > 0
    }

    /// Whether what stands before the colon at `offset` is a closing bracket or an alias.
    private static func isAfterOddKey(_ bytes: [UInt8], _ offset: Int) -> Bool {
        var end = offset
        while end > 0, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        guard end > 0 else { return false }
        if "]}".utf8.contains(bytes[end - 1]) { return true }
        var start = end
        while start > 0, bytes[start - 1] > 0x20, end - start < 200 { start -= 1 }
        return bytes[start..<end].contains(UInt8(ascii: "*"))
    }
}
