extension Value {
    /// The value as a YAML document in block style, ending with a line end.
    ///
    /// Reading it as a spec gives the value again. Text is quoted only where it needs to be.
    package var yaml: String {
        var writer = YAMLWriter()
        writer.writeRoot(self)
        return writer.text
    }
}

struct YAMLWriter {
    private(set) var text = ""

    mutating func writeRoot(_ value: Value) {
        switch value {
        case .object(let object) where !object.isEmpty: write(object, indent: 0, isFirstInline: false)
        case .list(let items) where !items.isEmpty: write(items, indent: 0, isFirstInline: false)
        default:
            text += scalarText(value, indent: 0)
            text += "\n"
        }
    }

    /// What follows `key:`, starting with a space or a line end and ending with a line end.
    mutating func writeMemberValue(_ value: Value, indent: Int) {
        switch value {
        case .object(let object) where !object.isEmpty:
            text += "\n"
            write(object, indent: indent + 2, isFirstInline: false)
        case .list(let items) where !items.isEmpty:
            text += "\n"
            write(items, indent: indent + 2, isFirstInline: false)
        default:
            text += " " + scalarText(value, indent: indent) + "\n"
        }
    }

    /// What follows `-` and its space.
    mutating func writeItemValue(_ value: Value, indent: Int) {
        switch value {
        case .object(let object) where !object.isEmpty: write(object, indent: indent + 2, isFirstInline: true)
        case .list(let items) where !items.isEmpty: write(items, indent: indent + 2, isFirstInline: true)
        default: text += scalarText(value, indent: indent) + "\n"
        }
    }

    mutating func writeMember(_ key: String, _ value: Value, indent: Int) {
        let name = YAMLText.inline(key)
        // libyaml gives up on a key without "?" after 1,024 characters.
        if name.unicodeScalars.count > 1000 {
            text += "? \(name)\n" + String(repeating: " ", count: indent) + ":"
        } else {
            text += name + ":"
        }
        writeMemberValue(value, indent: indent)
    }

    private mutating func write(_ object: Object, indent: Int, isFirstInline: Bool) {
        for (index, member) in object.enumerated() {
            if index > 0 || !isFirstInline { text += String(repeating: " ", count: indent) }
            writeMember(member.key, member.value, indent: indent)
        }
    }

    private mutating func write(_ items: [Value], indent: Int, isFirstInline: Bool) {
        for (index, item) in items.enumerated() {
            if index > 0 || !isFirstInline { text += String(repeating: " ", count: indent) }
            text += "- "
            writeItemValue(item, indent: indent)
        }
    }

    private func scalarText(_ value: Value, indent: Int) -> String {
        if case .string(let text) = value, let block = YAMLText.block(text, indent: indent + 2) { return block }
        return YAMLText.inline(value)
    }
}

/// How one scalar is spelled.
package enum YAMLText {
    /// On one line; lists and objects in JSON's way.
    package static func inline(_ value: Value) -> String {
        switch value {
        case .string(let text): inline(text)
        case .null, .bool, .number: value.json()
        case .list(let items): "[" + items.map(inFlow).joined(separator: ", ") + "]"
        case .object(let object):
            "{" + object.map { quoted($0.key) + ": " + inFlow($0.value) }.joined(separator: ", ") + "}"
        }
    }

    /// Within brackets, where commas and brackets end plain text.
    static func inFlow(_ value: Value) -> String {
        if case .string(let text) = value {
            return isPlain(text) && !text.utf8.contains(where: { ",[]{}:?".utf8.contains($0) }) ? text : quoted(text)
        }
        return inline(value)
    }

    static func inline(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

    /// Whether `text` reads as itself without quotes.
    package static func isPlain(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        guard let first = scalars.first, let last = scalars.last, first != " ", last != " ", last != ":" else {
            return false
        }
        // Other tools read YAML 1.1: what is text only to 1.2 gets quotes, so that all agree.
        guard YAMLScalars.spec(text) == .string(text), YAMLScalars.cloudFormation(text) == .string(text) else {
            return false
        }
        if "-?:".unicodeScalars.contains(first) {
            guard scalars.count > 1, scalars[1] != " " else { return false }
        } else if ",[]{}#&*!|>'\"%@`=<".unicodeScalars.contains(first) {
            return false
        }
        if text.hasPrefix("---") || text.hasPrefix("...") { return false }
        for (index, scalar) in scalars.enumerated() {
            if scalar.needsEscape { return false }
            if scalar == ":", scalars[index + 1] == " " { return false }
            if scalar == "#", index > 0, scalars[index - 1] == " " { return false }
        }
        return true
    }

    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.needsEscape:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// A text of several lines as `|` has it; `nil` where quotes are the better way.
    static func block(_ text: String, indent: Int) -> String? {
        guard let first = text.unicodeScalars.first, text.unicodeScalars.contains("\n"),
            !" \n\t".unicodeScalars.contains(first),
            !text.unicodeScalars.contains(where: { $0 != "\n" && $0.needsEscape })
        else { return nil }
        var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        let endCount = lines.reversed().prefix { $0.isEmpty }.count
        let chomp = endCount == 0 ? "-" : endCount == 1 ? "" : "+"
        if endCount > 0 { lines.removeLast() }
        let margin = String(repeating: " ", count: indent)
        return "|\(chomp)\n" + lines.map { $0.isEmpty ? "" : margin + String($0) }.joined(separator: "\n")
    }
}
