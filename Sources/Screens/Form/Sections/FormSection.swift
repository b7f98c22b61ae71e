import Catalog
package import Documents
package import Schemas

extension FormModel {
    /// A part of a form with a name: its fields in the order in which they are asked for.
    package struct Section: Sendable {
        package var kind: Kind
        package var name: String
        /// Each with a schema of its own; an instance has its head and its inputs.
        package var parts: [Part]
        /// A tree, each entry before what stands in it.
        package var entries: [Entry] {
            didSet { outline = nil }
        }
        /// What is known of the tree's shape, once somebody asked.
        private var outline: Outline?
        /// The version that the instance has; `nil` where it is new.
        var version: VersionNumber?
        /// Whether the instance is there already: its name and place stay.
        package var isExisting = false
        /// Whether what is rarely looked at is hidden: answers that were carried over, deprecated fields.
        package var isFolded = true
        /// What became of answers that have no field any more.
        package var remarks: [String] = []

        init(kind: Kind, name: String, parts: [Part], entries: [Entry]) {
            self.kind = kind
            self.name = name
            self.parts = parts
            self.entries = entries
        }
    }

    package struct Part: Sendable {
        package var schema: Schema
        /// What was given before; members without a field stay as they are.
        package var base: Value = .object(Object())
    }
}

// MARK: - Values

extension FormModel.Section {
    /// The answers of one part, without defaults and without what is not asked for.
    package func value(part: Int) -> Value { parts[part].schema.visible(typed(part: part)).value }

    /// Everything that was typed: what is not asked for just now is kept until it is again.
    private func typed(part: Int) -> Value {
        composed(entries.indices, over: parts[part].base, from: 0) { $0.part == part }
    }

    /// With the defaults of its schema.
    package func filled(part: Int) -> Value { parts[part].schema.filled(value(part: part)) }

    /// Takes values from outside; what is not given has its default again.
    mutating func take(_ value: Value, part: Int) {
        parts[part].base = value
        let layout = layout(part)
        var new: [FormModel.Entry] = []
        for index in roots {
            var entry = entries[index]
            guard entry.part == part else {
                new += entries[index..<end(of: index)]
                continue
            }
            let given = entry.given(in: value, from: 0)
            entry.take(given)
            new += layout.whole(entry, given)
        }
        entries = new
    }

    /// Takes one value from outside for an entry and all that stands in it.
    mutating func take(_ value: Value?, at index: Int) {
        var entry = entries[index]
        entry.take(value)
        entries.replaceSubrange(index..<end(of: index), with: layout(entry.part).whole(entry, value))
    }

    func layout(_ part: Int) -> FormLayout { FormLayout(part: part, schema: parts[part].schema) }

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

    /// Finds out which entries are asked for as the answers stand.
    mutating func ask() {
        for part in parts.indices {
            let visible = parts[part].schema.visible(typed(part: part))
            for index in entries.indices where entries[index].part == part {
                let isAsked = !visible.hides(entries[index].field.pointer)
                if entries[index].isAsked != isAsked { entries[index].isAsked = isAsked }
            }
        }
        outline = Outline(self)
    }

    /// How many entries are hidden because they are rarely looked at.
    package var foldedCount: Int {
        isFolded ? roots.count { entries[$0].aside != nil && entries[$0].isAsked } : 0
    }

    var shape: Outline { outline ?? Outline(self) }

    func isHidden(_ entry: Int) -> Bool { !shape.isShown[entry] }
}

// MARK: - The tree

/// One page of fields: a section itself, a row of a table, or an object that has a page of its own.
package struct FormPlace: Hashable, Sendable {
    /// The entry that opens the page; `nil` for the section itself.
    package var owner: Int?
    /// The row.
    package var slot: Int
}

/// Which entries stand in which, on which page, and are shown.
struct Outline: Sendable {
    var parents: [Int?] = []
    var places: [FormPlace] = []
    var isShown: [Bool] = []

    init(_ section: FormModel.Section) {
        let entries = section.entries
        var open: [Int] = []
        parents.reserveCapacity(entries.count)
        for (index, entry) in entries.enumerated() {
            open.removeLast(max(0, open.count - entry.depth))
            var place = FormPlace(owner: nil, slot: 0)
            var isShown = entry.isAsked && !(section.isFolded && entry.aside != nil)
            if let parent = open.last {
                let opensPage = entries[parent].role != .branch
                place = opensPage ? FormPlace(owner: parent, slot: entry.slot) : places[parent]
                isShown = isShown && self.isShown[parent] && entries[parent].widget.shows(slot: entry.slot)
            }
            parents.append(open.last)
            places.append(place)
            self.isShown.append(isShown)
            open.append(index)
        }
    }
}

extension FormModel.Section {
    /// Where what stands in an entry ends.
    func end(of index: Int) -> Int {
        var end = index + 1
        while end < entries.count, entries[end].depth > entries[index].depth { end += 1 }
        return end
    }

    func kids(of index: Int) -> Range<Int> { index + 1..<end(of: index) }

    /// Entries that stand in no other.
    var roots: [Int] { entries.indices.filter { entries[$0].depth == 0 } }

    /// Entries right below each other in a range, the first of them setting the depth.
    func siblings(in range: Range<Int>) -> [Int] {
        guard let depth = range.first.map({ entries[$0].depth }) else { return [] }
        return range.filter { entries[$0].depth == depth }
    }

    /// What stands in each row of a table, or each branch of a choice.
    func slots(of index: Int) -> [Range<Int>] {
        let count = entries[index].widget.slotCount
        var slots: [Range<Int>] = []
        let kids = kids(of: index)
        var start = kids.lowerBound
        for slot in 0..<count {
            var end = start
            while end < kids.upperBound, entries[end].slot == slot || entries[end].depth > entries[index].depth + 1 {
                end += 1
            }
            slots.append(start..<end)
            start = end
        }
        return slots
    }

    /// The entries around one, from the outermost.
    func ancestors(of index: Int) -> [Int] {
        var found: [Int] = []
        var depth = entries[index].depth
        var place = index
        while depth > 0, place > 0 {
            place -= 1
            if entries[place].depth < depth {
                depth = entries[place].depth
                found.append(place)
            }
        }
        return found.reversed()
    }
}
