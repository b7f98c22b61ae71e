package import Documents

/// Why a template could not be read or rendered, with the place in the template.
package struct TemplateError: Error, Sendable {
    /// Kinds tell apart what Python's Jinja2 and the language below it raise.
    package enum Kind: String, Sendable, CaseIterable {
        /// The text of the template is not Jinja.
        case syntax = "TemplateSyntaxError"
        /// A filter, test or block that the template names does not exist, or stands where it must not.
        case assertion = "TemplateAssertionError"
        case undefined = "UndefinedError"
        case type = "TypeError"
        case value = "ValueError"
        case zeroDivision = "ZeroDivisionError"
        case key = "KeyError"
        case index = "IndexError"
        case overflow = "OverflowError"
        case runtime = "TemplateRuntimeError"
        case pythonRuntime = "RuntimeError"
        case filterArgument = "FilterArgumentError"
        case check = "AssertionError"
        case notFound = "TemplateNotFound"
        case noneFound = "TemplatesNotFound"
        /// A filter that the environment brought refused its input.
        case filter = "FilterError"
        /// A limit of `Budget` is reached; Python has none.
        case limit = "LimitError"
    }

    package let kind: Kind
    package let message: String
    package let finding: Finding
    /// Further faults of the text that were found in the same pass.
    package let others: [Finding]

    /// All that was found, in the order of the text.
    package var findings: [Finding] { [finding] + others }

    package var line: Int { finding.place?.line ?? 0 }

    init(_ fault: Fault, in source: Source) {
        kind = fault.kind
        message = Sentence.finished(fault.message)
        finding = Self.finding(fault, in: source)
        others = fault.others.map { Self.finding($0, in: source) }
    }

    private static func finding(_ fault: Fault, in source: Source) -> Finding {
        var place: Place?
        if let offset = fault.offset {
            place = source.place(at: offset, length: fault.length)
        }
        // Jinja2 reports the line of the statement; the narrower place is kept where it is on that line.
        if let statement = fault.statement, place == nil || source.line(at: statement) != place?.line {
            place = source.place(at: statement)
        }
        return Finding(
            Finding.Code(rawValue: "jinja.\(fault.kind.code)"), .error, Sentence.finished(fault.message),
            hint: fault.hint.map(Sentence.finished),
            place: place ?? Place(file: source.name),
            causes: fault.values.map { Finding("jinja.value", .note, $0) } + fault.way)
    }
}

extension TemplateError.Kind {
    /// Whether other values would have done.
    var comesFromValues: Bool {
        switch self {
        case .undefined, .type, .value, .zeroDivision, .key, .index, .overflow, .runtime, .pythonRuntime,
            .filterArgument, .check, .notFound, .noneFound, .filter:
            true
        case .syntax, .assertion, .limit: false
        }
    }

    var code: String {
        switch self {
        case .syntax: "syntax"
        case .assertion: "unknownName"
        case .undefined: "undefined"
        case .type: "type"
        case .value: "value"
        case .zeroDivision: "zeroDivision"
        case .key: "key"
        case .index: "index"
        case .overflow: "overflow"
        case .runtime, .pythonRuntime: "runtime"
        case .filterArgument, .check: "argument"
        case .notFound, .noneFound: "notFound"
        case .filter: "filter"
        case .limit: "limit"
        }
    }
}

/// A fault on its way out: what happened, and where as soon as somebody on the way knows.
final class Fault: Error {
    let kind: TemplateError.Kind
    let message: String
    let hint: String?
    /// Bytes from the start of the template.
    let offset: Int?
    let length: Int
    /// The offset of the statement whose line Jinja2 reports.
    let statement: Int?
    /// The template that the offsets count in.
    let source: Source?
    /// The calls and includes that led there, the innermost first.
    let steps: [Step]
    /// What took part in it, in sentences such as `size is "large" (a string)`.
    let values: [String]
    /// Faults of the same text behind this one.
    let others: [Fault]

    /// A call or an include on the way to the place of a fault.
    struct Step: Sendable {
        /// What was entered, such as `macro 'tags'`.
        let entered: String
        let offset: Int
        let length: Int
        /// Known as soon as the statement around is.
        var source: Source?
    }

    init(
        _ kind: TemplateError.Kind, _ message: String, hint: String? = nil, offset: Int? = nil, length: Int = 1,
        statement: Int? = nil, source: Source? = nil, steps: [Step] = [], values: [String] = [], others: [Fault] = []
    ) {
        self.steps = steps
        self.values = values
        self.others = others
        self.kind = kind
        self.message = message
        self.hint = hint
        self.offset = offset
        self.length = length
        self.statement = statement
        self.source = source
    }

    /// The same fault but for what is given.
    private func copy(
        message: String? = nil, hint: String?? = nil, offset: Int? = nil, length: Int? = nil, statement: Int? = nil,
        source: Source? = nil, steps: [Step]? = nil, values: [String]? = nil, others: [Fault]? = nil
    ) -> Fault {
        Fault(
            kind, message ?? self.message, hint: hint ?? self.hint, offset: offset ?? self.offset,
            length: length ?? self.length, statement: statement ?? self.statement, source: source ?? self.source,
            steps: steps ?? self.steps, values: values ?? self.values, others: others ?? self.others)
    }

    /// The same fault with a place, unless it has one.
    func at(_ offset: Int, length: Int) -> Fault {
        self.offset == nil ? copy(offset: offset, length: length) : self
    }

    /// Notes what was entered at a place before the fault came about inside it.
    func entering(_ what: String, at offset: Int, length: Int, of source: Source? = nil) -> Fault {
        // Without a source it is no fault of a statement inside, but of the call itself.
        if self.source == nil { return self }
        return copy(steps: steps + [Step(entered: what, offset: offset, length: length, source: source)])
    }

    /// The same fault, with those that were found behind it.
    func with(_ others: some Sequence<Fault>) -> Fault { copy(others: self.others + others) }

    func telling(_ values: [String]) -> Fault { copy(values: values) }

    /// The same fault with other words.
    func reworded(_ change: (String) -> String) -> Fault {
        copy(message: change(message), hint: .some(hint.map(change)), values: values.map(change))
    }

    private static let mostSteps = 8

    /// The steps as remarks; of many, such as those of a macro that calls itself, the innermost.
    var way: [Finding] {
        var shown = steps.prefix(Fault.mostSteps).map { step in
            Finding(
                "jinja.entered", .note, "\(step.entered) is entered here.",
                place: step.source?.place(at: step.offset, length: step.length))
        }
        let rest = steps.count - shown.count
        if rest > 0 { shown.append(Finding("jinja.entered", .note, "\(rest) more are entered before.")) }
        return shown
    }

    func inStatement(_ statement: Int, of source: Source) -> Fault {
        if self.source != nil {
            // Steps are noted innermost first, so only the last can still lack its template.
            guard var last = steps.last, last.source == nil else { return self }
            last.source = source
            return copy(steps: steps.dropLast() + [last])
        }
        return copy(statement: statement, source: source)
    }
}
