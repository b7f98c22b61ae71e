extension Scope {
    /// Learns the names of statements that share this scope; bodies with scopes of their own are left out.
    func read(_ statements: [Statement]) {
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
        for name in target.namespaces { load(name) }
        for name in target.names { store(name) }
    }

    func declare(_ target: Target) {
        for name in target.names { declare(name) }
    }

    func read(_ expression: Expression) {
        switch expression.form {
        case .literal: break
        case .name(let name): load(name)
        case .list, .tuple, .map, .negate, .plus, .not, .binary, .concatenate, .and, .or, .compare, .conditional,
            .attribute, .item, .slice, .call, .filter, .test:
            for part in expression.parts { read(part) }
        }
    }
}

extension Expression {
    /// The expressions directly within.
    var parts: [Expression] {
        switch form {
        case .literal, .name: []
        case .list(let items), .tuple(let items), .concatenate(let items): items
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

extension [Statement] {
    /// Whether a name is read anywhere within, bodies of all kinds included.
    func mention(_ names: Set<String>) -> Bool {
        contains { $0.mentions(names) }
    }
}

extension Expression {
    func mentions(_ names: Set<String>) -> Bool {
        if case .name(let name) = form { return names.contains(name) }
        return parts.contains { $0.mentions(names) }
    }
}

extension Statement {
    func mentions(_ names: Set<String>) -> Bool {
        switch form {
        case .text, .break, .continue: false
        case .output(let value), .extends(let value), .include(let value, _, _), .evaluate(let value),
            .importModule(let value, _, _), .importNames(let value, _, _):
            value.mentions(names)
        case .condition(let branches, let otherwise):
            branches.contains { $0.test.mentions(names) || $0.body.mention(names) } || otherwise.mention(names)
        case .loop(let loop):
            loop.items.mentions(names) || loop.condition?.mentions(names) == true || loop.body.mention(names)
                || loop.otherwise.mention(names)
        case .set(let target, let value):
            value.mentions(names) || target.namespaces.contains { names.contains($0) }
        case .setBlock(_, let filter, let body): filter?.mentions(names) == true || body.mention(names)
        case .with(let assignments, let body): assignments.contains { $0.value.mentions(names) } || body.mention(names)
        case .macro(let macro): macro.mentions(names)
        case .call(let call, let macro): call.mentions(names) || macro.mentions(names)
        case .filterBlock(let value, let body), .autoescape(let value, let body):
            value.mentions(names) || body.mention(names)
        case .block(let block): block.body.mention(names)
        }
    }
}

extension Statement.Macro {
    func mentions(_ names: Set<String>) -> Bool {
        parameters.contains { $0.initial?.mentions(names) == true } || body.mention(names)
    }
}
