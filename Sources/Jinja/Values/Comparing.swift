/// Python's equality, order and membership.
enum Comparing {
    enum Relation: String, BitwiseCopyable, Sendable {
        case equal = "=="
        case unequal = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case contained = "in"
        case notContained = "not in"
    }

    /// The relation by its number.
    @inline(__always)
    static func holds(_ relation: Int, _ left: Item, _ right: Item) throws(Fault) -> Bool {
        if relation < 2 {
            switch (left, right) {
            case (.text(let a), .text(let b)): return (a == b) == (relation == 0)
            case (.int(let a), .int(let b)): return (a == b) == (relation == 0)
            default: break
            }
        }
        return try holds(Relation.all[relation], left, right)
    }

    static func holds(_ relation: Relation, _ left: Item, _ right: Item) throws(Fault) -> Bool {
        switch relation {
        case .equal: try equal(left, right)
        case .unequal: try !equal(left, right)
        case .less: try order(left, right, "<") < 0
        case .greater: try order(left, right, ">") == 1
        case .lessOrEqual: try order(left, right, "<=") <= 0
        case .greaterOrEqual: try [0, 1].contains(order(left, right, ">="))
        case .contained: try contains(right, left)
        case .notContained: try !contains(right, left)
        }
    }

    static func equal(_ left: Item, _ right: Item, depth: Int = 0) throws(Fault) -> Bool {
        guard depth < Item.deepest else {
            throw Fault(.limit, "a value nests more than \(Item.deepest) levels deep")
        }
        switch (left, right) {
        case (.undefined(let undefined), _) where undefined.isStrict: throw undefined.fault
        case (_, .undefined(let undefined)) where undefined.isStrict: throw undefined.fault
        case (.undefined, .undefined), (.none, .none): return true
        case (.int(let a), .int(let b)): return a == b
        case (.text(let a), .text(let b)): return a == b
        case (.bool(let a), .bool(let b)): return a == b
        case (.list(let a), .list(let b)), (.tuple(let a), .tuple(let b)):
            if a === b { return true }
            guard a.count == b.count else { return false }
            for (a, b) in zip(a.buffer, b.buffer) where try !equal(a, b, depth: depth + 1) { return false }
            return true
        case (.map(let a), .map(let b)): return try equal(a, b, depth: depth)
        case (.range(let a), .range(let b)):
            return a.count == b.count && (a.count == 0 || a.start == b.start) && (a.count < 2 || a.step == b.step)
        case (.native(let a), .native(let b)): return a.identity == b.identity
        default:
            return compareNumbers(left, right) == 0
        }
    }

    private static func equal(_ a: Mapping, _ b: Mapping, depth: Int) throws(Fault) -> Bool {
        if a === b { return true }
        guard a.count == b.count else { return false }
        for index in 0..<a.count {
            guard let key = HashKey(a.keys[index]), let other = b[key],
                try equal(a.values[index], other, depth: depth + 1)
            else { return false }
        }
        return true
    }

    /// -1, 0 or 1, or 2 where a not-a-number is involved; `nil` unless both are numbers.
    private static func compareNumbers(_ left: Item, _ right: Item) -> Int? {
        if let a = left.wholeNumber, let b = right.wholeNumber {
            if case .int(let a) = a, case .int(let b) = b { return a < b ? -1 : a == b ? 0 : 1 }
            let (a, b) = (a.bigInt, b.bigInt)
            return a < b ? -1 : a == b ? 0 : 1
        }
        guard let a = left.double, let b = right.double else { return nil }
        if a.isNaN || b.isNaN { return 2 }
        // A whole number beyond 2^53 is compared exactly, as Python does.
        if a.isFinite, b.isFinite, max(a.magnitude, b.magnitude) >= 9_007_199_254_740_992 {
            if let exact = compareExactly(left, right) { return exact }
        }
        return a < b ? -1 : a == b ? 0 : 1
    }

    private static func compareExactly(_ left: Item, _ right: Item) -> Int? {
        switch (left, right) {
        case (.float(let a), .int), (.float(let a), .big):
            guard let a = BigInt(a) else { return nil }
            return a < right.bigInt ? -1 : a == right.bigInt ? 0 : 1
        case (.int, .float(let b)), (.big, .float(let b)):
            guard let b = BigInt(b) else { return nil }
            return left.bigInt < b ? -1 : left.bigInt == b ? 0 : 1
        default: return nil
        }
    }

    /// -1, 0 or 1, or 2 where neither holds; `sign` names the comparison in the fault.
    static func order(_ left: Item, _ right: Item, _ sign: String, depth: Int = 0) throws(Fault) -> Int {
        if case .undefined(let undefined) = left { throw undefined.fault }
        if case .undefined(let undefined) = right { throw undefined.fault }
        guard depth < Item.deepest else {
            throw Fault(.limit, "a value nests more than \(Item.deepest) levels deep")
        }
        switch (left, right) {
        case (.text(let a), .text(let b)): return a < b ? -1 : a == b ? 0 : 1
        case (.list(let a), .list(let b)), (.tuple(let a), .tuple(let b)):
            for (a, b) in zip(a.buffer, b.buffer) where try !equal(a, b, depth: depth + 1) {
                return try order(a, b, sign, depth: depth + 1)
            }
            return a.count < b.count ? -1 : a.count == b.count ? 0 : 1
        default:
            if let order = compareNumbers(left, right) { return order }
            throw Fault(
                .type,
                "'\(sign)' not supported between instances of '\(left.typeName)' and '\(right.typeName)'")
        }
    }

    static func contains(_ container: Item, _ item: Item) throws(Fault) -> Bool {
        switch container {
        case .text(let text):
            guard case .text(let part) = item else {
                throw Fault(.type, "'in <string>' requires string as left operand, not \(item.typeName)")
            }
            return text.firstOffset(of: part) != nil
        case .list(let sequence), .tuple(let sequence):
            for other in sequence.buffer where try equal(item, other) { return true }
            return false
        case .map(let map): return map[try HashKey.of(item)] != nil
        case .range(let range):
            guard let number = item.double, let int = Int(exactly: number) else { return false }
            let (offset, overflow) = int.subtractingReportingOverflow(range.start)
            let parts = offset.dividedReportingOverflow(by: range.step)
            guard !overflow, !parts.overflow, range.count > 0 else { return false }
            return parts.partialValue &* range.step == offset && (0..<range.count).contains(parts.partialValue)
        case .undefined(let undefined):
            if undefined.isStrict { throw undefined.fault }
            return false
        case .native(let object):
            guard let items = try object.native.iterate() else { break }
            for other in items where try equal(item, other) { return true }
            return false
        case .missing, .none, .bool, .int, .big, .float: break
        }
        throw Fault(.type, "argument of type '\(container.typeName)' is not iterable")
    }

    /// Sorts stably; `key` gives what is compared.
    static func sort(_ items: [Item], reverse: Bool, by key: (Item) throws(Fault) -> Item) throws(Fault) -> [Item] {
        var keyed: [(key: Item, item: Item)] = []
        for item in items { keyed.append((try key(item), item)) }
        if reverse { keyed.reverse() }
        var fault: Fault?
        // Merge sort by the standard library is stable; a fault inside it is kept and thrown afterwards.
        keyed.sort { left, right in
            guard fault == nil else { return false }
            do throws(Fault) {
                return try order(left.key, right.key, "<") == -1
            } catch {
                fault = error
                return false
            }
        }
        if let fault { throw fault }
        let sorted = keyed.map(\.item)
        return reverse ? sorted.reversed() : sorted
    }
}
