import Documents

/// The rules of one node as plain numbers: reading them counts no references.
struct QuickRules: Sendable {
    struct Kinds: OptionSet, Sendable {
        let rawValue: UInt8

        static let null = Kinds(rawValue: 1)
        static let bool = Kinds(rawValue: 2)
        static let whole = Kinds(rawValue: 4)
        static let fraction = Kinds(rawValue: 8)
        static let string = Kinds(rawValue: 16)
        static let list = Kinds(rawValue: 32)
        static let object = Kinds(rawValue: 64)
        static let all = Kinds(rawValue: 127)
    }

    struct Numbers: Sendable {
        var low = Int.min
        var high = Int.max
        var step = 1
        /// Whether some bound is none that an `Int` holds.
        var isExact = false
    }

    struct Texts: Sendable {
        var minLength = 0
        var maxLength = Int.max
        /// Place in the table of patterns; -1 for none.
        var pattern = -1
        var format: Format?
        /// Places in the table of names.
        var choices = 0..<0
        var isAny: Bool { minLength == 0 && maxLength == Int.max && pattern < 0 && format == nil && choices.isEmpty }
    }

    struct Lists: Sendable {
        var minItems = 0
        var maxItems = Int.max
        var isUnique = false
        /// -1 for none.
        var items = -1
    }

    struct Objects: Sendable {
        static let any = -1
        static let none = -2

        /// Places in the table of members.
        var members = 0..<0
        /// Members that a request must have, and those that a response must have.
        var requiredCounts = (write: 0, read: 0)
        var minProperties = 0
        var maxProperties = Int.max
        /// The node for members that are not declared.
        var additional = Objects.any
        /// Whether members are looked up by their names' hashes, or names are required that are not declared.
        var needsNode = false
    }

    struct Member: Sendable {
        /// Place in the table of names.
        var name: Int
        var node: SchemaNode.Index
        var isRequired: (write: Bool, read: Bool)
        var isForbidden: (write: Bool, read: Bool)
    }

    var kinds = Kinds.all
    /// Whether there are rules that stand in the node alone.
    var needsNode = false
    var numbers = Numbers()
    var texts = Texts()
    var lists = Lists()
    /// `nil` where an object may have any members.
    var objects: Objects?
}

// MARK: - From nodes

extension QuickRules.Kinds {
    init(_ node: SchemaNode) {
        switch node.type {
        case nil: self = .all
        case .boolean: self = .bool
        case .integer: self = .whole
        case .number: self = [.whole, .fraction]
        case .string: self = .string
        case .array: self = .list
        case .object: self = .object
        }
        if node.isNullable { insert(.null) }
    }
}

extension QuickRules.Numbers {
    init(_ rules: NumberRules) {
        if let minimum = rules.minimum {
            let bound = minimum.isWrittenAsInteger ? minimum.int : nil
            let (low, overflow) = (bound ?? 0).addingReportingOverflow(rules.isMinimumExclusive ? 1 : 0)
            isExact = bound == nil || overflow
            self.low = low
        }
        if let maximum = rules.maximum {
            let bound = maximum.isWrittenAsInteger ? maximum.int : nil
            let (high, overflow) = (bound ?? 0).subtractingReportingOverflow(rules.isMaximumExclusive ? 1 : 0)
            isExact = isExact || bound == nil || overflow
            self.high = high
        }
        if let multipleOf = rules.multipleOf {
            step = (multipleOf.isWrittenAsInteger ? multipleOf.int : nil) ?? 0
            if step < 1 { isExact = true }
        }
        // Every Int has the other formats.
        if rules.format == .int32 {
            low = max(low, Int(Int32.min))
            high = min(high, Int(Int32.max))
        }
    }
}
