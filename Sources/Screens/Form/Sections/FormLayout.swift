import Documents
import Schemas

/// Makes entries of fields: what stands in tables, choices and pages follows the entry that holds it.
struct FormLayout {
    let part: Int
    let schema: Schema
    /// Whether defaults have to be given, because validation fills none there.
    var isInBranch = false
    /// Whether they are given: where a person chose the branch, not where a spec has it without them.
    var givesStandards = false

    private static let inlineDepth = 2

    /// The fields of a group or a page, with what `value` has of them; `origin` is how many steps lead to `value`.
    func entries(
        _ fields: [Field], in value: Value?, from origin: Int, heading: String?, nesting: Int = 0, depth: Int = 0,
        slot: Int = 0
    ) -> [FormModel.Entry] {
        fields.flatMap { field -> [FormModel.Entry] in
            if case .section = field.kind, nesting < Self.inlineDepth, field.isInline {
                return members(
                    of: field, in: value, from: origin, heading: field.label, nesting: nesting + 1, depth: depth,
                    slot: slot)
            }
            return one(field, in: value, from: origin, heading: heading, named: [], depth: depth, slot: slot)
        }
    }

    /// What asks for inputs that the form does not declare, where the schema describes them.
    func others(of form: Form) -> [FormModel.Entry] {
        guard let others = form.othersField else { return [] }
        return one(others, in: nil, from: 0, heading: nil, named: Set(form.fields.flatMap(\.names)), depth: 0, slot: 0)
    }

    /// The members of a section, with those that it does not declare behind them.
    private func members(
        of field: Field, in value: Value?, from origin: Int, heading: String?, nesting: Int, depth: Int, slot: Int
    ) -> [FormModel.Entry] {
        let own = entries(
            field.members, in: value, from: origin, heading: heading, nesting: nesting, depth: depth, slot: slot)
        guard let others = field.othersField else { return own }
        let named = field.members.flatMap(\.names)
        return own
            + one(others, in: value, from: origin, heading: heading, named: Set(named), depth: depth, slot: slot)
    }

    private func one(
        _ field: Field, in value: Value?, from origin: Int, heading: String?, named: Set<String>, depth: Int, slot: Int
    ) -> [FormModel.Entry] {
        var field = field
        let standard = isInBranch ? field.defaultValue : nil
        if isInBranch {
            field.placeholder = field.placeholder ?? field.defaultValue.map(field.text)
            field.defaultValue = nil
        }
        var entry = FormModel.Entry(
            part: part, field: field, heading: heading, isFixed: field.isReadOnly, depth: depth, slot: slot,
            named: named, standard: standard)
        let given = value.flatMap { entry.given(in: $0, from: origin) } ?? (givesStandards ? standard : nil)
        entry.take(given)
        return whole(entry, given)
    }

    /// An entry with what stands in it, as `given` or the default has it.
    func whole(_ entry: FormModel.Entry, _ given: Value?) -> [FormModel.Entry] {
        var entry = entry
        let value = given ?? entry.field.defaultValue
        if entry.role == .branch, let value { entry.choose(schema.branch(for: value, among: entry.branches), value) }
        return [entry] + kids(of: entry, value)
    }

    private func kids(of entry: FormModel.Entry, _ value: Value?) -> [FormModel.Entry] {
        let field = entry.field
        switch (entry.role, entry.widget) {
        case (.page, _):
            return members(
                of: field, in: value, from: field.pointer.steps.count, heading: nil, nesting: 0, depth: entry.depth + 1,
                slot: 0)
        case (.table, .table(let table)):
            let names = value?.object?.keys ?? []
            return table.bases.indices.flatMap { slot in
                row(slot, of: entry, table.bases[slot], name: names.indices.contains(slot) ? names[slot] : "")
            }
        case (.branch, .branch(let input)):
            return entry.branches.indices.flatMap { slot in
                branch(slot, of: entry, slot == input.chosen ? value : nil)
            }
        case (_, _): return []
        }
    }

    /// The entries of one row, with what `value` has of them.
    func row(_ slot: Int, of entry: FormModel.Entry, _ value: Value?, name: String) -> [FormModel.Entry] {
        var found: [FormModel.Entry] = []
        let depth = entry.depth + 1
        if entry.hasNames {
            var own = FormModel.Entry(part: part, field: entry.field.nameField(of: name), depth: depth, slot: slot)
            own.role = .name
            if !name.isEmpty { own.take(.string(name)) }
            found.append(own)
        }
        let item = entry.hasNames ? entry.field.entry(name) : entry.field.item(slot)
        guard let item else { return found }
        let origin = item.pointer.steps.count
        if item.isSection, item.isInline {
            return found
                + members(of: item, in: value, from: origin, heading: nil, nesting: 0, depth: depth, slot: slot)
        }
        var field = item
        if field.label.isEmpty { field.label = entry.hasNames ? "Value" : "Item" }
        return found + one(field, in: value, from: origin, heading: nil, named: [], depth: depth, slot: slot)
    }

    /// The entries of one branch of a choice, with what `value` has of them.
    func branch(
        _ slot: Int, of entry: FormModel.Entry, _ value: Value?, givesStandards: Bool = false
    ) -> [FormModel.Entry] {
        var inner = self
        inner.isInBranch = true
        inner.givesStandards = givesStandards
        let branch = entry.branches[slot]
        let (origin, depth) = (entry.field.pointer.steps.count, entry.depth + 1)
        if branch.field.isSection {
            return inner.members(
                of: branch.field, in: value, from: origin, heading: entry.heading, nesting: 1, depth: depth, slot: slot)
        }
        guard !entry.isBeside else { return [] }
        return inner.one(
            branch.field, in: value, from: origin, heading: entry.heading, named: [], depth: depth, slot: slot)
    }
}

extension Field {
    /// The members of an object that it asks for.
    fileprivate var names: [String] {
        guard case .branches(let branches) = kind, isChoiceBesideMembers else { return [name] }
        return branches.flatMap(\.names)
    }

    var isSection: Bool { if case .section = kind { true } else { false } }

    /// Whether its members can stand among those around it: what can be none, or has a default as a whole, is one thing.
    fileprivate var isInline: Bool { !isNullable && defaultValue == nil }
}
