/// A string as its UTF-8 bytes; lengths and indexes are code points, as in Python.
///
/// It points at its bytes and does not own them: they belong to an arena, or to the program.
/// Two texts are equal when their bytes are: Swift's own equality would merge different spellings.
struct Text: @unchecked Sendable {
    let start: UnsafePointer<UInt8>
    private let size: UInt32
    private let flags: UInt8

    private static let ascii: UInt8 = 1
    private static let safe: UInt8 = 2

    /// Takes bytes as they are, without copying them.
    @inline(__always)
    init(start: UnsafePointer<UInt8>, count: Int, isASCII: Bool, isSafe: Bool = false) {
        self.start = start
        size = UInt32(truncatingIfNeeded: count)
        flags = (isASCII ? Text.ascii : 0) | (isSafe ? Text.safe : 0)
    }

    /// Takes bytes as they are, without copying them.
    init(_ bytes: UnsafeBufferPointer<UInt8>, isSafe: Bool = false) {
        guard let start = bytes.baseAddress else {
            self = Text.empty.marked(safe: isSafe)
            return
        }
        self.init(start: start, count: bytes.count, isASCII: Text.isASCII(start, bytes.count), isSafe: isSafe)
    }

    /// Copies bytes into the arena.
    init(bytes: some Collection<UInt8>, isSafe: Bool = false) {
        let copied: Text? = bytes.withContiguousStorageIfAvailable { Text(copying: $0, isSafe: isSafe) }
        self = copied ?? Array(bytes).withUnsafeBufferPointer { Text(copying: $0, isSafe: isSafe) }
    }

    private init(copying bytes: UnsafeBufferPointer<UInt8>, isSafe: Bool) {
        guard let base = bytes.baseAddress, !bytes.isEmpty else {
            self = Text.empty.marked(safe: isSafe)
            return
        }
        let copy = Arena.current.allocate(bytes.count, of: UInt8.self)
        copy.update(from: base, count: bytes.count)
        self.init(start: copy, count: bytes.count, isASCII: Text.isASCII(base, bytes.count), isSafe: isSafe)
    }

    init(_ string: String, isSafe: Bool = false) {
        var string = string
        self = string.withUTF8 { Text(copying: $0, isSafe: isSafe) }
    }

    init(_ scalars: some Sequence<Unicode.Scalar>, isSafe: Bool = false) {
        var string = String.UnicodeScalarView()
        string.append(contentsOf: scalars)
        self.init(String(string), isSafe: isSafe)
    }

    /// Bytes that `fill` writes into room for `capacity`; it gives how many.
    @inline(__always)
    init(capacity: Int, isASCII: Bool? = nil, isSafe: Bool = false, _ fill: (UnsafeMutablePointer<UInt8>) -> Int) {
        let arena = Arena.current
        let room = arena.allocateText(capacity)
        let count = fill(room)
        arena.finish(room, count, of: capacity)
        self.init(start: room, count: count, isASCII: isASCII ?? Text.isASCII(room, count), isSafe: isSafe)
    }

    /// A copy that outlives every arena: for tables that are made once.
    init(lasting string: String) {
        let bytes = Array(string.utf8)
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
        for (index, byte) in bytes.enumerated() { copy[index] = byte }
        self.init(start: copy, count: bytes.count, isASCII: Text.isASCII(copy, bytes.count))
    }

    static func isASCII(_ start: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let raw = UnsafeRawPointer(start)
        var offset = 0
        var seen: UInt64 = 0
        while offset + 8 <= count {
            seen |= raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            offset += 8
        }
        while offset < count {
            seen |= UInt64(start[offset])
            offset += 1
        }
        return seen & 0x8080_8080_8080_8080 == 0
    }

    static let empty: Text = ""

