import Documents
import Foundation

/// Cuts a template into tokens, over bytes.
///
/// It follows Jinja2's lexer in what counts as white space, where brackets keep `}}` from closing, and on which
/// line a fault lies.
struct Lexer {
    private let environment: Environment
    private let bytes: UnsafePointer<UInt8>
    private let end: Int
    private var position = 0
    private var tokens: Row<Token>
    /// Whether what was read last ended with a newline.
    private var startsLine = true
    private var namedEscapes = 0

    /// `bytes` must outlive the tokens, whose texts point into them.
    init(_ bytes: UnsafePointer<UInt8>, count: Int, _ environment: Environment, in nodes: Arena) {
        self.environment = environment
        self.bytes = bytes
        let dropsNewline = !environment.keepsTrailingNewline && count > 0 && bytes[count - 1] == 0x0A
        end = dropsNewline ? count - 1 : count
        tokens = Row(capacity: count / 4 + 8, in: nodes)
    }

    /// The source with every line end written as a newline; itself when it already is.
    static func normalized(_ source: Source) -> Source {
        let hasReturns = source.bytes.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { memchr($0, 0x0D, bytes.count) != nil } ?? false
        }
        guard hasReturns else { return source }
        var out: [UInt8] = []
        out.reserveCapacity(source.bytes.count)
        var previous: UInt8 = 0
        for byte in source.bytes {
            if byte == 0x0D {
                out.append(0x0A)
            } else if byte != 0x0A || previous != 0x0D {
                out.append(byte)
            }
            previous = byte
        }
        return Source(name: source.name, bytes: out)
    }

    /// The tokens up to the end, or up to the first fault: a parser may find one of its own before that.
    mutating func read() -> (tokens: Row<Token>, fault: Fault?) {
        var fault: Fault?
        do throws(Fault) {
            while position < end { try readText() }
        } catch {
            fault = error
        }
        // The end is reported where the last token began, as Jinja2 does.
        tokens.append(Token(kind: .end, start: tokens.last?.start ?? 0, end: end))
        return (tokens, fault)
    }

    // MARK: Text between tags

    @inline(__always)
    private func byte(_ offset: Int) -> UInt8 { offset < end ? bytes[offset] : 0 }

    private func string(_ start: Int, _ end: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: bytes + start, count: end - start), as: UTF8.self)
    }

    private mutating func readText() throws(Fault) {
        let start = position
        var offset = position
        while offset < end {
            guard let found = memchr(bytes + offset, 0x7B, end - offset) else {
                offset = end
                break
            }
            offset = UnsafeRawPointer(found) - UnsafeRawPointer(bytes)
            let mark = byte(offset + 1)
            if mark == 0x7B || mark == 0x25 || mark == 0x23 { break }
            offset += 1
        }
        guard offset < end else {
            addText(start, end)
            position = end
            return
        }
        let mark = byte(offset + 1)
        let sign = byte(offset + 2)
        let hasSign = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
        addText(start, textEnd(start, offset, sign: sign, isVariable: mark == 0x7B))
        position = offset + (hasSign ? 3 : 2)
        startsLine = false
        if mark == UInt8(ascii: "#") {
            try skipComment(from: offset)
        } else if mark == UInt8(ascii: "%"), let body = rawBody() {
            try readRaw(from: body, tag: offset)
        } else {
            let isVariable = mark == UInt8(ascii: "{")
            tokens.append(
                Token(kind: isVariable ? .variableBegin : .blockBegin, start: offset, end: position))
            try readTag(isVariable: isVariable)
        }
    }

    private mutating func addText(_ start: Int, _ end: Int) {
        guard end > start else { return }
        tokens.append(Token(kind: .data, start: start, end: end))
    }

    /// Where text before a tag ends once the tag's sign and `lstrip_blocks` took their white space.
    private func textEnd(_ start: Int, _ tag: Int, sign: UInt8, isVariable: Bool) -> Int {
        if sign == UInt8(ascii: "-") {
            var end = tag
            while end > start, let width = spaceWidth(before: end, from: start) { end -= width }
            return end
        }
        guard environment.stripsBlocks, sign != UInt8(ascii: "+"), !isVariable else { return tag }
        var line = tag
        while line > start, bytes[line - 1] != 0x0A { line -= 1 }
        guard line > start || startsLine, line < tag else { return tag }
        var offset = line
        while offset < tag, let width = spaceWidth(at: offset) { offset += width }
        return offset == tag ? line : tag
    }

    /// Bytes of the white space that starts at `offset`.
    @inline(__always)
    private func spaceWidth(at offset: Int) -> Int? {
        guard offset < end else { return nil }
        let first = bytes[offset]
        if first < 0x80 { return first <= 0x20 && Unicode.Scalar(first).isPythonSpace ? 1 : nil }
        return wideSpaceWidth(at: offset)
    }

    private func wideSpaceWidth(at offset: Int) -> Int? {
        let first = bytes[offset]
        let width = first < 0xE0 ? 2 : 3
        guard first >= 0xC2, first < 0xF0, offset + width <= end,
            let scalar = string(offset, offset + width).unicodeScalars.first
        else { return nil }
        return scalar.isPythonSpace ? width : nil
    }

    private func spaceWidth(before offset: Int, from start: Int) -> Int? {
        for width in 1...3 where offset - width >= start {
            if let found = spaceWidth(at: offset - width), found == width { return width }
        }
        return nil
    }

    private mutating func skipSpace() {
        while let width = spaceWidth(at: position) { position += width }
    }

    /// After a tag: `-` takes all white space, `trim_blocks` one newline unless `+` stands there.
    private mutating func closeTag(sign: UInt8, trims: Bool) {
        if sign == UInt8(ascii: "-") { skipSpace() }
        if trims, sign == 0, environment.trimsBlocks, byte(position) == 0x0A, position < end { position += 1 }
        startsLine = position > 0 && bytes[position - 1] == 0x0A
    }

    private mutating func skipComment(from tag: Int) throws(Fault) {
        guard position < end else { return }
        var offset = position
        while offset + 1 < end {
            if bytes[offset] == UInt8(ascii: "#"), bytes[offset + 1] == UInt8(ascii: "}") {
                var sign: UInt8 = 0
                if offset > position, bytes[offset - 1] == 0x2D || bytes[offset - 1] == 0x2B {
                    sign = bytes[offset - 1]
                }
                position = offset + 2
                closeTag(sign: sign, trims: true)
                return
            }
            offset += 1
        }
        throw Fault(.syntax, "a comment must end with #}", hint: "add #}", offset: tag, length: 2)
    }

    // MARK: Raw

    /// The offset behind `word` at `offset`, which may follow white space.
    private func behind(_ word: StaticString, at offset: Int) -> Int? {
        var offset = offset
        while let width = spaceWidth(at: offset) { offset += width }
        for index in 0..<word.utf8CodeUnitCount {
            guard byte(offset) == word.utf8Start[index] else { return nil }
            offset += 1
        }
        return offset
    }

    /// When the block that was just opened is `raw`: where its body starts.
    private func rawBody() -> Int? {
        guard var offset = behind("raw", at: position) else { return nil }
        while let width = spaceWidth(at: offset) { offset += width }
        let isStripped = byte(offset) == UInt8(ascii: "-")
        if isStripped { offset += 1 }
        guard byte(offset) == UInt8(ascii: "%"), byte(offset + 1) == UInt8(ascii: "}") else { return nil }
        offset += 2
        if isStripped { while let width = spaceWidth(at: offset) { offset += width } }
        return offset
    }

    private mutating func readRaw(from body: Int, tag: Int) throws(Fault) {
        var offset = body
        while offset + 1 < end {
            defer { offset += 1 }
            guard bytes[offset] == UInt8(ascii: "{"), bytes[offset + 1] == UInt8(ascii: "%") else { continue }
            let sign = byte(offset + 2)
            let hasSign = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
            guard var close = behind("endraw", at: offset + (hasSign ? 3 : 2)) else { continue }
            while let width = spaceWidth(at: close) { close += width }
            let closing = byte(close)
            let hasClosing = closing == UInt8(ascii: "-") || closing == UInt8(ascii: "+")
            if hasClosing { close += 1 }
            guard byte(close) == UInt8(ascii: "%"), byte(close + 1) == UInt8(ascii: "}") else { continue }
            startsLine = body > 0 && bytes[body - 1] == 0x0A
            addText(body, textEnd(body, offset, sign: sign, isVariable: false))
            position = close + 2
            closeTag(sign: hasClosing ? closing : 0, trims: true)
            return
        }
        throw Fault(
            .syntax, "a raw block must end with {% endraw %}", hint: "add {% endraw %}", offset: tag, length: 2)
    }

    // MARK: Inside tags

    private mutating func readTag(isVariable: Bool) throws(Fault) {
        var open: [(symbol: UInt8, offset: Int)] = []
        while position < end {
            let first = bytes[position]
            switch first {
            case 0x20:
                position += 1
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
                addName()
            case UInt8(ascii: "0")...UInt8(ascii: "9"): readNumber()
            case UInt8(ascii: "'"), UInt8(ascii: "\""): try readString(quote: first)
            case UInt8(ascii: "."), UInt8(ascii: "|"), UInt8(ascii: ","), UInt8(ascii: "="): try readSymbol(&open)
            default:
                if open.isEmpty, closes(isVariable: isVariable) { return }
                if let width = spaceWidth(at: position) {
                    position += width
                } else if first >= 0x80, nameWidth(at: position) != nil {
                    addName()
                } else {
                    try readSymbol(&open)
                }
            }
        }
    }

    private mutating func closes(isVariable: Bool) -> Bool {
        let mark = isVariable ? UInt8(ascii: "}") : UInt8(ascii: "%")
        let first = byte(position)
        var offset = position
        var sign: UInt8 = 0
        if first == UInt8(ascii: "-") || (!isVariable && first == UInt8(ascii: "+")) {
            sign = first
            offset += 1
        }
        guard byte(offset) == mark, byte(offset + 1) == UInt8(ascii: "}") else { return false }
        tokens.append(
            Token(kind: isVariable ? .variableEnd : .blockEnd, start: position, end: offset + 2))
        position = offset + 2
        closeTag(sign: sign, trims: !isVariable)
        return true
    }

    private mutating func add(_ kind: Token.Kind, _ start: Int) {
        tokens.append(Token(kind: kind, start: start, end: position, text: text(start)))
    }

    /// What was read since `start`.
    private func text(_ start: Int) -> Text {
        Text(UnsafeBufferPointer(start: bytes + start, count: position - start))
    }

    @inline(__always)
    private mutating func addName() {
        let start = position
        while position < end, bytes[position].isWord { position += 1 }
        if position < end, bytes[position] >= 0x80 { position = start + (nameWidth(at: start) ?? 0) }
        let text = text(start)
        tokens.append(Token(kind: .name, word: Word.read(text), start: start, end: position, text: text))
    }

    private func nameWidth(at start: Int) -> Int? {
        var offset = start
        while offset < end {
            let byte = bytes[offset]
            if byte < 0x80 {
                guard byte.isWord else { break }
                offset += 1
            } else {
                let width = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
                guard offset + width <= end,
                    let scalar = string(offset, offset + width).unicodeScalars
                        .first,
                    offset == start ? scalar.properties.isXIDStart : scalar.properties.isXIDContinue
                else { break }
                offset += width
            }
        }
        return offset == start ? nil : offset - start
    }

    private mutating func readSymbol(_ open: inout [(symbol: UInt8, offset: Int)]) throws(Fault) {
        let start = position
        let first = bytes[position]
        guard let symbol = Symbol.read(first, byte(position + 1)) else { throw unexpected(first) }
        switch first {
        case UInt8(ascii: "("): open.append((UInt8(ascii: ")"), start))
        case UInt8(ascii: "["): open.append((UInt8(ascii: "]"), start))
        case UInt8(ascii: "{"): open.append((UInt8(ascii: "}"), start))
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
            let found = Unicode.Scalar(first)
            guard let wanted = open.popLast() else {
                throw Fault(.syntax, "unexpected '\(found)'", offset: start)
            }
            guard wanted.symbol == first else {
                let expected = Unicode.Scalar(wanted.symbol)
                throw Fault(.syntax, "unexpected '\(found)', expected '\(expected)'", offset: start)
            }
        default: break
        }
        position += symbol.spelling.utf8CodeUnitCount
        tokens.append(
            Token(
                kind: .symbol, symbol: symbol, start: start, end: position,
                text: Text(stringLiteral: symbol.spelling)))
    }

    private func unexpected(_ byte: UInt8) -> Fault {
        let hint: String? =
            switch byte {
            case UInt8(ascii: "&"): "write 'and' for &&"
            case UInt8(ascii: "!"): "write 'not' for !"
            case UInt8(ascii: "?"): "write A if CONDITION else B"
            case UInt8(ascii: "'"), UInt8(ascii: "\""): "close the quote"
            default: nil
            }
        let scalar = string(position, min(end, position + 4)).unicodeScalars.first
        return Fault(.syntax, "unexpected char '\(scalar.map { String($0) } ?? "")'", hint: hint, offset: position)
    }
}

