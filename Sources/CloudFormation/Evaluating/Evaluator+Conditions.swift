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
        case .literal, .list, .object, .ref, .getAtt, .sub, .call, .opaque:
            guard let term = term(expression), let text = term.text else { return nil }
            return text == "true" ? true : (text == "false" ? false : nil)
        }
    }

    /// Two unknown terms are equal when they are one; different ones may still turn out equal.
    mutating func equality(_ items: [Expression]) -> Bool? {
        guard let left = term(items[0]), let right = term(items[1]) else { return nil }
        if left == right { return true }
        return left.isKnown && right.isKnown ? false : nil
    }
}
