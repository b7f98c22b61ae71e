import Documents
import Schemas

/// Makes inputs that a schema accepts: its defaults, examples and choices, else values that fit its rules.
struct SampleInputs {
    enum Amount: CaseIterable {
        /// Every input that is declared.
        case all
        /// What must be given; the rest has its default or nothing.
        case least
    }

    private let document: Document
    private let schema: Schema
    private let root: Pointer
    private let amount: Amount
    /// The inputs that no value was found for.
    private(set) var missing: [String] = []

    init(_ entry: SchemaFile.TypeEntry, in document: Document, _ amount: Amount) {
        self.document = document
        schema = entry.schema
        root = entry.pointer
        self.amount = amount
    }

    /// Inputs with defaults filled in; `nil` where a needed one has no value that could be made.
    mutating func made() -> Value? {
        // What multiplies beyond measure would do so here too.
        guard !schema.findings.contains(where: { $0.code == "schema.tooBig" }) else { return nil }
        guard let object = members(of: root, depth: 0) else {
            // A type without properties of its own may still be made of others.
            let empty = schema.filled(.object(Object()))
            return schema.accepts(empty) ? empty : nil
        }
        var inputs = object
        let faulty = schema.validate(schema.filled(.object(inputs))).filter { $0.severity == .error }
        // What does not fit is left out, unless it has to be there.
        for finding in faulty {
            guard let name = (finding.focus ?? finding.pointer)?.steps.first else { return nil }
            inputs[name] = nil
        }
        let filled = schema.filled(.object(inputs))
        let rest = schema.validate(filled).filter { $0.severity == .error }
        missing = rest.compactMap { ($0.focus ?? $0.pointer)?.steps.first }
        return rest.isEmpty ? filled : nil
    }

    /// The object behind references that lead to others in the same file.
    private func resolved(_ pointer: Pointer) -> (pointer: Pointer, object: Object)? {
        var pointer = pointer
        for _ in 0..<16 {
            guard let object = document.value[pointer]?.object else { return nil }
            guard let reference = object["$ref"]?.string else { return (pointer, object) }
            guard reference.hasPrefix("#"), let next = Pointer(String(reference.dropFirst())) else { return nil }
            pointer = next
        }
        return nil
    }

    private func members(of pointer: Pointer, depth: Int) -> Object? {
        guard depth < 8, let (pointer, node) = resolved(pointer) else { return nil }
        var members = Object()
        for index in (node["allOf"]?.list ?? []).indices {
            for (name, value) in self.members(of: pointer.appending("allOf").appending(index), depth: depth + 1)
                ?? Object()
            {
                members[name] = value
            }
        }
        let required = Set((node["required"]?.list ?? []).compactMap(\.string))
        for (name, property) in node["properties"]?.object ?? Object() where members[name] == nil {
            let own = pointer.appending("properties").appending(name)
            if property["default"] != nil || property["readOnly"] == true { continue }
            guard amount == .all || required.contains(name) else { continue }
            if let value = value(at: own, named: name, depth: depth + 1) { members[name] = value }
        }
        return node["properties"] == nil && node["allOf"] == nil ? nil : members
    }

    private func value(at pointer: Pointer, named name: String, depth: Int) -> Value? {
        guard depth < 8, let (pointer, node) = resolved(pointer) else { return nil }
        let rules = Schema(document.value, root: pointer, strictness: .lenient)
        return candidates(node, pointer, name, depth).lazy.map { rules.filled($0) }.first { rules.accepts($0) }
    }

    private func candidates(_ node: Object, _ pointer: Pointer, _ name: String, _ depth: Int) -> [Value] {
        if node["x-secret"] == true { return [.object(Object([(SecretReference.member, Value.string("sample"))]))] }
        var found = [node["default"], node["example"]].compactMap(\.self)
        found += (node["enum"]?.list ?? []).filter { $0 != .null }
        for word in ["oneOf", "anyOf"] {
            for index in (node[word]?.list ?? []).indices {
                let branch = pointer.appending(word).appending(index)
                if let value = value(at: branch, named: name, depth: depth + 1) { found.append(value) }
            }
        }
        switch node["type"]?.string {
        case "object"?: found += members(of: pointer, depth: depth).map { [.object($0)] } ?? []; found.append([:])
        case "array"?: found += lists(node, pointer, name, depth)
        case "boolean"?: found += [true, false]
        case "number"?, "integer"?: found += SampleNumbers.candidates(node)
        case "string"?: found += SampleTexts.candidates(node, named: name).map(Value.string)
        default:
            if let object = members(of: pointer, depth: depth) { found.append(.object(object)) }
            found += SampleTexts.candidates(node, named: name).map(Value.string) + SampleNumbers.candidates(node)
        }
        return found
    }

    private func lists(_ node: Object, _ pointer: Pointer, _ name: String, _ depth: Int) -> [Value] {
        let count = max(amount == .all ? 1 : 0, min(100, node["minItems"]?.number?.int ?? 0))
        guard node["items"] != nil else { return [.list(Array(repeating: "sample", count: count)), []] }
        guard let item = value(at: pointer.appending("items"), named: name, depth: depth + 1) else { return [[]] }
        let choices = node["items"]?["enum"]?.list ?? []
        return [.list(Array(repeating: item, count: count)), .list(Array(choices.prefix(count))), []]
    }
}

/// Numbers that are probably allowed.
enum SampleNumbers {
    static func candidates(_ node: Object) -> [Value] {
        let least = node["minimum"]?.number?.int
        let most = node["maximum"]?.number?.int
        let step = node["multipleOf"]?.number?.int ?? 1
        var found = [least, least.map { $0 &+ 1 }, most, most.map { $0 &- 1 }, 1, 0, step].compactMap(\.self)
        if let least, step > 1 { found.append((least / step) &* step &+ step) }
        return found.map { Value.number(Number($0)) }
    }
}