    @inline(__always) var isASCII: Bool { flags & Text.ascii != 0 }
    /// Whether escaping leaves it alone: Jinja's `Markup`.
    @inline(__always) var isSafe: Bool { flags & Text.safe != 0 }
    @inline(__always) var byteCount: Int { Int(size) }
    @inline(__always) var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: Int(size)) }
    @inline(__always) var isEmpty: Bool { size == 0 }

    var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Code points.
    var count: Int {
        isASCII ? byteCount : bytes.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    }

    var scalars: [Unicode.Scalar] {
        isASCII ? bytes.map { Unicode.Scalar($0) } : Array(string.unicodeScalars)
    }

    @inline(__always)
    func marked(safe: Bool) -> Text {
        Text(start: start, count: byteCount, isASCII: isASCII, isSafe: safe)
    }

    /// The bytes at `range`, which must be whole code points; nothing is copied.
    func part(_ range: Range<Int>) -> Text {
        let from = start + range.lowerBound
        return Text(
            start: from, count: range.count, isASCII: isASCII || Text.isASCII(from, range.count), isSafe: isSafe)
    }

    /// The code points at `range`, which must lie within `0 ..< count`.
    func slice(_ range: Range<Int>) -> Text {
        if isASCII { return part(range) }
        return Text(scalars[range], isSafe: isSafe)
    }

    func hasPrefix(_ other: Text) -> Bool {
        byteCount >= other.byteCount && Text.areEqual(start, other.start, other.byteCount)
    }

    func hasSuffix(_ other: Text) -> Bool {
        byteCount >= other.byteCount
            && Text.areEqual(start + (byteCount - other.byteCount), other.start, other.byteCount)
    }

    /// `a` and `b` in one.
    static func joined(_ a: Text, _ b: Text, isSafe: Bool) -> Text {
        let (first, second) = (a.byteCount, b.byteCount)
        // What was made last grows in place: building a text bit by bit stays linear.
        if first > 0, Arena.current.extend(a.start + first, by: second) {
            UnsafeMutablePointer(mutating: a.start + first).update(from: b.start, count: second)
            return Text(start: a.start, count: first + second, isASCII: a.isASCII && b.isASCII, isSafe: isSafe)
        }
        return Text(capacity: first + second, isASCII: a.isASCII && b.isASCII, isSafe: isSafe) { room in
            room.update(from: a.start, count: first)
            (room + first).update(from: b.start, count: second)
            return first + second
        }
    }
}

extension Text: Hashable, Comparable, ExpressibleByStringLiteral {
    /// A literal points into the program itself.
    @inline(__always)
    init(stringLiteral value: StaticString) {
        self.init(start: value.utf8Start, count: value.utf8CodeUnitCount, isASCII: value.isASCII)
    }

    @inline(__always)
    static func areEqual(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if a == b { return true }
        let (left, right) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
        var offset = 0
        while offset + 8 <= count {
            if left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                != right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            {
                return false
            }
            offset += 8
        }
        while offset < count {
            if a[offset] != b[offset] { return false }
            offset += 1
        }
        return true
    }

    @inline(__always)
    static func == (left: Text, right: Text) -> Bool {
        left.size == right.size && areEqual(left.start, right.start, left.byteCount)
    }

    func hash(into hasher: inout Hasher) { hasher.combine(hash) }

    /// The same for equal texts.
    @inline(__always)
    var hash: UInt32 {
        let raw = UnsafeRawPointer(start)
        let count = byteCount
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(size)
        var offset = 0
        while offset + 8 <= count {
            hash = Text.mix(hash ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
        }
        // What is left, as overlapping pieces.
        let rest = count - offset
        var tail: UInt64 = 0
        if rest >= 4 {
            tail = UInt64(raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
            tail = tail << 32 | UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
        } else if rest > 0 {
            tail = UInt64(start[offset]) << 16 | UInt64(start[offset + rest / 2]) << 8 | UInt64(start[count - 1])
        }
        return UInt32(truncatingIfNeeded: Text.mix(hash ^ tail))
    }

    @inline(__always)
    static func mix(_ value: UInt64) -> UInt64 {
        let (high, low) = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return high ^ low
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
