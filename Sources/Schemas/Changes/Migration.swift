package import Documents

/// Inputs carried from one schema to another: what could be kept, and what a person must be asked.
///
/// Carrying twice gives the same as carrying once.
package struct Migration: Sendable {
    /// Where the answer to one input comes from.
    package enum Origin: Hashable, Sendable {
        case carried
        case renamed(from: String)
        /// Nothing was given; the new default holds, and it is another one than before.
        case newDefault(Value, before: Value?)
        /// Nothing was given, nothing can be assumed.
        case needsAnswer
        /// The old answer breaks the new schema; it is a suggestion and no longer an input.
        case rejected(Value, [Finding])
        /// The new schema has no place for it; it is kept apart.
        case dropped(Value)
    }

    package struct Line: Hashable, Sendable {
        package var pointer: Pointer
        package var label: String
        package var origin: Origin

        /// Whether a person must answer before the inputs are complete.
        package var asks: Bool {
            switch origin {
            case .needsAnswer, .rejected: true
            case .carried, .renamed, .newDefault, .dropped: false
            }
        }
    }

    /// The inputs for the new schema, without its defaults.
    package private(set) var value: Value
    /// In the order of the new schema; what was dropped comes last.
    package private(set) var lines: [Line] = []

    /// The lines that a person must answer.
    package var questions: [Line] { lines.filter(\.asks) }
    /// What the new schema has no place for, by its pointer in the old inputs.
    package var archived: [(pointer: Pointer, value: Value)] {
        lines.compactMap { line in
            if case .dropped(let value) = line.origin { (line.pointer, value) } else { nil }
        }
    }

    package init(carrying value: Value, from old: Schema, to new: Schema) {
        self.value = value
        guard let object = value.object else { return }
        var carrier = Carrier(old: old, new: new)
        self.value = .object(carrier.carry(object, old.root, new.root, at: Pointer(), depth: 0))
        let visible = new.visible(self.value)
        // Nobody is asked for what a condition hides.
        lines = carrier.lines.filter { $0.origin != .needsAnswer || !visible.hides($0.pointer) } + carrier.leftovers
    }
}

/// The walk through two schemas and one value.
private struct Carrier {
    let old: Schema
    let new: Schema
    var lines: [Migration.Line] = []
    var leftovers: [Migration.Line] = []
    private static let deepest = 32

    init(old: Schema, new: Schema) {
        self.old = old
        self.new = new
    }

    mutating func carry(
        _ object: Object, _ oldIndex: SchemaNode.Index?, _ newIndex: SchemaNode.Index, at pointer: Pointer, depth: Int
    ) -> Object {
        var result = Object()
        var taken: Set<Key> = []
        let before = oldIndex.map { old.properties(of: $0) } ?? []
        for property in new.properties(of: newIndex) {
            let source = source(of: property, in: object, before)
            let earlier = before.first { Key($0.name) == Key(source ?? property.name) }
            let place = pointer.appending(property.name)
            guard let source, let value = object[source] else {
                noteAbsence(of: property, earlier, at: place)
                continue
            }
            taken.insert(Key(source))
            let isRenamed = Key(source) != Key(property.name)
            let origin: Migration.Origin = isRenamed ? .renamed(from: source) : .carried
            if let kept = carry(value, earlier?.node, property, origin, at: place, depth: depth + 1) {
                result[property.name] = kept
            }
        }
        keepRest(of: object, except: taken, before, newIndex, at: pointer, in: &result)
        return result
    }

    /// The name under which the answer to an input stands: its own, else a former one.
    private func source(
        of property: ObjectRules.Property, in object: Object, _ before: [ObjectRules.Property]
    ) -> String? {
        if object[property.name] != nil { return property.name }
        let names = new.nodes[property.node].notes.formerNames
        if let given = names.first(where: { object[$0] != nil }) { return given }
        // Not given: the old input still tells which default held.
        if before.contains(where: { Key($0.name) == Key(property.name) }) { return nil }
        return names.first { name in before.contains { Key($0.name) == Key(name) } }
    }

