/// A piece of a template: text, a bracket of a tag, or a word within one.
struct Token: BitwiseCopyable {
    enum Kind: UInt8 {
        case data
        case variableBegin, variableEnd
        case blockBegin, blockEnd
        case name, string, integer, float
        case symbol
        case end

        /// Whether nothing of a tag stands behind it.
        @inline(__always)
        var endsTag: Bool {
            switch self {
            case .data, .variableBegin, .variableEnd, .blockBegin, .blockEnd, .end: true
            case .name, .string, .integer, .float, .symbol: false
            }
        }
    }

    var kind: Kind
    /// Which symbol it is.
    var symbol = Symbol.none
    /// Which word of the language a name is.
    var word = Word.none
    private let low: Int32
    private let high: Int32
    /// What a name, number or symbol spells, or a string says.
    let text: Text

    init(kind: Kind, symbol: Symbol = .none, word: Word = .none, start: Int, end: Int, text: Text = .empty) {
        self.kind = kind
        self.symbol = symbol
        self.word = word
        low = Int32(truncatingIfNeeded: start)
        high = Int32(truncatingIfNeeded: end)
        self.text = text
    }

    /// Bytes of the source; of `data`, what remains after white space was stripped.
    @inline(__always) var start: Int { Int(low) }
    @inline(__always) var end: Int { Int(high) }

    /// As error messages name it.
    var description: String {
        switch kind {
        case .data: "template data"
        case .variableBegin: "begin of print statement"
        case .variableEnd: "end of print statement"
        case .blockBegin: "begin of statement block"
        case .blockEnd: "end of statement block"
        case .name, .symbol: text.string
        case .string: "string"
        case .integer: "integer"
        case .float: "float"
        case .end: "end of template"
        }
    }

    @inline(__always) func isSymbol(_ symbol: Symbol) -> Bool { self.symbol == symbol }
    @inline(__always) func isName(_ word: Word) -> Bool { self.word == word }
}

/// The symbols of expressions.
enum Symbol: UInt8, CaseIterable {
    case none
    case plus, minus, times, slash, percent, tilde, openBracket, closeBracket, open, close, openBrace, closeBrace
    case greater, less, assign, dot, colon, bar, comma, semicolon
    case power, floorDivide, equal, unequal, greaterOrEqual, lessOrEqual

    var spelling: StaticString {
        switch self {
        case .none: ""
        case .plus: "+"
        case .minus: "-"
        case .times: "*"
        case .slash: "/"
        case .percent: "%"
        case .tilde: "~"
        case .openBracket: "["
        case .closeBracket: "]"
        case .open: "("
        case .close: ")"
        case .openBrace: "{"
        case .closeBrace: "}"
        case .greater: ">"
        case .less: "<"
        case .assign: "="
        case .dot: "."
        case .colon: ":"
        case .bar: "|"
        case .comma: ","
        case .semicolon: ";"
        case .power: "**"
        case .floorDivide: "//"
        case .equal: "=="
        case .unequal: "!="
        case .greaterOrEqual: ">="
        case .lessOrEqual: "<="
        }
    }

    /// The symbol of one byte, or of that byte and the next.
    static func read(_ first: UInt8, _ second: UInt8) -> Symbol? {
        switch (first, second) {
        case (UInt8(ascii: "*"), UInt8(ascii: "*")): .power
        case (UInt8(ascii: "/"), UInt8(ascii: "/")): .floorDivide
        case (UInt8(ascii: "="), UInt8(ascii: "=")): .equal
        case (UInt8(ascii: "!"), UInt8(ascii: "=")): .unequal
        case (UInt8(ascii: ">"), UInt8(ascii: "=")): .greaterOrEqual
        case (UInt8(ascii: "<"), UInt8(ascii: "=")): .lessOrEqual
        default: single(first)
        }
    }

    private static func single(_ byte: UInt8) -> Symbol? {
        switch byte {
        case UInt8(ascii: "+"): .plus
        case UInt8(ascii: "-"): .minus
        case UInt8(ascii: "*"): .times
        case UInt8(ascii: "/"): .slash
        case UInt8(ascii: "%"): .percent
        case UInt8(ascii: "~"): .tilde
        case UInt8(ascii: "["): .openBracket
        case UInt8(ascii: "]"): .closeBracket
        case UInt8(ascii: "("): .open
        case UInt8(ascii: ")"): .close
        case UInt8(ascii: "{"): .openBrace
        case UInt8(ascii: "}"): .closeBrace
        case UInt8(ascii: ">"): .greater
        case UInt8(ascii: "<"): .less
        case UInt8(ascii: "="): .assign
        case UInt8(ascii: "."): .dot
        case UInt8(ascii: ":"): .colon
        case UInt8(ascii: "|"): .bar
        case UInt8(ascii: ","): .comma
        case UInt8(ascii: ";"): .semicolon
        default: nil
        }
    }
}

/// The tags that a body waits for, in the order in which a sentence names them.
struct Ends: BitwiseCopyable {
    private let first: Word
    private let second: Word
    private let third: Word

    init(_ first: Word = .none, _ second: Word = .none, _ third: Word = .none) {
        self.first = first
        self.second = second
        self.third = third
    }

    var isEmpty: Bool { first == .none }
    var words: [Word] { [first, second, third].filter { $0 != .none } }

    @inline(__always)
    func contains(_ word: Word) -> Bool { word != .none && (word == first || word == second || word == third) }
}

/// Names that mean something to the parser; all may be variables too.
enum Word: UInt8, CaseIterable {
    case none
    case `if`, elif, `else`, endif, `for`, endfor, `in`, recursive
    case set, endset, with, endwith, without, context, macro, endmacro, call, endcall, filter, endfilter
    case autoescape, endautoescape, block, endblock, scoped, required, extends, include, ignore, missing
    case `import`, from, `as`, print, `do`, `break`, `continue`
    case not, and, or, `is`
    case `true`, `false`, nothing, True, False, None
    case loop, `self`, `super`, caller, kwargs, varargs

    var spelling: String { self == .nothing ? "none" : "\(self)" }

    /// The word that a name spells.
    static func read(_ text: Text) -> Word {
        guard firsts.mayHold(text), let position = table.position(of: text, hash: text.hash),
            case .int(let number) = table.value(at: position)
        else { return .none }
        return Word(rawValue: UInt8(truncatingIfNeeded: number)) ?? .none
    }

    /// Most names are told apart by their length and first letter.
    private static let firsts = FirstLetters(of: allCases.filter { $0 != .none }.map { Text(lasting: $0.spelling) })

    /// Numbers of words by their spelling, in memory that lasts.
    nonisolated(unsafe) private static let table: Mapping = {
        let arena = Arena()
        _ = Unmanaged.passRetained(arena)
        return arena.use {
            let table = Mapping(capacity: 64)
            for word in Word.allCases where word != .none {
                table.set(Text(word.spelling), .int(Int(word.rawValue)))
            }
            return table
        }
    }()
}

/// The lengths and first letters of some words: tells quickly that a name is none of them.
struct FirstLetters: Sendable {
    /// By length: the bits of the first letters.
    private let letters: [UInt64]

    init(of words: [Text]) {
        var letters = [UInt64](repeating: 0, count: (words.map(\.byteCount).max() ?? 0) + 1)
        for word in words where !word.isEmpty { letters[word.byteCount] |= 1 << UInt64(word.start[0] & 63) }
        self.letters = letters
    }

    @inline(__always)
    func mayHold(_ name: Text) -> Bool {
        let count = name.byteCount
        return count > 0 && count < letters.count && letters[count] & (1 << UInt64(name.start[0] & 63)) != 0
    }
}
