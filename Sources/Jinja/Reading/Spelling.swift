/// What was probably meant by a word that does not exist.
enum Spelling {
    /// The nearest of `words`, when few letters differ.
    static func nearest(_ word: String, among words: some Sequence<String>) -> String? {
        let letters = Array(word.unicodeScalars.prefix(64))
        let allowed = max(1, letters.count / 3)
        var best: (word: String, distance: Int)?
        for candidate in words.prefix(1_000) where candidate != word {
            let other = Array(candidate.unicodeScalars.prefix(64))
            guard abs(other.count - letters.count) <= allowed else { continue }
            let distance = distance(letters, other)
            if distance <= allowed, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.word
    }

    /// Letters to change, insert or remove; swapped neighbours count as one.
    private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var before: [Int] = []
        var above = Array(0...b.count)
        for i in 0..<a.count {
            var row = [i + 1]
            for j in 0..<b.count {
                var cost = min(above[j] + (a[i] == b[j] ? 0 : 1), above[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
                row.append(cost)
            }
            before = above
            above = row
        }
        return above[b.count]
    }
}
