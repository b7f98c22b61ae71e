import Documents

/// Follows a rendering: for each value on the stack and in the slots it knows where it comes from.
///
/// It looks at every instruction before the machine carries it out, and does the same to its own stack of origins.
struct Tracer {
    typealias Origin = Origins.Origin

    private let memory: Arena
    var origins: Origins
    private var stack: Row<Origin>
    /// What was printed into the captures that are open.
    private var captures: [Origin] = []
    /// What the capture that ended last was made of.
    private var lastCapture: Origin = 0
    /// Arguments of the call that is made, for the macro that is called.
    private(set) var arguments: (positional: [Origin], named: [(name: Text, origin: Origin)]) = ([], [])
    /// Names of contexts that do not come from what was given.
    private var names: [NameKey: Origin] = [:]
    private var members: [MemberKey: Origin] = [:]
    private var loops: [Loop] = []
    private(set) var conditions: ConditionChains
    /// What the calls around stand under.
    private var outerConditions: [Int32] = [0]
    private(set) var pieces: Pieces
    /// Pieces of texts that were captured, by where the text is: macros print through their callers.
    private var captured: [UnsafePointer<UInt8>: [Piece]] = [:]
    private var captureStarts: [(piece: Int, offset: Int)] = []
    /// Whether what every instruction found on the stack is noted, for whoever explains a fault.
    var notesOperands = false
    /// What the instruction at hand found on the stack.
    private var operands: (instruction: Int, origins: [Origin]) = (-1, [])
    /// What was put into containers, out of which it may come again unnoticed.
    private(set) var spilled: Origin = 0

    /// A piece of the output; the template is kept by the rendering.
    struct Piece: BitwiseCopyable {
        var start: Int32
        let count: Int32
        let template: Unmanaged<Unit>
        /// Where the tag starts, or the text; and the text's length, which is 0 for a tag.
        let offset: Int32
        let length: Int32
        let origin: Origin
        let conditions: Int32

        var range: Range<Int> { Int(start)..<Int(start + count) }
        var unit: Unit { template.takeUnretainedValue() }
    }

    private struct NameKey: Hashable {
        let context: ObjectIdentifier
        let name: Text
    }

    private struct MemberKey: Hashable {
        let owner: ObjectIdentifier
        let name: Text
    }

    fileprivate struct Loop {
        var source: Origin = 0
        /// Of the item at hand.
        var item: Origin = 0
        var isMap = false
        /// Of the items that a condition kept.
        var kept: [Origin] = []
        /// Whether the loop goes over those.
        var isSelected = false
    }

    // MARK: The stack

    @inline(__always)
    private mutating func push(_ origin: Origin) { stack.append(origin) }
    @inline(__always)
    private mutating func pop() -> Origin { stack.popLast() ?? 0 }

    private mutating func pop(_ count: Int) -> Origin {
        var union: Origin = 0
        for _ in 0..<count { union = origins.union(union, pop()) }
        return union
    }

    mutating func union(of all: [Origin]) -> Origin { all.reduce(0) { origins.union($0, $1) } }

    /// What was looked at, not only handed on.
    @discardableResult
    private mutating func use(_ origin: Origin) -> Origin {
        origins.use(origin)
        return origin
    }

    init() {
        memory = Arena()
        origins = Origins(in: memory)
        conditions = ConditionChains(in: memory)
        stack = Row(capacity: 64, in: memory)
        pieces = Pieces(in: memory)
    }

    // MARK: Functions

    struct Mark {
        fileprivate let stack: Int
        fileprivate let loops: [Loop]
    }

    /// A function starts.
    mutating func begin(_ loopDepth: Int, entry: Bool) -> Mark {
        let mark = Mark(stack: stack.count, loops: loops)
        loops = Array(repeating: Loop(), count: max(loopDepth, 1))
        // The items of a loop that is called.
        if entry { push(arguments.positional.first ?? 0) }
        return mark
    }

    mutating func end(_ mark: Mark) {
        stack.cut(to: mark.stack)
        loops = mark.loops
    }

    mutating func enter(_ frame: Frame.Reference, _ initials: [(slot: Int, initial: Initial)]) {
        guard let slots = frame.pointee.origins else { return }
        for (slot, initial) in initials {
            switch initial {
            case .context(let name): slots[slot] = origin(of: name, in: frame.context)
            case .copy(let place): slots[slot] = frame.origins(place.hops)?[place.slot] ?? 0
            case .nothing: slots[slot] = 0
            }
        }
    }

