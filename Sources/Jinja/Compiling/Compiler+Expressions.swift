import Documents

extension Compiler {
    /// Whether a missing value at the end may stay `missing`: where it is only printed or asked for.
    private var isLenient: Bool { environment.undefined != .strict }

    /// Instructions that push the expression's value.
    mutating func push(_ expression: Expression, _ place: Place) throws(Fault) {
        switch expression.form {
        case .literal(let literal): add(.constant, a: constant(literal), effect: 1)
        case .name(let name): load(name, expression, place, isSoft: false)
        case .list(let items):
            for item in items { try push(item, place) }
            add(.list, a: items.count, effect: 1 - items.count, at: expression)
        case .tuple(let items):
            for item in items { try push(item, place) }
            add(.tuple, a: items.count, effect: 1 - items.count, at: expression)
        case .map(let members):
            for member in members {
                try push(member.key, place)
                try push(member.value, place)
            }
            add(.map, a: members.count, effect: 1 - 2 * members.count, at: expression)
        case .negate(let operand): try push(operand, .negate, expression, place)
        case .plus(let operand): try push(operand, .plus, expression, place)
        case .not(let operand):
            try pushCondition(operand, place)
            add(.not, at: operand)
        case .binary(let operation, let left, let right):
            try push(left, place)
            try push(right, place)
            add(.binary, a: operation.number, effect: -1, at: expression)
        case .concatenate(let parts):
            for part in parts { try push(part, place) }
            add(.concatenate, a: parts.count, effect: 1 - parts.count, at: expression)
        case .and(let left, let right): try push(left, right, .jumpUnlessKeeping, expression, place)
        case .or(let left, let right): try push(left, right, .jumpIfKeeping, expression, place)
        case .compare(let first, let rest): try push(first, rest, expression, place)
        case .conditional(let test, let then, let otherwise):
            try push(test, then, otherwise, expression, place)
        case .attribute(let operand, let name): try push(operand, attribute: name, expression, place, isSoft: false)
        case .item(let operand, let key): try push(operand, key: key, expression, place)
        case .slice(let start, let stop, let step):
            // A slice outside brackets, or one of several: it is a value that finds nothing.
            let bounds = [start, stop, step].compactMap { $0 }
            for bound in bounds { try push(bound, place) }
            add(.tuple, a: bounds.count, effect: 1 - bounds.count, at: expression)
        case .call(let callee, let arguments): try push(call: callee, arguments, expression, place, caller: nil)
        case .filter(let operand, let name, let arguments):
            try pushOperand(operand, of: name, arguments, place)
            try apply(filter: name, arguments, expression, place)
        case .test(let operand, let name, let arguments, let isNegated):
            try push(test: name, operand, arguments, isNegated: isNegated, expression, place)
        }
    }

    private mutating func push(
        _ operand: Expression, _ operation: Operation, _ expression: Expression, _ place: Place
    ) throws(Fault) {
        try push(operand, place)
        add(operation, at: expression)
    }

    /// The value of a condition, of which only the truth matters.
    mutating func pushCondition(_ expression: Expression, _ place: Place) throws(Fault) {
        if isLenient { try pushSoft(expression, place) } else { try push(expression, place) }
    }

    /// A value that may be `missing` in place of an undefined one.
    private mutating func pushSoft(_ expression: Expression, _ place: Place) throws(Fault) {
        switch expression.form {
        case .name(let name): load(name, expression, place, isSoft: true)
        case .attribute(let operand, let name): try push(operand, attribute: name, expression, place, isSoft: true)
        default: try push(expression, place)
        }
    }

    // MARK: Names and paths

    private mutating func load(_ text: Text, _ expression: Expression, _ place: Place, isSoft: Bool) {
        let slot = place.scope.load(Name(text))
        add(isSoft ? .loadSoft : .load, a: slot.slot, b: name(text), d: slot.hops, effect: 1, at: expression)
    }

    private mutating func push(
        _ operand: Expression, attribute: Text, _ expression: Expression, _ place: Place, isSoft: Bool
    ) throws(Fault) {
        if case .name(let root) = operand.form, root == "loop", let field = LoopField.named(attribute) {
            let slot = place.scope.load(Name(root))
            let name = name("loop")
            add(
                .loopField, a: slot.slot, b: Int(field.rawValue), c: name, d: slot.hops, effect: 1, at: expression)
            return
        }
        if let (slot, path) = path(expression, place) {
            add(isSoft ? .pathSoft : .path, a: slot.slot, b: path, d: slot.hops, effect: 1, at: expression)
            return
        }
        try push(operand, place)
        add(.attribute, a: name(attribute), at: expression)
    }

