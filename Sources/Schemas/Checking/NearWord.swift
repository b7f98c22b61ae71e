/// The declared word that somebody most likely meant.
package enum NearWord {
    private static let longestCompared = 100

    /// The first of `words` that differs in case alone, else the nearest one; `nil` rather than a far guess.
    package static func nearest(to word: String, among words: [String]) -> String? {
        let folded = word.lowercased()
        if let same = words.first(where: { $0.lowercased() == folded }) { return same }
        let scalars = Array(word.unicodeScalars)
        guard (1...longestCompared).contains(scalars.count) else { return nil }
        let limit = scalars.count <= 5 ? 1 : scalars.count <= 8 ? 2 : 3
        var best: (word: String, distance: Int)?
        for candidate in words {
            let other = Array(candidate.unicodeScalars)
            guard abs(other.count - scalars.count) <= limit, !other.isEmpty else { continue }
            let distance = distance(scalars, other)
            // A word of one or two letters is near to every other one.
            guard distance <= limit, distance < max(scalars.count, other.count) else { continue }
            if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
        }
        return best?.word
    }

    /// Insertions, deletions, replacements and swaps of neighbours that lead from one to the other.
    private static func distance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
        var older: [Int] = []
        var previous = Array(0...second.count)
        for (row, scalar) in first.enumerated() {
            var current = [row + 1]
            for (column, other) in second.enumerated() {
                var cost = min(previous[column + 1], current[column]) + 1
                cost = min(cost, previous[column] + (scalar == other ? 0 : 1))
                if row > 0, column > 0, scalar == second[column - 1], first[row - 1] == other {
                    cost = min(cost, older[column - 1] + 1)
                }
                current.append(cost)
            }
            older = previous
            previous = current
        }
        return previous[second.count]
    }
}
