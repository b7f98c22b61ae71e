/// Rows with depth, some of which can be folded.
package struct Tree<ID: Hashable & Sendable> {
    /// One row, folded or not; children follow their parent and are one deeper.
    package struct Node {
        package var id: ID
        package var depth: Int
        package var line: Line
        package var hasChildren: Bool

        package init(_ id: ID, depth: Int = 0, _ line: Line, hasChildren: Bool = false) {
            self.id = id
            self.depth = depth
            self.line = line
            self.hasChildren = hasChildren
        }
    }

    package let nodes: [Node]
    private let folded: Set<ID>

    /// Keeps the nodes that no folded one hides.
    package init(_ nodes: [Node], folded: Set<ID>) {
        var shown: [Node] = []
        var hiddenBelow: Int?
        for node in nodes {
            if let depth = hiddenBelow, node.depth > depth { continue }
            hiddenBelow = node.hasChildren && folded.contains(node.id) ? node.depth : nil
            shown.append(node)
        }
        self.nodes = shown
        self.folded = folded
    }

    package var count: Int { nodes.count }

    package func id(_ row: Int) -> ID { nodes[row].id }

    /// Draws as a list without header; see `Table.draw`.
    @discardableResult
    package func draw(
        _ state: ListState<ID>, in rect: Rect, on surface: inout Surface, isFocused: Bool = true,
        empty: SafeText = "nothing here"
    ) -> Point? {
        let list = Table(
            [Column("", 1, upTo: Size.limit)], count: nodes.count, id: id, empty: empty, hasHeader: false,
            isFocused: isFocused
        ) { row in
            [line(nodes[row])]
        }
        return list.draw(state, in: rect, on: &surface)
    }

    private func line(_ node: Node) -> Line {
        let indent = SafeText(clean: String(repeating: "  ", count: min(node.depth, 40)))
        guard node.hasChildren else { return Line(indent + "  ") + node.line }
        let sign = folded.contains(node.id) ? Glyph.folded : Glyph.unfolded
        return Line([Span(indent), Span(SafeText(clean: "\(Character(sign)) "), .dim)]) + node.line
    }
}
