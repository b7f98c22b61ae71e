internal import Documents

/// Turns nodes into expressions and notes every function that has a wrong shape.
struct ExpressionReader {
    let source: Source
    var findings: [Finding] = []
    /// Whether a loop or a macro stands there for things that are not written.
    var hasUnwritten = false
    /// Whether the template has the functions that AWS::LanguageExtensions brings.
    var isExtended = false
    var isInRules = false

    init(source: Source) { self.source = source }

    mutating func expression(_ node: Node, depth: Int = 0) -> Expression {
        let position = Position(node)
        guard depth < LongForm.depthLimit else {
            return Expression(.opaque(.null), at: position)
        }
        if let (name, parameter) = LongForm.call(node) {
            return Expression(call(name, parameter, of: node, depth: depth), at: position)
        }
        switch node.content {
        case .scalar(let scalar): return Expression(.literal(scalar.value), at: position)
        case .list(let items):
            return Expression(.list(items.map { expression($0, depth: depth + 1) }), at: position)
        case .object(let members): return Expression(object(members, node, depth: depth), at: position)
        }
    }

    private mutating func object(_ members: [Node.Member], _ node: Node, depth: Int) -> Expression.Form {
        for member in members where member.name.hasPrefix("Fn::") {
            if member.name.hasPrefix("Fn::ForEach::") {
                hasUnwritten = true
                return .opaque(LongForm.value(of: node))
            }
            if member.name == Function.transform.rawValue { return .opaque(LongForm.value(of: node)) }
            report(
                "cloudformation.functionNotAlone",
                "\(member.name) must be the only member of its object, but has \(members.count - 1) beside it.",
                at: member.key)
            return .opaque(LongForm.value(of: node))
        }
        return .object(
            members.map { member in
                Expression.Member(
                    name: member.name, value: expression(member.value, depth: depth + 1),
                    position: Position(member.key))
            })
    }

    private mutating func call(_ name: String, _ parameter: Node, of node: Node, depth: Int) -> Expression.Form {
        if name.hasPrefix("Fn::ForEach") {
            hasUnwritten = true
            return .opaque(LongForm.value(of: node))
        }
        guard let function = Function(rawValue: name) else {
            report(
                "cloudformation.unknownFunction", "\"\(name)\" must be an intrinsic function, but none has that name.",
                hint: Nearest.hint(to: name, among: Function.allCases.map(\.rawValue)), at: node)
            return .opaque(LongForm.value(of: node))
        }
        checkStanding(function, parameter, at: node)
        guard let form = form(of: function, parameter, depth: depth) else {
            report(
                "cloudformation.functionShape",
                "\(name) must have \(function.shape), but has \(Self.words(for: parameter)).", at: node)
            return .opaque(LongForm.value(of: node))
        }
        return form
    }

    /// What a call means; `nil` when the parameter has a wrong shape.
    private mutating func form(of function: Function, _ parameter: Node, depth: Int) -> Expression.Form? {
        switch function {
        case .ref: return Self.name(parameter).map { .ref($0) }
        case .condition: return Self.name(parameter).map { .condition($0) }
        case .getAtt:
            guard case .list(let items) = parameter.content, items.count >= 2 else { return nil }
            guard let resource = Self.name(items[0]) else {
                // The extensions take functions for the resource too: which one it is stays open.
                guard isExtended, LongForm.call(items[0]) != nil else { return nil }
                return .opaque(.object(Object([(function.rawValue, LongForm.value(of: parameter))])))
            }
            if items.count > 2 {
                let names = items.dropFirst().compactMap { Self.name($0) }
                guard names.count == items.count - 1 else { return nil }
                let attribute = Expression(.literal(.string(names.joined(separator: "."))), at: Position(items[1]))
                return .getAtt(resource: resource, attribute: attribute)
            }
            return .getAtt(resource: resource, attribute: expression(items[1], depth: depth + 1))
        case .sub: return sub(parameter, depth: depth)
        case .transform: return .opaque(.object(Object([(function.rawValue, LongForm.value(of: parameter))])))
        case .stackOutput:
            guard Self.hasName(parameter["StackName"]), Self.hasName(parameter["OutputName"]) else { return nil }
            return .call(function, parameters: [expression(parameter, depth: depth + 1)])
        case .join, .select, .split, .findInMap, .choose, .equals, .and, .or, .not, .base64, .cidr, .getAZs,
            .importValue, .length, .toJSONString, .contains, .eachMemberEquals, .eachMemberIn, .refAll, .valueOf,
            .valueOfAll:
            return call(function, parameter, depth: depth)
        }
    }

