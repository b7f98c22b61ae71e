extension Filter {
    static let sequences: [Filter] = [
        Filter("list") { (value, _, renderer) throws(Fault) in .list(try renderer.items(of: value)) },
        Filter("length") { (value, _, renderer) throws(Fault) in .int(try renderer.length(of: value)) },
        Filter("first") { (value, _, renderer) throws(Fault) in
            if case .list(let list) = value, let first = list.buffer.first { return first }
            return try renderer.items(of: value).first
                ?? renderer.undefined(.sentence("No first item, sequence was empty."))
        },
        Filter("last") { (value, _, renderer) throws(Fault) in
            if case .list(let list) = value, let last = list.buffer.last { return last }
            return try renderer.items(of: value).last
                ?? renderer.undefined(.sentence("No last item, sequence was empty."))
        },
        Filter("random") { (value, _, renderer) throws(Fault) in
            // Rendering must give the same text each time.
            throw Fault(.filter, "the filter random must not be used: templates give the same text each time")
        },
        Filter("join", "d? attribute?") { (value, arguments, renderer) throws(Fault) in
            var items = try renderer.items(of: value)
            if let path = arguments.given(1) {
                let path = AttributePath(path)
                items = try items.mapped { (item) throws(Fault) in try path.value(of: item, renderer) }
            }
            return try join(items, arguments.text(0, .empty), renderer)
        },
        Filter("sort", "reverse? case_sensitive? attribute?") { (value, arguments, renderer) throws(Fault) in
            let isExact = try arguments.flag(1, false)
            let paths = try AttributePath.several(arguments.given(2))
            let items = try renderer.items(of: value)
            try renderer.spend(items.count * 16)
            return .list(
                try Comparing.sort(items, reverse: arguments.flag(0, false)) { (item) throws(Fault) in
                    guard let paths else { return isExact ? item : item.lowered }
                    return .list(
                        try paths.mapped { (path) throws(Fault) in
                            let part = try path.value(of: item, renderer)
                            return isExact ? part : part.lowered
                        })
                })
        },
        Filter("unique", "case_sensitive? attribute?") { (value, arguments, renderer) throws(Fault) in
            let isExact = try arguments.flag(0, false)
            let path = arguments.given(1).map { AttributePath($0) }
            var seen: Set<HashKey> = []
            var unique: [Item] = []
            for item in try renderer.items(of: value) {
                let key = try path?.value(of: item, renderer) ?? item
                if seen.insert(try HashKey.of(isExact ? key : key.lowered)).inserted { unique.append(item) }
            }
            return .native(Generator("generator", unique))
        },
        Filter("min", "case_sensitive? attribute?") { (value, arguments, renderer) throws(Fault) in
            try extreme(value, arguments, renderer, "<")
        },
        Filter("max", "case_sensitive? attribute?") { (value, arguments, renderer) throws(Fault) in
            try extreme(value, arguments, renderer, ">")
        },
        Filter("sum", "attribute? start?") { (value, arguments, renderer) throws(Fault) in
            let path = arguments.given(0).map { AttributePath($0) }
            var sum = arguments[1] ?? .int(0)
            for item in try renderer.items(of: value) {
                try renderer.step()
                let part = try path?.value(of: item, renderer) ?? item
                sum = try renderer.bounded(Operators.apply(.add, sum, part, renderer))
            }
            return sum
        },
        Filter("batch", "linecount fill_with?") { (value, arguments, renderer) throws(Fault) in
            let size = try arguments.int(0, 1)
            let fill = arguments.given(1)
            var rows: [Item] = []
            var row: [Item] = []
            for item in try renderer.items(of: value) {
                if row.count == size {
                    rows.append(.list(row))
                    row = []
                }
                row.append(item)
            }
            if !row.isEmpty {
                if let fill, row.count < size {
                    if size > renderer.environment.budget.loopItems { throw Fault(.limit, "a row has too many items") }
                    row += Array(repeating: fill, count: size - row.count)
                }
                rows.append(.list(row))
            }
            return .native(Generator("generator", rows))
        },
        Filter("slice", "slices fill_with?") { (value, arguments, renderer) throws(Fault) in
            let items = try renderer.items(of: value)
            let count = try arguments.int(0, 1)
            guard count != 0 else { throw Fault(.zeroDivision, "integer division or modulo by zero") }
            try renderer.checkLoop(count)
            guard count > 0 else { return .native(Generator("generator", [])) }
            let fill = arguments.given(1)
            let size = items.count / count
            let longer = items.count % count
            var slices: [Item] = []
            var offset = 0
            for number in 0..<count {
                let end = offset + size + (number < longer ? 1 : 0)
                var slice = Array(items[offset..<end])
                if let fill, number >= longer { slice.append(fill) }
                slices.append(.list(slice))
                offset = end
            }
            return .native(Generator("generator", slices))
        },
        Filter("groupby", "attribute default? case_sensitive?") { (value, arguments, renderer) throws(Fault) in
            try groups(value, arguments, renderer)
        },
    ]

    private static func join(_ items: [Item], _ separator: Text, _ renderer: Renderer) throws(Fault) -> Item {
        try renderer.spend(items.count)
        let texts = try items.mapped { (item) throws(Fault) in try item.text() }
        guard renderer.escapes else { return .text(try Text.join(texts, separator, renderer)) }
        guard separator.isSafe || texts.contains(where: \.isSafe) else {
            return .text(try Text.join(texts, separator, renderer))
        }
        return .text(try Text.join(texts.map(\.escaped), separator.escaped, renderer).marked(safe: true))
    }

    private static func extreme(
        _ value: Item, _ arguments: Bound, _ renderer: Renderer, _ sign: String
    ) throws(Fault) -> Item {
        let isExact = try arguments.flag(0, false)
        let path = arguments.given(1).map { AttributePath($0) }
        var best: (key: Item, item: Item)?
        for item in try renderer.items(of: value) {
            var key = try path?.value(of: item, renderer) ?? item
            if !isExact { key = key.lowered }
            guard let current = best else {
                best = (key, item)
                continue
            }
            if try Comparing.order(key, current.key, sign) == (sign == "<" ? -1 : 1) { best = (key, item) }
        }
        return best?.item ?? renderer.undefined(.sentence("No aggregated item, sequence was empty."))
    }

    private static func groups(_ value: Item, _ arguments: Bound, _ renderer: Renderer) throws(Fault) -> Item {
        let path = AttributePath(arguments[0] ?? .none, fallback: arguments.given(1))
        let isExact = try arguments.flag(2, false)
        let items = try renderer.items(of: value)
        try renderer.spend(items.count * 16)
        let key: (Item) throws(Fault) -> Item = { (item) throws(Fault) in
            let key = try path.value(of: item, renderer)
            return isExact ? key : key.lowered
        }
        let sorted = try Comparing.sort(items, reverse: false, by: key)
        var groups: [(key: Item, items: [Item])] = []
        for item in sorted {
            let key = try key(item)
            if let last = groups.indices.last, try Comparing.equal(groups[last].key, key) {
                groups[last].items.append(item)
            } else {
                groups.append((key, [item]))
            }
        }
        return .list(
            try groups.mapped { (group) throws(Fault) in
                // The name of the group is as its first item spells it.
                let name = try path.value(of: group.items[0], renderer)
                return .tuple(Item.Sequence([name, .list(group.items)], fields: ["grouper", "list"]))
            })
    }
}