    /// A chain of attributes that starts from a name, none of them a method.
    private mutating func path(_ expression: Expression, _ place: Place) -> (Initial.Place, Int)? {
        var count = 0
        var current = expression
        while case .attribute(let operand, let attribute) = current.form {
            guard !MappingMethods.has(attribute), !attribute.hasPrefix("__") else { return nil }
            count += 1
            current = operand
        }
        guard case .name(let root) = current.form, root != "loop" else { return nil }
        let steps = arena.allocate(count, of: PathStep.self)
        current = expression
        var index = count
        while case .attribute(let operand, let attribute) = current.form {
            index -= 1
            (steps + index).initialize(
                to: PathStep(name: Name(attribute), offset: Int32(current.offset), length: Int32(current.length)))
            current = operand
        }
        let name = Name(root)
        let slot = place.scope.load(name)
        paths.append(Path(steps: UnsafePointer(steps), count: count, root: name))
        return (slot, paths.count - 1)
    }

    /// Prints an expression in one instruction when it is a path.
    mutating func emitPath(_ expression: Expression, _ place: Place, tag: Int) -> Bool {
        guard case .attribute = expression.form, let (slot, path) = path(expression, place) else {
            return false
        }
        add(.emitPath, a: slot.slot, b: path, c: tag, d: slot.hops, at: expression)
        return true
    }

    /// The value that is printed.
    mutating func pushPrinted(_ expression: Expression, _ place: Place) throws(Fault) {
        if isLenient { try pushSoft(expression, place) } else { try push(expression, place) }
    }

    private mutating func push(
        _ operand: Expression, key: Expression, _ expression: Expression, _ place: Place
    ) throws(Fault) {
        try push(operand, place)
        guard case .slice(let start, let stop, let step) = key.form else {
            try push(key, place)
            add(.item, effect: -1, at: expression)
            return
        }
        for bound in [start, stop, step] {
            if let bound { try push(bound, place) } else { add(.constant, a: constant(.none), effect: 1) }
        }
        add(.slice, effect: -3, at: expression)
    }

    // MARK: Choices

    private mutating func push(
        _ left: Expression, _ right: Expression, _ operation: Operation, _ expression: Expression, _ place: Place
    ) throws(Fault) {
        try push(left, place)
        let jump = add(operation, at: expression)
        add(.pop, effect: -1)
        try push(right, place)
        land(jump)
    }

    private mutating func push(
        _ first: Expression, _ rest: Several<Expression.Comparison>,
        _ expression: Expression, _ place: Place
    ) throws(Fault) {
        try push(first, place)
        var jumps: [Int] = []
        for (index, part) in rest.enumerated() {
            try push(part.operand, place)
            if index == rest.count - 1 {
                add(.compare, a: part.relation.number, effect: -1, at: expression)
            } else {
                jumps.append(add(.compareChain, a: part.relation.number, effect: -1, at: expression))
            }
        }
        for jump in jumps { code[jump].b = Int32(code.count) }
    }

    private mutating func push(
        _ test: Expression, _ then: Expression, _ otherwise: Expression?, _ expression: Expression, _ place: Place
    ) throws(Fault) {
        var soft = place
        soft.isSoft = true
        try pushCondition(test, soft)
        let unless = add(.jumpUnless, effect: -1, at: test)
        try push(then, soft)
        let end = add(.jump, effect: -1)
        land(unless)
        if let otherwise {
            try push(otherwise, soft)
        } else {
            // Jinja2 gives a lenient undefined here even where undefined names are strict.
            let line = source.line(at: expression.offset)
            let undefined = Undefined(
                .sentence("the inline if-expression on line \(line) was false and has no else"), .default)
            add(.constant, a: constant(.undefined(undefined)), effect: 1)
        }
        land(end)
    }

    // MARK: Calls

    mutating func push(
        call callee: Expression, _ arguments: CallArguments, _ expression: Expression, _ place: Place, caller: Int?
    ) throws(Fault) {
        if case .attribute(let owner, let method) = callee.form, caller == nil, arguments.isPlain {
            try push(owner, place)
            for argument in arguments.positional { try push(argument, place) }
            let count = arguments.positional.count
            add(.callMethod, a: name(method), b: count, effect: -count, at: expression)
            return
        }
        try push(callee, place)
        var shape = try self.push(arguments, place)
        if let caller {
            add(.macro, a: caller, effect: 1)
            shape.hasCaller = true
        }
        shapes.append(shape)
        add(.call, a: shapes.count - 1, effect: -shape.count, at: expression)
    }

    private mutating func push(_ arguments: CallArguments, _ place: Place) throws(Fault) -> CallShape {
        for argument in arguments.positional { try push(argument, place) }
        var named: [Text] = []
        for argument in arguments.named {
            if named.contains(argument.name) {
                throw Fault(
                    .syntax, "keyword argument repeated: \(argument.name.string)", offset: argument.value.offset)
            }
            named.append(argument.name)
            try push(argument.value, place)
        }
        if let spread = arguments.spread { try push(spread, place) }
        if let spread = arguments.namedSpread { try push(spread, place) }
        return CallShape(
            positional: arguments.positional.count, named: named, hasSpread: arguments.spread != nil,
            hasNamedSpread: arguments.namedSpread != nil)
    }

