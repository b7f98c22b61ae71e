extension Text {
    func mapped(_ body: (String) -> String) -> Text { Text(body(string), isSafe: isSafe) }

    var lowercased: Text {
        isASCII ? shifted(from: UInt8(ascii: "A"), to: UInt8(ascii: "Z")) : mapped { $0.lowercased() }
    }

    var uppercased: Text {
        isASCII ? shifted(from: UInt8(ascii: "a"), to: UInt8(ascii: "z")) : mapped { $0.uppercased() }
    }

    /// ASCII letters within bounds in the other case.
    private func shifted(from first: UInt8, to last: UInt8) -> Text {
        let count = byteCount
        return Text(capacity: count, isASCII: true, isSafe: isSafe) { room in
            for offset in 0..<count {
                let byte = start[offset]
                room[offset] = byte >= first && byte <= last ? byte ^ 0x20 : byte
            }
            return count
        }
    }

    /// The first letter in title case, the rest in lower case.
    var capitalized: Text {
        let scalars = scalars
        guard let first = scalars.first else { return self }
        var rest = String.UnicodeScalarView()
        rest.append(contentsOf: scalars.dropFirst())
        return Text(first.properties.titlecaseMapping + String(rest).lowercased(), isSafe: isSafe)
    }

    /// Jinja's `title`: words are cut at white space, hyphens and opening brackets.
    var titledWords: Text {
        var out = ""
        var startsWord = true
        for scalar in scalars {
            let isCut = scalar.isPythonSpace || "-({[<".unicodeScalars.contains(scalar)
            if isCut {
                out.unicodeScalars.append(scalar)
            } else {
                out += startsWord ? scalar.properties.uppercaseMapping : scalar.properties.lowercaseMapping
            }
            startsWord = isCut
        }
        return Text(out, isSafe: isSafe)
    }

    /// Python's `str.title`: whatever is not a letter ends a word.
    var titled: Text {
        var out = ""
        var startsWord = true
        for scalar in scalars {
            out += startsWord ? scalar.properties.titlecaseMapping : scalar.properties.lowercaseMapping
            startsWord = !scalar.properties.isCased
        }
        return Text(out, isSafe: isSafe)
    }

    func replacing(_ old: Text, with new: Text, count: Int = -1, _ renderer: Renderer) throws(Fault) -> Text {
        let limit = count < 0 ? Int.max : count
        var out: [UInt8] = []
        if old.isEmpty {
            let scalars = scalars
            var made = 0
            for index in 0...scalars.count {
                if made < limit {
                    out += new.bytes
                    made += 1
                }
                if index < scalars.count { out += Array(String(scalars[index]).utf8) }
                try renderer.checkSize(out.count)
            }
            return Text(bytes: out, isSafe: isSafe)
        }
        var found = 0
        var position = 0
        while found < limit, let offset = firstOffset(of: old, from: position) {
            found += 1
            position = offset + old.byteCount
        }
        guard found > 0 else { return self }
        let size = byteCount + found * (new.byteCount - old.byteCount)
        try renderer.checkSize(size)
        return Text(capacity: size, isASCII: isASCII && new.isASCII, isSafe: isSafe) { room in
            var (from, to) = (0, 0)
            for _ in 0..<found {
                let offset = firstOffset(of: old, from: from) ?? byteCount
                (room + to).update(from: start + from, count: offset - from)
                to += offset - from
                (room + to).update(from: new.start, count: new.byteCount)
                to += new.byteCount
                from = offset + old.byteCount
            }
            (room + to).update(from: start + from, count: byteCount - from)
            return size
        }
    }

    /// In the middle of `width`; the odd one goes where Python puts it.
    func centered(_ width: Int, _ fill: Unicode.Scalar) -> Text {
        let missing = width - count
        guard missing > 0 else { return self }
        let left = missing / 2 + (missing & width & 1)
        return padded(left: left, right: missing - left, fill)
    }

    func padded(left: Int = 0, right: Int = 0, _ fill: Unicode.Scalar) -> Text {
        guard left > 0 || right > 0 else { return self }
        let unit = Array(String(fill).utf8)
        var out: [UInt8] = []
        for _ in 0..<max(0, left) { out += unit }
        out += bytes
        for _ in 0..<max(0, right) { out += unit }
        return Text(bytes: out, isSafe: isSafe)
    }

    static func join(_ parts: [Text], _ separator: Text, _ renderer: Renderer) throws(Fault) -> Text {
        var out: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if index > 0 { out += separator.bytes }
            out += part.bytes
            try renderer.checkSize(out.count)
        }
        return Text(bytes: out)
    }

    /// Python's `splitlines`.
    static func pythonLines(_ scalars: [Unicode.Scalar], keepsEnds: Bool = false) -> [ArraySlice<Unicode.Scalar>] {
        var lines: [ArraySlice<Unicode.Scalar>] = []
        var start = 0
        var index = 0
        while index < scalars.count {
            let isEnd =
                switch scalars[index].value {
                case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
                default: false
                }
            guard isEnd else {
                index += 1
                continue
            }
            let width = scalars[index] == "\r" && index + 1 < scalars.count && scalars[index + 1] == "\n" ? 2 : 1
            lines.append(scalars[start..<(keepsEnds ? index + width : index)])
            index += width
            start = index
        }
        if start < scalars.count { lines.append(scalars[start...]) }
        return lines
    }
}

