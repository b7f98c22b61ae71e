import Documents

/// Makes fields of nodes.
struct FormBuilder {
    let schema: Schema
    /// Names that a secret can be given by; empty where they are not known.
    let secrets: [String]
    /// Nodes on the way down: a type that contains itself is asked for as YAML, else the form would never end.
    private var open: Set<SchemaNode.Index> = []

    private static let mostRadios = 5
    private static let mostShort = 20
    private static let longestLine = 200

    init(schema: Schema, secrets: [String]) {
        self.schema = schema
        self.secrets = secrets
    }

    mutating func field(_ name: String, _ index: SchemaNode.Index, at pointer: Pointer, isRequired: Bool) -> Field {
        field(name, [index], at: pointer, isRequired: isRequired)
    }

    /// The field of a value for which several schema objects hold.
    private mutating func field(
        _ name: String, _ indices: [SchemaNode.Index], at pointer: Pointer, isRequired: Bool
    ) -> Field {
        let parts = MergedNode.parts(indices, of: schema)
        let node = MergedNode.merged(parts.map { schema.nodes[$0] }) ?? schema.nodes[indices[0]]
        let notes = node.notes
        let unit = notes.unit ?? Units.suffix(of: name)
        var field = Field(
            name: name, pointer: pointer, label: Self.label(name, notes, unit: unit), help: notes.description,
            kind: kind(parts, node, at: pointer, isRequired: isRequired))
        field.isRequired = isRequired
        field.isNullable = node.isNullable
        // Of a secret by reference there is only a name, which may be seen.
        field.isSecret = !notes.isSecret && (node.isSecret || SecretName.matches(name) && node.type == .string)
        field.isUnique = notes.isUnique
        // Only an author who writes `minLength: 0` has thought of empty text.
        field.acceptsEmptyText = node.text?.minLength == 0
        field.isReadOnly = notes.isReadOnly
        field.isDeprecated = notes.isDeprecated
        field.defaultValue = notes.defaultValue
        field.placeholder =
            notes.placeholder ?? notes.example.flatMap(Wording.plain)
            ?? notes.format.flatMap(Format.init(rawValue:))?.example
        field.unit = unit
        field.hint = notes.hint
        field.rule = RuleWords.rule(of: node)
        field.pattern = node.text?.pattern?.text
        field.group = notes.group
        field.externalDocs = notes.externalDocs
        field.condition = notes.condition?.text
        return field
    }

    private static func label(_ name: String, _ notes: Notes, unit: String?) -> String {
        if let title = notes.title, !title.isEmpty { return title }
        // The unit stands beside the answer; the label need not say it again.
        let words = NameWords.split(name)
        if unit != nil, notes.unit == nil, words.count > 1 {
            return NameWords.label(words.dropLast().joined(separator: "_"))
        }
        return NameWords.label(name)
    }

    private mutating func kind(
        _ parts: [SchemaNode.Index], _ node: SchemaNode, at pointer: Pointer, isRequired: Bool
    ) -> Field.Kind {
        guard let index = parts.first, open.insert(index).inserted else { return .yaml }
        defer { open.remove(index) }
        if node.notes.isSecret { return .secret(names: secrets) }
        if let enumeration = node.enumeration { return choice(enumeration.values, node) }
        if let options = labelledOptions(node) {
            return .choice(options, options.count <= Self.mostRadios ? .radio : .select)
        }
        let properties = properties(of: parts)
        let branches = node.oneOf.isEmpty ? node.anyOf : node.oneOf
        guard branches.isEmpty || !properties.isEmpty || node.type == .object && pointer.isRoot else {
            return self.branches(branches, besides: [], at: pointer, isRequired: isRequired)
        }
        if let kind = section(properties, node, at: pointer, choices: branches) { return kind }
        return plainKind(node, at: pointer, isRequired: isRequired)
    }

    private typealias Property = (name: String, nodes: [SchemaNode.Index], isRequired: Bool)