    private mutating func origin(of name: Text, in context: Context) -> Origin {
        if let origin = names[NameKey(context: ObjectIdentifier(context), name: name)] { return origin }
        return context.given[name] == nil ? 0 : origins.root(name)
    }

    /// A context that was made of another: `locals` have origins of their own.
    mutating func inherit(_ context: Context, from other: Context, _ locals: [(name: Text, origin: Origin)]) {
        let (new, old) = (ObjectIdentifier(context), ObjectIdentifier(other))
        for (key, origin) in names where key.context == old { names[NameKey(context: new, name: key.name)] = origin }
        for (name, origin) in locals { names[NameKey(context: new, name: name)] = origin }
    }

    // MARK: Captures

    mutating func beginCapture(at offset: Int) {
        captures.append(0)
        captureStarts.append((pieces.count, offset))
    }

    /// The pieces within become those of the text that was captured.
    mutating func endCapture(_ text: Text) {
        lastCapture = captures.popLast() ?? 0
        guard let start = captureStarts.popLast() else { return }
        let inner = pieces.from(start.piece).map { piece in
            var piece = piece
            piece.start -= Int32(start.offset)
            return piece
        }
        pieces.cut(to: start.piece)
        if text.byteCount > 0 { captured[text.start] = inner }
    }

    // MARK: Output

    /// Text of the template itself.
    mutating func wrote(_ unit: Unit, _ instruction: Instruction, from start: Int, pc: Int) {
        pieces.append(
            Piece(
                start: Int32(start), count: instruction.b, template: Unmanaged.passUnretained(unit),
                offset: instruction.a, length: instruction.b,
                origin: 0, conditions: condition(unit, pc)))
    }

    /// A value was printed; `item` is what it was.
    mutating func printed(_ unit: Unit, _ tag: Int, _ range: Range<Int>, _ item: Item, pc: Int) {
        let origin = use(printedOrigin)
        if !captures.isEmpty { captures[captures.count - 1] = origins.union(captures[captures.count - 1], origin) }
        guard !range.isEmpty else { return }
        if !captured.isEmpty, case .text(let text) = item, let inner = captured[text.start],
            inner.last?.range.upperBound == range.count
        {
            for piece in inner {
                var piece = piece
                piece.start += Int32(range.lowerBound)
                pieces.append(piece)
            }
            return
        }
        let offset = tag >= 0 ? Int32(tag) : unit.places[pc].statement
        pieces.append(
            Piece(
                start: Int32(range.lowerBound), count: Int32(range.count),
                template: Unmanaged.passUnretained(unit), offset: offset, length: 0, origin: origin,
                conditions: condition(unit, pc)))
    }

    private var printedOrigin: Origin = 0

    /// What decided that the instruction is carried out.
    private mutating func condition(_ unit: Unit, _ pc: Int) -> Int32 {
        conditions.chain(unit, pc, under: outerConditions.last ?? 0, &origins)
    }

    private mutating func decide(_ unit: Unit, _ pc: Int, _ origin: Origin) {
        use(origin)
        conditions.decide(unit, pc, origin)
    }

    // MARK: Instructions

    /// What a path leads to.
    private mutating func follow(_ path: Path, _ root: Origin, _ item: Item, upTo count: Int? = nil) -> Origin {
        var origin = root
        var item = item
        let last = (count ?? path.count) - 1
        guard last >= 0 else { return origin }
        for index in 0...last {
            let name = path.steps[index].name
            switch item {
            case .map(let map):
                origin = origins.member(of: origin, name)
                // The last one's value is nobody's business.
                guard index < last else { break }
                item = map.position(of: name.text, hash: name.hash).map { map.value(at: $0) } ?? .missing
            case .native(let object):
                let key = MemberKey(owner: object.identity, name: name.text)
                origin = members[key] ?? origin
                item = (object.native as? Namespace)?.members[name.text] ?? .missing
            default: item = .missing
            }
        }
        return origin
    }

