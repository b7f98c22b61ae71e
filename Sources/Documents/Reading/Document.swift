/// A text that was read: its nodes with their places, and the value that they make.
package struct Document: Sendable {
    /// How plain scalars are understood, and what a document may hold.
    package enum Profile: Sendable {
        /// JSON.
        case json
        /// Specs, manifests and schemas: plain `yes`, `no`, `on`, `off` are text; anchors, aliases and tags are refused.
        case spec
        /// CloudFormation: YAML 1.1 as the service reads it; tags are kept on the nodes; aliases are expanded within limits.
        case cloudFormation
    }

    package let source: Source
    package let root: Node
    package let value: Value

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
}
