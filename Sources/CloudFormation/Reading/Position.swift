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

    /// Bytes of a line that a place still quotes.
    private static let quotedLength = 10_000

    package func place(in source: Source) -> Place {
        // A whole template on one line may have a fault at every word, and each would hold the line.
        if source.offset(ofLine: line + 1) - source.offset(ofLine: line) > Self.quotedLength {
            return Place(file: source.name, line: line, column: column, length: length)
        }
        return source.place(line: line, column: column, length: length)
    }
}
