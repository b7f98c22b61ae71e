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
        let items = text.split(separator: ",", omittingEmptySubsequences: false).map { item -> Term in
            let trimmed = item.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
            return Term(.string(String(trimmed)), at: position)
        }
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
            let allowed = parameter.allowedValues.compactMap { Scalars.canonical($0) }
            guard !parameter.allowedValues.isEmpty, let text = Scalars.canonical(value), !allowed.contains(text),
                !parameter.isLookedUp, !parameter.isList
            else { continue }
            report(
                "cloudformation.parameterValue",
                "Parameter \"\(parameter.name)\" must be one of \(allowed.joined(separator: ", ")), but is "
                    + (parameter.isHidden ? "another value." : "\"\(text)\"."), at: parameter.position)
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