extension Unicode.Scalar {
    /// `\w` of Python's regular expressions.
    var isWordLetter: Bool {
        if self == "_" { return true }
        return properties.isAlphabetic || properties.numericType != nil
    }
}

/// Python's `textwrap` as Jinja's `wordwrap` uses it: white space is kept, the lines of the text are wrapped each.
struct WordWrap {
    let width: Int
    let breaksLongWords: Bool
    let breaksHyphens: Bool

    func lines(of text: Text) -> [Text] {
        Text.pythonLines(text.scalars).flatMap { line in
            let wrapped = wrap(Array(line))
            return wrapped.isEmpty ? [Text.empty] : wrapped
        }
    }

    private func wrap(_ line: [Unicode.Scalar]) -> [Text] {
        var chunks = Array(chunks(line).reversed())
        var lines: [Text] = []
        while !chunks.isEmpty {
            var current: [Unicode.Scalar] = []
            // White space at the start of a further line is dropped.
            if !lines.isEmpty, let last = chunks.last, last.allSatisfy(\.isPythonSpace) { chunks.removeLast() }
            while let last = chunks.last, current.count + last.count <= width {
                current += last
                chunks.removeLast()
            }
            if let last = chunks.last, last.count > width {
                let room = max(1, width - current.count)
                if breaksLongWords {
                    let end = breakPoint(last, room)
                    current += last[..<end]
                    chunks[chunks.count - 1] = Array(last[end...])
                } else if current.isEmpty {
                    current = last
                    chunks.removeLast()
                }
            }
            while let last = current.last, last.isPythonSpace { current.removeLast() }
            if !current.isEmpty { lines.append(Text(current)) }
        }
        return lines
    }

    private func breakPoint(_ chunk: [Unicode.Scalar], _ room: Int) -> Int {
        guard breaksHyphens, let hyphen = chunk.prefix(room).lastIndex(of: "-"), hyphen > 0,
            chunk[..<hyphen].contains(where: { $0 != "-" })
        else { return room }
        return hyphen + 1
    }

    /// Words, white space between them, and parts of words that end with a hyphen.
    private func chunks(_ line: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
        var chunks: [[Unicode.Scalar]] = []
        var index = 0
        while index < line.count {
            let start = index
            let isSpace = line[index].isPythonSpace
            while index < line.count, line[index].isPythonSpace == isSpace {
                index += 1
                guard !isSpace, breaksHyphens, line[index - 1] == "-", index - start > 2, index < line.count,
                    line[index - 2].properties.isAlphabetic, line[index - 3].isWordLetter,
                    line[index].isWordLetter
                else { continue }
                break
            }
            chunks.append(Array(line[start..<index]))
        }
        return chunks
    }
}
