import Documents

/// Faults of conditions that only show beside the inputs that they speak of: names that nothing declares, comparisons
/// that can never hold, inputs that wait for each other.
struct ConditionCheck {
    private let schema: Schema
    private(set) var findings: [Finding] = []
    /// What each conditional input depends on.
    private var needs: [Input: [Input]] = [:]
    private var places: [Input: Pointer] = [:]
    private var steps = 0
    private var open: Set<SchemaNode.Index> = []

    private static let mostSteps = 20_000

    private struct Frame {
        var node: SchemaNode.Index
        var properties: [ObjectRules.Property]
    }

    private struct Input: Hashable {
        var node: SchemaNode.Index
        var name: String
    }

    init(_ schema: Schema) {
        self.schema = schema
        walk(schema.root, [])
        findCycles()
        var seen: Set<Finding> = []
        findings = findings.filter { seen.insert($0).inserted }
    }

    private mutating func walk(_ index: SchemaNode.Index, _ outer: [Frame]) {
        steps += 1
        guard steps < Self.mostSteps, open.insert(index).inserted else { return }
        defer { open.remove(index) }
        let node = schema.nodes[index]
        let properties = schema.properties(of: index)
        let frames = properties.isEmpty ? outer : outer + [Frame(node: index, properties: properties)]
        for property in properties {
            let own = schema.nodes[property.node]
            if let condition = own.notes.condition {
                check(condition, of: Input(node: index, name: property.name), at: own.pointer, frames)
            }
            walk(property.node, frames)
        }
        if case .schema(let rest)? = node.object?.additional { walk(rest, frames) }
        if let items = node.list?.items { walk(items, frames) }
        for branch in node.oneOf + node.anyOf { walk(branch, frames) }
        for part in node.allOf {
            for branch in schema.nodes[part].oneOf + schema.nodes[part].anyOf { walk(branch, frames) }
        }
    }

    private mutating func check(_ condition: Condition, of input: Input, at pointer: Pointer, _ frames: [Frame]) {
        places[input] = pointer
        for use in condition.uses {
            let shown = use.name.steps.joined(separator: ".")
            guard let (frame, found) = find(use.name, frames) else {
                let known = frames.flatMap { $0.properties.map(\.name) }.filter { $0 != input.name }
                let first = use.name.steps[0]
                let near = known.contains(first) ? nil : NearWord.nearest(to: first, among: known)
                note(
                    "conditionName", .error, pointer,
                    "x-visible-if speaks of \(shown), but there is no such input beside \(input.name).",
                    hint: near.map { "Did you mean \($0)?" })
                continue
            }
            let needed = Input(node: frame.node, name: use.name.steps[0])
            needs[input, default: []].append(needed)
            guard let node = found else { continue }
            if use.asFlag, let type = node.type, type != .boolean {
                note(
                    "conditionType", .error, pointer,
                    "x-visible-if takes \(shown) as yes or no, but it is \(type.words).",
                    hint: "Compare it, as \(shown) == \(Self.example(node)), or ask set(\(shown)).")
            }
            for value in use.values where value != .null { compare(shown, node, with: value, at: pointer) }
        }
    }

    private mutating func compare(_ name: String, _ node: SchemaNode, with value: Value, at pointer: Pointer) {
        if let type = node.type, !Check.fits(value, type) {
            note(
                "conditionType", .warning, pointer,
                "x-visible-if compares \(name) with \(Wording.shown(value)), but it is \(type.words).")
        } else if let values = node.enumeration?.values, !values.contains(value) {
            let near = value.string.flatMap { NearWord.nearest(to: $0, among: values.compactMap(\.string)) }
            note(
                "conditionValue", .warning, pointer,
                "x-visible-if compares \(name) with \(Wording.shown(value)), which it can never be.",
                hint: near.map { "Did you mean \"\($0)\"?" } ?? "It can be \(Wording.oneOf(values)).")
        }
    }

    private static func example(_ node: SchemaNode) -> String {
        let value = node.enumeration?.values.first ?? node.notes.defaultValue ?? node.notes.example
        return value.map { $0.json() } ?? (node.type?.isNumeric == true ? "1" : "\"text\"")
    }

    /// The object that declares a name, and what is known of the value; nil for a value below what no schema describes.
    private func find(_ name: Condition.Name, _ frames: [Frame]) -> (frame: Frame, node: SchemaNode?)? {
        guard let frame = frames.last(where: { $0.properties.contains { $0.name == name.steps[0] } }),
            var index = frame.properties.first(where: { $0.name == name.steps[0] })?.node
        else { return nil }
        for step in name.steps.dropFirst() {
            let properties = schema.properties(of: index)
            if let next = properties.first(where: { $0.name == step }) {
                index = next.node
                continue
            }
            let node = schema.nodes[index]
            let isOpen = node.object?.additional.isDeclared ?? (node.type == nil || node.type == .object)
            return isOpen && (properties.isEmpty || node.object?.additional.isDeclared == true) ? (frame, nil) : nil
        }
        return (frame, schema.nodes[index])
    }

    private mutating func findCycles() {
        var done: Set<Input> = []
        for start in needs.keys.sorted(by: { ($0.node, $0.name) < ($1.node, $1.name) }) where !done.contains(start) {
            var way: [Input] = []
            visit(start, &way, &done)
        }
    }

    private mutating func visit(_ input: Input, _ way: inout [Input], _ done: inout Set<Input>) {
        if let first = way.firstIndex(of: input) {
            let names = (way[first...] + [input]).map(\.name)
            let tail = names.count == 2 ? "on itself" : "on each other: \(names.joined(separator: ", "))"
            note(
                "conditionCycle", .error, places[input] ?? Pointer(),
                "x-visible-if of \(names[0]) must not depend \(tail).")
            return
        }
        guard !done.contains(input), way.count < 500 else { return }
        way.append(input)
        for next in needs[input] ?? [] where places[next] != nil || next == input { visit(next, &way, &done) }
        way.removeLast()
        done.insert(input)
    }

    private mutating func note(
        _ reason: String, _ severity: Finding.Severity, _ pointer: Pointer, _ message: String, hint: String? = nil
    ) {
        findings.append(
            Finding(
                Finding.Code(rawValue: "schema.\(reason)"), severity, message, hint: hint,
                pointer: pointer.appending("x-visible-if")))
    }
}

extension ObjectRules.Additional {
    /// Whether members without a declaration are spoken of.
    fileprivate var isDeclared: Bool {
        if case .schema = self { true } else { false }
    }
}
