/// Names and values as files of environment variables have them: one `NAME=value` a line.
package enum VariableLines {
    /// Reads lines of a shell or an `.env` file: `export`, comments, quotes and the escapes inside double quotes.
    ///
    /// A line without an equals sign is a name without a value, so that nothing is lost.
    package static func read(_ text: String) -> [(name: String, value: String)] {
        var rest = Substring(text)
        var pairs: [(name: String, value: String)] = []
        while !rest.isEmpty {
            rest = rest.drop { $0.isWhitespace }
            if rest.first == "#" {
                rest = rest.drop { !$0.isNewline }
                continue
            }
            if rest.hasPrefix("export "), rest.prefix(while: { !$0.isNewline }).contains("=") {
                rest = rest.dropFirst(7)
            }
            let name = rest.prefix { $0 != "=" && !$0.isNewline }
            rest = rest[name.endIndex...]
            guard rest.first == "=" else {
                if !trimmed(name).isEmpty { pairs.append((trimmed(name), "")) }
                continue
            }
            rest = rest.dropFirst()
            pairs.append((trimmed(name), value(&rest)))
        }
        return pairs
    }

    private static func value(_ rest: inout Substring) -> String {
        let start = rest.drop { $0.isWhitespace && !$0.isNewline }
        if let quote = start.first, quote == "\"" || quote == "'", let (text, end) = quoted(start, quote) {
            let line = end.prefix { !$0.isNewline }
            let tail = trimmed(line)
            if tail.isEmpty || tail.hasPrefix("#") {
                rest = end[line.endIndex...]
                return text
            }
        }
        let line = rest.prefix { !$0.isNewline }
        rest = rest[line.endIndex...]
        return trimmed(withoutComment(line))
    }

    /// The text between quotes, and what follows; `nil` where they are not closed.
    private static func quoted(_ text: Substring, _ quote: Character) -> (String, Substring)? {
        var value = ""
        var rest = text.dropFirst()
        while let character = rest.popFirst() {
            if character == quote { return (value, rest) }
            guard character == "\\", quote == "\"", let next = rest.popFirst() else {
                value.append(character)
                continue
            }
            switch next {
            case "n": value.append("\n")
            case "r": value.append("\r")
            case "t": value.append("\t")
            case "\"", "\\", "$", "`": value.append(next)
            default: value += "\\" + String(next)
            }
        }
        return nil
    }

    /// A comment begins with `#` behind a blank: `a#b` is a value.
    private static func withoutComment(_ line: Substring) -> Substring {
        var previous: Character = "="
        for index in line.indices {
            if line[index] == "#", previous.isWhitespace { return line[..<index] }
            previous = line[index]
        }
        return line
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