    /// Does to the origins what the instruction will do to the values; `sp` is behind the last value.
    mutating func before(
        _ instruction: Instruction, _ pc: Int, _ unit: Unit, _ frame: Frame.Reference,
        _ sp: UnsafeMutablePointer<Item>
    ) {
        let a = Int(instruction.a)
        let b = Int(instruction.b)
        if notesOperands { operands = (pc, Array(stack.items)) }
        switch instruction.operation {
        case .text, .jump, .jumpIfExtended, .jumpIfGiven, .jumpUnlessKeeping, .jumpIfKeeping, .negate, .plus, .not,
            .isDefined, .step, .end, .loopRound, .loopElse, .loopEnd, .block, .fault:
            break
        case .emitPath:
            let slots = frame.slots(Int(instruction.d))
            printedOrigin = follow(unit.paths[b], frame.origins(Int(instruction.d))?[a] ?? 0, slots[a])
        case .emit: printedOrigin = pop()
        case .emitFiltered:
            let origin = use(pop())
            if !captures.isEmpty {
                captures[captures.count - 1] = origins.union(captures[captures.count - 1], origin)
            }
            printedOrigin = origin
        case .constant, .pushColumn, .macro: push(0)
        case .load, .loadSoft: push(frame.origins(Int(instruction.d))?[a] ?? 0)
        case .path, .pathSoft:
            let slots = frame.slots(Int(instruction.d))
            push(follow(unit.paths[b], frame.origins(Int(instruction.d))?[a] ?? 0, slots[a]))
        case .loopField: push(0)
        case .attribute:
            let owner = pop()
            if case .native(let object) = sp[-1] {
                push(members[MemberKey(owner: object.identity, name: unit.names[a].text)] ?? owner)
            } else {
                push(origins.member(of: owner, unit.names[a].text))
            }
        case .item:
            let key = use(pop())
            let owner = pop()
            push(origins.union(item(of: owner, sp[-2], sp[-1]), key))
        case .slice: push(use(pop(4)))
        case .list, .tuple: push(pop(a))
        case .map: push(pop(2 * a))
        case .concatenate: push(use(pop(a)))
        case .binary, .compare, .compareChain: push(use(pop(2)))
        case .pop, .popColumn, .popEscapes, .dropCapture, .extends, .include, .importModule:
            if instruction.operation == .dropCapture {
                _ = captures.popLast()
                if let start = captureStarts.popLast() { pieces.cut(to: start.piece) }
            }
            _ = pop()
        case .jumpUnless: decide(unit, pc, pop())
        case .pushEscapes:
            use(pop())
            push(0)
        case .beginCapture: push(0)
        case .endCapture: break
        case .filter: push(filtered(unit.filters[a], pop(b), pop(), sp[-1 - b]))
        case .filterShaped: push(filtered(unit.filters[a], pop(unit.shapes[b].count), pop(), .none))
        case .filterDefault:
            let fallback = pop()
            let value = use(pop())
            push(sp[-2].isUndefined ? origins.union(value, fallback) : value)
        case .test: push(use(pop(b + 1)))
        case .testShaped: push(use(pop(unit.shapes[b].count + 1)))
        case .call: call(unit.shapes[a], sp[-1 - unit.shapes[a].count], unit, pc)
        case .callMethod: callMethod(unit.names[a].text, b, sp, unit, pc)
        case .store:
            let origin = pop()
            frame.pointee.origins?[a] = origin
            if b >= 0 {
                names[NameKey(context: ObjectIdentifier(frame.context), name: unit.names[b].text)] = origin
            }
        case .unpack:
            let origin = pop()
            for index in (0..<a).reversed() { push(part(index, of: origin, sp[-1])) }
        case .storeMember:
            let origin = pop()
            if case .native(let object) = frame.slots(Int(instruction.d))[a] {
                members[MemberKey(owner: object.identity, name: unit.names[b].text)] = origin
            }
        case .enter: enter(frame, unit.initials[a])
        case .notGiven: frame.pointee.origins?[a] = 0
        case .loopStart: startLoop(instruction, pc, unit, sp)
        case .loopSelect:
            var loop = Loop()
            loop.source = pop()
            if case .map = sp[-1] { loop.isMap = true }
            loops[Int(instruction.d)] = loop
        case .loopKeep: loops[Int(instruction.d)].kept.append(loops[Int(instruction.d)].item)
        case .loopNext, .loopItem: break
        }
        if instruction.operation == .loopItem { push(loops[Int(instruction.d)].item) }
    }

    /// The item of a loop that is at hand now.
    mutating func next(_ instruction: Instruction, _ loop: LoopFrame, _ frame: Frame.Reference) {
        let depth = Int(instruction.d)
        let index = loop.index - 1
        if loops[depth].isSelected {
            loops[depth].item = loops[depth].kept.indices.contains(index) ? loops[depth].kept[index] : 0
        } else if loops[depth].isMap {
            loops[depth].item = item(of: loops[depth].source, .none, loop.item)
        } else {
            loops[depth].item = part(index, of: loops[depth].source, .none)
        }
        if instruction.b >= 0 { frame.pointee.origins?[Int(instruction.b)] = loops[depth].item }
    }

