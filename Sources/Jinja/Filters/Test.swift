/// What stands after `is`.
struct Test: Sendable {
    typealias Body = @Sendable (Item, Bound, Renderer) throws(Fault) -> Bool

    let signature: Signature
    let body: Body

    private init(_ name: String, _ parameters: String = "", _ body: @escaping Body) {
        signature = Signature(name, parameters)
        self.body = body
    }

    func holds(_ value: Item, _ arguments: Arguments, _ renderer: Renderer) throws(Fault) -> Bool {
        try body(value, signature.bind(arguments), renderer)
    }

    static func named(_ name: Text) -> Test? { all[name] }
    static var names: [String] { all.keys.map(\.string).sorted() }

    private static let all: [Text: Test] = {
        var table: [Text: Test] = [:]
        for test in kinds + numbers + relations { table[Text(lasting: test.signature.name)] = test }
        let aliases: [Text: Text] = [
            "==": "eq", "equalto": "eq", "!=": "ne", ">": "gt", "greaterthan": "gt", ">=": "ge", "<": "lt",
            "lessthan": "lt", "<=": "le",
        ]
        for (alias, name) in aliases { table[alias] = table[name] }
        return table
    }()

    private static let kinds: [Test] = [
        Test("defined") { (value, _, _) in !value.isUndefined },
        Test("undefined") { (value, _, _) in value.isUndefined },
        Test("none") { (value, _, _) in if case .none = value { true } else { false } },
        Test("boolean") { (value, _, _) in if case .bool = value { true } else { false } },
        Test("true") { (value, _, _) in if case .bool(true) = value { true } else { false } },
        Test("false") { (value, _, _) in if case .bool(false) = value { true } else { false } },
        Test("string") { (value, _, _) in value.isText },
        Test("mapping") { (value, _, _) in if case .map = value { true } else { false } },
        Test("integer") { (value, _, _) in
            switch value {
            case .int, .big: true
            default: false
            }
        },
        Test("float") { (value, _, _) in if case .float = value { true } else { false } },
        Test("number") { (value, _, _) in value.double != nil },
        Test("sequence") { (value, _, renderer) in
            switch value {
            case .text, .list, .tuple, .map, .range, .undefined: true
            case .missing, .none, .bool, .int, .big, .float, .native: false
            }
        },
        Test("iterable") { (value, _, _) in
            switch value {
            case .text, .list, .tuple, .map, .range, .undefined: true
            case .native(let object):
                object.native is MappingView || object.native is Generator || object.native is LoopState
            case .missing, .none, .bool, .int, .big, .float: false
            }
        },
        Test("callable") { (value, _, _) in
            switch value {
            case .native(let object): object.native.isCallable
            case .undefined: true
            default: false
            }
        },
        Test("escaped") { (value, _, _) in if case .text(let text) = value { text.isSafe } else { false } },
        Test("filter") { (value, _, renderer) in
            guard case .text(let name) = value else { return false }
            return Filter.named(name, renderer.environment) != nil
        },
        Test("test") { (value, _, _) in
            guard case .text(let name) = value else { return false }
            return Test.named(name) != nil
        },
    ]

    private static let numbers: [Test] = [
        Test("odd") { (value, _, renderer) throws(Fault) in try remainder(value, .int(2), renderer, is: 1) },
        Test("even") { (value, _, renderer) throws(Fault) in try remainder(value, .int(2), renderer, is: 0) },
        Test("divisibleby", "num") { (value, arguments, renderer) throws(Fault) in
            try remainder(value, arguments[0] ?? .none, renderer, is: 0)
        },
        Test("lower") { (value, _, _) throws(Fault) in try value.text().string.isCased { $0.properties.isLowercase } },
        Test("upper") { (value, _, _) throws(Fault) in try value.text().string.isCased { $0.properties.isUppercase } },
    ]

    private static func remainder(
        _ value: Item, _ divisor: Item, _ renderer: Renderer, is wanted: Int
    ) throws(Fault) -> Bool {
        if value.isText { throw Fault(.type, "not all arguments converted during string formatting") }
        return try Comparing.equal(Operators.apply(.modulo, value, divisor, renderer), .int(wanted))
    }

    private static let relations: [Test] = [
        relation("eq", .equal), relation("ne", .unequal), relation("lt", .less), relation("le", .lessOrEqual),
        relation("gt", .greater), relation("ge", .greaterOrEqual),
        Test("in", "seq") { (value, arguments, _) throws(Fault) in
            try Comparing.contains(arguments[0] ?? .none, value)
        },
        Test("sameas", "other") { (value, arguments, _) throws(Fault) in
            switch (value, arguments[0] ?? .none) {
            case (.list(let a), .list(let b)), (.tuple(let a), .tuple(let b)): a === b
            case (.map(let a), .map(let b)): a === b
            case (.native(let a), .native(let b)): a.identity == b.identity
            case (.undefined(let a), .undefined(let b)): a === b
            case (.none, .none): true
            case (.bool(let a), .bool(let b)): a == b
            case (.int(let a), .int(let b)): a == b
            case (.text(let a), .text(let b)): a == b
            default: false
            }
        },
    ]

    private static func relation(_ name: String, _ relation: Comparing.Relation) -> Test {
        Test(name, "other") { (value, arguments, _) throws(Fault) in
            try Comparing.holds(relation, value, arguments[0] ?? .none)
        }
    }
}

extension String {
    /// Whether there are letters with cases, all of the wanted one.
    func isCased(_ isWanted: (Unicode.Scalar) -> Bool) -> Bool {
        let cased = unicodeScalars.filter { $0.properties.isCased }
        return !cased.isEmpty && cased.allSatisfy(isWanted)
    }
}
