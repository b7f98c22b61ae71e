import Documents
import Schemas
package import Terminal

/// Moving between fields.
extension FormModel {
    package mutating func move(to spot: Spot) {
        if spot != focus { self[focus].wasLeft = true }
        focus = spot
    }

    package mutating func step(_ count: Int) {
        let spots = spots
        guard let index = spots.firstIndex(where: { $0 >= focus }) else { return }
        move(to: spots[min(max(0, index + count), spots.count - 1)])
    }

    package mutating func stepSection(_ count: Int) {
        let section = min(max(0, focus.section + count), sections.count - 1)
        guard let spot = spots.first(where: { $0.section >= section }) else { return }
        move(to: spot)
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
        wasSubmitted = true
        check()
        guard let first = faults.keys.min() else { return true }
        move(to: first)
        return false
    }
}

/// Changing answers.
extension FormModel {
    /// Takes a key for the focused field; `false` where it means nothing there.
    package mutating func type(_ key: KeyEvent) -> Bool {
        let isTaken = self[focus].type(key)
        if isTaken { check() }
        return isTaken
    }

    package mutating func paste(_ text: String) {
        guard self[focus].options == nil else { return }
        if !self[focus].isSet { self[focus].input = LineInput() }
        _ = self[focus].input.paste(text)
        self[focus].isSet = true
        check()
    }

    /// Back to the default, or to nothing.
    package mutating func reset() {
        self[focus].take(nil)
        check()
    }

    package mutating func unfold() {
        for index in sections.indices where sections[index].entries.contains(where: \.isCarried) {
            sections[index].isFolded.toggle()
        }
        if !spots.contains(focus), let first = spots.first { focus = first }
    }
}

extension FormModel.Entry {
    mutating func type(_ key: KeyEvent) -> Bool {
        if let options { return choose(key, options.map(\.text), options.map(\.label)) }
        if !isSet {
            // Letters replace the default; keys that edit take it over first.
            if key.typed == nil { input = LineInput(shownText) } else { input = LineInput() }
        }
        let wasSet = isSet
        switch input.handle(key) {
        case .ignored:
            if !wasSet { input = LineInput() }
            return false
        case .moved: isSet = isSet || !input.isEmpty
        case .changed, .pasted: isSet = true
        }
        if input.isEmpty && !field.acceptsEmptyText { isSet = false }
        return true
    }

    private mutating func choose(_ key: KeyEvent, _ texts: [String], _ labels: [String]) -> Bool {
        guard !texts.isEmpty else { return false }
        let now = texts.firstIndex(of: shownText)
        switch key {
        case "Left": select(texts[((now ?? 0) - 1 + texts.count) % texts.count])
        case "Right", "Space": select(texts[now.map { ($0 + 1) % texts.count } ?? 0])
        default:
            guard let typed = key.typed else { return false }
            let letter = typed.lowercased()
            let order = texts.indices.map { ($0 + (now ?? -1) + 1) % texts.count }
            let found = order.first {
                labels[$0].lowercased().hasPrefix(letter) || texts[$0].lowercased().hasPrefix(letter)
            }
            guard let found else { return false }
            select(texts[found])
        }
        return true
    }

    private mutating func select(_ text: String) {
        input = LineInput(text)
        isSet = true
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
            copy.take(source.value(part: 1), part: 1)
            copy.take(["environment": .string(source.head("environment"))], part: 0)
        }
        // Behind the last instance, so that the order of those before stays.
        let end = (sections.lastIndex { $0.kind == .instance } ?? place) + 1
        self[focus].wasLeft = true
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
            for entry in instance.entries where !labels.contains(where: { $0.pointer == entry.field.pointer }) {
                labels.append((entry.field.pointer, entry.field.label))
            }
        }
        return labels.map { pointer, label in
            let values = instances.map { instance -> String in
                guard let entry = instance.entries.first(where: { $0.field.pointer == pointer }) else { return "" }
                if entry.field.isSecret { return "secret" }
                return entry.options?.first { $0.text == entry.shownText }?.label ?? entry.shownText
            }
            return (label, values, Set(values).count > 1)
        }
    }
}
