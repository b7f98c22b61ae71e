import Terminal

extension Line {
    /// Cut or filled up to exactly so many columns: a cell of hand-made columns.
    func filling(_ columns: Int, _ elision: SafeText.Elision = .end) -> Line {
        let cut = truncated(to: columns, elision)
        guard cut.width < columns else { return cut }
        return cut + Line(SafeText(untrusted: String(repeating: " ", count: columns - cut.width)))
    }

    /// Columns from the left, each of its width with two blanks behind; a width of `nil` takes what is there.
    static func columns(_ cells: [(line: Line, width: Int?)]) -> Line {
        var result = Line()
        for (index, cell) in cells.enumerated() {
            guard let width = cell.width else {
                result = result + cell.line
                continue
            }
            result = result + cell.line.filling(width)
            if index < cells.count - 1 { result.append("  ") }
        }
        return result
    }

    /// Left and right text in one row, the right one whole as long as it fits.
    static func spread(_ left: Line, _ right: Line, to columns: Int) -> Line {
        guard left.width + right.width + 2 <= columns else { return (left + Line("  ") + right).truncated(to: columns) }
        return left.filling(columns - right.width) + right
    }
}
