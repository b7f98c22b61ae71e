/// A text that was read: its nodes with their places, and the value that they make.
package struct Document: Sendable {
    /// How plain scalars are understood, and what a document may hold.
    package enum Profile: Sendable {
        /// JSON.
        case json
        /// Specs, manifests and schemas: YAML 1.2's core types, and no anchors, aliases or tags.
        ///
        /// Plain `yes`, `no`, `on`, `off`, dates and numbers with leading zeros stay text.
        case spec
        /// CloudFormation: YAML 1.1 as the service reads it; tags stay on the nodes, aliases are expanded within limits.
        case cloudFormation
    }

    package let source: Source
    package let root: Node
    package let value: Value

    /// Reads a whole text and reports all that is wrong with it.
    ///
    /// - Returns: No document when a finding is an error.
    package static func read(
        _ source: Source,
        as profile: Profile,
        limits: Limits = .standard
    ) -> (document: Document?, findings: [Finding]) {
        if source.bytes.count > limits.bytes {
            return (nil, [.tooLarge(source, limit: limits.bytes)])
        }
        let unreadable = Finding.unreadableText(in: source, as: profile)
        guard unreadable.isEmpty else { return (nil, unreadable) }
        var root: Node?
        var findings: [Finding]
        switch profile {
        case .json:
            var reader = JSONReader(source: source, limits: limits)
            root = reader.read()
            findings = reader.findings
        case .spec, .cloudFormation:
            var reader = YAMLReader(source: source, profile: profile, limits: limits)
            root = reader.read()
            findings = reader.findings
        }
        if findings.contains(where: { $0.severity == .error }) { root = nil }
        return (root.map { Document(source: source, root: $0) }, findings)
    }

    package init(source: Source, root: Node) {
        self.source = source
        self.root = root
        value = root.value
    }

    /// The place of the value at `pointer`, or of the nearest one above it.
    package func place(of pointer: Pointer) -> Place {
        let node = root.nearest(to: pointer)
        let length = node.text.map { text in text.unicodeScalars.prefix { $0 != "\n" }.count } ?? 1
        return source.place(line: node.line, column: node.column, length: length)
    }

    /// The place of the key under which the value at `pointer` stands; of the value itself where it has none.
    package func keyPlace(of pointer: Pointer) -> Place {
        guard let name = pointer.steps.last, case .object(let members) = root.nearest(to: pointer.parent).content,
            let key = members.last(where: { $0.name.utf8.elementsEqual(name.utf8) })?.key
        else { return place(of: pointer) }
        return source.place(line: key.line, column: key.column, length: name.unicodeScalars.count)
    }
}
