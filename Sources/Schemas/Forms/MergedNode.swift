import Documents

/// Several schema objects that all hold for one value, as one: where they disagree, the stricter counts.
enum MergedNode {
    private static let deepest = 16

    /// The schema objects themselves with all branches of their `allOf`, each once, the outer ones first.
    static func parts(_ indices: [SchemaNode.Index], of schema: Schema, depth: Int = 0) -> [SchemaNode.Index] {
        var parts: [SchemaNode.Index] = []
        for index in indices where !parts.contains(index) {
            parts.append(index)
            guard depth < deepest else { continue }
            let inner = self.parts(schema.nodes[index].allOf, of: schema, depth: depth + 1)
            parts += inner.filter { !parts.contains($0) }
        }
        return parts
    }

    static func merged(_ nodes: [SchemaNode]) -> SchemaNode? {
        guard var draft = nodes.first.map(SchemaNode.Draft.init) else { return nil }
        guard nodes.count > 1 else { return nodes[0] }
        for node in nodes.dropFirst() {
            if let type = node.type, draft.type == nil || type == .integer && draft.type == .number {
                if draft.type == nil { draft.isNullable = node.isNullable }
                draft.type = type
            }
            if node.type != nil { draft.isNullable = draft.isNullable && node.isNullable }
            draft.enumeration = both(draft.enumeration, node.enumeration) { first, second in
                Enumeration(first.values.filter(second.contains))
            }
            draft.number = both(draft.number, node.number, numbers)
            draft.text = both(draft.text, node.text, texts)
            draft.list = both(draft.list, node.list, lists)
            draft.object = both(draft.object, node.object, objects)
            if draft.oneOf.isEmpty { draft.oneOf = node.oneOf }
            if draft.anyOf.isEmpty { draft.anyOf = node.anyOf }
            draft.notes.fill(from: node.notes)
        }
        return SchemaNode(draft)
    }

    private static func both<Rule>(_ first: Rule?, _ second: Rule?, _ combine: (Rule, Rule) -> Rule) -> Rule? {
        guard let first else { return second }
        return second.map { combine(first, $0) } ?? first
    }

    private static func numbers(_ first: NumberRules, _ second: NumberRules) -> NumberRules {
        var rules = first
        if let low = second.minimum, first.minimum.map({ low > $0 }) ?? true {
            rules.minimum = low
            rules.isMinimumExclusive = second.isMinimumExclusive
        }
        if let high = second.maximum, first.maximum.map({ high < $0 }) ?? true {
            rules.maximum = high
            rules.isMaximumExclusive = second.isMaximumExclusive
        }
        rules.multipleOf = both(first.multipleOf, second.multipleOf, max)
        return rules
    }

    private static func texts(_ first: TextRules, _ second: TextRules) -> TextRules {
        TextRules(
            minLength: both(first.minLength, second.minLength, max),
            maxLength: both(first.maxLength, second.maxLength, min), pattern: first.pattern ?? second.pattern,
            format: first.format ?? second.format)
    }

    private static func lists(_ first: ListRules, _ second: ListRules) -> ListRules {
        ListRules(
            items: first.items ?? second.items, minItems: both(first.minItems, second.minItems, max),
            maxItems: both(first.maxItems, second.maxItems, min), isUnique: first.isUnique || second.isUnique)
    }

    private static func objects(_ first: ObjectRules, _ second: ObjectRules) -> ObjectRules {
        var rules = first
        if case .any = first.additional { rules.additional = second.additional }
        if case .none = second.additional { rules.additional = .none }
        rules.requiredOnly += second.requiredOnly
        rules.minProperties = both(first.minProperties, second.minProperties, max)
        rules.maxProperties = both(first.maxProperties, second.maxProperties, min)
        return rules
    }
}

extension SchemaNode.Draft {
    init(_ node: SchemaNode) {
        self.init(
            pointer: node.pointer, type: node.type, isNullable: node.isNullable, enumeration: node.enumeration,
            number: node.number, text: node.text, list: node.list, object: node.object, allOf: node.allOf,
            anyOf: node.anyOf, oneOf: node.oneOf, not: node.not, notes: node.notes)
    }
}

extension Notes {
    /// Takes over what is not said yet.
    fileprivate mutating func fill(from other: Notes) {
        title = title ?? other.title
        description = description ?? other.description
        defaultValue = defaultValue ?? other.defaultValue
        example = example ?? other.example
        format = format ?? other.format
        isReadOnly = isReadOnly || other.isReadOnly
        isWriteOnly = isWriteOnly || other.isWriteOnly
        isDeprecated = isDeprecated || other.isDeprecated
        externalDocs = externalDocs ?? other.externalDocs
        isSecret = isSecret || other.isSecret
        isUnique = isUnique || other.isUnique
        isMultiline = isMultiline ?? other.isMultiline
        placeholder = placeholder ?? other.placeholder
        hint = hint ?? other.hint
        unit = unit ?? other.unit
        enumLabels.merge(other.enumLabels) { own, _ in own }
        messages.merge(other.messages) { own, _ in own }
        group = group ?? other.group
        order = order ?? other.order
        condition = condition ?? other.condition
    }
}
