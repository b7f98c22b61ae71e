import Documents

extension Parser {
    mutating func condition() throws(Fault) -> Statement.Form {
        var branches: [Statement.Branch] = []
        var otherwise = Statement.Body()
        var offset = tokens[index - 1].start
        while true {
            let test = try head(or: nothing(at: offset)) {
                (parser) throws(Fault) in
                try parser.tuple(mayBeEmpty: false, hasConditions: false)
            }
            let body = try statements(until: Ends(.elif, .else, .endif))
            branches.append(Statement.Branch(test: test, body: body, offset: offset))
            let end = advance()
            if end.isName(.elif) {
                offset = token.start
                continue
            }
            if end.isName(.else) { otherwise = try self.body(ending: .endif) }
            return .condition(Several(branches[...], in: nodes), otherwise: otherwise)
        }
    }

    /// What stands in a tag that opens a body; in the place of a faulty one something, so that the body can be read.
    private mutating func head<Head>(
        or fallback: Head, _ read: (inout Parser) throws(Fault) -> Head
    ) throws(Fault) -> Head {
        do throws(Fault) {
            let head = try read(&self)
            try openBody()
            return head
        } catch {
            try recover(error, behind: .blockEnd)
            advance()
            return fallback
        }
    }

    private typealias LoopHead = (target: Target, items: Expression, condition: Expression?, isRecursive: Bool)

    private mutating func loopHead() throws(Fault) -> LoopHead {
        let target = try assignmentTarget(stopsAt: .in)
        if target.names.contains(where: { $0 == "loop" }) {
            throw Fault(
                .assertion, "Can't assign to special loop variable in for-loop target", offset: tokens[index - 1].start)
        }
        try expect(name: .in)
        let items = try tuple(mayBeEmpty: false, hasConditions: false, stopsAt: .recursive)
        let condition = skip(name: .if) ? try expression() : nil
        return (target, items, condition, skip(name: .recursive))
    }

    /// In the place of an expression that could not be read.
    private func nothing(at offset: Int) -> Expression {
        Expression(.literal(.none), offset: offset, length: 1, in: nodes)
    }

    mutating func loop() throws(Fault) -> Statement.Form {
        let nothing = nothing(at: token.start)
        let head = try head(or: LoopHead(.tuple(Several()), nothing, nil, false)) { (parser) throws(Fault) in
            try parser.loopHead()
        }
        let before = mentions
        let body = try statements(until: Ends(.endfor, .else))
        let readsLoop = head.isRecursive || (mentions - before).loop > 0
        let otherwise = advance().isName(.else) ? try self.body(ending: .endfor) : Statement.Body()
        return .loop(
            Statement.Loop(
                target: head.target, items: head.items, condition: head.condition, body: body, otherwise: otherwise,
                isRecursive: head.isRecursive, readsLoop: readsLoop))
    }

    mutating func set() throws(Fault) -> Statement.Form {
        let target = try assignmentTarget(allowsMembers: true)
        if skip(symbol: .assign) { return .set(target, try tuple(mayBeEmpty: false)) }
        var filter: Expression?
        if token.isSymbol(.bar) { filter = try filters(nil) }
        return .setBlock(target, filter: filter, body: try body(ending: .endset))
    }

    mutating func with() throws(Fault) -> Statement.Form {
        var assignments: [Statement.Assignment] = []
        while token.kind != .blockEnd {
            if !assignments.isEmpty { try expect(symbol: .comma) }
            let target = try assignmentTarget()
            try expect(symbol: .assign)
            assignments.append(Statement.Assignment(target: target, value: try expression()))
        }
        return .with(Several(assignments[...], in: nodes), body: try body(ending: .endwith))
    }

    private mutating func parameters() throws(Fault) -> Several<Parameter> {
        var parameters: [Parameter] = []
        try expect(symbol: .open)
        while !token.isSymbol(.close) {
            if !parameters.isEmpty { try expect(symbol: .comma) }
            let name = try expect(.name, "name")
            if name.isConstant { throw fault("can't assign to 'const'", at: name) }
            var initial: Expression?
            if skip(symbol: .assign) {
                initial = try expression()
            } else if parameters.last?.initial != nil {
                throw fault("non-default argument follows default argument", at: name)
            }
            parameters.append(Parameter(name: name.text, offset: name.start, initial: initial))
        }
        try expect(symbol: .close)
        return Several(parameters[...], in: nodes)
    }

    mutating func macro() throws(Fault) -> Statement.Form {
        let name = try expect(.name, "name")
        if name.isConstant { throw fault("can't assign to 'const'", at: name) }
        let parameters = try parameters()
        let before = mentions
        let body = try body(ending: .endmacro)
        return .macro(
            Statement.Macro(name: name.text, parameters: parameters, body: body, mentions: mentions - before))
    }

    mutating func call() throws(Fault) -> Statement.Form {
        let parameters = token.isSymbol(.open) ? try parameters() : Several()
        let callee = try expression()
        guard case .call = callee.form else { throw fault("expected call", hint: "call a macro: {% call name() %}") }
        let before = mentions
        let body = try body(ending: .endcall)
        return .call(
            callee,
            Statement.Macro(name: "", parameters: parameters, body: body, mentions: mentions - before))
    }

