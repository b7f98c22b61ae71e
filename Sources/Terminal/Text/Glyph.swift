/// The few glyphs that widgets draw themselves, one column each, with an ASCII twin of equal width.
package enum Glyph {
    package static let horizontal: Unicode.Scalar = "─"
    package static let vertical: Unicode.Scalar = "│"
    package static let topLeft: Unicode.Scalar = "┌"
    package static let topRight: Unicode.Scalar = "┐"
    package static let bottomLeft: Unicode.Scalar = "└"
    package static let bottomRight: Unicode.Scalar = "┘"
    /// Stands before the selected row, beside its colour.
    package static let pointer: Unicode.Scalar = "▸"
    package static let mark: Unicode.Scalar = "*"
    package static let ellipsis: Unicode.Scalar = "…"
    package static let full: Unicode.Scalar = "█"
    package static let empty: Unicode.Scalar = "░"
    package static let crumb: Unicode.Scalar = "›"
    package static let lineEnd: Unicode.Scalar = "⏎"
    package static let dottedCircle: Unicode.Scalar = "◌"
    package static let folded: Unicode.Scalar = "▸"
    package static let unfolded: Unicode.Scalar = "▾"

    /// What stands for a scalar where only ASCII can be shown.
    package static func asciiTwin(of scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII { return scalar }
        if (0x2400...0x2421).contains(scalar.value) { return "^" }
        return twins[scalar] ?? "?"
    }

    private static let twins: [Unicode.Scalar: Unicode.Scalar] = [
        "─": "-", "│": "|", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+", "┬": "+", "┴": "+", "┼": "+",
        "▸": ">", "▾": "v", "…": "~", "█": "#", "░": ".", "›": ">", "⏎": "^", "→": ">", "←": "<", "↑": "^", "↓": "v",
        "·": ".", "•": "*", "✓": "+", "✗": "x", "–": "-", "—": "-", "‘": "'", "’": "'", "“": "\"", "”": "\"",
        "\u{A0}": " ", "×": "x",
    ]
}

extension Surface {
    /// The same picture in ASCII alone: every glyph by its twin, wide ones by as many question marks.
    package func inASCII() -> Surface {
        var result = self
        for y in 0..<height {
            for x in 0..<width {
                let cell = self[x, y]
                let scalar = text(of: cell).unicodeScalars.first ?? " "
                guard cell.width > 0, !scalar.isASCII || cell.tableIndex != nil else { continue }
                let twin = Glyph.asciiTwin(of: scalar)
                for column in x..<min(width, x + Int(cell.width)) {
                    result.set(twin.value, columns: 1, style: cell.style, x: column, y: y)
                }
            }
        }
        return result
    }
}
