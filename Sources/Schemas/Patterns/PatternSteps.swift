/// How a pattern's graph is walked: many states at once, each as one bit.
struct PatternSteps {
    /// States of a graph as bits.
    struct States: Hashable {
        private var words: [UInt64]

        init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

        func contains(_ state: Int) -> Bool { words[state / 64] & (1 << UInt64(state % 64)) != 0 }

        /// Answers whether it is new.
        mutating func insert(_ state: Int) -> Bool {
            let isNew = !contains(state)
            words[state / 64] |= 1 << UInt64(state % 64)
            return isNew
        }

        mutating func copy(_ other: States) {
            for index in words.indices { words[index] = other.words[index] }
        }

        mutating func formUnion(_ other: States) {
            for index in words.indices { words[index] |= other.words[index] }
        }

        func forEach(_ body: (Int) -> Void) {
            for (index, word) in words.enumerated() {
                var rest = word
                while rest != 0 {
                    body(index * 64 + rest.trailingZeroBitCount)
                    rest &= rest - 1
                }
            }
        }
    }

    /// An edge that takes a scalar of a set.
    private struct Step {
        var set: Int
        /// What is reached behind it without another scalar.
        var reached: States
    }

    private let graph: PatternGraph
    private let alphabet: PatternAlphabet
    private var steps: [[Step]] = []

    init(_ graph: PatternGraph, _ alphabet: PatternAlphabet) {
        self.graph = graph
        self.alphabet = alphabet
        steps = graph.edges.map { edges in
            edges.compactMap { edge in
                guard case .scalars(let set, let to) = edge else { return nil }
                return Step(set: set, reached: closure(of: [to], atStart: false))
            }
        }
    }

    /// The states that `states` reach without taking a scalar.
    func closure(of states: [Int], atStart: Bool, atEnd: Bool = false) -> States {
        var reached = States(count: graph.edges.count)
        var rest = states
        while let state = rest.popLast() {
            guard reached.insert(state) else { continue }
            for edge in graph.edges[state] {
                switch edge {
                case .free(let to): rest.append(to)
                case .start(let to): if atStart { rest.append(to) }
                case .end(let to): if atEnd { rest.append(to) }
                case .scalars: break
                }
            }
        }
        return reached
    }

    /// Adds the states that a scalar of the class leads to.
    func step(_ states: States, _ kind: Int, into targets: inout States) {
        states.forEach { state in
            for step in steps[state] where alphabet.members[kind][step.set] { targets.formUnion(step.reached) }
        }
    }

    /// Whether the pattern matches where the text ends in these states.
    func canEnd(_ states: States, atStart: Bool) -> Bool {
        var reached: [Int] = []
        states.forEach { reached.append($0) }
        return closure(of: reached, atStart: atStart, atEnd: true).contains(graph.accepting)
    }
}
