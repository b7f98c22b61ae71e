internal import Documents

/// Finds references to what is not in the template.
struct TemplateCheck {
    static let pseudoParameters = [
        "AWS::AccountId", "AWS::NotificationARNs", "AWS::NoValue", "AWS::Partition", "AWS::Region", "AWS::StackId",
        "AWS::StackName", "AWS::URLSuffix",
    ]

    let template: Template
    private let parameters: Set<Key>
    private let resources: Set<Key>
    private let conditions: Set<Key>
    private let parameterNames: [String]
    private let resourceNames: [String]
    private let mappings: [Key: Object]
    private var found: [Finding] = []

    /// Which names an expression may use, by where it stands.
    private enum Scope { case conditions, rules, values }

    init(_ template: Template) {
        self.template = template
        parameterNames = template.parameters.map(\.name)
        resourceNames = template.resources.map(\.logicalID)
        parameters = Set(template.parameters.map { Key($0.name) })
        resources = Set(template.resources.map { Key($0.logicalID) })
        conditions = Set(template.conditions.map { Key($0.name) })
        mappings = Dictionary(template.mappings.map { (Key($0.name), $0.rows) }) { first, _ in first }
    }

    func findings() -> [Finding] {
        var check = self
        check.run()
        return check.found
    }

    private mutating func run() {
        for condition in template.conditions { walk(condition.expression, .conditions) }
        for rule in template.rules {
            rule.condition.map { walk($0, .rules) }
            for assertion in rule.assertions { walk(assertion.expression, .rules) }
        }
        for resource in template.resources { walk(resource) }
        for output in template.outputs {
            output.condition.map { checkCondition($0.text, at: $0.position) }
            output.value.map { walk($0, .values) }
            output.exportName.map { walk($0, .values) }
        }
        for resource in template.resources where parameters.contains(Key(resource.logicalID)) {
            report(
                "cloudformation.duplicate",
                "\"\(resource.logicalID)\" must name one thing, but is a parameter and a resource.",
                at: resource.position)
        }
        found += ConditionCircles(template).findings()
        found += ResourceCircles(template).findings()
    }

    private mutating func walk(_ resource: Template.Resource) {
        resource.condition.map { checkCondition($0.text, at: $0.position) }
        for name in resource.dependsOn where !resources.contains(Key(name.text)) && !template.isOpen {
            report(
                "cloudformation.unknownResource",
                "DependsOn must name a resource of the template, but \"\(name.text)\" is none.",
                hint: hint(to: name.text, among: resourceNames), at: name.position)
        }
        for part in resource.expressions { walk(part, .values) }
    }

    private mutating func walk(_ expression: Expression, _ scope: Scope) {
        switch expression.form {
        case .literal, .opaque: break
        case .list(let items): for item in items { walk(item, scope) }
        case .object(let members): for member in members { walk(member.value, scope) }
        case .ref(let name): checkReference(name, scope, function: "Ref", at: expression.position)
        case .getAtt(let resource, let attribute):
            checkAttribute(of: resource, scope, function: "Fn::GetAtt", at: expression.position)
            walk(attribute, scope)
        case .sub(let parts, let variables):
            for variable in variables { walk(variable.value, scope) }
            for case .variable(let name) in parts where !variables.contains(where: { $0.name == name }) {
                checkVariable(name, scope, at: expression.position)
            }
        case .condition(let name): checkCondition(name, at: expression.position)
        case .call(let function, let items):
            if function == .choose, let name = items[0].literalText { checkCondition(name, at: items[0].position) }
            if function == .findInMap { checkMapping(items) }
            for item in items { walk(item, scope) }
        }
    }

    private mutating func checkVariable(_ name: String, _ scope: Scope, at position: Position) {
        guard SubText.isName(name) else {
            report(
                "cloudformation.subName",
                "A name in Fn::Sub must be letters, digits, dots and colons, but is \"${\(name.prefix(60))}\".",
                hint: "Write \"${!\(name.prefix(60))}\" for text that is no name.", at: position)
            return
        }
        if let dot = name.firstIndex(of: ".") {
            checkAttribute(of: String(name[..<dot]), scope, function: "Fn::Sub", at: position)
        } else {
            checkReference(name, scope, function: "Fn::Sub", at: position)
        }
    }

