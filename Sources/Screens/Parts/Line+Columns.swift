import Terminal

/// Columns of lines that are no table.
extension Line {
    /// A part of a row: cut and filled to its width; a width of `nil` takes what is there.
    struct Cell {
        var line: Line
        var width: Int?
        var alignment: Column.Alignment
        var elision: SafeText.Elision

        init(
            _ line: Line, _ width: Int?, _ alignment: Column.Alignment = .left, _ elision: SafeText.Elision = .end
        ) {
            self.line = line
            self.width = width
            self.alignment = alignment
            self.elision = elision
        }
    }

    /// The line in so many columns: cut, or filled with blanks.
    func filling(
        _ columns: Int, _ elision: SafeText.Elision = .end, _ alignment: Column.Alignment = .left
    ) -> Line {
        let cut = truncated(to: max(0, columns), elision)
        guard cut.width < columns else { return cut }
        let blank = Line(SafeText(untrusted: String(repeating: " ", count: columns - cut.width)))
        return alignment == .left ? cut + blank : blank + cut
    }

    /// Cells from the left with a gap between them; nothing is filled behind the last one.
    static func columns(_ cells: [Cell], gap: Int = 2) -> Line {
        var result = Line()
        for (index, cell) in cells.enumerated() {
            let isLast = index == cells.count - 1
            switch cell.width {
            case nil: result = result + cell.line
            case let width? where isLast && cell.alignment == .left:
                result = result + cell.line.truncated(to: max(0, width), cell.elision)
            case let width?:
                result = result + cell.line.filling(width, cell.elision, cell.alignment)
                if !isLast { result.append(SafeText(untrusted: String(repeating: " ", count: gap))) }
            }
        }
        return result
    }

    /// Left and right text in one row, the right one whole as long as it fits.
    static func spread(_ left: Line, _ right: Line, to columns: Int) -> Line {
        guard left.width + right.width + 2 <= columns else { return (left + Line("  ") + right).truncated(to: columns) }
        return left.filling(columns - right.width) + right
    }
}
