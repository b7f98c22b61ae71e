/// Members in the order of insertion; a reference, as Python's `dict`.
///
/// Beside each key stands its hash. Up to eight members are found by a scan of the hashes, more by a table.
struct Mapping {
    private struct Header {
        var keys: UnsafeMutablePointer<Item>
        var values: UnsafeMutablePointer<Item>
        var hashes: UnsafeMutablePointer<UInt32>
        var count: Int
        var capacity: Int
        /// Positions plus one by hash, in a table whose size is a power of two; absent in small maps.
        var table: UnsafeMutablePointer<UInt32>?
        var mask: Int
        var isShared: Bool
    }

    private let header: UnsafeMutablePointer<Header>

    private static let scanned = 8

    init(capacity: Int = 4) {
        let arena = Arena.current
        header = arena.allocate(1, of: Header.self)
        header.initialize(
            to: Header(
                keys: arena.allocate(capacity, of: Item.self), values: arena.allocate(capacity, of: Item.self),
                hashes: arena.allocate(capacity, of: UInt32.self), count: 0, capacity: capacity, table: nil, mask: 0,
                isShared: false))
    }

    init(_ members: [(Text, Item)]) {
        self.init(capacity: max(4, members.count))
        for (key, value) in members { set(key, value) }
    }

    @inline(__always) var count: Int { header.pointee.count }
    @inline(__always)
    var keys: UnsafeBufferPointer<Item> { UnsafeBufferPointer(start: header.pointee.keys, count: count) }
    @inline(__always)
    var values: UnsafeBufferPointer<Item> { UnsafeBufferPointer(start: header.pointee.values, count: count) }

    /// Whether it belongs to values that several renderings share, and must not change.
    var isShared: Bool {
        get { header.pointee.isShared }
        nonmutating set { header.pointee.isShared = newValue }
    }

    static func === (left: Mapping, right: Mapping) -> Bool { left.header == right.header }

    // MARK: Finding

    @inline(__always)
    private func holds(_ position: Int, _ key: Text) -> Bool {
        if case .text(let other) = header.pointee.keys[position] { return other == key }
        return false
    }

    /// Where the member is whose key is the text with that hash.
    @inline(__always)
    func position(of key: Text, hash: UInt32) -> Int? {
        let hashes = header.pointee.hashes
        if let table = header.pointee.table {
            var place = Int(hash) & header.pointee.mask
            while table[place] != 0 {
                let position = Int(table[place]) - 1
                if hashes[position] == hash, holds(position, key) { return position }
                place = (place + 1) & header.pointee.mask
            }
            return nil
        }
        var position = 0
        let count = header.pointee.count
        while position < count {
            if hashes[position] == hash, holds(position, key) { return position }
            position += 1
        }
        return nil
    }

    private func position(of key: HashKey) -> Int? {
        if case .text(let text) = key.item { return position(of: text, hash: key.hash) }
        let hashes = header.pointee.hashes
        if let table = header.pointee.table {
            var place = Int(key.hash) & header.pointee.mask
            while table[place] != 0 {
                let position = Int(table[place]) - 1
                if hashes[position] == key.hash, HashKey.areSame(header.pointee.keys[position], key.item) {
                    return position
                }
                place = (place + 1) & header.pointee.mask
            }
            return nil
        }
        for position in 0..<count
        where hashes[position] == key.hash && HashKey.areSame(header.pointee.keys[position], key.item) {
            return position
        }
        return nil
    }

    @inline(__always)
    func value(at position: Int) -> Item { header.pointee.values[position] }

    subscript(key: Text) -> Item? { position(of: key, hash: key.hash).map { header.pointee.values[$0] } }
    subscript(key: HashKey) -> Item? { position(of: key).map { header.pointee.values[$0] } }

    // MARK: Changing

    func set(_ key: Text, _ value: Item) { set(.text(key), HashKey.text(key), value) }

    /// The first spelling of a key stays, as in Python: `{1: a, true: b}` is `{1: b}`.
    func set(_ key: Item, _ hash: HashKey, _ value: Item) {
        if let position = position(of: hash) {
            header.pointee.values[position] = value
            return
        }
        let count = header.pointee.count
        if count == header.pointee.capacity { grow() }
        header.pointee.keys[count] = key
        header.pointee.values[count] = value
        header.pointee.hashes[count] = hash.hash
        header.pointee.count = count + 1
        if header.pointee.table != nil, (count + 1) * 2 <= header.pointee.mask {
            enter(count)
        } else if count + 1 > Mapping.scanned {
            rebuildTable()
        }
    }

    @discardableResult
    func remove(_ key: HashKey) -> Item? {
        guard let position = position(of: key) else { return nil }
        let value = header.pointee.values[position]
        for next in position + 1..<max(position + 1, count) {
            header.pointee.keys[next - 1] = header.pointee.keys[next]
            header.pointee.values[next - 1] = header.pointee.values[next]
            header.pointee.hashes[next - 1] = header.pointee.hashes[next]
        }
        header.pointee.count -= 1
        if header.pointee.table != nil { rebuildTable() }
        return value
    }

    func removeAll() {
        header.pointee.count = 0
        header.pointee.table = nil
    }

    func copy() -> Mapping {
        let copy = Mapping(capacity: max(4, count))
        copy.header.pointee.keys.update(from: header.pointee.keys, count: count)
        copy.header.pointee.values.update(from: header.pointee.values, count: count)
        copy.header.pointee.hashes.update(from: header.pointee.hashes, count: count)
        copy.header.pointee.count = count
        if count > Mapping.scanned { copy.rebuildTable() }
        return copy
    }

    /// What was there stays readable where it was: a loop over it goes on.
    private func grow() {
        let capacity = max(4, header.pointee.capacity * 2)
        let arena = Arena.current
        let keys = arena.allocate(capacity, of: Item.self)
        let values = arena.allocate(capacity, of: Item.self)
        let hashes = arena.allocate(capacity, of: UInt32.self)
        keys.update(from: header.pointee.keys, count: count)
        values.update(from: header.pointee.values, count: count)
        hashes.update(from: header.pointee.hashes, count: count)
        header.pointee.keys = keys
        header.pointee.values = values
        header.pointee.hashes = hashes
        header.pointee.capacity = capacity
    }

    private func enter(_ position: Int) {
        guard let table = header.pointee.table else { return }
        var place = Int(header.pointee.hashes[position]) & header.pointee.mask
        while table[place] != 0 { place = (place + 1) & header.pointee.mask }
        table[place] = UInt32(position + 1)
    }

    private func rebuildTable() {
        if header.pointee.table == nil || header.pointee.mask < count * 2 {
            var size = 32
            while size < count * 4 { size *= 2 }
            header.pointee.table = Arena.current.allocate(size, of: UInt32.self)
            header.pointee.mask = size - 1
        }
        header.pointee.table?.update(repeating: 0, count: header.pointee.mask + 1)
        for position in 0..<count { enter(position) }
    }
}
