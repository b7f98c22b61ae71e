/// Where values come from: places in the context, and sets of them.
///
/// An origin is a number: 0 for nothing of the context, above it a place, below it a set of places.
struct Origins {
    typealias Origin = Int32

    private struct Node: BitwiseCopyable {
        enum Step: BitwiseCopyable {
            case name(Name)
            case index(Int)
            /// All members of a mapping, as keys with values.
            case pairs
        }

        let parent: Origin
        let step: Step
        /// The children by name, in a row; 0 ends it.
        var firstChild: Origin = 0
        var nextSibling: Origin = 0
        var childCount: Int32 = 0
        /// The children by index: 0 is none yet.
        var itemCount: Int32 = 0
        var items: UnsafeMutablePointer<Origin>?
        /// Whether it was looked at, not only handed on.
        var isUsed = false
    }

    private struct Link: Hashable {
        let parent: Origin
        let name: Text?
    }

    private struct Pair: Hashable {
        let first: Origin
        let second: Origin
    }

    private let arena: Arena
    /// Of places; the first is the context itself.
    private var nodes: Row<Node>
    /// Of places with many children, which are not looked through one by one.
    private var children: [Link: Origin] = [:]
    private static let few = 12
    /// Of sets, from -1 down: their places in order.
    private var sets: [[Origin]] = []
    private var usedSets: Set<Origin> = []
    private var unions: [Pair: Origin] = [:]
    /// The set that was made of two origins last.
    private var lastUnion: (pair: Pair, union: Origin) = (Pair(first: 0, second: 0), 0)

    init(in arena: Arena) {
        self.arena = arena
        nodes = Row(capacity: 256, in: arena)
        nodes.append(Node(parent: 0, step: .index(0)))
    }

    /// A name of the context.
    mutating func root(_ name: Text) -> Origin { child(of: 0, Name(name)) }

    /// A member of what is at a place; of a set nothing more is known than the set.
    @inline(__always)
    mutating func member(of origin: Origin, _ name: Name) -> Origin { origin > 0 ? child(of: origin, name) : origin }

    mutating func member(of origin: Origin, _ name: Text) -> Origin { member(of: origin, Name(name)) }

    /// An item of what is at a place.
    @inline(__always)
    mutating func item(of origin: Origin, _ index: Int) -> Origin {
        guard origin > 0 else { return origin }
        let node = nodes.start + Int(origin)
        if index >= 0, index < node.pointee.itemCount, let item = node.pointee.items?[index], item != 0 { return item }
        return newItem(of: origin, index)
    }

    private mutating func newItem(of origin: Origin, _ index: Int) -> Origin {
        guard index >= 0, index < 1 << 20 else { return origin }
        let child = add(Node(parent: origin, step: .index(index)))
        let node = nodes.start + Int(origin)
        let count = Int(node.pointee.itemCount)
        if index >= count {
            let more = max(8, index + 1, count * 2)
            let items = arena.allocate(more, of: Origin.self)
            items.initialize(repeating: 0, count: more)
            if let old = node.pointee.items { items.update(from: old, count: count) }
            node.pointee.items = items
            node.pointee.itemCount = Int32(more)
        }
        node.pointee.items?[index] = child
        return child
    }

    /// All members of the mapping at a place.
    mutating func pairs(of origin: Origin) -> Origin {
        let link = Link(parent: origin, name: nil)
        if let child = children[link] { return child }
        let child = add(Node(parent: origin, step: .pairs))
        children[link] = child
        return child
    }

    /// The mapping whose members a place stands for.
    func owner(ofPairs origin: Origin) -> Origin? {
        guard origin > 0, case .pairs = nodes[Int(origin)].step else { return nil }
        return nodes[Int(origin)].parent
    }

    private mutating func add(_ node: Node) -> Origin {
        nodes.append(node)
        return Origin(nodes.count - 1)
    }

    private mutating func child(of parent: Origin, _ name: Name) -> Origin {
        var child = nodes.start[Int(parent)].firstChild
        while child != 0 {
            let node = nodes.start + Int(child)
            if case .name(let other) = node.pointee.step, other.hash == name.hash, other.text == name.text {
                return child
            }
            child = node.pointee.nextSibling
        }
        let isCrowded = nodes.start[Int(parent)].childCount >= Origins.few
        let link = Link(parent: parent, name: name.text)
        if isCrowded, let child = children[link] { return child }
        child = add(Node(parent: parent, step: .name(name)))
        if isCrowded {
            children[link] = child
        } else {
            let node = nodes.start + Int(parent)
            nodes.start[Int(child)].nextSibling = node.pointee.firstChild
            node.pointee.firstChild = child
            node.pointee.childCount += 1
        }
        return child
    }

    /// Notes that a value was looked at, not only handed on.
    @inline(__always)
    mutating func use(_ origin: Origin) {
        if origin > 0 {
            nodes.start[Int(origin)].isUsed = true
        } else if origin < 0 {
            usedSets.insert(origin)
        }
    }

    /// Every place that was looked at.
    var used: Set<Origin> {
        var used = Set((1..<nodes.count).filter { nodes[$0].isUsed }.map { Origin($0) })
        for set in usedSets { used.formUnion(places(set)) }
        return used
    }

    mutating func union(_ a: Origin, _ b: Origin) -> Origin {
        if a == b || b == 0 { return a }
        if a == 0 { return b }
        let pair = a < b ? Pair(first: a, second: b) : Pair(first: b, second: a)
        if pair == lastUnion.pair { return lastUnion.union }
        let union = unions[pair] ?? newUnion(pair)
        lastUnion = (pair, union)
        return union
    }

    private mutating func newUnion(_ pair: Pair) -> Origin {
        let (first, second) = (places(pair.first), places(pair.second))
        var union: [Origin] = []
        union.reserveCapacity(first.count + second.count)
        var (left, right) = (0, 0)
        while union.count < Origins.most, left < first.count || right < second.count {
            let next = min(left < first.count ? first[left] : .max, right < second.count ? second[right] : .max)
            if left < first.count, first[left] == next { left += 1 }
            if right < second.count, second[right] == next { right += 1 }
            union.append(next)
        }
        // What brings nothing new makes no new set: a loop may add to one for ever.
        let origin: Origin
        if union == first {
            origin = pair.first
        } else if union == second {
            origin = pair.second
        } else {
            sets.append(union)
            origin = -Origin(sets.count)
        }
        unions[pair] = origin
        return origin
    }

    /// A value may come from many places, but nobody reads more than these.
    static let most = 64

    var count: (places: Int, sets: Int) { (nodes.count, sets.count) }

    /// The places of an origin.
    func places(_ origin: Origin) -> [Origin] {
        origin == 0 ? [] : origin > 0 ? [origin] : sets[Int(-origin) - 1]
    }

    /// A place as a person writes it.
    func path(of place: Origin) -> InputPath {
        var steps: [Reference.Step] = []
        var root = ""
        var current = place
        while current > 0 {
            let node = nodes[Int(current)]
            switch node.step {
            case .name(let name):
                if node.parent == 0 { root = name.text.string } else { steps.append(.key(name.text.string)) }
            // The pairs of a mapping are told as the mapping.
            case .pairs: break
            case .index(let index): steps.append(.index(index))
            }
            current = node.parent
        }
        return InputPath(root: root, steps: steps.reversed())
    }
}

/// A place in the context, such as `service_instance.inputs.ports[0]`.
package struct InputPath: Hashable, Sendable, CustomStringConvertible {
    package let root: String
    package let steps: [Reference.Step]

    package var description: String { Reference.text(root, steps) }
}
