package import Documents

extension Template {
    /// Reads a document as a template.
    ///
    /// There is always a template: of what is at fault it holds what could be read. The findings are all faults of
    /// shape and all references to what is not there.
    package static func read(_ document: Document) -> (template: Template, findings: [Finding]) {
        var reader = TemplateReader(document)
        return reader.readAll()
    }
}

/// Takes a document apart into the sections of a template.
struct TemplateReader {
    let document: Document
    var root: Node
    /// Values for the loops that run over parameters.
    var given: (parameters: [Template.Parameter], givens: Givens)?
    var template: Template
    var expressions: ExpressionReader

    static let sections = [
        "AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Mappings", "Conditions", "Rules",
        "Transform", "Resources", "Outputs", "Hooks",
    ]

    /// Where loops may stand.
    static let loopSections = ["Conditions", "Resources", "Outputs"]

    init(_ document: Document) {
        self.document = document
        root = document.root
        template = Template(source: document.source, json: LongForm.value(of: document.root))
        expressions = ExpressionReader(source: document.source)
    }

    mutating func readAll() -> (template: Template, findings: [Finding]) {
        read()
        // A loop makes a fault as often as it runs.
        var seen: Set<Finding> = []
        let findings = (expressions.findings + TemplateCheck(template).findings()).filter { seen.insert($0).inserted }
        return (template, findings)
    }

    mutating func read() {
        guard case .object(let members) = root.content, root.tag == nil else {
            report("cloudformation.root", "The template must be an object, but is \(template.json.kind).", at: root)
            return
        }
        template.formatVersion = root["AWSTemplateFormatVersion"]?.text
        template.description = root["Description"]?.text
        readTransforms()
        checkSections(members)
        for member in section("Parameters") { template.parameters.append(parameter(member)) }
        for member in section("Mappings") { template.mappings.append(mapping(member)) }
        if let given { template.parameters = given.parameters }
        expandLoops()
        for member in section("Conditions") {
            template.conditions.append(
                Template.Condition(
                    name: member.name, expression: expressions.condition(member.value), position: Position(member.key)))
        }
        for member in section("Rules") { readRule(member) }
        let resources = section("Resources")
        for member in resources { readResource(member) }
        for member in section("Outputs") { readOutput(member) }
        if expressions.hasUnwritten { template.isOpen = true }
        if root["Resources"] == nil || (isObject(root["Resources"]) && resources.isEmpty && !template.isOpen) {
            report(
                "cloudformation.noResources", "The template must have at least one resource, but has none.",
                hint: "Add one below Resources.", at: root["Resources"] ?? root)
        }
        if let version = template.formatVersion, version != "2010-09-09" {
            report(
                "cloudformation.formatVersion",
                "AWSTemplateFormatVersion must be 2010-09-09, but is \"\(version.prefix(40))\".",
                at: root["AWSTemplateFormatVersion"] ?? root)
        }
    }

    private func isObject(_ node: Node?) -> Bool {
        if case .object? = node?.content { true } else { false }
    }

    private mutating func readTransforms() {
        guard let node = root["Transform"] else { return }
        let items: [Node] = if case .list(let items) = node.content { items } else { [node] }
        template.transforms = items.compactMap { $0.text ?? $0["Name"]?.text }
        template.isOpen =
            root[Function.transform.rawValue] != nil
            || template.transforms.contains { $0 != Template.languageExtensions }
        // Somebody's own macro may write out what only the language extensions know.
        expressions.isExtended = template.transforms.contains {
            $0 == Template.languageExtensions || !$0.hasPrefix("AWS::")
        }
    }

    private mutating func checkSections(_ members: [Node.Member]) {
        var seen: Set<Key> = []
        for member in members {
            if !seen.insert(Key(member.name)).inserted { reportTwice(member, in: "the template") }
            // A macro may read sections of its own, such as the Globals of the serverless transform.
            let isKnown = Self.sections.contains(member.name) || member.name == Function.transform.rawValue
            guard !isKnown, !template.isOpen else { continue }
            report(
                "cloudformation.unknownSection",
                "\"\(member.name)\" must be a section of a template, but none has that name.",
                hint: Nearest.hint(to: member.name, among: Self.sections), at: member.key)
        }
    }

