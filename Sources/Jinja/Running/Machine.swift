import Documents

/// A loop that goes round.
struct LoopFrame {
    /// The items; `nil` for a range.
    var items: UnsafePointer<Item>?
    var index: Int
    var count: Int
    var start: Int
    var step: Int
    /// What `loop` stands for, where the body reads it.
    var state: Unmanaged<LoopState>?
    /// What a condition kept.
    var kept: Item.Sequence?
    /// Whether a round ran to its end. As in Jinja2 one that `break` or `continue` cut short does not count.
    var isDone: Bool

    @inline(__always)
    var item: Item {
        if let items { return items[index - 1] }
        return .int(start &+ (index - 1) &* step)
    }
}

/// Where a recursive loop is entered again.
struct LoopEntry {
    let start: Int
    let end: Int
    let items: Item
    let depth: Int
}

extension Renderer {
    /// Runs a function, or within it a loop that was called.
    func execute(
        _ unit: Unit, _ function: Code, _ frame: Frame.Reference, loop entry: LoopEntry? = nil
    ) throws(Fault) {
        let outer = (stack, stackEnd)
        defer { (stack, stackEnd) = outer }
        let need = function.stackSize + 2
        if stack + need > stackEnd {
            let room = max(need, 1024)
            stack = arena.allocate(room, of: Item.self)
            stackEnd = stack + room
        }
        var sp = stack
        stack += need
        let loops = arena.allocate(function.loopDepth, of: LoopFrame.self)
        let code = unit.code
        let slots = frame.pointee.slots
        let output = output
        var pc = function.entry
        var stop = -1
        if let entry {
            pc = entry.start
            stop = entry.end
            sp.pointee = entry.items
            sp += 1
        }
        let tracer = tracer
        let mark = tracer?.pointee.begin(function.loopDepth, entry: entry != nil)
        defer { if let mark { tracer?.pointee.end(mark) } }
        var isRunning = true
        do throws(Fault) {
            while isRunning {
                let instruction = code[pc]
                if let tracer, instruction.operation != .text {
                    tracer.pointee.before(instruction, pc, unit, frame, sp)
                }
                pc += 1
                switch instruction.operation {
                case .text:
                    if let tracer { tracer.pointee.wrote(unit, instruction, from: output.pointee.count, pc: pc - 1) }
                    try output.pointee.append(unit.bytes + Int(instruction.a), Int(instruction.b))
                case .emitPath:
                    output.pointee.steps += 1
                    let path = unit.paths[Int(instruction.b)]
                    let item = try follow(
                        path, frame.slots(Int(instruction.d))[Int(instruction.a)], frame, isSoft: unit.isLenient)
                    let start = output.pointee.count
                    try write(item)
                    if let tracer {
                        tracer.pointee.printed(unit, Int(instruction.c), start..<output.pointee.count, item, pc: pc - 1)
                    }
                case .emit:
                    output.pointee.steps += 1
                    sp -= 1
                    let start = output.pointee.count
                    try write(sp.pointee)
                    if let tracer {
                        tracer.pointee.printed(
                            unit, Int(instruction.c), start..<output.pointee.count, sp.pointee, pc: pc - 1)
                    }
                case .load, .loadSoft:
                    var item = frame.slots(Int(instruction.d))[Int(instruction.a)]
                    if case .missing = item, instruction.operation == .load {
                        item = undefined(unit.names[Int(instruction.b)].text, frame.context)
                    }
                    sp.pointee = item
                    sp += 1
                case .path, .pathSoft:
                    let path = unit.paths[Int(instruction.b)]
                    sp.pointee = try follow(
                        path, frame.slots(Int(instruction.d))[Int(instruction.a)], frame,
                        isSoft: instruction.operation == .pathSoft)
                    sp += 1
                case .constant:
                    sp.pointee = unit.constants[Int(instruction.a)]
                    sp += 1
                case .attribute:
                    sp[-1] = try attribute(sp[-1], unit.names[Int(instruction.a)].text)
                case .item:
                    sp -= 1
                    sp[-1] = try item(sp[-1], sp.pointee)
                case .slice:
                    sp -= 3
                    sp[-1] = try slice(sp[-1], [sp[0], sp[1], sp[2]])
                case .loopField:
                    let owner = frame.slots(Int(instruction.d))[Int(instruction.a)]
                    sp.pointee = try loopField(owner, instruction, unit, frame)
                    sp += 1
                case .list:
                    sp -= Int(instruction.a)
                    sp.pointee = .list(Item.Sequence(UnsafeBufferPointer(start: sp, count: Int(instruction.a))))
                    sp += 1
                case .tuple:
                    sp -= Int(instruction.a)
                    sp.pointee = .tuple(Item.Sequence(UnsafeBufferPointer(start: sp, count: Int(instruction.a))))
                    sp += 1
                case .map:
                    sp -= 2 * Int(instruction.a)
                    let map = Mapping(capacity: max(4, Int(instruction.a)))
                    for member in 0..<Int(instruction.a) {
                        map.set(sp[2 * member], try HashKey.of(sp[2 * member]), sp[2 * member + 1])
                    }
                    sp.pointee = .map(map)
                    sp += 1
                case .concatenate:
                    sp -= Int(instruction.a)
                    sp.pointee = try concatenate(UnsafeBufferPointer(start: sp, count: Int(instruction.a)))
                    sp += 1
                case .pop: sp -= 1
                case .fault: throw unit.faults[Int(instruction.a)]

                case .binary:
                    sp -= 1
                    if case .int(let a) = sp[-1], case .int(let b) = sp.pointee,
                        let result = Operators.quick(instruction.a, a, b)
                    {
                        sp[-1] = .int(result)
                    } else {
                        let operation = Operators.Binary.all[Int(instruction.a)]
                        sp[-1] = try bounded(Operators.apply(operation, sp[-1], sp.pointee, self))
                    }
                case .negate: sp[-1] = try bounded(Operators.negate(sp[-1]))
                case .plus: sp[-1] = try Operators.plus(sp[-1])
                case .not: sp[-1] = .bool(try !sp[-1].isTrue())
                case .compare:
                    sp -= 1
                    sp[-1] = .bool(try Comparing.holds(Int(instruction.a), sp[-1], sp.pointee))
                case .compareChain:
                    sp -= 1
                    if try Comparing.holds(Int(instruction.a), sp[-1], sp.pointee) {
                        sp[-1] = sp.pointee
                    } else {
                        sp[-1] = .bool(false)
                        pc = Int(instruction.b)
                    }
                case .isDefined: sp[-1] = .bool(sp[-1].isUndefined == (instruction.a == 1))

                case .jump: pc = Int(instruction.a)
                case .jumpUnless:
                    sp -= 1
                    if try !sp.pointee.isTrue() { pc = Int(instruction.a) }
                case .jumpUnlessKeeping: if try !sp[-1].isTrue() { pc = Int(instruction.a) }
                case .jumpIfKeeping: if try sp[-1].isTrue() { pc = Int(instruction.a) }
                case .jumpIfExtended: if frame.pointee.extended != nil { pc = Int(instruction.a) }
                case .jumpIfGiven:
                    if case .missing = slots[Int(instruction.b)] { break }
                    pc = Int(instruction.a)

                case .filter:
                    output.pointee.steps += 1
                    let count = Int(instruction.b)
                    sp -= count
                    let bound = Bound(UnsafeBufferPointer(start: sp, count: count))
                    sp[-1] = try bounded(unit.filters[Int(instruction.a)].body(sp[-1], bound, self))
                case .filterDefault:
                    sp -= 1
                    if sp[-1].isUndefined { sp[-1] = sp.pointee }
                case .filterShaped:
                    try step()
                    let filter = unit.filters[Int(instruction.a)]
                    let arguments = try arguments(unit.shapes[Int(instruction.b)], &sp)
                    sp[-1] = try bounded(filter.apply(sp[-1], arguments, self))
                case .test:
                    let count = Int(instruction.b)
                    sp -= count
                    let bound = Bound(UnsafeBufferPointer(start: sp, count: count))
                    sp[-1] = .bool(try unit.tests[Int(instruction.a)].body(sp[-1], bound, self) == (instruction.c == 0))
                case .testShaped:
                    let test = unit.tests[Int(instruction.a)]
                    let arguments = try arguments(unit.shapes[Int(instruction.b)], &sp)
                    sp[-1] = .bool(try test.holds(sp[-1], arguments, self) == (instruction.c == 0))
                case .call:
                    try step()
                    let arguments = try arguments(unit.shapes[Int(instruction.a)], &sp)
                    sp[-1] = try call(sp[-1], arguments, unit.places[pc - 1])
                    tracer?.pointee.returned()
                case .callMethod:
                    try step()
                    sp -= Int(instruction.b)
                    let given = UnsafeBufferPointer(start: sp, count: Int(instruction.b))
                    let name = unit.names[Int(instruction.a)].text
                    sp[-1] = try call(method: name, of: sp[-1], given, unit.places[pc - 1])
                    tracer?.pointee.returned()

                case .store:
                    sp -= 1
                    slots[Int(instruction.a)] = sp.pointee
                    if instruction.b >= 0 {
                        frame.context.export(unit.names[Int(instruction.b)].text, sp.pointee)
                    }
                case .unpack:
                    sp -= 1
                    for item in try unpack(sp.pointee, count: Int(instruction.a)).reversed() {
                        sp.pointee = item
                        sp += 1
                    }
                case .storeMember:
                    sp -= 1
                    let owner = frame.slots(Int(instruction.d))[Int(instruction.a)]
                    try store(sp.pointee, as: unit.names[Int(instruction.b)].text, in: owner)
                case .enter: frame.enter(unit.initials[Int(instruction.a)])
                case .notGiven:
                    let name = unit.names[Int(instruction.b)].text.string
                    slots[Int(instruction.a)] = undefined(.sentence("parameter '\(name)' was not provided"))

                case .loopStart:
                    let place = loops + Int(instruction.d)
                    var items: Item
                    if instruction.c == 0 {
                        sp -= 1
                        items = sp.pointee
                    } else {
                        items = place.pointee.kept.map { .list($0) } ?? .none
                    }
                    place.initialize(to: try loopFrame(&items))
                    startLoop(unit, function, Int(instruction.a), place, frame, entry)
                case .loopSelect:
                    sp -= 1
                    var items = sp.pointee
                    let place = loops + Int(instruction.d)
                    place.initialize(to: try loopFrame(&items))
                    place.pointee.kept = Item.Sequence(capacity: 4)
                case .loopKeep:
                    let place = loops + Int(instruction.d)
                    place.pointee.kept?.append(place.pointee.item)
                case .loopNext:
                    let place = loops + Int(instruction.d)
                    if place.pointee.index < place.pointee.count {
                        place.pointee.index += 1
                        if let state = place.pointee.state {
                            state._withUnsafeGuaranteedRef { $0.index = place.pointee.index - 1 }
                        }
                        if instruction.b >= 0 { slots[Int(instruction.b)] = place.pointee.item }
                        if let tracer { tracer.pointee.next(instruction, place.pointee, frame) }
                    } else {
                        pc = Int(instruction.a)
                    }
                case .loopItem:
                    sp.pointee = loops[Int(instruction.d)].item
                    sp += 1
                case .loopRound:
                    loops[Int(instruction.d)].isDone = true
                    try step()
                    pc = Int(instruction.a)
                case .loopElse: if loops[Int(instruction.d)].isDone { pc = Int(instruction.a) }
                case .loopEnd:
                    loops[Int(instruction.d)].state?._withUnsafeGuaranteedRef { $0.recursion = nil }
                    if pc - 1 == stop { isRunning = false }

                case .emitFiltered:
                    sp -= 1
                    // The filtered text counts as written by the template: it is not escaped again.
                    let start = output.pointee.count
                    try output.pointee.append(sp.pointee.text())
                    if let tracer {
                        tracer.pointee.printed(unit, -1, start..<output.pointee.count, sp.pointee, pc: pc - 1)
                    }
                case .pushColumn:
                    sp.pointee = .int(output.pointee.column)
                    sp += 1
                    output.pointee.column = Int(instruction.a)
                case .popColumn:
                    sp -= 1
                    if case .int(let column) = sp.pointee { output.pointee.column = column }
                case .beginCapture:
                    sp.pointee = .int(output.pointee.count)
                    sp += 1
                    output.pointee.captures += 1
                    tracer?.pointee.beginCapture(at: output.pointee.count)
                case .endCapture:
                    if case .int(let start) = sp[-1] { sp[-1] = .text(captured(from: start)) }
                    tracer?.pointee.pushedCapture()
                case .dropCapture:
                    sp -= 1
                    if case .int(let start) = sp.pointee {
                        output.pointee.cut(to: start)
                        output.pointee.captures -= 1
                    }
                case .pushEscapes:
                    let escapes = try sp[-1].isTrue()
                    sp[-1] = .bool(output.pointee.escapes)
                    output.pointee.escapes = escapes
                case .popEscapes:
                    sp -= 1
                    if case .bool(let escapes) = sp.pointee { output.pointee.escapes = escapes }

                case .step: try step()
                case .macro:
                    sp.pointee = .native(Macro(unit.macros[Int(instruction.a)], unit, frame, escapes: escapes))
                    sp += 1
                case .block: try run(unit.blockUses[Int(instruction.a)], frame)
                case .extends:
                    sp -= 1
                    try extend(by: sp.pointee, frame)
                case .include:
                    sp -= 1
                    try include(unit.includes[Int(instruction.a)], sp.pointee, unit, frame)
                case .importModule:
                    sp -= 1
                    try importModule(unit.imports[Int(instruction.a)], sp.pointee, unit, frame)
                case .end: isRunning = false
                }
            }
        } catch {
            let place = unit.places[pc - 1]
            var fault = error
            if place.offset >= 0, fault.source == nil { fault = fault.at(Int(place.offset), length: Int(place.length)) }
            if let explains, let tracer, fault.source == nil {
                fault = fault.telling(Explanation.values(explains, unit, pc - 1, frame, sp, tracer))
            }
            throw fault.inStatement(Int(place.statement), of: unit.source)
        }
    }
}
