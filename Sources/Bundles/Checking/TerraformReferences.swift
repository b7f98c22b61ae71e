/// The variables that a Terraform file declares and reads, as far as its tokens tell.
///
/// It never fails: what is not Terraform has no references.
struct TerraformReferences {
    struct Read: Hashable {
        /// `service_instance.inputs.port` as its parts, without `var`.
        var path: [String]
        /// Bytes before it.
        var offset: Int
        /// Whether it stands in `try(…)` or `can(…)`, which bear what is not there.
        var isGuarded: Bool
    }

    private(set) var declared: Set<String> = []
    private(set) var reads: [Read] = []

    private let bytes: [UInt8]
    private var place = 0
    /// The functions around the place; `nil` for other parentheses.
    private var calls: [String?] = []

    private static let deepest = 64

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        code(endsAtBrace: false, depth: 0)
    }

    private var byte: UInt8? { place < bytes.count ? bytes[place] : nil }

    private func starts(with text: String) -> Bool { bytes[place...].starts(with: text.utf8) }

    /// Reads to the end, or behind the brace that closes an interpolation.
    private mutating func code(endsAtBrace: Bool, depth: Int) {
        guard depth < Self.deepest else {
            place = bytes.count
            return
        }
        var braces = 0
        var last: String?
        while let byte {
            switch byte {
            case UInt8(ascii: "#"): skipLine()
            case UInt8(ascii: "/") where starts(with: "//"): skipLine()
            case UInt8(ascii: "/") where starts(with: "/*"): skipComment()
            case UInt8(ascii: "\""):
                let text = string(depth: depth + 1)
                if last == "variable" { declared.insert(text) }
            case UInt8(ascii: "<") where starts(with: "<<"): heredoc(depth: depth + 1)
            case UInt8(ascii: "("):
                calls.append(last)
                place += 1
            case UInt8(ascii: ")"):
                _ = calls.popLast()
                place += 1
            case UInt8(ascii: "{"):
                braces += 1
                place += 1
            case UInt8(ascii: "}"):
                place += 1
                if endsAtBrace, braces == 0 { return }
                braces -= 1
            case 0x20, 0x09, 0x0A, 0x0D:
                place += 1
                continue
            default:
                if Self.isWord(byte) {
                    last = word()
                    continue
                }
                place += 1
            }
            last = nil
        }
    }

    /// A word with what follows it after points; tells its first part.
    private mutating func word() -> String {
        let start = place
        var parts: [String] = []
        repeat {
            if !parts.isEmpty { place += 1 }
            let first = place
            while let byte, Self.isWord(byte) { place += 1 }
            parts.append(String(decoding: bytes[first..<place], as: UTF8.self))
        } while byte == UInt8(ascii: ".") && place + 1 < bytes.count && Self.isWord(bytes[place + 1])
        // Behind an index it is a member of something else.
        let isMember = start > 0 && bytes[start - 1] == UInt8(ascii: ".")
        if parts.count > 1, parts[0] == "var", !isMember {
            let isGuarded = calls.contains { $0 == "try" || $0 == "can" }
            reads.append(Read(path: Array(parts.dropFirst()), offset: start, isGuarded: isGuarded))
        }
        return parts[0]
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...:
            true
        default: false
        }
    }

    private mutating func skipLine() {
        while let byte, byte != 0x0A { place += 1 }
    }

    private mutating func skipComment() {
        place += 2
        while place < bytes.count, !starts(with: "*/") { place += 1 }
        place = min(bytes.count, place + 2)
    }

    /// Reads a text in quotes and what is interpolated in it; answers the text between.
    private mutating func string(depth: Int) -> String {
        place += 1
        let start = place
        while let byte, byte != UInt8(ascii: "\""), byte != 0x0A {
            if byte == UInt8(ascii: "\\") { place += 2 } else { template(depth: depth) }
        }
        let end = min(place, bytes.count)
        place = min(bytes.count, place + 1)
        return String(decoding: bytes[min(start, end)..<end], as: UTF8.self)
    }

    /// One byte of a text, or a whole interpolation; `$${` is none.
    private mutating func template(depth: Int) {
        if starts(with: "$${") || starts(with: "%%{") {
            place += 3
        } else if starts(with: "${") || starts(with: "%{") {
            place += 2
            code(endsAtBrace: true, depth: depth)
        } else {
            place += 1
        }
    }

    /// `<<EOF` or `<<-EOF`, to the line that is the word alone.
    private mutating func heredoc(depth: Int) {
        place += 2
        if byte == UInt8(ascii: "-") { place += 1 }
        let start = place
        while let byte, Self.isWord(byte) { place += 1 }
        let mark = Array(bytes[start..<place])
        guard !mark.isEmpty else { return }
        skipLine()
        while place < bytes.count {
            place += 1
            let rest = bytes[place...].drop { $0 == 0x20 || $0 == 0x09 }
            if rest.starts(with: mark), rest.dropFirst(mark.count).first.map({ !Self.isWord($0) }) ?? true {
                place = rest.startIndex + mark.count
                return
            }
            while let byte, byte != 0x0A { template(depth: depth) }
        }
    }
}
