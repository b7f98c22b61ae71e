import Documents

/// A compiled template: immutable, shared by all renderings.
///
/// Its texts, names and instructions live in an arena of its own.
final class Unit: @unchecked Sendable {
    let source: Source
    let environment: Environment
    let arena: Arena
    /// The source's bytes, in the arena.
    let bytes: UnsafePointer<UInt8>
    let code: UnsafePointer<Instruction>
    let places: UnsafePointer<InstructionPlace>
    let constants: UnsafePointer<Item>
    let names: UnsafePointer<Name>
    let paths: UnsafePointer<Path>
    let filters: [Filter]
    let tests: [Test]
    let shapes: [CallShape]
    let loops: [LoopShape]
    let initials: [[(slot: Int, initial: Initial)]]
    let macros: [MacroCode]
    let blockUses: [BlockUse]
    let includes: [IncludeUse]
    let imports: [ImportUse]
    let faults: [Fault]
    let regions: [Region]
    let codeCount: Int
    /// Whether what is not there is printed as nothing.
    let isLenient: Bool
    let blocks: [String: BlockCode]
    let root: Code
    let selfSlot: Int?

    init(_ parts: Compiler, root: Code, selfSlot: Int?) {
        source = parts.source
        environment = parts.environment
        arena = parts.arena
        bytes = parts.bytes
        code = UnsafePointer(parts.code.start)
        places = UnsafePointer(parts.places.start)
        constants = UnsafePointer(parts.constants.start)
        names = UnsafePointer(parts.names.start)
        paths = UnsafePointer(parts.paths.start)
        filters = parts.filters
        tests = parts.tests
        shapes = parts.shapes
        loops = parts.loops
        initials = parts.initials
        macros = parts.macros
        blockUses = parts.blockUses
        includes = parts.includes
        imports = parts.imports
        faults = parts.faults
        regions = parts.regions
        codeCount = parts.code.count
        isLenient = parts.environment.undefined != .strict
        blocks = parts.blocks
        self.root = root
        self.selfSlot = selfSlot
    }
}

extension Arena {
    func copy<T>(_ items: some Collection<T>) -> UnsafePointer<T> {
        let place = allocate(items.count * MemoryLayout<T>.stride).bindMemory(to: T.self, capacity: items.count)
        _ = UnsafeMutableBufferPointer(start: place, count: items.count).initialize(from: items)
        return UnsafePointer(place)
    }
}

/// The body of a block, and the template it is from.
struct BlockCode: Sendable {
    let name: String
    let function: Code
    let isRequired: Bool
    let superSlot: Int?
    let selfSlot: Int?
}

/// A block in the template around it.
struct BlockUse: Sendable {
    let name: String
    /// What a scoped block sees of the scopes around it.
    let visible: [(name: Text, place: Initial.Place)]?
}

struct IncludeUse: Sendable {
    let ignoresMissing: Bool
    /// `nil` without context.
    let visible: [(name: Text, place: Initial.Place)]?
    let offset: Int
    let length: Int
}

struct ImportUse: Sendable {
    let visible: [(name: Text, place: Initial.Place)]?
    /// Where the module goes; `nil` when names are taken from it.
    let destination: (slot: Int, export: Text?)?
    let names: [(name: Text, slot: Int, export: Text?)]
    let offset: Int
    let length: Int
    let statement: Int
}

/// What a macro or a call block's body is made of.
struct MacroCode: Sendable {
    struct Slots: Sendable {
        let caller: Int?
        let named: Int?
        let spread: Int?
    }

    let name: String
    let parameters: [(name: Text, slot: Int)]
    let function: Code
    let slots: Slots

    var hasExplicitCaller: Bool { parameters.contains { $0.name == "caller" } }
}
