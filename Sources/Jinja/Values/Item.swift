import Synchronization

/// A value while a template runs; lists and maps are shared and mutable, as in Python.
///
/// It is 16 bytes and owns nothing: containers, texts and objects belong to the arena of the rendering.
enum Item {
    /// No value yet: a name that was not set, or an argument that was not given. It never leaves a slot.
    case missing
    case undefined(Undefined)
    case none
    case bool(Bool)
    case int(Int)
    /// An integer that no `Int` holds.
    case big(Big)
    case float(Double)
    case text(Text)
    case list(Sequence)
    case tuple(Sequence)
    case map(Mapping)
    case range(Span)
    case native(Kept)

    static func text(_ string: String) -> Item { .text(Text(string)) }
    static func list(_ items: [Item]) -> Item { .list(Sequence(items)) }
    static func tuple(_ items: [Item]) -> Item { .tuple(Sequence(items)) }
    static func big(_ value: BigInt) -> Item { .big(Big(value)) }
    static func native(_ native: Native) -> Item { .native(Kept(native)) }

    /// The smallest form of `big`.
    static func integer(_ big: BigInt) -> Item { big.int.map { .int($0) } ?? .big(big) }

    /// A big integer that the arena keeps.
    struct Big {
        private final class Box: Sendable {
            let value: BigInt
            /// Once it was asked for; several renderings may share the number.
            let text = Mutex<String?>(nil)
            init(_ value: BigInt) { self.value = value }
        }

        private let box: Unmanaged<Box>

        init(_ value: BigInt) {
            let kept = Box(value)
            Arena.current.keep(kept)
            box = Unmanaged.passUnretained(kept)
        }

        var value: BigInt { box.takeUnretainedValue().value }

        /// The decimal digits.
        func text() throws(Fault) -> String {
            let box = box.takeUnretainedValue()
            if let text = box.text.withLock(\.self) { return text }
            let text = try box.value.decimal()
            box.text.withLock { $0 = text }
            return text
        }
    }

    /// An object that the arena keeps.
    struct Kept {
        private let reference: Unmanaged<Native>

        init(_ native: Native) {
            Arena.current.keep(native)
            reference = Unmanaged.passUnretained(native)
        }

        /// An object that is never given back.
        init(lasting native: Native) { reference = Unmanaged.passRetained(native) }

        @inline(__always) var native: Native { reference.takeUnretainedValue() }
        var identity: ObjectIdentifier { ObjectIdentifier(native) }
    }

    /// Python's `range`: counted without being stored.
    struct Span {
        private struct Bounds {
            let start: Int
            let stop: Int
            let step: Int
            let count: Int
        }

        private let bounds: UnsafePointer<Bounds>

        var start: Int { bounds.pointee.start }
        var stop: Int { bounds.pointee.stop }
        var step: Int { bounds.pointee.step }
        var count: Int { bounds.pointee.count }

        /// `step` must not be zero.
        init(start: Int, stop: Int, step: Int) {
            let isEmpty = step > 0 ? start >= stop : start <= stop
            let distance = isEmpty ? 0 : step > 0 ? Item.distance(start, stop) : Item.distance(stop, start)
            let count = distance == 0 ? 0 : Int(clamping: (distance - 1) / step.magnitude + 1)
            let place = Arena.current.allocate(1, of: Bounds.self)
            place.initialize(to: Bounds(start: start, stop: stop, step: step, count: count))
            bounds = UnsafePointer(place)
        }

        /// The number at `index`, which is below `count`; wraps instead of trapping on bounds no loop reaches.
        subscript(index: Int) -> Int { start &+ index &* step }
    }

    /// How far `high` is above `low`.
    static func distance(_ low: Int, _ high: Int) -> UInt { UInt(bitPattern: high &- low) }
}

extension Item {
    /// Items in order; a reference, so that a change through one name is seen through all.
    struct Sequence {
        private struct Header {
            var items: UnsafeMutablePointer<Item>
            var count: Int
            var capacity: Int
            /// Names of the items of a named tuple.
            var fields: UnsafePointer<Text>?
            var fieldCount: Int
            var isShared: Bool
        }

        private let header: UnsafeMutablePointer<Header>

        init(capacity: Int) {
            let arena = Arena.current
            header = arena.allocate(1, of: Header.self)
            let items = arena.allocate(capacity, of: Item.self)
            header.initialize(
                to: Header(
                    items: items, count: 0, capacity: capacity, fields: nil, fieldCount: 0, isShared: false))
        }

