/// Reads JSON as RFC 8259 has it, with the place of every value.
///
/// It stops at the first fault of the grammar; repeated keys and mistaken escapes are all reported.
struct JSONReader {
    let source: Source
    let limits: Limits
    private(set) var findings: [Finding] = []
    private let bytes: [UInt8]
    private var offset = 0
    private var nodeCount = 0
    private var marked = 0
    private var line = 1
    private var column = 1

    private struct Stop: Error {}

    private struct Mark {
        let line: Int
        let column: Int

        func node(_ content: Node.Content) -> Node { Node(content, line: line, column: column) }
    }

    init(source: Source, limits: Limits) {
        self.source = source
        self.limits = limits
        bytes = source.bytes
    }

    /// The root; `nil` after a fault of the grammar.
    mutating func read() -> Node? {
        do {
            skipSpace()
            let root = try readValue(depth: 0)
            skipSpace()
            guard offset == bytes.count else {
                throw stop("The text must end after its value, but goes on here.", hint: "Remove the rest.")
            }
            return root
        } catch {
            return nil
        }
    }

    private var byte: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func stop(_ message: String, hint: String, at offset: Int? = nil) -> Stop {
        findings.append(Finding("json.syntax", message, hint: hint, place: source.place(at: offset ?? self.offset)))
        return Stop()
    }

    /// Keeps the first hundred: more help nobody, and each holds its line.
    private mutating func report(_ finding: Finding) {
        if findings.count < 100 { findings.append(finding) }
    }

