import Documents

/// One pass of a value through a schema.
///
/// With a limit of 0 it stops at the first fault and makes no sentence; validation starts so, and only values that have
/// faults pay for a second, full pass.
struct Check {
    enum Step {
        case member(String, title: String?)
        case item(Int)
        case entry(String)
    }

    let nodes: [SchemaNode]
    let direction: Direction
    /// Faults that are listed; 0 for a pass that only wants a yes or no.
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

    private static let deepest = 300
    /// Schema objects visited; choices inside choices multiply, and must end.
    private static let mostSteps = 400_000

    var collects: Bool { limit > 0 }

    init(nodes: [SchemaNode], direction: Direction, limit: Int) {
        self.nodes = nodes
        self.direction = direction
        self.limit = limit
    }

    mutating func check(_ value: Value, _ index: SchemaNode.Index) -> Bool {
        steps += 1
        guard depth < Self.deepest, steps < Self.mostSteps else { return tooMuch(index) }
        depth += 1
        defer { depth -= 1 }
        let node = nodes[index]
        if node.notes.isSecret { return SecretReference(value) != nil || notReference(value, node) }
        guard Self.admits(value, node) else { return wrongType(value, node) }
        var isValid = true
        if node.enumeration?.contains(value) == false {
            guard collects else { return false }
            isValid = wrongChoice(value, node)
        }
        switch value {
        case .number(let number):
            if node.number != nil { isValid = check(number, node) && isValid }
        case .string(let text):
            if let rules = node.text { isValid = check(text, rules, node) && isValid }
        case .list(let items):
            if let rules = node.list { isValid = check(items, rules, node) && isValid }
        case .object(let object):
            if let rules = node.object { isValid = check(object, rules, node) && isValid }
        case .null, .bool: break
        }
        if !collects, !isValid { return false }
        for branch in node.allOf where !check(value, branch) {
            guard collects else { return false }
            isValid = false
        }
        if !node.anyOf.isEmpty { isValid = checkAny(value, node) && isValid }
        if !node.oneOf.isEmpty, collects || isValid { isValid = checkOne(value, node) && isValid }
        if let excluded = node.not, collects || isValid { isValid = checkNot(value, excluded, node) && isValid }
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
        var check = Check(nodes: nodes, direction: direction, limit: limit)
        check.hidden = hidden
        check.depth = depth
        check.steps = steps
        if limit > 0 {
            check.path = path
            check.labelStart = path.count
            check.isInner = true
        }
        return check
    }

    mutating func accepts(_ value: Value, _ index: SchemaNode.Index) -> Bool {
        // What is hidden is known by its place, which a pass without a limit does not follow.
        var check = branchCheck(limit: hidden.isEmpty ? 0 : 1)
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
