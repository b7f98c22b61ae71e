import Documents

extension Check {
    mutating func check(_ items: [Value], _ rules: ListRules, _ node: SchemaNode) -> Bool {
        var isValid = true
        if let count = rules.minItems, items.count < count {
            let rule = "must have at least \(Wording.count(count, "item", "items"))"
            isValid = broken("minItems", rule, found: "has \(items.count)", .list(items), .number(Number(count)), node)
        }
        if let count = rules.maxItems, items.count > count {
            let rule = "must have at most \(Wording.count(count, "item", "items"))"
            isValid = broken("maxItems", rule, found: "has \(items.count)", .list(items), .number(Number(count)), node)
        }
        if rules.isUnique, let (first, second) = Self.repeated(items) {
            let shown = Wording.plain(items[first]) == nil ? "the same" : "both \(Wording.shown(items[first]))"
            let places = "items \(first + 1) and \(second + 1) are"
            let found = isSecret(node) ? "\(places) the same" : "\(places) \(shown)"
            isValid = broken("uniqueItems", "must not repeat an item", found: found, .list(items), true, node)
        }
        guard let schema = rules.items else { return isValid }
        for (index, item) in items.enumerated() {
            path.append(.item(index))
            isValid = check(item, schema) && isValid
            path.removeLast()
        }
        return isValid
    }

    static func repeated(_ items: [Value]) -> (Int, Int)? {
        if items.count <= 8 {
            for second in items.indices.dropFirst() {
                for first in 0..<second where items[first] == items[second] { return (first, second) }
            }
            return nil
        }
        var seen: [Value: Int] = [:]
        seen.reserveCapacity(items.count)
        for (index, item) in items.enumerated() {
            if let first = seen.updateValue(index, forKey: item) { return (first, index) }
        }
        return nil
    }

    mutating func check(_ object: Object, _ rules: ObjectRules, _ node: SchemaNode) -> Bool {
        var isValid = true
        for property in rules.properties where property.isRequired && object[property.name] == nil {
            if !isAbsenceAllowed(property) { isValid = missing(property.name, title(property), node) }
        }
        for name in rules.requiredOnly where object[name] == nil && !isHidden(name) {
            isValid = missing(name, nil, node)
        }
        isValid = checkSizes(object, rules, node) && isValid
        var declaredCount = 0
        for property in rules.properties {
            guard let value = object[property.name] else { continue }
            declaredCount += 1
            isValid = checkMember(value, property) && isValid
        }
        if declaredCount == object.count { return isValid }
        return checkRest(object, rules, node) && isValid
    }

    private mutating func checkSizes(_ object: Object, _ rules: ObjectRules, _ node: SchemaNode) -> Bool {
        var isValid = true
        if let count = rules.minProperties, object.count < count {
            let rule = "must have at least \(Wording.count(count, "entry", "entries"))"
            let found = "has \(object.count)"
            isValid = broken("minProperties", rule, found: found, .object(object), .number(Number(count)), node)
        }
        if let count = rules.maxProperties, object.count > count {
            let rule = "must have at most \(Wording.count(count, "entry", "entries"))"
            let found = "has \(object.count)"
            isValid = broken("maxProperties", rule, found: found, .object(object), .number(Number(count)), node)
        }
        return isValid
    }

    private func isHidden(_ name: String) -> Bool {
        !hidden.isEmpty && hidden.contains(pathPointer.appending(name))
    }

    private func title(_ property: ObjectRules.Property) -> String? {
        nodes[property.node].notes.title
    }

    /// Whether the direction forgives that a required member is not there.
    private func isAbsenceAllowed(_ property: ObjectRules.Property) -> Bool {
        if isHidden(property.name) { return true }
        let notes = nodes[property.node].notes
        return switch direction {
        case .write: notes.isReadOnly
        case .read: notes.isWriteOnly
        }
    }

    private mutating func checkMember(_ value: Value, _ property: ObjectRules.Property) -> Bool {
        let node = nodes[property.node]
        path.append(.member(property.name, title: node.notes.title))
        defer { path.removeLast() }
        let isForbidden =
            switch direction {
            case .write: node.notes.isReadOnly
            case .read: node.notes.isWriteOnly
            }
        return isForbidden ? misdirected(value, node) : check(value, property.node)
    }

    /// Members that are not declared, in the order of the document.
    private mutating func checkRest(_ object: Object, _ rules: ObjectRules, _ node: SchemaNode) -> Bool {
        if case .any = rules.additional { return true }
        var isValid = true
        for (name, value) in object where rules.property(name) == nil {
            switch rules.additional {
            case .any: return true
            case .none:
                isValid = unknown(name, in: object, rules, node)
            case .schema(let schema):
                path.append(.entry(name))
                isValid = check(value, schema) && isValid
                path.removeLast()
            }
        }
        return isValid
    }
}
