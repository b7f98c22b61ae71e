/// The declared word that somebody most likely meant.
package enum NearWord {
    private static let longestCompared = 100

    /// The first of `words` that differs in case alone, else the nearest one; `nil` rather than a far guess.
    package static func nearest(to word: String, among words: [String]) -> String? {
        if let same = words.first(where: { differsInCaseAlone($0, word) }) { return same }
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
        var older = Array(repeating: 0, count: second.count + 1)
        var previous = Array(0...second.count)
        var current = older
        for (row, scalar) in first.enumerated() {
            current[0] = row + 1
            for (column, other) in second.enumerated() {
                var cost = min(previous[column + 1], current[column]) + 1
                cost = min(cost, previous[column] + (scalar == other ? 0 : 1))
                if row > 0, column > 0, scalar == second[column - 1], first[row - 1] == other {
                    cost = min(cost, older[column - 1] + 1)
                }
                current[column + 1] = cost
            }
            (older, previous, current) = (previous, current, older)
        }
        return previous[second.count]
    }

    private static func differsInCaseAlone(_ first: String, _ second: String) -> Bool {
        var (left, right) = (first, second)
        let isSame = left.withUTF8 { left in
            right.withUTF8 { right -> Bool? in
                guard left.allSatisfy({ $0 < 0x80 }), right.allSatisfy({ $0 < 0x80 }) else { return nil }
                return left.count == right.count && zip(left, right).allSatisfy { $0.lowered == $1.lowered }
            }
        }
        return isSame ?? (first.lowercased() == second.lowercased())
    }
}

extension UInt8 {
    fileprivate var lowered: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