    private mutating func noteAbsence(
        of property: ObjectRules.Property, _ earlier: ObjectRules.Property?, at place: Pointer
    ) {
        let notes = new.nodes[property.node].notes
        let label = notes.title ?? property.name
        if let value = notes.defaultValue {
            let before = earlier.flatMap { old.nodes[$0.node].notes.defaultValue }
            guard before != value else { return }
            lines.append(Migration.Line(pointer: place, label: label, origin: .newDefault(value, before: before)))
        } else if property.isRequired {
            lines.append(Migration.Line(pointer: place, label: label, origin: .needsAnswer))
        }
    }

    private mutating func carry(
        _ value: Value, _ oldIndex: SchemaNode.Index?, _ property: ObjectRules.Property, _ origin: Migration.Origin,
        at place: Pointer, depth: Int
    ) -> Value? {
        let label = new.nodes[property.node].notes.title ?? property.name
        if case .object(let object) = value, depth < Self.deepest, !new.properties(of: property.node).isEmpty {
            if case .renamed = origin { lines.append(Migration.Line(pointer: place, label: label, origin: origin)) }
            return .object(carry(object, oldIndex, property.node, at: place, depth: depth))
        }
        if case .list(let items) = value, depth < Self.deepest, let schema = new.nodes[property.node].list?.items,
            !new.properties(of: schema).isEmpty, items.allSatisfy({ $0.object != nil })
        {
            let oldItems = oldIndex.flatMap { old.nodes[$0].list?.items }
            lines.append(Migration.Line(pointer: place, label: label, origin: origin))
            return .list(
                items.enumerated().map { index, item in
                    guard let object = item.object else { return item }
                    return .object(carry(object, oldItems, schema, at: place.appending(index), depth: depth + 1))
                })
        }
        let faults = faults(of: value, in: property, at: place)
        guard faults.isEmpty else {
            lines.append(Migration.Line(pointer: place, label: label, origin: .rejected(value, faults)))
            return nil
        }
        lines.append(Migration.Line(pointer: place, label: label, origin: origin))
        return value
    }

    private func faults(of value: Value, in property: ObjectRules.Property, at place: Pointer) -> [Finding] {
        let filled = new.filled(value, property.node)
        if new.quick.accepts(filled, property.node, .write) { return [] }
        var check = Check(new.quick, direction: .write, limit: 20)
        check.path = [.member(property.name, title: new.nodes[property.node].notes.title)]
        _ = check.check(filled, property.node)
        return check.faults.map { fault in
            var finding = fault.finding
            finding.pointer = Pointer(place.parent.steps + fault.pointer.steps)
            finding.focus = Pointer(place.parent.steps + fault.focus.steps)
            return finding
        }
    }

    /// Members that neither schema declares stay where the new one accepts them; what the old one declared is set aside.
    private mutating func keepRest(
        of object: Object, except taken: Set<Key>, _ before: [ObjectRules.Property], _ newIndex: SchemaNode.Index,
        at pointer: Pointer, in result: inout Object
    ) {
        for (name, value) in object where !taken.contains(Key(name)) {
            let wasDeclared = before.contains { Key($0.name) == Key(name) }
            let isKept =
                switch new.nodes[newIndex].object?.additional {
                case .any?, nil: !wasDeclared
                case ObjectRules.Additional.none?: false
                case .schema(let schema)?: Self.accepts(value, schema, new)
                }
            if isKept {
                result[name] = value
            } else {
                leftovers.append(
                    Migration.Line(pointer: pointer.appending(name), label: name, origin: .dropped(value)))
            }
        }
    }

    private static func accepts(_ value: Value, _ index: SchemaNode.Index, _ schema: Schema) -> Bool {
        schema.quick.accepts(value, index, .write)
    }
}
