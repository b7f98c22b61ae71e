/// The name that somebody probably meant.
package enum Nearest {
    /// A hint that names the nearest of `names`; `nil` when none is near.
    package static func hint(to name: String, among names: some Sequence<String>) -> String? {
        nearest(to: name, among: names).map { "Write \"\($0)\", if that is meant." }
    }

    /// The first of the names with the fewest edits, at most a third of the name's length.
    static func nearest(to name: String, among names: some Sequence<String>) -> String? {
        let wanted = Array(name.utf8.prefix(64))
        let limit = max(1, wanted.count / 3)
        var best: (name: String, edits: Int)?
        for candidate in names.prefix(1_000) {
            let other = Array(candidate.utf8.prefix(64))
            guard abs(other.count - wanted.count) <= limit else { continue }
            let edits = edits(wanted, other)
            if edits <= limit, edits < best?.edits ?? .max { best = (candidate, edits) }
        }
        return best?.name
    }

    /// Insertions, deletions and substitutions between two texts; letters of another case count half, rounded down.
    private static func edits(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(stride(from: 0, through: right.count * 2, by: 2))
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = (i + 1) * 2
            for (j, b) in right.enumerated() {
                let isSameLetter = a | 0x20 == b | 0x20
                let cost = a == b ? 0 : (isSameLetter ? 1 : 2)
                let best = min(diagonal + cost, row[j] + 2, row[j + 1] + 2)
                diagonal = row[j + 1]
                row[j + 1] = best
            }
        }
        return (row.last ?? 0) / 2
    }
}
