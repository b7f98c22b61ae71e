package import Documents

/// One difference between two versions of a schema, and what it means for inputs that were given for the older one.
package struct SchemaChange: Hashable, Sendable {
    package enum Verdict: String, Hashable, Sendable, Comparable, CaseIterable {
        /// Words for people, order, examples.
        case cosmetic
        /// Every old answer stays right and means the same.
        case safe
        /// Every old answer stays right, but something else may come of it.
        case behaviour
        /// Nobody can tell by rule; treated as breaking.
        case undetermined
        /// Some old answer is refused, lost or missing.
        case breaking

        package static func < (left: Verdict, right: Verdict) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .cosmetic: 0
            case .safe: 1
            case .behaviour: 2
            case .undetermined: 3
            case .breaking: 4
            }
        }

        /// Whether the change asks for a new major version.
        package var isBreaking: Bool { self >= .undetermined }
    }

    /// The input that changed; `-` stands for every item or entry.
    package var pointer: Pointer
    /// Stable name of the kind of change, such as `removed` or `enumNarrowed`.
    package var rule: String
    package var verdict: Verdict
    package var sentence: String
    /// An old answer that shows the effect, where one is known.
    package var witness: Value?

    package init(_ pointer: Pointer, _ rule: String, _ verdict: Verdict, _ sentence: String, witness: Value? = nil) {
        self.pointer = pointer
        self.rule = rule
        self.verdict = verdict
        self.sentence = sentence
        self.witness = witness
    }
}

/// The rules by which two schemas are compared.
package enum Compatibility {
    /// All changes from `old` to `new`, in the order of the new schema; removed inputs come last.
    package static func compare(_ old: Schema, _ new: Schema) -> [SchemaChange] {
        var comparison = Comparison(old: old, new: new)
        comparison.compare(old.root, new.root, at: Pointer(), label: "The inputs", isRequired: true)
        return comparison.changes
    }

    /// The gravest verdict; `cosmetic` where nothing changed.
    package static func verdict(on changes: [SchemaChange]) -> SchemaChange.Verdict {
        changes.map(\.verdict).max() ?? .cosmetic
    }
}