    /// The members of a section; what stands twice is reported, and the first counts.
    private mutating func section(_ name: String) -> [Node.Member] {
        guard let node = root[name] else { return [] }
        guard case .object(let members) = node.content, node.tag == nil else {
            report(
                "cloudformation.section", "\"\(name)\" must be an object, but is \(LongForm.value(of: node).kind).",
                at: node)
            return []
        }
        var seen: Set<Key> = []
        var kept: [Node.Member] = []
        for member in members {
            if member.name.hasPrefix(LoopExpansion.prefix) || member.name == Function.transform.rawValue {
                expressions.hasUnwritten = true
                let isLost = member.name != Function.transform.rawValue && !Self.loopSections.contains(name)
                if isLost {
                    report(
                        "cloudformation.loopPlace",
                        "A loop must stand in \(Self.loopSections.joined(separator: ", ")), but \(member.name.prefix(255)) "
                            + "stands in \(name).", at: member.key)
                }
            } else if seen.insert(Key(member.name)).inserted {
                kept.append(member)
            } else {
                reportTwice(member, in: "\"\(name)\"")
            }
        }
        return kept
    }

    private mutating func reportTwice(_ member: Node.Member, in place: String) {
        report(
            "cloudformation.duplicate", "\"\(member.name)\" must stand once in \(place), but stands there again.",
            at: member.key)
    }

    private mutating func parameter(_ member: Node.Member) -> Template.Parameter {
        var parameter = Template.Parameter(name: member.name, position: Position(member.key))
        let node = member.value
        guard case .object = node.content else {
            report(
                "cloudformation.parameter",
                "Parameter \"\(member.name)\" must be an object, but is \(node.value.kind).",
                at: node)
            return parameter
        }
        if let type = node["Type"]?.text {
            parameter.type = type
        } else {
            report(
                "cloudformation.noType", "Parameter \"\(member.name)\" must have a Type, but has none.",
                hint: "Add Type: String.", at: member.key)
        }
        parameter.defaultValue = node["Default"]?.value
        if let values = node["AllowedValues"]?.value.list { parameter.allowedValues = values }
        parameter.lengths = bounds("MinLength", "MaxLength", of: node)
        parameter.numbers = bounds("MinValue", "MaxValue", of: node)
        parameter.constraint = node["ConstraintDescription"]?.text
        parameter.description = node["Description"]?.text
        parameter.isHidden = node["NoEcho"].flatMap { Scalars.text($0.value) } == "true"
        return parameter
    }

    private func bounds(_ least: String, _ most: String, of node: Node) -> Template.Bounds {
        func number(_ name: String) -> Number? {
            node[name].flatMap { Scalars.text($0.value) }.flatMap { Number(json: $0) }
        }
        return Template.Bounds(least: number(least), most: number(most))
    }

    private mutating func mapping(_ member: Node.Member) -> Template.Mapping {
        let value = LongForm.value(of: member.value)
        if case .object(let members) = member.value.content {
            for row in members where row.value.value.object == nil {
                report(
                    "cloudformation.mapping",
                    "\"\(row.name)\" in mapping \"\(member.name)\" must be an object of keys and "
                        + "values, but is \(row.value.value.kind).", at: row.value)
            }
        } else {
            report(
                "cloudformation.mapping", "Mapping \"\(member.name)\" must be an object, but is \(value.kind).",
                at: member.value)
        }
        return Template.Mapping(name: member.name, rows: value.object ?? Object(), position: Position(member.key))
    }

    mutating func report(_ code: Finding.Code, _ message: String, hint: String? = nil, at node: Node) {
        expressions.report(code, message, hint: hint, at: node)
    }
}
