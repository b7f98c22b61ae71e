extension Parser {
    private func make(_ form: Expression.Form, _ start: Token) -> Expression {
        make(form, start.start, to: index > 0 ? tokens[index - 1].end : start.end)
    }

    private func make(_ form: Expression.Form, _ start: Int, to end: Int) -> Expression {
        Expression(form, offset: start, length: max(1, end - start), in: nodes)
    }

    private func several<T: BitwiseCopyable>(_ items: [T]) -> Several<T> { Several(items, in: nodes) }

    /// An expression, or a tuple without brackets.
    mutating func tuple(
        mayBeEmpty: Bool, hasConditions: Bool = true, stopsAt stop: Word? = nil
    ) throws(Fault) -> Expression {
        let start = token
        if !endsTuple(stop) {
            let only = hasConditions ? try expression() : try either()
            guard token.isSymbol(.comma) else { return only }
            advance()
            return try tuple(from: only, start, hasConditions: hasConditions, stopsAt: stop)
        }
        if !mayBeEmpty { throw fault("Expected an expression, got '\(token.description)'") }
        return make(.tuple(Several()), start)
    }

    private mutating func tuple(
        from first: Expression, _ start: Token, hasConditions: Bool, stopsAt stop: Word?
    ) throws(Fault) -> Expression {
        var items = [first]
        while !endsTuple(stop) {
            items.append(hasConditions ? try expression() : try either())
            guard token.isSymbol(.comma) else { break }
            advance()
        }
        return make(.tuple(several(items)), start)
    }

    private func endsTuple(_ stop: Word?) -> Bool {
        let token = token
        return token.kind == .variableEnd || token.kind == .blockEnd || token.isSymbol(.close)
            || stop.map { token.isName($0) } ?? false
    }

    mutating func expression() throws(Fault) -> Expression {
        try nested { (parser) throws(Fault) in try parser.conditional() }
    }

    private mutating func conditional() throws(Fault) -> Expression {
        let start = token
        var value = try either()
        while skip(name: .if) {
            try countOperator()
            let test = try either()
            var otherwise: Expression?
            if skip(name: .else) { otherwise = try expression() }
            value = make(.conditional(test: test, then: value, otherwise: otherwise), start)
        }
        return value
    }

    mutating func either() throws(Fault) -> Expression { try operators(.or) }

    /// How tightly operators bind, the loosest first.
    private enum Level: Int, Comparable {
        case or, and, comparison, sum, concatenation, product, power, operand

        static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    /// An operand and the operators behind it that bind at least as tightly as `level`.
    private mutating func operators(_ level: Level) throws(Fault) -> Expression {
        let start = token
        var left: Expression
        if level <= .comparison, start.isName(.not) {
            advance()
            let operand = try nested { (parser) throws(Fault) in try parser.operators(.comparison) }
            left = make(.not(operand), start)
        } else {
            left = try unary()
        }
        while !token.kind.endsTag, let (next, operation) = operation(), next >= level {
            if next == .comparison {
                left = try comparison(left, start)
                continue
            }
            if next == .concatenation {
                left = try concatenation(left, start)
                continue
            }
            advance()
            try countOperator()
            let right = try operators(Level(rawValue: next.rawValue + 1) ?? .operand)
            let form: Expression.Form =
                if let operation {
                    .binary(operation, left, right)
                } else {
                    next == .and ? .and(left, right) : .or(left, right)
                }
            left = make(form, start)
        }
        return left
    }

    /// What the token joins, and how tightly.
    private func operation() -> (Level, Operators.Binary?)? {
        let token = token
        switch token.symbol {
        case .plus: return (.sum, .add)
        case .minus: return (.sum, .subtract)
        case .tilde: return (.concatenation, nil)
        case .times: return (.product, .multiply)
        case .slash: return (.product, .divide)
        case .floorDivide: return (.product, .floorDivide)
        case .percent: return (.product, .modulo)
        case .power: return (.power, .power)
        case .equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual: return (.comparison, nil)
        case .none: break
        default: return nil
        }
        switch token.word {
        case .and: return (.and, nil)
        case .or: return (.or, nil)
        case .in: return (.comparison, nil)
        case .not: return next.isName(.in) ? (.comparison, nil) : nil
        default: return nil
        }
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

    private mutating func comparison(_ first: Expression, _ start: Token) throws(Fault) -> Expression {
        var rest: [Expression.Comparison] = []
        while let relation = relation() {
            rest.append(Expression.Comparison(relation: relation, operand: try operators(.sum)))
        }
        return make(.compare(first, several(rest)), start)
    }

    private mutating func relation() -> Comparing.Relation? {
        let relation: Comparing.Relation? =
            switch token.symbol {
            case .equal: .equal
            case .unequal: .unequal
            case .less: .less
            case .lessOrEqual: .lessOrEqual
            case .greater: .greater
            case .greaterOrEqual: .greaterOrEqual
            default: nil
            }
        if let relation {
            advance()
            return relation
        }
        if skip(name: .in) { return .contained }
        if token.isName(.not), next.isName(.in) {
            advance()
            advance()
            return .notContained
        }
        return nil
    }

    private mutating func concatenation(_ first: Expression, _ start: Token) throws(Fault) -> Expression {
        var parts = [first]
        while skip(symbol: .tilde) { parts.append(try operators(.product)) }
        return make(.concatenate(several(parts)), start)
    }

    private mutating func unary(hasFilters: Bool = true) throws(Fault) -> Expression {
        let start = token
        var value: Expression
        if skip(symbol: .minus) {
            let operand = try nested { (parser) throws(Fault) in try parser.unary(hasFilters: false) }
            value = make(.negate(operand), start)
        } else if skip(symbol: .plus) {
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
            switch start.word {
            case .true, .True: return make(.literal(.bool(true)), start)
            case .false, .False: return make(.literal(.bool(false)), start)
            case .nothing, .None: return make(.literal(.none), start)
            default:
                mentions.note(start.word)
                return make(.name(start.text), start)
            }
        case .string:
            var text = advance().text
            while token.kind == .string { text = Text.joined(text, advance().text, isSafe: false) }
            return make(.literal(.text(text)), start)
        case .integer:
            advance()
            return make(.literal(try integer(start)), start)
        case .float:
            advance()
            return make(.literal(.float(Double(start.text.string.filter { $0 != "_" }) ?? .infinity)), start)
        case .symbol: break
        case .data, .variableBegin, .variableEnd, .blockBegin, .blockEnd, .end:
            throw fault("unexpected '\(start.description)'")
        }
        switch start.symbol {
        case .open:
            advance()
            let value = try nested { (parser) throws(Fault) in try parser.tuple(mayBeEmpty: true) }
            try expect(symbol: .close)
            return value
        case .openBracket: return try list(start)
        case .openBrace: return try map(start)
        default: throw fault("unexpected '\(start.text.string)'")
        }
    }

    private func integer(_ token: Token) throws(Fault) -> Item {
        if let int = token.text.shortNumber { return .int(int) }
        let digits = token.text.string.lowercased().filter { $0 != "_" }
        let radix: UInt32 = digits.hasPrefix("0x") ? 16 : digits.hasPrefix("0o") ? 8 : digits.hasPrefix("0b") ? 2 : 10
        let body = radix == 10 ? Substring(digits) : digits.dropFirst(2)
        if let int = Int(body, radix: Int(radix)) { return .int(int) }
        guard let big = BigInt(body.utf8, radix: radix) else {
            throw Fault(
                .limit, "a whole number must have at most \(radix == 10 ? BigInt.mostDigits : 10_000) digits",
                offset: token.start)
        }
        return .big(big)
    }

    private mutating func list(_ start: Token) throws(Fault) -> Expression {
        advance()
        var items: [Expression] = []
        while !token.isSymbol(.closeBracket) {
            if !items.isEmpty { try expect(symbol: .comma) }
            if token.isSymbol(.closeBracket) { break }
            items.append(try expression())
        }
        try expect(symbol: .closeBracket)
        return make(.list(several(items)), start)
    }

    private mutating func map(_ start: Token) throws(Fault) -> Expression {
        advance()
        var members: [Expression.Member] = []
        while !token.isSymbol(.closeBrace) {
            if !members.isEmpty { try expect(symbol: .comma) }
            if token.isSymbol(.closeBrace) { break }
            let key = try expression()
            try expect(symbol: .colon)
            members.append(Expression.Member(key: key, value: try expression()))
        }
        try expect(symbol: .closeBrace)
        return make(.map(several(members)), start)
    }

    // MARK: What follows a value

    private mutating func postfix(_ value: Expression, _ start: Token) throws(Fault) -> Expression {
        var value = value
        while true {
            if token.isSymbol(.dot) || token.isSymbol(.openBracket) {
                value = try subscripted(value, start)
            } else if token.isSymbol(.open) {
                let paren = token
                let arguments = try callArguments()
                value = make(.call(value, arguments), paren.start, to: tokens[index - 1].end)
            } else {
                return value
            }
            try countOperator()
        }
    }

    private mutating func subscripted(_ value: Expression, _ start: Token) throws(Fault) -> Expression {
        let mark = advance()
        if mark.isSymbol(.dot) {
            let name = advance()
            if name.kind == .name {
                return make(.attribute(value, name.text), mark.start, to: name.end)
            }
            guard name.kind == .integer, let index = Int(name.text.string.filter { $0 != "_" }) else {
                throw fault("expected name or number", at: name)
            }
            let key = make(.literal(.int(index)), name.start, to: name.end)
            return make(.item(value, key), mark.start, to: name.end)
        }
        var keys: [Expression] = []
        while !token.isSymbol(.closeBracket) {
            if !keys.isEmpty { try expect(symbol: .comma) }
            keys.append(try nested { (parser) throws(Fault) in try parser.key() })
        }
        try expect(symbol: .closeBracket)
        let key: Expression
        if keys.count == 1 { key = keys[0] } else { key = make(.tuple(several(keys)), mark) }
        return make(.item(value, key), mark.start, to: tokens[index - 1].end)
    }

    private mutating func key() throws(Fault) -> Expression {
        let start = token
        var parts: [Expression?] = []
        if token.isSymbol(.colon) {
            parts.append(nil)
        } else {
            let first = try expression()
            guard token.isSymbol(.colon) else { return first }
            parts.append(first)
        }
        while parts.count < 3, skip(symbol: .colon) {
            let isEmpty = token.isSymbol(.closeBracket) || token.isSymbol(.comma) || token.isSymbol(.colon)
            parts.append(isEmpty ? nil : try expression())
        }
        let step = parts.count > 2 ? parts[2] : nil
        return make(.slice(start: parts[0], stop: parts.count > 1 ? parts[1] : nil, step: step), start)
    }

    mutating func callArguments() throws(Fault) -> CallArguments {
        let start = token
        try expect(symbol: .open)
        var positional: [Expression] = []
        var named: [CallArguments.Named] = []
        var spread: Expression?
        var namedSpread: Expression?
        var isFirst = true
        while !token.isSymbol(.close) {
            if !isFirst {
                try expect(symbol: .comma)
                if token.isSymbol(.close) { break }
            }
            isFirst = false
            let isOrdered: Bool
            if skip(symbol: .times) {
                isOrdered = spread == nil && namedSpread == nil
                spread = try expression()
            } else if skip(symbol: .power) {
                isOrdered = namedSpread == nil
                namedSpread = try expression()
            } else if token.kind == .name, next.isSymbol(.assign) {
                isOrdered = namedSpread == nil
                let name = advance().text
                advance()
                named.append(CallArguments.Named(name: name, value: try expression()))
            } else {
                isOrdered = spread == nil && namedSpread == nil && named.isEmpty
                positional.append(try expression())
            }
            guard isOrdered else { throw fault("invalid syntax for function call expression", at: start) }
        }
        try expect(symbol: .close)
        return CallArguments(
            several(positional), several(named), spread: spread, namedSpread: namedSpread, in: nodes)
    }

    private mutating func filtersAndTests(_ value: Expression, _ start: Token) throws(Fault) -> Expression {
        var value = value
        while true {
            if token.isSymbol(.bar) {
                value = try filters(value)
            } else if token.isName(.is) {
                value = try test(value)
            } else if token.isSymbol(.open) {
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
        while token.isSymbol(.bar) || startsInline {
            if !startsInline { advance() }
            startsInline = false
            let start = try expect(.name, "name")
            let name = try dotted(start.text)
            let arguments = token.isSymbol(.open) ? try callArguments() : CallArguments()
            value = make(.filter(value, name, arguments), start)
            try countOperator()
        }
        guard let value else { throw unexpected("name") }
        return value
    }

    /// The name of a filter or test, which may have dots.
    private mutating func dotted(_ first: Text) throws(Fault) -> Text {
        var name = first
        while skip(symbol: .dot) {
            name = Text.joined(Text.joined(name, ".", isSafe: false), try expect(.name, "name").text, isSafe: false)
        }
        return name
    }

    private mutating func test(_ value: Expression) throws(Fault) -> Expression {
        let start = advance()
        let isNegated = skip(name: .not)
        let name = try dotted(expect(.name, "name").text)
        var arguments = CallArguments()
        if token.isSymbol(.open) {
            arguments = try callArguments()
        } else if startsTestArgument {
            if token.isName(.is) { throw fault("You cannot chain multiple tests with is") }
            let first = token
            let operand = try nested { (parser) throws(Fault) in try parser.primary() }
            arguments = CallArguments(several([try postfix(operand, first)]), in: nodes)
        }
        return make(.test(value, name, arguments, isNegated: isNegated), start)
    }

    private var startsTestArgument: Bool {
        switch token.kind {
        case .name: !(token.isName(.else) || token.isName(.or) || token.isName(.and))
        case .string, .integer, .float: true
        case .symbol: token.isSymbol(.open) || token.isSymbol(.openBracket) || token.isSymbol(.openBrace)
        case .data, .variableBegin, .variableEnd, .blockBegin, .blockEnd, .end: false
        }
    }
}

extension Text {
    /// A number of few digits and nothing else.
    fileprivate var shortNumber: Int? {
        guard byteCount <= 9 else { return nil }
        var number = 0
        for byte in bytes {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return number
    }
}
