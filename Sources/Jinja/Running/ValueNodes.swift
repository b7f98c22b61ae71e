final class LiteralNode: Node, @unchecked Sendable {
    let literal: Literal

    init(_ expression: Expression, _ literal: Literal) {
        self.literal = literal
        super.init(expression)
    }

    override func evaluate(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Item { literal.item }
}

final class NameNode: Node, @unchecked Sendable {
    let name: Text
    let place: Initial.Place

    init(_ expression: Expression, _ name: String, _ place: Initial.Place) {
        self.name = Text(name)
        self.place = place
        super.init(expression)
    }

    override func evaluate(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Item {
        let item = frame.read(place)
        if case .missing = item {
            return renderer.undefined(.name(name.string), hint: renderer.hint(forName: name, frame.context))
        }
        return item
    }
}

final class ListNode: Node, @unchecked Sendable {
    let items: [Node]
    let isTuple: Bool

    init(_ expression: Expression, _ items: [Node], isTuple: Bool) {
        self.items = items
        self.isTuple = isTuple
        super.init(expression)
    }

    override func evaluate(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Item {
        var values: [Item] = []
        values.reserveCapacity(items.count)
        for item in items { values.append(try item.value(renderer, frame)) }
        return isTuple ? .tuple(values) : .list(values)
    }
}

final class MapNode: Node, @unchecked Sendable {
    let members: [(key: Node, value: Node)]

    init(_ expression: Expression, _ members: [(key: Node, value: Node)]) {
        self.members = members
        super.init(expression)
    }

    override func evaluate(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Item {
        let map = Mapping()
        for member in members {
            let key = try member.key.value(renderer, frame)
            map.set(key, try HashKey.of(key), try member.value.value(renderer, frame))
        }
        return .map(map)
    }
}

final class BinaryNode: Node, @unchecked Sendable {
    let operation: Operators.Binary
    let left: Node
    let right: Node

    init(_ expression: Expression, _ operation: Operators.Binary, _ left: Node, _ right: Node) {
        self.operation = operation
        self.left = left
        self.right = right
        super.init(expression)
    }

    override func evaluate(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Item {
        let left = try left.value(renderer, frame)
        let right = try right.value(renderer, frame)
        return try renderer.bounded(Operators.apply(operation, left, right, renderer))
    }
}

/// Minus, plus and `not`.
final class UnaryNode: Node, @unchecked Sendable {
    enum Operation: Sendable { case negate, plus, not }
    let operation: Operation
    let operand: Node

    init(_ expression: Expression, _ operation: Operation, _ operand: Node) {
        self.operation = operation
        self.operand = operand
        super.init(expression)
    }

    override func evaluate(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Item {
        switch operation {
        case .negate: try Operators.negate(operand.value(renderer, frame))
        case .plus: try Operators.plus(operand.value(renderer, frame))
        case .not: .bool(try !operand.isTrue(renderer, frame))
        }
    }
}

/// `~`: everything as text in one.
final class ConcatenateNode: Node, @unchecked Sendable {
    let parts: [Node]

    init(_ expression: Expression, _ parts: [Node]) {
        self.parts = parts
        super.init(expression)
    }

    override func evaluate(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Item {
        var values: [Item] = []
        for part in parts { values.append(try part.value(renderer, frame)) }
        // Under autoescape one safe part makes the others escape; without, safety is lost.
        let isSafe =
            renderer.escapes
            && values.contains {
                if case .text(let text) = $0 { text.isSafe } else { false }
            }
        var bytes: [UInt8] = []
        for value in values {
            let text = try value.text()
            bytes += isSafe ? text.escaped.bytes : text.bytes
        }
        return try renderer.bounded(.text(Text(bytes: bytes, isSafe: isSafe)))
    }
}

/// `and`, `or`: the operand that decides, not a boolean.
final class ChoiceNode: Node, @unchecked Sendable {
    let isAnd: Bool
    let left: Node
    let right: Node

    init(_ expression: Expression, isAnd: Bool, _ left: Node, _ right: Node) {
        self.isAnd = isAnd
        self.left = left
        self.right = right
        super.init(expression)
    }

    override func evaluate(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Item {
        let value = try left.value(renderer, frame)
        return try value.isTrue() == isAnd ? right.value(renderer, frame) : value
    }
}

final class CompareNode: Node, @unchecked Sendable {
    let first: Node
    let rest: [(relation: Comparing.Relation, operand: Node)]

    init(_ expression: Expression, _ first: Node, _ rest: [(relation: Comparing.Relation, operand: Node)]) {
        self.first = first
        self.rest = rest
        super.init(expression)
    }

    override func evaluate(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Item {
        var left = try first.value(renderer, frame)
        for (relation, operand) in rest {
            let right = try operand.value(renderer, frame)
            guard try Comparing.holds(relation, left, right) else { return .bool(false) }
            left = right
        }
        return .bool(true)
    }
}

final class ConditionalNode: Node, @unchecked Sendable {
    let test: Node
    let then: Node
    let otherwise: Node?
    let line: Int

    init(_ expression: Expression, _ test: Node, _ then: Node, _ otherwise: Node?, line: Int) {
        self.test = test
        self.then = then
        self.otherwise = otherwise
        self.line = line
        super.init(expression)
    }

    override func evaluate(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Item {
        if try test.isTrue(renderer, frame) { return try then.value(renderer, frame) }
        if let otherwise { return try otherwise.value(renderer, frame) }
        // Jinja2 gives a lenient undefined here even where undefined names are strict.
        return .undefined(
            Undefined(
                .sentence("the inline if-expression on line \(line) was false and has no else"), .default))
    }
}

final class AttributeNode: Node, @unchecked Sendable {
    let operand: Node
    let name: Text

    init(_ expression: Expression, _ operand: Node, _ name: String) {
        self.operand = operand
        self.name = Text(name)
        super.init(expression)
    }

    override func evaluate(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Item {
        try renderer.attribute(operand.value(renderer, frame), name)
    }
}

final class ItemNode: Node, @unchecked Sendable {
    let operand: Node
    let key: Node

    init(_ expression: Expression, _ operand: Node, _ key: Node) {
        self.operand = operand
        self.key = key
        super.init(expression)
    }

    override func evaluate(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Item {
        let owner = try operand.value(renderer, frame)
        return try renderer.item(owner, key.value(renderer, frame))
    }
}

final class SliceNode: Node, @unchecked Sendable {
    let operand: Node
    let bounds: [Node?]

    init(_ expression: Expression, _ operand: Node, _ bounds: [Node?]) {
        self.operand = operand
        self.bounds = bounds
        super.init(expression)
    }

    override func evaluate(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Item {
        let owner = try operand.value(renderer, frame)
        var values: [Item] = []
        for bound in bounds { values.append(try bound?.value(renderer, frame) ?? .none) }
        return try renderer.slice(owner, values)
    }
}

/// The arguments of a call, before they are evaluated.
struct ArgumentNodes: Sendable {
    let positional: [Node]
    let named: [(name: Text, value: Node)]
    let spread: Node?
    let namedSpread: Node?

    func evaluate(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Arguments {
        var arguments = Arguments()
        if positional.isEmpty, named.isEmpty, spread == nil, namedSpread == nil { return arguments }
        for node in positional { arguments.positional.append(try node.value(renderer, frame)) }
        for (name, node) in named { arguments.named.append((name, try node.value(renderer, frame))) }
        if let spread { arguments.positional += try renderer.items(of: spread.value(renderer, frame)) }
        if let namedSpread {
            let value = try namedSpread.value(renderer, frame)
            guard case .map(let map) = value else {
                throw Fault(.type, "argument after ** must be a mapping, not \(value.typeName)")
            }
            for (key, value) in zip(map.keys, map.values) {
                guard case .text(let name) = key else { throw Fault(.type, "keywords must be strings") }
                if arguments.named.contains(where: { $0.name == name }) {
                    throw Fault(.type, "got multiple values for keyword argument '\(name.string)'")
                }
                arguments.named.append((name, value))
            }
        }
        return arguments
    }
}

final class CallNode: Node, @unchecked Sendable {
    let callee: Node
    let arguments: ArgumentNodes

    init(_ expression: Expression, _ callee: Node, _ arguments: ArgumentNodes) {
        self.callee = callee
        self.arguments = arguments
        super.init(expression)
    }

    override func evaluate(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Item {
        try call(renderer, frame, caller: nil)
    }

    /// `caller` is what a call block passes along.
    func call(_ renderer: Renderer, _ frame: Frame, caller: Item?) throws(Fault) -> Item {
        try renderer.step()
        let function = try callee.value(renderer, frame)
        var arguments = try arguments.evaluate(renderer, frame)
        if let caller { arguments.named.append(("caller", caller)) }
        do throws(Fault) {
            return try renderer.call(function, arguments)
        } catch {
            guard case .native(let object) = function, let title = object.native.title else { throw error }
            throw error.entering(title, at: offset, length: length)
        }
    }
}

final class FilterNode: Node, @unchecked Sendable {
    let operand: Node?
    let name: String
    let filter: Filter
    let arguments: ArgumentNodes

    init(_ expression: Expression, _ operand: Node?, _ name: String, _ filter: Filter, _ arguments: ArgumentNodes) {
        self.operand = operand
        self.name = name
        self.filter = filter
        self.arguments = arguments
        super.init(expression)
    }

    override func evaluate(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Item {
        try apply(operand?.value(renderer, frame) ?? .none, renderer, frame)
    }

    /// Filters `value` in place of the operand, through all filters that stand before this one.
    func pass(_ value: Item, _ renderer: Renderer, _ frame: Frame) throws(Fault) -> Item {
        guard let inner = operand as? FilterNode else { return try apply(value, renderer, frame) }
        return try apply(inner.pass(value, renderer, frame), renderer, frame)
    }

    private func apply(_ value: Item, _ renderer: Renderer, _ frame: Frame) throws(Fault) -> Item {
        try renderer.step()
        do throws(Fault) {
            return try renderer.bounded(filter.apply(value, arguments.evaluate(renderer, frame), renderer))
        } catch {
            throw error.at(offset, length: length)
        }
    }
}

final class TestNode: Node, @unchecked Sendable {
    let operand: Node
    let test: Test
    let arguments: ArgumentNodes
    let isNegated: Bool

    init(_ expression: Expression, _ operand: Node, _ test: Test, _ arguments: ArgumentNodes, isNegated: Bool) {
        self.operand = operand
        self.test = test
        self.arguments = arguments
        self.isNegated = isNegated
        super.init(expression)
    }

    override func evaluate(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Item {
        let value = try operand.value(renderer, frame)
        let holds = try test.holds(value, arguments.evaluate(renderer, frame), renderer)
        return .bool(holds != isNegated)
    }
}

/// A filter or test that does not exist, in a branch that may never run.
final class FaultNode: Node, @unchecked Sendable {
    let fault: Fault

    init(_ expression: Expression, _ fault: Fault) {
        self.fault = fault
        super.init(expression)
    }

    override func evaluate(_ renderer: Renderer, _ frame: Frame) throws(Fault) -> Item { throw fault }
}
