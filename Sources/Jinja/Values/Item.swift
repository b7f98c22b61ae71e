/// A value while a template runs; lists and maps are shared and mutable, as in Python.
enum Item {
    /// No value yet: a name that was not set, or an argument that was not given. It never leaves a slot.
    case missing
    case undefined(Undefined)
    case none
    case bool(Bool)
    case int(Int)
    /// An integer that no `Int` holds.
    case big(BigInt)
    case float(Double)
    case text(Text)
    case list(Sequence)
    case tuple(Sequence)
    case map(Mapping)
    case range(Span)
    case native(Native)

    static func text(_ string: String) -> Item { .text(Text(string)) }
    static func list(_ items: [Item]) -> Item { .list(Sequence(items)) }
    static func tuple(_ items: [Item]) -> Item { .tuple(Sequence(items)) }

    /// Levels of containers in it, as far as they were there when it was made.
    var depth: Int {
        switch self {
        case .list(let sequence), .tuple(let sequence): sequence.depth
        case .map(let map): map.depth
        case .native(let native): native.depth
        case .missing, .undefined, .none, .bool, .int, .big, .float, .text, .range: 0
        }
    }

    /// The smallest form of `big`.
    static func integer(_ big: BigInt) -> Item { big.int.map { .int($0) } ?? .big(big) }

    /// Items in order; a reference, so that a change through one name is seen through all.
    final class Sequence {
        var items: [Item]
        /// How deeply it nested containers when it was made.
        let depth: Int
        /// Names of the items of a named tuple, such as `grouper` and `list`.
        let fields: [Text]

        init(_ items: [Item], fields: [Text] = []) {
            self.items = items
            self.fields = fields
            depth = items.reduce(0) { max($0, $1.depth) } + 1
        }
    }

    /// Python's `range`: counted without being stored.
    final class Span {
        let start: Int
        let stop: Int
        let step: Int
        let count: Int

        /// `step` must not be zero.
        init(start: Int, stop: Int, step: Int) {
            self.start = start
            self.stop = stop
            self.step = step
            let isEmpty = step > 0 ? start >= stop : start <= stop
            let distance = isEmpty ? 0 : step > 0 ? Item.distance(start, stop) : Item.distance(stop, start)
            count = distance == 0 ? 0 : Int(clamping: (distance - 1) / step.magnitude + 1)
        }

        /// The number at `index`, which is below `count`; wraps instead of trapping on bounds no loop reaches.
        subscript(index: Int) -> Int { start &+ index &* step }
    }

    /// How far `high` is above `low`.
    static func distance(_ low: Int, _ high: Int) -> UInt { UInt(bitPattern: high &- low) }
}

/// What a name or a look-up gives when there is nothing: it remembers what was asked for.
final class Undefined {
    enum Reason {
        case name(String)
        case attribute(owner: String, name: String)
        case element(owner: String, key: String)
        case sentence(String)
    }

    let reason: Reason
    let mode: UndefinedMode
    /// What was probably meant.
    let hint: String?

    init(_ reason: Reason, _ mode: UndefinedMode, hint: String? = nil) {
        self.reason = reason
        self.mode = mode
        self.hint = hint
    }

    var isStrict: Bool { mode == .strict }

    var message: String {
        switch reason {
        case .name(let name): "'\(name)' is undefined"
        case .attribute(let owner, let name): "'\(owner)' has no attribute '\(name)'"
        case .element(let owner, let key): "\(owner) has no element \(key)"
        case .sentence(let sentence): sentence
        }
    }

    var fault: Fault { Fault(.undefined, message, hint: hint) }
}

/// Whatever is neither number, text nor container: functions, macros, `loop`, namespaces, iterators.
class Native {
    var typeName: String { "object" }
    var text: String { "<\(typeName)>" }
    var isCallable: Bool { false }
    /// What a fault inside it is said to have come about in; `nil` where nothing of a template runs in it.
    var title: String? { nil }
    /// Levels of containers in it, see `Item.depth`.
    var depth: Int { 1 }
    /// Items that iteration gives; `nil` when it can't be iterated over.
    func iterate() throws(Fault) -> [Item]? { nil }
    /// `nil` when it has no length.
    var count: Int? { nil }

    func attribute(_ name: Text, _ renderer: Renderer) throws(Fault) -> Item? { nil }

    func call(_ arguments: Arguments, _ renderer: Renderer) throws(Fault) -> Item {
        throw Fault(.type, "'\(typeName)' object is not callable")
    }
}

/// What a call passes.
struct Arguments {
    var positional: [Item] = []
    var named: [(name: Text, value: Item)] = []

    /// Takes the named argument out.
    mutating func take(_ name: Text) -> Item? {
        guard let index = named.firstIndex(where: { $0.name == name }) else { return nil }
        return named.remove(at: index).value
    }
}
