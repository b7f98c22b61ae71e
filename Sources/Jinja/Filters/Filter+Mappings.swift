extension Filter {
    static let mappings: [Filter] = [
        Filter("default", "default_value? boolean?") { (value, arguments, _) throws(Fault) in
            if value.isUndefined { return arguments[0] ?? .text(.empty) }
            if try arguments.flag(1, false), try !value.isTrue() { return arguments[0] ?? .text(.empty) }
            return value
        },
        Filter("attr", "name") { (value, arguments, renderer) throws(Fault) in
            let name = try arguments.text(0, .empty)
            if case .undefined(let undefined) = value {
                if undefined.mode == .chainable { return value }
                throw undefined.fault
            }
            if case .map(let map) = value, map[name] != nil, MappingMethods.table[name] == nil {
                // Only real attributes count, not members.
                return renderer.undefined(.attribute(owner: "dict object", name: name.string))
            }
            return try renderer.attribute(value, name)
        },
        Filter("items") { (value, _, renderer) throws(Fault) in
            if value.isUndefined, try !value.isTrue() { return .native(Generator("generator", [])) }
            guard case .map(let map) = value else {
                throw Fault(.type, "Can only get item pairs from a mapping.")
            }
            return .native(Generator("generator", zip(map.keys, map.values).map { .tuple([$0, $1]) }))
        },
        Filter("dictsort", "case_sensitive? by? reverse?") { (value, arguments, renderer) throws(Fault) in
            let by = try arguments.text(1, "key").string
            guard by == "key" || by == "value" else {
                throw Fault(.filterArgument, "You can only sort by either \"key\" or \"value\"")
            }
            if case .undefined(let undefined) = value { throw undefined.fault }
            guard case .map(let map) = value else {
                throw Fault(.type, "dictsort must be given a mapping, but is given \(value.typeName)")
            }
            let isExact = try arguments.flag(0, false)
            try renderer.spend(map.count * 16)
            let pairs: [Item] = zip(map.keys, map.values).map { .tuple([$0, $1]) }
            return .list(
                try Comparing.sort(pairs, reverse: arguments.flag(2, false)) { (pair) throws(Fault) in
                    guard case .tuple(let pair) = pair else { return pair }
                    let part = pair.items[by == "key" ? 0 : 1]
                    return isExact ? part : part.lowered
                })
        },
        Filter("tojson", "indent?") { (value, arguments, renderer) throws(Fault) in
            let indent = try arguments.given(0)?.requireIndex()
            var writer = JSONWriter(
                indent: indent.map { min(max($0, 0), 64) }, limit: renderer.environment.budget.outputBytes)
            try writer.write(value, depth: 0)
            return .text(Text(bytes: writer.out, isSafe: true))
        },
        Filter("pprint") { (value, _, _) throws(Fault) in .text(try sortedCopy(value, depth: 0).repr()) },
    ]

    /// Python's `pprint` writes members in the order of their keys.
    private static func sortedCopy(_ item: Item, depth: Int) throws(Fault) -> Item {
        guard depth < Item.deepest else { throw Fault(.limit, "a value nests too deeply") }
        switch item {
        case .list(let sequence):
            return .list(try sequence.items.mapped { (item) throws(Fault) in try sortedCopy(item, depth: depth + 1) })
        case .tuple(let sequence):
            return .tuple(try sequence.items.mapped { (item) throws(Fault) in try sortedCopy(item, depth: depth + 1) })
        case .map(let map):
            let copy = Mapping()
            let sorted = try? Comparing.sort(Array(map.keys), reverse: false) { (key) throws(Fault) in key }
            let keys = sorted ?? Array(map.keys)
            for key in keys {
                let hash = try HashKey.of(key)
                if let value = map[hash] { copy.set(key, hash, try sortedCopy(value, depth: depth + 1)) }
            }
            return .map(copy)
        case .missing, .undefined, .none, .bool, .int, .big, .float, .text, .range, .native: return item
        }
    }
}

/// JSON as Python's `json.dumps` writes it with sorted keys, safe within HTML.
struct JSONWriter {
    let indent: Int?
    let limit: Int
    var out: [UInt8] = []

