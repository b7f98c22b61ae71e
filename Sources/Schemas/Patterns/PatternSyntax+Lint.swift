extension PatternSyntax {
    /// The first part that repeats what already repeats without a bound, such as `(a+)+`.
    ///
    /// A search that goes back and forth can take exponential time on it.
    var nestedRepetition: Repetition? {
        switch self {
        case .empty, .scalars, .property, .start, .end, .wordBoundary, .backReference: return nil
        case .sequence(let items): return items.lazy.compactMap(\.nestedRepetition).first
        case .choice(let branches): return branches.lazy.compactMap(\.nestedRepetition).first
        case .group(let content, _): return content.nestedRepetition
        case .repetition(let content, let counts):
            if counts.maximum == nil, content.isBareRepetition { return counts }
            return content.nestedRepetition
        }
    }

    /// Whether one text can be cut into matches of this in many ways: some branch is a repetition and nothing else.
    private var isBareRepetition: Bool {
        switch self {
        case .repetition(let content, let counts): counts.maximum == nil || content.isBareRepetition
        case .group(let content, _): content.isBareRepetition
        case .choice(let branches): branches.contains(where: \.isBareRepetition)
        case .sequence(let items):
            items.contains(where: \.isBareRepetition) && items.allSatisfy { $0.isBareRepetition || $0.canBeEmpty }
        case .empty, .scalars, .property, .start, .end, .wordBoundary, .backReference: false
        }
    }

    private var canBeEmpty: Bool {
        switch self {
        case .empty, .start, .end, .wordBoundary: true
        case .scalars, .property, .backReference: false
        case .repetition(let content, let counts): counts.minimum == 0 || content.canBeEmpty
        case .choice(let branches): branches.contains(where: \.canBeEmpty)
        case .sequence(let items): items.allSatisfy(\.canBeEmpty)
        case .group(let content, let kind):
            switch kind {
            case .capturing, .plain: content.canBeEmpty
            case .lookAhead, .lookBehind: true
            }
        }
    }
}
