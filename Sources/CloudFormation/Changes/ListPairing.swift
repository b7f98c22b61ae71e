internal import Documents

/// Which item of an old list became which of the new one.
struct ListPairing {
    /// Indices of items that belong together and differ or may differ.
    private(set) var pairs: [(Int, Int)] = []
    private(set) var added: [Int] = []
    private(set) var removed: [Int] = []
    /// Whether both lists have the same items in another order.
    private(set) var isReordering = false

    /// Members by which people and services name an item, the strongest first.
    private static let identities = ["Sid", "Id", "Name", "Key", "name", "id", "ContainerName", "PolicyName"]

    /// Items on both sides that stand between the same equal ones.
    private struct Gap {
        var old: [Int]
        var new: [Int]
    }

    init(_ old: [Term], _ new: [Term], isUnordered: Bool) {
        let gaps = Self.gaps(old, new, isUnordered: isUnordered)
        let (oldRest, newRest) = (gaps.flatMap(\.old), gaps.flatMap(\.new))
        if oldRest.isEmpty, newRest.isEmpty {
            isReordering = true
        } else if let identity = Self.identity(of: oldRest.map { old[$0] }, newRest.map { new[$0] }) {
            pairByName(identity, old, oldRest, new, newRest)
        } else {
            for gap in gaps {
                let own = Array(zip(gap.old, gap.new))
                pairs += own
                removed += gap.old.dropFirst(own.count)
                added += gap.new.dropFirst(own.count)
            }
        }
    }

    /// What is left when equal items are taken away: anywhere where there is no order, else those that keep their order.
    ///
    /// The same items in another order leave nothing.
    private static func gaps(_ old: [Term], _ new: [Term], isUnordered: Bool) -> [Gap] {
        var counts: [Term: Int] = [:]
        for item in new { counts[item, default: 0] += 1 }
        let oldOnly = old.indices.filter { take(old[$0], from: &counts) }
        counts = [:]
        for item in old { counts[item, default: 0] += 1 }
        let newOnly = new.indices.filter { take(new[$0], from: &counts) }
        if isUnordered || (oldOnly.isEmpty && newOnly.isEmpty) { return [Gap(old: oldOnly, new: newOnly)] }
        var start = 0
        while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
        var end = 0
        while end < min(old.count, new.count) - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
        return between(old, start..<(old.count - end), new, start..<(new.count - end))
    }

    /// Cells of the table below: longer lists are one gap.
    private static let cellLimit = 250_000

    /// The gaps between the items of a longest common subsequence.
    private static func between(_ old: [Term], _ olds: Range<Int>, _ new: [Term], _ news: Range<Int>) -> [Gap] {
        guard !olds.isEmpty, !news.isEmpty, olds.count * news.count <= cellLimit else {
            return [Gap(old: Array(olds), new: Array(news))]
        }
        // Equal items get one number, so that each is compared as a whole once.
        var numbers: [Term: Int] = [:]
        func number(_ term: Term) -> Int {
            if let known = numbers[term] { return known }
            numbers[term] = numbers.count
            return numbers.count - 1
        }
        let left = old[olds].map(number)
        let right = new[news].map(number)
        let width = right.count + 1
        var lengths = Array(repeating: 0, count: (left.count + 1) * width)
        for i in left.indices.reversed() {
            for j in right.indices.reversed() {
                let best = max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
                lengths[i * width + j] = left[i] == right[j] ? lengths[(i + 1) * width + j + 1] + 1 : best
            }
        }
        var gaps = [Gap(old: [], new: [])]
        var (i, j) = (0, 0)
        while i < left.count || j < right.count {
            if i < left.count, j < right.count, left[i] == right[j] {
                gaps.append(Gap(old: [], new: []))
                i += 1
                j += 1
            } else if j == right.count
                || (i < left.count && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1])
            {
                gaps[gaps.count - 1].old.append(olds.lowerBound + i)
                i += 1
            } else {
                gaps[gaps.count - 1].new.append(news.lowerBound + j)
                j += 1
            }
        }
        return gaps
    }

    /// Whether `item` is in none of the counts; one of them is used up otherwise.
    private static func take(_ item: Term, from counts: inout [Term: Int]) -> Bool {
        guard let count = counts[item], count > 0 else { return true }
        counts[item] = count - 1
        return false
    }

    /// The first member that names every item of both lists, no two of one list alike.
    private static func identity(of old: [Term], _ new: [Term]) -> String? {
        guard !old.isEmpty, !new.isEmpty else { return nil }
        return identities.first { name in
            [old, new].allSatisfy { items in
                let names = items.compactMap { $0[name]?.text }
                return names.count == items.count && Set(names.map(Key.init)).count == items.count
            }
        }
    }

    private mutating func pairByName(_ name: String, _ old: [Term], _ oldRest: [Int], _ new: [Term], _ newRest: [Int]) {
        var byName: [Key: Int] = [:]
        for index in oldRest { if let text = old[index][name]?.text { byName[Key(text)] = index } }
        for index in newRest {
            if let text = new[index][name]?.text, let partner = byName.removeValue(forKey: Key(text)) {
                pairs.append((partner, index))
            } else {
                added.append(index)
            }
        }
        let left = Set(byName.values)
        removed = oldRest.filter { left.contains($0) }
        // With names paired, what is left over on both sides took each other's place only by chance.
        isReordering = false
    }
}
