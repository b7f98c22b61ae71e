import Documents

/// One rendering: the output, the budgets, and what is loaded on the way.
///
/// It stays on the thread that made it.
final class Renderer {
    let environment: Environment
    let arena: Arena
    /// A pointer, so that the machine's loop need not ask whether somebody else is at it.
    let output: UnsafeMutablePointer<Output>
    private var depth = 0
    private var units: [String: Unit] = [:]
    /// The templates that were loaded on the way.
    var loaded: [AnyObject] { Array(units.values) }
    /// Whether a value that several renderings share had to change.
    private(set) var needsOwnValues = false
    private let stackBase: UInt
    /// Follows where values come from, when somebody asks.
    let tracer: UnsafeMutablePointer<Tracer>?
    /// The values of running functions.
    var stack: UnsafeMutablePointer<Item>
    var stackEnd: UnsafeMutablePointer<Item>

    /// What must not be told of a fault; `nil` unless its values are asked for.
    let explains: SecretValues?

    init(
        _ environment: Environment, _ arena: Arena, keepsMap: Bool = false, explains: SecretValues? = nil,
        sizeHint: Int
    ) {
        self.explains = explains
        tracer = keepsMap || explains != nil ? UnsafeMutablePointer<Tracer>.allocate(capacity: 1) : nil
        tracer?.initialize(to: Tracer())
        tracer?.pointee.notesOperands = explains != nil
        self.environment = environment
        self.arena = arena
        output = UnsafeMutablePointer<Output>.allocate(capacity: 1)
        output.initialize(
            to: Output(
                limit: environment.budget.outputBytes, escapes: environment.autoescapes, capacity: sizeHint))
        let size = 256
        stack = arena.allocate(size, of: Item.self)
        stackEnd = stack + size
        stackBase = Renderer.stackPosition()
    }

    deinit {
        output.deinitialize(count: 1)
        output.deallocate()
        tracer?.deinitialize(count: 1)
        tracer?.deallocate()
    }

    var escapes: Bool { output.pointee.escapes }
    var column: Int { output.pointee.column }

    // MARK: Output

    /// Prints a value: text, escaped where that is on.
    @inline(__always)
    func write(_ item: Item) throws(Fault) {
        switch item {
        case .text(let text):
            if !output.pointee.escapes || text.isSafe {
                try output.pointee.append(text)
            } else {
                try output.pointee.appendEscaped(text)
            }
        case .int(let int): try output.pointee.append(int)
        case .missing: break
        default: try writeOther(item)
        }
    }

    @inline(never)
    private func writeOther(_ item: Item) throws(Fault) {
        if case .undefined(let undefined) = item {
            if undefined.isStrict { throw undefined.fault }
            return
        }
        let text = try item.text()
        try output.pointee.append(escapes ? text.escaped : text)
    }

    /// What `body` prints, taken out of the output; safe where escaping is on.
    func capture(_ body: () throws(Fault) -> Void) throws(Fault) -> Text {
        let start = output.pointee.count
        output.pointee.captures += 1
        tracer?.pointee.beginCapture(at: start)
        try body()
        return captured(from: start)
    }

    /// What was printed from `start` on, taken out of the output.
    func captured(from start: Int) -> Text {
        let bytes = UnsafeBufferPointer(rebasing: output.pointee.bytes[start...])
        let text = Text(bytes: bytes, isSafe: escapes)
        output.pointee.cut(to: start)
        output.pointee.captures -= 1
        tracer?.pointee.endCapture(text)
        return text
    }

    // MARK: Budgets

    @inline(__always)
    func step() throws(Fault) {
        output.pointee.steps += 1
        if output.pointee.steps > environment.budget.steps || arena.taken > Renderer.memoryLimit {
            throw stepFault
        }
    }

    /// Bytes that the values of a rendering may take.
    private static let memoryLimit = 256 << 20

    private var stepFault: Fault {
        if arena.taken > Renderer.memoryLimit {
            return Fault(
                .limit, "the values of a template must stay below \(Renderer.memoryLimit >> 20) MiB",
                hint: "look for a text or list that grows in a loop")
        }
        return Fault(
            .limit, "the template must finish within \(environment.budget.steps) steps",
            hint: "look for a loop that goes round too often")
    }

    /// Counts work that is done in one go, such as the items of a list that is copied.
    func spend(_ count: Int) throws(Fault) {
        output.pointee.steps += count / 64
        try step()
    }

    /// Counts the making and the printing of a long number: both take the square of its length.
    func spend(on big: BigInt) throws(Fault) { try spend(big.digits.count * big.digits.count) }

    func checkLoop(_ count: Int) throws(Fault) {
        if count > environment.budget.loopItems {
            throw Fault(
                .limit, "a loop must not have more than \(environment.budget.loopItems) rounds, but would have \(count)"
            )
        }
    }

    func checkSize(_ bytes: Int) throws(Fault) {
        if bytes > environment.budget.outputBytes {
            throw Fault(.limit, "a text must stay below \(environment.budget.outputBytes) bytes")
        }
    }

    /// The same item, unless it is too large.
    @inline(__always)
    func bounded(_ item: Item) throws(Fault) -> Item {
        switch item {
        case .text(let text): if text.byteCount > 4096 { try checkLarge(text) }
        case .list(let sequence), .tuple(let sequence): if sequence.count > 64 { try checkLarge(sequence) }
        case .big(let big): try spend(on: big.value)
        case .missing, .undefined, .none, .bool, .int, .float, .map, .range, .native: break
        }
        return item
    }

    private func checkLarge(_ text: Text) throws(Fault) {
        try checkSize(text.byteCount)
        try spend(text.byteCount / 64)
    }

