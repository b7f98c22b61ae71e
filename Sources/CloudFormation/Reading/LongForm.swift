internal import Documents

/// Short and long forms of intrinsic functions brought to one: `!GetAtt A.B` is `{"Fn::GetAtt": ["A", "B"]}`.
enum LongForm {
    /// Deeper values are cut: the reader of documents refuses them before.
    static let depthLimit = 256

    /// The whole value of `node`, every tag written as its function.
    static func value(of node: Node, depth: Int = 0) -> Value {
        guard depth < depthLimit else { return .null }
        if let (name, parameter) = tagged(node) {
            return .object(Object([(name, self.parameter(of: name, parameter, depth: depth))]))
        }
        switch node.content {
        case .scalar(let scalar): return scalar.value
        case .list(let items): return .list(items.map { value(of: $0, depth: depth + 1) })
        case .object(let members):
            return .object(Object(members.map { ($0.name, value(of: $0.value, depth: depth + 1)) }))
        }
    }

    /// A function call in either form: its long name, and its parameter without the tag.
    static func call(_ node: Node) -> (name: String, parameter: Node)? {
        if let tagged = tagged(node) {
            guard tagged.name == Function.getAtt.rawValue, let parts = attributeParts(tagged.parameter) else {
                return tagged
            }
            return (tagged.name, parts)
        }
        guard case .object(let members) = node.content, members.count == 1 else { return nil }
        let name = members[0].name
        guard name == Function.ref.rawValue || name.hasPrefix("Fn::") else { return nil }
        guard name == Function.getAtt.rawValue, let parts = attributeParts(members[0].value) else {
            return (name, members[0].value)
        }
        return (name, parts)
    }

    /// A node whose tag names a function; YAML's own tags (`!!str`) name none.
    private static func tagged(_ node: Node) -> (name: String, parameter: Node)? {
        guard let tag = node.tag, tag.utf8.count > 1, tag.hasPrefix("!"), !tag.hasPrefix("!!") else { return nil }
        let short = String(tag.dropFirst())
        var parameter = node
        parameter.tag = nil
        if case .scalar(var scalar) = node.content {
            // A tagged scalar is text whatever it looks like: `!Ref 1`.
            scalar.value = .string(scalar.text)
            parameter.content = .scalar(scalar)
        }
        return (["Ref", "Condition"].contains(short) ? short : "Fn::\(short)", parameter)
    }

    private static func parameter(of name: String, _ node: Node, depth: Int) -> Value {
        let isAttribute = name == Function.getAtt.rawValue
        return value(of: isAttribute ? attributeParts(node) ?? node : node, depth: depth + 1)
    }

    /// `A.B.C` taken apart at its first dot; `nil` for what is no text or has no dot.
    private static func attributeParts(_ node: Node) -> Node? {
        guard let text = node.text, let dot = text.firstIndex(of: ".") else { return nil }
        let parts = [String(text[..<dot]), String(text[text.index(after: dot)...])].map { part in
            Node(
                .scalar(Node.Scalar(value: .string(part), text: part, isPlain: false)),
                line: node.line, column: node.column)
        }
        return Node(.list(parts), line: node.line, column: node.column)
    }
}