    /// The members that schema objects declare together; of one that several declare, all declarations hold.
    private func properties(of parts: [SchemaNode.Index]) -> [Property] {
        var properties: [Property] = []
        for part in parts {
            guard let rules = schema.nodes[part].object else { continue }
            for property in rules.properties {
                if let known = properties.firstIndex(where: { $0.name.hasSameScalars(as: property.name) }) {
                    properties[known].nodes.append(property.node)
                    properties[known].isRequired = properties[known].isRequired || property.isRequired
                } else {
                    properties.append((property.name, [property.node], property.isRequired))
                }
            }
        }
        let required = parts.flatMap { schema.nodes[$0].object?.requiredOnly ?? [] }
        for index in properties.indices
        where required.contains(where: { $0.hasSameScalars(as: properties[index].name) }) {
            properties[index].isRequired = true
        }
        return properties
    }

    private mutating func plainKind(_ node: SchemaNode, at pointer: Pointer, isRequired: Bool) -> Field.Kind {
        switch node.type {
        case .string?:
            if let format = node.text?.format, format == .byte || format == .binary {
                .file(format)
            } else {
                isMultiline(node) ? .multiline : .text(node.text?.format)
            }
        case .boolean?:
            .flag(isTriState: node.isNullable || !isRequired && node.notes.defaultValue == nil)
        case .integer?: .number(number(node, isInteger: true))
        case .number?: .number(number(node, isInteger: false))
        case .array?: list(node, at: pointer)
        case .object?: map(node, at: pointer)
        case nil: .yaml
        }
    }

    private func isMultiline(_ node: SchemaNode) -> Bool {
        if let isMultiline = node.notes.isMultiline { return isMultiline }
        if node.notes.defaultValue?.string?.utf8.contains(0x0A) ?? false { return true }
        // Names and addresses of images may be long and are one line all the same.
        return (node.text?.maxLength ?? 0) > Self.longestLine && node.text?.pattern == nil && node.text?.format == nil
    }

    private func number(_ node: SchemaNode, isInteger: Bool) -> Field.NumberEntry {
        let rules = node.number ?? NumberRules()
        let step = rules.multipleOf ?? Number(1)
        var isShort = false
        if isInteger, let low = rules.minimum?.int, let high = rules.maximum?.int, let size = step.int, size > 0 {
            let (span, overflow) = high.subtractingReportingOverflow(low)
            isShort = !overflow && span >= 0 && span / size <= Self.mostShort && low.isMultiple(of: size)
            isShort = isShort && !rules.isMinimumExclusive && !rules.isMaximumExclusive
        }
        return Field.NumberEntry(
            isInteger: isInteger, minimum: rules.minimum, maximum: rules.maximum, step: step, isShort: isShort)
    }

    private func choice(_ values: [Value], _ node: SchemaNode) -> Field.Kind {
        let options = values.map { option($0, node) }
        return .choice(options, options.count <= Self.mostRadios ? .radio : .select)
    }

    private func option(_ value: Value, _ node: SchemaNode) -> Field.Option {
        let text = Wording.plain(value)
        let label = text.flatMap { node.notes.enumLabels[$0] } ?? (value == .null ? "none" : text ?? value.kind)
        return Field.Option(value, label)
    }

    /// The options of a choice whose branches are single values with titles.
    private func labelledOptions(_ node: SchemaNode) -> [Field.Option]? {
        let branches = (node.oneOf.isEmpty ? node.anyOf : node.oneOf).map { schema.nodes[$0] }
        let options = branches.compactMap { branch -> Field.Option? in
            guard let values = branch.enumeration?.values, values.count == 1 else { return nil }
            return Field.Option(values[0], branch.notes.title ?? Wording.plain(values[0]) ?? "none")
        }
        return options.isEmpty || options.count < branches.count ? nil : options
    }
}

// MARK: - What holds other fields

extension FormBuilder {
    private static let place = "-"

