import Documents

extension Check {
    /// Takes the node and not its rules: copying three numbers costs more than comparing them.
    mutating func check(_ number: Number, _ node: SchemaNode) -> Bool {
        var isValid = true
        if let minimum = node.number?.minimum {
            let isOpen = node.number?.isMinimumExclusive == true
            if number < minimum || isOpen && number == minimum {
                guard collects else { return false }
                let rule = "must be \(isOpen ? "greater than" : "at least") \(minimum.text)"
                isValid = broken("minimum", rule, .number(number), .number(minimum), node)
            }
        }
        if let maximum = node.number?.maximum {
            let isOpen = node.number?.isMaximumExclusive == true
            if number > maximum || isOpen && number == maximum {
                guard collects else { return false }
                let rule = "must be \(isOpen ? "less than" : "at most") \(maximum.text)"
                isValid = broken("maximum", rule, .number(number), .number(maximum), node)
            }
        }
        if let step = node.number?.multipleOf, !number.isMultiple(of: step) {
            guard collects else { return false }
            let rule = "must be a multiple of \(step.text)"
            isValid = broken("multipleOf", rule, .number(number), .number(step), node)
            suggest(node.number?.nearestMultiples(to: number))
        }
        if let format = node.number?.format, !format.accepts(number) {
            guard collects else { return false }
            isValid = broken("format", "must be \(format.rule)", .number(number), .string(format.rawValue), node)
        }
        return isValid
    }

    mutating func check(_ text: String, _ rules: TextRules, _ node: SchemaNode) -> Bool {
        var isValid = true
        if let length = rules.minLength, !text.hasScalars(atLeast: length) {
            guard collects else { return false }
            isValid = tooShort(text, length, node)
        }
        if let length = rules.maxLength, text.hasScalars(atLeast: length < Int.max ? length + 1 : length) {
            // Too long a text is not searched: the length is the fault, and the search could take long.
            return collects && tooLong(text, length, node)
        }
        if let pattern = rules.pattern {
            let outcome = pattern.check(text)
            if case .matches = outcome {
            } else {
                guard collects else { return false }
                isValid = unmatched(text, pattern, outcome, node)
            }
        }
        if let format = rules.format, !format.accepts(text) {
            guard collects else { return false }
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
