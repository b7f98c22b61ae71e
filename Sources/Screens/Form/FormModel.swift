import Catalog
package import Documents
package import Schemas

/// The answers to one order's questions: sections of fields, checked as a whole on every change.
///
/// A pure value: screens draw it, line prompts ask it.
package struct FormModel: Sendable {
    package var purpose: FormPurpose
    package var sections: [Section]
    package var focus = Spot(section: 0, entry: 0)
    /// Whether somebody asked for the review: from then on every fault shows.
    package var wasSubmitted = false
    /// What a new instance is asked for.
    var blankInstance: Section?
    /// Answers for another version, as the form's version takes them: what copying an older instance needs.
    var carry: (@Sendable (Value, VersionNumber) -> Value)?
    /// Instances that were there when the form was opened.
    var existing: [String] = []
    package private(set) var faults: [Spot: [Finding]] = [:]

    /// Where one field stands.
    package struct Spot: Hashable, Sendable, Comparable {
        package var section: Int
        package var entry: Int

        package init(section: Int, entry: Int) {
            self.section = section
            self.entry = entry
        }

        package static func < (left: Spot, right: Spot) -> Bool {
            (left.section, left.entry) < (right.section, right.entry)
        }
    }

    package enum Kind: String, Hashable, Sendable {
        case head, inputs, instance, pipeline
    }

    package struct Section: Sendable {
        package var kind: Kind
        package var name: String
        /// Each with a schema of its own; an instance has its head and its inputs.
        package var parts: [Part]
        package var entries: [Entry]
        /// The version that the instance has; `nil` where it is new.
        var version: VersionNumber?
        /// Whether the instance is there already: its name and place stay.
        package var isExisting = false
        /// Whether answers that were carried over are hidden.
        package var isFolded = false
        /// What became of answers that have no field any more.
        package var remarks: [String] = []
    }

    package struct Part: Sendable {
        package var schema: Schema
        /// What was given before; members without a field stay as they are.
        package var base: Value = .object(Object())
    }

    package init(_ purpose: FormPurpose, sections: [Section]) {
        self.purpose = purpose
        self.sections = sections
        focus = spots.first ?? focus
        check()
    }
}

// MARK: - Values

extension FormModel.Section {
    /// The answers of one part, without defaults and without what is not asked for.
    package func value(part: Int) -> Value { parts[part].schema.visible(typed(part: part)).value }

    /// Everything that was typed: what is not asked for just now is kept until it is again.
    private func typed(part: Int) -> Value {
        var value = parts[part].base
        for entry in entries where entry.part == part {
            if let answer = entry.answer {
                value = value.setting(entry.field.pointer, to: answer) ?? value
            } else {
                value = value.removing(entry.field.pointer) ?? value
            }
        }
        return value
    }

    /// With the defaults of its schema.
    package func filled(part: Int) -> Value { parts[part].schema.filled(value(part: part)) }

    mutating func take(_ value: Value, part: Int) {
        parts[part].base = value
        for index in entries.indices where entries[index].part == part {
            entries[index].take(value[entries[index].field.pointer])
        }
    }

    /// A text answer of its head, with the default.
    package func head(_ name: String) -> String {
        filled(part: 0)[name]?.string ?? ""
    }

    package var inputsPart: Int { kind == .instance ? 1 : 0 }

    package var title: String {
        guard kind == .instance else { return name }
        let name = head("name")
        return name.isEmpty ? "new instance" : name
    }

    func isHidden(_ entry: Int) -> Bool { !entries[entry].isAsked || isFolded && entries[entry].isCarried }

    /// Finds out which entries are asked for as the answers stand.
    fileprivate mutating func ask() {
        for part in parts.indices {
            let visible = parts[part].schema.visible(typed(part: part))
            for index in entries.indices where entries[index].part == part {
                entries[index].isAsked = !visible.hides(entries[index].field.pointer)
            }
        }
    }

    package var foldedCount: Int { isFolded ? entries.count { $0.isCarried } : 0 }
}

// MARK: - Checking

extension FormModel {
    /// Checks everything; quick enough for every key.
    mutating func check() {
        faults = [:]
        for index in sections.indices { sections[index].ask() }
        for (index, section) in sections.enumerated() {
            for (entry, found) in section.entries.map(\.ownFaults).enumerated()
            where !found.isEmpty && section.entries[entry].isAsked {
                faults[Spot(section: index, entry: entry)] = found
            }
            for part in section.parts.indices {
                for finding in section.parts[part].schema.validate(section.filled(part: part)) {
                    add(finding, section: index, part: part)
                }
            }
        }
        for (spot, finding) in repeats { faults[spot, default: []].append(finding) }
        for spot in faults.keys where sections[spot.section].isHidden(spot.entry) {
            sections[spot.section].entries[spot.entry].isCarried = false
        }
        guard sections.indices.contains(focus.section), sections[focus.section].entries.indices.contains(focus.entry),
            !self[focus].isAsked
        else { return }
        focus = spots.last { $0 < focus } ?? spots.first ?? focus
    }

    private mutating func add(_ finding: Finding, section: Int, part: Int) {
        guard finding.severity == .error else { return }
        let steps = (finding.focus ?? finding.pointer ?? Pointer()).steps
        let entries = sections[section].entries
        let own = entries.firstIndex { $0.part == part && steps.starts(with: $0.field.pointer.steps) }
        let near = entries.firstIndex { $0.part == part && $0.field.pointer.steps.starts(with: steps) }
        guard let entry = own ?? near ?? entries.firstIndex(where: { $0.part == part }) else { return }
        // What can't be read as a value is one fault, not the many that follow from it.
        if !entries[entry].ownFaults.isEmpty { return }
        faults[Spot(section: section, entry: entry), default: []].append(finding)
    }

    package var isComplete: Bool { faults.isEmpty }

    /// The faults that a person sees: of fields that were left, and all once the review was asked for.
    ///
    /// A name that stands twice in a map shows at once: more typing does not mend it.
    package func shownFaults(at spot: Spot) -> [Finding] {
        let found = faults[spot] ?? []
        return wasSubmitted || self[spot].wasLeft ? found : found.filter { $0.code == "form.repeatedKey" }
    }

    package subscript(spot: Spot) -> Entry {
        get { sections[spot.section].entries[spot.entry] }
        set { sections[spot.section].entries[spot.entry] = newValue }
    }

    /// Fields that wait for an answer, and answers that are wrong.
    package func counts(section: Int? = nil) -> (toFill: Int, wrong: Int) {
        let spots = faults.keys.filter { section == nil || $0.section == section }
        let wrong = spots.count { self[$0].isSet }
        return (spots.count - wrong, wrong)
    }

    /// All fields that can have the focus, in order.
    package var spots: [Spot] {
        sections.indices.flatMap { section in
            sections[section].entries.indices.compactMap { entry in
                let isFixed = sections[section].entries[entry].isFixed
                return isFixed || sections[section].isHidden(entry) ? nil : Spot(section: section, entry: entry)
            }
        }
    }
}
