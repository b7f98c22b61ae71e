import Documents

extension Item {
    /// A document's value; whole numbers and decimals stay apart as they were written.
    ///
    /// - Parameter isShared: Whether several renderings share it, so that none may change it.
    init(_ value: Value, isShared: Bool = false) {
        switch value {
        case .null: self = .none
        case .bool(let flag): self = .bool(flag)
        case .number(let number): self = Item(number)
        case .string(let text): self = .text(Text(text))
        case .list(let items):
            let list = Sequence(capacity: items.count)
            for item in items { list.append(Item(item, isShared: isShared)) }
            list.isShared = isShared
            self = .list(list)
        case .object(let object):
            let map = Mapping(capacity: max(4, object.count))
            for (key, value) in object { map.set(Text(key), Item(value, isShared: isShared)) }
            map.isShared = isShared
            self = .map(map)
        }
    }

    private init(_ number: Number) {
        guard number.isWrittenAsInteger else {
            self = .float(number.double)
            return
        }
        if let int = number.int {
            self = .int(int)
        } else {
            let text = number.text
            let isNegative = text.hasPrefix("-")
            let digits = text.utf8.dropFirst(isNegative ? 1 : 0)
            self = BigInt(digits, radix: 10, isNegative: isNegative).map { .integer($0) } ?? .float(number.double)
        }
    }

    /// The value for whoever is outside the engine; what is undefined counts as null.
    func documentValue(depth: Int = 0) throws(Fault) -> Value {
        guard depth < Item.deepest else {
            throw Fault(.limit, "a value nests more than \(Item.deepest) levels deep")
        }
        switch self {
        case .undefined(let undefined):
            if undefined.isStrict { throw undefined.fault }
            return .null
        case .missing, .none: return .null
        case .bool(let flag): return .bool(flag)
        case .int(let int): return .number(Number(int))
        case .big(let big): return Number(json: try big.text()).map { .number($0) } ?? .null
        case .float(let double): return Number(double).map { .number($0) } ?? .null
        case .text(let text): return .string(text.string)
        case .list(let sequence), .tuple(let sequence):
            var values: [Value] = []
            for item in sequence.items { values.append(try item.documentValue(depth: depth + 1)) }
            return .list(values)
        case .map(let map):
            var object = Object()
            for (key, value) in zip(map.keys, map.values) {
                object[try key.text().string] = try value.documentValue(depth: depth + 1)
            }
            return .object(object)
        case .range(let range): return .list((0..<min(range.count, 100_000)).map { .number(Number(range[$0])) })
        case .native(let object): return .string(object.native.text)
        }
    }
}
