extension Surface {
    /// Blanks a part, in one style.
    package mutating func fill(_ rect: Rect, _ style: Style = .text, with scalar: Unicode.Scalar = " ") {
        let area = rect.intersection(bounds)
        guard !area.isEmpty else { return }
        let glyph = ScalarWidth.columns(scalar) == 1 ? scalar.value : 0x20
        for y in area.y..<area.bottom {
            for x in area.x..<area.right {
                set(glyph, columns: 1, style: style, x: x, y: y)
            }
        }
    }

    /// Changes the role of what is there and keeps its attributes: how a row becomes the selected one.
    package mutating func restyle(_ rect: Rect, _ role: Role, adding attributes: Attributes = []) {
        restyle(rect) { Style(role, $0.attributes.union(attributes)) }
    }

    package mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
        let area = rect.intersection(bounds)
        guard !area.isEmpty else { return }
        for y in area.y..<area.bottom {
            for x in area.x..<area.right {
                setStyle(change(self[x, y].style), x: x, y: y)
            }
        }
    }

    /// Draws text from the left edge of `rect`'s first row and cuts it at the right edge.
    ///
    /// Markers of revealed characters are drawn as warnings, whatever `style` says.
    /// - Returns: The columns that were used.
    @discardableResult
    package mutating func draw(_ text: SafeText, in rect: Rect, _ style: Style = .text) -> Int {
        let clip = rect.intersection(bounds)
        guard clip.height > 0, rect.y == clip.y, clip.width > 0 else { return 0 }
        if text.isASCII, text.revealed.isEmpty { return drawASCII(text, from: rect.x, clip: clip, style) }
        var x = rect.x
        for piece in text.glyphs {
            guard x + piece.columns <= clip.right else {
                if x < clip.right, x >= clip.x { set(0x20, columns: 1, style: style, x: x, y: clip.y) }
                break
            }
            if x >= clip.x {
                let shown = piece.isRevealed ? Style(.warn, style.attributes) : style
                place(piece.scalars, columns: piece.columns, style: shown, x: x, y: clip.y)
            }
            x += piece.columns
        }
        return x - rect.x
    }

    /// Draws a line of spans; see `draw(_:in:_:)`.
    @discardableResult
    package mutating func draw(_ line: Line, in rect: Rect) -> Int {
        var rest = rect
        for span in line.spans where rest.width > 0 {
            _ = rest.takeLeft(draw(span.text, in: rest, span.style))
        }
        return rect.width - rest.width
    }

    /// Draws text that ends at the right edge of `rect`'s first row.
    @discardableResult
    package mutating func drawRight(_ line: Line, in rect: Rect) -> Int {
        let wide = min(line.width, rect.width)
        return draw(line, in: Rect(rect.right - wide, rect.y, wide, rect.height))
    }

    /// Copies another surface onto this one.
    package mutating func draw(_ other: Surface, at origin: Point) {
        let area = Rect(origin.x, origin.y, other.width, other.height).intersection(bounds)
        guard !area.isEmpty else { return }
        for y in area.y..<area.bottom {
            for x in area.x..<area.right {
                let cell = other[x - origin.x, y - origin.y]
                let fits = cell.width > 0 && x + Int(cell.width) <= area.right
                if fits {
                    let glyph = cell.tableIndex == nil ? cell.glyph : intern(other.text(of: cell))
                    set(glyph, columns: Int(cell.width), style: cell.style, x: x, y: y)
                } else if cell.width == 2 || x == area.x {
                    set(0x20, columns: 1, style: cell.style, x: x, y: y)
                }
            }
        }
    }

    package mutating func drawHorizontalRule(_ rect: Rect, _ style: Style = .border) {
        fill(Rect(rect.x, rect.y, rect.width, min(1, rect.height)), style, with: Glyph.horizontal)
    }

    package mutating func drawVerticalRule(_ rect: Rect, _ style: Style = .border) {
        fill(Rect(rect.x, rect.y, min(1, rect.width), rect.height), style, with: Glyph.vertical)
    }

    /// Draws a frame along the edges of `rect` and blanks its inside.
    package mutating func drawBox(_ rect: Rect, _ style: Style = .border) {
        guard rect.width >= 2, rect.height >= 2 else { return }
        fill(rect)
        let last = Point(rect.right - 1, rect.bottom - 1)
        drawHorizontalRule(Rect(rect.x, rect.y, rect.width, 1), style)
        drawHorizontalRule(Rect(rect.x, last.y, rect.width, 1), style)
        drawVerticalRule(Rect(rect.x, rect.y, 1, rect.height), style)
        drawVerticalRule(Rect(last.x, rect.y, 1, rect.height), style)
        for (x, y, corner) in [
            (rect.x, rect.y, Glyph.topLeft), (last.x, rect.y, Glyph.topRight),
            (rect.x, last.y, Glyph.bottomLeft), (last.x, last.y, Glyph.bottomRight),
        ] {
            fill(Rect(x, y, 1, 1), style, with: corner)
        }
    }
}

extension Surface {
    private mutating func drawASCII(_ text: SafeText, from start: Int, clip: Rect, _ style: Style) -> Int {
        var x = start
        for byte in text.string.utf8 {
            if x >= clip.right { break }
            if x >= clip.x { set(UInt32(byte), columns: 1, style: style, x: x, y: clip.y) }
            x += 1
        }
        return x - start
    }

    private mutating func place(_ scalars: Substring.UnicodeScalarView, columns: Int, style: Style, x: Int, y: Int) {
        guard let first = scalars.first else { return }
        let isSingle = scalars.index(after: scalars.startIndex) == scalars.endIndex
        let glyph = isSingle ? first.value : intern(String(scalars))
        set(glyph, columns: columns, style: style, x: x, y: y)
    }
}
