package import Documents

/// Where something stands in its template: line and column from 1, and how many scalars of the line it covers.
package struct Position: Hashable, Sendable {
    package var line: Int
    package var column: Int
    package var length: Int

    package init(line: Int, column: Int, length: Int = 1) {
        self.line = line
        self.column = column
        self.length = length
    }

    init(_ node: Node) {
        let length = node.text.map { text in text.unicodeScalars.prefix { $0 != "\n" }.count } ?? 1
        self.init(line: node.line, column: node.column, length: length)
    }

    package func place(in source: Source) -> Place {
        source.place(line: line, column: column, length: length)
    }
}
