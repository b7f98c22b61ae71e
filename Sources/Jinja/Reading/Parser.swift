import Documents

/// Reads tokens into statements, as Jinja2's parser does.
///
/// A fault in a placeholder or in the head of `if` and `for` is kept, and reading goes on behind the tag; another ends it.
struct Parser {
    let source: Source
    let environment: Environment
    /// Where what is read goes.
    let nodes: Arena
    let tokens: UnsafePointer<Token>
    let tokenCount: Int
    var index = 0
    var depth = 0
    /// Operators read in the tag at hand.
    var operatorCount = 0
    /// The tags that are open, for the sentence about what is missing.
    var openTags: [(name: Text, offset: Int)] = []
    /// The closing tags that each open body waits for.
    var awaited: [Ends] = []
    var blockNames: Set<Text> = []
    /// Names of the language that were read so far.
    var mentions = Mentions()
    /// Statements of bodies that are not at their end.
    private var pending: Row<Statement>
    /// Faults behind which reading went on.
    private var faults: [Fault] = []

    private static let mostFaults = 20

    /// Tags and brackets within each other; above it a fault, so that no text can exhaust the stack.
    static let deepest = 96

    private init(
        _ source: Source, _ environment: Environment, _ nodes: Arena, _ tokens: UnsafePointer<Token>, _ count: Int
    ) {
        self.source = source
        self.environment = environment
        self.nodes = nodes
        self.tokens = tokens
        tokenCount = count
        pending = Row(capacity: 64, in: nodes)
    }

    /// What a template consists of: valid as long as `nodes`, the bytes, and the thread's arena.
    struct Reading {
        let statements: Statement.Body
        let mentions: Mentions
        let nodes: Arena
    }

    /// - Parameter bytes: Those of `source`, where they stay.
    static func parse(
        _ source: Source, _ bytes: UnsafePointer<UInt8>, _ environment: Environment
    ) throws(Fault) -> Reading {
        let nodes = Arena()
        var lexer = Lexer(bytes, count: source.bytes.count, environment, in: nodes)
        let (tokens, unread) = lexer.read()
        var parser = Parser(source, environment, nodes, tokens.start, tokens.count)
        var statements = Statement.Body()
        var last = unread
        do throws(Fault) {
            statements = try parser.statements(until: Ends())
        } catch {
            // What can't be cut into tokens only counts when everything before it was sound.
            if unread == nil || parser.index < tokens.count - 1 { last = error }
        }
        let faults = parser.faults + (last.map { [$0] } ?? [])
        guard let first = faults.first else {
            return Reading(statements: statements, mentions: parser.mentions, nodes: nodes)
        }
        throw first.with(faults.dropFirst())
    }

    /// Keeps a fault inside a tag and goes on behind it; throws it again where the tag does not end.
    mutating func recover(_ fault: Fault, behind end: Token.Kind) throws(Fault) {
        // The end may have been read as what it could not be.
        if index > 0, tokens[index - 1].kind == end { index -= 1 }
        guard fault.kind != .limit, faults.count < Parser.mostFaults,
            let found = (index..<tokenCount).first(where: { tokens[$0].kind.endsTag }), tokens[found].kind == end
        else { throw fault }
        faults.append(fault)
        index = found
    }

    // MARK: Tokens

    /// The last token is the end, and nothing goes on behind it.
    @inline(__always) var token: Token { tokens[index] }
    @inline(__always) var next: Token { tokens[min(index + 1, tokenCount - 1)] }

    @discardableResult
    mutating func advance() -> Token {
        let token = token
        if index < tokenCount - 1 { index += 1 }
        return token
    }