    private mutating func startLoop(
        _ instruction: Instruction, _ pc: Int, _ unit: Unit, _ sp: UnsafeMutablePointer<Item>
    ) {
        let depth = Int(instruction.d)
        if instruction.c == 0 {
            var loop = Loop()
            loop.source = pop()
            if case .map = sp[-1] { loop.isMap = true }
            loops[depth] = loop
        } else {
            loops[depth].isSelected = true
        }
        decide(unit, pc, loops[depth].source)
    }

    /// An item by its index or key, where its owner stands in the context.
    private mutating func item(of owner: Origin, _ value: Item, _ key: Item) -> Origin {
        switch key {
        case .text(let name): return origins.member(of: owner, name)
        case .int(let index):
            let count: Int? =
                switch value {
                case .list(let list), .tuple(let list): list.count
                default: nil
                }
            return origins.item(of: owner, index < 0 ? index + (count ?? 0) : index)
        default: return owner
        }
    }

    /// One of several: pairs that `items()` gave know their key.
    private mutating func part(_ index: Int, of origin: Origin, _ value: Item) -> Origin {
        if let owner = origins.owner(ofPairs: origin) {
            // A pair of a mapping: both halves come from its member.
            if case .tuple(let pair) = value, pair.count == 2 { return item(of: owner, .none, pair[0]) }
            return origin
        }
        return origins.item(of: origin, index)
    }

    private mutating func filtered(_ filter: Filter, _ arguments: Origin, _ value: Origin, _ item: Item) -> Origin {
        if case .map = item, value > 0, filter.signature.name == "items" || filter.signature.name == "dictsort" {
            return origins.pairs(of: value)
        }
        return origins.union(use(arguments), use(value))
    }

    private mutating func call(_ shape: CallShape, _ callee: Item, _ unit: Unit, _ pc: Int) {
        let isMacro = if case .native(let object) = callee { object.native is Macro } else { false }
        let all = stack.items.suffix(shape.count)
        let positional = Array(all.prefix(shape.positional))
        let named = zip(shape.named, all.dropFirst(shape.positional)).map { (name: $0, origin: $1) }
        let spread = pop(shape.count)
        _ = pop()
        arguments = (positional, named)
        // What a macro makes of its arguments is in what it prints.
        push(shape.hasSpread || shape.hasNamedSpread || !isMacro ? spread : 0)
        outerConditions.append(condition(unit, pc))
        lastCapture = 0
    }

    private mutating func callMethod(
        _ name: Text, _ count: Int, _ sp: UnsafeMutablePointer<Item>, _ unit: Unit, _ pc: Int
    ) {
        let given = pop(count)
        let owner = pop()
        if case .map = sp[-1 - count], name == "items" {
            push(owner > 0 ? origins.pairs(of: owner) : owner)
        } else {
            push(origins.union(use(given), use(owner)))
            if given != 0, Tracer.fillers.contains(name) { spilled = origins.union(spilled, given) }
        }
        arguments = ([], [])
        outerConditions.append(condition(unit, pc))
        lastCapture = 0
    }

    /// Methods that put their arguments into their owner.
    private static let fillers = ["append", "extend", "insert", "setdefault", "update"].map { Text(lasting: $0) }

    /// What the last `count` values on the stack were made of when the instruction began; `nil` for another one.
    func operands(of instruction: Int, count: Int) -> [Origin]? {
        guard operands.instruction == instruction, operands.origins.count >= count else { return nil }
        return operands.origins.suffix(count)
    }

    /// What the first `count` attributes of a path lead to.
    mutating func origin(of path: Path, upTo count: Int, _ root: Origin, _ item: Item) -> Origin {
        follow(path, root, item, upTo: count)
    }

    /// The call that was begun last is done: what it printed flowed into its result.
    mutating func returned() {
        outerConditions.removeLast()
        push(origins.union(pop(), lastCapture))
        lastCapture = 0
    }

    /// The text that was captured is on the stack.
    mutating func pushedCapture() {
        _ = pop()
        push(lastCapture)
        lastCapture = 0
    }

    /// Every place of the context that was really used.
    var usedPlaces: Set<Origin> { origins.used }
}