extension UInt8 {
    /// Whether a name may go on with it.
    @inline(__always)
    fileprivate var isWord: Bool {
        (self | 0x20) &- 0x61 < 26 || self &- 0x30 < 10 || self == UInt8(ascii: "_")
    }
}

// MARK: Numbers and strings

extension Lexer {
    private mutating func readNumber() {
        let start = position
        if let end = floatEnd(start) {
            position = end
            return add(.float, start)
        }
        position = integerEnd(start)
        add(.integer, start)
    }

    private func digits(_ start: Int, radix: Int = 10, mayLeadWithMark: Bool = false) -> Int {
        var offset = start
        while offset < end {
            let isMark = bytes[offset] == UInt8(ascii: "_") && (offset > start || mayLeadWithMark)
            let next = isMark ? offset + 1 : offset
            guard next < end, let value = Character(Unicode.Scalar(bytes[next])).hexDigitValue, value < radix else {
                break
            }
            offset = next + 1
        }
        return offset
    }

    private func integerEnd(_ start: Int) -> Int {
        if bytes[start] == UInt8(ascii: "0") {
            let radix: Int? =
                switch byte(start + 1) | 0x20 {
                case UInt8(ascii: "x"): 16
                case UInt8(ascii: "o"): 8
                case UInt8(ascii: "b"): 2
                default: nil
                }
            if let radix {
                let end = digits(start + 2, radix: radix, mayLeadWithMark: true)
                if end > start + 2 { return end }
            }
            var offset = start + 1
            while byte(offset) == UInt8(ascii: "0")
                || (byte(offset) == UInt8(ascii: "_") && byte(offset + 1) == UInt8(ascii: "0"))
            {
                offset += byte(offset) == UInt8(ascii: "_") ? 2 : 1
            }
            return offset
        }
        return digits(start)
    }

    private func floatEnd(_ start: Int) -> Int? {
        if start > 0, bytes[start - 1] == UInt8(ascii: ".") { return nil }
        var offset = digits(start)
        var hasFraction = false
        if byte(offset) == UInt8(ascii: ".") {
            let fraction = digits(offset + 1)
            if fraction > offset + 1 {
                offset = fraction
                hasFraction = true
            }
        }
        if byte(offset) | 0x20 == UInt8(ascii: "e") {
            let sign = byte(offset + 1)
            let signed = sign == 0x2B || sign == 0x2D ? offset + 2 : offset + 1
            let power = digits(signed)
            if power > signed { return power }
        }
        return hasFraction ? offset : nil
    }

    private mutating func readString(quote: UInt8) throws(Fault) {
        let start = position
        var offset = position + 1
        while offset < end, bytes[offset] != quote { offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1 }
        guard offset < end else { throw unexpected(quote) }
        let spelling = UnsafeBufferPointer(start: bytes + start + 1, count: offset - start - 1)
        let text = try Escapes.decode(spelling, namedEscapes: &namedEscapes, at: start)
        position = offset + 1
        tokens.append(Token(kind: .string, start: start, end: position, text: text))
    }
}
