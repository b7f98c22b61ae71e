/// Colours for a line of a file, by what its words are: keys, comments, numbers, references.
///
/// Lines are read each by itself: what stands in a block of text is coloured as if it were none.
package enum Syntax: Hashable, Sendable {
    case yaml, json, hcl, plain

    /// By the end of a file's name.
    package init(path: String) {
        let end = path.lastIndex(of: ".").map { path[path.index(after: $0)...] } ?? ""
        switch end.lowercased() {
        case "yaml", "yml", "template": self = .yaml
        case "json": self = .json
        case "tf", "tfvars", "hcl": self = .hcl
        default: self = .plain
        }
    }

    package func line(_ text: String) -> Line {
        guard self != .plain else { return Line(SafeText(untrusted: text)) }
        var reader = SyntaxReader(self, Array(text.utf8))
        reader.read()
        return reader.line
    }
}

/// Goes through a line once, from word to word.
private struct SyntaxReader {
    let syntax: Syntax
    let bytes: [UInt8]
    var at = 0
    /// Where what is not yet in `line` begins.
    var kept = 0
    var line = Line()
    /// Whether only blanks and list signs stand before.
    var isAtStart = true

    init(_ syntax: Syntax, _ bytes: [UInt8]) { (self.syntax, self.bytes) = (syntax, bytes) }

    mutating func read() {
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"): at += 1
            case UInt8(ascii: "-") where isAtStart && syntax == .yaml && isBlank(at + 1): at += 1
            case UInt8(ascii: "#") where syntax != .json && isBlank(at - 1),
                UInt8(ascii: "/") where syntax == .hcl && byte(at + 1) == UInt8(ascii: "/"):
                take(to: bytes.count, .dim)
            case UInt8(ascii: "\""): quoted(UInt8(ascii: "\""))
            case UInt8(ascii: "'") where syntax == .yaml: quoted(UInt8(ascii: "'"))
            case UInt8(ascii: "!") where syntax == .yaml: take(to: end { isBlank($0) }, .link)
            case let sign where SyntaxReader.signs.contains(sign):
                isAtStart = false
                at += 1
            default: word()
            }
        }
        keep(to: bytes.count)
    }

    private static let signs = Set(",[]{}()".utf8)

    private mutating func quoted(_ quote: UInt8) {
        var close = at + 1
        while close < bytes.count, bytes[close] != quote {
            close += bytes[close] == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") ? 2 : 1
        }
        let past = min(bytes.count, close + 1)
        let next = byte(end(from: past) { !isBlank($0) })
        let isKey = syntax == .hcl ? next == UInt8(ascii: "=") : next == UInt8(ascii: ":")
        let name = bytes[(at + 1)..<max(at + 1, past - 1)]
        let isCall = isKey && (name.starts(with: "Fn::".utf8) || name.elementsEqual("Ref".utf8))
        take(to: past, isCall ? .link : isKey ? .info : .text)
    }

    private mutating func word() {
        let past = max(at + 1, wordEnd)
        let isFirst = isAtStart
        if syntax != .hcl, past - at > 1, bytes[past - 1] == UInt8(ascii: ":"), isBlank(past) {
            let name = bytes[at..<(past - 1)]
            take(to: past - 1, name.starts(with: "Fn::".utf8) || name.elementsEqual("Ref".utf8) ? .link : .info)
            at = past
            return
        }
        if syntax == .hcl {
            let next = end(from: past) { !isBlank($0) }
            if byte(next) == UInt8(ascii: "="), byte(next + 1) != UInt8(ascii: "=") { return take(to: past, .info) }
            if isFirst, [UInt8(ascii: "{"), UInt8(ascii: "\"")].contains(byte(next)) { return take(to: past, .link) }
        }
        take(to: past, isLiteral(bytes[at..<past]) ? .changed : .text)
    }

    /// A number, or a word that is no text.
    private func isLiteral(_ word: ArraySlice<UInt8>) -> Bool {
        if ["true", "false", "null", "~"].contains(where: { word.elementsEqual($0.utf8) }) { return true }
        let digits = word.first == UInt8(ascii: "-") ? word.dropFirst() : word
        return digits.first.map { (0x30...0x39).contains($0) } ?? false
            && digits.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
    }

    // MARK: Places

    private func byte(_ index: Int) -> UInt8? { bytes.indices.contains(index) ? bytes[index] : nil }

    /// Whether a blank or nothing stands there.
    private func isBlank(_ index: Int) -> Bool {
        byte(index).map { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") } ?? true
    }

    private func end(from start: Int? = nil, _ isEnd: (Int) -> Bool) -> Int {
        var index = start ?? at
        while index < bytes.count, !isEnd(index) { index += 1 }
        return index
    }

    /// What `${...}` puts in belongs to the word.
    private var wordEnd: Int {
        var index = at
        while index < bytes.count, !isBlank(index), bytes[index] != UInt8(ascii: "\"") {
            if isReference(index, bytes.count) {
                index = end(from: index) { bytes[$0] == UInt8(ascii: "}") }
            } else if SyntaxReader.signs.contains(bytes[index]) {
                return index
            }
            index += 1
        }
        return min(index, bytes.count)
    }

    // MARK: Pieces

    /// Appends what was passed over as it is.
    private mutating func keep(to end: Int) {
        if end > kept { line.append(SafeText(untrusted: bytes[kept..<end]), .text) }
        kept = end
    }

    /// Appends up to `end` in a style; what is put in by `${...}` in that of references.
    private mutating func take(to end: Int, _ style: Style) {
        keep(to: at)
        isAtStart = false
        var start = at
        while style == .text, let open = (start..<end).first(where: { isReference($0, end) }) {
            let close = (open..<end).first { bytes[$0] == UInt8(ascii: "}") }.map { $0 + 1 } ?? end
            line.append(SafeText(untrusted: bytes[start..<open]), style)
            line.append(SafeText(untrusted: bytes[open..<close]), .link)
            start = close
        }
        if end > start { line.append(SafeText(untrusted: bytes[start..<end]), style) }
        (at, kept) = (end, end)
    }

    private func isReference(_ index: Int, _ end: Int) -> Bool {
        index + 1 < end && bytes[index] == UInt8(ascii: "$") && bytes[index + 1] == UInt8(ascii: "{")
    }
}
