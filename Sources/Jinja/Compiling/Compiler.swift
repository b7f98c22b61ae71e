import Documents

/// Turns a parsed template into nodes and actions, names into slots.
struct Compiler {
    let source: Source
    let environment: Environment
    var blocks: [String: BlockCode] = [:]
    /// What is known about names where the statement at hand stands, for the static analysis.
    let analysis: Analysis
    /// Whether the template extends another, so that output at its top level may be left out.
    let extendsAnother: Bool

    /// Where a statement stands, as far as compiling it depends on that.
    struct Place {
        let scope: Scope
        /// At the top level, also in branches: names that are set are exported.
        var isTop: Bool
        /// Whether output goes where a template that extends another must not print.
        var isSuppressible: Bool
        /// In a branch that may never run, where an unknown filter only matters if it does.
        var isSoft = false

        func inner(_ scope: Scope) -> Place {
            Place(scope: scope, isTop: false, isSuppressible: isSuppressible, isSoft: isSoft)
        }
    }

    static func compile(
        _ source: Source, _ environment: Environment
    ) throws(Fault) -> (unit: Unit, analysis: Analysis) {
        let source = Lexer.normalized(source)
        do throws(Fault) {
            let statements = try Parser.parse(source, environment)
            let analysis = Analysis(statements, source)
            var compiler = Compiler(
                source: source, environment: environment, analysis: analysis,
                extendsAnother: statements.contains { $0.extendsAnother })
            return (try compiler.unit(statements), analysis)
        } catch {
            throw error.source == nil ? error.inStatement(error.offset ?? 0, of: source) : error
        }
    }

    private mutating func unit(_ statements: [Statement]) throws(Fault) -> Unit {
        let scope = Scope(layout: Layout(level: 0), parent: nil)
        let selfSlot = statements.mention(["self"]) ? scope.declare("self") : nil
        scope.read(statements)
        let place = Place(scope: scope, isTop: true, isSuppressible: extendsAnother)
        let root = try code(statements, place)
        return Unit(source: source, root: root, selfSlot: selfSlot, blocks: blocks)
    }

    /// A function's code; its scope must have read the statements.
    func finish(_ actions: [Action], _ scope: Scope) -> Code {
        Code(actions: actions, slotCount: scope.layout.count, initials: scope.initials)
    }

    mutating func code(_ statements: [Statement], _ place: Place) throws(Fault) -> Code {
        let actions = try actions(statements, place)
        return finish(actions, place.scope)
    }

    mutating func actions(_ statements: [Statement], _ place: Place) throws(Fault) -> [Action] {
        var actions: [Action] = []
        for statement in statements {
            do throws(Fault) {
                actions.append(try action(statement, place))
            } catch {
                throw error.source == nil ? error.inStatement(error.offset ?? statement.offset, of: source) : error
            }
        }
        return actions
    }

    // MARK: Expressions

    func node(_ expression: Expression, _ place: Place) throws(Fault) -> Node {
        switch expression.form {
        case .literal(let literal): return LiteralNode(expression, literal)
        case .name(let name):
            place.scope.load(name)
            let slot = place.scope.find(name) ?? Initial.Place(hops: 0, slot: 0)
            return NameNode(expression, name, slot)
        case .list(let items): return ListNode(expression, try nodes(items, place), isTuple: false)
        case .tuple(let items): return ListNode(expression, try nodes(items, place), isTuple: true)
        case .map(let members):
            var pairs: [(key: Node, value: Node)] = []
            for member in members { pairs.append((try node(member.key, place), try node(member.value, place))) }
            return MapNode(expression, pairs)
        case .negate(let operand): return UnaryNode(expression, .negate, try node(operand, place))
        case .plus(let operand): return UnaryNode(expression, .plus, try node(operand, place))
        case .not(let operand): return UnaryNode(expression, .not, try node(operand, place))
        case .binary(let operation, let left, let right):
            return BinaryNode(expression, operation, try node(left, place), try node(right, place))
        case .concatenate(let parts): return ConcatenateNode(expression, try nodes(parts, place))
        case .and(let left, let right):
            return ChoiceNode(expression, isAnd: true, try node(left, place), try node(right, place))
        case .or(let left, let right):
            return ChoiceNode(expression, isAnd: false, try node(left, place), try node(right, place))
        case .compare(let first, let rest):
            var operands: [(relation: Comparing.Relation, operand: Node)] = []
            for part in rest { operands.append((part.relation, try node(part.operand, place))) }
            return CompareNode(expression, try node(first, place), operands)
        case .conditional(let test, let then, let otherwise):
            var soft = place
            soft.isSoft = true
            return ConditionalNode(
                expression, try node(test, soft), try node(then, soft), try optional(otherwise, soft),
                line: source.line(at: expression.offset))
        case .attribute(let operand, let name): return AttributeNode(expression, try node(operand, place), name)
        case .item(let operand, let key): return try item(expression, operand, key, place)
        case .slice(let start, let stop, let step):
            // A slice outside brackets, or one of several: it is a value that finds nothing.
            return ListNode(
                expression, try nodes([start, stop, step].compactMap { $0 }, place), isTuple: true)
        case .call(let callee, let arguments):
            return CallNode(expression, try node(callee, place), try self.arguments(arguments, place))
        case .filter(let operand, let name, let arguments):
            return try filter(expression, operand, name, arguments, place)
        case .test(let operand, let name, let arguments, let isNegated):
            let operand = try node(operand, place)
            guard let test = Test.named(name) else {
                return try unknown(expression, "test", name, Test.names, place)
            }
            return TestNode(expression, operand, test, try self.arguments(arguments, place), isNegated: isNegated)
        }
    }

