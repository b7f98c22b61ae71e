/// An expression as written, with its place.
struct Expression: Sendable {
    indirect enum Form: Sendable {
        case literal(Literal)
        case name(String)
        case list([Expression])
        case tuple([Expression])
        case map([(key: Expression, value: Expression)])
        case negate(Expression)
        case plus(Expression)
        case not(Expression)
        case binary(Operators.Binary, Expression, Expression)
        case concatenate([Expression])
        case and(Expression, Expression)
        case or(Expression, Expression)
        case compare(Expression, [(relation: Comparing.Relation, operand: Expression)])
        case conditional(test: Expression, then: Expression, otherwise: Expression?)
        case attribute(Expression, String)
        case item(Expression, Expression)
        case slice(start: Expression?, stop: Expression?, step: Expression?)
        case call(Expression, CallArguments)
        /// The operand is absent in a filter block.
        case filter(Expression?, String, CallArguments)
        case test(Expression, String, CallArguments, isNegated: Bool)
    }

    let form: Form
    let offset: Int
    let length: Int
}

struct CallArguments: Sendable {
    var positional: [Expression] = []
    var named: [(name: String, value: Expression)] = []
    var spread: Expression?
    var namedSpread: Expression?

    var isEmpty: Bool { positional.isEmpty && named.isEmpty && spread == nil && namedSpread == nil }

    /// Every expression passed.
    var all: [Expression] {
        positional + named.map(\.value) + [spread, namedSpread].compactMap { $0 }
    }
}

enum Literal: Sendable {
    case none
    case bool(Bool)
    case int(Int)
    case big(BigInt)
    case float(Double)
    case text(Text)

    var item: Item {
        switch self {
        case .none: .none
        case .bool(let flag): .bool(flag)
        case .int(let int): .int(int)
        case .big(let big): .big(big)
        case .float(let double): .float(double)
        case .text(let text): .text(text)
        }
    }
}

/// What stands left of `=` or after `for`.
indirect enum Target: Sendable {
    case name(String, offset: Int)
    case tuple([Target])
    /// A member of a namespace: `ns.count`.
    case member(name: String, member: String, offset: Int)

    /// The names it sets, in order.
    var names: [String] {
        switch self {
        case .name(let name, _): [name]
        case .tuple(let targets): targets.flatMap(\.names)
        case .member: []
        }
    }

    /// The namespaces it reads.
    var namespaces: [String] {
        switch self {
        case .name: []
        case .tuple(let targets): targets.flatMap(\.namespaces)
        case .member(let name, _, _): [name]
        }
    }
}

struct Parameter: Sendable {
    let name: String
    let offset: Int
    let initial: Expression?
}

/// A tag with its body, or text.
struct Statement: Sendable {
    indirect enum Form: Sendable {
        /// Bytes of the source.
        case text(Range<Int>)
        case output(Expression)
        case condition([(test: Expression, body: [Statement], offset: Int)], otherwise: [Statement])
        case loop(Loop)
        case set(Target, Expression)
        case setBlock(Target, filter: Expression?, body: [Statement])
        case with([(target: Target, value: Expression)], body: [Statement])
        case macro(Macro)
        /// The body is the macro that the call passes as `caller`.
        case call(Expression, Macro)
        case filterBlock(Expression, body: [Statement])
        case autoescape(Expression, body: [Statement])
        case block(Block)
        case extends(Expression)
        case include(Expression, ignoresMissing: Bool, hasContext: Bool)
        case importModule(Expression, name: String, hasContext: Bool)
        case importNames(Expression, [(name: String, alias: String)], hasContext: Bool)
        case evaluate(Expression)
        case `break`
        case `continue`
    }

    struct Loop: Sendable {
        let target: Target
        let items: Expression
        let condition: Expression?
        let body: [Statement]
        let otherwise: [Statement]
        let isRecursive: Bool
    }

    struct Macro: Sendable {
        let name: String
        let parameters: [Parameter]
        let body: [Statement]
    }

    struct Block: Sendable {
        let name: String
        let body: [Statement]
        let isScoped: Bool
        let isRequired: Bool
    }

    let form: Form
    /// The tag's name, whose line Jinja2 reports.
    let offset: Int
    /// The `{{` or `{%`, and the byte behind the tag.
    let tag: Range<Int>
}
