import Documents

/// What a template reads, found without running it.
struct Analysis: Sendable {
    private(set) var references: [Reference] = []
    private(set) var emissions: [Emission] = []
    private(set) var findings: [Finding] = []
    private let source: Source

    private init(_ statements: Statement.Body, _ source: Source) {
        self.source = source
        var scope = Names()
        walk(statements, &scope)
        emissions.sort { $0.tag.lowerBound < $1.tag.lowerBound }
    }

    /// What a compiled template reads; it is read again for this.
    init(of unit: Unit) {
        let arena = Arena()
        self = arena.use {
            let reading = try? Parser.parse(unit.source, unit.bytes, unit.environment)
            return withExtendedLifetime(reading) { Analysis(reading?.statements ?? Several(), unit.source) }
        }
    }

    private func emission(_ statement: Statement, paths: [String]) -> Emission {
        let line = YAMLLine(source.bytes, tag: statement.tag.range)
        return Emission(
            tag: statement.tag.range, place: source.place(at: statement.tag.lowerBound, length: statement.tag.count),
            paths: paths, quoting: line.quoting, isWholeScalar: line.isWholeScalar, isInComment: line.isInComment)
    }

    // MARK: Statements

    private mutating func walk(_ statements: Statement.Body, _ names: inout Names) {
        for statement in statements { walk(statement, &names) }
    }

    /// A body with a scope of its own.
    private mutating func walkInner(_ statements: Statement.Body, _ names: Names) {
        var inner = names
        walk(statements, &inner)
    }

    private mutating func walk(_ statement: Statement, _ names: inout Names) {
        switch statement.form {
        case .text, .break, .continue: break
        case .output(let value):
            let first = references.count
            walk(value, names, .printed)
            var paths: [String] = []
            for reference in references[first...] where !paths.contains(reference.path) { paths.append(reference.path) }
            emissions.append(emission(statement, paths: paths))
        case .evaluate(let value), .extends(let value), .include(let value, _, _): walk(value, names, .read)
        case .condition(let branches, let otherwise): walk(branches, otherwise, &names)
        case .loop(let loop): walk(loop, names)
        case .set(let target, let value):
            walk(value, names, .read)
            names.bind(target, to: names.path(of: value))
        case .setBlock(let target, let filter, let body):
            walkInner(body, names)
            if let filter { walk(filter, names, .read) }
            names.bind(target, to: nil)
        case .with(let assignments, let body):
            var inner = names
            for assignment in assignments {
                walk(assignment.value, names, .read)
                inner.bind(assignment.target, to: names.path(of: assignment.value))
            }
            walk(body, &inner)
        case .macro(let macro):
            names.bind(macro.name.string)
            walk(macro, names)
        case .call(let call, let macro):
            walk(call, names, .printed)
            walk(macro, names)
        case .filterBlock(let filter, let body):
            walk(filter, names, .printed)
            walkInner(body, names)
        case .autoescape(let flag, let body):
            walk(flag, names, .read)
            walkInner(body, names)
        case .block(let block): walkInner(block.body, names)
        case .importModule(let template, let name, _):
            walk(template, names, .read)
            names.bind(name.string)
        case .importNames(let template, let imported, _):
            walk(template, names, .read)
            for name in imported { names.bind(name.alias.string) }
        }
    }

    private mutating func walk(_ macro: Statement.Macro, _ names: Names) {
        var inner = names
        for parameter in macro.parameters {
            if let initial = parameter.initial { walk(initial, names, .read) }
            inner.bind(parameter.name.string)
        }
        for name in ["caller", "varargs", "kwargs"] { inner.bind(name) }
        walk(macro.body, &inner)
    }

    private mutating func walk(_ loop: Statement.Loop, _ names: Names) {
        let items = names.loopItems(loop.items)
        walk(loop.items, names, .looped)
        var inner = names
        inner.bind("loop")
        switch (items?.form, loop.target) {
        case (.pairs, .tuple(let targets)) where targets.count == 2:
            inner.bind(targets[0], to: nil)
            inner.bind(targets[1], to: items?.path)
        case (.plain, _): inner.bind(loop.target, to: items?.path)
        case (.pairs, _), (nil, _): inner.bind(loop.target, to: nil)
        }
        if let condition = loop.condition {
            walk(condition, inner, .tested)
            inner.guards.formUnion(inner.guards(of: condition, when: true))
        }
        walk(loop.body, &inner)
        walkInner(loop.otherwise, names)
    }

    private mutating func walk(
        _ branches: Several<Statement.Branch>, _ otherwise: Statement.Body,
        _ names: inout Names
    ) {
        let outer = names.guards
        var failed = outer
        for branch in branches {
            names.guards = failed
            walk(branch.test, names, .tested)
            names.guards = failed.union(names.guards(of: branch.test, when: true))
            walk(branch.body, &names)
            failed.formUnion(names.guards(of: branch.test, when: false))
        }
        names.guards = failed
        walk(otherwise, &names)
        names.guards = outer
    }

    // MARK: Expressions

