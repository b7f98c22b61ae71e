package import Documents

extension Field {
    /// The value that typed text stands for; `nil` when nothing was answered.
    ///
    /// Text that does not read as the field's kind stays text: validation then says what is wrong with it.
    package func value(from text: String) -> Value? {
        let trimmed = text.trimmed
        switch kind {
        case .text, .multiline:
            return text.isEmpty && !acceptsEmptyText ? nil : .string(text)
        case .choice(let options, _): return trimmed.isEmpty ? nil : Self.option(trimmed, among: options)
        case .flag:
            if trimmed.isEmpty { return nil }
            return Self.flag(trimmed) ?? (isNullable && Self.isNone(trimmed) ? .null : .string(text))
        case .number:
            if trimmed.isEmpty { return nil }
            if isNullable, Self.isNone(trimmed) { return .null }
            return Self.number(trimmed).map(Value.number) ?? .string(text)
        case .file: return text.isEmpty && !acceptsEmptyText ? nil : .string(trimmed)
        case .secret: return trimmed.isEmpty ? nil : Self.reference(trimmed)
        case .list(let item, _): return list(trimmed) { item.value(from: $0) }
        case .checks(let options): return list(trimmed) { Self.option($0, among: options) }
        case .map(let entry, _): return map(trimmed, entry)
        case .table, .section, .branches, .yaml: return trimmed.isEmpty ? nil : Self.yaml(text) ?? .string(text)
        }
    }

    /// The text that stands for `value` in the field; reading it again gives the value.
    package func text(for value: Value) -> String {
        switch (kind, value) {
        case (.choice(let options, _), _):
            return options.first { $0.value == value }.flatMap { Wording.plain($0.value) } ?? value.json()
        case (.list(let item, _), .list(let items)):
            return Self.joined(items.map(item.text)) ?? value.json()
        case (.checks, .list(let items)):
            return Self.joined(items.map { Wording.plain($0) ?? $0.json() }) ?? value.json()
        case (.map(let entry, _), .object(let object)):
            let lines = object.map { "\($0.key)=\(entry.text(for: $0.value))" }
            let isClear = object.keys.allSatisfy {
                !$0.isEmpty && !$0.utf8.contains(UInt8(ascii: "=")) && $0 == $0.trimmed
            }
            return isClear && lines.allSatisfy { !$0.utf8.contains(0x0A) }
                ? lines.joined(separator: "\n") : value.json()
        case (.secret, _): return SecretReference(value)?.name ?? Wording.plain(value) ?? value.json()
        case (.text, .string(let text)), (.multiline, .string(let text)), (.file, .string(let text)): return text
        case (.yaml, .string), (.table, _), (.section, _), (.branches, _), (.yaml, _): return value.json()
        case (.text, _), (.multiline, _), (.flag, _), (.number, _), (.file, _), (.list, _), (.checks, _),
            (.map, _):
            return Wording.plain(value) ?? value.json()
        }
    }
}

// MARK: - Secrets

extension Field {
    /// The name of a secret, or the whole reference as it stands in a spec.
    private static func reference(_ text: String) -> Value {
        if text.hasPrefix("{"), let value = yaml(text), SecretReference(value) != nil { return value }
        return .object(Object([(SecretReference.member, .string(text))]))
    }
}

// MARK: - Reading

extension Field {
    private static func isNone(_ text: String) -> Bool {
        ["null", "none"].contains(text.lowercased())
    }

    private static func flag(_ text: String) -> Value? {
        switch text.lowercased() {
        case "true", "yes", "y", "on", "1": true
        case "false", "no", "n", "off", "0": false
        case _: nil
        }
    }

    /// A number as people write it: a plus sign, leading zeros and a missing zero before the point are taken.
    private static func number(_ text: String) -> Number? {
        if let number = Number(json: text) { return number }
        var rest = Substring(text)
        let sign = rest.first == "-" ? "-" : ""
        if rest.first == "-" || rest.first == "+" { rest = rest.dropFirst() }
        guard let first = rest.first, first.isASCII, first.isNumber || first == "." else { return nil }
        rest = rest.drop { $0 == "0" }
        if rest.first?.isNumber != true { rest = "0" + rest }
        return Number(json: sign + rest)
    }

    /// The option with that value, else the one with that label, in any case where that is clear; else the text.
    private static func option(_ text: String, among options: [Option]) -> Value {
        let exact = options.first { Wording.plain($0.value) == text } ?? options.first { $0.label == text }
        if let exact { return exact.value }
        let folded = text.lowercased()
        let near = options.filter { option in
            option.label.lowercased() == folded || Wording.plain(option.value)?.lowercased() == folded
        }
        return near.count == 1 ? near[0].value : .string(text)
    }

    /// Items on lines of their own or behind commas, or the whole list as YAML in brackets.
    private func list(_ text: String, item: (String) -> Value?) -> Value? {
        if text.isEmpty { return nil }
        if text.hasPrefix("["), let value = Self.yaml(text), value.list != nil { return value }
        let separator: Character = text.contains(where: \.isNewline) ? "\n" : ","
        let parts = text.split { $0 == separator || separator == "\n" && $0.isNewline }
        return .list(parts.map { String($0).trimmed }.filter { !$0.isEmpty }.compactMap(item))
    }

    /// `NAME=value` on lines of their own, or the whole map as YAML.
    private func map(_ text: String, _ entry: Field) -> Value? {
        if text.isEmpty { return nil }
        var object = Object()
        for line in text.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !text.hasPrefix("{") else { return Self.yaml(text) ?? .string(text) }
            object[String(parts[0]).trimmed] = entry.value(from: String(parts[1])) ?? .string("")
        }
        return .object(object)
    }

    private static func yaml(_ text: String) -> Value? {
        Document.read(Source(name: "input", text: text), as: .spec).document?.value
    }

    /// Items behind commas; `nil` where that could be read in another way.
    private static func joined(_ items: [String]) -> String? {
        let isClear = items.allSatisfy { item in
            !item.isEmpty && item == item.trimmed && !item.contains { $0 == "," || $0.isNewline }
        }
        guard isClear, !items.isEmpty, items[0].first != "[" else { return nil }
        return items.joined(separator: ", ")
    }
}

extension String {
    fileprivate var trimmed: String {
        guard let start = firstIndex(where: { !$0.isWhitespace }), let end = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[start...end])
    }
}
