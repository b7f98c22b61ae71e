package import Documents
import Schemas
package import Terminal

/// Moving between fields.
extension FormModel {
    package mutating func move(to spot: Spot) {
        if spot != focus { leaveField() }
        focus = spot
    }

    /// What was typed into the focused field is finished: it is put in order, and its faults show.
    package mutating func leaveField() {
        self[focus].wasLeft = true
        self[focus].settle()
        check()
    }

    /// Shows a secret as it is, or hides it again; `false` where the focused field has none.
    package mutating func reveal() -> Bool {
        guard self[focus].field.isSecret, self[focus].isSet else { return false }
        self[focus].isRevealed.toggle()
        check()
        return true
    }

    /// Typing has paused: what is wrong with an answer shows without the field being left. Where nothing was answered
    /// yet, as in a new row, nothing is wrong yet.
    package mutating func pause() {
        if self[focus].isAnswered { self[focus].wasLeft = true }
        check()
    }

    /// Moves through the fields of the page that is open; past its ends back to the field that it belongs to.
    package mutating func step(_ count: Int) {
        let spots = spots
        guard let index = spots.firstIndex(where: { $0 >= focus }) else { return }
        if !spots.indices.contains(index + count), abs(count) == 1, up() { return }
        move(to: spots[min(max(0, index + count), spots.count - 1)])
    }

    package mutating func stepSection(_ count: Int) {
        let section = min(max(0, focus.section + count), sections.count - 1)
        let first = allSpots.first { spot in
            spot.section >= section && sections[spot.section].shape.places[spot.entry].owner == nil
        }
        guard let first else { return }
        move(to: first)
    }

    /// Goes to the next fault that shows or would stop the review; round and round.
    package mutating func stepFault(forward: Bool) -> Bool {
        let places = faults.keys.sorted()
        let next = forward ? places.first { $0 > focus } : places.last { $0 < focus }
        guard let spot = next ?? (forward ? places.first : places.last) else { return false }
        move(to: spot)
        self[spot].wasLeft = true
        return true
    }

    /// Asks for the review: `false` where faults stand in the way; the first has the focus then.
    package mutating func submit() -> Bool {
        for section in sections.indices {
            for entry in sections[section].entries.indices { sections[section].entries[entry].wasLeft = true }
        }
        leaveField()
        guard let first = faults.keys.min() else { return true }
        move(to: first)
        return false
    }
}

/// Changing answers.
extension FormModel {
    /// Takes a key for the focused field; `false` where it means nothing there.
    package mutating func type(_ key: KeyEvent) -> Bool {
        let isTaken = sections[focus.section].type(key, at: focus.entry)
        if isTaken { check() }
        return isTaken
    }

    /// Takes pasted text; `false` where the focused field takes none.
    package mutating func paste(_ text: String) -> Bool {
        let isTaken = sections[focus.section].paste(text, at: focus.entry)
        if isTaken { check() }
        return isTaken
    }

    /// Gives a value to the focused field; with `nil` back to the default, or to nothing.
    package mutating func give(_ value: Value?) {
        sections[focus.section].give(value, at: focus.entry)
        check()
    }

    /// Chooses a branch of the focused choice.
    package mutating func choose(branch: Int) {
        sections[focus.section].choose(branch, at: focus.entry)
        check()
    }

    /// Says that the focused field has no value; `false` where it must have one.
    package mutating func giveNone() -> Bool {
        guard self[focus].field.isNullable else { return false }
        give(.null)
        return true
    }

    /// Whether something is hidden, or was, because it is rarely looked at.
    package var hasAside: Bool {
        sections.contains { section in section.roots.contains { section.entries[$0].aside != nil } }
    }

    package mutating func unfold() {
        let isFolded = sections.contains { $0.foldedCount > 0 }
        for index in sections.indices { sections[index].isFolded = !isFolded }
        check()
        if !spots.contains(focus), let first = spots.first { focus = first }
    }
}

/// Instances of a service.
extension FormModel {
    package var instances: [Section] { sections.filter { $0.kind == .instance } }
    package var canAddInstance: Bool { blankInstance != nil && instances.count < 20 }

    /// Adds an instance with the answers of the focused one, else of the last; its name has to be given.
    package mutating func addInstance() {
        guard canAddInstance, let blank = blankInstance else { return }
        let isOnInstance = sections[focus.section].kind == .instance
        let place =
            isOnInstance ? focus.section : sections.lastIndex { $0.kind == .instance } ?? sections.count - 1
        var copy = blank
        if sections[place].kind == .instance {
            let source = sections[place]
            let answers = source.value(part: 1)
            let older = source.version.flatMap { $0 == purpose.number ? nil : $0 }
            copy.take(older.flatMap { carry?(answers, $0) } ?? answers, part: 1)
            for index in copy.entries.indices.reversed() where copy.entries[index].field.isUnique {
                copy.take(nil, at: index)
            }
            let environment = source.head("environment")
            if !environment.isEmpty { copy.take(["environment": .string(environment)], part: 0) }
        }
        // Behind the last instance, so that the order of those before stays.
        let end = (sections.lastIndex { $0.kind == .instance } ?? place) + 1
        leaveField()
        sections.insert(copy, at: end)
        focus = Spot(section: end, entry: 0)
        check()
    }

    package var canRemoveInstance: Bool { sections[focus.section].kind == .instance && instances.count > 1 }

    package mutating func removeInstance() {
        guard canRemoveInstance else { return }
        sections.remove(at: focus.section)
        focus = Spot(section: max(0, focus.section - 1), entry: 0)
        focus = spots.first { $0 >= focus } ?? spots.last ?? focus
        check()
    }

    /// Instances that were there and are no longer wanted: leaving them out destroys them.
    package var removed: [String] {
        let names = Set(instances.filter(\.isExisting).map { $0.head("name") })
        return existing.filter { !names.contains($0) }
    }

    /// Each input beside itself in all instances, defaults filled in.
    package var comparison: [(label: String, values: [String], differs: Bool)] {
        var labels: [(pointer: Pointer, label: String)] = []
        for instance in instances {
            for entry in instance.roots.map({ instance.entries[$0] })
            where !labels.contains(where: { $0.pointer == entry.field.pointer }) {
                labels.append((entry.field.pointer, entry.field.label))
            }
        }
        return labels.map { pointer, label in
            let values = instances.map { instance -> String in
                let index = instance.roots.first { instance.entries[$0].field.pointer == pointer }
                guard let index else { return "" }
                return instance.entries[index].field.isSecret ? "secret" : instance.shownText(at: index)
            }
            return (label, values, Set(values).count > 1)
        }
    }
}