    private static func hasName(_ node: Node?) -> Bool {
        node.map { $0.value != .null || $0.tag != nil } ?? false
    }

    /// Some functions are there with a transform only, some in Rules only.
    private mutating func checkStanding(_ function: Function, _ parameter: Node, at node: Node) {
        if function.isOfRules, !isInRules {
            report("cloudformation.ruleFunction", "\(function.rawValue) must stand in Rules, but does not.", at: node)
        }
        guard !isExtended else { return }
        switch function {
        case .length, .toJSONString: reportMissingTransform(function.rawValue, at: node)
        case .findInMap:
            guard case .list(let items) = parameter.content else { return }
            let plain = [Function.ref.rawValue, Function.findInMap.rawValue]
            let isExtending = items.prefix(3).contains { item in
                LongForm.call(item).map { !plain.contains($0.name) } ?? false
            }
            if items.count == 4 { reportMissingTransform("The default value of Fn::FindInMap", at: node) }
            if isExtending { reportMissingTransform("A function other than Ref in Fn::FindInMap", at: node) }
        default: break
        }
    }

    mutating func reportMissingTransform(_ what: String, at node: Node) {
        report(
            "cloudformation.needsTransform",
            "\(what) must stand in a template with the transform \(Template.languageExtensions), but this has none.",
            hint: "Add \"Transform: \(Template.languageExtensions)\" to the template.", at: node)
    }

    private mutating func call(_ function: Function, _ parameter: Node, depth: Int) -> Expression.Form? {
        guard let counts = function.itemCounts else {
            let value = expression(parameter, depth: depth + 1)
            // A list where one value is wanted.
            if case .list = value.form, function != .length, function != .toJSONString { return nil }
            return .call(function, parameters: [value])
        }
        guard case .list(let items) = parameter.content, parameter.tag == nil, counts.contains(items.count) else {
            return nil
        }
        let parameters = items.map { item in
            isConditional(function) ? condition(item, depth: depth + 1) : expression(item, depth: depth + 1)
        }
        if function == .choose || function == .join || function == .split {
            guard case .literal(.string) = parameters[0].form else { return nil }
        }
        return .call(function, parameters: parameters)
    }

    private func isConditional(_ function: Function) -> Bool {
        [.and, .or, .not].contains(function)
    }

    /// An item of `Fn::And` and its like: `{Condition: Name}` means a condition only there.
    mutating func condition(_ node: Node, depth: Int = 0) -> Expression {
        if node.tag == nil, case .object(let members) = node.content, members.count == 1,
            members[0].name == Function.condition.rawValue, let name = Self.name(members[0].value)
        {
            return Expression(.condition(name), at: Position(members[0].value))
        }
        return expression(node, depth: depth)
    }

    private mutating func sub(_ parameter: Node, depth: Int) -> Expression.Form? {
        var variables: [Expression.Member] = []
        var text = Self.name(parameter)
        if case .list(let items) = parameter.content {
            guard items.count == 2, case .object(let members) = items[1].content, items[1].tag == nil else {
                return nil
            }
            text = Self.name(items[0])
            variables = members.map { member in
                Expression.Member(
                    name: member.name, value: expression(member.value, depth: depth + 1),
                    position: Position(member.key))
            }
        }
        return text.map { .sub(SubText.parts(of: $0), variables: variables) }
    }

    /// The text of a scalar that is no null.
    static func name(_ node: Node) -> String? {
        guard case .scalar(let scalar) = node.content, node.tag == nil, scalar.value != .null else { return nil }
        return scalar.text
    }

    private static func words(for node: Node) -> String {
        switch node.content {
        case .scalar(let scalar): "\"\(scalar.text.prefix(60))\""
        case .list(let items): "a list of \(items.count)"
        case .object: "an object"
        }
    }

    mutating func report(_ code: Finding.Code, _ message: String, hint: String? = nil, at node: Node) {
        report(code, message, hint: hint, at: Position(node))
    }

    private mutating func report(_ code: Finding.Code, _ message: String, hint: String? = nil, at position: Position) {
        findings.append(Finding(code, message, hint: hint, place: position.place(in: source)))
    }
}
