import Documents

extension Check {
    mutating func check(_ items: [Value], _ rules: ListRules, _ node: SchemaNode) -> Bool {
        var isValid = true
        if let count = rules.minItems, items.count < count {
            guard collects else { return false }
            let rule = "must have at least \(Wording.count(count, "item", "items"))"
            isValid = broken("minItems", rule, found: "has \(items.count)", .list(items), .number(Number(count)), node)
        }
        if let count = rules.maxItems, items.count > count {
            guard collects else { return false }
            let rule = "must have at most \(Wording.count(count, "item", "items"))"
            isValid = broken("maxItems", rule, found: "has \(items.count)", .list(items), .number(Number(count)), node)
        }
        if rules.isUnique, let (first, second) = Self.repeated(items) {
            guard collects else { return false }
            let shown = Wording.plain(items[first]) == nil ? "the same" : "both \(Wording.shown(items[first]))"
            let places = "items \(first + 1) and \(second + 1) are"
            let found = isSecret(node) ? "\(places) the same" : "\(places) \(shown)"
            isValid = broken("uniqueItems", "must not repeat an item", found: found, .list(items), true, node)
        }
        guard let schema = rules.items else { return isValid }
        for (index, item) in items.enumerated() {
            if collects { path.append(.item(index)) }
            let isGood = check(item, schema)
            if collects { path.removeLast() }
            if !isGood {
                guard collects else { return false }
                isValid = false
            }
        }
        return isValid
    }

    private static func repeated(_ items: [Value]) -> (Int, Int)? {
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
        if collects {
            for property in rules.properties where property.isRequired && object[property.name] == nil {
                if !isAbsenceAllowed(property) { isValid = missing(property.name, title(property), node) }
            }
        }
        for name in rules.requiredOnly where object[name] == nil && !isHidden(name) {
            guard collects else { return false }
            isValid = missing(name, nil, node)
        }
        isValid = checkSizes(object, rules, node) && isValid
        if !isValid, !collects { return false }
        var declaredCount = 0
        for property in rules.properties {
            guard let value = object[property.name] else {
                if !collects, property.isRequired, !isAbsenceAllowed(property) { return false }
                continue
            }
            declaredCount += 1
            if !checkMember(value, property) {
                guard collects else { return false }
                isValid = false
            }
        }
        if declaredCount == object.count { return isValid }
        return checkRest(object, rules, node) && isValid
    }

    private mutating func checkSizes(_ object: Object, _ rules: ObjectRules, _ node: SchemaNode) -> Bool {
        var isValid = true
        if let count = rules.minProperties, object.count < count {
            guard collects else { return false }
            let rule = "must have at least \(Wording.count(count, "entry", "entries"))"
            let found = "has \(object.count)"
            isValid = broken("minProperties", rule, found: found, .object(object), .number(Number(count)), node)
        }
        if let count = rules.maxProperties, object.count > count {
            guard collects else { return false }
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
        if collects { path.append(.member(property.name, title: node.notes.title)) }
        defer { if collects { path.removeLast() } }
        let isForbidden =
            switch direction {
            case .write: node.notes.isReadOnly
            case .read: node.notes.isWriteOnly
            }
        guard isForbidden else { return check(value, property.node) }
        return collects && misdirected(value, node)
    }

    /// Members that are not declared, in the order of the document.
    private mutating func checkRest(_ object: Object, _ rules: ObjectRules, _ node: SchemaNode) -> Bool {
        if case .any = rules.additional { return true }
        var isValid = true
        for (name, value) in object where rules.property(name) == nil {
            switch rules.additional {
            case .any: return true
            case .none:
                guard collects else { return false }
                isValid = unknown(name, in: object, rules, node)
            case .schema(let schema):
                if collects { path.append(.entry(name)) }
                let isGood = check(value, schema)
                if collects { path.removeLast() }
                if !isGood {
                    guard collects else { return false }
                    isValid = false
                }
            }
        }
        return isValid
    }
}
