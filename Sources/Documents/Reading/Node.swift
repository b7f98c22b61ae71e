/// A value where it stands: what a reader makes of a text before anybody asks what it means.
package struct Node: Sendable {
    package enum Content: Sendable {
        case scalar(Scalar)
        case list([Node])
        case object([Member])
    }

    package struct Scalar: Sendable {
        /// What it is by the reading profile.
        package var value: Value
        /// What was written, without quotes.
        package var text: String
        /// Whether it stood without quotes, so that its type was guessed from its look.
        package var isPlain: Bool

        package init(value: Value, text: String, isPlain: Bool) {
            self.value = value
            self.text = text
            self.isPlain = isPlain
        }
    }

    package struct Member: Sendable {
        package var key: Node
        package var value: Node

        package init(key: Node, value: Node) {
            self.key = key
            self.value = value
        }

        package var name: String { key.text ?? "" }
    }

    package var content: Content
    /// A YAML tag that the author wrote, such as `!GetAtt`.
    package var tag: String?
    /// From 1.
    package var line: Int
    /// From 1, in Unicode scalars.
    package var column: Int

    package init(_ content: Content, tag: String? = nil, line: Int, column: Int) {
        self.content = content
        self.tag = tag
        self.line = line
        self.column = column
    }

    package var text: String? {
        if case .scalar(let scalar) = content { scalar.text } else { nil }
    }

    /// The value without places and tags.
    package var value: Value {
        switch content {
        case .scalar(let scalar): scalar.value
        case .list(let items): .list(items.map(\.value))
        case .object(let members): .object(Object(members.map { ($0.name, $0.value.value) }))
        }
    }

    package subscript(key: String) -> Node? {
        guard case .object(let members) = content else { return nil }
        return members.last { $0.name.utf8.elementsEqual(key.utf8) }?.value
    }

    /// The node that `pointer` leads to, or the nearest one above it that exists.
    package func nearest(to pointer: Pointer) -> Node {
        var node = self
        for step in pointer.steps {
            switch node.content {
            case .object: guard let next = node[step] else { return node }; node = next
            case .list(let items):
                guard let index = Int(step), items.indices.contains(index) else { return node }
                node = items[index]
            case .scalar: return node
            }
        }
        return node
    }
}
