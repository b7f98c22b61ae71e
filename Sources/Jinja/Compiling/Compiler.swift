import Documents

/// Turns a parsed template into instructions, names into slots.
struct Compiler {
    let source: Source
    let environment: Environment
    let arena: Arena
    let bytes: UnsafePointer<UInt8>
    /// Whether the template extends another, so that output at its top level may be left out.
    let extendsAnother: Bool

    /// Where what is only needed while compiling goes.
    let nodes: Arena
    var code: Row<Instruction>
    var places: Row<InstructionPlace>
    var constants: Row<Item>
    var names: Row<Name>
    var paths: Row<Path>
    var filters: [Filter] = []
    var tests: [Test] = []
    var shapes: [CallShape] = []
    var loops: [LoopShape] = []
    var initials: [[(slot: Int, initial: Initial)]] = []
    var macros: [MacroCode] = []
    var blockUses: [BlockUse] = []
    var includes: [IncludeUse] = []
    var imports: [ImportUse] = []
    var faults: [Fault] = []
    /// What runs only when something was decided, for whoever follows a rendering.
    var regions: [Region] = []
    var blocks: [String: BlockCode] = [:]

    /// Positions of names by their text.
    private let nameTable: Mapping
    private let filterTable: Mapping
    private let testTable: Mapping

    /// The function that is being compiled.
    var function = FunctionState()
    /// The statement that is being compiled.
    var statement = 0

    struct FunctionState {
        var depth = 0
        var mostDepth = 0
        var loopDepth = 0
        var mostLoops = 0
        /// What is open within the loop at hand, the innermost last.
        var open: [Open] = []
        /// The loop at hand: jumps that leave it, and where its rounds start.
        var breaks: [Int] = []
        var roundStart = 0
        var openBase = 0
        var isInLoop = false
    }

    /// What has to be closed before a jump may leave it.
    enum Open { case capture, escapes }

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

    private init(
        _ source: Source, _ environment: Environment, _ arena: Arena, _ bytes: UnsafePointer<UInt8>,
        _ reading: Parser.Reading
    ) {
        self.source = source
        self.environment = environment
        self.arena = arena
        self.bytes = bytes
        nodes = reading.nodes
        extendsAnother = reading.statements.contains { $0.extendsAnother }
        nameTable = Mapping(capacity: 32)
        filterTable = Mapping()
        testTable = Mapping()
        code = Row(capacity: source.bytes.count / 8 + 16, in: arena)
        places = Row(capacity: source.bytes.count / 8 + 16, in: arena)
        constants = Row(capacity: 16, in: arena)
        names = Row(capacity: 16, in: arena)
        paths = Row(capacity: 32, in: arena)
    }

    static func compile(_ source: Source, _ environment: Environment) throws(Fault) -> Unit {
        let source = Lexer.normalized(source)
        let arena = Arena()
        return try arena.use { () throws(Fault) in
            do throws(Fault) {
                let bytes = arena.copy(source.bytes)
                let reading = try Parser.parse(source, bytes, environment)
                return try withExtendedLifetime(reading.nodes) { () throws(Fault) in
                    var compiler = Compiler(source, environment, arena, bytes, reading)
                    return try compiler.unit(reading)
                }
            } catch {
                throw error.source == nil ? error.inStatement(error.offset ?? 0, of: source) : error
            }
        }
    }

    private mutating func unit(_ reading: Parser.Reading) throws(Fault) -> Unit {
        let scope = Scope(layout: Layout(level: 0, in: nodes), parent: nil)
        let selfSlot = reading.mentions.template > 0 ? scope.declare("self") : nil
        scope.read(reading.statements)
        let place = Place(scope: scope, isTop: true, isSuppressible: extendsAnother)
        let root = try compiled(scope) { (compiler) throws(Fault) in try compiler.emit(reading.statements, place) }
        return Unit(self, root: root, selfSlot: selfSlot)
    }

    /// A function's code, behind what is there already.
    mutating func compiled(
        _ scope: Scope, _ body: (inout Compiler) throws(Fault) -> Void
    ) throws(Fault) -> Code {
        let outer = (function, statement)
        defer { (function, statement) = outer }
        function = FunctionState()
        let entry = code.count
        try body(&self)
        add(.end)
        return Code(
            entry: entry, slotCount: scope.layout.count, stackSize: function.mostDepth, loopDepth: function.mostLoops,
            initials: scope.initials)
    }

    mutating func emit(_ statements: Statement.Body, _ place: Place) throws(Fault) {
        for statement in statements {
            let outer = self.statement
            self.statement = statement.offset
            defer { self.statement = outer }
            do throws(Fault) {
                try emit(statement, place)
            } catch {
                throw error.source == nil ? error.inStatement(error.offset ?? statement.offset, of: source) : error
            }
        }
    }

    // MARK: Instructions

    /// Adds an instruction that changes the height of the stack by `effect`.
    @discardableResult
    mutating func add(
        _ operation: Operation, a: Int = 0, b: Int = 0, c: Int = 0, d: Int = 0, effect: Int = 0,
        at expression: Expression? = nil
    ) -> Int {
        code.append(
            Instruction(operation: operation, d: UInt8(clamping: d), a: Int32(a), b: Int32(b), c: Int32(c)))
        places.append(
            InstructionPlace(
                offset: Int32(expression?.offset ?? -1), length: Int32(expression?.length ?? 1),
                statement: Int32(statement)))
        function.depth += effect
        if function.depth > function.mostDepth { function.mostDepth = function.depth }
        return code.count - 1
    }

    /// Lets the jump at `index` lead here.
    mutating func land(_ index: Int) { code[index].a = Int32(code.count) }

    mutating func name(_ text: Text) -> Int {
        let hash = text.hash
        if let position = nameTable.position(of: text, hash: hash) { return position }
        nameTable.set(text, .int(names.count))
        names.append(Name(text))
        return names.count - 1
    }

    mutating func constant(_ item: Item) -> Int {
        constants.append(item)
        return constants.count - 1
    }

    /// The number of a filter; `nil` when there is none of that name.
    mutating func filter(_ name: Text) -> Int? {
        if case .int(let known)? = filterTable[name] { return known }
        guard let filter = Filter.named(name, environment) else { return nil }
        filters.append(filter)
        filterTable.set(name, .int(filters.count - 1))
        return filters.count - 1
    }

    mutating func test(_ name: Text) -> Int? {
        if case .int(let known)? = testTable[name] { return known }
        guard let test = Test.named(name) else { return nil }
        tests.append(test)
        testTable.set(name, .int(tests.count - 1))
        return tests.count - 1
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
