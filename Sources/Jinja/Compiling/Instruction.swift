/// What the machine does next. Operands are `a`, `b`, `c` and the small `d`; what each means stands at its name.
enum Operation: UInt8 {
    // Output
    /// Appends `b` bytes of the source from `a`.
    case text
    /// Prints the value; `c` is where its tag starts.
    case emit
    /// Prints what path `b` leads to from slot `a`, `d` functions up; `c` is where its tag starts.
    case emitPath
    /// Appends the value without escaping it.
    case emitFiltered
    /// Filters that indent count from column `a`; the one before is pushed.
    case pushColumn
    case popColumn
    /// From here output is a value.
    case beginCapture
    /// Pushes what was printed since.
    case endCapture
    /// Forgets what was printed since.
    case dropCapture
    /// The value says whether output is escaped from here.
    case pushEscapes
    case popEscapes

    // Values
    /// Pushes constant `a`.
    case constant
    /// Pushes slot `a`, `d` functions up; `b` is its name.
    case load
    /// The same; what is not there counts as missing, without a fault or an object for it.
    case loadSoft
    /// Pushes what path `b` leads to from slot `a`, `d` functions up.
    case path
    case pathSoft
    /// Replaces the value by its attribute `a`.
    case attribute
    case item
    case slice
    /// `loop`'s own figures: slot `a`, `d` functions up, field `b`; `c` is its name.
    case loopField
    /// Takes `a` values.
    case list, tuple
    /// Takes `a` keys and values.
    case map
    /// Takes `a` values as text.
    case concatenate
    case pop
    case fault

    // Operators
    /// Operator `a`.
    case binary
    case negate, plus, not
    /// Relation `a`.
    case compare
    /// Relation `a`; when it holds, the right value stays for the next one, else `false` and on to `b`.
    case compareChain
    /// Swaps in whether the value is there, or with `a` whether not.
    case isDefined

    // Jumps
    case jump
    case jumpUnless
    /// The value decides and stays.
    case jumpUnlessKeeping, jumpIfKeeping
    /// On to `a` once the template said what it extends.
    case jumpIfExtended
    /// On to `a` when slot `b` has a value.
    case jumpIfGiven

    // Calls
    /// Filter `a` with `b` arguments in the order of its parameters.
    case filter
    /// Filter `a`, arguments by shape `b`.
    case filterShaped
    /// `default` with its value, unless the operand is there.
    case filterDefault
    /// Test `a` with `b` arguments in order; `c` is 1 when it is negated.
    case test
    case testShaped
    /// Calls with arguments by shape `a`.
    case call
    /// Calls method `a` with `b` arguments.
    case callMethod

    // Names
    /// Into slot `a`, and into the context as name `b` unless that is negative.
    case store
    /// Takes the value apart into `a`.
    case unpack
    /// Into member `b` of the namespace in slot `a`, `d` functions up.
    case storeMember
    /// Gives the slots of list `a` their first values.
    case enter
    /// Slot `a` is parameter `b`, which was not given.
    case notGiven

    // Loops; `d` is how many loops of this function are around.
    /// Starts loop `a` over the value.
    case loopStart
    /// Loop `a` goes over those items alone which its condition keeps.
    case loopSelect
    /// Keeps the item at hand.
    case loopKeep
    /// The next item into slot `b` unless that is negative, or on to `a`.
    case loopNext
    /// Pushes the item at hand.
    case loopItem
    /// A round is done; on to `a`.
    case loopRound
    /// On to `a` unless no round was done.
    case loopElse
    case loopEnd

    // Statements
    /// A step of the budget.
    case step
    /// Pushes macro `a`.
    case macro
    case block
    case extends
    case include
    case importModule
    case end
}

struct Instruction: BitwiseCopyable {
    var operation: Operation
    var d: UInt8 = 0
    var a: Int32 = 0
    var b: Int32 = 0
    var c: Int32 = 0
}

/// Where an instruction comes from, for faults.
struct InstructionPlace: BitwiseCopyable {
    /// Negative where only the statement is known.
    var offset: Int32
    var length: Int32
    /// The offset of the statement whose line Jinja2 reports.
    var statement: Int32
}

/// A name as it is looked up.
struct Name: BitwiseCopyable {
    let text: Text
    let hash: UInt32

    init(_ text: Text) {
        self.text = text
        hash = text.hash
    }
}

/// One attribute of a path.
struct PathStep: BitwiseCopyable {
    let name: Name
    let offset: Int32
    let length: Int32
}

/// Attributes that are looked up one after the other.
struct Path: BitwiseCopyable {
    let steps: UnsafePointer<PathStep>
    let count: Int
    /// The name that it starts from.
    let root: Name
}

/// What `loop` tells of itself.
enum LoopField: Int32, CaseIterable {
    case index, index0, revindex, revindex0, first, last, length

    static func named(_ name: Text) -> LoopField? {
        switch name {
        case "index": .index
        case "index0": .index0
        case "revindex": .revindex
        case "revindex0": .revindex0
        case "first": .first
        case "last": .last
        case "length": .length
        default: nil
        }
    }
}

/// How a call passes its arguments.
struct CallShape: Sendable {
    let positional: Int
    let named: [Text]
    let hasSpread: Bool
    let hasNamedSpread: Bool
    /// Whether the last value is the body of a call block.
    var hasCaller = false

    var count: Int {
        positional + named.count + (hasSpread ? 1 : 0) + (hasNamedSpread ? 1 : 0) + (hasCaller ? 1 : 0)
    }
}

/// What a loop's instructions share.
struct LoopShape: Sendable {
    /// The slot of `loop`; `nil` where the body does not read it.
    let loopSlot: Int?
    let isRecursive: Bool
    /// Every slot of the body and of scopes within it: a recursive call gives them back as they were.
    let slots: Range<Int>
    /// The first instruction of the loop, and that of its end.
    var start = 0
    var end = 0
}

/// A function: a template's root, a block, a macro.
struct Code: Sendable {
    let entry: Int
    let slotCount: Int
    /// Values that it has on the stack at most.
    let stackSize: Int
    /// Loops within each other at most.
    let loopDepth: Int
    let initials: [(slot: Int, initial: Initial)]
}
