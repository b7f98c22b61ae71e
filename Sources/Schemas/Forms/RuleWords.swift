import Documents

/// What a schema object allows, in short words beside a field.
enum RuleWords {
    static func rule(of node: SchemaNode) -> String? {
        let rules: [String?] =
            switch node.type {
            case .integer?, .number?: numberRules(node.number)
            case .string?: textRules(node)
            case .array?: listRules(node.list)
            case .object?: [amount(node.object?.minProperties, node.object?.maxProperties, "entry", "entries")]
            case .boolean?, nil: []
            }
        let parts = rules.compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    private static func numberRules(_ rules: NumberRules?) -> [String?] {
        guard let rules else { return [] }
        return [range(rules), rules.multipleOf.map { "a multiple of \($0.text)" }]
    }

    private static func range(_ rules: NumberRules) -> String? {
        let isOpen = rules.isMinimumExclusive || rules.isMaximumExclusive
        if !isOpen, let low = rules.minimum, let high = rules.maximum {
            let isSigned = low < Number(0) || high < Number(0)
            return isSigned ? "\(low.text) to \(high.text)" : "\(low.text)-\(high.text)"
        }
        let low = rules.minimum.map { rules.isMinimumExclusive ? "more than \($0.text)" : "at least \($0.text)" }
        let high = rules.maximum.map { rules.isMaximumExclusive ? "less than \($0.text)" : "at most \($0.text)" }
        let parts = [low, high].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: " and ")
    }

    private static func textRules(_ node: SchemaNode) -> [String?] {
        guard let rules = node.text else { return [] }
        var low = rules.minLength
        // That an answer must not be empty is said by "required".
        if low == 0 || low == 1 { low = nil }
        let format = rules.format.flatMap { $0 == .password || $0 == .binary ? nil : $0.rule }
        let example = node.notes.hint == nil && rules.pattern != nil ? node.notes.example.flatMap(Wording.plain) : nil
        return [amount(low, rules.maxLength, "character", "characters"), format, example.map { "like \($0)" }]
    }

    private static func listRules(_ rules: ListRules?) -> [String?] {
        guard let rules else { return [] }
        return [amount(rules.minItems, rules.maxItems, "item", "items"), rules.isUnique ? "no repeats" : nil]
    }

    private static func amount(_ low: Int?, _ high: Int?, _ one: String, _ many: String) -> String? {
        switch (low == 0 ? nil : low, high) {
        case (nil, nil): nil
        case (let low?, let high?) where low == high: Wording.count(low, one, many)
        case (let low?, let high?): "\(low) to \(Wording.count(high, one, many))"
        case (let low?, nil): "at least \(Wording.count(low, one, many))"
        case (nil, let high?): "at most \(Wording.count(high, one, many))"
        }
    }
}

/// Units that the last word of a name tells.
enum Units {
    private static let suffixes: [String: String] = [
        "mib": "MiB", "gib": "GiB", "mb": "MB", "gb": "GB", "kib": "KiB", "kb": "KB", "ms": "ms", "millis": "ms",
        "seconds": "seconds", "secs": "seconds", "minutes": "minutes", "hours": "hours", "days": "days",
        "percent": "%", "percentage": "%",
    ]

    static func suffix(of name: String) -> String? {
        let words = NameWords.split(name)
        guard words.count > 1, let last = words.last else { return nil }
        return suffixes[last]
    }
}
