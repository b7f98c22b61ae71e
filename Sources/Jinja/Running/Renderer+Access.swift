extension Renderer {
    /// `owner.name`: Python's attribute first, then the item.
    func attribute(_ owner: Item, _ name: Text) throws(Fault) -> Item {
        switch owner {
        case .map(let map):
            if let method = MappingMethods.table[name] { return bind(name, method, owner) }
            if let value = map[name] { return value }
            if name.hasPrefix("__") { return undefined(.attribute(owner: "dict object", name: name.string)) }
            return undefined(.attribute(owner: "dict object", name: name.string), hint: hint(forKey: name, in: map))
        case .undefined(let undefined):
            if undefined.mode == .chainable || name.hasPrefix("__") { return owner }
            throw undefined.fault
        default:
            if let found = try memberOrMethod(owner, name) { return found }
            return undefined(.attribute(owner: ownerText(owner), name: name.string))
        }
    }

    private func ownerText(_ owner: Item) -> String {
        if case .none = owner { return "None" }
        return "\(owner.typeName) object"
    }

    private func memberOrMethod(_ owner: Item, _ name: Text) throws(Fault) -> Item? {
        switch owner {
        case .text: return StringMethods.table[name].map { bind(name, $0, owner) }
        case .list: return ListMethods.table[name].map { bind(name, $0, owner) }
        case .tuple(let tuple):
            if let index = tuple.fields.firstIndex(of: name), index < tuple.count { return tuple[index] }
            return ListMethods.tupleTable[name].map { bind(name, $0, owner) }
        case .int, .big, .float, .bool: return NumberMethods.table[name].map { bind(name, $0, owner) }
        case .map: return MappingMethods.table[name].map { bind(name, $0, owner) }
        case .native(let object): return try object.native.attribute(name, self)
        case .range(let range):
            switch name.string {
            case "start": return .int(range.start)
            case "stop": return .int(range.stop)
            case "step": return .int(range.step)
            default: return nil
            }
        case .missing, .undefined, .none: return nil
        }
    }

    private func bind(_ name: Text, _ method: Method, _ owner: Item) -> Item {
        .native(
            Function(name.string) { (arguments, renderer) throws(Fault) in
                try method.call(owner, arguments, renderer)
            })
    }

    /// `owner[key]`: Python's item first, then the attribute.
    func item(_ owner: Item, _ key: Item) throws(Fault) -> Item {
        if case .undefined(let undefined) = owner {
            if undefined.mode == .chainable { return owner }
            throw undefined.fault
        }
        if case .undefined(let undefined) = key, undefined.isStrict, case .map = owner { throw undefined.fault }
        switch owner {
        case .map(let map): if let hash = HashKey(key), let value = map[hash] { return value }
        case .list(let sequence), .tuple(let sequence):
            if let index = position(key, sequence.count) { return sequence[index] }
        case .text(let text):
            if let index = position(key, text.count) { return .text(text.slice(index..<(index + 1))) }
        case .range(let range): if let index = position(key, range.count) { return .int(range[index]) }
        case .missing, .undefined, .none, .bool, .int, .big, .float, .native: break
        }
        if case .text(let name) = key {
            if let found = try memberOrMethod(owner, name) { return found }
            let hint: String? = if case .map(let map) = owner { hint(forKey: name, in: map) } else { nil }
            return undefined(.attribute(owner: ownerText(owner), name: name.string), hint: hint)
        }
        return undefined(.element(owner: "\(owner.typeName) object", key: try key.repr().string))
    }

    private func position(_ key: Item, _ count: Int) -> Int? {
        guard let index = key.index, index != .min else { return nil }
        let position = index < 0 ? index + count : index
        return (0..<count).contains(position) ? position : nil
    }

    func slice(_ owner: Item, _ bounds: [Item]) throws(Fault) -> Item {
        if case .undefined(let undefined) = owner {
            if undefined.mode == .chainable { return owner }
            throw undefined.fault
        }
        let count: Int
        switch owner {
        case .list(let sequence), .tuple(let sequence): count = sequence.count
        case .text(let text): count = text.count
        case .range(let range): count = range.count
        case .missing, .undefined, .none, .bool, .int, .big, .float, .map, .native:
            return undefined(.element(owner: "\(owner.typeName) object", key: "slice"))
        }
        let chosen = try Slicing(bounds, count: count)
        switch owner {
        case .list(let sequence): return .list(chosen.indices.map { sequence[$0] })
        case .tuple(let sequence): return .tuple(chosen.indices.map { sequence[$0] })
        case .text(let text):
            let scalars = text.scalars
            return .text(Text(chosen.indices.map { scalars[$0] }, isSafe: text.isSafe))
        case .range(let range):
            return .range(
                Item.Span(
                    start: range[chosen.start], stop: range[chosen.stop], step: range.step &* chosen.step))
        case .missing, .undefined, .none, .bool, .int, .big, .float, .map, .native: return .none
        }
    }

    // MARK: Iterating

    /// What iteration over `item` gives, in order.
    func items(of item: Item) throws(Fault) -> [Item] {
        switch item {
        case .list(let sequence), .tuple(let sequence): return sequence.items
        case .map(let map): return Array(map.keys)
        case .text(let text):
            try checkLoop(text.count)
            return text.scalars.map { .text(Text([$0], isSafe: false)) }
        case .range(let range):
            try checkLoop(range.count)
            return (0..<range.count).map { .int(range[$0]) }
        case .undefined(let undefined):
            if undefined.isStrict { throw undefined.fault }
            return []
        case .native(let object): if let items = try object.native.iterate() { return items }
        case .missing, .none, .bool, .int, .big, .float: break
        }
        let hint: String? = if case .none = item { "give the list a default" } else { nil }
        throw Fault(.type, "'\(item.typeName)' object is not iterable", hint: hint)
    }

    func length(of item: Item) throws(Fault) -> Int {
        switch item {
        case .list(let sequence), .tuple(let sequence): return sequence.count
        case .map(let map): return map.count
        case .text(let text): return text.count
        case .range(let range): return range.count
        case .undefined(let undefined):
            if undefined.isStrict { throw undefined.fault }
            return 0
        case .native(let object): if let count = object.native.count { return count }
        case .missing, .none, .bool, .int, .big, .float: break
        }
        throw Fault(.type, "object of type '\(item.typeName)' has no len()")
    }

    func unpack(_ item: Item, count: Int) throws(Fault) -> [Item] {
        let items: [Item]
        do throws(Fault) {
            items = try self.items(of: item)
        } catch {
            if error.kind == .type { throw Fault(.type, "cannot unpack non-iterable \(item.typeName) object") }
            throw error
        }
        if items.count > count { throw Fault(.value, "too many values to unpack (expected \(count))") }
        if items.count < count {
            throw Fault(.value, "not enough values to unpack (expected \(count), got \(items.count))")
        }
        return items
    }

    /// `text * 3`, `[0] * 3` and the like; `nil` where neither side is a sequence.
    func repeated(_ left: Item, _ right: Item) throws(Fault) -> Item? {
        let (sequence, other) = left.isSequence ? (left, right) : (right, left)
        guard sequence.isSequence else { return nil }
        guard let times = other.index else {
            throw Fault(.type, "can't multiply sequence by non-int of type '\(other.typeName)'")
        }
        let count = max(0, times)
        switch sequence {
        case .text(let text):
            let (size, overflow) = text.bytes.count.multipliedReportingOverflow(by: count)
            try checkSize(overflow ? .max : size)
            if text.bytes.count == 1 {
                return .text(Text(bytes: Array(repeating: text.bytes[0], count: count), isSafe: text.isSafe))
            }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(size)
            if !text.isEmpty { for _ in 0..<count { bytes += text.bytes } }
            return .text(Text(bytes: bytes, isSafe: text.isSafe))
        case .list(let list): return .list(try repeated(list.items, count))
        case .tuple(let tuple): return .tuple(try repeated(tuple.items, count))
        default: return nil
        }
    }

    private func repeated(_ items: [Item], _ count: Int) throws(Fault) -> [Item] {
        let (size, overflow) = items.count.multipliedReportingOverflow(by: count)
        if overflow || size > environment.budget.loopItems {
            throw Fault(.limit, "a list must not have more than \(environment.budget.loopItems) items")
        }
        var all: [Item] = []
        if !items.isEmpty { for _ in 0..<count { all += items } }
        return all
    }

    // MARK: Calling

    func call(_ function: Item, _ arguments: Arguments) throws(Fault) -> Item {
        switch function {
        case .native(let object): return try object.native.call(arguments, self)
        case .undefined(let undefined): throw undefined.fault
        default: throw Fault(.type, "'\(function.typeName)' object is not callable")
        }
    }
}

