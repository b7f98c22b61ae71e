package import Documents

/// A schema object of OpenAPI 3.0, compiled once: validates, fills defaults, describes itself as a form.
///
/// Compiling always succeeds. What could not be understood stands in `findings` and accepts every value.
package struct Schema: Sendable {
    /// How much of the language is asked of an author.
    package enum Strictness: Sendable {
        /// Every fault counts as what it is.
        case complete
        /// As the service that the schemas were written for took them: what it never checked is a warning.
        case lenient
    }

    let quick: QuickCheck
    let root: SchemaNode.Index
    /// Faults of the schema itself. With an error the schema must not be used.
    package private(set) var findings: [Finding]
    /// Whether some inputs are asked for only under a condition.
    let hasConditions: Bool

    /// Compiles the schema object at `root` of `value`; references lead into `value` and nowhere else.
    package init(_ value: Value, root: Pointer = Pointer(), strictness: Strictness = .complete) {
        var compiler = Compiler(document: value, root: root, strictness: strictness)
        self.root = compiler.compile(at: root)
        compiler.finish()
        quick = QuickCheck(compiler.nodes)
        hasConditions = compiler.nodes.contains { $0.notes.condition != nil }
        findings = compiler.findings + Self.defaultFindings(quick, strictness)
        if hasConditions { findings += ConditionCheck(self).findings }
    }

    /// Compiles the schema object at `root` of `document`, with the places of what is at fault.
    package init(_ document: Document, root: Pointer = Pointer(), strictness: Strictness = .complete) {
        let schema = Schema(document.value, root: root, strictness: strictness)
        quick = schema.quick
        self.root = schema.root
        hasConditions = schema.hasConditions
        findings = schema.findings.map { $0.located(in: document) }
    }

    var nodes: [SchemaNode] { quick.nodes }

    package var isUsable: Bool {
        !findings.contains { $0.severity == .error }
    }
}

extension Schema {
    /// One member that the schema declares at its root.
    package struct Input: Sendable {
        package let name: String
        package let isRequired: Bool
        package let type: ValueType?
        package let notes: Notes
        /// Where the input's schema object stands in its document.
        package let pointer: Pointer
    }

    /// The members that the root declares, in order; those of `allOf` follow its own.
    package var inputs: [Input] {
        properties(of: root).map { property in
            let node = nodes[property.node]
            return Input(
                name: property.name, isRequired: property.isRequired, type: node.type, notes: node.notes,
                pointer: node.pointer)
        }
    }

    /// Whether the root accepts members that it does not declare.
    package var acceptsUnknownInputs: Bool {
        if case .none? = nodes[root].object?.additional { false } else { true }
    }

    /// The members that a node and the branches of its `allOf` declare; the first declaration of a name counts.
    func properties(of index: SchemaNode.Index, depth: Int = 0) -> [ObjectRules.Property] {
        let node = nodes[index]
        var properties = node.object?.properties ?? []
        guard !node.allOf.isEmpty, depth < 16 else { return properties }
        var required = Set((node.object?.requiredOnly ?? []).map(Key.init))
        for branch in node.allOf {
            required.formUnion((nodes[branch].object?.requiredOnly ?? []).map(Key.init))
            for property in self.properties(of: branch, depth: depth + 1) {
                if let known = properties.firstIndex(where: { $0.name.hasSameScalars(as: property.name) }) {
                    properties[known].isRequired = properties[known].isRequired || property.isRequired
                } else {
                    properties.append(property)
                }
            }
        }
        for index in properties.indices where required.contains(Key(properties[index].name)) {
            properties[index].isRequired = true
        }
        return properties
    }
}

extension Finding {
    /// This finding with its place in `document`, whose value at `base` its pointers start from.
    package func located(in document: Document, at base: Pointer = Pointer()) -> Finding {
        var finding = self
        if let pointer {
            finding.place = document.place(of: Pointer(base.steps + (focus ?? pointer).steps))
            if code == SecretReference.code { finding.place?.sourceLine = nil }
        }
        finding.causes = causes.map { $0.located(in: document, at: base) }
        return finding
    }
}