    private mutating func section(
        _ properties: [Property], _ node: SchemaNode, at pointer: Pointer, choices: [SchemaNode.Index]
    ) -> Field.Kind? {
        guard !properties.isEmpty || pointer.isRoot && node.type == .object else { return nil }
        // What tells the branches apart is known with the choice.
        let signs = choices.map { branch in Set(marks(of: branch).map { Key($0.label) }) }
        let known = signs.dropFirst().reduce(signs.first ?? []) { $0.intersection($1) }
        let properties = properties.filter { !known.contains(Key($0.name)) }
        let fields = properties.map { property in
            field(property.name, property.nodes, at: pointer.appending(property.name), isRequired: property.isRequired)
        }
        var ordered = Self.ordered(fields, by: properties.map { order(of: $0.nodes) })
        if !choices.isEmpty {
            let kind = branches(choices, besides: properties.map(\.name), at: pointer, isRequired: true)
            ordered.append(Field(name: "", pointer: pointer, label: "Kind", kind: kind, isRequired: true))
        }
        return .section(ordered, others: others(node, at: pointer))
    }

    private func order(of nodes: [SchemaNode.Index]) -> Number? {
        MergedNode.parts(nodes, of: schema).lazy.compactMap { schema.nodes[$0].notes.order }.first
    }

    /// Fields with an order come first, by it; the rest as declared.
    private static func ordered(_ fields: [Field], by orders: [Number?]) -> [Field] {
        let ranked = fields.indices.sorted { first, second in
            switch (orders[first], orders[second]) {
            case (let a?, let b?): a == b ? first < second : a < b
            case (_?, nil): true
            case (nil, _?): false
            case (nil, nil): first < second
            }
        }
        return ranked.map { fields[$0] }
    }

    private mutating func others(_ node: SchemaNode, at pointer: Pointer) -> Field? {
        guard case .schema(let schema)? = node.object?.additional else { return nil }
        return field("", schema, at: pointer.appending(Self.place), isRequired: true)
    }

    private mutating func map(_ node: SchemaNode, at pointer: Pointer) -> Field.Kind {
        let counts = Field.Counts(
            minimum: node.object?.minProperties, maximum: node.object?.maxProperties, isUnique: true)
        if let entry = others(node, at: pointer) { return .map(entry: entry, counts) }
        let place = pointer.appending(Self.place)
        return .map(entry: Field(name: "", pointer: place, label: "", kind: .yaml, isRequired: true), counts)
    }

    private mutating func list(_ node: SchemaNode, at pointer: Pointer) -> Field.Kind {
        let counts = Field.Counts(
            minimum: node.list?.minItems, maximum: node.list?.maxItems, isUnique: node.list?.isUnique ?? false)
        guard let items = node.list?.items else { return .yaml }
        let item = schema.nodes[items]
        if counts.isUnique, let values = item.enumeration?.values { return .checks(values.map { option($0, item) }) }
        let field = field("", items, at: pointer.appending(Self.place), isRequired: true)
        return switch field.kind {
        case .text, .multiline, .choice, .flag, .number: .list(item: field, counts)
        case .section, .checks, .list, .table, .map, .branches, .file, .secret, .yaml: .table(item: field, counts)
        }
    }

    private mutating func branches(
        _ branches: [SchemaNode.Index], besides asked: [String], at pointer: Pointer, isRequired: Bool
    ) -> Field.Kind {
        let check = Check(schema.quick, direction: .write, limit: 1)
        let titles = check.titles(of: branches)
        return .branches(
            zip(branches, titles).map { branch, title in
                var field = field("", branch, at: pointer, isRequired: isRequired)
                field.label = title
                let marks = marks(of: branch)
                // What tells the branch is known with the choice, and what is asked for beside it is asked once.
                if case .section(let fields, let others) = field.kind {
                    let known = marks.map(\.label) + asked
                    field.kind = .section(
                        fields.filter { field in !known.contains { $0.hasSameScalars(as: field.name) } },
                        others: others)
                }
                return Field.Branch(title: title, field: field, marks: marks, node: branch)
            })
    }

    /// Members that may have one value only.
    private func marks(of branch: SchemaNode.Index) -> [Field.Option] {
        schema.properties(of: branch).compactMap { property in
            guard let values = schema.nodes[property.node].enumeration?.values, values.count == 1 else { return nil }
            return Field.Option(values[0], property.name)
        }
    }
}