    private mutating func skipSpace() {
        while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    private mutating func take(_ character: Character) -> Bool {
        guard byte == character.asciiValue else { return false }
        offset += 1
        return true
    }

    /// What stands here, in words.
    private var found: String {
        guard let byte else { return "the text ends" }
        return byte > 0x20 && byte < 0x7F
            ? "\"\(Character(Unicode.Scalar(byte)))\" stands here" : "something else stands here"
    }

    /// The line and column of `offset`; to be asked for in the order of the text.
    private mutating func mark() -> Mark {
        for byte in bytes[marked..<offset] {
            if byte == 0x0A {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        marked = offset
        return Mark(line: line, column: column)
    }

    private mutating func readValue(depth: Int) throws -> Node {
        let start = offset
        let mark = mark()
        nodeCount += 1
        if depth > limits.depth {
            findings.append(.tooDeep(source.place(at: start), limit: limits.depth))
            throw Stop()
        }
        if nodeCount > limits.nodes {
            findings.append(.tooManyNodes(source.place(at: start), limit: limits.nodes))
            throw Stop()
        }
        switch byte {
        case UInt8(ascii: "{"): return try mark.node(.object(readObject(depth: depth)))
        case UInt8(ascii: "["): return try mark.node(.list(readList(depth: depth)))
        case UInt8(ascii: "\""):
            let text = try readString()
            return mark.node(.scalar(.init(value: .string(text), text: text, isPlain: false)))
        default: return try mark.node(.scalar(readWord()))
        }
    }

    private mutating func readObject(depth: Int) throws -> [Node.Member] {
        offset += 1
        var members: [Node.Member] = []
        var places: [Key: Int] = [:]
        skipSpace()
        if take("}") { return [] }
        while true {
            let keyStart = offset
            let mark = mark()
            guard byte == UInt8(ascii: "\"") else {
                throw stop(
                    "A key must be text in double quotes, but \(found).", hint: "Put the key into double quotes.")
            }
            let name = try readString()
            let key = mark.node(.scalar(.init(value: .string(name), text: name, isPlain: false)))
            if let first = places.updateValue(keyStart, forKey: Key(name)) {
                let place = source.place(at: keyStart, length: offset - keyStart)
                report(.repeatedKey(name, at: place, first: source.place(at: first)))
            }
            skipSpace()
            guard take(":") else {
                throw stop("A key must be followed by a colon, but \(found).", hint: "Add \":\" before the value.")
            }
            skipSpace()
            members.append(Node.Member(key: key, value: try readValue(depth: depth + 1)))
            skipSpace()
            if take("}") { return members }
            guard take(",") else {
                throw stop("A member must be followed by \",\" or \"}\", but \(found).", hint: "Add what is missing.")
            }
            skipSpace()
        }
    }

    private mutating func readList(depth: Int) throws -> [Node] {
        offset += 1
        var items: [Node] = []
        skipSpace()
        if take("]") { return [] }
        while true {
            items.append(try readValue(depth: depth + 1))
            skipSpace()
            if take("]") { return items }
            guard take(",") else {
                throw stop("An item must be followed by \",\" or \"]\", but \(found).", hint: "Add what is missing.")
            }
            skipSpace()
        }
    }

    /// A number, `true`, `false` or `null`.
    private mutating func readWord() throws -> Node.Scalar {
        let start = offset
        while let byte, !",:]}[{\" \t\r\n".utf8.contains(byte) { offset += 1 }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        let value: Value
        switch text {
        case "true": value = true
        case "false": value = false
        case "null": value = .null
        case "":
            throw stop("A value must stand here, but \(found).", hint: "Add a value, or remove the comma before.")
        default:
            guard let number = Number(json: text) else {
                throw stop(
                    "A value must be text in quotes, a number, true, false, null, a list or an object, but is \(text).",
                    hint: "Put text into double quotes.", at: start)
            }
            value = .number(number)
        }
        return Node.Scalar(value: value, text: text, isPlain: true)
    }

    private mutating func readString() throws -> String {
        let start = offset
        offset += 1
        var text: [UInt8] = []
        var runStart = offset
        while true {
            guard let byte, byte != 0x0A, byte != 0x0D else {
                throw stop(
                    "Text must end with a double quote in its line, but does not.", hint: "Add the quote.", at: start)
            }
            if byte == UInt8(ascii: "\"") {
                text += bytes[runStart..<offset]
                offset += 1
                return String(decoding: text, as: UTF8.self)
            }
            if byte == UInt8(ascii: "\\") {
                text += bytes[runStart..<offset]
                text += Array(String(Character(readEscape())).utf8)
                runStart = offset
            } else {
                if byte < 0x20 {
                    mistakenEscape(
                        "Text must not hold a tab or another control character itself.", "Write it as an escape.",
                        at: offset, length: 1)
                }
                offset += 1
            }
        }
    }

    private mutating func mistakenEscape(_ message: String, _ hint: String, at start: Int, length: Int) {
        report(Finding("json.escape", message, hint: hint, place: source.place(at: start, length: length)))
    }

    private static let escapes: [UInt8: Unicode.Scalar] = [
        UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/", UInt8(ascii: "b"): "\u{8}",
        UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n", UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
    ]

    private mutating func readEscape() -> Unicode.Scalar {
        let start = offset
        offset += 1
        if let byte, let scalar = Self.escapes[byte] {
            offset += 1
            return scalar
        }
        if take("u"), let first = readHex() {
            if let scalar = Unicode.Scalar(first) { return scalar }
            let mark = offset
            if first < 0xDC00, take("\\"), take("u"), let second = readHex(), (0xDC00..<0xE000).contains(second),
                let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
            {
                return scalar
            }
            offset = mark
            mistakenEscape(
                "An escape must name a whole character, but is half of a pair.",
                "Write both halves of the pair, or the character itself.", at: start, length: 6)
            return "\u{FFFD}"
        }
        mistakenEscape(
            "A backslash must be followed by one of \"\\/bfnrt, or by u and four hexadecimal digits.",
            "Write two backslashes for one.", at: start, length: 2)
        return "\u{FFFD}"
    }

    private mutating func readHex() -> UInt32? {
        let digits = bytes[offset...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
        offset += 4
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
