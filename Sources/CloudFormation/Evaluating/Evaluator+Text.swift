internal import Documents

extension Evaluator {
    /// A piece of text that is put together: known, or a term that is not.
    private enum Piece {
        case text(String)
        case unknown(Value)
    }

    mutating func substitution(_ parts: [SubPart], _ variables: [Expression.Member], at position: Position) -> Term? {
        var pieces: [Piece] = []
        for part in parts {
            switch part {
            case .text(let text): pieces.append(.text(text))
            case .variable(let name):
                guard let term = variable(name, variables, at: position),
                    let piece = piece(term, of: .sub, at: position)
                else { continue }
                pieces.append(piece)
            }
        }
        return together(pieces, at: position)
    }

    private mutating func variable(_ name: String, _ variables: [Expression.Member], at position: Position) -> Term? {
        if let own = variables.first(where: { $0.name == name }) { return term(own.value) }
        guard let dot = name.firstIndex(of: ".") else {
            return name == "AWS::NoValue" ? nil : reference(name, at: position)
        }
        let attribute = Expression(.literal(.string(String(name[name.index(after: dot)...]))), at: position)
        return self.attribute(attribute, of: String(name[..<dot]), at: position)
    }

    mutating func join(_ delimiter: String, _ list: Term, at position: Position) -> Term {
        guard case .list(let items) = list.form else {
            if case .opaque(let value) = list.form {
                return Term(.opaque(["Fn::Join": [.string(delimiter), value]]), at: position)
            }
            return shapeFault(.join, "a list of texts", list, at: position)
        }
        var pieces: [Piece] = []
        for (index, item) in items.enumerated() {
            if index > 0 { pieces.append(.text(delimiter)) }
            if let piece = piece(item, of: .join, at: position) { pieces.append(piece) }
        }
        return together(pieces, at: position)
    }

    private mutating func piece(_ term: Term, of function: Function, at position: Position) -> Piece? {
        switch term.form {
        case .scalar, .encoded:
            if let text = term.text ?? term.value.string { return .text(text) }
            _ = shapeFault(function, "text to put together", term, at: position)
            return nil
        case .opaque(let value): return .unknown(value)
        case .list, .object:
            _ = shapeFault(function, "text to put together", term, at: position)
            return nil
        }
    }

    /// One text, or one join in which known pieces that touch are one: however it was written, it is the same term.
    private mutating func together(_ pieces: [Piece], at position: Position) -> Term {
        var items: [Value] = []
        var run = ""
        for piece in pieces {
            switch piece {
            case .text(let text):
                guard spend(text.utf8.count, at: position) else { return Term(.opaque(.null), at: position) }
                run += text
            case .unknown(let value):
                if case .list(let inner)? = value["Fn::Join"], inner.count == 2, inner[0] == "",
                    case .list(let parts) = inner[1]
                {
                    for part in parts {
                        // What is looked up stays a part of its own.
                        if case .string(let text) = part, !text.hasPrefix("{{resolve:") {
                            run += text
                        } else {
                            flush(&run, into: &items)
                            items.append(part)
                        }
                    }
                } else {
                    flush(&run, into: &items)
                    items.append(value)
                }
            }
        }
        if items.isEmpty { return Term(.scalar(.string(run)), at: position) }
        flush(&run, into: &items)
        return Term(.opaque(items.count == 1 ? items[0] : ["Fn::Join": ["", .list(items)]]), at: position)
    }

    private func flush(_ run: inout String, into items: inout [Value]) {
        if !run.isEmpty { items.append(.string(run)) }
        run = ""
    }

    /// Notes that a function got what it cannot take, and leaves the term open.
    mutating func shapeFault(_ function: Function, _ wanted: String, _ term: Term, at position: Position) -> Term {
        report(
            "cloudformation.functionValue",
            "\(function.rawValue) must have \(wanted), but has \(term.value.kind).", at: position)
        return Term(.opaque([function.rawValue: term.value] as Value), at: position)
    }
}