    init(indent: Int?, limit: Int) {
        self.indent = indent
        self.limit = limit
    }

    mutating func write(_ item: Item, depth: Int) throws(Fault) {
        guard depth < Item.deepest else { throw Fault(.limit, "a value nests too deeply for JSON") }
        guard out.count < limit else { throw Fault(.limit, "the JSON must stay below \(limit) bytes") }
        switch item {
        case .none: out += Array("null".utf8)
        case .bool(let flag): out += Array((flag ? "true" : "false").utf8)
        case .int(let int): out += Array(String(int).utf8)
        case .big(let big): out += Array(try big.text().utf8)
        case .float(let double): out += Array(JSONWriter.spelling(double).utf8)
        case .text(let text): string(text)
        case .list(let sequence), .tuple(let sequence): try list(sequence.items, depth: depth)
        case .map(let map): try object(map, depth: depth)
        case .missing, .undefined, .range, .native:
            throw Fault(
                .type, "Object of type \(item.typeName) is not JSON serializable",
                hint: item.isUndefined ? "give it a default" : "make it a list first: | list | tojson")
        }
    }

    private static func spelling(_ double: Double) -> String {
        if double.isNaN { return "NaN" }
        if double.isInfinite { return double < 0 ? "-Infinity" : "Infinity" }
        return FloatText.shortest(double)
    }

    private mutating func newline(_ depth: Int) {
        guard let indent else { return }
        out.append(0x0A)
        out += [UInt8](repeating: 0x20, count: indent * depth)
    }

    private mutating func list(_ items: [Item], depth: Int) throws(Fault) {
        out.append(UInt8(ascii: "["))
        for (index, item) in items.enumerated() {
            if index > 0 { out += Array((indent == nil ? ", " : ",").utf8) }
            newline(depth + 1)
            try write(item, depth: depth + 1)
        }
        if !items.isEmpty { newline(depth) }
        out.append(UInt8(ascii: "]"))
    }

    private mutating func object(_ map: Mapping, depth: Int) throws(Fault) {
        let pairs: [Item] = zip(map.keys, map.values).map { .tuple([$0, $1]) }
        let sorted = try Comparing.sort(pairs, reverse: false) { (pair) throws(Fault) in
            if case .tuple(let pair) = pair { pair.items[0] } else { pair }
        }
        out.append(UInt8(ascii: "{"))
        var isFirst = true
        for case .tuple(let pair) in sorted {
            if !isFirst { out += Array((indent == nil ? ", " : ",").utf8) }
            isFirst = false
            newline(depth + 1)
            try key(pair.items[0])
            out += Array(": ".utf8)
            try write(pair.items[1], depth: depth + 1)
        }
        if !isFirst { newline(depth) }
        out.append(UInt8(ascii: "}"))
    }

    private mutating func key(_ item: Item) throws(Fault) {
        switch item {
        case .text(let text): string(text)
        case .none: string("null")
        case .bool(let flag): string(flag ? "true" : "false")
        case .int, .big: string(try item.text())
        case .float(let double): string(Text(JSONWriter.spelling(double)))
        default: throw Fault(.type, "keys must be str, int, float, bool or None, not \(item.typeName)")
        }
    }

    private mutating func string(_ text: Text) {
        out.append(UInt8(ascii: "\""))
        for scalar in text.scalars {
            switch scalar {
            case "\"": out += Array("\\\"".utf8)
            case "\\": out += Array("\\\\".utf8)
            case "\n": out += Array("\\n".utf8)
            case "\r": out += Array("\\r".utf8)
            case "\t": out += Array("\\t".utf8)
            case "\u{08}": out += Array("\\b".utf8)
            case "\u{0C}": out += Array("\\f".utf8)
            case "<", ">", "&", "'": escape(UInt16(scalar.value))
            default:
                if scalar.value >= 0x20, scalar.value < 0x7F {
                    out.append(UInt8(scalar.value))
                } else if scalar.value == 0x7F {
                    out.append(0x7F)
                } else {
                    for unit in String(scalar).utf16 { escape(unit) }
                }
            }
        }
        out.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ unit: UInt16) {
        let digits = String(unit, radix: 16)
        out += Array(("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8)
    }
}
