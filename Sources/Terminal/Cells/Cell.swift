/// One column of one row: a glyph and its style, in eight bytes.
///
/// A glyph that is two columns wide stands in its first column; the next one is a continuation.
/// Glyphs of more than one scalar (a letter with accents) live in their surface's table.
package struct Cell: Hashable, Sendable {
    /// A scalar's value, or a table index with `tableBit` set, or 0 for a continuation.
    var glyph: UInt32
    package var style: Style
    /// Columns the glyph takes: 1 or 2, and 0 for a continuation.
    package var width: UInt8

    static let tableBit: UInt32 = 0x8000_0000
    package static let blank = Cell(glyph: 0x20, style: .text, width: 1)

    var isContinuation: Bool { width == 0 }
    var tableIndex: Int? { glyph & Cell.tableBit == 0 ? nil : Int(glyph & ~Cell.tableBit) }
}
