package import Documents

extension Template {
    /// Decides everything that the givens allow; what is not known stays an opaque term.
    ///
    /// - Returns: The template, with what could be made of it, and the faults that only values show: a parameter
    ///   without value, an index out of range, a circle of what the conditions keep.
    package func evaluate(with givens: Givens = Givens()) -> (template: EvaluatedTemplate, findings: [Finding]) {
        let (whole, faults) = expanded(with: givens)
        var evaluator = Evaluator(whole, givens)
        evaluator.findings = faults
        let template = evaluator.run()
        return (template, evaluator.findings)
    }

    /// Decides one resource alone, for whoever makes resources one by one and knows more after each.
    ///
    /// - Returns: `nil` where the template has no such resource, or its condition drops it; and the faults of its values.
    package func evaluate(
        resource logicalID: String, with givens: Givens
    ) -> (resource: EvaluatedResource?, findings: [Finding]) {
        let (whole, faults) = expanded(with: givens)
        var evaluator = Evaluator(whole, givens)
        evaluator.findings = faults
        let own = whole.resources.first { Key($0.logicalID) == Key(logicalID) }
        let resource = own.flatMap { evaluator.resource($0) }
        return (resource, evaluator.findings)
    }
}

/// Walks a template's expressions once and makes terms of them.
struct Evaluator {
    let template: Template
    let givens: Givens
    let parameters: [Key: Template.Parameter]
    let resourceNames: Set<Key>
    let conditions: [Key: Expression]
    let mappings: [Key: Object]
    var findings: [Finding] = []
    /// Decided conditions; `.some(nil)` for one that cannot be decided.
    var decided: [Key: Bool?] = [:]
    var underDecision: Set<Key> = []
    /// Where the walk is in the evaluated value.
    var path: [String] = []
    var references: [Reference] = []
    /// Scalars of text that functions may still make: a small template can ask for gigabytes.
    var budget = 64 << 20

    init(_ template: Template, _ givens: Givens) {
        self.template = template
        self.givens = givens
        parameters = Dictionary(template.parameters.map { (Key($0.name), $0) }) { first, _ in first }
        resourceNames = Set(template.resources.map { Key($0.logicalID) })
        conditions = Dictionary(template.conditions.map { (Key($0.name), $0.expression) }) { first, _ in first }
        mappings = Dictionary(template.mappings.map { (Key($0.name), $0.rows) }) { first, _ in first }
    }

    mutating func run() -> EvaluatedTemplate {
        checkParameters()
        for condition in template.conditions { _ = holds(condition.name) }
        checkRules()
        let resources = template.resources.compactMap { resource($0) }
        let outputs = template.outputs.compactMap { output($0) }
        let evaluated = EvaluatedTemplate(
            source: template.source, resources: resources, outputs: outputs, isOpen: template.isOpen,
            transforms: template.transforms, account: givens.pseudo.accountID)
        checkDropped(evaluated)
        let known = Set(findings.filter { $0.code == "cloudformation.cycle" }.map(\.message))
        for cycle in evaluated.graph.cycles {
            let place = cycle.first.flatMap { evaluated[$0] }?.position.place(in: template.source)
            let finding = DependencyGraph.finding(cycle, place: place)
            if !known.contains(finding.message) { findings.append(finding) }
        }
        return evaluated
    }

    mutating func resource(_ resource: Template.Resource) -> EvaluatedResource? {
        let condition: Bool? = resource.condition.map { holds($0.text) } ?? true
        if condition == false { return nil }
        references = []
        let empty = Term(.object([]), at: resource.position)
        let properties = resource.properties.flatMap { term($0, at: "Properties") } ?? empty
        let parts: [(String, Expression?)] = [
            ("Metadata", resource.metadata), ("CreationPolicy", resource.creationPolicy),
            ("UpdatePolicy", resource.updatePolicy),
        ]
        let attributes = parts.compactMap { name, expression in
            expression.flatMap { term($0, at: name) }.map { Term.Member(name: name, value: $0) }
        }
        let deletion = policy(resource.deletionPolicy, "DeletionPolicy", of: resource)
        let replacement = policy(resource.updateReplacePolicy, "UpdateReplacePolicy", of: resource)
        return EvaluatedResource(
            logicalID: resource.logicalID, type: resource.type, properties: properties,
            dependsOn: resource.dependsOn.map(\.text),
            deletionPolicy: deletion ?? DefaultPolicy.deletion(of: resource.type, properties),
            updateReplacePolicy: replacement ?? .delete, attributes: attributes, references: references,
            isCertain: condition == true, position: resource.position)
    }

