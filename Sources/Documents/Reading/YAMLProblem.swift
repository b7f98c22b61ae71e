import Yams

/// What libyaml has against a text, in our words.
struct YAMLProblem {
    private let problem: String
    private let context: String
    private let mark: Mark?
    private let contextMark: Mark?

    init(_ error: any Error) {
        switch error {
        case YamlError.scanner(let context, let problem, let mark, _),
            YamlError.parser(let context, let problem, let mark, _),
            YamlError.composer(let context, let problem, let mark, _):
            self.problem = problem
            self.context = context?.text ?? ""
            self.mark = mark
            contextMark = context?.mark
        default:
            problem = ""
            context = ""
            mark = nil
            contextMark = nil
        }
    }

    private struct Rule {
        let problem: String
        var context = ""
        let message: String
        let hint: String
        /// Whether the fault is where the construct began rather than where reading stopped.
        var isAtContext = false
    }

    /// The first whose texts stand in libyaml's own holds.
    private static let rules: [Rule] = [
        Rule(
            problem: "found character that cannot start any token",
            message: "A plain value must not start with one of @ ` % or a tab.",
            hint: "Put the value into quotes; indent with spaces."),
        Rule(
            problem: "found a tab character", message: "Indentation must be spaces, but is a tab.",
            hint: "Replace the tab with spaces."),
        Rule(
            problem: "found unexpected end of stream", context: "quoted scalar",
            message: "A quoted text must end with its quote, but the document ends first.",
            hint: "Add the closing quote.", isAtContext: true),
        Rule(
            problem: "found unexpected document indicator", context: "quoted scalar",
            message: "A quoted text must end with its quote, but a new document starts first.",
            hint: "Add the closing quote.", isAtContext: true),
        Rule(
            problem: "mapping values are not allowed",
            message: "A plain value must not hold \": \", and a key must start at its place.",
            hint: "Put the value into quotes, or indent the key like its neighbours."),
        Rule(
            problem: "could not find expected ':'", message: "A key must be followed by a colon, but is not.",
            hint: "Add \":\" and a space, or put a text of several lines into quotes.", isAtContext: true),
        Rule(
            problem: "did not find expected key", message: "A key must stand here, indented like its neighbours.",
            hint: "Check the indentation of this line, and the quotes of the lines before."),
        Rule(
            problem: "did not find expected '-' indicator",
            message: "A list item must stand here, but something else does.",
            hint: "Start the line with \"- \", or check its indentation."),
        Rule(
            problem: "did not find expected ',' or ']'",
            message: "A list that starts with \"[\" must go on with \",\" or end with \"]\", but does neither here.",
            hint: "Add the missing \",\" or \"]\"."),
        Rule(
            problem: "did not find expected ',' or '}'",
            message: "An object that starts with \"{\" must go on with \",\" or end with \"}\", but does neither here.",
            hint: "Add the missing \",\" or \"}\"."),
        Rule(
            problem: "did not find expected node content", message: "A value must stand here, but none does.",
            hint: "Add a value, or put the text into quotes."),
        Rule(
            problem: "found undefined alias", message: "An alias must name an anchor that stands before it.",
            hint: "Put a text that starts with \"*\" into quotes."),
        Rule(
            problem: "alphabetic or numeric character", message: "An alias or anchor must have a name, but has none.",
            hint: "Put a text that starts with \"*\" or \"&\" into quotes."),
        Rule(
            problem: "found unknown escape character",
            message: "A backslash in double quotes must start an escape that YAML knows, but does not.",
            hint: "Write two backslashes, or use single quotes."),
        Rule(
            problem: "hexdecimal number", message: "An escape must have all its hexadecimal digits, but has not.",
            hint: "Complete the escape, or write two backslashes."),
        Rule(
            problem: "Unicode character escape", message: "An escape must name a character, but names none.",
            hint: "Correct the escape."),
        Rule(
            problem: "another document", message: "The file must hold one document, but a second one starts here.",
            hint: "Remove the \"---\" line, or move the second document to a file of its own."),
        Rule(
            problem: "block sequence entries are not allowed",
            message: "A list item must start on a line of its own, but does not.",
            hint: "Move \"- \" to the next line, or put the text into quotes."),
        Rule(
            problem: "found undefined tag handle",
            message: "A tag must start with \"!\" or \"!!\", but has another handle.",
            hint: "Put a text that starts with \"!\" into quotes."),
        Rule(
            problem: "Maximum nesting level", message: "Lists and objects must be nested less deep.",
            hint: "Flatten the structure."),
        Rule(
            problem: "comment or line break",
            message:
                "A \"|\" or \">\" must be followed by the text on the next lines, but text stands in the same line.",
            hint: "Move the text to the next line, or put it into quotes."),
        Rule(
            problem: "incompatible YAML document",
            message: "The document must be YAML 1.1 or 1.2, but says another version.",
            hint: "Remove the %YAML line."),
    ]

    func finding(in source: Source, position: (Mark) -> (line: Int, column: Int)) -> Finding {
        let rule = Self.rules.first { problem.contains($0.problem) && context.contains($0.context) }
        let mark = (rule?.isAtContext == true ? contextMark : nil) ?? mark
        guard let mark else {
            return Finding(
                "yaml.syntax", "The text must be YAML, but could not be read.", hint: "Check the file's encoding.",
                place: Place(file: source.name))
        }
        var (line, column) = position(mark)
        // At the end of a text libyaml points behind the last line.
        while line > 1, source.lineText(line).isEmpty, line >= source.lineCount {
            line -= 1
            column = source.lineText(line).unicodeScalars.count + 1
        }
        if let finding = Self.braces(in: source, line: line) ?? Self.braces(in: source, line: line - 1) {
            return finding
        }
        if let finding = Self.tab(in: source, near: line) { return finding }
        return Finding(
            "yaml.syntax", rule?.message ?? "The text must be YAML, but is not from here on.",
            hint: rule?.hint ?? "Check the indentation and the quotes of this line.",
            place: source.place(line: line, column: column))
    }

    /// `key: {{ input }}` is the most common slip in files that are to become templates.
    static func braces(in source: Source, line: Int) -> Finding? {
        let text = source.lineText(line)
        guard let range = text.firstRange(of: "{{"),
            !text[..<range.lowerBound].contains(where: { "\"'#".contains($0) })
        else { return nil }
        let column = text[..<range.lowerBound].unicodeScalars.count + 1
        return Finding(
            "yaml.syntax", "A value must not start with \"{{\" unless it is in quotes: to YAML it is an object.",
            hint: "Put the value into quotes.", place: source.place(line: line, column: column, length: 2))
    }

    private static func tab(in source: Source, near line: Int) -> Finding? {
        for number in [line, line - 1, line + 1] where number > 0 {
            let text = source.lineText(number)
            let indent = text.unicodeScalars.prefix { $0 == " " || $0 == "\t" }
            guard let tab = indent.firstIndex(of: "\t"), indent.count < text.unicodeScalars.count else { continue }
            let column = indent[..<tab].count + 1
            return Finding(
                "yaml.syntax", "Indentation must be spaces, but is a tab.", hint: "Replace the tab with spaces.",
                place: source.place(line: number, column: column, length: indent.count - column + 1))
        }
        return nil
    }
}