extension Item {
    /// Text in lower case, as filters that ignore case compare it.
    var lowered: Item {
        if case .text(let text) = self { .text(text.lowercased) } else { self }
    }
}

extension Array {
    /// `map` whose closure throws a fault.
    func mapped<T>(_ body: (Element) throws(Fault) -> T) throws(Fault) -> [T] {
        var out: [T] = []
        out.reserveCapacity(count)
        for element in self { out.append(try body(element)) }
        return out
    }
}

/// A dotted path such as `a.b.0` that filters take as `attribute`.
struct AttributePath {
    private let parts: [Item]
    private let fallback: Item?

    init(_ attribute: Item, fallback: Item? = nil) {
        self.fallback = fallback
        guard case .text(let text) = attribute else {
            parts = [attribute]
            return
        }
        parts = text.string.split(separator: ".", omittingEmptySubsequences: false).map { part in
            let isNumber = !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
            return isNumber ? Int(part).map { .int($0) } ?? .text(String(part)) : .text(String(part))
        }
    }

    static func several(_ attribute: Item?) throws(Fault) -> [AttributePath]? {
        guard let attribute else { return nil }
        guard case .text(let text) = attribute else { return [AttributePath(attribute)] }
        return text.string.split(separator: ",", omittingEmptySubsequences: false).map {
            AttributePath(.text(String($0)))
        }
    }

    func value(of item: Item, _ renderer: Renderer) throws(Fault) -> Item {
        var item = item
        for part in parts {
            item = try renderer.item(item, part)
            if let fallback, item.isUndefined { item = fallback }
        }
        return item
    }
}
