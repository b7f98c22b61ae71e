/// Finds the second of two equal keys, and hides it so that the rest of a text can be read.
///
/// The YAML library gives a document up at the first repeated key and names only the place of the first of the two.
struct RepeatedKeys {
    private let source: Source
    private(set) var bytes: [UInt8]
    private(set) var findings: [Finding] = []
    private var hiddenCount: UInt32 = 0

    init(source: Source) {
        self.source = source
        bytes = source.bytes
    }

    /// Gives the next key that repeats the one at `line` and `column` a name of its own.
    ///
    /// - Returns: `false` when reading again makes no sense; a finding says what is known.
    mutating func hideNext(of name: String, line: Int, column: Int) -> Bool {
        let text = Source(name: source.name, bytes: bytes)
        let first = text.place(line: line, column: column)
        let start = text.offset(line: line, column: column)
        let key = keyText(at: start)
        guard hiddenCount < 100, !key.isEmpty,
            let offset = nextInBlock(key, from: text, line: line, column: column)
                ?? nextInFlow(key, from: start)
        else {
            findings.append(.repeatedKey(name, at: first, first: first))
            return false
        }
        let place = text.place(at: offset, length: key.count)
        findings.append(
            .repeatedKey(
                name, at: source.place(line: place.line, column: place.column, length: place.length), first: first))
        // One scalar of the private area stands for one scalar, so that columns stay.
        hiddenCount += 1
        let letter = offset + ("\"'".utf8.contains(bytes[offset]) ? 1 : 0)
        var end = letter + 1
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        guard let mark = Unicode.Scalar(0xE000 + hiddenCount) else { return false }
        bytes.replaceSubrange(letter..<end, with: Array(String(Character(mark)).utf8))
        return true
    }

    /// The key that starts at `start`, quotes included; empty when it is more than a word.
    private func keyText(at start: Int) -> ArraySlice<UInt8> {
        guard start < bytes.count else { return [] }
        var end = start
        if "\"'".utf8.contains(bytes[start]) {
            end += 1
            while end < bytes.count, bytes[end] != bytes[start] { end += 1 }
            return bytes[start..<min(end + 1, bytes.count)]
        }
        while end < bytes.count, !isKeyEnd(end) { end += 1 }
        return bytes[start..<end]
    }

    private func isKeyEnd(_ offset: Int) -> Bool {
        if bytes[offset] == 0x0A || bytes[offset] == 0x0D { return true }
        guard bytes[offset] == UInt8(ascii: ":") else { return false }
        return offset + 1 >= bytes.count || bytes[offset + 1] <= 0x20
    }

    private static func bare(_ key: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let first = key.first, "\"'".utf8.contains(first) else { return key }
        return key.dropFirst().dropLast()
    }

    private func nextInBlock(_ key: ArraySlice<UInt8>, from text: Source, line: Int, column: Int) -> Int? {
        guard line < text.lineCount else { return nil }
        for number in (line + 1)...text.lineCount {
            let content = text.lineText(number)
            let indent = content.utf8.prefix { $0 == 0x20 }.count
            let isBlank = indent == content.utf8.count || content.utf8.dropFirst(indent).first == UInt8(ascii: "#")
            if isBlank || indent > column - 1 { continue }
            if indent < column - 1 { return nil }
            let start = text.offset(ofLine: number) + indent
            if Self.bare(keyText(at: start)).elementsEqual(Self.bare(key)) { return start }
        }
        return nil
    }

    private func nextInFlow(_ key: ArraySlice<UInt8>, from start: Int) -> Int? {
        var depth = 0
        var quote: UInt8?
        var offset = start
        while offset < bytes.count {
            let byte = bytes[offset]
            if let open = quote {
                if byte == open { quote = nil }
            } else if "\"'".utf8.contains(byte) {
                quote = byte
            } else if "[{".utf8.contains(byte) {
                depth += 1
            } else if "]}".utf8.contains(byte) {
                depth -= 1
                if depth < 0 { return nil }
            } else if byte == UInt8(ascii: ","), depth == 0 {
                var next = offset + 1
                while next < bytes.count, bytes[next] <= 0x20 { next += 1 }
                if Self.bare(keyText(at: next)).elementsEqual(Self.bare(key)) { return next }
            }
            offset += 1
        }
        return nil
    }
}
