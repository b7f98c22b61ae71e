/// A piece of a template: text, a bracket of a tag, or a word within one.
struct Token: Sendable {
    enum Kind: Equatable, Sendable {
        case data
        case variableBegin, variableEnd
        case blockBegin, blockEnd
        case name, string, integer, float
        case symbol
        case end

        /// Whether nothing of a tag stands behind it.
        var endsTag: Bool {
            switch self {
            case .data, .variableBegin, .variableEnd, .blockBegin, .blockEnd, .end: true
            case .name, .string, .integer, .float, .symbol: false
            }
        }
    }

    var kind: Kind
    /// Bytes of the source; of `data`, what remains after white space was stripped.
    var start: Int
    var end: Int
    /// What a name, number or symbol spells, or a string says.
    var text: String

    /// As error messages name it.
    var description: String {
        switch kind {
        case .data: "template data"
        case .variableBegin: "begin of print statement"
        case .variableEnd: "end of print statement"
        case .blockBegin: "begin of statement block"
        case .blockEnd: "end of statement block"
        case .name, .symbol: text
        case .string: "string"
        case .integer: "integer"
        case .float: "float"
        case .end: "end of template"
        }
    }

    func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }
    func isName(_ name: String) -> Bool { kind == .name && text == name }
}
