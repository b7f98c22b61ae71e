internal import Documents

extension Evaluator {
    mutating func reference(_ name: String, at position: Position) -> Term {
        let unknown = Term(.opaque(["Ref": .string(name)]), at: position)
        if let value = givens.pseudo.value(of: name) { return Term(value, at: position) }
        if let parameter = parameters[Key(name)] { return value(of: parameter, at: position) ?? unknown }
        guard resourceNames.contains(Key(name)) else { return unknown }
        references.append(Reference(path: path, target: name, attribute: nil, position: position))
        return givens.lookup.reference(name).map { Term($0, at: position) } ?? unknown
    }

    mutating func attribute(_ expression: Expression, of resource: String, at position: Position) -> Term {
        let name = term(expression)
        let shown = name?.value ?? .null
        let unknown = Term(.opaque(["Fn::GetAtt": [.string(resource), shown]]), at: position)
        guard resourceNames.contains(Key(resource)) else { return unknown }
        references.append(Reference(path: path, target: resource, attribute: name?.text, position: position))
        guard let text = name?.text else { return unknown }
        return givens.lookup.attribute(resource, text).map { Term($0, at: position) } ?? unknown
    }

    /// `nil` where there is none.
    private func value(of parameter: Template.Parameter, at position: Position) -> Term? {
        guard let value = givens.parameters[parameter.name] ?? parameter.defaultValue else { return nil }
        if parameter.isLookedUp {
            // As a dynamic reference would be written: which name is looked up is known, what is found there is not.
            return Scalars.text(value).map { Term(.opaque(.string("{{resolve:ssm:\($0)}}")), at: position) }
        }
        guard parameter.isList, let text = Scalars.text(value) else { return Term(value, at: position) }
        let items = texts(of: value).map { Term(.string($0), at: position) }
        return Term(.list(text.isEmpty ? [] : items), at: position)
    }

    /// Every parameter has a value, of those that are allowed.
    mutating func checkParameters() {
        for parameter in template.parameters {
            guard let value = givens.parameters[parameter.name] ?? parameter.defaultValue else {
                report(
                    "cloudformation.parameterMissing",
                    "Parameter \"\(parameter.name)\" must have a value, but has none and no default.",
                    at: parameter.position)
                continue
            }
            checkValue(value, of: parameter)
        }
        let names = template.parameters.map(\.name)
        for name in givens.parameters.keys.sorted() where parameters[Key(name)] == nil {
            findings.append(
                Finding(
                    "cloudformation.unknownParameter",
                    "A value must be for a parameter of the template, but \"\(name)\" is none.",
                    hint: Nearest.hint(to: name, among: names)))
        }
    }

    private mutating func checkValue(_ value: Value, of parameter: Template.Parameter) {
        // What is looked up has the rules, and not the name that it is looked up by.
        guard !parameter.isLookedUp else { return }
        let allowed = parameter.allowedValues.compactMap { Scalars.canonical($0) }
        let items = parameter.isList ? texts(of: value) : [Scalars.canonical(value)].compactMap { $0 }
        if !allowed.isEmpty, let wrong = items.first(where: { !allowed.contains($0) }) {
            reportValue("be one of \(allowed.joined(separator: ", "))", wrong, of: parameter)
            return
        }
        if parameter.type == "Number" || parameter.type == "List<Number>" {
            for item in items {
                guard let number = Number(json: item) else { return reportValue("be a number", item, of: parameter) }
                checkBounds(number, parameter.numbers, "be", item, of: parameter)
            }
        } else if !parameter.isList, let text = items.first {
            let count = Number(text.unicodeScalars.count)
            checkBounds(count, parameter.lengths, "have a length of", text, of: parameter)
        }
    }

    private func texts(of value: Value) -> [String] {
        if case .list(let items) = value { return items.compactMap { Scalars.canonical($0) } }
        let items = Scalars.text(value)?.split(separator: ",", omittingEmptySubsequences: false) ?? []
        return items.map { item in String(item.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
    }

    private mutating func checkBounds(
        _ number: Number, _ bounds: Template.Bounds, _ verb: String, _ text: String, of parameter: Template.Parameter
    ) {
        if let least = bounds.least, number < least {
            reportValue("\(verb) at least \(least.text)", text, of: parameter)
        } else if let most = bounds.most, most < number {
            reportValue("\(verb) at most \(most.text)", text, of: parameter)
        }
    }

    private mutating func reportValue(_ rule: String, _ text: String, of parameter: Template.Parameter) {
        report(
            "cloudformation.parameterValue",
            "Parameter \"\(parameter.name)\" must \(rule), but is "
                + (parameter.isHidden ? "another value." : "\"\(text.prefix(80))\"."), hint: parameter.constraint,
            at: parameter.position)
    }

    /// Nothing may refer to what a condition has dropped.
    mutating func checkDropped(_ evaluated: EvaluatedTemplate) {
        func check(_ references: [Reference], of owner: String) {
            for reference in references where evaluated[reference.target] == nil {
                guard let condition = template.resources.first(where: { $0.logicalID == reference.target })?.condition
                else { continue }
                report(
                    "cloudformation.droppedResource",
                    "\(owner) must refer to resources that are there, but condition \"\(condition.text)\" drops "
                        + "\"\(reference.target)\".", at: reference.position)
            }
        }
        for resource in evaluated.resources { check(resource.references, of: "Resource \"\(resource.logicalID)\"") }
        for output in evaluated.outputs { check(output.references, of: "Output \"\(output.name)\"") }
    }
}