    private mutating func output(_ output: Template.Output) -> EvaluatedOutput? {
        if let condition = output.condition, holds(condition.text) == false { return nil }
        references = []
        guard let value = output.value.flatMap({ term($0, at: "Value") }) else { return nil }
        let name = output.exportName.flatMap { term($0, at: "Export") }
        return EvaluatedOutput(
            name: output.name, value: value, exportName: name, description: output.description,
            references: references, position: output.position)
    }

    private mutating func policy(
        _ expression: Expression?, _ name: String, of resource: Template.Resource
    ) -> RetentionPolicy? {
        guard let expression, let term = term(expression, at: name), term.isKnown else { return nil }
        if let text = term.text, let policy = RetentionPolicy(rawValue: text) { return policy }
        report(
            "cloudformation.policy",
            "\"\(name)\" must be Delete, Retain, RetainExceptOnCreate or Snapshot, but is \"\(term.shown.prefix(60))\".",
            at: term.position)
        return nil
    }

    /// A term for `expression` at one step below the present path; `nil` for no value at all.
    mutating func term(_ expression: Expression, at step: String) -> Term? {
        path.append(step)
        defer { path.removeLast() }
        return term(expression)
    }

    mutating func term(_ expression: Expression) -> Term? {
        let position = expression.position
        switch expression.form {
        case .literal(let value): return Term(.scalar(value), at: position)
        case .opaque(let value): return Term(.opaque(value), at: position)
        case .list(let items): return Term(.list(list(items)), at: position)
        case .object(let members):
            let kept = members.compactMap { member in
                term(member.value, at: member.name).map {
                    Term.Member(name: member.name, value: $0, position: member.position)
                }
            }
            return Term(.object(kept), at: position)
        case .ref("AWS::NoValue"): return nil
        case .ref(let name): return reference(name, at: position)
        case .getAtt(let resource, let attribute): return self.attribute(attribute, of: resource, at: position)
        case .sub(let parts, let variables): return substitution(parts, variables, at: position)
        case .condition(let name):
            let form: Term.Form = holds(name).map { .scalar(.bool($0)) } ?? .opaque(["Condition": .string(name)])
            return Term(form, at: position)
        case .call(let function, let parameters): return call(function, parameters, at: position)
        }
    }

    /// The items that have a value; a path counts those only.
    mutating func list(_ items: [Expression]) -> [Term] {
        var terms: [Term] = []
        for item in items { if let term = term(item, at: String(terms.count)) { terms.append(term) } }
        return terms
    }

    mutating func spend(_ count: Int, at position: Position) -> Bool {
        if budget < 0 { return false }
        budget -= count
        guard budget < 0 else { return true }
        report("cloudformation.budget", "The functions of a template must make less than 64 MiB of text.", at: position)
        return false
    }

    mutating func report(_ code: Finding.Code, _ message: String, hint: String? = nil, at position: Position) {
        findings.append(Finding(code, message, hint: hint, place: position.place(in: template.source)))
    }
}

/// What the service does where a resource has no policy of its own.
enum DefaultPolicy {
    /// Clusters, and database instances that belong to none, leave a snapshot.
    static func deletion(of type: String, _ properties: Term) -> RetentionPolicy {
        switch type {
        case "AWS::RDS::DBCluster": .snapshot
        case "AWS::RDS::DBInstance": properties["DBClusterIdentifier"] == nil ? .snapshot : .delete
        default: .delete
        }
    }
}