    mutating func filterBlock() throws(Fault) -> Statement.Form {
        let filter = try filters(nil, startsInline: true)
        return .filterBlock(filter, body: try body(ending: .endfilter))
    }

    mutating func block() throws(Fault) -> Statement.Form {
        let name = try expect(.name, "name")
        guard blockNames.insert(name.text).inserted else {
            throw Fault(
                .assertion, "block '\(name.text.string)' defined twice", hint: "give the second block another name",
                offset: name.start, length: name.text.byteCount)
        }
        let isScoped = skip(name: .scoped)
        let isRequired = skip(name: .required)
        if token.isSymbol(.minus) {
            throw fault("block names must not hold '-'", hint: "use an underscore")
        }
        let before = mentions
        let body = try body(ending: .endblock)
        if token.kind == .name, token.text == name.text { advance() }
        if isRequired, !body.allSatisfy({ $0.isBlank(in: source.bytes) }) {
            throw fault("a required block must hold only comments and white space", at: name)
        }
        return .block(
            Statement.Block(
                name: name.text, body: body, isScoped: isScoped, isRequired: isRequired, mentions: mentions - before))
    }

    mutating func include() throws(Fault) -> Statement.Form {
        let template = try expression()
        var ignoresMissing = false
        if token.isName(.ignore), next.isName(.missing) {
            ignoresMissing = true
            advance()
            advance()
        }
        return .include(template, ignoresMissing: ignoresMissing, hasContext: contextChoice(default: true) ?? true)
    }

    /// `with context` or `without context`; `nil` when neither stands there and `default` is to hold.
    private mutating func contextChoice(default: Bool) -> Bool? {
        guard token.isName(.with) || token.isName(.without), next.isName(.context) else { return nil }
        let has = advance().isName(.with)
        advance()
        return has
    }

    mutating func importModule() throws(Fault) -> Statement.Form {
        let template = try expression()
        try expect(name: .as)
        let name = try expect(.name, "name")
        return .importModule(template, name: name.text, hasContext: contextChoice(default: false) ?? false)
    }

    mutating func importNames() throws(Fault) -> Statement.Form {
        let template = try expression()
        try expect(name: .import)
        var names: [Statement.Import] = []
        while true {
            if !names.isEmpty, !skip(symbol: .comma) { break }
            if let has = contextChoice(default: false) {
                return .importNames(template, Several(names[...], in: nodes), hasContext: has)
            }
            if token.kind == .blockEnd, !names.isEmpty { break }
            let name = try expect(.name, "name")
            if name.text.hasPrefix("_") {
                throw Fault(
                    .assertion, "names starting with an underline can not be imported", offset: name.start,
                    length: name.text.byteCount)
            }
            let alias = skip(name: .as) ? try expect(.name, "name") : name
            names.append(Statement.Import(name: name.text, alias: alias.text))
        }
        let hasContext = contextChoice(default: false) ?? false
        return .importNames(template, Several(names[...], in: nodes), hasContext: hasContext)
    }

    // MARK: Targets

    mutating func assignmentTarget(
        allowsMembers: Bool = false, stopsAt stop: Word? = nil
    ) throws(Fault) -> Target {
        var targets: [Target] = []
        var isTuple = false
        while true {
            if isTuple, token.kind == .blockEnd || token.isSymbol(.assign) || stop.map({ token.isName($0) }) ?? false {
                break
            }
            targets.append(try oneTarget(allowsMembers: allowsMembers))
            guard token.isSymbol(.comma) else { break }
            advance()
            isTuple = true
        }
        if let only = targets.first, !isTuple { return only }
        return .tuple(Several(targets[...], in: nodes))
    }

    private mutating func oneTarget(allowsMembers: Bool) throws(Fault) -> Target {
        let first = token
        if skip(symbol: .open) {
            var targets: [Target] = []
            var isTuple = false
            while !token.isSymbol(.close) {
                targets.append(
                    try nested { (parser) throws(Fault) in try parser.oneTarget(allowsMembers: allowsMembers) })
                guard skip(symbol: .comma) else { break }
                isTuple = true
            }
            try expect(symbol: .close)
            if let only = targets.first, !isTuple { return only }
            return .tuple(Several(targets[...], in: nodes))
        }
        switch first.kind {
        case .name:
            if first.isConstant { throw fault("can't assign to 'const'") }
            advance()
            if allowsMembers, token.isSymbol(.dot) {
                advance()
                let member = try expect(.name, "name")
                mentions.note(first.word)
                return .member(name: first.text, member: member.text, offset: first.start)
            }
            return .name(first.text, offset: first.start)
        case .integer, .float, .string: throw fault("can't assign to 'const'")
        case .data, .variableBegin, .variableEnd, .blockBegin, .blockEnd, .symbol, .end:
            throw fault("unexpected '\(first.description)'")
        }
    }
}

extension Token {
    var isConstant: Bool {
        switch word {
        case .true, .false, .nothing, .True, .False, .None: true
        default: false
        }
    }
}

extension Statement {
    func isBlank(in bytes: [UInt8]) -> Bool {
        guard case .text(let range) = form else { return false }
        return bytes[range.range].allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
    }
}
