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
    private var slots: [String: Int] = [:]
    private var symbols = Symbols()

    /// What branches of an `if` see each on their own.
    private struct Symbols {
        var initials: [String: Initial?] = [:]
        /// In the order in which they were first set.
        var stores: [String] = []
    }

    init(layout: Layout, parent: Scope?) {
        self.layout = layout
        self.parent = parent
    }

    /// The slot of `name` in this scope or the nearest around it that knows it.
    func find(_ name: String, from level: Int? = nil) -> Initial.Place? {
        let level = level ?? layout.level
        if symbols.initials[name] != nil, let slot = slots[name] {
            return Initial.Place(hops: level - layout.level, slot: slot)
        }
        return parent?.find(name, from: level)
    }

    private func define(_ name: String, _ initial: Initial?) {
        if slots[name] == nil { slots[name] = layout.reserve() }
        symbols.initials[name] = .some(initial)
    }

    /// A name that is read; one that nobody around sets is fetched from the context when the function starts.
    func load(_ name: String) {
        guard find(name) == nil else { return }
        var top = self
        while let parent = top.parent, parent.layout === layout { top = parent }
        top.define(name, .context(Text(name)))
    }

    func store(_ name: String) {
        if !symbols.stores.contains(name) { symbols.stores.append(name) }
        guard symbols.initials[name] == nil else { return }
        define(name, parent?.find(name, from: layout.level).map { .copy($0) } ?? .nothing)
    }

    /// A name that is set before the scope starts, such as a loop's variable.
    @discardableResult
    func declare(_ name: String) -> Int {
        if !symbols.stores.contains(name) { symbols.stores.append(name) }
        define(name, nil)
        return slots[name] ?? 0
    }

    func slot(_ name: String) -> Int? { slots[name] }

    /// What happens on entry.
    var initials: [(slot: Int, initial: Initial)] {
        symbols.initials.compactMap { name, initial in
            guard let initial, let slot = slots[name] else { return nil }
            return (slot, initial)
        }.sorted { $0.slot < $1.slot }
    }

    /// Every name that was set here or around, for what is handed to an included template.
    var visible: [(name: Text, place: Initial.Place)] {
        var seen: Set<String> = []
        var found: [(name: Text, place: Initial.Place)] = []
        var scope: Scope? = self
        while let current = scope {
            for name in current.symbols.stores where seen.insert(name).inserted {
                if let place = find(name) { found.append((Text(name), place)) }
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
        var counts: [(name: String, count: Int)] = []
        for result in results {
            for name in result.stores where !original.stores.contains(name) {
                if let index = counts.firstIndex(where: { $0.name == name }) {
                    counts[index].count += 1
                } else {
                    counts.append((name, 1))
                }
            }
            symbols.initials.merge(result.initials) { $1 }
        }
        for (name, count) in counts {
            symbols.stores.append(name)
            guard count < results.count else { continue }
            let outer = parent?.find(name, from: layout.level)
            symbols.initials[name] = .some(outer.map { .copy($0) } ?? .context(Text(name)))
        }
    }
}
