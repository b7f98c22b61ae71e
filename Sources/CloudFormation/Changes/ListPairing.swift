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

    init(_ old: [Term], _ new: [Term], isUnordered: Bool) {
        let (oldRest, newRest) = Self.unequal(old, new, isUnordered: isUnordered)
        if oldRest.isEmpty, newRest.isEmpty {
            isReordering = true
        } else if let identity = Self.identity(of: oldRest.map { old[$0] }, newRest.map { new[$0] }) {
            pairByName(identity, old, oldRest, new, newRest)
        } else {
            pairs = Array(zip(oldRest, newRest))
            removed = Array(oldRest.dropFirst(pairs.count))
            added = Array(newRest.dropFirst(pairs.count))
        }
    }

    /// What is left when equal items are taken away: anywhere where there is no order, else at both ends.
    ///
    /// The same items in another order leave nothing.
    private static func unequal(_ old: [Term], _ new: [Term], isUnordered: Bool) -> ([Int], [Int]) {
        var counts: [Term: Int] = [:]
        for item in new { counts[item, default: 0] += 1 }
        let oldOnly = old.indices.filter { take(old[$0], from: &counts) }
        counts = [:]
        for item in old { counts[item, default: 0] += 1 }
        let newOnly = new.indices.filter { take(new[$0], from: &counts) }
        if isUnordered || (oldOnly.isEmpty && newOnly.isEmpty) { return (oldOnly, newOnly) }
        var start = 0
        while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
        var end = 0
        while end < min(old.count, new.count) - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
        return (Array(start..<(old.count - end)), Array(start..<(new.count - end)))
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
