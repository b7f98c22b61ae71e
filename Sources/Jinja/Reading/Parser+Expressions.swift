extension Parser {
    private func make(_ form: Expression.Form, _ start: Token) -> Expression {
        let end = index > 0 ? tokens[index - 1].end : start.end
        return Expression(form: form, offset: start.start, length: max(1, end - start.start))
    }

    /// An expression, or a tuple without brackets.
    mutating func tuple(
        mayBeEmpty: Bool, hasConditions: Bool = true, stopsAt stops: [String] = []
    ) throws(Fault) -> Expression {
        let start = token
        var items: [Expression] = []
        var isTuple = false
        while true {
            if isTuple || items.isEmpty, endsTuple(stops) { break }
            items.append(hasConditions ? try expression() : try either())
            guard token.isSymbol(",") else { break }
            advance()
            isTuple = true
        }
        if let only = items.first, !isTuple { return only }
        if items.isEmpty, !mayBeEmpty { throw fault("Expected an expression, got '\(token.description)'") }
        return make(.tuple(items), start)
    }

    private func endsTuple(_ stops: [String]) -> Bool {
        token.kind == .variableEnd || token.kind == .blockEnd || token.isSymbol(")")
            || stops.contains(where: token.isName)
    }

    mutating func expression() throws(Fault) -> Expression {
        try nested { (parser) throws(Fault) in try parser.conditional() }
    }

    private mutating func conditional() throws(Fault) -> Expression {
        let start = token
        var value = try either()
        while skip(name: "if") {
            try countOperator()
            let test = try either()
            var otherwise: Expression?
            if skip(name: "else") { otherwise = try expression() }
            value = make(.conditional(test: test, then: value, otherwise: otherwise), start)
        }
        return value
    }

    mutating func either() throws(Fault) -> Expression {
        try chain(Parser.both, { $0.skip(name: "or") }) { .or($0, $1) }
    }

    private static func both(_ parser: inout Parser) throws(Fault) -> Expression {
        try parser.chain(Parser.negation, { $0.skip(name: "and") }) { .and($0, $1) }
    }

    /// A left-leaning row of one operator; and the form that joins two operands.
    private mutating func chain(
        _ operand: (inout Parser) throws(Fault) -> Expression, _ skips: (inout Parser) -> Bool,
        _ form: (Expression, Expression) -> Expression.Form
    ) throws(Fault) -> Expression {
        let start = token
        var left = try operand(&self)
        while skips(&self) {
            try countOperator()
            let right = try operand(&self)
            left = make(form(left, right), start)
        }
        return left
    }

    /// Operators of one tag; each may be one level of the tree, and the tree is walked recursively.
    private static let longest = 500

    private mutating func countOperator() throws(Fault) {
        operatorCount += 1
        guard operatorCount <= Parser.longest else {
            throw Fault(
                .limit, "a tag must not have more than \(Parser.longest) operators", offset: token.start)
        }
    }

    private static func negation(_ parser: inout Parser) throws(Fault) -> Expression {
        let start = parser.token
        guard parser.skip(name: "not") else { return try parser.comparison() }
        let operand = try parser.nested { (parser) throws(Fault) in try negation(&parser) }
        return parser.make(.not(operand), start)
    }

    private mutating func comparison() throws(Fault) -> Expression {
        let start = token
        let first = try sum()
        var rest: [(relation: Comparing.Relation, operand: Expression)] = []
        while let relation = relation() { rest.append((relation, try sum())) }
        return rest.isEmpty ? first : make(.compare(first, rest), start)
    }

    private mutating func relation() -> Comparing.Relation? {
        if token.kind == .symbol, let relation = Comparing.Relation(rawValue: token.text) {
            advance()
            return relation
        }
        if skip(name: "in") { return .contained }
        if token.isName("not"), next.isName("in") {
            advance()
            advance()
            return .notContained
        }
        return nil
    }

    private mutating func sum() throws(Fault) -> Expression {
        try binary(["+": .add, "-": .subtract]) { (parser) throws(Fault) in try parser.concatenation() }
    }

    private mutating func binary(
        _ operations: [String: Operators.Binary], _ operand: (inout Parser) throws(Fault) -> Expression
    ) throws(Fault) -> Expression {
        let start = token
        var left = try operand(&self)
        while token.kind == .symbol, let operation = operations[token.text] {
            advance()
            try countOperator()
            let right = try operand(&self)
            left = make(.binary(operation, left, right), start)
        }
        return left
    }

    private mutating func concatenation() throws(Fault) -> Expression {
        let start = token
        var parts = [try product()]
        while skip(symbol: "~") { parts.append(try product()) }
        return parts.count == 1 ? parts[0] : make(.concatenate(parts), start)
    }

    private mutating func product() throws(Fault) -> Expression {
        try binary(["*": .multiply, "/": .divide, "//": .floorDivide, "%": .modulo]) { (parser) throws(Fault) in
            try parser.power()
        }
    }

    private mutating func power() throws(Fault) -> Expression {
        try binary(["**": .power]) { (parser) throws(Fault) in try parser.unary() }
    }

    private mutating func unary(hasFilters: Bool = true) throws(Fault) -> Expression {
        let start = token
        var value: Expression
        if skip(symbol: "-") {
            let operand = try nested { (parser) throws(Fault) in try parser.unary(hasFilters: false) }
            value = make(.negate(operand), start)
        } else if skip(symbol: "+") {
            let operand = try nested { (parser) throws(Fault) in try parser.unary(hasFilters: false) }
            value = make(.plus(operand), start)
        } else {
            value = try primary()
        }
        value = try postfix(value, start)
        return hasFilters ? try filtersAndTests(value, start) : value
    }

    private mutating func primary() throws(Fault) -> Expression {
        let start = token
        switch start.kind {
        case .name:
            advance()
            switch start.text {
            case "true", "True": return make(.literal(.bool(true)), start)
            case "false", "False": return make(.literal(.bool(false)), start)
            case "none", "None": return make(.literal(.none), start)
            default: return make(.name(start.text), start)
            }
        case .string:
            var text = advance().text
            while token.kind == .string { text += advance().text }
            return make(.literal(.text(Text(text))), start)
        case .integer:
            advance()
            return make(.literal(try integer(start)), start)
        case .float:
            advance()
            return make(.literal(.float(Double(start.text.filter { $0 != "_" }) ?? .infinity)), start)
        case .symbol: break
        case .data, .variableBegin, .variableEnd, .blockBegin, .blockEnd, .end:
            throw fault("unexpected '\(start.description)'")
        }
        switch start.text {
        case "(":
            advance()
            let value = try nested { (parser) throws(Fault) in try parser.tuple(mayBeEmpty: true) }
            try expect(symbol: ")")
            return value
        case "[": return try list(start)
        case "{": return try map(start)
        default: throw fault("unexpected '\(start.text)'")
        }
    }

    private func integer(_ token: Token) throws(Fault) -> Literal {
        let digits = token.text.lowercased().filter { $0 != "_" }
        let radix: UInt32 = digits.hasPrefix("0x") ? 16 : digits.hasPrefix("0o") ? 8 : digits.hasPrefix("0b") ? 2 : 10
        let body = radix == 10 ? Substring(digits) : digits.dropFirst(2)
        if let int = Int(body, radix: Int(radix)) { return .int(int) }
        guard let big = BigInt(body.utf8, radix: radix) else {
            throw Fault(.limit, "a whole number must stay below 10,000 digits", offset: token.start)
        }
        return .big(big)
    }

    private mutating func list(_ start: Token) throws(Fault) -> Expression {
        advance()
        var items: [Expression] = []
        while !token.isSymbol("]") {
            if !items.isEmpty { try expect(symbol: ",") }
            if token.isSymbol("]") { break }
            items.append(try expression())
        }
        try expect(symbol: "]")
        return make(.list(items), start)
    }

    private mutating func map(_ start: Token) throws(Fault) -> Expression {
        advance()
        var members: [(key: Expression, value: Expression)] = []
        while !token.isSymbol("}") {
            if !members.isEmpty { try expect(symbol: ",") }
            if token.isSymbol("}") { break }
            let key = try expression()
            try expect(symbol: ":")
            members.append((key, try expression()))
        }
        try expect(symbol: "}")
        return make(.map(members), start)
    }

    // MARK: What follows a value

    private mutating func postfix(_ value: Expression, _ start: Token) throws(Fault) -> Expression {
        var value = value
        while true {
            if token.isSymbol(".") || token.isSymbol("[") {
                value = try subscripted(value, start)
            } else if token.isSymbol("(") {
                let paren = token
                value = Expression(
                    form: .call(value, try callArguments()), offset: paren.start,
                    length: max(1, tokens[index - 1].end - paren.start))
            } else {
                return value
            }
            try countOperator()
        }
    }

    private mutating func subscripted(_ value: Expression, _ start: Token) throws(Fault) -> Expression {
        let mark = advance()
        if mark.text == "." {
            let name = advance()
            if name.kind == .name {
                return Expression(
                    form: .attribute(value, name.text), offset: mark.start, length: name.end - mark.start)
            }
            guard name.kind == .integer, let index = Int(name.text.filter { $0 != "_" }) else {
                throw fault("expected name or number", at: name)
            }
            let key = Expression(form: .literal(.int(index)), offset: name.start, length: name.end - name.start)
            return Expression(form: .item(value, key), offset: mark.start, length: name.end - mark.start)
        }
        var keys: [Expression] = []
        while !token.isSymbol("]") {
            if !keys.isEmpty { try expect(symbol: ",") }
            keys.append(try nested { (parser) throws(Fault) in try parser.key() })
        }
        try expect(symbol: "]")
        let key: Expression
        if keys.count == 1 { key = keys[0] } else { key = make(.tuple(keys), mark) }
        return Expression(
            form: .item(value, key), offset: mark.start, length: max(1, tokens[index - 1].end - mark.start))
    }

    private mutating func key() throws(Fault) -> Expression {
        let start = token
        var parts: [Expression?] = []
        if token.isSymbol(":") {
            parts.append(nil)
        } else {
            let first = try expression()
            guard token.isSymbol(":") else { return first }
            parts.append(first)
        }
        while parts.count < 3, skip(symbol: ":") {
            let isEmpty = token.isSymbol("]") || token.isSymbol(",") || token.isSymbol(":")
            parts.append(isEmpty ? nil : try expression())
        }
        let step = parts.count > 2 ? parts[2] : nil
        return make(.slice(start: parts[0], stop: parts.count > 1 ? parts[1] : nil, step: step), start)
    }

    mutating func callArguments() throws(Fault) -> CallArguments {
        let start = token
        try expect(symbol: "(")
        var arguments = CallArguments()
        var isFirst = true
        while !token.isSymbol(")") {
            if !isFirst {
                try expect(symbol: ",")
                if token.isSymbol(")") { break }
            }
            isFirst = false
            let isOrdered: Bool
            if skip(symbol: "*") {
                isOrdered = arguments.spread == nil && arguments.namedSpread == nil
                arguments.spread = try expression()
            } else if skip(symbol: "**") {
                isOrdered = arguments.namedSpread == nil
                arguments.namedSpread = try expression()
            } else if token.kind == .name, next.isSymbol("=") {
                isOrdered = arguments.namedSpread == nil
                let name = advance().text
                advance()
                arguments.named.append((name, try expression()))
            } else {
                isOrdered = arguments.spread == nil && arguments.namedSpread == nil && arguments.named.isEmpty
                arguments.positional.append(try expression())
            }
            guard isOrdered else { throw fault("invalid syntax for function call expression", at: start) }
        }
        try expect(symbol: ")")
        return arguments
    }

    private mutating func filtersAndTests(_ value: Expression, _ start: Token) throws(Fault) -> Expression {
        var value = value
        while true {
            if token.isSymbol("|") {
                value = try filters(value)
            } else if token.isName("is") {
                value = try test(value)
            } else if token.isSymbol("(") {
                value = try postfix(value, start)
            } else {
                return value
            }
            try countOperator()
        }
    }

    /// A row of filters; `startsInline` where the first has no bar, as in `{% filter upper %}`.
    mutating func filters(_ value: Expression?, startsInline: Bool = false) throws(Fault) -> Expression {
        var value = value
        var startsInline = startsInline
        while token.isSymbol("|") || startsInline {
            if !startsInline { advance() }
            startsInline = false
            let start = try expect(.name, "name")
            var name = start.text
            while skip(symbol: ".") { name += "." + (try expect(.name, "name")).text }
            let arguments = token.isSymbol("(") ? try callArguments() : CallArguments()
            value = make(.filter(value, name, arguments), start)
            try countOperator()
        }
        guard let value else { throw unexpected("name") }
        return value
    }

    private mutating func test(_ value: Expression) throws(Fault) -> Expression {
        let start = advance()
        let isNegated = skip(name: "not")
        var name = try expect(.name, "name").text
        while skip(symbol: ".") { name += "." + (try expect(.name, "name")).text }
        var arguments = CallArguments()
        if token.isSymbol("(") {
            arguments = try callArguments()
        } else if startsTestArgument {
            if token.isName("is") { throw fault("You cannot chain multiple tests with is") }
            let first = token
            let operand = try nested { (parser) throws(Fault) in try parser.primary() }
            arguments.positional = [try postfix(operand, first)]
        }
        return make(.test(value, name, arguments, isNegated: isNegated), start)
    }

    private var startsTestArgument: Bool {
        switch token.kind {
        case .name: !["else", "or", "and"].contains(token.text)
        case .string, .integer, .float: true
        case .symbol: ["(", "[", "{"].contains(token.text)
        case .data, .variableBegin, .variableEnd, .blockBegin, .blockEnd, .end: false
        }
    }
}
