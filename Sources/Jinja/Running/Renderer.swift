import Documents

/// One rendering: the output buffer, the budgets, and what is loaded on the way.
///
/// It stays on the thread that made it.
final class Renderer {
    let environment: Environment
    private(set) var output: [UInt8] = []
    var escapes: Bool
    /// Scalars before the `{{` that is being printed, for filters that indent.
    var column = 0
    private(set) var spans: [Rendering.Span] = []
    private let recordsSpans: Bool
    private var captures = 0
    private var steps = 0
    private var depth = 0
    private var units: [String: Unit] = [:]
    private(set) var needsOwnValues = false
    private let stackBase: UInt

    init(_ environment: Environment, recordsSpans: Bool) {
        self.environment = environment
        self.recordsSpans = recordsSpans
        escapes = environment.autoescapes
        stackBase = Renderer.stackPosition()
    }

    // MARK: Output

    func append(_ bytes: [UInt8]) throws(Fault) {
        output.append(contentsOf: bytes)
        if output.count > environment.budget.outputBytes { throw outputFault }
    }

    private var outputFault: Fault {
        Fault(.limit, "the output must stay below \(environment.budget.outputBytes) bytes")
    }

    /// Prints a value: text, escaped where that is on.
    func write(_ item: Item) throws(Fault) {
        switch item {
        case .text(let text):
            if escapes, !text.isSafe {
                output.append(contentsOf: text.escaped.bytes)
            } else {
                output.append(contentsOf: text.bytes)
            }
        case .int(let int): output.append(contentsOf: String(int).utf8)
        case .undefined(let undefined): if undefined.isStrict { throw undefined.fault }
        case .missing: break
        case .none, .bool, .big, .float, .list, .tuple, .map, .range, .native:
            let text = try item.text()
            output.append(contentsOf: escapes ? text.escaped.bytes : text.bytes)
        }
        if output.count > environment.budget.outputBytes { throw outputFault }
    }

    /// What `body` prints, taken out of the output; safe where escaping is on.
    func capture(_ body: () throws(Fault) -> Void) throws(Fault) -> Text {
        let start = output.count
        captures += 1
        defer { captures -= 1 }
        try body()
        let text = Text(bytes: Array(output[start...]), isSafe: escapes)
        output.removeSubrange(start...)
        return text
    }

    func record(_ emission: Emission, from start: Int) {
        guard recordsSpans, captures == 0, output.count > start else { return }
        spans.append(Rendering.Span(range: start..<output.count, emission: emission))
    }

    // MARK: Budgets

    func step() throws(Fault) {
        steps += 1
        if steps > environment.budget.steps {
            throw Fault(
                .limit, "the template must finish within \(environment.budget.steps) steps",
                hint: "look for a loop that goes round too often")
        }
    }

    /// Counts work that is done in one go, such as the items of a list that is copied.
    func spend(_ count: Int) throws(Fault) {
        steps += count / 64
        try step()
    }

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
    func bounded(_ item: Item) throws(Fault) -> Item {
        switch item {
        case .text(let text):
            try checkSize(text.bytes.count)
            if text.bytes.count > 4096 { try spend(text.bytes.count / 64) }
        case .list(let sequence), .tuple(let sequence):
            if sequence.items.count > environment.budget.loopItems {
                throw Fault(.limit, "a list must not have more than \(environment.budget.loopItems) items")
            }
            if sequence.items.count > 64 { try spend(sequence.items.count) }
        case .missing, .undefined, .none, .bool, .int, .big, .float, .map, .range, .native: break
        }
        return item
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

    func run(_ unit: Unit, _ context: Context) throws(Fault) {
        try nested { () throws(Fault) in
            let outer = (escapes, column)
            escapes = environment.autoescapes
            defer { (escapes, column) = outer }
            for (name, code) in unit.blocks { context.blocks[name] = [code] }
            var unit: Unit? = unit
            var chain = 0
            while let current = unit {
                chain += 1
                if chain > environment.budget.depth {
                    throw Fault(
                        .limit, "templates must not extend each other in more than \(environment.budget.depth) steps",
                        hint: "look for one that extends itself", offset: 0, statement: 0, source: current.source)
                }
                let frame = Frame(count: current.root.slotCount, parent: nil, context: context)
                frame.enter(current.root.initials)
                if let slot = current.selfSlot { frame.slots[slot] = .native(TemplateReference(context)) }
                _ = try current.root.actions.run(self, frame)
                unit = frame.extended
            }
        }
    }

    /// Runs the body that a block has `level` templates further out.
    func run(block name: String, at level: Int, _ context: Context) throws(Fault) {
        guard let stack = context.blocks[name], stack.indices.contains(level) else { return }
        let code = stack[level]
        if code.isRequired, level == 0 {
            throw Fault(.runtime, "Required block '\(name)' not found", hint: "define it in the extending template")
        }
        try nested { () throws(Fault) in
            try step()
            let frame = Frame(count: code.body.slotCount, parent: nil, context: context)
            frame.enter(code.body.initials)
            if let slot = code.selfSlot { frame.slots[slot] = .native(TemplateReference(context)) }
            if let slot = code.superSlot {
                frame.slots[slot] = BlockReference.item(name, level: level + 1, context, self)
            }
            _ = try code.body.actions.run(self, frame)
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
        let unit = try Compiler.compile(source, environment).unit
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
        let known = (context.given.keys.map(\.string) + context.own.keys.map(\.string)).sorted()
        return Spelling.nearest(name.string, among: known).map { "did you mean '\($0)'?" }
    }

    func hint(forKey key: Text, in map: Mapping) -> String? {
        guard environment.undefined == .strict, map.count < 200 else { return nil }
        let known = map.keys.compactMap { if case .text(let text) = $0 { text.string } else { nil } }
        return Spelling.nearest(key.string, among: known).map { "did you mean '\($0)'?" }
    }
}