        init(_ items: [Item], fields: [Text] = []) {
            self.init(capacity: items.count)
            header.pointee.items.initialize(from: items, count: items.count)
            header.pointee.count = items.count
            guard !fields.isEmpty else { return }
            let names = Arena.current.allocate(fields.count, of: Text.self)
            names.initialize(from: fields, count: fields.count)
            header.pointee.fields = UnsafePointer(names)
            header.pointee.fieldCount = fields.count
        }

        @inline(__always)
        init(_ items: UnsafeBufferPointer<Item>) {
            self.init(capacity: items.count)
            if let base = items.baseAddress { header.pointee.items.initialize(from: base, count: items.count) }
            header.pointee.count = items.count
        }

        @inline(__always) var count: Int { header.pointee.count }
        @inline(__always) var isEmpty: Bool { count == 0 }

        /// Whether it belongs to values that several renderings share, and must not change.
        var isShared: Bool {
            get { header.pointee.isShared }
            nonmutating set { header.pointee.isShared = newValue }
        }

        /// The items where they are: valid until the list changes.
        @inline(__always)
        var buffer: UnsafeBufferPointer<Item> {
            UnsafeBufferPointer(start: header.pointee.items, count: header.pointee.count)
        }

        var items: [Item] {
            get { Array(buffer) }
            nonmutating set {
                if newValue.count > header.pointee.capacity { grow(to: newValue.count) }
                header.pointee.items.update(from: newValue, count: newValue.count)
                header.pointee.count = newValue.count
            }
        }

        var fields: UnsafeBufferPointer<Text> {
            UnsafeBufferPointer(start: header.pointee.fields, count: header.pointee.fieldCount)
        }

        @inline(__always)
        subscript(index: Int) -> Item { header.pointee.items[index] }

        func append(_ item: Item) {
            let count = header.pointee.count
            if count == header.pointee.capacity { grow(to: max(4, count * 2)) }
            header.pointee.items[count] = item
            header.pointee.count = count + 1
        }

        /// What was there stays readable where it was: a loop over it goes on.
        private func grow(to capacity: Int) {
            let items = Arena.current.allocate(capacity, of: Item.self)
            items.update(from: header.pointee.items, count: header.pointee.count)
            header.pointee.items = items
            header.pointee.capacity = capacity
        }

        static func === (left: Sequence, right: Sequence) -> Bool { left.header == right.header }
    }
}

/// What a name or a look-up gives when there is nothing: it remembers what was asked for.
struct Undefined {
    enum Reason {
        case name(String)
        case attribute(owner: String, name: String)
        case element(owner: String, key: String)
        case sentence(String)
    }

    private final class Box {
        let reason: Reason
        let mode: UndefinedMode
        let hint: String?

        init(_ reason: Reason, _ mode: UndefinedMode, _ hint: String?) {
            self.reason = reason
            self.mode = mode
            self.hint = hint
        }
    }

    private let box: Unmanaged<Box>

    /// `hint` is what was probably meant.
    init(_ reason: Reason, _ mode: UndefinedMode, hint: String? = nil) {
        let kept = Box(reason, mode, hint)
        Arena.current.keep(kept)
        box = Unmanaged.passUnretained(kept)
    }

    var mode: UndefinedMode { box.takeUnretainedValue().mode }
    var isStrict: Bool { mode == .strict }

    var message: String {
        switch box.takeUnretainedValue().reason {
        case .name(let name): "'\(name)' is undefined"
        case .attribute(let owner, let name): "'\(owner)' has no attribute '\(name)'"
        case .element(let owner, let key): "\(owner) has no element \(key)"
        case .sentence(let sentence): sentence
        }
    }

    /// What was looked for, as the message has it.
    var missed: String? {
        switch box.takeUnretainedValue().reason {
        case .element(_, let key): key
        case .attribute(_, let name): name
        case .name, .sentence: nil
        }
    }

    var fault: Fault { Fault(.undefined, message, hint: box.takeUnretainedValue().hint) }

    static func === (left: Undefined, right: Undefined) -> Bool { left.box.toOpaque() == right.box.toOpaque() }
}

/// Whatever is neither number, text nor container: functions, macros, `loop`, namespaces, iterators.
class Native {
    var typeName: String { "object" }
    var text: String { "<\(typeName)>" }
    var isCallable: Bool { false }
    /// What a fault inside it is said to have come about in; `nil` where nothing of a template runs in it.
    var title: String? { nil }
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
