extension Value {
    /// The same value with `value` at `pointer`; objects that are missing on the way there are made.
    ///
    /// The step `-`, and the number after the last, append to a list. `nil` when the way leads through a scalar or past
    /// a list's end. A null on the way counts as missing.
    package func setting(_ pointer: Pointer, to value: Value) -> Value? {
        setting(pointer.steps[...], to: value)
    }

    private func setting(_ steps: ArraySlice<String>, to value: Value) -> Value? {
        guard let step = steps.first else { return value }
        let rest = steps.dropFirst()
        switch self {
        case .null, .object:
            var object = object ?? Object()
            guard let inner = (object[step] ?? .null).setting(rest, to: value) else { return nil }
            object[step] = inner
            return .object(object)
        case .list(var items):
            guard let index = step == "-" ? items.count : Int(step), (0...items.count).contains(index) else {
                return nil
            }
            let old = index < items.count ? items[index] : .null
            guard let inner = old.setting(rest, to: value) else { return nil }
            if index < items.count { items[index] = inner } else { items.append(inner) }
            return .list(items)
        case .bool, .number, .string: return nil
        }
    }

    /// The same value without what stands at `pointer`; `nil` when nothing stands there.
    package func removing(_ pointer: Pointer) -> Value? {
        guard let step = pointer.steps.last, let parent = self[pointer.parent] else { return nil }
        switch parent {
        case .object(var object):
            guard object[step] != nil else { return nil }
            object[step] = nil
            return setting(pointer.parent, to: .object(object))
        case .list(var items):
            guard let index = Int(step), items.indices.contains(index) else { return nil }
            items.remove(at: index)
            return setting(pointer.parent, to: .list(items))
        case .null, .bool, .number, .string: return nil
        }
    }
}
