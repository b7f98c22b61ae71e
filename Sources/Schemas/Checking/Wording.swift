import Documents

/// How values stand in sentences.
enum Wording {
    private static let longestShown = 40
    private static let mostListed = 30

    /// Text in quotes, shortened; numbers, flags and null as written; lists and objects by kind.
    static func shown(_ value: Value) -> String {
        switch value {
        case .string(let text): quoted(text)
        case .null, .bool, .number, .list, .object: found(value)
        }
    }

    /// As `shown`, with the kind before a text: for values of the wrong type.
    static func found(_ value: Value) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .number(let number): shortened(number.text)
        case .string(let text): "the text \(quoted(text))"
        case .list: "a list"
        case .object: "an object"
        }
    }

    /// The value where `type` was wanted: a number says that it is one unless numbers are what is wanted.
    static func found(_ value: Value, wanted type: ValueType) -> String {
        if case .number(let number) = value, !type.isNumeric { return "the number \(shortened(number.text))" }
        return found(value)
    }

    private static func quoted(_ text: String) -> String {
        let count = text.unicodeScalars.count
        guard count > longestShown else { return "\"\(text)\"" }
        return "\"\(prefix(of: text))…\" (\(count) characters)"
    }

    private static func shortened(_ text: String) -> String {
        text.utf8.count > longestShown ? "\(prefix(of: text))… (\(text.utf8.count) digits)" : text
    }

    private static func prefix(of text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(longestShown)))
    }

    /// A scalar as text without quotes; `nil` for lists and objects.
    static func plain(_ value: Value) -> String? {
        switch value {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .number(let number): number.text
        case .string(let text): text
        case .list, .object: nil
        }
    }

    /// "one of a, b", or the only value.
    static func oneOf(_ values: [Value]) -> String {
        let words = values.prefix(mostListed).map(listed)
        if words.count < 2 { return words.first ?? "nothing" }
        let rest = values.count > mostListed ? " and \(values.count - mostListed) more" : ""
        return "one of \(words.joined(separator: ", "))\(rest)"
    }

    /// A value among others: text without quotes where that can't be misread.
    private static func listed(_ value: Value) -> String {
        guard case .string(let text) = value else { return shown(value) }
        let isClear =
            !text.isEmpty && !text.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A }
            && text.utf8.first != 0x20 && text.utf8.last != 0x20
        return isClear && text.unicodeScalars.count <= longestShown ? text : shown(value)
    }

    static func count(_ count: Int, _ one: String, _ many: String) -> String {
        "\(count) \(count == 1 ? one : many)"
    }
}
