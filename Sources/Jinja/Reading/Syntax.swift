/// An expression as written, with its place; it points into the memory of the reading.
struct Expression: BitwiseCopyable {
    enum Form: BitwiseCopyable {
        case literal(Item)
        case name(Text)
        case list(Several<Expression>)
        case tuple(Several<Expression>)
        case map(Several<Member>)
        case negate(Expression)
        case plus(Expression)
        case not(Expression)
        case binary(Operators.Binary, Expression, Expression)
        case concatenate(Several<Expression>)
        case and(Expression, Expression)
        case or(Expression, Expression)
        case compare(Expression, Several<Comparison>)
        case conditional(test: Expression, then: Expression, otherwise: Expression?)
        case attribute(Expression, Text)
        case item(Expression, Expression)
        case slice(start: Expression?, stop: Expression?, step: Expression?)
        case call(Expression, CallArguments)
        /// The operand is absent in a filter block.
        case filter(Expression?, Text, CallArguments)
        case test(Expression, Text, CallArguments, isNegated: Bool)
    }

    struct Member: BitwiseCopyable {
        let key: Expression
        let value: Expression
    }

    struct Comparison: BitwiseCopyable {
        let relation: Comparing.Relation
        let operand: Expression
    }

    fileprivate struct Node: BitwiseCopyable {
        let form: Form
        let offset: Int32
        let length: Int32
    }

    private let node: UnsafePointer<Node>

    init(_ form: Form, offset: Int, length: Int, in arena: Arena) {
        let place = arena.allocate(1, of: Node.self)
        place.initialize(
            to: Node(form: form, offset: Int32(truncatingIfNeeded: offset), length: Int32(truncatingIfNeeded: length)))
        node = UnsafePointer(place)
    }

    @inline(__always) var form: Form { node.pointee.form }
    @inline(__always) var offset: Int { Int(node.pointee.offset) }
    @inline(__always) var length: Int { Int(node.pointee.length) }
}

/// A row of things in the memory of the reading.
struct Several<Element: BitwiseCopyable>: BitwiseCopyable, RandomAccessCollection {
    private let start: UnsafePointer<Element>?
    let count: Int

    init() {
        start = nil
        count = 0
    }

    init(_ items: some Collection<Element>, in arena: Arena) {
        count = items.count
        start = items.isEmpty ? nil : arena.copy(items)
    }

    var startIndex: Int { 0 }
    var endIndex: Int { count }

    @inline(__always)
    subscript(index: Int) -> Element {
        guard let start, index >= 0, index < count else { fatalError("there is no item \(index) of \(count)") }
        return start[index]
    }
}

struct CallArguments: BitwiseCopyable {
    struct Named: BitwiseCopyable {
        let name: Text
        let value: Expression
    }

    fileprivate struct Storage: BitwiseCopyable {
        let positional: Several<Expression>
        let named: Several<Named>
        let spread: Expression?
        let namedSpread: Expression?
    }

    private let storage: UnsafePointer<Storage>?

    /// None.
    init() { storage = nil }

    init(
        _ positional: Several<Expression>, _ named: Several<Named> = Several(), spread: Expression? = nil,
        namedSpread: Expression? = nil, in arena: Arena
    ) {
        let place = arena.allocate(1, of: Storage.self)
        place.initialize(
            to: Storage(positional: positional, named: named, spread: spread, namedSpread: namedSpread))
        storage = UnsafePointer(place)
    }

    var positional: Several<Expression> { storage?.pointee.positional ?? Several() }
    var named: Several<Named> { storage?.pointee.named ?? Several() }
    var spread: Expression? { storage?.pointee.spread }
    var namedSpread: Expression? { storage?.pointee.namedSpread }

    var isEmpty: Bool { storage == nil || positional.isEmpty && isPlain }

    /// Whether it has nothing but arguments in order.
    var isPlain: Bool { named.isEmpty && spread == nil && namedSpread == nil }

    /// Every expression passed.
    var all: [Expression] {
        positional + named.map(\.value) + [spread, namedSpread].compactMap { $0 }
    }
}