extension Item {
    var isSequence: Bool {
        switch self {
        case .text, .list, .tuple: true
        case .missing, .undefined, .none, .bool, .int, .big, .float, .map, .range, .native: false
        }
    }
}

/// Python's `start:stop:step` on something of `count` items.
struct Slicing {
    let start: Int
    let stop: Int
    let step: Int

    init(_ bounds: [Item], count: Int) throws(Fault) {
        let step = try Slicing.bound(bounds[2]) ?? 1
        guard step != 0 else { throw Fault(.value, "slice step cannot be zero") }
        let lowest = step < 0 ? -1 : 0
        let highest = step < 0 ? count - 1 : count
        func place(_ bound: Int?, _ fallback: Int) -> Int {
            guard let bound else { return fallback }
            return min(max(bound < 0 ? bound + count : bound, lowest), highest)
        }
        start = place(try Slicing.bound(bounds[0]), step < 0 ? highest : lowest)
        stop = place(try Slicing.bound(bounds[1]), step < 0 ? lowest : highest)
        self.step = step
    }

    private static func bound(_ item: Item) throws(Fault) -> Int? {
        if case .none = item { return nil }
        if case .undefined(let undefined) = item { throw undefined.fault }
        guard let index = item.index else {
            throw Fault(.type, "slice indices must be integers or None")
        }
        // Far beyond any length, and safe to add to.
        return min(max(index, -(1 << 40)), 1 << 40)
    }

    var indices: [Int] { Array(stride(from: start, to: stop, by: step)) }
}
