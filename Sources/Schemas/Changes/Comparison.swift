import Documents

/// The walk through two schemas side by side.
struct Comparison {
    let old: Schema
    let new: Schema
    private(set) var changes: [SchemaChange] = []
    private var seen: Set<[Int]>
    /// What is compared now, for the sentences.
    private var pointer = Pointer()
    private var label = ""

    init(old: Schema, new: Schema, seen: Set<[Int]> = []) {
        self.old = old
        self.new = new
        self.seen = seen
    }

    mutating func note(
        _ rule: String, _ verdict: SchemaChange.Verdict, _ sentence: String, witness: Value? = nil
    ) {
        changes.append(SchemaChange(pointer, rule, verdict, "\(label) \(sentence).", witness: witness))
    }

    mutating func compare(
        _ oldIndex: SchemaNode.Index, _ newIndex: SchemaNode.Index, at pointer: Pointer, label: String,
        isRequired: Bool
    ) {
        // Types that contain themselves are compared once.
        guard seen.insert([oldIndex, newIndex]).inserted else { return }
        defer { seen.remove([oldIndex, newIndex]) }
        let outer = (self.pointer, self.label)
        defer { (self.pointer, self.label) = outer }
        (self.pointer, self.label) = (pointer, label)
        let before = old.nodes[oldIndex]
        let after = new.nodes[newIndex]
        let hasSameType = compareTypes(before, after)
        compareDefaults(before.notes, after.notes, isRequired: isRequired)
        compareConditions(before.notes, after.notes, isRequired: isRequired)
        compareNotes(before.notes, after.notes)
        compareChoices(before, after)
        guard hasSameType else { return }
        compareEnumerations(before.enumeration?.values, after.enumeration?.values)
        compareNumbers(before.number ?? NumberRules(), after.number ?? NumberRules())
        compareTexts(before.text ?? TextRules(), after.text ?? TextRules())
        compareLists(before.list ?? ListRules(), after.list ?? ListRules())
        compareObjects(before.object ?? ObjectRules(), after.object ?? ObjectRules())
        compareMembers(oldIndex, newIndex)
    }

    // MARK: - Members

    private mutating func compareMembers(_ oldIndex: SchemaNode.Index, _ newIndex: SchemaNode.Index) {
        let (pointer, label) = (pointer, label)
        defer { (self.pointer, self.label) = (pointer, label) }
        let before = old.properties(of: oldIndex)
        let after = new.properties(of: newIndex)
        var matched: Set<Key> = []
        for property in after {
            let notes = new.nodes[property.node].notes
            let names = [property.name] + notes.formerNames
            let source = names.lazy.compactMap { name in
                before.first { Key($0.name) == Key(name) && (name == property.name || !Self.has($0.name, after)) }
            }.first
            self.pointer = pointer.appending(property.name)
            self.label = notes.title ?? property.name
            guard let source else {
                noteAdded(property, notes)
                continue
            }
            matched.insert(Key(source.name))
            if Key(source.name) != Key(property.name) {
                note("renamed", .safe, "takes over the answers that were given to \(source.name)")
            }
            if property.isRequired, !source.isRequired {
                let hasDefault = notes.defaultValue != nil
                note(
                    "required", hasDefault ? .safe : .breaking,
                    hasDefault ? "is required now, and has a default" : "is required now, and has no default")
            } else if source.isRequired, !property.isRequired {
                note("optional", .safe, "is no longer required")
            }
            compare(source.node, property.node, at: self.pointer, label: self.label, isRequired: property.isRequired)
        }
        for property in before where !matched.contains(Key(property.name)) {
            self.pointer = pointer.appending(property.name)
            self.label = old.nodes[property.node].notes.title ?? property.name
            note("removed", .breaking, "is no longer an input: answers that were given to it are lost")
        }
    }

    private static func has(_ name: String, _ properties: [ObjectRules.Property]) -> Bool {
        properties.contains { Key($0.name) == Key(name) }
    }

    private mutating func noteAdded(_ property: ObjectRules.Property, _ notes: Notes) {
        if let value = notes.defaultValue {
            let kind = property.isRequired ? "a new required input" : "a new input"
            note("added", .behaviour, "is \(kind), \(Wording.shown(value)) by default")
        } else if property.isRequired, let condition = notes.condition {
            let rule = "is a new input without a default, required if \(condition.text)"
            note("addedRequired", .undetermined, rule)
        } else if property.isRequired {
            note("addedRequired", .breaking, "is a new required input without a default")
        } else {
            note("added", .safe, "is a new optional input")
        }
    }

