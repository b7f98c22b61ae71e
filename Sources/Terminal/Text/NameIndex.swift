import Glibc

/// Names to search as a person types.
///
/// All names stand lower-cased in one array of bytes with a zero byte between them, so that a search is one pass
/// over memory: no index, no threads, some milliseconds for 100,000 names.
package struct NameIndex: Sendable {
    private var arena: [UInt8] = []
    /// Where each name starts, and one more for the end.
    private var starts: [Int] = [0]
    /// How often each byte occurs: a search looks for the rarest byte of a word first.
    private var frequencies = [Int](repeating: 0, count: 256)

    package init(_ names: some Sequence<String>) {
        for name in names { append(name) }
    }

    package var count: Int { starts.count - 1 }

    package mutating func append(_ name: String) {
        let folded = NameIndex.folded(name)
        for byte in folded { frequencies[Int(byte)] += 1 }
        arena.append(contentsOf: folded)
        arena.append(0)
        starts.append(arena.count)
    }

    /// What a search found.
    package struct Matches: Hashable, Sendable {
        /// Positions of the names: in their order, or the best first when `isFuzzy`.
        package var indices: [Int]
        /// No name contained the words, so names that contain the letters in order were taken.
        package var isFuzzy: Bool
    }

    /// Names that contain every word of `query`, in any order; if none does, those that contain its letters in order.
    package func matches(_ query: String) -> Matches {
        let words = NameIndex.words(query)
        guard !words.isEmpty else { return Matches(indices: Array(0..<count), isFuzzy: false) }
        let exact = containing(words)
        if !exact.isEmpty { return Matches(indices: exact, isFuzzy: false) }
        return Matches(indices: scattered(words.flatMap { $0 }), isFuzzy: true)
    }

    static func words(_ query: String) -> [[UInt8]] {
        folded(query).split(separator: 0x20).map(Array.init)
    }

    static func folded(_ name: String) -> [UInt8] {
        var bytes = Array(name.utf8)
        if bytes.contains(where: { $0 >= 0x80 }) { bytes = Array(name.lowercased().utf8) }
        for index in bytes.indices {
            if bytes[index] >= 0x41, bytes[index] <= 0x5A { bytes[index] |= 0x20 }
            if bytes[index] == 0 { bytes[index] = 0x20 }
        }
        return bytes
    }

    private func containing(_ words: [[UInt8]]) -> [Int] {
        // The longest word goes through the whole arena, the others only through the names it found.
        let needles = words.sorted { $0.count > $1.count }.map { Needle($0, frequencies) }
        guard let first = needles.first else { return [] }
        return arena.withUnsafeBytes { bytes in
            var found: [Int] = []
            var row = 0
            var at = 0
            while let hit = first.firstPlace(in: bytes, at..<bytes.count) {
                row = self.row(of: hit, from: row)
                let name = starts[row]..<starts[row + 1] - 1
                if needles.dropFirst().allSatisfy({ $0.firstPlace(in: bytes, name) != nil }) { found.append(row) }
                row += 1
                at = starts[row]
            }
            return found
        }
    }

    /// The name that holds a byte; gallops, since the next hit is usually near.
    private func row(of offset: Int, from row: Int) -> Int {
        var low = row
        var step = 1
        while low + step < count, starts[low + step] <= offset {
            low += step
            step *= 2
        }
        var high = min(count, low + step)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    private func scattered(_ letters: [UInt8]) -> [Int] {
        var found: [(score: Int, row: Int)] = []
        arena.withUnsafeBufferPointer { bytes in
            for row in 0..<count {
                let name = UnsafeBufferPointer(rebasing: bytes[starts[row]..<starts[row + 1] - 1])
                if let match = NameIndex.subsequence(letters, in: name) { found.append((match.score, row)) }
            }
        }
        return found.sorted { $0.score != $1.score ? $0.score > $1.score : $0.row < $1.row }.map(\.row)
    }

    /// Finds the letters in order, taking the first place for each; neighbours and starts of words score.
    private static func subsequence(_ letters: [UInt8], in name: UnsafeBufferPointer<UInt8>) -> (score: Int, end: Int)?
    {
        var score = 0
        var at = 0
        var last = -2
        for letter in letters {
            while at < name.count, name[at] != letter { at += 1 }
            guard at < name.count else { return nil }
            if at == last + 1 { score += 8 }
            if at == 0 || NameIndex.separators.contains(name[at - 1]) { score += 6 }
            last = at
            at += 1
        }
        return (score * 16 - name.count, last)
    }

    private static let separators: [UInt8] = Array(" -_/.:".utf8)
}

extension NameIndex {
    /// What of a visible text matched, in UTF-8 offsets, ascending: for highlighting, so only for rows on the screen.
    package static func highlights(of query: String, in text: SafeText, isFuzzy: Bool) -> [Range<Int>] {
        let words = words(query)
        // Only letters that keep their length when lower-cased can be told apart by offset.
        let bytes = folded(text.string)
        guard !words.isEmpty, bytes.count == text.string.utf8.count else { return [] }
        if isFuzzy { return scatteredHighlights(words.flatMap { $0 }, bytes) }
        var taken = [Bool](repeating: false, count: bytes.count)
        for word in words where word.count <= bytes.count {
            for start in 0...bytes.count - word.count where bytes[start..<start + word.count].elementsEqual(word) {
                for index in start..<start + word.count { taken[index] = true }
            }
        }
        return ranges(taken)
    }

    private static func scatteredHighlights(_ letters: [UInt8], _ bytes: [UInt8]) -> [Range<Int>] {
        var taken = [Bool](repeating: false, count: bytes.count)
        var at = 0
        for letter in letters {
            while at < bytes.count, bytes[at] != letter { at += 1 }
            guard at < bytes.count else { return [] }
            taken[at] = true
            at += 1
        }
        return ranges(taken)
    }

    private static func ranges(_ taken: [Bool]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for index in taken.indices where taken[index] {
            if let last = result.last, last.upperBound == index {
                result[result.count - 1] = last.lowerBound..<index + 1
            } else {
                result.append(index..<index + 1)
            }
        }
        return result
    }
}

/// A word to search for.
private struct Needle {
    private let bytes: [UInt8]
    /// Where in the word its rarest byte stands.
    private let pivot: Int

    init(_ bytes: [UInt8], _ frequencies: [Int]) {
        self.bytes = bytes
        pivot = bytes.indices.min { frequencies[Int(bytes[$0])] < frequencies[Int(bytes[$1])] } ?? 0
    }

    func firstPlace(in memory: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
        guard let base = memory.baseAddress, !bytes.isEmpty, range.count >= bytes.count else { return nil }
        var at = range.lowerBound + pivot
        let last = range.upperBound - bytes.count + pivot
        while at <= last, let hit = memchr(base + at, Int32(bytes[pivot]), last - at + 1) {
            let start = base.distance(to: UnsafeRawPointer(hit)) - pivot
            if memcmp(base + start, bytes, bytes.count) == 0 { return start }
            at = start + pivot + 1
        }
        return nil
    }
}
