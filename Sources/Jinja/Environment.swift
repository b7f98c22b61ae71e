package import Documents

/// What a look-up of something that is not there gives.
package enum UndefinedMode: String, Sendable, CaseIterable {
    /// Prints as nothing; using it otherwise is a fault.
    case `default`
    /// Every use is a fault, but asking whether it is defined.
    case strict
    /// As `default`, and its members are undefined too.
    case chainable
}

/// Tags that are not part of the language unless asked for.
package enum Extension: String, Sendable, CaseIterable {
    case `do`
    case loopcontrols
}

/// Budgets of one rendering: a template is code of strangers.
package struct Budget: Sendable {
    /// Statements run, rounds of loops, calls.
    package var steps = 1_000_000
    /// UTF-8 bytes of output, and of any text made on the way.
    package var outputBytes = 16 << 20
    /// Macros, includes, blocks and loops within each other.
    package var depth = 64
    /// Items of one loop, range or repetition.
    package var loopItems = 100_000

    package init() {}
}

/// A filter that the environment brings.
package struct CustomFilter: Sendable {
    /// One use of the filter: the value before the bar, the arguments, and where it stands.
    package struct Call: Sendable {
        /// `nil` when the value is undefined.
        package let value: Value?
        package let arguments: [Value]
        package let named: [String: Value]
        /// Scalars before the `{{` of the placeholder on its line of the template.
        package let column: Int
    }

    /// Why the filter refuses; one sentence.
    package struct Refusal: Error, Sendable {
        package let message: String
        package let hint: String?

        package init(_ message: String, hint: String? = nil) {
            self.message = message
            self.hint = hint
        }
    }

    package let apply: @Sendable (Call) throws(Refusal) -> Value

    package init(_ apply: @escaping @Sendable (Call) throws(Refusal) -> Value) {
        self.apply = apply
    }
}

/// How templates are read and rendered.
package struct Environment: Sendable {
    /// The newline after a block tag is dropped.
    package var trimsBlocks = false
    /// White space before a block tag that begins its line is dropped.
    package var stripsBlocks = false
    package var keepsTrailingNewline = false
    package var undefined = UndefinedMode.default
    /// Whether printed text is escaped for HTML.
    package var autoescapes = false
    package var extensions: Set<Extension> = []
    package var filters: [String: CustomFilter] = [:]
    /// Templates by name, for include, import and extends.
    package var templates: [String: Source] = [:]
    package var budget = Budget()

    package init() {}
}
