import Documents

/// One pass of a value through the tables of a schema.
///
/// It owns nothing, so that handing it on costs nothing: with arrays in it a pass took half as long again.
struct QuickPass {
    let nodes: UnsafeBufferPointer<SchemaNode>
    let patterns: UnsafeBufferPointer<Pattern>
    let rules: UnsafeBufferPointer<QuickRules>
    let members: UnsafeBufferPointer<QuickRules.Member>
    let names: UnsafeBufferPointer<UInt8>
    let ends: UnsafeBufferPointer<Int>
    let isWrite: Bool
    var steps: Int

    mutating func accepts(_ value: Value, _ index: SchemaNode.Index, _ depth: Int) -> Bool {
        steps += 1
        guard depth < Check.deepest, steps < Check.mostSteps else { return false }
        let isFine =
            switch value {
            case .string(let text): rules[index].kinds.contains(.string) && accepts(text, index)
            case .number(let number): accepts(number, index)
            case .object(let object): rules[index].kinds.contains(.object) && accepts(object, index, depth)
            case .list(let items): rules[index].kinds.contains(.list) && accepts(items, index, depth)
            case .bool: rules[index].kinds.contains(.bool)
            case .null: rules[index].kinds.contains(.null)
            }
        return isFine && (!rules[index].needsNode || acceptsRest(value, nodes[index], depth))
    }

    // MARK: Scalars

    private func accepts(_ number: Number, _ index: SchemaNode.Index) -> Bool {
        let kinds = rules[index].kinds
        guard kinds.contains(.whole) else { return false }
        if let int = number.storedInt {
            guard rules[index].numbers.isExact else {
                return int >= rules[index].numbers.low && int <= rules[index].numbers.high
                    && (rules[index].numbers.step == 1 || int.isMultiple(of: rules[index].numbers.step))
            }
        } else if !kinds.contains(.fraction), !Check.fits(.number(number), .integer) {
            return false
        }
        return acceptsExactly(number, index)
    }

    @inline(never)
    private func acceptsExactly(_ number: Number, _ index: SchemaNode.Index) -> Bool {
        nodes[index].number?.accepts(number) ?? true
    }

    private func accepts(_ text: String, _ index: SchemaNode.Index) -> Bool {
        if rules[index].texts.isAny { return true }
        return text.withBytes { accepts($0, of: text, index) }
    }

    private func accepts(_ bytes: UnsafeBufferPointer<UInt8>, of text: String, _ index: SchemaNode.Index) -> Bool {
        let choices = rules[index].texts.choices
        if !choices.isEmpty, !choices.contains(where: { has($0, bytes) }) { return false }
        guard bytes.hasScalars(from: rules[index].texts.minLength, to: rules[index].texts.maxLength) else {
            return false
        }
        let pattern = rules[index].texts.pattern
        if pattern >= 0, !patterns[pattern].matches(bytes, of: text) { return false }
        return rules[index].texts.format?.accepts(text) ?? true
    }

    /// Whether the name at `place` has these bytes.
    private func has(_ place: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = place == 0 ? 0 : ends[place - 1]
        guard ends[place] - start == bytes.count else { return false }
        for offset in 0..<bytes.count where names[start + offset] != bytes[offset] { return false }
        return true
    }

    // MARK: Containers

    private mutating func accepts(_ items: [Value], _ index: SchemaNode.Index, _ depth: Int) -> Bool {
        let lists = rules[index].lists
        guard items.count >= lists.minItems, items.count <= lists.maxItems else { return false }
        if lists.isUnique, Check.repeated(items) != nil { return false }
        guard lists.items >= 0 else { return true }
        for item in items where !accepts(item, lists.items, depth + 1) { return false }
        return true
    }

    private mutating func accepts(_ object: Object, _ index: SchemaNode.Index, _ depth: Int) -> Bool {
        guard let objects = rules[index].objects else { return true }
        guard object.count >= objects.minProperties, object.count <= objects.maxProperties else { return false }
        // Many members are found by their names' hashes.
        let node = objects.needsNode ? nodes[index] : nil
        if let node, !Self.hasUndeclared(node, object) { return false }
        var missingCount = isWrite ? objects.requiredCounts.write : objects.requiredCounts.read
        // Where the next member is looked for first: most documents have the order of their schema.
        var next = objects.members.lowerBound
        let isFine = object.allMembers { name, value in
            guard let place = member(named: name, in: objects.members, from: next, node) else {
                return switch objects.additional {
                case QuickRules.Objects.any: true
                case QuickRules.Objects.none: false
                case let other: accepts(value, other, depth + 1)
                }
            }
            next = place + 1
            guard !(isWrite ? members[place].isForbidden.write : members[place].isForbidden.read) else { return false }
            if isWrite ? members[place].isRequired.write : members[place].isRequired.read { missingCount -= 1 }
            return accepts(value, members[place].node, depth + 1)
        }
        return isFine && missingCount == 0
    }

    /// Whether what must be there and is not declared is there.
    @inline(never)
    private static func hasUndeclared(_ node: SchemaNode, _ object: Object) -> Bool {
        node.object?.requiredOnly.allSatisfy { object[$0] != nil } ?? true
    }

    private func member(named name: String, in range: Range<Int>, from next: Int, _ node: SchemaNode?) -> Int? {
        if range.isEmpty { return nil }
        let found = name.withBytes { bytes -> Int in
            if next < range.upperBound, has(members[next].name, bytes) { return next }
            return node == nil ? range.first { has(members[$0].name, bytes) } ?? -1 : -1
        }
        if found >= 0 { return found }
        return node.flatMap { Self.place(of: name, $0) }.map { range.lowerBound + $0 }
    }

    @inline(never)
    private static func place(of name: String, _ node: SchemaNode) -> Int? { node.object?.place(of: name) }

    // MARK: What stands in the node alone

    private mutating func acceptsRest(_ value: Value, _ node: SchemaNode, _ depth: Int) -> Bool {
        if node.notes.isSecret { return SecretReference(value) != nil }
        if node.enumeration?.contains(value) == false { return false }
        for branch in node.allOf where !accepts(value, branch, depth + 1) { return false }
        if !node.anyOf.isEmpty, !acceptsAny(value, node.anyOf, depth + 1) { return false }
        if !node.oneOf.isEmpty {
            var count = 0
            for branch in node.oneOf where accepts(value, branch, depth + 1) {
                count += 1
                if count > 1 { return false }
            }
            guard count == 1 else { return false }
        }
        return node.not.map { !accepts(value, $0, depth + 1) } ?? true
    }

    private mutating func acceptsAny(_ value: Value, _ branches: [SchemaNode.Index], _ depth: Int) -> Bool {
        for branch in branches where accepts(value, branch, depth) { return true }
        return false
    }
}

extension String {
    /// What `body` says of the text's UTF-8, without a copy where that can be.
    @inline(__always)
    fileprivate func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
        var copy = self
        return copy.withUTF8(body)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether the text has so many scalars; counts them only where the bytes do not tell.
    func hasScalars(from least: Int, to most: Int) -> Bool {
        guard count >= least else { return false }
        if count <= most, least <= 1 || count / 4 >= least { return true }
        var scalars = 0
        for byte in self where byte & 0xC0 != 0x80 { scalars += 1 }
        return scalars >= least && scalars <= most
    }
}
