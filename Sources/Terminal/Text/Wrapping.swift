extension Line {
    /// Breaks at blanks so that no row is wider than `columns`; a longer word is cut. At least one row.
    ///
    /// Rows after the first are indented by `indent` columns where that leaves room.
    package func wrapped(to columns: Int, indent: Int = 0) -> [Line] {
        guard columns > 0, width > columns else { return [self] }
        let hang = indent < columns / 2 ? indent : 0
        var rows: [Line] = []
        var rest = self
        while true {
            let room = rows.isEmpty ? columns : columns - hang
            guard rest.width > room else {
                rows.append(rest.indented(rows.isEmpty ? 0 : hang))
                return rows
            }
            let head = rest.clipped(from: 0, columns: room)
            // A wide glyph in a single column: nothing fits, so nothing more can be shown.
            guard head.width > 0 else { return rows.isEmpty ? [Line()] : rows }
            let (row, used) = rest.breaking(head)
            rows.append(row.indented(rows.isEmpty ? 0 : hang))
            rest = rest.clipped(from: used, columns: Int.max).droppingBlanks()
            if rest.isEmpty { return rows }
        }
    }

    /// The part of `head` before the last blank it could break at, and how many columns that takes.
    private func breaking(_ head: Line) -> (row: Line, used: Int) {
        let whole = head.width
        let after = clipped(from: whole, columns: 1).plain
        if after == " " { return (head, whole) }
        var column = 0
        var last: Int?
        for span in head.spans {
            for piece in span.text.glyphs {
                if piece.scalars.first == " " { last = column }
                column += piece.columns
            }
        }
        guard let last, last > 0 else { return (head, whole) }
        return (head.clipped(from: 0, columns: last), last)
    }

    private func droppingBlanks() -> Line {
        var blanks = 0
        outer: for span in spans {
            for piece in span.text.glyphs {
                guard piece.scalars.first == " " else { break outer }
                blanks += 1
            }
        }
        return blanks == 0 ? self : clipped(from: blanks, columns: Int.max)
    }

    private func indented(_ columns: Int) -> Line {
        columns == 0 ? self : Line([Span(SafeText(clean: String(repeating: " ", count: columns)))] + spans)
    }
}

extension SafeText {
    package func wrapped(to columns: Int) -> [SafeText] {
        Line(self).wrapped(to: columns).map { $0.spans.reduce(SafeText.empty) { $0 + $1.text } }
    }
}
