/// A string as its UTF-8 bytes; lengths and indexes are code points, as in Python.
///
/// Two texts are equal when their bytes are: Swift's own equality would merge different spellings.
struct Text: Sendable {
    let bytes: [UInt8]
    let isASCII: Bool
    /// Whether escaping leaves it alone: Jinja's `Markup`.
    let isSafe: Bool

    init(bytes: [UInt8], isSafe: Bool = false) {
        self.bytes = bytes
        self.isSafe = isSafe
        isASCII = bytes.withUnsafeBufferPointer { buffer in
            var seen: UInt8 = 0
            for byte in buffer { seen |= byte }
            return seen < 0x80
        }
    }

    init(_ string: String, isSafe: Bool = false) {
        self.init(bytes: Array(string.utf8), isSafe: isSafe)
    }

    init(_ scalars: some Sequence<Unicode.Scalar>, isSafe: Bool = false) {
        var string = String.UnicodeScalarView()
        string.append(contentsOf: scalars)
        self.init(String(string), isSafe: isSafe)
    }

    static let empty = Text(bytes: [])

    var string: String { String(decoding: bytes, as: UTF8.self) }
    var isEmpty: Bool { bytes.isEmpty }

    /// Code points.
    var count: Int {
        isASCII ? bytes.count : bytes.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    }

    var scalars: [Unicode.Scalar] {
        isASCII ? bytes.map { Unicode.Scalar($0) } : Array(string.unicodeScalars)
    }

    func marked(safe: Bool) -> Text {
        safe == isSafe ? self : Text(bytes: bytes, isSafe: safe)
    }

    /// The code points at `range`, which must lie within `0 ..< count`.
    func slice(_ range: Range<Int>) -> Text {
        if isASCII { return Text(bytes: Array(bytes[range]), isSafe: isSafe) }
        return Text(scalars[range], isSafe: isSafe)
    }

    func hasPrefix(_ other: Text) -> Bool { bytes.starts(with: other.bytes) }

    func hasSuffix(_ other: Text) -> Bool {
        bytes.count >= other.bytes.count && bytes[(bytes.count - other.bytes.count)...].elementsEqual(other.bytes)
    }
}

extension Text: Hashable, Comparable, ExpressibleByStringLiteral {
    init(stringLiteral value: String) { self.init(value) }

    static func == (left: Text, right: Text) -> Bool { left.bytes == right.bytes }

    func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }

    /// UTF-8 keeps the order of code points.
    static func < (left: Text, right: Text) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

extension Unicode.Scalar {
    /// Python's `str.isspace`.
    var isPythonSpace: Bool {
        switch value {
        case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }
}

extension Text {
    /// Where `needle` starts, as a byte offset at or after `start`.
    func firstOffset(of needle: Text, from start: Int = 0) -> Int? {
        let hay = bytes
        let wanted = needle.bytes
        guard let first = wanted.first else { return start <= hay.count ? start : nil }
        guard hay.count >= wanted.count else { return nil }
        var offset = start
        let last = hay.count - wanted.count
        while offset <= last {
            if hay[offset] == first, hay[offset..<(offset + wanted.count)].elementsEqual(wanted) { return offset }
            offset += 1
        }
        return nil
    }

    /// Every place where `needle`, which is not empty, starts, without overlaps.
    func offsets(of needle: Text, limit: Int = .max) -> [Int] {
        var found: [Int] = []
        var start = 0
        while found.count < limit, let offset = firstOffset(of: needle, from: start) {
            found.append(offset)
            start = offset + needle.bytes.count
        }
        return found
    }

    func trimmed(leading: Bool = true, trailing: Bool = true, _ isTrimmed: (Unicode.Scalar) -> Bool) -> Text {
        var part = scalars[...]
        if leading { part = part.drop(while: isTrimmed) }
        if trailing { while let last = part.last, isTrimmed(last) { part.removeLast() } }
        return Text(part, isSafe: isSafe)
    }

    /// The spelling with `&<>"'` as entities; safe afterwards.
    var escaped: Text {
        if isSafe { return self }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + 16)
        Text.appendEscaped(bytes, to: &out)
        return Text(bytes: out, isSafe: true)
    }

    static func appendEscaped(_ bytes: [UInt8], to out: inout [UInt8]) {
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "&"): out.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): out.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): out.append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "\""): out.append(contentsOf: "&#34;".utf8)
            case UInt8(ascii: "'"): out.append(contentsOf: "&#39;".utf8)
            default: out.append(byte)
            }
        }
    }
}
