/// A grid of cells: what is, or will be, on the screen.
///
/// Widgets draw on it, tests read it, a terminal shows it. Whatever is drawn outside is cut off, and a wide glyph
/// never straddles an edge: a blank stands for its half.
package struct Surface: Sendable {
    package let size: Size
    private(set) var cells: [Cell]
    /// Glyphs of more than one scalar, in the order of their first use.
    private(set) var clusters: [String] = []

    package init(_ size: Size) {
        self.size = size
        cells = [Cell](repeating: .blank, count: size.area)
    }

    package var bounds: Rect { Rect(size) }
    package var width: Int { size.width }
    package var height: Int { size.height }

    package subscript(_ x: Int, _ y: Int) -> Cell {
        guard x >= 0, y >= 0, x < width, y < height else { return .blank }
        return cells[y * width + x]
    }

    /// The text of one cell: empty for the second half of a wide glyph.
    package func text(of cell: Cell) -> String {
        if cell.isContinuation { return "" }
        if let index = cell.tableIndex { return index < clusters.count ? clusters[index] : " " }
        guard let scalar = Unicode.Scalar(cell.glyph) else { return " " }
        return String(Character(scalar))
    }

    /// Puts one glyph of `columns` columns at a place inside `clip`; both lie inside the surface.
    mutating func set(_ glyph: UInt32, columns: Int, style: Style, x: Int, y: Int) {
        let at = y * width + x
        breakGlyph(at: at, x: x)
        if columns == 2 {
            breakGlyph(at: at + 1, x: x + 1)
            cells[at + 1] = Cell(glyph: 0, style: style, width: 0)
        }
        cells[at] = Cell(glyph: glyph, style: style, width: UInt8(columns))
    }

    /// Blanks the other half of a wide glyph that is about to be overwritten.
    private mutating func breakGlyph(at index: Int, x: Int) {
        switch cells[index].width {
        case 0 where x > 0:
            cells[index - 1] = Cell(glyph: 0x20, style: cells[index - 1].style, width: 1)
        case 2 where x + 1 < width:
            cells[index + 1] = Cell(glyph: 0x20, style: cells[index + 1].style, width: 1)
        default:
            break
        }
    }

    /// The table index of a glyph, with the bit that tells it from a scalar.
    mutating func intern(_ cluster: String) -> UInt32 {
        if let known = clusters.lastIndex(where: { $0.utf8.elementsEqual(cluster.utf8) }) {
            return UInt32(known) | Cell.tableBit
        }
        // Past the cap a blank stands in: a screen has no use for that many different accented letters.
        guard clusters.count < 4096 else { return 0x20 }
        clusters.append(cluster)
        return UInt32(clusters.count - 1) | Cell.tableBit
    }

    mutating func setStyle(_ style: Style, x: Int, y: Int) {
        cells[y * width + x].style = style
    }
}
