/// One difference between two values.
package struct Edit: Hashable, Sendable {
    /// Where it is: in the old value for what is removed, else in the new one.
    package var pointer: Pointer
    /// Nothing where something is added.
    package var old: Value?
    /// Nothing where something is removed.
    package var new: Value?

    package init(pointer: Pointer, old: Value?, new: Value?) {
        self.pointer = pointer
        self.old = old
        self.new = new
    }
}

extension Value {
    /// What has to change for this value to become `new`, in the new value's order, what is removed last.
    ///
    /// Objects are compared by name. Items of lists are paired from both ends while they are equal, then by position.
    package func edits(to new: Value) -> [Edit] {
        var edits: [Edit] = []
        Value.compare(self, new, Pointer(), Pointer(), &edits)
        return edits
    }

    private static func compare(
        _ old: Value, _ new: Value, _ oldPointer: Pointer, _ newPointer: Pointer, _ edits: inout [Edit]
    ) {
        switch (old, new) {
        case (.object(let before), .object(let after)):
            for (key, value) in after {
                let pointer = newPointer.appending(key)
                if let earlier = before[key] {
                    compare(earlier, value, oldPointer.appending(key), pointer, &edits)
                } else {
                    edits.append(Edit(pointer: pointer, old: nil, new: value))
                }
            }
            for (key, value) in before where after[key] == nil {
                edits.append(Edit(pointer: oldPointer.appending(key), old: value, new: nil))
            }
        case (.list(let before), .list(let after)):
            compareItems(before, after, oldPointer, newPointer, &edits)
        default:
            if old != new { edits.append(Edit(pointer: newPointer, old: old, new: new)) }
        }
    }

    private static func compareItems(
        _ before: [Value], _ after: [Value], _ oldPointer: Pointer, _ newPointer: Pointer, _ edits: inout [Edit]
    ) {
        // Of two lists of one length, items are paired by position alone.
        let isShifted = before.count != after.count
        let head = isShifted ? zip(before, after).prefix { $0 == $1 }.count : 0
        let room = min(before.count, after.count) - head
        let tail = isShifted ? zip(before.reversed(), after.reversed()).prefix(room).prefix { $0 == $1 }.count : 0
        let common = min(before.count, after.count) - tail
        for index in head..<common {
            compare(
                before[index], after[index], oldPointer.appending(index), newPointer.appending(index), &edits)
        }
        for index in common..<(after.count - tail) {
            edits.append(Edit(pointer: newPointer.appending(index), old: nil, new: after[index]))
        }
        for index in common..<(before.count - tail) {
            edits.append(Edit(pointer: oldPointer.appending(index), old: before[index], new: nil))
        }
    }
}
