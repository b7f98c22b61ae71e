internal import Documents

/// One value that differs between two terms.
struct TermDifference {
    /// Where it stands: in the new term, or in the old one for what is gone.
    let path: [String]
    let old: Term?
    let new: Term?
}

/// Compares terms down to the smallest parts that differ.
struct TermComparison {
    /// Top-level properties whose order means nothing.
    let unordered: Set<String>
    private(set) var differences: [TermDifference] = []

    init(unordered: Set<String> = []) { self.unordered = unordered }

    mutating func compare(_ old: Term, _ new: Term, at path: [String] = []) {
        guard old != new else { return }
        switch (old.form, new.form) {
        case (.object(let left), .object(let right)): compareMembers(left, right, at: path)
        case (.list(let left), .list(let right)): compareItems(left, right, old, new, at: path)
        default: differences.append(TermDifference(path: path, old: old, new: new))
        }
    }

    private mutating func compareMembers(_ old: [Term.Member], _ new: [Term.Member], at path: [String]) {
        let olds = Dictionary(old.map { (Key($0.name), $0.value) }) { first, _ in first }
        let names = Set(new.map { Key($0.name) })
        for member in new {
            if let previous = olds[Key(member.name)] {
                compare(previous, member.value, at: path + [member.name])
            } else {
                differences.append(TermDifference(path: path + [member.name], old: nil, new: member.value))
            }
        }
        for member in old where !names.contains(Key(member.name)) {
            differences.append(TermDifference(path: path + [member.name], old: member.value, new: nil))
        }
    }

    private mutating func compareItems(
        _ old: [Term], _ new: [Term], _ oldList: Term, _ newList: Term, at path: [String]
    ) {
        let isUnordered = path.count == 1 && unordered.contains(path[0])
        let pairing = ListPairing(old, new, isUnordered: isUnordered)
        if pairing.isReordering {
            if !isUnordered { differences.append(TermDifference(path: path, old: oldList, new: newList)) }
            return
        }
        for (left, right) in pairing.pairs { compare(old[left], new[right], at: path + [String(right)]) }
        for index in pairing.added {
            differences.append(TermDifference(path: path + [String(index)], old: nil, new: new[index]))
        }
        for index in pairing.removed {
            differences.append(TermDifference(path: path + [String(index)], old: old[index], new: nil))
        }
    }
}
