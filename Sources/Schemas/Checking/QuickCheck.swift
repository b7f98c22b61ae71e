import Documents

/// Whether values break a schema, without a word about how: what validation asks first, since most values break nothing.
///
/// The rules that nearly all schemas are made of stand in tables of plain numbers. A walk over the nodes themselves took
/// three times as long, most of it for counting references.
final class QuickCheck: Sendable {
    let nodes: [SchemaNode]
    private let rules: [QuickRules]
    private let members: [QuickRules.Member]
    private let patterns: [Pattern]
    /// Names of members and values that `enum` lists, one after the other, and where each ends.
    private let names: [UInt8]
    private let ends: [Int]

    init(_ nodes: [SchemaNode]) {
        var tables = QuickTables(nodes: nodes)
        rules = nodes.map { tables.rules(of: $0) }
        self.nodes = nodes
        members = tables.members
        patterns = tables.patterns
        names = tables.names
        ends = tables.ends
    }

    func accepts(_ value: Value, _ index: SchemaNode.Index, _ direction: Direction) -> Bool {
        var steps = 0
        return accepts(value, index, direction, depth: 0, &steps)
    }

    /// - Parameter steps: Schema objects visited; beyond the limit nothing is accepted.
    func accepts(
        _ value: Value, _ index: SchemaNode.Index, _ direction: Direction, depth: Int, _ steps: inout Int
    ) -> Bool {
        rules.withUnsafeBufferPointer { rules in
            members.withUnsafeBufferPointer { members in
                names.withUnsafeBufferPointer { names in
                    ends.withUnsafeBufferPointer { ends in
                        nodes.withUnsafeBufferPointer { nodes in
                            patterns.withUnsafeBufferPointer { patterns in
                                var pass = QuickPass(
                                    nodes: nodes, patterns: patterns, rules: rules, members: members, names: names,
                                    ends: ends, isWrite: direction == .write, steps: steps)
                                defer { steps = pass.steps }
                                return pass.accepts(value, index, depth) && pass.steps < Check.mostSteps
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The tables in the making.
private struct QuickTables {
    let nodes: [SchemaNode]
    var members: [QuickRules.Member] = []
    var patterns: [Pattern] = []
    var names: [UInt8] = []
    var ends: [Int] = []

    /// Beyond so many, hashing is quicker than comparing one after the other.
    private static let mostCompared = 16

    init(nodes: [SchemaNode]) { self.nodes = nodes }

    private mutating func add(_ name: String) -> Int {
        names += name.utf8
        ends.append(names.count)
        return ends.count - 1
    }

    mutating func rules(of node: SchemaNode) -> QuickRules {
        var rules = QuickRules()
        guard !node.notes.isSecret else {
            rules.needsNode = true
            return rules
        }
        rules.kinds = QuickRules.Kinds(node)
        rules.needsNode = !(node.allOf.isEmpty && node.anyOf.isEmpty && node.oneOf.isEmpty) || node.not != nil
        if let number = node.number { rules.numbers = QuickRules.Numbers(number) }
        if let text = node.text {
            rules.texts.minLength = text.minLength ?? 0
            rules.texts.maxLength = text.maxLength ?? Int.max
            rules.texts.format = text.format
            if let pattern = text.pattern {
                rules.texts.pattern = patterns.count
                patterns.append(pattern)
            }
        }
        if let values = node.enumeration?.values {
            let texts = values.compactMap(\.string)
            if texts.count == values.count, texts.count <= Self.mostCompared {
                rules.kinds.formIntersection(.string)
                let start = ends.count
                for text in texts { _ = add(text) }
                rules.texts.choices = start..<ends.count
            } else {
                rules.needsNode = true
            }
        }
        if let list = node.list {
            rules.lists = QuickRules.Lists(
                minItems: list.minItems ?? 0, maxItems: list.maxItems ?? Int.max, isUnique: list.isUnique,
                items: list.items ?? -1)
        }
        rules.objects = node.object.map { objects($0) }
        return rules
    }

    private mutating func objects(_ object: ObjectRules) -> QuickRules.Objects {
        var rules = QuickRules.Objects()
        rules.minProperties = object.minProperties ?? 0
        rules.maxProperties = object.maxProperties ?? Int.max
        rules.needsNode = object.properties.count > Self.mostCompared || !object.requiredOnly.isEmpty
        switch object.additional {
        case .any: rules.additional = QuickRules.Objects.any
        case .none: rules.additional = QuickRules.Objects.none
        case .schema(let index): rules.additional = index
        }
        let start = members.count
        for property in object.properties {
            let notes = nodes[property.node].notes
            let member = QuickRules.Member(
                name: add(property.name), node: property.node,
                isRequired: (property.isRequired && !notes.isReadOnly, property.isRequired && !notes.isWriteOnly),
                isForbidden: (notes.isReadOnly, notes.isWriteOnly))
            if member.isRequired.write { rules.requiredCounts.write += 1 }
            if member.isRequired.read { rules.requiredCounts.read += 1 }
            members.append(member)
        }
        rules.members = start..<members.count
        return rules
    }
}
