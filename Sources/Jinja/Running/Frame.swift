/// The slots of one running function; the frames that its code can see stand above it.
///
/// Frames live in the arena: macros go on seeing them after the function ended.
struct Frame {
    let slots: UnsafeMutablePointer<Item>
    let parent: UnsafeMutablePointer<Frame>?
    let context: Unmanaged<Context>
    /// Where the values of the slots come from, when somebody follows the rendering.
    let origins: UnsafeMutablePointer<Origins.Origin>?
    /// The template that this one extends, once it said so; only in a template's own frame.
    var extended: Unmanaged<Unit>?

    typealias Reference = UnsafeMutablePointer<Frame>

    static func make(
        _ count: Int, parent: Reference?, _ context: Context, _ arena: Arena, isTraced: Bool
    ) -> Reference {
        let frame = arena.allocate(MemoryLayout<Frame>.stride).bindMemory(to: Frame.self, capacity: 1)
        let slots = arena.allocate(max(1, count), of: Item.self)
        slots.initialize(repeating: .missing, count: count)
        var origins: UnsafeMutablePointer<Origins.Origin>?
        if isTraced {
            origins = arena.allocate(max(1, count), of: Origins.Origin.self)
            origins?.initialize(repeating: 0, count: count)
        }
        frame.initialize(
            to: Frame(
                slots: slots, parent: parent, context: Unmanaged.passUnretained(context), origins: origins,
                extended: nil))
        return frame
    }
}

extension UnsafeMutablePointer<Frame> {
    var context: Context { pointee.context.takeUnretainedValue() }

    /// The slots of the frame `hops` functions up.
    @inline(__always)
    func slots(_ hops: Int) -> UnsafeMutablePointer<Item> {
        if hops == 0 { return pointee.slots }
        var frame = self
        for _ in 0..<hops { frame = frame.pointee.parent ?? frame }
        return frame.pointee.slots
    }

    /// The origins of the slots of that frame.
    func origins(_ hops: Int) -> UnsafeMutablePointer<Origins.Origin>? {
        var frame = self
        for _ in 0..<hops { frame = frame.pointee.parent ?? frame }
        return frame.pointee.origins
    }

    func read(_ place: Initial.Place) -> Item { slots(place.hops)[place.slot] }

    func enter(_ initials: [(slot: Int, initial: Initial)]) {
        let slots = pointee.slots
        for (slot, initial) in initials {
            switch initial {
            case .context(let name): slots[slot] = context[name] ?? .missing
            case .copy(let place): slots[slot] = read(place)
            case .nothing: slots[slot] = .missing
            }
        }
    }

    func values(_ visible: [(name: Text, place: Initial.Place)]) -> [(name: Text, value: Item)] {
        visible.map { ($0.name, read($0.place)) }
    }
}

/// The names that a template sees: what was given, and what it sets at its top level.
final class Context {
    let given: Mapping
    let own: Mapping
    /// The names that an import sees, in order.
    private(set) var exported: [Text] = []
    var blocks: [String: [(code: BlockCode, unit: Unit)]] = [:]

    init(_ given: Mapping) {
        self.given = given
        own = Mapping(capacity: 4)
    }

    subscript(name: Text) -> Item? {
        let hash = name.hash
        if own.count > 0, let position = own.position(of: name, hash: hash) { return own.value(at: position) }
        if let position = given.position(of: name, hash: hash) { return given.value(at: position) }
        return Globals.item(name)
    }

    /// Everything, the names in `locals` on top.
    func all(_ locals: [(name: Text, value: Item)] = []) -> Mapping {
        let all = given.copy()
        for (key, value) in zip(own.keys, own.values) {
            if case .text(let name) = key { all.set(name, value) }
        }
        for (name, value) in locals {
            if case .missing = value { continue }
            all.set(name, value)
        }
        return all
    }

    func export(_ name: Text, _ value: Item, isPublic: Bool = true) {
        own.set(name, value)
        if isPublic, name.bytes.first != UInt8(ascii: "_") {
            if !exported.contains(name) { exported.append(name) }
        } else {
            exported.removeAll { $0 == name }
        }
    }
}
