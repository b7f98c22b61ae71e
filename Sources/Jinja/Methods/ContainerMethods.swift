/// Methods of Python's `dict`.
enum MappingMethods {
    static let table = Method.table([
        view(.keys), view(.values), view(.items),
        Method("get", "key default?") { (owner, arguments, _) throws(Fault) in
            let key = try HashKey.of(arguments[0] ?? .none)
            return own(owner)[key] ?? arguments[1] ?? .none
        },
        Method("update", "*") { (owner, arguments, renderer) throws(Fault) in
            let map = own(owner)
            try renderer.change(map.isShared)
            if let other = arguments.rest.first { try fill(map, from: other, renderer) }
            for (name, value) in arguments.named { map.set(name, value) }
            return .none
        },
        Method("pop", "key default?") { (owner, arguments, renderer) throws(Fault) in
            try renderer.change(own(owner).isShared)
            let key = arguments[0] ?? .none
            if let value = own(owner).remove(try HashKey.of(key)) { return value }
            if let fallback = arguments[1] { return fallback }
            throw Fault(.key, try key.repr().string)
        },
        Method("popitem") { (owner, _, renderer) throws(Fault) in
            let map = own(owner)
            try renderer.change(map.isShared)
            guard let key = map.keys.last, let value = map.remove(try HashKey.of(key)) else {
                throw Fault(.key, "popitem(): dictionary is empty")
            }
            return .tuple([key, value])
        },
        Method("setdefault", "key default?") { (owner, arguments, renderer) throws(Fault) in
            let key = arguments[0] ?? .none
            let hash = try HashKey.of(key)
            if let value = own(owner)[hash] { return value }
            try renderer.change(own(owner).isShared)
            own(owner).set(key, hash, arguments[1] ?? .none)
            return arguments[1] ?? .none
        },
        Method("copy") { (owner, _, _) in .map(own(owner).copy()) },
        Method("clear") { (owner, _, renderer) throws(Fault) in
            try renderer.change(own(owner).isShared)
            own(owner).removeAll()
            return .none
        },
    ])

    /// Whether an attribute of that name is a method, not a member.
    static func has(_ name: Text) -> Bool { firsts.mayHold(name) && table[name] != nil }

    /// Most names are told apart by their length and first letter.
    private static let firsts = FirstLetters(of: Array(table.keys))

    private static func own(_ item: Item) -> Mapping {
        if case .map(let map) = item { map } else { Mapping() }
    }

    private static func view(_ part: MappingView.Part) -> Method {
        Method(part.rawValue) { (owner, _, _) in .native(MappingView(part, own(owner))) }
    }

    /// Takes the members of a mapping, or pairs.
    static func fill(_ map: Mapping, from other: Item, _ renderer: Renderer) throws(Fault) {
        if case .map(let other) = other {
            try renderer.spend(other.count)
            for (key, value) in zip(other.keys, other.values) { map.set(key, try HashKey.of(key), value) }
            return
        }
        for item in try renderer.items(of: other) {
            let pair = try renderer.unpack(item, count: 2)
            map.set(pair[0], try HashKey.of(pair[0]), pair[1])
        }
    }
}

/// Methods of Python's `list` and `tuple`.
enum ListMethods {
    static let tableForBoth = [
        Method("count", "value") { (owner, arguments, _) throws(Fault) in
            var count = 0
            for item in own(owner).items where try Comparing.equal(item, arguments[0] ?? .none) { count += 1 }
            return .int(count)
        },
        Method("index", "value") { (owner, arguments, _) throws(Fault) in
            let wanted = arguments[0] ?? .none
            for (index, item) in own(owner).items.enumerated() where try Comparing.equal(item, wanted) {
                return .int(index)
            }
            throw Fault(.value, "\(try wanted.repr().string) is not in list")
        },
    ]

    static let tupleTable = Method.table(tableForBoth)

    static let table = Method.table(
        tableForBoth + [
            changing("append", "object") { (list, arguments, _) throws(Fault) in
                list.append(arguments[0] ?? .none)
                return .none
            },
            changing("extend", "iterable") { (list, arguments, renderer) throws(Fault) in
                let items = try renderer.items(of: arguments[0] ?? .none)
                try renderer.spend(items.count)
                for item in items { list.append(item) }
                return .none
            },
            changing("insert", "index object") { (list, arguments, _) throws(Fault) in
                let index = try arguments.int(0, 0)
                let place = index < 0 ? max(0, index + list.items.count) : min(index, list.items.count)
                list.items.insert(arguments[1] ?? .none, at: place)
                return .none
            },
            changing("pop", "index?") { (list, arguments, _) throws(Fault) in
                guard !list.items.isEmpty else { throw Fault(.index, "pop from empty list") }
                let index = try arguments.int(0, -1)
                let place = index < 0 ? index + list.items.count : index
                guard list.items.indices.contains(place) else { throw Fault(.index, "pop index out of range") }
                return list.items.remove(at: place)
            },
            changing("remove", "value") { (list, arguments, _) throws(Fault) in
                for (index, item) in list.items.enumerated() where try Comparing.equal(item, arguments[0] ?? .none) {
                    list.items.remove(at: index)
                    return .none
                }
                throw Fault(.value, "list.remove(x): x not in list")
            },
            changing("sort", "reverse?") { (list, arguments, renderer) throws(Fault) in
                try renderer.spend(list.items.count * 16)
                list.items = try Comparing.sort(list.items, reverse: arguments.flag(0, false)) { (item) throws(Fault) in
                    item
                }
                return .none
            },
            changing("reverse", "") { (list, _, _) in
                list.items.reverse()
                return .none
            },
            changing("clear", "") { (list, _, _) in
                list.items = []
                return .none
            },
            Method("copy") { (owner, _, _) in .list(own(owner).items) },
        ])

    private static func own(_ item: Item) -> Item.Sequence {
        switch item {
        case .list(let sequence), .tuple(let sequence): sequence
        default: Item.Sequence([])
        }
    }

    private static func changing(
        _ name: String, _ parameters: String,
        _ body: @escaping @Sendable (Item.Sequence, Bound, Renderer) throws(Fault) -> Item
    ) -> Method {
        Method(name, parameters) { (owner, arguments, renderer) throws(Fault) in
            let list = own(owner)
            try renderer.change(list.isShared)
            let result = try body(list, arguments, renderer)
            if list.items.count > renderer.environment.budget.loopItems {
                throw Fault(.limit, "a list must not have more than \(renderer.environment.budget.loopItems) items")
            }
            return result
        }
    }
}

/// Methods of Python's numbers.
enum NumberMethods {
    static let table = Method.table([
        Method("is_integer") { (owner, _, _) in
            if case .float(let double) = owner { return .bool(double.isFinite && double == double.rounded()) }
            return .bool(true)
        },
        Method("bit_length") { (owner, _, _) throws(Fault) in
            guard let whole = owner.wholeNumber else {
                throw Fault(.type, "'\(owner.typeName)' object has no bit_length")
            }
            return .int(whole.bigInt.bitCount)
        },
    ])
}
