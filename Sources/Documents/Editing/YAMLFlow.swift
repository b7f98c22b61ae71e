/// A list or object in brackets, as its brackets and commas tell: one line or many, with comments between.
struct YAMLFlow {
    /// From the opening bracket to behind the closing one.
    let range: Range<Int>
    /// What stands between the commas, without blanks and comments around it.
    private(set) var parts: [Range<Int>] = []
    /// The offsets of the commas; there may be one behind the last part.
    private(set) var commas: [Int] = []

    /// - Parameter start: The offset of the opening bracket.
    init?(_ bytes: [UInt8], at start: Int) {
        guard start < bytes.count, "[{".utf8.contains(bytes[start]) else { return nil }
        var place = start + 1
        var depth = 0
        var part: Range<Int>?
        // A quote opens a quoted text only where a text may begin: don't is one word.
        var mayBegin = true
        while place < bytes.count {
            let first = place
            let byte = bytes[place]
            place += 1
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D: continue
            case UInt8(ascii: "#") where bytes[first - 1] <= 0x20:
                while place < bytes.count, bytes[place] != 0x0A { place += 1 }
                continue
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                guard mayBegin else { break }
                guard let end = Self.quoteEnd(bytes, first) else { return nil }
                place = end
                mayBegin = false
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                mayBegin = true
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                guard depth > 0 else {
                    if let part { parts.append(part) }
                    range = start..<place
                    return
                }
                depth -= 1
                mayBegin = false
            case UInt8(ascii: ","):
                mayBegin = true
                guard depth == 0 else { break }
                guard let whole = part else { return nil }
                parts.append(whole)
                commas.append(first)
                part = nil
                continue
            case UInt8(ascii: ":"): mayBegin = true
            default: mayBegin = false
            }
            part = (part?.lowerBound ?? first)..<place
        }
        return nil
    }

    private static func quoteEnd(_ bytes: [UInt8], _ start: Int) -> Int? {
        let quote = bytes[start]
        var place = start + 1
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                place += 2
            } else if bytes[place] == quote {
                let isDoubled = quote == UInt8(ascii: "'") && place + 1 < bytes.count && bytes[place + 1] == quote
                guard isDoubled else { return place + 1 }
                place += 2
            } else {
                place += 1
            }
        }
        return nil
    }

    /// A stretch of the text and what comes in its place.
    typealias Change = (range: Range<Int>, text: String)

    // MARK: Changes

    /// With `text` as the part at `index`: on a line of its own where the parts have theirs.
    func inserting(_ text: String, at index: Int, in bytes: [UInt8]) -> Change? {
        guard let last = parts.last else { return (range.lowerBound + 1..<range.lowerBound + 1, text) }
        guard index >= parts.count else {
            let start = parts[index].lowerBound
            let margin = Self.margin(before: start, in: bytes)
            return (start..<start, margin.map { "\(text),\n\($0)" } ?? "\(text), ")
        }
        let isClosed = commas.count == parts.count
        let end = isClosed ? commas[parts.count - 1] + 1 : last.upperBound
        let comma = isClosed ? "" : ","
        let after = isClosed ? "," : ""
        guard let margin = Self.margin(before: last.lowerBound, in: bytes) else {
            return (end..<end, "\(comma) \(text)\(after)")
        }
        // A comment behind the last part stays there.
        let lineEnd = end + bytes[end...].prefix { $0 != 0x0A && $0 != 0x0D }.count
        let stop = range.upperBound <= lineEnd ? end : lineEnd
        let between = String(decoding: bytes[end..<stop], as: UTF8.self)
        return (end..<stop, "\(comma)\(between)\n\(margin)\(text)\(after)")
    }

    /// Without the part at `index`, with the comment behind it where it had the line for itself.
    func removing(_ index: Int, in bytes: [UInt8]) -> Change? {
        guard parts.count > 1, parts.indices.contains(index) else { return nil }
        let part = parts[index]
        let comma = index < commas.count ? commas[index] : nil
        let end = comma.map { $0 + 1 } ?? part.upperBound
        let lineEnd = end + bytes[end...].prefix { $0 != 0x0A }.count
        let rest = bytes[end..<lineEnd].first { $0 > 0x20 }
        if let margin = Self.margin(before: part.lowerBound, in: bytes), lineEnd < bytes.count,
            rest == nil || rest == UInt8(ascii: "#")
        {
            return (part.lowerBound - margin.utf8.count..<lineEnd + 1, "")
        }
        if comma != nil {
            // Blanks go with it: those behind it, or where nothing follows on the line those in front of it.
            if let rest, !"#]}".utf8.contains(rest) {
                return (part.lowerBound..<end + bytes[end...].prefix { $0 == 0x20 || $0 == 0x09 }.count, "")
            }
            return (part.lowerBound - Self.blanks(before: part.lowerBound, in: bytes)..<end, "")
        }
        let before = commas[index - 1]
        let isOnOneLine = !bytes[before..<part.lowerBound].contains(0x0A)
        return (isOnOneLine ? before..<end : part.lowerBound..<end, "")
    }

    private static func blanks(before offset: Int, in bytes: [UInt8]) -> Int {
        bytes[..<offset].reversed().prefix { $0 == 0x20 || $0 == 0x09 }.count
    }

    /// The blanks before what is the first on its line; `nil` where something stands before it.
    private static func margin(before offset: Int, in bytes: [UInt8]) -> String? {
        let start = offset - blanks(before: offset, in: bytes)
        guard start == 0 || bytes[start - 1] == 0x0A else { return nil }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }
}
