import Documents

/// Makes fields of nodes.
struct FormBuilder {
    let schema: Schema
    /// Nodes on the way down: a type that contains itself is asked for as YAML, else the form would never end.
    private var open: Set<SchemaNode.Index> = []

    private static let mostRadios = 5
    private static let mostShort = 20
    private static let longestLine = 200

    init(schema: Schema) {
        self.schema = schema
    }

    mutating func field(_ name: String, _ index: SchemaNode.Index, at pointer: Pointer, isRequired: Bool) -> Field {
        let node = schema.nodes[index]
        let notes = node.notes
        let unit = notes.unit ?? Units.suffix(of: name)
        var field = Field(
            name: name, pointer: pointer, label: Self.label(name, notes, unit: unit), help: notes.description,
            kind: kind(index, at: pointer, isRequired: isRequired))
        field.isRequired = isRequired
        field.isNullable = node.isNullable
        field.isSecret = node.isSecret || SecretName.matches(name) && node.type == .string
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

    private mutating func kind(_ index: SchemaNode.Index, at pointer: Pointer, isRequired: Bool) -> Field.Kind {
        let node = schema.nodes[index]
        guard open.insert(index).inserted else { return .yaml }
        defer { open.remove(index) }
        if let enumeration = node.enumeration { return choice(enumeration.values, node) }
        if let options = labelledOptions(node) {
            return .choice(options, options.count <= Self.mostRadios ? .radio : .select)
        }
        let branches = node.oneOf.isEmpty ? node.anyOf : node.oneOf
        if !branches.isEmpty, node.object?.properties.isEmpty ?? true {
            return self.branches(branches, at: pointer, isRequired: isRequired)
        }
        if let kind = section(index, at: pointer) { return kind }
        if node.type == nil, let branch = node.allOf.first(where: { schema.nodes[$0].type != nil }) {
            return kind(branch, at: pointer, isRequired: isRequired)
        }
        return plainKind(node, at: pointer, isRequired: isRequired)
    }

    private mutating func plainKind(_ node: SchemaNode, at pointer: Pointer, isRequired: Bool) -> Field.Kind {
        switch node.type {
        case .string?: isMultiline(node) ? .multiline : .text(node.text?.format)
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
        return Field.Option(value: value, label: label)
    }

    /// The options of a choice whose branches are single values with titles.
    private func labelledOptions(_ node: SchemaNode) -> [Field.Option]? {
        let branches = node.oneOf.map { schema.nodes[$0] }
        let options = branches.compactMap { branch -> Field.Option? in
            guard let values = branch.enumeration?.values, values.count == 1 else { return nil }
            return Field.Option(value: values[0], label: branch.notes.title ?? Wording.plain(values[0]) ?? "")
        }
        return options.isEmpty || options.count < branches.count ? nil : options
    }
}

// MARK: - What holds other fields

extension FormBuilder {
    private static let place = "-"

    private mutating func section(_ index: SchemaNode.Index, at pointer: Pointer) -> Field.Kind? {
        let properties = schema.properties(of: index)
        let node = schema.nodes[index]
        guard !properties.isEmpty || pointer.isRoot && node.type == .object else { return nil }
        let fields = properties.map { property in
            field(property.name, property.node, at: pointer.appending(property.name), isRequired: property.isRequired)
        }
        return .section(
            Self.ordered(fields, by: properties.map { schema.nodes[$0.node].notes.order }),
            others: others(node, at: pointer))
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
        case .section: .table(item: field, counts)
        case .text, .multiline, .choice, .flag, .number: .list(item: field, counts)
        case .checks, .list, .table, .map, .branches, .yaml: .yaml
        }
    }

    private mutating func branches(
        _ branches: [SchemaNode.Index], at pointer: Pointer, isRequired: Bool
    ) -> Field.Kind {
        let check = Check(nodes: schema.nodes, direction: .write, limit: 0)
        let titles = check.titles(of: branches)
        return .branches(
            zip(branches, titles).map { branch, title in
                var field = field("", branch, at: pointer, isRequired: isRequired)
                field.label = title
                return Field.Branch(title: title, field: field, marks: marks(of: branch))
            })
    }

    /// Members that may have one value only.
    private func marks(of branch: SchemaNode.Index) -> [Field.Option] {
        schema.properties(of: branch).compactMap { property in
            guard let values = schema.nodes[property.node].enumeration?.values, values.count == 1 else { return nil }
            return Field.Option(value: values[0], label: property.name)
        }
    }
}
