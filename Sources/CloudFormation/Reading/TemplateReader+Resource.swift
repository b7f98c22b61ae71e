internal import Documents

extension TemplateReader {
    private static let attributes = [
        "Type", "Properties", "DependsOn", "Condition", "DeletionPolicy", "UpdateReplacePolicy", "Metadata",
        "CreationPolicy", "UpdatePolicy", "Description", "Version",
    ]

    mutating func readResource(_ member: Node.Member) {
        let node = member.value
        guard case .object(let members) = node.content, node.tag == nil else {
            report(
                "cloudformation.resource",
                "Resource \"\(member.name)\" must be an object, but is \(LongForm.value(of: node).kind).",
                at: member.key)
            return
        }
        checkName(member)
        // A macro's own resources may carry more, such as the Connectors of the serverless transform.
        let isMade = node[Function.transform.rawValue] != nil
        if isMade { expressions.hasUnwritten = true }
        for own in members where !Self.attributes.contains(own.name) && !template.isOpen && !isMade {
            report(
                "cloudformation.unknownAttribute",
                "\"\(own.name)\" must be an attribute of a resource, but none has that name.",
                hint: Nearest.hint(to: own.name, among: Self.attributes), at: own.key)
        }
        var resource = Template.Resource(
            logicalID: member.name, type: node["Type"].flatMap { ExpressionReader.name($0) } ?? "",
            position: Position(member.key))
        if resource.type.isEmpty, !isMade {
            report(
                "cloudformation.noType", "Resource \"\(member.name)\" must have a Type, but has none.",
                hint: "Add its type, such as Type: AWS::S3::Bucket.", at: member.key)
        }
        resource.dependsOn = node["DependsOn"].map { names($0, of: member.name) } ?? []
        resource.condition = node["Condition"].flatMap { conditionName($0, of: "Resource \"\(member.name)\"") }
        resource.properties = object("Properties", in: node, of: member.name)
        resource.metadata = object("Metadata", in: node, of: member.name)
        resource.creationPolicy = object("CreationPolicy", in: node, of: member.name)
        resource.updatePolicy = object("UpdatePolicy", in: node, of: member.name)
        resource.deletionPolicy = policy("DeletionPolicy", in: node)
        resource.updateReplacePolicy = policy("UpdateReplacePolicy", in: node)
        template.resources.append(resource)
    }

    private mutating func policy(_ name: String, in node: Node) -> Expression? {
        guard let policy = node[name] else { return nil }
        if LongForm.call(policy) != nil, !expressions.isExtended {
            expressions.reportMissingTransform("A function in \(name)", at: policy)
        }
        return expressions.expression(policy)
    }

    mutating func readOutput(_ member: Node.Member) {
        let node = member.value
        guard case .object = node.content, node.tag == nil else {
            report(
                "cloudformation.output",
                "Output \"\(member.name)\" must be an object, but is \(LongForm.value(of: node).kind).", at: member.key)
            return
        }
        var output = Template.Output(name: member.name, position: Position(member.key))
        output.value = node["Value"].map { expressions.expression($0) }
        if output.value == nil {
            report(
                "cloudformation.noValue", "Output \"\(member.name)\" must have a Value, but has none.", at: member.key)
        }
        output.exportName = node["Export"]?["Name"].map { expressions.expression($0) }
        output.description = node["Description"]?.text
        output.condition = node["Condition"].flatMap { conditionName($0, of: "Output \"\(member.name)\"") }
        template.outputs.append(output)
    }

    private mutating func checkName(_ member: Node.Member) {
        let isAlphanumeric = member.name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }
        guard !isAlphanumeric || member.name.isEmpty || member.name.utf8.count > 255 else { return }
        report(
            "cloudformation.logicalID",
            "A logical id must be 1 to 255 letters and digits, but is \"\(member.name.prefix(80))\".", at: member.key)
    }

    private mutating func object(_ name: String, in node: Node, of resource: String) -> Expression? {
        guard let member = node[name], member.value != .null || member.tag != nil else { return nil }
        let expression = expressions.expression(member)
        switch expression.form {
        case .object, .opaque, .call: return expression
        case .literal, .list, .ref, .getAtt, .sub, .condition:
            report(
                "cloudformation.resource",
                "\"\(name)\" of \"\(resource)\" must be an object, but is \(LongForm.value(of: member).kind).",
                at: member)
            return nil
        }
    }

    private mutating func names(_ node: Node, of resource: String) -> [Template.Name] {
        let items: [Node] = if case .list(let items) = node.content { items } else { [node] }
        return items.compactMap { item in
            if let name = ExpressionReader.name(item) { return Template.Name(text: name, position: Position(item)) }
            report(
                "cloudformation.dependsOn",
                "DependsOn of \"\(resource)\" must name resources, but has \(LongForm.value(of: item).kind).", at: item)
            return nil
        }
    }

    private mutating func conditionName(_ node: Node, of owner: String) -> Template.Name? {
        if let name = ExpressionReader.name(node) { return Template.Name(text: name, position: Position(node)) }
        report(
            "cloudformation.conditionName",
            "Condition of \(owner) must be the name of a condition, but is \(LongForm.value(of: node).kind).", at: node)
        return nil
    }
}

extension TemplateReader {
    mutating func readRule(_ member: Node.Member) {
        let node = member.value
        guard case .object = node.content, node.tag == nil, case .list(let items)? = node["Assertions"]?.content else {
            report(
                "cloudformation.ruleShape", "Rule \"\(member.name)\" must be an object with Assertions, a list.",
                at: member.key)
            return
        }
        expressions.isInRules = true
        defer { expressions.isInRules = false }
        var rule = Template.Rule(name: member.name, position: Position(member.key))
        rule.condition = node["RuleCondition"].map { expressions.condition($0) }
        for item in items {
            guard let assert = item["Assert"] else {
                report(
                    "cloudformation.ruleShape",
                    "An assertion of rule \"\(member.name)\" must have Assert, but has none.",
                    at: item)
                continue
            }
            rule.assertions.append(
                Template.Assertion(
                    expression: expressions.condition(assert), description: item["AssertDescription"]?.text))
        }
        template.rules.append(rule)
    }
}
