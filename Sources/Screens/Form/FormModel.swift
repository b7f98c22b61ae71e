import Catalog
package import Documents
import Schemas
import Terminal

/// The answers to one order's questions: sections of fields, checked as a whole on every change.
///
/// A pure value: screens draw it, line prompts ask it.
package struct FormModel: Sendable {
    package var purpose: FormPurpose
    package var sections: [Section]
    package var focus = Spot(section: 0, entry: 0)
    /// What a new instance is asked for.
    var blankInstance: Section?
    /// Answers for another version, as the form's version takes them: what copying an older instance needs.
    var carry: (@Sendable (Value, VersionNumber) -> Value)?
    /// Instances that were there when the form was opened.
    var existing: [String] = []
    package internal(set) var faults: [Spot: [Finding]] = [:]

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

    package init(_ purpose: FormPurpose, sections: [Section]) {
        self.purpose = purpose
        self.sections = sections
        check()
        focus = spots.first ?? focus
    }

    package subscript(spot: Spot) -> Entry {
        get { sections[spot.section].entries[spot.entry] }
        set { sections[spot.section].entries[spot.entry] = newValue }
    }
}

// MARK: - Places

extension FormModel {
    /// The page that the focus is on.
    package var place: FormPlace {
        let places = sections[focus.section].shape.places
        return places.indices.contains(focus.entry) ? places[focus.entry] : FormPlace(owner: nil, slot: 0)
    }

    /// All fields that can have the focus on the page that is open, in order; of the sections themselves all.
    package var spots: [Spot] {
        let place = place
        return allSpots.filter { spot in
            let own = sections[spot.section].shape.places[spot.entry]
            return own == place && (place.owner == nil || spot.section == focus.section)
        }
    }

    /// The same on every page.
    var allSpots: [Spot] {
        sections.indices.flatMap { section in
            let shape = sections[section].shape
            return sections[section].entries.indices.compactMap { entry in
                let spot = Spot(section: section, entry: entry)
                // What is only shown can be reached where it stands in the way.
                let isStill = sections[section].entries[entry].isFixed && faults[spot] == nil
                return isStill || !shape.isShown[entry] ? nil : spot
            }
        }
    }

    /// Opens the page behind the focused field: of the row with the cursor, or of the object.
    ///
    /// - Returns: `false` where it has none, or nothing can be filled there.
    package mutating func open() -> Bool {
        let entry = self[focus]
        var slot = 0
        switch (entry.role, entry.widget) {
        case (.table, .table(let table)):
            if table.isAtEnd, !sections[focus.section].type("+", at: focus.entry) { return false }
            slot = table.row
        case (.table, .none):
            guard sections[focus.section].type("+", at: focus.entry) else { return false }
        case (.page, .none): sections[focus.section].give(.object(Object()), at: focus.entry)
        case (.page, .page): break
        case (_, _): return false
        }
        check()
        return enter(FormPlace(owner: focus.entry, slot: slot))
    }

    private mutating func enter(_ place: FormPlace) -> Bool {
        let shape = sections[focus.section].shape
        let inside = allSpots.first { $0.section == focus.section && shape.places[$0.entry] == place }
        guard let inside else { return false }
        move(to: inside)
        return true
    }

    /// Goes back to the field that the open page belongs to; `false` on no such page.
    package mutating func up() -> Bool {
        let place = place
        guard let owner = place.owner else { return false }
        move(to: Spot(section: focus.section, entry: owner))
        if case .table(var table) = self[focus].widget {
            table.row = place.slot
            self[focus].widget = .table(table)
            check()
        }
        return true
    }

    /// What leads to the page that is open: the section, then fields and rows.
    package var trail: [String] {
        let section = sections[focus.section]
        let shape = section.shape
        var words: [String] = []
        var place = place
        while let owner = place.owner {
            if section.entries[owner].role == .table { words.append(section.title(ofRow: place.slot, in: owner)) }
            words.append(section.entries[owner].field.label)
            place = shape.places[owner]
        }
        return words.isEmpty ? [] : [section.title] + words.reversed()
    }
}
