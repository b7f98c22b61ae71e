package import Documents

extension Template {
    /// The template with the loops written out that run over values of parameters.
    ///
    /// Loops over written lists are written out when a template is read. Evaluating does this by itself; a caller who
    /// evaluates resource by resource does it once.
    ///
    /// - Returns: The template, and the faults that only show in what the loops make.
    package func expanded(with givens: Givens) -> (template: Template, findings: [Finding]) {
        guard let document = waiting else { return (self, []) }
        var reader = TemplateReader(document)
        reader.given = (parameters, givens)
        let (template, findings) = reader.readAll()
        let known = Set(Template.read(document).findings)
        return (template, findings.filter { !known.contains($0) })
    }
}

extension TemplateReader {
    /// The sections in which loops may stand, with the loops written out whose collections are known.
    mutating func expandLoops() {
        let sections = Self.loopSections
        guard case .object(var members) = root.content,
            members.contains(where: { sections.contains($0.name) && LoopExpansion.hasLoop($0.value) })
        else { return }
        guard expressions.isExtended else {
            reportLoops(members.filter { sections.contains($0.name) }.map(\.value))
            return
        }
        let texts = collections()
        var expansion = LoopExpansion(source: template.source, texts: texts)
        expansion.taken = Set(template.parameters.map { Key($0.name) })
        for index in members.indices where sections.contains(members[index].name) {
            members[index].value = expansion.expand(members[index].value)
        }
        root.content = .object(members)
        expressions.findings += expansion.findings
        if expansion.isIncomplete { template.isOpen = true }
        if expansion.isIncomplete, expansion.findings.isEmpty { template.waiting = document }
    }

    /// Reads what a loop runs over, by the mappings and, when they are given, the values of parameters.
    private func collections() -> (Node) -> [String]? {
        var ground = Template(source: template.source, json: .null)
        ground.mappings = template.mappings
        ground.parameters = given?.parameters ?? []
        let base = Evaluator(ground, given?.givens ?? Givens())
        return { node in
            var reader = ExpressionReader(source: base.template.source)
            reader.isExtended = true
            var evaluator = base
            guard let term = evaluator.term(reader.expression(node)), case .list(let items) = term.form else {
                return nil
            }
            let texts = items.compactMap(\.text)
            return texts.count == items.count ? texts : nil
        }
    }

    private mutating func reportLoops(_ sections: [Node]) {
        var waiting = sections
        while let node = waiting.popLast() {
            switch node.content {
            case .scalar: break
            case .list(let items): waiting += items
            case .object(let members):
                waiting += members.map(\.value)
                if let loop = members.first(where: { $0.name.hasPrefix(LoopExpansion.prefix) }) {
                    expressions.reportMissingTransform("\(loop.name.prefix(255))", at: loop.key)
                    return
                }
            }
        }
    }
}
