/// What Python would hash: equal for equal numbers of any kind, by bytes for text, by items for tuples.
struct HashKey: Hashable {
    let item: Item
    let hash: UInt32

    private init(_ item: Item, _ hash: UInt32) {
        self.item = item
        self.hash = hash
    }

    static func text(_ text: Text) -> HashKey { HashKey(.text(text), text.hash) }

    /// `nil` for what can change: lists and maps.
    init?(_ item: Item) {
        guard let hash = HashKey.hash(item, depth: 0) else { return nil }
        self.init(item, hash)
    }

    /// The key, or the fault that says why it can't be one.
    static func of(_ item: Item) throws(Fault) -> HashKey {
        guard let key = HashKey(item) else {
            throw Fault(.type, "unhashable type: '\(item.typeName)'", hint: "use text or a number as the key")
        }
        return key
    }

    static func == (left: HashKey, right: HashKey) -> Bool {
        left.hash == right.hash && areSame(left.item, right.item)
    }

    func hash(into hasher: inout Hasher) { hasher.combine(hash) }

    private static func mixed(_ value: Int, _ salt: UInt64 = 0) -> UInt32 {
        UInt32(truncatingIfNeeded: Text.mix(UInt64(bitPattern: Int64(value)) ^ salt ^ 0x5851_F42D_4C95_7F2D))
    }

    private static func hash(_ item: Item, depth: Int) -> UInt32? {
        switch item {
        case .missing, .undefined: return 1
        case .none: return 2
        case .bool(let flag): return mixed(flag ? 1 : 0)
        case .int(let int): return mixed(int)
        case .big(let big): return UInt32(truncatingIfNeeded: big.value.hashValue)
        case .float(let double):
            return Int(exactly: double).map { mixed($0) } ?? UInt32(truncatingIfNeeded: double.hashValue)
        case .text(let text): return text.hash
        case .tuple(let tuple):
            // What nests deeper is told apart by comparing.
            guard depth < Item.deepest else { return 3 }
            var hash = mixed(tuple.count, 7)
            for item in tuple.buffer {
                guard let part = self.hash(item, depth: depth + 1) else { return nil }
                hash = mixed(Int(hash) << 32 | Int(part))
            }
            return hash
        case .range(let range): return mixed(range.start &+ range.count, 9)
        case .native(let object): return UInt32(truncatingIfNeeded: object.identity.hashValue)
        case .list, .map: return nil
        }
    }

    /// Whether two items, which are hashable, are the same key.
    static func areSame(_ left: Item, _ right: Item, depth: Int = 0) -> Bool {
        switch (left, right) {
        case (.text(let a), .text(let b)): return a == b
        case (.missing, .missing), (.undefined, .undefined), (.missing, .undefined), (.undefined, .missing),
            (.none, .none):
            return true
        case (.tuple(let a), .tuple(let b)):
            guard a.count == b.count, depth < Item.deepest else { return false }
            return zip(a.buffer, b.buffer).allSatisfy { areSame($0, $1, depth: depth + 1) }
        case (.range(let a), .range(let b)): return a.start == b.start && a.step == b.step && a.count == b.count
        case (.native(let a), .native(let b)): return a.identity == b.identity
        case (.big(let a), .big(let b)): return a.value == b.value
        case (.float(let a), .float(let b)): return a == b
        default:
            guard let a = left.wholeKey, let b = right.wholeKey else { return false }
            return a == b
        }
    }
}

extension Item {
    /// A number that is whole and no larger than an `Int`.
    fileprivate var wholeKey: Int? {
        switch self {
        case .int(let int): int
        case .bool(let flag): flag ? 1 : 0
        case .float(let double): Int(exactly: double)
        default: nil
        }
    }
}