    private mutating func walk(
        _ expression: Expression, _ names: Names, _ use: Reference.Use, isGuarded: Bool = false,
        hasDefault: Bool = false
    ) {
        if let path = names.path(of: expression) {
            record(path, expression, use, isGuarded: isGuarded || names.isGuarded(path), hasDefault: hasDefault)
            walkKeys(expression, names)
            return
        }
        switch expression.form {
        case .literal, .name: break
        case .and(let left, let right), .or(let left, let right):
            var inner = names
            let isAnd = if case .and = expression.form { true } else { false }
            walk(left, names, use == .tested ? .tested : .read)
            inner.guards.formUnion(names.guards(of: left, when: isAnd))
            walk(right, inner, use)
        case .not(let operand): walk(operand, names, .tested)
        case .conditional(let test, let then, let otherwise):
            walk(test, names, .tested)
            var inner = names
            inner.guards.formUnion(names.guards(of: test, when: true))
            walk(then, inner, use)
            inner.guards = names.guards.union(names.guards(of: test, when: false))
            if let otherwise { walk(otherwise, inner, use) }
        case .filter(let operand, let name, let arguments):
            let isDefault = name == "default" || name == "d"
            if let operand {
                walk(
                    operand, names, isDefault ? use : .filtered(name.string), isGuarded: isDefault || isGuarded,
                    hasDefault: isDefault || hasDefault)
            }
            for argument in arguments.all { walk(argument, names, .read) }
        case .test(let operand, let name, let arguments, _):
            walk(operand, names, .tested, isGuarded: name == "defined" || name == "undefined")
            for argument in arguments.all { walk(argument, names, .read) }
        case .call(let callee, let arguments):
            walkCall(callee, arguments, names, isGuarded: isGuarded)
        case .binary(let operation, let left, let right):
            if operation == .subtract { noteHyphen(left, right) }
            walk(left, names, .read)
            walk(right, names, .read)
        case .compare:
            for part in expression.parts { walk(part, names, use == .tested ? .tested : .read) }
        case .list, .tuple, .map, .negate, .plus, .concatenate, .attribute, .item, .slice:
            for part in expression.parts { walk(part, names, .read) }
        }
    }

    private mutating func walkCall(
        _ callee: Expression, _ arguments: CallArguments, _ names: Names, isGuarded: Bool
    ) {
        for argument in arguments.all { walk(argument, names, .read) }
        guard case .attribute(let owner, let method) = callee.form else {
            return walk(callee, names, .read)
        }
        if method == "get", let path = names.path(of: owner),
            case .literal(.text(let key))? = arguments.positional.first?.form
        {
            return record(
                Names.Path(root: path.root, steps: path.steps + [.key(key.string)]), callee, .read, isGuarded: true)
        }
        walk(
            owner, names, method == "keys" || method == "values" || method == "items" ? .looped : .read,
            isGuarded: isGuarded)
    }

    /// Keys in brackets that are read from the context themselves.
    private mutating func walkKeys(_ expression: Expression, _ names: Names) {
        switch expression.form {
        case .attribute(let owner, _): walkKeys(owner, names)
        case .item(let owner, let key):
            walkKeys(owner, names)
            walk(key, names, .read)
        case .name, .literal, .list, .tuple, .map, .negate, .plus, .not, .binary, .concatenate, .and, .or, .compare,
            .conditional, .slice, .call, .filter, .test:
            break
        }
    }

    private mutating func record(
        _ path: Names.Path, _ expression: Expression, _ use: Reference.Use, isGuarded: Bool,
        hasDefault: Bool = false
    ) {
        let start = expression.start
        let place = source.place(at: start, length: expression.offset + expression.length - start)
        references.append(
            Reference(
                root: path.root, steps: path.steps, use: use, place: place, isGuarded: isGuarded,
                hasDefault: hasDefault))
    }

    /// `outputs.my-output` is `outputs.my` minus `output`, which nobody means.
    private mutating func noteHyphen(_ left: Expression, _ right: Expression) {
        let end = left.offset + left.length
        guard case .attribute(_, let first) = left.form, right.start == end + 1, end < source.bytes.count,
            source.bytes[end] == UInt8(ascii: "-"), case .name(let second) = right.form
        else { return }
        findings.append(
            Finding(
                "jinja.hyphen", .warning,
                "A name with a hyphen must stand in brackets, but \(first.string)-\(second.string) is a subtraction.",
                hint: "Write ['\(first.string)-\(second.string)'].",
                place: source.place(at: end - first.byteCount, length: first.byteCount + 1 + second.byteCount)))
    }
}

extension Expression {
    /// Where the leftmost part of it begins.
    var start: Int {
        switch form {
        case .attribute(let owner, _), .item(let owner, _), .call(let owner, _): min(offset, owner.start)
        case .filter(let operand, _, _): min(offset, operand?.start ?? offset)
        case .test(let operand, _, _, _): min(offset, operand.start)
        case .literal, .name, .list, .tuple, .map, .negate, .plus, .not, .binary, .concatenate, .and, .or, .compare,
            .conditional, .slice:
            offset
        }
    }
}