    private func nodes(_ expressions: [Expression], _ place: Place) throws(Fault) -> [Node] {
        var nodes: [Node] = []
        for expression in expressions { nodes.append(try node(expression, place)) }
        return nodes
    }

    func optional(_ expression: Expression?, _ place: Place) throws(Fault) -> Node? {
        guard let expression else { return nil }
        return try node(expression, place)
    }

    private func item(
        _ expression: Expression, _ operand: Expression, _ key: Expression, _ place: Place
    ) throws(Fault) -> Node {
        guard case .slice(let start, let stop, let step) = key.form else {
            return ItemNode(expression, try node(operand, place), try node(key, place))
        }
        return SliceNode(
            expression, try node(operand, place),
            [try optional(start, place), try optional(stop, place), try optional(step, place)])
    }

    private func arguments(_ arguments: CallArguments, _ place: Place) throws(Fault) -> ArgumentNodes {
        var named: [(name: Text, value: Node)] = []
        for (name, value) in arguments.named {
            if named.contains(where: { $0.name.string == name }) {
                throw Fault(.syntax, "keyword argument repeated: \(name)", offset: value.offset)
            }
            named.append((Text(name), try node(value, place)))
        }
        return ArgumentNodes(
            positional: try nodes(arguments.positional, place), named: named,
            spread: try optional(arguments.spread, place), namedSpread: try optional(arguments.namedSpread, place))
    }

    func filter(
        _ expression: Expression, _ operand: Expression?, _ name: String, _ arguments: CallArguments, _ place: Place
    ) throws(Fault) -> Node {
        let operand = try optional(operand, place)
        guard let filter = Filter.named(name, environment) else {
            return try unknown(expression, "filter", name, Filter.names(environment), place)
        }
        return FilterNode(expression, operand, name, filter, try self.arguments(arguments, place))
    }

    private func unknown(
        _ expression: Expression, _ kind: String, _ name: String, _ known: [String], _ place: Place
    ) throws(Fault) -> Node {
        let near = Spelling.nearest(name, among: known)
        let fault = Fault(
            .assertion, "No \(kind) named '\(name)'.", hint: near.map { "did you mean '\($0)'?" },
            offset: expression.offset, length: expression.length)
        guard place.isSoft else { throw fault }
        return FaultNode(
            expression,
            Fault(.runtime, fault.message, hint: fault.hint, offset: expression.offset, length: expression.length))
    }
}

extension Statement {
    fileprivate var extendsAnother: Bool {
        switch form {
        case .extends: true
        case .condition(let branches, let otherwise):
            branches.contains { $0.body.contains { $0.extendsAnother } } || otherwise.contains { $0.extendsAnother }
        case .text, .output, .loop, .set, .setBlock, .with, .macro, .call, .filterBlock, .autoescape, .block, .include,
            .importModule, .importNames, .evaluate, .break, .continue:
            false
        }
    }
}
