package import Documents

extension Schema {
    /// `value` with the defaults of absent members, members in the order of the schema, unknown ones after them.
    ///
    /// What is present stays, null and empty text too. An absent object gets its members' defaults only when it has a
    /// default itself. Branches of `oneOf` and `anyOf` fill nothing. What a condition hides counts as absent.
    package func filled(_ value: Value) -> Value {
        withDefaults(visible(value).value)
    }

    func withDefaults(_ value: Value) -> Value { filled(value, root) }

    func filled(_ value: Value, _ index: SchemaNode.Index) -> Value {
        var filling = Filling(nodes: nodes)
        return filling.filled(value, index, 0)
    }
}

/// One pass that fills in defaults.
private struct Filling {
    let nodes: [SchemaNode]
    private var steps = 0

    private static let deepest = 64
    /// Types that combine each other multiply with each level of a value; what is not reached by then stays as it is.
    private static let mostSteps = 400_000

    init(nodes: [SchemaNode]) { self.nodes = nodes }

    mutating func filled(_ value: Value, _ index: SchemaNode.Index, _ depth: Int) -> Value {
        steps += 1
        guard depth < Self.deepest, steps < Self.mostSteps else { return value }
        let node = nodes[index]
        // What names a secret is exactly that: no default goes into it.
        if node.notes.isSecret { return value }
        var result = value
        switch value {
        case .object(let object): result = .object(filled(object, node, depth))
        case .list(let items):
            guard let schema = node.list?.items else { break }
            var filled: [Value] = []
            for item in items { filled.append(self.filled(item, schema, depth + 1)) }
            result = .list(filled)
        case .null, .bool, .number, .string: break
        }
        for branch in node.allOf { result = filled(result, branch, depth + 1) }
        return result
    }

    private mutating func filled(_ object: Object, _ node: SchemaNode, _ depth: Int) -> Object {
        guard let rules = node.object else { return object }
        var result = Object()
        for property in rules.properties {
            let value = object[property.name] ?? nodes[property.node].notes.defaultValue
            if let value { result[property.name] = filled(value, property.node, depth + 1) }
        }
        for (name, value) in object where result[name] == nil {
            if case .schema(let schema) = rules.additional {
                result[name] = filled(value, schema, depth + 1)
            } else {
                result[name] = value
            }
        }
        return result
    }
}
