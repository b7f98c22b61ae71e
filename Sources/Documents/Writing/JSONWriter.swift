extension Value {
    /// How JSON is laid out.
    package enum JSONStyle: Sendable {
        /// On one line, in the order of the members.
        case compact
        /// Equal values give equal text: members sorted by their bytes, numbers in one spelling. For digests.
        case canonical
        /// Two spaces an indent, in the order of the members, without a line end at the end.
        case pretty
        /// As Java's Jackson prints: a space before each colon, items of lists side by side, `{ }` and `[ ]` for
        /// nothing, and no escape that JSON does not ask for.
        case jackson
    }

    /// The value as JSON text.
    package func json(_ style: JSONStyle = .compact) -> String {
        var writer = JSONWriter(style: style)
        writer.write(self, depth: 0)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension String {
    /// The text as JSON spells it, with its quotes.
    package var jsonLiteral: String { Value.string(self).json() }
}

private struct JSONWriter {
    let style: Value.JSONStyle
    var bytes: [UInt8] = []

    init(style: Value.JSONStyle) { self.style = style }

    mutating func write(_ value: Value, depth: Int) {
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .number(let number): append(style == .canonical ? number.digits.canonicalText : number.text)
        case .string(let text): writeString(text)
        case .list(let items) where style == .jackson: writeSideBySide(items, depth: depth)
        case .object(let object) where style == .jackson && object.isEmpty: append("{ }")
        case .list(let items):
            Self.writeItems(items, to: &self, open: "[", close: "]", depth: depth) { $0.write($1, depth: depth + 1) }
        case .object(let object):
            var members = Array(object)
            if style == .canonical { members.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) } }
            Self.writeItems(members, to: &self, open: "{", close: "}", depth: depth) { writer, member in
                writer.writeString(member.key)
                writer.append(writer.style.colon)
                writer.write(member.value, depth: depth + 1)
            }
        }
    }

    private mutating func append(_ text: String) { bytes += Array(text.utf8) }

    private static func writeItems<Item>(
        _ items: [Item], to writer: inout JSONWriter, open: String, close: String, depth: Int,
        each: (inout JSONWriter, Item) -> Void
    ) {
        writer.append(open)
        for (index, item) in items.enumerated() {
            if index > 0 { writer.append(",") }
            writer.breakLine(depth + 1)
            each(&writer, item)
        }
        if !items.isEmpty { writer.breakLine(depth) }
        writer.append(close)
    }

    /// Jackson's lists stay on the line, and what is in them is no deeper than they are.
    private mutating func writeSideBySide(_ items: [Value], depth: Int) {
        append("[ ")
        for (index, item) in items.enumerated() {
            if index > 0 { append(", ") }
            write(item, depth: depth)
        }
        append(items.isEmpty ? "]" : " ]")
    }

    private mutating func breakLine(_ depth: Int) {
        guard style == .pretty || style == .jackson else { return }
        append("\n" + String(repeating: "  ", count: depth))
    }

    private mutating func writeString(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": append("\\\"")
            case "\\": append("\\\\")
            case "\n": append("\\n")
            case "\r": append("\\r")
            case "\t": append("\\t")
            case "\u{8}" where style == .jackson: append("\\b")
            case "\u{C}" where style == .jackson: append("\\f")
            case _ where style == .jackson ? scalar.value < 0x20 : scalar.needsEscape:
                let digits = String(scalar.value, radix: 16, uppercase: style == .jackson)
                append("\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
            default: bytes += UTF8.encode(scalar).map(Array.init) ?? []
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension Value.JSONStyle {
    fileprivate var colon: String {
        switch self {
        case .compact, .canonical: ":"
        case .pretty: ": "
        case .jackson: " : "
        }
    }
}

extension Unicode.Scalar {
    /// What no reader of JSON or YAML takes as it is, or takes for a line end.
    var needsEscape: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
        default: false
        }
    }
}

extension DecimalDigits {
    /// One spelling for each value: whole numbers below 10^21 in full, others as digits and a power of ten.
    fileprivate var canonicalText: String {
        let text = String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self)
        let sign = isNegative ? "-" : ""
        if digits.isEmpty { return "0" }
        if exponent >= 0, digits.count + exponent <= 21 { return sign + text + String(repeating: "0", count: exponent) }
        return "\(sign)\(text)e\(exponent)"
    }
}
