internal import Documents

/// Which resource needs which, and the orders that follow from it.
package struct DependencyGraph: Sendable {
    /// Everything after all that it needs; among equals, as in the template. What stands in a circle is left out.
    package let order: [String]
    /// Circles, each named once: every item needs the next, and the last needs the first.
    package let cycles: [[String]]
    private let names: [String]
    private let indices: [Key: Int]
    private let needs: [[Int]]
    private let neededBy: [[Int]]

    /// Every item with what it needs; names that are no item are left out.
    package init(_ items: [(name: String, needs: [String])]) {
        names = items.map(\.name)
        let indices = Dictionary(names.enumerated().map { (Key($1), $0) }) { first, _ in first }
        self.indices = indices
        needs = items.map { item in
            var seen: Set<Int> = []
            return item.needs.compactMap { indices[Key($0)] }.filter { seen.insert($0).inserted }
        }
        var neededBy = Array(repeating: [Int](), count: needs.count)
        for (index, list) in needs.enumerated() { for need in list { neededBy[need].append(index) } }
        self.neededBy = neededBy
        let sorted = Self.sort(needs, neededBy)
        order = sorted.order.map { [names] in names[$0] }
        cycles = sorted.cycles.map { [names] in $0.map { names[$0] } }
    }

    /// The order in which things are deleted: nothing before what needs it.
    package var deletionOrder: [String] { order.reversed() }

    /// What `name` needs, as in the template.
    package func needs(of name: String) -> [String] {
        indices[Key(name)].map { needs[$0].map { names[$0] } } ?? []
    }

    /// What needs `name` directly.
    package func dependents(of name: String) -> [String] {
        indices[Key(name)].map { neededBy[$0].map { names[$0] } } ?? []
    }

    static func finding(_ cycle: [String], place: Place?) -> Finding {
        let names = (cycle + cycle.prefix(1)).map { "\"\($0)\"" }.joined(separator: " → ")
        let message =
            cycle.count == 1
            ? "A resource must not need itself, but does: \(names)."
            : "Resources must not need each other in a circle, but do: \(names)."
        return Finding(
            "cloudformation.cycle", message, hint: "Take one reference or DependsOn of the circle away.", place: place)
    }

    /// Takes what needs nothing, lowest index first; when only circles are left, names one and takes it out.
    private static func sort(_ needs: [[Int]], _ dependents: [[Int]]) -> (order: [Int], cycles: [[Int]]) {
        var open = needs.map(\.count)
        var ready = Frontier(needs.indices.filter { open[$0] == 0 })
        var isDone = Array(repeating: false, count: needs.count)
        var order: [Int] = []
        var cycles: [[Int]] = []
        var next = 0
        while true {
            while let index = ready.popFirst() {
                guard !isDone[index] else { continue }
                isDone[index] = true
                order.append(index)
                for other in dependents[index] {
                    open[other] -= 1
                    if open[other] == 0 { ready.insert(other) }
                }
            }
            while next < needs.count, isDone[next] { next += 1 }
            guard next < needs.count else { return (order, cycles) }
            let cycle = cycle(from: next, needs, isDone)
            cycles.append(cycle)
            for index in cycle { isDone[index] = true }
            for index in cycle {
                for other in dependents[index] where !isDone[other] {
                    open[other] -= 1
                    if open[other] == 0 { ready.insert(other) }
                }
            }
        }
    }

    /// Follows the first need that is not done until an item comes again; the lowest index of the circle is first.
    private static func cycle(from start: Int, _ needs: [[Int]], _ isDone: [Bool]) -> [Int] {
        var path: [Int] = []
        var places: [Int: Int] = [:]
        var index = start
        while places[index] == nil {
            places[index] = path.count
            path.append(index)
            guard let next = needs[index].first(where: { !isDone[$0] }) else { return [index] }
            index = next
        }
        let circle = Array(path[(places[index] ?? 0)...])
        let lowest = circle.indices.min { circle[$0] < circle[$1] } ?? 0
        return Array(circle[lowest...] + circle[..<lowest])
    }
}

/// Indices that wait, the lowest first: a binary heap.
struct Frontier {
    private var heap: [Int] = []

    init(_ sorted: [Int]) { heap = sorted }

    mutating func insert(_ index: Int) {
        heap.append(index)
        var child = heap.count - 1
        while child > 0, heap[child] < heap[(child - 1) / 2] {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func popFirst() -> Int? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while true {
            let left = parent * 2 + 1
            let right = left + 1
            var least = parent
            if left < heap.count, heap[left] < heap[least] { least = left }
            if right < heap.count, heap[right] < heap[least] { least = right }
            guard least != parent else { return first }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
