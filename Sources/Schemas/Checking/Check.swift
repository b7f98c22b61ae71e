import Documents

/// One pass of a value through a schema that lists what it breaks.
///
/// What breaks nothing is passed over by the quick check.
struct Check {
    enum Step {
        case member(String, title: String?)
        case item(Int)
        case entry(String)
    }

    let quick: QuickCheck
    let nodes: [SchemaNode]
    let direction: Direction
    /// Faults that are listed.
    let limit: Int
    var faults: [Fault] = []
    var unlistedCount = 0
    var path: [Step] = []
    /// Where labels start: inside a choice they speak of the chosen value's members.
    var labelStart = 0
    /// Whether this pass looks at one branch of a choice.
    var isInner = false
    /// Whether the fault that was found last is in the list.
    var lastIsListed = false
    /// Places of members that are not asked for, and so can't be missing.
    var hidden: Set<Pointer> = []
    private var depth = 0
    private(set) var steps = 0

    static let deepest = 300
    /// Schema objects visited; choices inside choices multiply, and must end.
    static let mostSteps = 400_000
    /// The quick check goes to the end of a value each time: asked on every level, it would multiply too.
    private static let deepestQuick = 8

    init(_ quick: QuickCheck, direction: Direction, limit: Int) {
        self.quick = quick
        nodes = quick.nodes
        self.direction = direction
        self.limit = limit
    }

    mutating func check(_ value: Value, _ index: SchemaNode.Index) -> Bool {
        if hidden.isEmpty, (1...Self.deepestQuick).contains(depth) {
            var steps = steps
            if quick.accepts(value, index, direction, depth: depth, &steps) {
                self.steps = steps
                return true
            }
        }
        steps += 1
        guard depth < Self.deepest, steps < Self.mostSteps else { return tooMuch(index) }
        depth += 1
        defer { depth -= 1 }
        let node = nodes[index]
        if node.notes.isSecret { return SecretReference(value) != nil || notReference(value, node) }
        guard Self.admits(value, node) else { return wrongType(value, node) }
        var isValid = true
        if node.enumeration?.contains(value) == false { isValid = wrongChoice(value, node) }
        switch value {
        case .number(let number):
            if let rules = node.number { isValid = check(number, rules, node) && isValid }
        case .string(let text):
            if let rules = node.text { isValid = check(text, rules, node) && isValid }
        case .list(let items):
            if let rules = node.list { isValid = check(items, rules, node) && isValid }
        case .object(let object):
            if let rules = node.object { isValid = check(object, rules, node) && isValid }
        case .null, .bool: break
        }
        for branch in node.allOf where !check(value, branch) { isValid = false }
        if !node.anyOf.isEmpty { isValid = checkAny(value, node) && isValid }
        if !node.oneOf.isEmpty { isValid = checkOne(value, node) && isValid }
        if let excluded = node.not { isValid = checkNot(value, excluded, node) && isValid }
        return isValid
    }

    private static func admits(_ value: Value, _ node: SchemaNode) -> Bool {
        guard let type = node.type else { return true }
        if case .null = value { return node.isNullable }
        return fits(value, type)
    }

    static func fits(_ value: Value, _ type: ValueType) -> Bool {
        switch (value, type) {
        case (.bool, .boolean), (.number, .number), (.string, .string), (.list, .array), (.object, .object): true
        case (.number(let number), .integer): isInteger(number)
        case (.null, _), (.bool, _), (.number, _), (.string, _), (.list, _), (.object, _): false
        }
    }

    /// Written without a fraction: `5` and `1e3`, not `5.0`.
    private static func isInteger(_ number: Number) -> Bool {
        if number.isWrittenAsInteger { return true }
        return !number.text.utf8.contains(UInt8(ascii: ".")) && number.digits.exponent >= 0
    }

    /// A pass over one branch of a choice, at the same value.
    private func branchCheck(limit: Int) -> Check {
        var check = Check(quick, direction: direction, limit: limit)
        check.hidden = hidden
        check.depth = depth
        check.steps = steps
        check.path = path
        check.labelStart = path.count
        check.isInner = true
        return check
    }

    mutating func accepts(_ value: Value, _ index: SchemaNode.Index) -> Bool {
        guard !hidden.isEmpty else { return quick.accepts(value, index, direction, depth: depth, &steps) }
        // What is hidden is known by its place, which the quick check does not follow.
        var check = branchCheck(limit: 1)
        let isAccepted = check.check(value, index)
        steps = check.steps
        return isAccepted
    }

    mutating func faults(of value: Value, in index: SchemaNode.Index) -> [Fault] {
        var check = branchCheck(limit: 20)
        _ = check.check(value, index)
        steps = check.steps
        return check.faults
    }
}
