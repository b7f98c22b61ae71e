/// Rows with depth, some of which can be folded; drawn as a table whose first column is indented.
package struct Tree<ID: Hashable & Sendable, Item: Sendable>: Sendable {
    /// One row, folded or not; children follow their parent and are one deeper.
    package struct Node: Sendable {
        package var id: ID
        package var depth: Int
        package var item: Item
        package var hasChildren: Bool

        package init(_ id: ID, depth: Int = 0, _ item: Item, hasChildren: Bool = false) {
            self.id = id
            self.depth = depth
            self.item = item
            self.hasChildren = hasChildren
        }
    }

    /// The rows that no folded one hides.
    package let nodes: [Node]
    package let folded: Set<ID>

    package init(_ nodes: [Node] = [], folded: Set<ID> = []) {
        var shown: [Node] = []
        shown.reserveCapacity(nodes.count)
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

    /// The row that `row` hangs below; `nil` for one of the outermost.
    package func parent(of row: Int) -> Int? {
        guard nodes.indices.contains(row) else { return nil }
        return nodes[..<row].lastIndex { $0.depth < nodes[row].depth }
    }

    /// Draws the rows that fit; see `Table.draw`. Only those are asked for their cells.
    @discardableResult
    package func draw(
        _ state: ListState<ID>, columns: [Column], in rect: Rect, on surface: inout Surface, hasHeader: Bool = true,
        isFocused: Bool = true, empty: SafeText = "nothing here", cells: @escaping (Node) -> [Line]
    ) -> Point? {
        Table(
            columns, count: nodes.count, id: id, empty: empty, hasHeader: hasHeader, isFocused: isFocused
        ) { row in
            let node = nodes[row]
            var cells = cells(node)
            if let first = cells.first { cells[0] = lead(of: node) + first }
            return cells
        }.draw(state, in: rect, on: &surface)
    }

    /// The indent, and the sign of what can be folded: a child stands below its parent's first letter.
    private func lead(of node: Node) -> Line {
        let indent = SafeText(clean: String(repeating: "  ", count: min(node.depth, 40)))
        guard node.hasChildren else { return Line(indent) }
        let sign = folded.contains(node.id) ? Glyph.folded : Glyph.unfolded
        return Line([Span(indent), Span(SafeText(clean: "\(Character(sign)) "), .dim)])
    }
}
