/// The lines of two texts, each kept, removed or added: a shortest way from one to the other.
package struct LineDiff: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case kept, removed, added
    }

    package struct Line: Hashable, Sendable {
        package var kind: Kind
        /// Without its line end.
        package var text: String
        /// Its number in the old text, from 1; nothing for an added line.
        package var oldNumber: Int?
        /// Its number in the new text, from 1; nothing for a removed line.
        package var newNumber: Int?
    }

    package let lines: [Line]

    /// Compares by bytes; a last line with and without line end count as equal.
    package init(old: String, new: String) {
        let before = LineDiff.split(old)
        let after = LineDiff.split(new)
        let head = zip(before, after).prefix { $0 == $1 }.count
        let room = min(before.count, after.count) - head
        let tail = zip(before.reversed(), after.reversed()).prefix(room).prefix { $0 == $1 }.count
        let script = LineDiff.shortest(
            Array(before[head..<(before.count - tail)]), Array(after[head..<(after.count - tail)]))
        var lines: [Line] = []
        var oldNumber = 0
        var newNumber = 0
        let kinds = Array(repeating: Kind.kept, count: head) + script + Array(repeating: .kept, count: tail)
        for kind in kinds {
            if kind != .added { oldNumber += 1 }
            if kind != .removed { newNumber += 1 }
            lines.append(
                Line(
                    kind: kind, text: kind == .added ? after[newNumber - 1].text : before[oldNumber - 1].text,
                    oldNumber: kind == .added ? nil : oldNumber, newNumber: kind == .removed ? nil : newNumber))
        }
        self.lines = lines
    }

    package var isEmpty: Bool { lines.allSatisfy { $0.kind == .kept } }

    /// The changed lines in groups, each with up to `context` kept lines around it.
    package func hunks(context: Int = 3) -> [[Line]] {
        var ranges: [Range<Int>] = []
        for (index, line) in lines.enumerated() where line.kind != .kept {
            let range = max(0, index - context)..<min(lines.count, index + context + 1)
            if let last = ranges.last, last.upperBound >= range.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
            } else {
                ranges.append(range)
            }
        }
        return ranges.map { Array(lines[$0]) }
    }

    private static func split(_ text: String) -> [Key] {
        var parts = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        if parts.last?.isEmpty == true { parts.removeLast() }
        return parts.map { Key(String(Substring($0))) }
    }

    /// Myers' greedy search; beyond a thousand changes everything is removed and added.
    private static func shortest(_ before: [Key], _ after: [Key]) -> [Kind] {
        let limit = min(before.count + after.count, 1000)
        var reach = [0]
        var trace: [[Int]] = []
        for changes in 0...max(0, limit) {
            var next: [Int] = []
            for step in 0...changes {
                let diagonal = 2 * step - changes
                // `reach` holds the diagonals of the round before, from -(changes - 1) on in steps of two.
                let fromLeft = step > 0 ? reach[step - 1] + 1 : -1
                let fromAbove = step < changes ? reach[step] : -1
                var x = changes == 0 ? 0 : max(fromLeft, fromAbove)
                while x < before.count, x - diagonal < after.count, x - diagonal >= 0, before[x] == after[x - diagonal]
                {
                    x += 1
                }
                next.append(x)
                if x >= before.count, x - diagonal >= after.count {
                    return path(trace, before.count, after.count)
                }
            }
            trace.append(next)
            reach = next
        }
        return before.map { _ in .removed } + after.map { _ in .added }
    }

    /// Walks back through the rounds of the search.
    private static func path(_ trace: [[Int]], _ oldCount: Int, _ newCount: Int) -> [Kind] {
        var kinds: [Kind] = []
        var x = oldCount
        var y = newCount
        for changes in stride(from: trace.count, to: 0, by: -1) {
            let reach = trace[changes - 1]
            let step = (x - y + changes) / 2
            let fromLeft = step > 0 ? reach[step - 1] + 1 : -1
            let fromAbove = step < changes ? reach[step] : -1
            let isRemoval = fromLeft > fromAbove
            let startX = isRemoval ? fromLeft : fromAbove
            while x > startX {
                kinds.append(.kept)
                x -= 1
                y -= 1
            }
            kinds.append(isRemoval ? .removed : .added)
            if isRemoval { x -= 1 } else { y -= 1 }
        }
        kinds += Array(repeating: .kept, count: x)
        return kinds.reversed()
    }
}
