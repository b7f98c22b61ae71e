package import Documents

/// What a schema asks a person, as fields in order.
package struct Form: Sendable {
    /// A heading and the fields below it; without a title for those that have no heading.
    package struct Group: Sendable {
        package var title: String?
        package var fields: [Field]
    }

    package var title: String?
    package var help: String?
    package var fields: [Field]
    /// How further members are asked for, where the schema describes them.
    package var others: Field?

    /// The fields by heading, in the order in which headings appear.
    ///
    /// A section with members of its own is a group; so are the fields that name the same `x-group`.
    package var groups: [Group] {
        var groups: [Group] = []
        for field in fields {
            if case .section = field.kind, field.group == nil {
                groups.append(Group(title: field.label, fields: [field]))
            } else if let index = groups.firstIndex(where: { $0.title == field.group && !$0.isSection }) {
                groups[index].fields.append(field)
            } else {
                groups.append(Group(title: field.group, fields: [field]))
            }
        }
        return groups
    }

    /// What asks for those: a map in the place of the whole.
    package var othersField: Field? { others.map { Field.others($0, at: Pointer()) } }

    /// The field that asks for the value at `pointer`, or the nearest one above it.
    package func field(at pointer: Pointer) -> Field? {
        guard let name = pointer.steps.first else { return nil }
        guard var field = fields.first(where: { $0.name.hasSameScalars(as: name) }) else { return nil }
        for step in pointer.steps.dropFirst() {
            let member = field.members.first { $0.name.hasSameScalars(as: step) }
            guard let next = member ?? Int(step).flatMap(field.item) ?? field.entry(step) else { break }
            field = next
        }
        return field
    }
}

extension Form.Group {
    fileprivate var isSection: Bool {
        guard fields.count == 1, case .section = fields[0].kind else { return false }
        return fields[0].group == nil
    }
}

extension Schema {
    /// The schema as a form.
    ///
    /// - Parameter secrets: The names that secrets can be given by; where there are none, any name can be typed.
    package func form(secrets: [String] = []) -> Form {
        var builder = FormBuilder(schema: self, secrets: secrets)
        let notes = nodes[root].notes
        let field = builder.field("", root, at: Pointer(), isRequired: true)
        var form = Form(title: notes.title, help: notes.description, fields: [field])
        if case .section(let fields, let others) = field.kind {
            form.fields = fields
            form.others = others
        }
        return form
    }
}
