/// The states of a pattern before they are gathered into a table: edges that take a scalar, and free ones.
struct PatternGraph {
    enum Edge {
        case free(Int)
        case start(Int)
        case end(Int)
        /// The place of the set, and where it leads.
        case scalars(Int, Int)
    }

    private static let mostStates = 2000

    private(set) var edges: [[Edge]] = [[]]
    private(set) var sets: [ScalarSet] = []
    var accepting = 0

    private mutating func addState() -> Int {
        edges.append([])
        return edges.count - 1
    }

    /// Adds `syntax` after the state `from` and answers the state after it; `nil` where no table can hold it.
    mutating func add(_ syntax: PatternSyntax, from: Int) -> Int? {
        guard edges.count < Self.mostStates else { return nil }
        switch syntax {
        case .empty: return from
        case .scalars(let set):
            let to = addState()
            let known = sets.firstIndex(of: set)
            edges[from].append(.scalars(known ?? sets.count, to))
            if known == nil { sets.append(set) }
            return to
        case .start:
            let to = addState()
            edges[from].append(.start(to))
            return to
        case .end:
            let to = addState()
            edges[from].append(.end(to))
            return to
        case .sequence(let items):
            var state = from
            for item in items {
                guard let next = add(item, from: state) else { return nil }
                state = next
            }
            return state
        case .choice(let branches):
            let to = addState()
            for branch in branches {
                let begin = addState()
                edges[from].append(.free(begin))
                guard let end = add(branch, from: begin) else { return nil }
                edges[end].append(.free(to))
            }
            return to
        case .group(let content, let kind):
            switch kind {
            case .capturing, .plain: return add(content, from: from)
            case .lookAhead, .lookBehind: return nil
            }
        case .repetition(let content, let repetition): return add(content, repetition, from: from)
        case .property, .wordBoundary, .backReference: return nil
        }
    }

    private mutating func add(_ content: PatternSyntax, _ counts: PatternSyntax.Repetition, from: Int) -> Int? {
        var state = from
        for _ in 0..<counts.minimum {
            guard let next = add(content, from: state) else { return nil }
            state = next
        }
        let to = addState()
        guard let maximum = counts.maximum else {
            let loop = addState()
            edges[state].append(.free(loop))
            guard let end = add(content, from: loop) else { return nil }
            edges[end].append(.free(loop))
            edges[loop].append(.free(to))
            return to
        }
        for _ in counts.minimum..<maximum {
            edges[state].append(.free(to))
            let begin = addState()
            edges[state].append(.free(begin))
            guard let next = add(content, from: begin) else { return nil }
            state = next
        }
        edges[state].append(.free(to))
        return to
    }
}
