import Terminal

/// Text in columns, for the few lines that are no table.
enum Cells {
    /// Each part cut and filled to its width, with a gap between them.
    static func row(_ parts: [(line: Line, width: Int, alignment: Column.Alignment)], gap: Int = 2) -> Line {
        var row = Line()
        for (index, part) in parts.enumerated() {
            if index > 0 { row.append(SafeText(untrusted: String(repeating: " ", count: gap)), .text) }
            let text = part.line.truncated(to: max(0, part.width), part.alignment == .left ? .middle : .end)
            let blank = SafeText(untrusted: String(repeating: " ", count: max(0, part.width - text.width)))
            switch part.alignment {
            case .left:
                row = row + text
                if index < parts.count - 1 { row.append(blank, .text) }
            case .right:
                row.append(blank, .text)
                row = row + text
            }
        }
        return row
    }
}