    // MARK: - The node itself

    /// Whether old values may be of the new type, so that further rules are worth a word.
    private mutating func compareTypes(_ before: SchemaNode, _ after: SchemaNode) -> Bool {
        if before.isNullable != after.isNullable, before.type == after.type {
            if after.isNullable {
                note("nullable", .safe, "may be null now")
            } else {
                note("notNullable", .breaking, "must not be null any more", witness: .null)
            }
        }
        switch (before.type, after.type) {
        case (let a, let b) where a == b: return true
        case (_?, nil): note("typeWidened", .safe, "may be of any type now")
        case (.integer?, .number?):
            note("typeWidened", .safe, "may have a fraction now")
            return true
        case (let a?, let b?):
            note("type", .breaking, "must be \(b.words) now, and was \(a.words)")
            return false
        case (nil, let b?):
            note("type", .breaking, "must be \(b.words) now, and could be anything")
            return false
        case (nil, nil): return true
        }
        return true
    }

    private mutating func compareDefaults(_ before: Notes, _ after: Notes, isRequired: Bool) {
        switch (before.defaultValue, after.defaultValue) {
        case (let a?, let b?) where a != b:
            note("default", .behaviour, "is \(Wording.shown(b)) by default now, and was \(Wording.shown(a))")
        case (let a?, nil):
            let rule = isRequired ? "must be given now" : "is left out where it is not given"
            note("defaultRemoved", .breaking, "\(rule): its default \(Wording.shown(a)) is gone")
        case (nil, let b?): note("defaultAdded", .behaviour, "is \(Wording.shown(b)) where it is not given")
        case (_?, _?), (nil, nil): break
        }
    }

    /// Whether an old answer still counts hangs on the answers beside it.
    private mutating func compareConditions(_ before: Notes, _ after: Notes, isRequired: Bool) {
        switch (before.condition, after.condition) {
        case (let a, let b) where a == b: break
        case (nil, let b?):
            note("condition", .undetermined, "is asked for only if \(b.text) now: other answers to it are not used")
        case (let a?, let b?):
            note("condition", .undetermined, "is asked for if \(b.text) now, and was if \(a.text)")
        case (let a?, nil):
            let asks = isRequired && after.defaultValue == nil
            note(
                "conditionRemoved", asks ? .breaking : .behaviour, "is always asked for now, and was only if \(a.text)")
        case (nil, nil): break
        }
    }

    private mutating func compareNotes(_ before: Notes, _ after: Notes) {
        if before.isSecret != after.isSecret {
            if after.isSecret {
                note("secret", .breaking, "takes the name of a secret now, and no value")
            } else {
                note("notSecret", .breaking, "is no longer a secret: a value stands in its place, and would be shown")
            }
        }
        if after.isReadOnly, !before.isReadOnly { note("readOnly", .breaking, "must not be given any more") }
        if before.isReadOnly, !after.isReadOnly { note("notReadOnly", .safe, "may be given now") }
        if after.isDeprecated, !before.isDeprecated { note("deprecated", .cosmetic, "is deprecated") }
        let words = [
            before.title != after.title, before.description != after.description, before.example != after.example,
            before.hint != after.hint, before.enumLabels != after.enumLabels, before.placeholder != after.placeholder,
        ]
        if words.contains(true) { note("words", .cosmetic, "is described in other words") }
        if before.order != after.order || before.group != after.group {
            note("order", .cosmetic, "stands in another place")
        }
    }

    /// Choices are only compared as wholes.
    private mutating func compareChoices(_ before: SchemaNode, _ after: SchemaNode) {
        let equality = SchemaEquality(old: old, new: new, seen: seen)
        if !equality.haveSameChoices(before, after) {
            note("choices", .undetermined, "has other alternatives; whether old answers fit can't be told by rule")
        }
    }

    mutating func compareNested(_ oldIndex: SchemaNode.Index, _ newIndex: SchemaNode.Index, _ what: String) {
        compare(oldIndex, newIndex, at: pointer.appending("-"), label: "\(label), \(what):", isRequired: true)
    }
}
