internal import Documents

extension Evaluator {
    /// The value of a function whose shape was checked.
    mutating func call(_ function: Function, _ parameters: [Expression], at position: Position) -> Term? {
        switch function {
        case .choose: return choice(parameters, at: position)
        case .findInMap: return mapped(parameters, at: position)
        case .select: return selection(parameters, at: position)
        case .cidr: return subnets(parameters, at: position)
        case .join:
            guard let delimiter = parameters[0].literalText, let list = term(parameters[1]) else { return nil }
            return join(delimiter, list, at: position)
        case .split:
            guard let delimiter = parameters[0].literalText, let text = term(parameters[1]) else { return nil }
            return split(delimiter, text, at: position)
        case .equals, .and, .or, .not, .contains, .eachMemberEquals, .eachMemberIn, .valueOf, .valueOfAll:
            let terms = parameters.compactMap { term($0) }
            return Term(.opaque([function.rawValue: .list(terms.map(\.value))]), at: position)
        case .base64, .getAZs, .importValue, .length, .toJSONString, .stackOutput, .refAll:
            guard let parameter = term(parameters[0]) else { return nil }
            return simple(function, parameter, at: position)
        case .ref, .condition, .getAtt, .sub, .transform: return Term(.opaque(.null), at: position)
        }
    }

    private mutating func simple(_ function: Function, _ parameter: Term, at position: Position) -> Term {
        let open = Term(.opaque([function.rawValue: parameter.value]), at: position)
        guard parameter.isKnown else { return open }
        switch function {
        case .base64:
            guard let text = parameter.text else { return shapeFault(function, "a text", parameter, at: position) }
            return spend(text.utf8.count, at: position) ? Term(.encoded(text), at: position) : open
        case .getAZs:
            guard let text = parameter.text else { return shapeFault(function, "a region", parameter, at: position) }
            let region = text.isEmpty ? givens.pseudo.region : text
            guard let region else { return Term(.opaque(["Fn::GetAZs": ["Ref": "AWS::Region"]]), at: position) }
            let zones = givens.lookup.zones(region).map { Term(.list($0.map { .string($0) }), at: position) }
            return zones ?? Term(.opaque(["Fn::GetAZs": .string(region)]), at: position)
        case .importValue: return parameter.text.flatMap(givens.lookup.export).map { Term($0, at: position) } ?? open
        case .length:
            guard case .list(let items) = parameter.form else {
                return shapeFault(function, "a list", parameter, at: position)
            }
            return Term(.number(Number(items.count)), at: position)
        case .toJSONString:
            let text = parameter.value.json()
            return spend(text.utf8.count, at: position) ? Term(.string(text), at: position) : open
        case .ref, .condition, .getAtt, .sub, .join, .select, .split, .findInMap, .choose, .equals, .and, .or, .not,
            .cidr, .transform, .stackOutput, .contains, .eachMemberEquals, .eachMemberIn, .refAll, .valueOf,
            .valueOfAll:
            return open
        }
    }

    private mutating func choice(_ parameters: [Expression], at position: Position) -> Term? {
        guard let name = parameters[0].literalText else { return nil }
        if let holds = holds(name) { return term(parameters[holds ? 1 : 2]) }
        let branches = [term(parameters[1]), term(parameters[2])].map { $0?.value ?? ["Ref": "AWS::NoValue"] }
        return Term(.opaque(["Fn::If": .list([.string(name)] + branches)]), at: position)
    }

    private mutating func mapped(_ parameters: [Expression], at position: Position) -> Term? {
        let keys = parameters.prefix(3).compactMap { term($0) }
        guard keys.count == 3 else { return nil }
        let texts = keys.compactMap(\.text)
        guard texts.count == 3 else {
            return Term(.opaque(["Fn::FindInMap": .list(keys.map(\.value))]), at: position)
        }
        if let value = mappings[Key(texts[0])]?[texts[1]]?[texts[2]] { return Term(value, at: position) }
        if parameters.count == 4, let fallback = term(parameters[3])?["DefaultValue"] { return fallback }
        // Keys that are written out were checked when the template was read.
        if parameters.prefix(3).contains(where: { $0.literalText == nil }) {
            report(
                "cloudformation.unknownMappingKey",
                "Fn::FindInMap must name what mapping \"\(texts[0])\" has, but \"\(texts[1])\", \"\(texts[2])\" is not there.",
                at: position)
        }
        return Term(.opaque(["Fn::FindInMap": .list(keys.map(\.value))]), at: position)
    }

    private mutating func selection(_ parameters: [Expression], at position: Position) -> Term? {
        guard let index = term(parameters[0]), let list = term(parameters[1]) else { return nil }
        let open = Term(.opaque(["Fn::Select": [index.value, list.value]]), at: position)
        guard index.isKnown, case .list(let items) = list.form else {
            guard index.isKnown, list.isKnown else { return open }
            return shapeFault(.select, "a list", list, at: position)
        }
        guard let number = index.text.flatMap({ Int($0) }), items.indices.contains(number) else {
            report(
                "cloudformation.selectIndex",
                items.isEmpty
                    ? "Fn::Select must have a list with items, but has an empty one."
                    : "The index of Fn::Select must be from 0 to \(items.count - 1), but is "
                        + "\"\(index.shown.prefix(40))\".",
                at: index.position)
            return open
        }
        return Term(items[number].form, at: position)
    }

    private mutating func split(_ delimiter: String, _ term: Term, at position: Position) -> Term {
        guard term.isKnown else {
            return Term(.opaque(["Fn::Split": [.string(delimiter), term.value]]), at: position)
        }
        guard let text = term.text, !delimiter.isEmpty else {
            return shapeFault(.split, "a delimiter and a text", term, at: position)
        }
        guard spend(text.utf8.count, at: position) else { return Term(.opaque(.null), at: position) }
        let parts = text.utf8.split(separator: delimiter.utf8, omittingEmptySubsequences: false)
        return Term(.list(parts.map { .string(String(decoding: $0, as: UTF8.self)) }), at: position)
    }

    private mutating func subnets(_ parameters: [Expression], at position: Position) -> Term? {
        let terms = parameters.compactMap { term($0) }
        let open = Term(.opaque(["Fn::Cidr": .list(terms.map(\.value))]), at: position)
        guard terms.count >= 2, terms.allSatisfy(\.isKnown) else { return open }
        let numbers = terms.dropFirst().compactMap { $0.text.flatMap { Int($0) } }
        guard let block = terms[0].text.flatMap({ AddressBlock($0) }), numbers.count == terms.count - 1,
            let subnets = block.subnets(numbers[0], bits: numbers.count > 1 ? numbers[1] : 8)
        else {
            report(
                "cloudformation.cidr",
                "Fn::Cidr must have an address block that holds so many subnets, but has "
                    + terms.map { "\"\($0.shown.prefix(40))\"" }.joined(separator: ", ") + ".", at: position)
            return open
        }
        return Term(.list(subnets.map { .string($0) }), at: position)
    }
}
