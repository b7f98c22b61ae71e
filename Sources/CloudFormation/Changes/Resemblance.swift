internal import Documents

/// Finds added resources that are removed ones under a new logical id.
struct Resemblance {
    let applied: EvaluatedTemplate?
    let wanted: EvaluatedTemplate?

    /// Pairs that are looked at, so that a thousand new resources of one type do not take a million comparisons.
    private static let pairLimit = 400

    func note(in changes: inout [ResourceChange], _ removals: inout [ResourceChange]) {
        guard let applied, let wanted else { return }
        var pairs = 0
        var taken: Set<Int> = []
        for index in changes.indices where changes[index].changeClass == .add {
            for removal in removals.indices where removals[removal].type == changes[index].type {
                pairs += 1
                guard pairs <= Self.pairLimit else { return }
                guard !taken.contains(removal), let old = applied[removals[removal].logicalID],
                    let new = wanted[changes[index].logicalID], Self.areAlike(old.properties, new.properties)
                else { continue }
                taken.insert(removal)
                changes[index].resembles = old.logicalID
                let note =
                    "It resembles \"\(old.logicalID)\", which is removed: keep the old logical id to keep the resource."
                changes[index].note = note
                break
            }
        }
    }

    /// Whether at least four of five values are the same; resources without values have nothing to go by.
    private static func areAlike(_ old: Term, _ new: Term) -> Bool {
        var comparison = TermComparison()
        comparison.compare(old, new)
        let count = max(leafCount(old), leafCount(new))
        let differing = comparison.differences.reduce(0) { sum, difference in
            sum + max(difference.old.map(leafCount) ?? 0, difference.new.map(leafCount) ?? 0)
        }
        return count > 0 && differing * 5 <= count
    }

    private static func leafCount(_ term: Term) -> Int {
        switch term.form {
        case .scalar, .encoded, .opaque: 1
        case .list(let items): items.reduce(0) { $0 + leafCount($1) }
        case .object(let members): members.reduce(0) { $0 + leafCount($1.value) }
        }
    }
}
