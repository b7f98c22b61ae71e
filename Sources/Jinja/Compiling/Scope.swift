/// Where a frame's slot gets its first value from when its scope is entered.
enum Initial: Sendable, BitwiseCopyable {
    /// The context, by name.
    case context(Text)
    /// A slot of this frame or, `hops` functions up, of one around it.
    case copy(Place)
    case nothing

    struct Place: Sendable, BitwiseCopyable {
        let hops: Int
        let slot: Int
    }
}

/// Slots of a function (a template's root, a block, a macro), filled in while it is compiled.
///
/// A reference, as scopes are; both are in the memory of the reading.
struct Layout: BitwiseCopyable {
    private struct State {
        let level: Int
        var count: Int
        let arena: Unmanaged<Arena>
    }

    private let state: UnsafeMutablePointer<State>

    init(level: Int, in arena: Arena) {
        state = arena.allocate(MemoryLayout<State>.stride).bindMemory(to: State.self, capacity: 1)
        state.initialize(to: State(level: level, count: 0, arena: Unmanaged.passUnretained(arena)))
    }

    /// Functions around it.
    var level: Int { state.pointee.level }
    var count: Int { state.pointee.count }
    var arena: Arena { state.pointee.arena.takeUnretainedValue() }

    func reserve() -> Int {
        state.pointee.count += 1
        return state.pointee.count - 1
    }

    static func === (left: Layout, right: Layout) -> Bool { left.state == right.state }
}

/// The names of one scope, bound to slots.
///
/// The rules are Jinja2's: a name that is set somewhere in a scope belongs to it from its start; it begins as the
/// name of the scope around, as the context's, or as nothing, by where it is read and set first.
struct Scope: BitwiseCopyable {
    private struct State {
        let layout: Layout
        let parent: Scope?
        var names: Row<Entry>
        /// Positions in `names` by their text.
        var index: Mapping?
        var symbols: Symbols
    }

    private struct Entry: BitwiseCopyable {
        let name: Name
        let slot: Int
    }

    /// What branches of an `if` see each on their own.
    private struct Symbols: BitwiseCopyable {
        /// By the position of the name; `unknown` where the branch does not know it.
        var starts: Row<Start>
        /// In the order in which they were first set.
        var stores: Row<Int>

        func copy() -> Symbols { Symbols(starts: starts.copy(), stores: stores.copy()) }
    }

    private enum Start: BitwiseCopyable {
        case unknown
        /// Set before the scope starts, such as a loop's variable.
        case declared
        case initial(Initial)

        var isKnown: Bool { if case .unknown = self { false } else { true } }
    }

    private let state: UnsafeMutablePointer<State>

    init(layout: Layout, parent: Scope?) {
        let arena = layout.arena
        state = arena.allocate(MemoryLayout<State>.stride).bindMemory(to: State.self, capacity: 1)
        state.initialize(
            to: State(
                layout: layout, parent: parent, names: Row(capacity: 8, in: arena), index: nil,
                symbols: Symbols(starts: Row(capacity: 8, in: arena), stores: Row(capacity: 4, in: arena))))
    }

    var layout: Layout { state.pointee.layout }
    private var parent: Scope? { state.pointee.parent }

    // MARK: Names

    /// How many names are found by looking at each.
    private static let few = 12

    @inline(__always)
    private func position(of name: Name) -> Int? {
        if let index = state.pointee.index {
            guard let found = index.position(of: name.text, hash: name.hash),
                case .int(let position) = index.value(at: found)
            else { return nil }
            return position
        }
        let names = state.pointee.names
        var position = 0
        while position < names.count {
            if names.start[position].name.hash == name.hash, names.start[position].name.text == name.text {
                return position
            }
            position += 1
        }
        return nil
    }

    private func slot(at position: Int) -> Int { state.pointee.names[position].slot }

    private func add(_ name: Name) -> Int {
        if let position = position(of: name) { return position }
        let position = state.pointee.names.count
        state.pointee.names.append(Entry(name: name, slot: layout.reserve()))
        if let index = state.pointee.index {
            index.set(name.text, .int(position))
        } else if position >= Scope.few {
            let index = Mapping(capacity: 32)
            for (position, entry) in state.pointee.names.items.enumerated() {
                index.set(entry.name.text, .int(position))
            }
            state.pointee.index = index
        }
        return position
    }

    @inline(__always)
    private func isKnown(_ position: Int) -> Bool {
        position < state.pointee.symbols.starts.count && state.pointee.symbols.starts[position].isKnown
    }

    private func define(_ name: Name, _ start: Start) { define(add(name), start) }

    private func define(_ position: Int, _ start: Start) {
        while state.pointee.symbols.starts.count <= position { state.pointee.symbols.starts.append(.unknown) }
        state.pointee.symbols.starts[position] = start
    }

    /// The slot of `name` in this scope or the nearest around it that knows it.
    func find(_ name: Name) -> Initial.Place? {
        var scope: Scope? = self
        while let current = scope {
            if let position = current.position(of: name), current.isKnown(position) {
                return Initial.Place(hops: layout.level - current.layout.level, slot: current.slot(at: position))
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
        note(store: position)
        if !isKnown(position) { define(position, .initial(outer(name).map { .copy($0) } ?? .nothing)) }
        return slot(at: position)
    }

    private func note(store position: Int) {
        if !state.pointee.symbols.stores.items.contains(position) { state.pointee.symbols.stores.append(position) }
    }

    /// A name that is set before the scope starts, such as a loop's variable.
    @discardableResult
    func declare(_ text: Text) -> Int {
        let position = add(Name(text))
        note(store: position)
        define(position, .declared)
        return slot(at: position)
    }

    func slot(_ text: Text) -> Int? { position(of: Name(text)).map { slot(at: $0) } }

    /// What happens on entry.
    var initials: [(slot: Int, initial: Initial)] {
        var initials: [(slot: Int, initial: Initial)] = []
        for (position, start) in state.pointee.symbols.starts.items.enumerated() {
            if case .initial(let initial) = start { initials.append((slot(at: position), initial)) }
        }
        return initials
    }

    /// Every name that was set here or around, for what is handed to an included template.
    var visible: [(name: Text, place: Initial.Place)] {
        var seen: Set<Text> = []
        var found: [(name: Text, place: Initial.Place)] = []
        var scope: Scope? = self
        while let current = scope {
            for position in current.state.pointee.symbols.stores.items {
                let name = current.state.pointee.names[position].name
                guard seen.insert(name.text).inserted, let place = find(name) else { continue }
                found.append((name.text, place))
            }
            scope = current.parent
        }
        return found
    }

    /// Reads branches of which one will run; a name that not all of them set starts as it is around the branches.
    func branches(_ bodies: [(Scope) -> Void]) {
        let original = state.pointee.symbols
        var results: [Symbols] = []
        for body in bodies {
            state.pointee.symbols = original.copy()
            body(self)
            results.append(state.pointee.symbols)
        }
        state.pointee.symbols = original
        var counts: [(position: Int, count: Int)] = []
        for result in results {
            // Those that were stored before stand first and stay as they are.
            for position in result.stores.items.dropFirst(original.stores.count) {
                if let index = counts.firstIndex(where: { $0.position == position }) {
                    counts[index].count += 1
                } else {
                    counts.append((position, 1))
                }
            }
            for (position, start) in result.starts.items.enumerated() where start.isKnown { define(position, start) }
        }
        for (position, count) in counts {
            note(store: position)
            guard count < results.count else { continue }
            let name = state.pointee.names[position].name
            define(position, .initial(outer(name).map { .copy($0) } ?? .context(name.text)))
        }
    }
}
