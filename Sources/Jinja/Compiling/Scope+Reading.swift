extension Scope {
    /// Learns the names of statements that share this scope; bodies with scopes of their own are left out.
    func read(_ statements: Statement.Body) {
        for statement in statements { read(statement) }
    }

    private func read(_ statement: Statement) {
        switch statement.form {
        case .text, .autoescape, .block, .break, .continue: break
        case .output(let value), .extends(let value), .include(let value, _, _), .evaluate(let value),
            .filterBlock(let value, _), .call(let value, _):
            read(value)
        case .condition(let branches, let otherwise):
            guard let first = branches.first else { return }
            read(first.test)
            if !branches.contains(where: { $0.body.setNames }), !otherwise.setNames {
                // Nothing depends on which branch runs.
                read(first.body)
                for branch in branches.dropFirst() {
                    read(branch.test)
                    read(branch.body)
                }
                read(otherwise)
                return
            }
            self.branches([
                { $0.read(first.body) },
                { scope in
                    for branch in branches.dropFirst() {
                        scope.read(branch.test)
                        scope.branches([{ $0.read(branch.body) }, { _ in }, { _ in }])
                    }
                },
                { $0.read(otherwise) },
            ])
        case .loop(let loop): read(loop.items)
        case .set(let target, let value):
            read(value)
            store(target)
        case .setBlock(let target, _, _): store(target)
        case .with(let assignments, _): for assignment in assignments { read(assignment.value) }
        case .macro(let macro): store(macro.name)
        case .importModule(let template, let name, _):
            read(template)
            store(name)
        case .importNames(let template, let names, _):
            read(template)
            for name in names { store(name.alias) }
        }
    }

    func store(_ target: Target) {
        switch target {
        case .name(let name, _): store(name)
        case .tuple(let targets): for target in targets { store(target) }
        case .member(let name, _, _): load(Name(name))
        }
    }

    func declare(_ target: Target) {
        switch target {
        case .name(let name, _): declare(name)
        case .tuple(let targets): for target in targets { declare(target) }
        case .member: break
        }
    }

    func read(_ expression: Expression) {
        switch expression.form {
        case .literal: break
        case .name(let name): load(Name(name))
        case .negate(let operand), .plus(let operand), .not(let operand), .attribute(let operand, _): read(operand)
        case .binary(_, let left, let right), .and(let left, let right), .or(let left, let right),
            .item(let left, let right):
            read(left)
            read(right)
        case .filter(let operand, _, let arguments):
            if let operand { read(operand) }
            read(arguments)
        case .test(let operand, _, let arguments, _):
            read(operand)
            read(arguments)
        case .call(let callee, let arguments):
            read(callee)
            read(arguments)
        case .list, .tuple, .map, .concatenate, .compare, .conditional, .slice:
            for part in expression.parts { read(part) }
        }
    }

    private func read(_ arguments: CallArguments) {
        if arguments.isEmpty { return }
        for argument in arguments.all { read(argument) }
    }
}

extension Expression {
    /// The expressions directly within.
    var parts: [Expression] {
        switch form {
        case .literal, .name: []
        case .list(let items), .tuple(let items), .concatenate(let items): Array(items)
        case .map(let members): members.flatMap { [$0.key, $0.value] }
        case .negate(let operand), .plus(let operand), .not(let operand), .attribute(let operand, _): [operand]
        case .binary(_, let left, let right), .and(let left, let right), .or(let left, let right),
            .item(let left, let right):
            [left, right]
        case .compare(let first, let rest): [first] + rest.map(\.operand)
        case .conditional(let test, let then, let otherwise): [test, then] + (otherwise.map { [$0] } ?? [])
        case .slice(let start, let stop, let step): [start, stop, step].compactMap { $0 }
        case .call(let callee, let arguments): [callee] + arguments.all
        case .filter(let operand, _, let arguments): (operand.map { [$0] } ?? []) + arguments.all
        case .test(let operand, _, let arguments, _): [operand] + arguments.all
        }
    }
}

extension Statement.Body {
    /// Whether names of the scope that they stand in are set.
    fileprivate var setNames: Bool {
        contains { statement in
            switch statement.form {
            case .set, .setBlock, .macro, .importModule, .importNames: true
            case .condition(let branches, let otherwise):
                branches.contains { $0.body.setNames } || otherwise.setNames
            case .text, .output, .loop, .with, .call, .filterBlock, .autoescape, .block, .extends, .include, .evaluate,
                .break, .continue:
                false
            }
        }
    }
}