    private mutating func checkReference(_ name: String, _ scope: Scope, function: String, at position: Position) {
        if name.hasPrefix("AWS::") {
            guard !Self.pseudoParameters.contains(name) else { return }
            report(
                "cloudformation.unknownPseudoParameter",
                "\(function) must name a pseudo parameter that there is, but \"\(name)\" is none.",
                hint: hint(to: name, among: Self.pseudoParameters), at: position)
            return
        }
        if parameters.contains(Key(name)) { return }
        switch scope {
        case .values:
            guard !resources.contains(Key(name)), !template.isOpen else { return }
            let names = found.count < 100 ? resourceNames + parameterNames : []
            report(
                "cloudformation.unknownReference",
                "\(function) must name a parameter or resource of the template, but \"\(name)\" is none.",
                hint: hint(to: name, among: names), at: position)
        case .conditions, .rules:
            let what = resources.contains(Key(name)) ? "a resource" : "none"
            report(
                "cloudformation.unknownReference",
                "\(function) in a \(scope == .rules ? "rule" : "condition") must name a parameter of the template, but \"\(name)\" is \(what).",
                hint: hint(to: name, among: parameterNames), at: position)
        }
    }

    private mutating func checkAttribute(of name: String, _ scope: Scope, function: String, at position: Position) {
        guard !resources.contains(Key(name)), !template.isOpen else { return }
        report(
            "cloudformation.unknownResource",
            "\(function) must name a resource of the template, but \"\(name)\" is none.",
            hint: hint(to: name, among: resourceNames), at: position)
    }

    private mutating func checkCondition(_ name: String, at position: Position) {
        // The serverless transform brings resources, and no conditions.
        guard !conditions.contains(Key(name)), !template.isOpen || template.transforms == [Template.serverless] else {
            return
        }
        report(
            "cloudformation.unknownCondition", "A condition must be one of the template, but \"\(name)\" is none.",
            hint: hint(to: name, among: template.conditions.map(\.name)), at: position)
    }

    private mutating func checkMapping(_ items: [Expression]) {
        guard let name = items[0].literalText else { return }
        guard let rows = mappings[Key(name)] else {
            if items.count < 4, !template.isOpen {
                report(
                    "cloudformation.unknownMapping",
                    "Fn::FindInMap must name a mapping of the template, but \"\(name)\" is none.",
                    hint: hint(to: name, among: template.mappings.map(\.name)), at: items[0].position)
            }
            return
        }
        guard items.count < 4, let top = items[1].literalText else { return }
        guard let row = rows[top] else {
            reportKey(top, of: "mapping \"\(name)\"", among: rows.keys, at: items[1].position)
            return
        }
        guard let second = items[2].literalText, row[second] == nil else { return }
        reportKey(second, of: "\"\(top)\" in mapping \"\(name)\"", among: row.object?.keys ?? [], at: items[2].position)
    }

    private mutating func reportKey(_ key: String, of owner: String, among keys: [String], at position: Position) {
        report(
            "cloudformation.unknownMappingKey", "Fn::FindInMap must name a key of \(owner), but \"\(key)\" is none.",
            hint: hint(to: key, among: keys), at: position)
    }

    /// A hint for the first faults only: a file with a hundred of them has another problem than spelling.
    private func hint(to name: String, among names: [String]) -> String? {
        found.count < 100 ? Nearest.hint(to: name, among: names) : nil
    }

    private mutating func report(
        _ code: Finding.Code, _ message: String, hint: String? = nil, at position: Position
    ) {
        found.append(Finding(code, message, hint: hint, place: position.place(in: template.source)))
    }
}

extension Template.Resource {
    /// Everything in it that may hold functions, in the order of the attributes.
    var expressions: [Expression] {
        [properties, metadata, creationPolicy, updatePolicy, deletionPolicy, updateReplacePolicy].compactMap { $0 }
    }
}
