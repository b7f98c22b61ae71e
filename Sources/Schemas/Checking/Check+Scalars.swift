import Documents

extension Check {
    mutating func check(_ number: Number, _ rules: NumberRules, _ node: SchemaNode) -> Bool {
        var isValid = true
        if let minimum = rules.minimum, !rules.isAboveMinimum(number) {
            let rule = "must be \(rules.isMinimumExclusive ? "greater than" : "at least") \(minimum.text)"
            isValid = broken("minimum", rule, .number(number), .number(minimum), node)
        }
        if let maximum = rules.maximum, !rules.isBelowMaximum(number) {
            let rule = "must be \(rules.isMaximumExclusive ? "less than" : "at most") \(maximum.text)"
            isValid = broken("maximum", rule, .number(number), .number(maximum), node)
        }
        if let step = rules.multipleOf, !number.isMultiple(of: step) {
            let rule = "must be a multiple of \(step.text)"
            isValid = broken("multipleOf", rule, .number(number), .number(step), node)
            suggest(rules.nearestMultiples(to: number))
        }
        if let format = rules.format, !format.accepts(number) {
            isValid = broken("format", "must be \(format.rule)", .number(number), .string(format.rawValue), node)
        }
        return isValid
    }

    mutating func check(_ text: String, _ rules: TextRules, _ node: SchemaNode) -> Bool {
        var isValid = true
        if let length = rules.minLength, !text.hasScalars(atLeast: length) {
            isValid = tooShort(text, length, node)
        }
        if let length = rules.maxLength, text.hasScalars(atLeast: length < Int.max ? length + 1 : length) {
            // Too long a text is not searched: the length is the fault, and the search could take long.
            return tooLong(text, length, node)
        }
        if let pattern = rules.pattern {
            isValid = unmatched(text, pattern, pattern.check(text), node) && isValid
        }
        if let format = rules.format, !format.accepts(text) {
            isValid = broken("format", "must be \(format.rule)", .string(text), .string(format.rawValue), node)
            suggest(node.notes.hint ?? (Self.example(node) ?? format.example).map { "Example: \($0)" })
        }
        return isValid
    }

    private mutating func tooShort(_ text: String, _ length: Int, _ node: SchemaNode) -> Bool {
        let count = text.unicodeScalars.count
        let isEmpty = length == 1
        let rule =
            isEmpty ? "must not be empty" : "must have at least \(Wording.count(length, "character", "characters"))"
        return broken(
            "minLength", rule, found: isEmpty ? nil : "has \(count)", .string(text), .number(Number(length)), node)
    }

    private mutating func tooLong(_ text: String, _ length: Int, _ node: SchemaNode) -> Bool {
        let rule = "must have at most \(Wording.count(length, "character", "characters"))"
        let found = "has \(text.unicodeScalars.count)"
        return broken("maxLength", rule, found: found, .string(text), .number(Number(length)), node)
    }

    private mutating func unmatched(
        _ text: String, _ pattern: Pattern, _ outcome: Pattern.Outcome, _ node: SchemaNode
    ) -> Bool {
        switch outcome {
        case .matches: return true
        case .differs:
            let isBroken = broken(
                "pattern", "does not have the expected form", .string(text), .string(pattern.text), node)
            suggest(node.notes.hint ?? Self.example(node, fitting: pattern).map { "Example: \($0)" })
            return isBroken
        case .tooLong:
            let rule = "must have at most \(Pattern.longestSearched) characters to be compared with its pattern"
            let found = "has \(text.unicodeScalars.count)"
            return broken("patternBudget", rule, found: found, .string(text), .string(pattern.text), node)
        case .budgetSpent:
            let rule = "could not be compared with its pattern: the comparison took too long"
            let isBroken = broken("patternBudget", rule, found: nil, .string(text), .string(pattern.text), node)
            suggest("Ask the template's author for a simpler pattern.")
            return isBroken
        }
    }

    private static func example(_ node: SchemaNode) -> String? {
        node.notes.example.flatMap(Wording.plain)
    }

    /// The author's example, else a default that has the form.
    private static func example(_ node: SchemaNode, fitting pattern: Pattern) -> String? {
        if let example = example(node) { return example }
        guard let text = node.notes.defaultValue?.string, !text.isEmpty, case .matches = pattern.check(text) else {
            return nil
        }
        return text
    }
}

extension String {
    /// Whether the text has `count` scalars or more; counts no further than needed.
    func hasScalars(atLeast count: Int) -> Bool {
        let bytes = utf8.count
        if bytes < count { return false }
        if bytes / 4 >= count { return true }
        return unicodeScalars.count >= count
    }
}
