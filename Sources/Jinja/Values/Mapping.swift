/// Members in the order of insertion; a reference, as Python's `dict`.
///
/// Up to eight members are found by a scan, more by a hash index that is built once it pays.
final class Mapping {
    private(set) var keys: [Item] = []
    private(set) var values: [Item] = []
    private(set) var depth = 1
    private var index: [HashKey: Int]?

    private static let scanned = 8

    init() {}

    convenience init(_ members: [(Text, Item)]) {
        self.init()
        for (key, value) in members { set(key, value) }
    }

    var count: Int { keys.count }

    private func position(of key: Text) -> Int? {
        if let index { return index[.text(key)] }
        for position in keys.indices {
            if case .text(let other) = keys[position], other.bytes == key.bytes { return position }
        }
        return nil
    }

    private func position(of key: HashKey) -> Int? {
        if let index { return index[key] }
        return keys.firstIndex { HashKey($0) == key }
    }

    subscript(key: Text) -> Item? { position(of: key).map { values[$0] } }
    subscript(key: HashKey) -> Item? { position(of: key).map { values[$0] } }

    func set(_ key: Text, _ value: Item) { set(.text(key), HashKey.text(key), value) }

    /// The first spelling of a key stays, as in Python: `{1: a, true: b}` is `{1: b}`.
    func set(_ key: Item, _ hash: HashKey, _ value: Item) {
        depth = max(depth, value.depth + 1, key.depth + 1)
        if let position = position(of: hash) {
            values[position] = value
            return
        }
        keys.append(key)
        values.append(value)
        if index != nil {
            index?[hash] = keys.count - 1
        } else if keys.count > Mapping.scanned {
            rebuildIndex()
        }
    }

    @discardableResult
    func remove(_ key: HashKey) -> Item? {
        guard let position = position(of: key) else { return nil }
        keys.remove(at: position)
        let value = values.remove(at: position)
        if index != nil { rebuildIndex() }
        return value
    }

    func removeAll() {
        keys = []
        values = []
        index = nil
    }

    func copy() -> Mapping {
        let copy = Mapping()
        copy.keys = keys
        copy.values = values
        copy.index = index
        copy.depth = depth
        return copy
    }

    private func rebuildIndex() {
        var index: [HashKey: Int] = [:]
        for (position, key) in keys.enumerated() {
            if let hash = HashKey(key) { index[hash] = position }
        }
        self.index = index
    }
}

/// What Python would hash: equal for equal numbers of any kind, by bytes for text, by items for tuples.
indirect enum HashKey: Hashable {
    case none
    case int(Int)
    case big(BigInt)
    case float(Double)
    case text(Text)
    case tuple([HashKey])
    case range(Int, Int, Int)
    case identity(ObjectIdentifier)
    case undefined

    /// `nil` for what can change: lists and maps.
    init?(_ item: Item) {
        switch item {
        case .missing, .undefined: self = .undefined
        case .none: self = .none
        case .bool(let flag): self = .int(flag ? 1 : 0)
        case .int(let int): self = .int(int)
        case .big(let big): self = .big(big)
        case .float(let double):
            if let int = Int(exactly: double) { self = .int(int) } else { self = .float(double) }
        case .text(let text): self = .text(text)
        case .tuple(let tuple):
            var keys: [HashKey] = []
            for item in tuple.items {
                guard let key = HashKey(item) else { return nil }
                keys.append(key)
            }
            self = .tuple(keys)
        case .range(let range): self = .range(range.start, range.step, range.count)
        case .native(let native): self = .identity(ObjectIdentifier(native))
        case .list, .map: return nil
        }
    }

    /// The key, or the fault that says why it can't be one.
    static func of(_ item: Item) throws(Fault) -> HashKey {
        guard let key = HashKey(item) else {
            throw Fault(.type, "unhashable type: '\(item.typeName)'", hint: "use text or a number as the key")
        }
        return key
    }
}
