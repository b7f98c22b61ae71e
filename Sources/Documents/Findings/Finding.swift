/// One fault or remark about something that a person wrote.
///
/// It is a value: engines return all they find.
///
/// The text is raw: whoever shows it on a terminal makes control characters harmless first.
package struct Finding: Hashable, Sendable, Error {
    package enum Severity: String, Hashable, Sendable, Comparable, CaseIterable {
        case note, warning, error

        package static func < (left: Severity, right: Severity) -> Bool {
            left.rank < right.rank
        }

        private var rank: Int {
            switch self {
            case .note: 0
            case .warning: 1
            case .error: 2
            }
        }
    }

    /// What went wrong, stable, as `area.reason`: scripts and tests match on it, never on the sentence.
    package struct Code: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }
        package init(stringLiteral value: String) { rawValue = value }
    }

    package var code: Code
    package var severity: Severity
    /// One sentence: what must hold, and what was found.
    package var message: String
    /// One sentence that starts with a verb: what to do next.
    package var hint: String?
    package var place: Place?
    /// The value that is at fault; for a missing member, the object that lacks it.
    package var pointer: Pointer?
    /// Where a form puts the cursor; for a missing member, the member.
    package var focus: Pointer?
    /// The faults that make up this one, such as those of the nearest branch of a choice.
    package var causes: [Finding]

    package init(
        _ code: Code,
        _ severity: Severity,
        _ message: String,
        hint: String? = nil,
        place: Place? = nil,
        pointer: Pointer? = nil,
        focus: Pointer? = nil,
        causes: [Finding] = []
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.hint = hint
        self.place = place
        self.pointer = pointer
        self.focus = focus
        self.causes = causes
    }

    /// An error: what a finding is unless it says otherwise.
    package init(
        _ code: Code,
        _ message: String,
        hint: String? = nil,
        place: Place? = nil,
        pointer: Pointer? = nil,
        focus: Pointer? = nil,
        causes: [Finding] = []
    ) {
        self.init(
            code, .error, message, hint: hint, place: place, pointer: pointer, focus: focus, causes: causes)
    }
}

/// Where in a file something stands.
package struct Place: Hashable, Sendable {
    /// As the person named it: a path relative to where they are, or to the bundle.
    package var file: String
    /// From 1; 0 for the whole file.
    package var line: Int
    /// From 1, in Unicode scalars; 0 for the whole line.
    package var column: Int
    /// Scalars that the caret run covers; at least 1.
    package var length: Int
    /// The text of the line, without its end.
    package var sourceLine: String?

    package init(file: String, line: Int = 0, column: Int = 0, length: Int = 1, sourceLine: String? = nil) {
        self.file = file
        self.line = line
        self.column = column
        self.length = max(1, length)
        self.sourceLine = sourceLine
    }
}
