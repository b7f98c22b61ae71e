/// Where values come from: places in the context, and sets of them.
///
/// An origin is a number: 0 for nothing of the context, above it a place, below it a set of places.
struct Origins {
    typealias Origin = Int32

    enum Step: Hashable {
        case name(Text)
        case index(Int)
        /// All members of a mapping, as keys with values.
        case pairs
    }

    private struct Node {
        let parent: Origin
        let step: Step
        /// The children by name, in a row; 0 ends it.
        var firstChild: Origin = 0
        var nextSibling: Origin = 0
        var childCount = 0
        /// The children by index.
        var items: [Origin] = []
    }

    private struct Link: Hashable {
        let parent: Origin
        let step: Step
    }

    private struct Pair: Hashable {
        let first: Origin
        let second: Origin
    }

    /// Of places; the first is the context itself.
    private var nodes = [Node(parent: 0, step: .index(0))]
    /// Of places with many children, which are not looked through one by one.
    private var children: [Link: Origin] = [:]
    private static let few = 12
    /// Of sets, from -1 down: their places in order.
    private var sets: [[Origin]] = []
    private var known: [[Origin]: Origin] = [:]
    private var unions: [Pair: Origin] = [:]

    /// A name of the context.
    mutating func root(_ name: Text) -> Origin { child(of: 0, name) }

    /// A member of what is at a place; of a set nothing more is known than the set.
    @inline(__always)
    mutating func member(of origin: Origin, _ name: Text) -> Origin { origin > 0 ? child(of: origin, name) : origin }

    /// An item of what is at a place.
    @inline(__always)
    mutating func item(of origin: Origin, _ index: Int) -> Origin {
        guard origin > 0 else { return origin }
        let items = nodes[Int(origin)].items
        if index >= 0, index < items.count, items[index] != 0 { return items[index] }
        return newItem(of: origin, index)
    }

    private mutating func newItem(of origin: Origin, _ index: Int) -> Origin {
        guard index >= 0, index < 1 << 20 else { return origin }
        let child = add(Node(parent: origin, step: .index(index)))
        while nodes[Int(origin)].items.count <= index { nodes[Int(origin)].items.append(0) }
        nodes[Int(origin)].items[index] = child
        return child
    }

    /// All members of the mapping at a place.
    mutating func pairs(of origin: Origin) -> Origin {
        let link = Link(parent: origin, step: .pairs)
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

    private mutating func child(of parent: Origin, _ name: Text) -> Origin {
        var child = nodes[Int(parent)].firstChild
        while child != 0 {
            if case .name(let other) = nodes[Int(child)].step, other == name { return child }
            child = nodes[Int(child)].nextSibling
        }
        let isCrowded = nodes[Int(parent)].childCount >= Origins.few
        let link = Link(parent: parent, step: .name(name))
        if isCrowded, let child = children[link] { return child }
        child = add(Node(parent: parent, step: .name(name)))
        if isCrowded {
            children[link] = child
        } else {
            nodes[Int(child)].nextSibling = nodes[Int(parent)].firstChild
            nodes[Int(parent)].firstChild = child
            nodes[Int(parent)].childCount += 1
        }
        return child
    }

    mutating func union(_ a: Origin, _ b: Origin) -> Origin {
        if a == b || b == 0 { return a }
        if a == 0 { return b }
        let pair = a < b ? Pair(first: a, second: b) : Pair(first: b, second: a)
        if let union = unions[pair] { return union }
        let places = Array(Set(self.places(a) + self.places(b)).sorted().prefix(Origins.most))
        let union: Origin
        if let found = known[places] {
            union = found
        } else {
            sets.append(places)
            union = -Origin(sets.count)
            known[places] = union
        }
        unions[pair] = union
        return union
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
                if node.parent == 0 { root = name.string } else { steps.append(.key(name.string)) }
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
