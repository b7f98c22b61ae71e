package import Documents
import Schemas

extension Bundle {
    /// Warnings about inputs that a part's schema does not declare: the service took them, and templates then did without.
    ///
    /// What `additionalProperties` speaks of is left to the schema. Pointers start at the inputs.
    package func unknownInputs(_ inputs: Value, of part: Part) -> [Finding] {
        let type: SchemaFile.InputType? =
            switch part {
            case .environment: .environment
            case .instance: .service
            case .pipeline: .pipeline
            case .component: nil
            }
        guard let type, let schema, let entry = schema.types[type] else { return [] }
        var search = UnknownInputs(document: schema.document)
        search.walk(inputs, entry.pointer, Pointer(), 0)
        return search.findings + (self.inputs(of: part)?.unused(in: inputs) ?? [])
    }
}

/// Walks a value beside the schema that declares it.
private struct UnknownInputs {
    let document: Document
    var findings: [Finding] = []

    mutating func walk(_ value: Value, _ schema: Pointer, _ at: Pointer, _ depth: Int) {
        guard depth < 32 else { return }
        switch value {
        case .object(let object):
            guard let declared = declared(schema, 0) else { return }
            // An object without any declared member is free, but a type without inputs has none.
            if declared.isEmpty, !at.isRoot { return }
            for (name, member) in object {
                let own = at.appending(name)
                if let found = declared[name] {
                    walk(member, found, own, depth + 1)
                } else {
                    findings.append(unknown(name, among: Array(declared.keys), at: own))
                }
            }
        case .list(let items):
            guard let (pointer, node) = resolved(schema), node["items"] != nil else { return }
            for (index, item) in items.enumerated() {
                walk(item, pointer.appending("items"), at.appending(index), depth + 1)
            }
        case .null, .bool, .number, .string: break
        }
    }

    private func resolved(_ pointer: Pointer) -> (pointer: Pointer, node: Object)? {
        var pointer = pointer
        for _ in 0..<16 {
            guard let node = document.value[pointer]?.object else { return nil }
            guard let reference = node["$ref"]?.string else { return (pointer, node) }
            guard reference.hasPrefix("#"), let next = Pointer(String(reference.dropFirst())) else { return nil }
            pointer = next
        }
        return nil
    }

    /// Where each declared member stands; `nil` where the schema says itself what else may be there.
    private func declared(_ pointer: Pointer, _ depth: Int) -> [String: Pointer]? {
        guard depth < 16, let (pointer, node) = resolved(pointer) else { return nil }
        if node["additionalProperties"] != nil || node["oneOf"] != nil || node["anyOf"] != nil { return nil }
        var members: [String: Pointer] = [:]
        for index in (node["allOf"]?.list ?? []).indices {
            guard let more = declared(pointer.appending("allOf").appending(index), depth + 1) else { return nil }
            members.merge(more) { first, _ in first }
        }
        for name in node["properties"]?.object?.keys ?? [] {
            members[name] = pointer.appending("properties").appending(name)
        }
        return members
    }

    private func unknown(_ name: String, among names: [String], at pointer: Pointer) -> Finding {
        let names = names.sorted()
        let near = NearWord.nearest(to: name, among: names).map { "Did you mean \($0)?" }
        let all = names.count <= 12 ? names.joined(separator: ", ") : names.prefix(12).joined(separator: ", ") + " …"
        return Finding(
            "input.unknown", .warning, "\"\(name)\" is no input of this template, so it changes nothing.",
            hint: near ?? (names.isEmpty ? "Remove it; there are no inputs here." : "There are: \(all)."),
            pointer: pointer)
    }
}
