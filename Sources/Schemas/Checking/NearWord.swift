/// The declared word that somebody most likely meant.
package enum NearWord {
    private static let longestCompared = 100

    /// The first of `words` that differs in case alone, else the nearest one; `nil` rather than a far guess.
    ///
    /// - Parameter mayBe: Whether a word comes into question; it is asked only of those that are near.
    package static func nearest(
        to word: String, among words: some Sequence<String>, where mayBe: (String) -> Bool = { _ in true }
    ) -> String? {
        let count = word.unicodeScalars.count
        guard count > 0 else { return nil }
        let limit = count <= 5 ? 1 : count <= 8 ? 2 : 3
        var best: (word: String, distance: Int)?
        for candidate in words {
            if differsInCaseAlone(candidate, word), mayBe(candidate) { return candidate }
            // What is left out here is farther away than the limit: a scalar has up to four bytes.
            let most = best.map { $0.distance - 1 } ?? limit
            let bytes = abs(candidate.utf8.count - word.utf8.count)
            guard count <= longestCompared, most > 0, bytes <= 4 * most else { continue }
            guard let distance = distance(word, candidate, atMost: most), mayBe(candidate) else { continue }
            best = (candidate, distance)
        }
        return best?.word
    }

    /// `nil` when it is more than `limit`, or as much as the longer of both has scalars: a word of one or two letters
    /// is near to every other one.
    private static func distance(_ first: String, _ second: String, atMost limit: Int) -> Int? {
        var (left, right) = (first, second)
        let quick = left.withUTF8 { left in
            right.withUTF8 { right -> Int?? in
                guard left.allSatisfy({ $0 < 0x80 }), right.allSatisfy({ $0 < 0x80 }) else { return nil }
                return .some(distance(left, right, atMost: limit))
            }
        }
        return quick ?? distance(Array(first.unicodeScalars), Array(second.unicodeScalars), atMost: limit)
    }

    /// Insertions, deletions, replacements and swaps of neighbours that lead from one to the other.
    private static func distance<Scalars: RandomAccessCollection>(
        _ first: Scalars, _ second: Scalars, atMost limit: Int
    ) -> Int? where Scalars.Element: Equatable, Scalars.Index == Int {
        let width = second.count + 1
        guard abs(first.count - second.count) <= limit, !second.isEmpty else { return nil }
        return withUnsafeTemporaryAllocation(of: Int.self, capacity: 3 * width) { rows -> Int? in
            guard let start = rows.baseAddress else { return nil }
            var (older, previous, current) = (start, start + width, start + 2 * width)
            for column in 0..<width { (older + column).initialize(to: 0) }
            for column in 0..<width { (previous + column).initialize(to: column) }
            for column in 0..<width { (current + column).initialize(to: 0) }
            for row in 0..<first.count {
                current[0] = row + 1
                var least = row + 1
                for column in 0..<second.count {
                    var cost = min(previous[column + 1], current[column]) + 1
                    cost = min(cost, previous[column] + (first[row] == second[column] ? 0 : 1))
                    if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
                        cost = min(cost, older[column - 1] + 1)
                    }
                    current[column + 1] = cost
                    least = min(least, cost)
                }
                if least > limit { return nil }
                (older, previous, current) = (previous, current, older)
            }
            let distance = previous[second.count]
            return distance <= limit && distance < max(first.count, second.count) ? distance : nil
        }
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