    /// Arguments in the order of the parameters, when that is known now; what is not given is missing.
    private mutating func pushBound(
        _ arguments: CallArguments, _ signature: Signature, _ place: Place
    ) throws(Fault) -> Bool {
        let given = arguments.positional.count
        guard !signature.takesRest, arguments.spread == nil, arguments.namedSpread == nil,
            given <= signature.parameters.count
        else { return false }
        var order: [Expression?] = Array(arguments.positional)
        for argument in arguments.named {
            guard let index = signature.parameters.firstIndex(of: argument.name), index >= order.count else {
                return false
            }
            while order.count < index { order.append(nil) }
            order.append(argument.value)
        }
        guard order.count >= signature.requiredCount else { return false }
        if order.prefix(signature.requiredCount).contains(where: { $0 == nil }) { return false }
        for argument in order {
            if let argument { try push(argument, place) } else { add(.constant, a: constant(.missing), effect: 1) }
        }
        for _ in order.count..<signature.parameters.count { add(.constant, a: constant(.missing), effect: 1) }
        return true
    }

    private mutating func pushOperand(
        _ operand: Expression?, of name: Text, _ arguments: CallArguments, _ place: Place
    ) throws(Fault) {
        guard let operand else {
            add(.constant, a: constant(.none), effect: 1)
            return
        }
        let isDefault = (name == "default" || name == "d") && environment.filters[name.string] == nil
        if isDefault { try pushSoft(operand, place) } else { try push(operand, place) }
    }

    /// Filters the value on the stack.
    mutating func apply(
        filter name: Text, _ arguments: CallArguments, _ expression: Expression, _ place: Place
    ) throws(Fault) {
        guard let number = filter(name) else {
            return try unknown(expression, "filter", name, Filter.names(environment), place)
        }
        let signature = filters[number].signature
        if signature.name == "default", arguments.isPlain, arguments.positional.count == 1 {
            try push(arguments.positional[0], place)
            add(.filterDefault, effect: -1, at: expression)
        } else if try pushBound(arguments, signature, place) {
            let count = signature.parameters.count
            add(.filter, a: number, b: count, effect: -count, at: expression)
        } else {
            shapes.append(try push(arguments, place))
            let shape = shapes.count - 1
            add(.filterShaped, a: number, b: shape, effect: -shapes[shape].count, at: expression)
        }
    }

    /// Filters the value on the stack by all filters of a chain whose operand was left out.
    mutating func apply(chain expression: Expression, _ place: Place) throws(Fault) {
        guard case .filter(let operand, let name, let arguments) = expression.form else { return }
        if let operand { try apply(chain: operand, place) }
        try apply(filter: name, arguments, expression, place)
    }

    private mutating func push(
        test name: Text, _ operand: Expression, _ arguments: CallArguments, isNegated: Bool,
        _ expression: Expression, _ place: Place
    ) throws(Fault) {
        if name == "defined" || name == "undefined", arguments.isEmpty {
            try pushSoft(operand, place)
            add(.isDefined, a: (name == "undefined") != isNegated ? 1 : 0, at: expression)
            return
        }
        try push(operand, place)
        guard let number = test(name) else { return try unknown(expression, "test", name, Test.names, place) }
        if try pushBound(arguments, tests[number].signature, place) {
            let count = tests[number].signature.parameters.count
            add(.test, a: number, b: count, c: isNegated ? 1 : 0, effect: -count, at: expression)
        } else {
            shapes.append(try push(arguments, place))
            let shape = shapes.count - 1
            add(
                .testShaped, a: number, b: shape, c: isNegated ? 1 : 0, effect: -shapes[shape].count, at: expression)
        }
    }

    private mutating func unknown(
        _ expression: Expression, _ kind: String, _ name: Text, _ known: [String], _ place: Place
    ) throws(Fault) {
        let near = Spelling.nearest(name.string, among: known)
        let fault = Fault(
            .assertion, "No \(kind) named '\(name.string)'.", hint: near.map { "did you mean '\($0)'?" },
            offset: expression.offset, length: expression.length)
        guard place.isSoft else { throw fault }
        faults.append(
            Fault(.runtime, fault.message, hint: fault.hint, offset: expression.offset, length: expression.length))
        add(.fault, a: faults.count - 1, at: expression)
    }
}

extension Operators.Binary {
    var number: Int { Operators.Binary.all.firstIndex(of: self) ?? 0 }
    static let all: [Operators.Binary] = [.add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power]
}

extension Comparing.Relation {
    var number: Int { Comparing.Relation.all.firstIndex(of: self) ?? 0 }
    static let all: [Comparing.Relation] = [
        .equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual, .contained, .notContained,
    ]
}
