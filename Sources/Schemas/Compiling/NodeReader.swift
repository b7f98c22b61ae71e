import Documents

/// Reads the keywords of one schema object into a draft of its node.
struct NodeReader {
    let object: Object
    let pointer: Pointer
    /// Whether this is a document's root, which may hold types for references beside its keywords.
    let isLoneRoot: Bool
    var findings: [Finding] = []
    private var type: ValueType?

    init(object: Object, pointer: Pointer, isLoneRoot: Bool) {
        self.object = object
        self.pointer = pointer
        self.isLoneRoot = isLoneRoot
    }

    mutating func read(_ compiler: inout Compiler) -> SchemaNode.Draft {
        var draft = SchemaNode.Draft(pointer: pointer)
        checkWords()
        type = readType()
        draft.type = type
        draft.isNullable = flag("nullable") && type != nil
        draft.number = numberRules()
        draft.text = textRules(&compiler)
        draft.list = listRules(&compiler)
        draft.object = objectRules(&compiler)
        draft.enumeration = enumeration(isNullable: draft.isNullable)
        draft.allOf = branches("allOf", &compiler)
        draft.anyOf = branches("anyOf", &compiler)
        draft.oneOf = branches("oneOf", &compiler)
        if object["not"] != nil { draft.not = compiler.compile(at: pointer.appending("not")) }
        draft.notes = notes()
        return draft
    }

    mutating func note(_ reason: String, _ severity: Finding.Severity, at keyword: String?, _ message: String) {
        let place = keyword.map { pointer.appending($0) } ?? pointer
        findings.append(Finding(Finding.Code(rawValue: "schema.\(reason)"), severity, message, pointer: place))
    }

    private mutating func checkWords() {
        for name in object.keys where !Keyword.isKnown(name) {
            if isLoneRoot, ["types", "definitions", "components"].contains(name) { continue }
            if let advice = Keyword.foreign[name] {
                let rest = advice.isEmpty ? "" : "; \(advice)"
                note(
                    "unknownKeyword", .warning, at: name, "\(name) is not an OpenAPI 3.0 keyword and is ignored\(rest)."
                )
            } else {
                let near = NearWord.nearest(to: name, among: Keyword.known).map { " Did you mean \"\($0)\"?" } ?? ""
                note("unknownKeyword", .warning, at: name, "Unknown keyword \"\(name)\" is ignored.\(near)")
            }
        }
    }

    private mutating func readType() -> ValueType? {
        let value = object["type"]
        if object["nullable"]?.bool == true, value == nil {
            note("idleNullable", .warning, at: "nullable", "nullable has no effect without type in the same schema.")
        }
        guard let value else { return nil }
        if let list = value.list {
            let names = list.compactMap(\.string)
            let one = names.first { $0 != "null" } ?? "string"
            let null = names.contains("null") ? " with nullable: true" : ""
            note("typeList", .error, at: "type", "OpenAPI 3.0 has one type per schema; write type: \(one)\(null).")
            return nil
        }
        if value.string == "null" {
            let message = "OpenAPI 3.0 has no null type; use nullable: true beside another type."
            note("unknownType", .error, at: "type", message)
            return nil
        }
        if let type = value.string.flatMap(ValueType.init(rawValue:)) {
            checkIdleWords(type)
            return type
        }
        let names = ValueType.allCases.map(\.rawValue)
        let near = value.string.flatMap { NearWord.nearest(to: $0, among: names) }
        let hint = near.map { " Did you mean \"\($0)\"?" } ?? ""
        note(
            "unknownType", .error, at: "type",
            "type must be one of \(names.joined(separator: ", ")), but is \(Wording.shown(value)).\(hint)")
        return nil
    }

    private mutating func checkIdleWords(_ type: ValueType) {
        for name in object.keys {
            guard let subject = Keyword.subjects[name], !subject.types.contains(type) else { continue }
            if name == "required", object[name]?.bool != nil { continue }
            note(
                "idleKeyword", .warning, at: name,
                "\(name) applies to \(subject.rawValue), but the type is \(type.rawValue).")
        }
    }

    private mutating func branches(_ name: String, _ compiler: inout Compiler) -> [SchemaNode.Index] {
        guard let value = object[name] else { return [] }
        guard let list = value.list, !list.isEmpty else {
            note(
                "keywordType", .error, at: name, "\(name) must be a list of at least one schema, but is \(value.kind).")
            return []
        }
        let place = pointer.appending(name)
        return list.indices.map { compiler.compile(at: place.appending($0)) }
    }

    private mutating func enumeration(isNullable: Bool) -> Enumeration? {
        guard let value = object["enum"] else { return nil }
        guard let values = value.list else {
            note("keywordType", .error, at: "enum", "enum must be a list of values, but is \(value.kind).")
            return nil
        }
        guard !values.isEmpty else {
            note("emptyEnum", .error, at: "enum", "enum must list at least one value.")
            return nil
        }
        if isNullable, !values.contains(.null) {
            note(
                "nullableEnum", .warning, at: "enum",
                "nullable allows null but enum does not list it, so null is refused.")
        }
        guard let type else { return Enumeration(values) }
        for (index, value) in values.enumerated() where !Check.fits(value, type) && !(isNullable && value == .null) {
            let place = pointer.appending("enum").appending(index)
            findings.append(
                Finding(
                    "schema.enumType", .warning,
                    "enum value \(Wording.shown(value)) is \(value.kind), so \(type.subject) can never equal it.",
                    pointer: place))
        }
        return Enumeration(values)
    }
}

extension ValueType {
    /// A value of the type as the subject of a sentence.
    fileprivate var subject: String {
        switch self {
        case .boolean: "a boolean"
        case .array, .integer, .number, .object, .string: words
        }
    }
}

// MARK: - Values of keywords

extension NodeReader {
    mutating func flag(_ name: String) -> Bool {
        guard let value = object[name] else { return false }
        guard let flag = value.bool else {
            note("keywordType", .error, at: name, "\(name) must be true or false, but is \(Wording.found(value)).")
            return false
        }
        return flag
    }

    mutating func text(_ name: String) -> String? {
        guard let value = object[name] else { return nil }
        guard let text = value.string else {
            note("keywordType", .error, at: name, "\(name) must be text, but is \(Wording.found(value)).")
            return nil
        }
        return text
    }

    mutating func number(_ name: String) -> Number? {
        guard let value = object[name] else { return nil }
        guard let number = value.number else {
            note("keywordType", .error, at: name, "\(name) must be a number, but is \(Wording.found(value)).")
            return nil
        }
        return number
    }

    /// A count; a bigger one than any value can have is cut.
    mutating func size(_ name: String) -> Int? {
        guard let value = object[name] else { return nil }
        guard let number = value.number, number.isWhole else {
            note("keywordType", .error, at: name, "\(name) must be a whole number, but is \(Wording.found(value)).")
            return nil
        }
        guard number >= Number(0) else {
            note("negativeSize", .error, at: name, "\(name) must be 0 or more.")
            return nil
        }
        return number.int ?? Int.max
    }
}
