package import Documents

/// What an input that is marked `x-secret` takes: `{"$secret": "NAME"}`, the name of a secret and nothing else.
package struct SecretReference: Hashable, Sendable {
    package let name: String

    package static let member = "$secret"
    /// Of the finding about a value that is no such reference.
    package static let code: Finding.Code = "schema.x-secret"
    private static let longest = 100

    /// `nil` for everything but an object whose only member is `$secret` with a name.
    package init?(_ value: Value) {
        guard let object = value.object, object.count == 1, let name = object[Self.member]?.string,
            Self.isName(name)
        else { return nil }
        self.name = name
    }

    /// Letters, digits, `-`, `_`, `.` and `/`, with a letter or a digit in front; at most 100.
    package static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, isWord(first), text.utf8.count <= longest else { return false }
        return text.utf8.allSatisfy { isWord($0) || "-_./".utf8.contains($0) }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

extension Check {
    /// Tells what to write, and nothing of what was written: it may be the secret itself.
    mutating func notReference(_ value: Value, _ node: SchemaNode) -> Bool {
        let found =
            switch value {
            case .object(let object) where object[SecretReference.member] != nil: "has another form"
            case .null: "is null"
            case .bool, .number, .string, .list, .object: "is \(value.kind), which is not shown"
            }
        _ = broken(
            "x-secret", "must be {\"$secret\": \"NAME\"}, the name of a secret", found: found, value, nil, node)
        suggest(
            "Write {\"$secret\": \"NAME\"}, on a command line secret:NAME, with a name that is defined where this goes; a secret itself never stands in a spec."
        )
        return false
    }
}

// MARK: - References in a value

extension Schema {
    /// Where `value` names secrets, and which: at inputs that are marked `x-secret` alone, in the order of the value.
    package func secrets(in value: Value) -> [(pointer: Pointer, name: String)] {
        var found: [(pointer: Pointer, name: String)] = []
        _ = replacingSecrets(in: value) { reference, pointer in
            // Several branches of a choice may lead to one place.
            if !found.contains(where: { $0.pointer == pointer }) { found.append((pointer, reference.name)) }
            return nil
        }
        return found
    }

    /// `value` with something else in the place of the references to secrets; where `change` gives `nil`, they stay.
    package func replacingSecrets(
        in value: Value, by change: (SecretReference, Pointer) -> Value?
    ) -> Value {
        guard nodes.contains(where: \.notes.isSecret) else { return value }
        var walk = SecretWalk(nodes: nodes)
        return walk.replaced(value, root, Pointer(), change)
    }

    /// Whether what stands at a path below the root is marked `x-secret`; `nil` as a step is any item or member.
    package func isSecretReference(at steps: [String?]) -> Bool { holds(at: steps, \.notes.isSecret, \.allOf) }

    /// Whether the schema says that what stands at a path must not be shown: `x-secret`, `writeOnly`, a password.
    package func isSecret(at steps: [String?]) -> Bool {
        holds(at: steps, \.isSecret) { $0.allOf + $0.anyOf + $0.oneOf }
    }

    private func holds(
        at steps: [String?], _ mark: (SchemaNode) -> Bool, _ branches: (SchemaNode) -> [SchemaNode.Index]
    ) -> Bool {
        var places = [root]
        for step in steps {
            places = Array(Set(places.flatMap { next($0, step, 0) })).sorted().prefix(64).map(\.self)
        }
        func isMarked(_ index: SchemaNode.Index, _ depth: Int) -> Bool {
            let node = nodes[index]
            return mark(node) || depth < 8 && branches(node).contains { isMarked($0, depth + 1) }
        }
        return places.contains { isMarked($0, 0) }
    }

    private func next(_ index: SchemaNode.Index, _ step: String?, _ depth: Int) -> [SchemaNode.Index] {
        guard depth < 8 else { return [] }
        let node = nodes[index]
        var found: [SchemaNode.Index] = []
        if let items = node.list?.items, step.map({ Int($0) != nil }) ?? true { found.append(items) }
        if let rules = node.object {
            if let property = step.flatMap(rules.property) {
                found.append(property.node)
            } else if case .schema(let others) = rules.additional {
                found.append(others)
            }
            if step == nil { found += rules.properties.map(\.node) }
        }
        return found + (node.allOf + node.anyOf + node.oneOf).flatMap { next($0, step, depth + 1) }
    }
}

/// One pass of a value beside the schema that says where it names secrets.
private struct SecretWalk {
    let nodes: [SchemaNode]
    private var steps = 0

    /// Choices inside choices multiply; what is not reached by then stays a reference, which harms nobody.
    private static let mostSteps = 50_000
    private static let deepest = 64

    init(nodes: [SchemaNode]) { self.nodes = nodes }

    mutating func replaced(
        _ value: Value, _ index: SchemaNode.Index, _ pointer: Pointer, _ change: (SecretReference, Pointer) -> Value?,
        depth: Int = 0
    ) -> Value {
        steps += 1
        guard depth < Self.deepest, steps < Self.mostSteps else { return value }
        let node = nodes[index]
        if node.notes.isSecret { return SecretReference(value).flatMap { change($0, pointer) } ?? value }
        var result = value
        switch value {
        case .object(let object):
            guard let rules = node.object else { break }
            for (name, member) in object {
                let next: SchemaNode.Index
                if let property = rules.property(name) {
                    next = property.node
                } else if case .schema(let others) = rules.additional {
                    next = others
                } else {
                    continue
                }
                let changed = replaced(member, next, pointer.appending(name), change, depth: depth + 1)
                if changed != member { result = result.setting(Pointer([name]), to: changed) ?? result }
            }
        case .list(let items):
            guard let schema = node.list?.items else { break }
            var changed: [Value] = []
            for (place, item) in items.enumerated() {
                changed.append(replaced(item, schema, pointer.appending(place), change, depth: depth + 1))
            }
            result = .list(changed)
        case .null, .bool, .number, .string: break
        }
        for branch in node.allOf + node.anyOf + node.oneOf {
            result = replaced(result, branch, pointer, change, depth: depth + 1)
        }
        return result
    }
}
