/// Where a frame's slot gets its first value from when its scope is entered.
enum Initial: Sendable {
    /// The context, by name.
    case context(Text)
    /// A slot of this frame or, `hops` functions up, of one around it.
    case copy(Place)
    case nothing

    struct Place: Sendable {
        let hops: Int
        let slot: Int
    }
}

/// Slots of a function (a template's root, a block, a macro), filled in while it is compiled.
final class Layout {
    /// Functions around it.
    let level: Int
    var count = 0

    init(level: Int) { self.level = level }

    func reserve() -> Int {
        count += 1
        return count - 1
    }
}

/// The names of one scope, bound to slots.
///
/// The rules are Jinja2's: a name that is set somewhere in a scope belongs to it from its start; it begins as the
/// name of the scope around, as the context's, or as nothing, by where it is read and set first.
final class Scope {
    let layout: Layout
    let parent: Scope?
    private var names: [Name] = []
    private var slots: [Int] = []
    /// Positions in `names` by their text.
    private var index: Mapping?
    private var symbols = Symbols()

    /// What branches of an `if` see each on their own.
    private struct Symbols {
        /// By the position of the name; `unknown` where the branch does not know it.
        var starts: [Start] = []
        /// In the order in which they were first set.
        var stores: [Int] = []
    }

    private enum Start {
        case unknown
        /// Set before the scope starts, such as a loop's variable.
        case declared
        case initial(Initial)

        var isKnown: Bool { if case .unknown = self { false } else { true } }
    }

    init(layout: Layout, parent: Scope?) {
        self.layout = layout
        self.parent = parent
    }

    // MARK: Names

    /// How many names are found by looking at each.
    private static let few = 8

    private func position(of name: Name) -> Int? {
        if let index {
            guard let found = index.position(of: name.text, hash: name.hash),
                case .int(let position) = index.value(at: found)
            else { return nil }
            return position
        }
        for position in names.indices where names[position].hash == name.hash && names[position].text == name.text {
            return position
        }
        return nil
    }

    private func add(_ name: Name) -> Int {
        if let position = position(of: name) { return position }
        names.append(name)
        slots.append(layout.reserve())
        let position = names.count - 1
        if let index {
            index.set(name.text, .int(position))
        } else if names.count > Scope.few {
            let index = Mapping(capacity: 32)
            for (position, name) in names.enumerated() { index.set(name.text, .int(position)) }
            self.index = index
        }
        return position
    }

    private func isKnown(_ position: Int) -> Bool {
        position < symbols.starts.count && symbols.starts[position].isKnown
    }

    private func define(_ name: Name, _ start: Start) {
        let position = add(name)
        while symbols.starts.count <= position { symbols.starts.append(.unknown) }
        symbols.starts[position] = start
    }

    /// The slot of `name` in this scope or the nearest around it that knows it.
    func find(_ name: Name) -> Initial.Place? {
        var scope: Scope? = self
        while let current = scope {
            if let position = current.position(of: name), current.isKnown(position) {
                return Initial.Place(hops: layout.level - current.layout.level, slot: current.slots[position])
            }
            scope = current.parent
        }
        return nil
    }

    private func outer(_ name: Name) -> Initial.Place? {
        guard let place = parent?.find(name), let parent else { return nil }
        return Initial.Place(hops: place.hops + layout.level - parent.layout.level, slot: place.slot)
    }

    /// A name that is read; one that nobody around sets is fetched from the context when the function starts.
    @discardableResult
    func load(_ name: Name) -> Initial.Place {
        if let place = find(name) { return place }
        var top = self
        while let parent = top.parent, parent.layout === layout { top = parent }
        top.define(name, .initial(.context(name.text)))
        return find(name) ?? Initial.Place(hops: 0, slot: 0)
    }

    @discardableResult
    func store(_ text: Text) -> Int {
        let name = Name(text)
        let position = add(name)
        if !symbols.stores.contains(position) { symbols.stores.append(position) }
        if !isKnown(position) { define(name, .initial(outer(name).map { .copy($0) } ?? .nothing)) }
        return slots[position]
    }

    /// A name that is set before the scope starts, such as a loop's variable.
    @discardableResult
    func declare(_ text: Text) -> Int {
        let name = Name(text)
        let position = add(name)
        if !symbols.stores.contains(position) { symbols.stores.append(position) }
        define(name, .declared)
        return slots[position]
    }

    func slot(_ text: Text) -> Int? { position(of: Name(text)).map { slots[$0] } }

    /// What happens on entry.
    var initials: [(slot: Int, initial: Initial)] {
        var initials: [(slot: Int, initial: Initial)] = []
        for (position, start) in symbols.starts.enumerated() {
            if case .initial(let initial) = start { initials.append((slots[position], initial)) }
        }
        return initials
    }

    /// Every name that was set here or around, for what is handed to an included template.
    var visible: [(name: Text, place: Initial.Place)] {
        var seen: Set<Text> = []
        var found: [(name: Text, place: Initial.Place)] = []
        var scope: Scope? = self
        while let current = scope {
            for position in current.symbols.stores where seen.insert(current.names[position].text).inserted {
                let name = current.names[position]
                if let place = find(name) { found.append((name.text, place)) }
            }
            scope = current.parent
        }
        return found
    }

    /// Reads branches of which one will run; a name that not all of them set starts as it is around the branches.
    func branches(_ bodies: [(Scope) -> Void]) {
        let original = symbols
        var results: [Symbols] = []
        for body in bodies {
            symbols = original
            body(self)
            results.append(symbols)
        }
        symbols = original
        var counts: [(position: Int, count: Int)] = []
        for result in results {
            // Those that were stored before stand first and stay as they are.
            for position in result.stores.dropFirst(original.stores.count) {
                if let index = counts.firstIndex(where: { $0.position == position }) {
                    counts[index].count += 1
                } else {
                    counts.append((position, 1))
                }
            }
            while symbols.starts.count < result.starts.count { symbols.starts.append(.unknown) }
            for (position, start) in result.starts.enumerated() where start.isKnown {
                symbols.starts[position] = start
            }
        }
        for (position, count) in counts {
            symbols.stores.append(position)
            guard count < results.count else { continue }
            let name = names[position]
            symbols.starts[position] = .initial(outer(name).map { .copy($0) } ?? .context(name.text))
        }
    }
}