/// What stands left of `=` or after `for`.
enum Target: BitwiseCopyable {
    case name(Text, offset: Int)
    case tuple(Several<Target>)
    /// A member of a namespace: `ns.count`.
    case member(name: Text, member: Text, offset: Int)

    /// The names it sets, in order.
    var names: [Text] {
        switch self {
        case .name(let name, _): [name]
        case .tuple(let targets): targets.flatMap(\.names)
        case .member: []
        }
    }

    /// The namespaces it reads.
    var namespaces: [Text] {
        switch self {
        case .name: []
        case .tuple(let targets): targets.flatMap(\.namespaces)
        case .member(let name, _, _): [name]
        }
    }
}

struct Parameter: BitwiseCopyable {
    let name: Text
    let offset: Int
    let initial: Expression?
}

/// Bytes of the source.
struct ByteRange: BitwiseCopyable {
    let lowerBound: Int
    let upperBound: Int

    init(_ range: Range<Int>) {
        lowerBound = range.lowerBound
        upperBound = range.upperBound
    }

    var count: Int { upperBound - lowerBound }
    var range: Range<Int> { lowerBound..<upperBound }
}

/// A tag with its body, or text.
struct Statement: BitwiseCopyable {
    typealias Body = Several<Statement>

    enum Form: BitwiseCopyable {
        /// Bytes of the source.
        case text(ByteRange)
        case output(Expression)
        case condition(Several<Branch>, otherwise: Body)
        case loop(Loop)
        case set(Target, Expression)
        case setBlock(Target, filter: Expression?, body: Body)
        case with(Several<Assignment>, body: Body)
        case macro(Macro)
        /// The body is the macro that the call passes as `caller`.
        case call(Expression, Macro)
        case filterBlock(Expression, body: Body)
        case autoescape(Expression, body: Body)
        case block(Block)
        case extends(Expression)
        case include(Expression, ignoresMissing: Bool, hasContext: Bool)
        case importModule(Expression, name: Text, hasContext: Bool)
        case importNames(Expression, Several<Import>, hasContext: Bool)
        case evaluate(Expression)
        case `break`
        case `continue`
    }

    struct Branch: BitwiseCopyable {
        let test: Expression
        let body: Body
        let offset: Int
    }

    struct Assignment: BitwiseCopyable {
        let target: Target
        let value: Expression
    }

    struct Import: BitwiseCopyable {
        let name: Text
        let alias: Text
    }

    struct Loop: BitwiseCopyable {
        let target: Target
        let items: Expression
        let condition: Expression?
        let body: Body
        let otherwise: Body
        let isRecursive: Bool
        /// Whether the body reads `loop`.
        let readsLoop: Bool
    }

    struct Macro: BitwiseCopyable {
        let name: Text
        let parameters: Several<Parameter>
        let body: Body
        /// The special names that the body reads.
        let mentions: Mentions
    }

    struct Block: BitwiseCopyable {
        let name: Text
        let body: Body
        let isScoped: Bool
        let isRequired: Bool
        let mentions: Mentions
    }

    let form: Form
    /// The tag's name, whose line Jinja2 reports.
    let offset: Int
    /// The `{{` or `{%`, and the byte behind the tag.
    let tag: ByteRange
}

/// How often names that the language gives were read so far.
struct Mentions: BitwiseCopyable {
    var loop = 0
    /// `self`.
    var template = 0
    /// `super`.
    var parent = 0
    var caller = 0
    var kwargs = 0
    var varargs = 0

    @inline(__always)
    mutating func note(_ word: Word) {
        switch word {
        case .loop: loop += 1
        case .`self`: template += 1
        case .`super`: parent += 1
        case .caller: caller += 1
        case .kwargs: kwargs += 1
        case .varargs: varargs += 1
        default: break
        }
    }

    /// What was read since.
    static func - (now: Mentions, then: Mentions) -> Mentions {
        Mentions(
            loop: now.loop - then.loop, template: now.template - then.template, parent: now.parent - then.parent,
            caller: now.caller - then.caller, kwargs: now.kwargs - then.kwargs, varargs: now.varargs - then.varargs)
    }
}