    private func checkLarge(_ sequence: Item.Sequence) throws(Fault) {
        if sequence.count > environment.budget.loopItems {
            throw Fault(.limit, "a list must not have more than \(environment.budget.loopItems) items")
        }
        try spend(sequence.count)
    }

    /// Must be called before a container changes: one that several renderings share makes this one start again with
    /// values of its own.
    func change(_ isShared: Bool) throws(Fault) {
        guard isShared else { return }
        needsOwnValues = true
        throw Fault(.runtime, "shared values can't be changed")
    }

    /// Runs a body one level deeper.
    func nested<T>(_ body: () throws(Fault) -> T) throws(Fault) -> T {
        depth += 1
        defer { depth -= 1 }
        let used = Renderer.stackPosition() > stackBase ? 0 : stackBase - Renderer.stackPosition()
        guard depth <= environment.budget.depth, used < Renderer.stackLimit else {
            throw Fault(
                .limit, "macros, includes and blocks must not nest more than \(environment.budget.depth) levels deep",
                hint: "look for one that calls itself")
        }
        return try body()
    }

    /// Bytes of stack that a rendering may use.
    private static let stackLimit: UInt = 3 << 20

    private static func stackPosition() -> UInt {
        var mark: UInt8 = 0
        return withUnsafePointer(to: &mark) { UInt(bitPattern: $0) }
    }

    // MARK: Templates

    func enter(_ frame: Frame.Reference, _ initials: [(slot: Int, initial: Initial)]) {
        frame.enter(initials)
        tracer?.pointee.enter(frame, initials)
    }

    func run(_ unit: Unit, _ context: Context) throws(Fault) {
        arena.keep(context)
        try nested { () throws(Fault) in
            let outer = (output.pointee.escapes, output.pointee.column)
            output.pointee.escapes = environment.autoescapes
            defer { (output.pointee.escapes, output.pointee.column) = outer }
            for (name, code) in unit.blocks { context.blocks[name] = [(code, unit)] }
            var unit: Unit? = unit
            var chain = 0
            while let current = unit {
                chain += 1
                if chain > environment.budget.depth {
                    throw Fault(
                        .limit, "templates must not extend each other in more than \(environment.budget.depth) steps",
                        hint: "look for one that extends itself", offset: 0, statement: 0, source: current.source)
                }
                let frame = Frame.make(current.root.slotCount, parent: nil, context, arena, isTraced: tracer != nil)
                enter(frame, current.root.initials)
                if let slot = current.selfSlot { frame.pointee.slots[slot] = .native(TemplateReference(context)) }
                try execute(current, current.root, frame)
                unit = frame.pointee.extended?.takeUnretainedValue()
            }
        }
    }

    /// Runs the body that a block has `level` templates further out.
    func run(block name: String, at level: Int, _ context: Context) throws(Fault) {
        guard let stack = context.blocks[name], stack.indices.contains(level) else { return }
        let (code, unit) = stack[level]
        if code.isRequired, level == 0 {
            throw Fault(.runtime, "Required block '\(name)' not found", hint: "define it in the extending template")
        }
        try nested { () throws(Fault) in
            try step()
            let frame = Frame.make(code.function.slotCount, parent: nil, context, arena, isTraced: tracer != nil)
            enter(frame, code.function.initials)
            if let slot = code.selfSlot { frame.pointee.slots[slot] = .native(TemplateReference(context)) }
            if let slot = code.superSlot {
                frame.pointee.slots[slot] = BlockReference.item(name, level: level + 1, context, self)
            }
            try execute(unit, code.function, frame)
        }
    }

    /// The template of that name, or with `mayBeList` the first of those names that exists.
    func unit(named item: Item, mayBeList: Bool = false) throws(Fault) -> Unit {
        switch item {
        case .text(let name): return try unit(named: name.string)
        case .undefined(let undefined): throw undefined.fault
        case .list(let names) where mayBeList, .tuple(let names) where mayBeList:
            var tried: [String] = []
            for item in names.items {
                let name = try item.text().string
                if environment.templates[name] != nil { return try unit(named: name) }
                tried.append(name)
            }
            throw Fault(.noneFound, "none of the templates given were found: \(tried.joined(separator: ", "))")
        default: throw Fault(.type, "a template must be named by text, but is named by \(item.typeName)")
        }
    }

    private func unit(named name: String) throws(Fault) -> Unit {
        if let unit = units[name] { return unit }
        guard let source = environment.templates[name] else {
            let near = Spelling.nearest(name, among: environment.templates.keys.sorted())
            throw Fault(.notFound, "there is no template '\(name)'", hint: near.map { "did you mean '\($0)'?" })
        }
        let unit = try Compiler.compile(source, environment)
        units[name] = unit
        return unit
    }

    // MARK: Undefined

    func undefined(_ reason: Undefined.Reason, hint: String? = nil) -> Item {
        .undefined(Undefined(reason, environment.undefined, hint: hint))
    }

    /// Names near to one that does not exist; only where it is certain to be printed.
    func hint(forName name: Text, _ context: Context) -> String? {
        guard environment.undefined == .strict else { return nil }
        let known = [context.given, context.own].flatMap { $0.keys }.compactMap {
            if case .text(let text) = $0 { text.string } else { nil }
        }.sorted()
        return Spelling.nearest(name.string, among: known).map { "did you mean '\($0)'?" }
    }

    func hint(forKey key: Text, in map: Mapping) -> String? {
        guard environment.undefined == .strict, map.count < 200 else { return nil }
        let known = map.keys.compactMap { if case .text(let text) = $0 { text.string } else { nil } }
        return Spelling.nearest(key.string, among: known).map { "did you mean '\($0)'?" }
    }
}