    mutating func skip(symbol: Symbol) -> Bool {
        guard token.isSymbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func skip(name: Word) -> Bool {
        guard token.isName(name) else { return false }
        advance()
        return true
    }

    @discardableResult
    mutating func expect(_ kind: Token.Kind, _ wanted: String) throws(Fault) -> Token {
        guard token.kind == kind else { throw unexpected(wanted) }
        return advance()
    }

    mutating func expect(symbol: Symbol) throws(Fault) {
        guard skip(symbol: symbol) else { throw unexpected("\(symbol.spelling)") }
    }

    mutating func expect(name: Word) throws(Fault) {
        guard skip(name: name) else { throw unexpected(name.spelling) }
    }

    func fault(_ message: String, at token: Token? = nil, hint: String? = nil) -> Fault {
        let token = token ?? self.token
        return Fault(.syntax, message, hint: hint, offset: token.start, length: max(1, token.end - token.start))
    }

    func unexpected(_ wanted: String) -> Fault {
        if token.kind == .end {
            return fault("unexpected end of template, expected '\(wanted)'", hint: "close the tag")
        }
        let hint = wanted == "end of print statement" ? printHint : nil
        return fault("expected token '\(wanted)', got '\(token.description)'", hint: hint)
    }

    /// A colon after a first word is nearly always a CloudFormation dynamic reference.
    private var printHint: String? {
        guard token.isSymbol(.colon), index > 0, tokens[index - 1].text == "resolve" else { return nil }
        return "looks like a CloudFormation dynamic reference: wrap it in {% raw %} and {% endraw %}"
    }

    mutating func nested<T>(_ body: (inout Parser) throws(Fault) -> T) throws(Fault) -> T {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Parser.deepest else {
            throw Fault(
                .limit, "a template must not nest more than \(Parser.deepest) levels deep", offset: token.start)
        }
        return try body(&self)
    }

    // MARK: Bodies

    /// Statements up to a tag named in `ends`, which stays to be read; up to the end when there are none.
    mutating func statements(until ends: Ends) throws(Fault) -> Statement.Body {
        awaited.append(ends)
        defer { awaited.removeLast() }
        let first = pending.count
        // What an error leaves there is cut off.
        defer { pending.cut(to: first) }
        while true {
            switch token.kind {
            case .data:
                let data = advance()
                let range = ByteRange(data.start..<data.end)
                pending.append(
                    Statement(form: .text(range), offset: data.start, tag: range))
            case .variableBegin:
                do throws(Fault) {
                    pending.append(try output())
                } catch {
                    try recover(error, behind: .variableEnd)
                    advance()
                }
            case .blockBegin:
                if ends.contains(next.word) {
                    advance()
                    return Statement.Body(UnsafeBufferPointer(rebasing: pending.items[first...]), in: nodes)
                }
                let statement = try nested { (parser) throws(Fault) in try parser.statement() }
                pending.append(statement)
            case .end:
                if ends.isEmpty {
                    return Statement.Body(UnsafeBufferPointer(rebasing: pending.items[first...]), in: nodes)
                }
                throw unclosed()
            case .variableEnd, .blockEnd, .name, .string, .integer, .float, .symbol:
                throw fault("unexpected '\(token.description)'")
            }
        }
    }

    private func unclosed() -> Fault {
        let wanted = (awaited.last?.words ?? []).map { "'\($0.spelling)'" }.joined(separator: " or ")
        let open = openTags.last
        let line = open.map { source.line(at: $0.offset) } ?? 1
        return Fault(
            .syntax,
            "Unexpected end of template. Jinja was looking for the following tags: \(wanted). "
                + "The innermost block that needs to be closed is '\(open?.name.string ?? "")'.",
            hint: "add {% \(awaited.last?.words.last?.spelling ?? "end") %} for the tag of line \(line)",
            offset: open?.offset, length: open?.name.byteCount ?? 1, statement: token.start, source: source)
    }

    private func unknownTag(_ tag: Token) -> Fault {
        var message = "Encountered unknown tag '\(tag.text.string)'."
        if let wanted = awaited.last?.words, !wanted.isEmpty {
            let list = wanted.map { "'\($0.spelling)'" }.joined(separator: " or ")
            message +=
                awaited.contains { $0.contains(tag.word) }
                ? " You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for \(list)."
                : " Jinja was looking for the following tags: \(list)."
            message += " The innermost block that needs to be closed is '\(openTags.last?.name.string ?? "")'."
        }
        let near = Spelling.nearest(
            tag.text.string, among: Parser.tags + (awaited.last?.words ?? []).map(\.spelling))
        return fault(message, at: tag, hint: near.map { "did you mean '\($0)'?" })
    }

    private static let tags = [
        "for", "if", "block", "extends", "print", "macro", "include", "from", "import", "set", "with", "autoescape",
        "raw", "call", "filter",
    ]

    private mutating func output() throws(Fault) -> Statement {
        let begin = advance()
        operatorCount = 0
        let value = try nested { (parser) throws(Fault) in try parser.tuple(mayBeEmpty: false) }
        guard token.kind == .variableEnd else { throw unexpected("end of print statement") }
        let end = advance()
        return Statement(form: .output(value), offset: value.offset, tag: ByteRange(begin.start..<end.end))
    }

    private mutating func statement() throws(Fault) -> Statement {
        let begin = advance()
        operatorCount = 0
        let tag = token
        guard tag.kind == .name else { throw fault("tag name expected") }
        openTags.append((tag.text, tag.start))
        let form = try statementForm(tag)
        openTags.removeLast()
        let end = try expect(.blockEnd, "end of statement block")
        return Statement(form: form, offset: tag.start, tag: ByteRange(begin.start..<end.end))
    }

    private mutating func statementForm(_ tag: Token) throws(Fault) -> Statement.Form {
        advance()
        switch tag.word {
        case .if: return try condition()
        case .for: return try loop()
        case .set: return try set()
        case .with: return try with()
        case .macro: return try macro()
        case .call: return try call()
        case .filter: return try filterBlock()
        case .autoescape:
            let flag = try expression()
            return .autoescape(flag, body: try body(ending: .endautoescape))
        case .block: return try block()
        case .extends: return .extends(try expression())
        case .include: return try include()
        case .import: return try importModule()
        case .from: return try importNames()
        case .print: return .output(try tuple(mayBeEmpty: false))
        case .do where environment.extensions.contains(.do): return .evaluate(try tuple(mayBeEmpty: false))
        case .break where environment.extensions.contains(.loopcontrols): return .break
        case .continue where environment.extensions.contains(.loopcontrols): return .continue
        default: throw unknownTag(tag)
        }
    }

    /// A tag's body with its one closing tag, up to which the name is read.
    mutating func body(ending end: Word) throws(Fault) -> Statement.Body {
        try openBody()
        let body = try statements(until: Ends(end))
        advance()
        return body
    }

    /// The end of the opening tag; Jinja2 accepts Python's colon before it.
    mutating func openBody() throws(Fault) {
        _ = skip(symbol: .colon)
        try expect(.blockEnd, "end of statement block")
    }
}
