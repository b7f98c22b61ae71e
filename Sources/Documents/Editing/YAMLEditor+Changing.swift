extension YAMLEditor {
    /// Makes what stands at `pointer` equal to `value`, and touches only the parts that differ.
    ///
    /// - Returns: `false` when the way leads through a scalar or past a list's end; parts may be changed already.
    package mutating func change(_ pointer: Pointer, to value: Value) -> Bool {
        switch (document.value[pointer], value) {
        case (let old?, _) where old == value: return true
        case (.object(let old)?, .object(let new)) where !new.isEmpty:
            // What comes before what goes: an object without members would be written anew.
            for (key, member) in new where !change(pointer.appending(key), to: member) { return false }
            for key in old.keys where new[key] == nil && !remove(pointer.appending(key)) { return false }
            return true
        case (.list(let old)?, .list(let new)) where !new.isEmpty: return change(pointer, from: old, to: new)
        case (_, _): return set(pointer, to: value)
        }
    }

    private mutating func change(_ pointer: Pointer, from old: [Value], to new: [Value]) -> Bool {
        let head = zip(old, new).prefix { $0 == $1 }.count
        let room = min(old.count, new.count) - head
        let tail = zip(old.reversed(), new.reversed()).prefix(room).prefix { $0 == $1 }.count
        let common = head + room - tail
        for index in head..<common where !change(pointer.appending(index), to: new[index]) { return false }
        for index in (common..<(old.count - tail)).reversed() where !remove(pointer.appending(index)) { return false }
        for index in common..<(new.count - tail) {
            guard insert(new[index], into: pointer, at: index) else { return false }
        }
        return true
    }
}
