internal import Documents

extension Evaluator {
    private static let nestingLimit = 200

    /// Whether the condition `name` holds; `nil` when that depends on what is not known, or there is no such condition.
    mutating func holds(_ name: String) -> Bool? {
        let key = Key(name)
        if let known = decided[key] { return known }
        guard let expression = conditions[key], underDecision.count < Self.nestingLimit,
            underDecision.insert(key).inserted
        else { return nil }
        let outer = (references, path)
        let truth = truth(expression)
        (references, path) = outer
        underDecision.remove(key)
        decided[key] = truth
        return truth
    }

    private mutating func truth(_ expression: Expression) -> Bool? {
        switch expression.form {
        case .condition(let name): return holds(name)
        case .call(.equals, let items): return equality(items)
        case .call(.not, let items): return truth(items[0]).map { !$0 }
        case .call(.and, let items):
            let truths = items.map { truth($0) }
            return truths.contains(false) ? false : (truths.contains(nil) ? nil : true)
        case .call(.or, let items):
            let truths = items.map { truth($0) }
            return truths.contains(true) ? true : (truths.contains(nil) ? nil : false)
        case .call(.contains, let items): return membership(items) { list, value in list.contains(value) }
        case .call(.eachMemberEquals, let items):
            return membership(items) { list, value in list.allSatisfy { $0 == value } }
        case .call(.eachMemberIn, let items):
            return membership(items) { list, other in
                guard case .list(let allowed) = other.form else { return nil }
                return list.allSatisfy { allowed.contains($0) }
            }
        case .literal, .list, .object, .ref, .getAtt, .sub, .call, .opaque:
            guard let term = term(expression), let text = term.text else { return nil }
            return text == "true" ? true : (text == "false" ? false : nil)
        }
    }

    /// Asks about a list and another value, when both are known.
    private mutating func membership(_ items: [Expression], _ holds: ([Term], Term) -> Bool?) -> Bool? {
        guard let list = term(items[0]), let value = term(items[1]), list.isKnown, value.isKnown,
            case .list(let members) = list.form
        else { return nil }
        return holds(members, value)
    }

    /// The rules whose conditions hold must hold too; what cannot be decided is left to the service.
    mutating func checkRules() {
        for rule in template.rules {
            if let condition = rule.condition, truth(condition) != true { continue }
            for assertion in rule.assertions where truth(assertion.expression) == false {
                let words = assertion.description.map { ": \($0)" } ?? "."
                report(
                    "cloudformation.rule", "The parameters must keep rule \"\(rule.name)\", but do not\(words)",
                    hint: "Give other values to the parameters that it asks for.", at: assertion.expression.position)
            }
        }
        (references, path) = ([], [])
    }

    /// Two unknown terms are equal when they are one; different ones may still turn out equal.
    mutating func equality(_ items: [Expression]) -> Bool? {
        guard let left = term(items[0]), let right = term(items[1]) else { return nil }
        if left == right { return true }
        return left.isKnown && right.isKnown ? false : nil
    }
}
