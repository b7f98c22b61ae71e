package import Documents

/// What conditions leave of a value.
package struct VisibleInputs: Sendable {
    /// Without the members that are not asked for.
    package var value: Value
    /// The places of members that are not asked for, given or not.
    package var hidden: Set<Pointer>

    /// Whether what stands at a place is not asked for, by itself or with what it stands in.
    package func hides(_ pointer: Pointer) -> Bool {
        guard !hidden.isEmpty else { return false }
        return (1...max(1, pointer.steps.count)).contains { hidden.contains(Pointer(Array(pointer.steps.prefix($0)))) }
    }
}

extension Schema {
    /// How often conditions are weighed anew, since hiding one input may hide or show another.
    private static let mostRounds = 16
    private static let deepest = 64
    /// Schema objects weighed; choices inside choices multiply, and what is not reached by then is shown.
    private static let mostSteps = 50_000

    /// Leaves out what `x-visible-if` hides: it counts as not answered, so a default of its own holds again.
    ///
    /// Where a condition hangs on an input whose own answer is at fault, nobody knows yet: what was given stays, so that
    /// its faults are told with the other one, and what was not given is not missing.
    package func visible(_ value: Value) -> VisibleInputs {
        guard hasConditions else { return VisibleInputs(value: value, hidden: []) }
        var result = VisibleInputs(value: value, hidden: [])
        for _ in 0..<Self.mostRounds {
            let hidden = hidden(in: withDefaults(result.value), given: value, before: result.hidden)
            if hidden == result.hidden { break }
            result.hidden = hidden
            result.value = hidden.reduce(value) { $0.removing($1) ?? $0 }
        }
        return result
    }

    /// Warnings about members that were given though they are not asked for.
    package func unused(in value: Value) -> [Finding] {
        let hidden = visible(value).hidden.filter { value[$0] != nil }
        return hidden.sorted { $0.description < $1.description }.map { pointer in
            let condition = condition(at: pointer).map { ": it counts only if \($0.text)" } ?? ""
            return Finding(
                "schema.notAsked", .warning, "\(pointer.steps.joined(separator: ".")) is not used\(condition).",
                hint: "Leave it out.", pointer: pointer, focus: pointer)
        }
    }

    private func condition(at pointer: Pointer) -> Condition? {
        var index = root
        for step in pointer.steps {
            let node = nodes[index]
            if let property = properties(of: index).first(where: { $0.name.hasSameScalars(as: step) }) {
                index = property.node
            } else if let items = node.list?.items {
                index = items
            } else if case .schema(let rest)? = node.object?.additional {
                index = rest
            } else {
                return nil
            }
        }
        return nodes[index].notes.condition
    }

    private func hidden(in value: Value, given: Value, before: Set<Pointer>) -> Set<Pointer> {
        var votes = Votes(given: given, before: before)
        weigh(value, root, Pointer(), [], isInBranch: false, 0, &votes)
        return votes.hidden.subtracting(votes.shown)
    }

    /// A member that two branches declare is hidden only where neither shows it.
    private struct Votes {
        /// What somebody wrote, without defaults.
        let given: Value
        /// What was hidden when it was weighed last.
        let before: Set<Pointer>
        var hidden: Set<Pointer> = []
        var shown: Set<Pointer> = []
        var steps = 0
    }

    /// Whether an input has an answer that its own schema refuses, or must have one and has none.
    private func isDoubted(_ name: Condition.Name, _ scopes: [Condition.Scope], _ votes: Votes) -> Bool {
        guard let scope = scopes.last(where: { $0.names.contains(name.steps[0]) }) else { return false }
        var (value, index, pointer) = (scope.value, scope.node, scope.pointer)
        var isRequired = true
        for step in name.steps {
            guard let property = properties(of: index).first(where: { $0.name.hasSameScalars(as: step) }) else {
                return false
            }
            pointer = pointer.appending(step)
            isRequired = isRequired && property.isRequired
            guard let member = value[step] else { return isRequired && !votes.before.contains(pointer) }
            (value, index) = (member, property.node)
            if value.object == nil { break }
        }
        return !quick.accepts(value, index, .write)
    }

    private func weigh(
        _ value: Value, _ index: SchemaNode.Index, _ pointer: Pointer, _ outer: [Condition.Scope], isInBranch: Bool,
        _ depth: Int, _ votes: inout Votes
    ) {
        votes.steps += 1
        guard depth < Self.deepest, votes.steps < Self.mostSteps else { return }
        let node = nodes[index]
        switch value {
        case .list(let items):
            guard let schema = node.list?.items else { return }
            for (place, item) in items.enumerated() {
                weigh(item, schema, pointer.appending(place), outer, isInBranch: isInBranch, depth + 1, &votes)
            }
        case .object(let object):
            let properties = properties(of: index)
            let scope = Condition.Scope(
                value: value, names: Set(properties.map(\.name)), node: index, pointer: pointer)
            let scopes = outer + [scope]
            for property in properties {
                let place = pointer.appending(property.name)
                let condition = nodes[property.node].notes.condition
                if let condition {
                    let answer = condition.holds(in: scopes) { isDoubted($0, scopes, votes) }
                    guard answer ?? (votes.given[place] != nil) else {
                        votes.hidden.insert(place)
                        continue
                    }
                }
                if condition != nil || isInBranch { votes.shown.insert(place) }
                guard let member = object[property.name] else { continue }
                weigh(member, property.node, place, scopes, isInBranch: isInBranch, depth + 1, &votes)
            }
            if case .schema(let schema)? = node.object?.additional {
                for (name, member) in object where !scopes[scopes.count - 1].names.contains(name) {
                    weigh(member, schema, pointer.appending(name), scopes, isInBranch: isInBranch, depth + 1, &votes)
                }
            }
            let choices = ([node] + node.allOf.map { nodes[$0] }).flatMap { $0.oneOf + $0.anyOf }
            for branch in choices where suits(object, branch) {
                weigh(value, branch, pointer, scopes, isInBranch: true, depth + 1, &votes)
            }
        case .null, .bool, .number, .string: break
        }
    }

    /// Whether no member of one allowed value speaks against the branch.
    private func suits(_ object: Object, _ branch: SchemaNode.Index) -> Bool {
        properties(of: branch).allSatisfy { property in
            guard let values = nodes[property.node].enumeration?.values, values.count == 1,
                let given = object[property.name]
            else { return true }
            return given == values[0]
        }
    }
}
