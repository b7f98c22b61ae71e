package import Documents

/// One thing that a form asks for: what to show, how to ask, what may be answered. It decides nothing about validity.
package struct Field: Sendable {
    package var name: String
    /// Where the answer stands in the inputs; `-` stands for the place of an item or entry yet to be named.
    package var pointer: Pointer
    /// The title, else the name in words.
    package var label: String
    package var help: String?
    package var kind: Kind
    package var isRequired = false
    package var isNullable = false
    package var isSecret = false
    /// Whether no two targets in one place may have the same answer (`x-unique`): it is not copied with the others.
    package var isUnique = false
    /// Whether empty text is an answer, and not an answer left out.
    package var acceptsEmptyText = false
    package var isReadOnly = false
    package var isDeprecated = false
    package var defaultValue: Value?
    package var placeholder: String?
    package var unit: String?
    /// The author's words about the form that an answer must have.
    package var hint: String?
    /// The allowed numbers, lengths or counts in short words: `1-65535`, `3 to 24 characters`.
    package var rule: String?
    /// The regular expression, for those who ask.
    package var pattern: String?
    package var group: String?
    package var externalDocs: String?
    /// When it is asked for, in the author's words; always where there is none.
    package var condition: String?

    package indirect enum Kind: Sendable {
        case text(Format?)
        /// Text of several lines.
        case multiline
        case choice([Option], Look)
        /// Any of the options, each once.
        case checks([Option])
        /// With three states where neither a default nor need forces an answer.
        case flag(isTriState: Bool)
        case number(NumberEntry)
        /// Scalars, one after another.
        case list(item: Field, Counts)
        /// Objects, one a row.
        case table(item: Field, Counts)
        /// Members with names of the author's choice; `others` describes further ones where they are allowed.
        case section([Field], others: Field?)
        /// Members with names of the person's choice.
        case map(entry: Field, Counts)
        case branches([Branch])
        /// Bytes, taken from a file and kept as base64.
        case file(Format)
        /// The name of a secret, as `{"$secret": NAME}`: one of these, or any where none are known.
        case secret(names: [String])
        /// Anything, written as YAML.
        case yaml
    }

    package enum Look: Sendable, Equatable {
        case radio, select
    }

    package struct Option: Sendable, Equatable {
        package var value: Value
        package var label: String

        package init(_ value: Value, _ label: String) {
            self.value = value
            self.label = label
        }
    }

    package struct NumberEntry: Sendable, Equatable {
        package var isInteger: Bool
        package var minimum: Number?
        package var maximum: Number?
        /// What one step up or down changes.
        package var step: Number
        /// Whether the allowed numbers are few enough to choose from.
        package var isShort: Bool
    }

    package struct Counts: Sendable, Equatable {
        package var minimum: Int?
        package var maximum: Int?
        package var isUnique: Bool
    }

    package struct Branch: Sendable {
        package var title: String
        package var field: Field
        /// Members that tell this branch from the others, with the values that they must have.
        package var marks: [Option]
        let node: SchemaNode.Index
    }
}

extension Field {
    /// The field of the item at `index` of a list or table.
    package func item(_ index: Int) -> Field? {
        switch kind {
        case .list(let item, _), .table(let item, _): item.moved(step: pointer.steps.count, to: String(index))
        case .text, .multiline, .choice, .checks, .flag, .number, .section, .map, .branches, .file, .secret, .yaml: nil
        }
    }

    /// The field of the entry `name` of a map, or of a member that the section does not declare.
    package func entry(_ name: String) -> Field? {
        switch kind {
        case .map(let entry, _): entry.moved(step: pointer.steps.count, to: name)
        case .section(_, let others): others?.moved(step: pointer.steps.count, to: name)
        case .text, .multiline, .choice, .checks, .flag, .number, .list, .table, .branches, .file, .secret, .yaml: nil
        }
    }

    /// What asks for the name of an entry of this map, at the place of the entry.
    package func nameField(of entry: String) -> Field {
        Field(name: "", pointer: pointer.appending(entry), label: "Name", kind: .text(nil), isRequired: true)
    }

    /// How further members of a section are asked for: as a map in the section's own place.
    package var othersField: Field? {
        guard case .section(_, let others?) = kind else { return nil }
        return Field.others(others, at: pointer)
    }

    static func others(_ entry: Field, at pointer: Pointer) -> Field {
        let counts = Counts(minimum: nil, maximum: nil, isUnique: true)
        return Field(name: "", pointer: pointer, label: "More", kind: .map(entry: entry, counts))
    }

    /// The fields right below: members of a section; empty for all else.
    package var members: [Field] {
        if case .section(let fields, _) = kind { fields } else { [] }
    }

    /// The shape of a date or a moment, where that is asked for.
    package var mask: String? {
        switch kind {
        case .text(.date?): "YYYY-MM-DD"
        case .text(.dateTime?): "YYYY-MM-DDThh:mm:ssZ"
        case .text, .multiline, .choice, .checks, .flag, .number, .list, .table, .section, .map, .branches, .file,
            .secret, .yaml:
            nil
        }
    }

    /// Whether it stands for the shapes that the object around it can have beside its declared members.
    package var isChoiceBesideMembers: Bool {
        if case .branches = kind { name.isEmpty } else { false }
    }

    /// The whole numbers that can be chosen from, where they are few.
    package var shortRange: [Int] {
        guard case .number(let entry) = kind, entry.isShort, let low = entry.minimum?.int,
            let high = entry.maximum?.int, let step = entry.step.int, step > 0, low <= high
        else { return [] }
        return Array(stride(from: low, through: high, by: step))
    }

    /// The same field elsewhere: with another name at one step of its pointer and of all below it.
    package func moved(step position: Int, to name: String) -> Field {
        var field = self
        if field.pointer.steps.indices.contains(position) { field.pointer.steps[position] = name }
        field.kind = kind.mapped { $0.moved(step: position, to: name) }
        return field
    }
}

extension Field.Kind {
    fileprivate func mapped(_ change: (Field) -> Field) -> Field.Kind {
        switch self {
        case .text, .multiline, .choice, .checks, .flag, .number, .file, .secret, .yaml: self
        case .list(let item, let counts): .list(item: change(item), counts)
        case .table(let item, let counts): .table(item: change(item), counts)
        case .section(let fields, let others): .section(fields.map(change), others: others.map(change))
        case .map(let entry, let counts): .map(entry: change(entry), counts)
        case .branches(let branches):
            .branches(
                branches.map { branch in
                    var branch = branch
                    branch.field = change(branch.field)
                    return branch
                })
        }
    }
}
