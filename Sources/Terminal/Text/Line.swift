/// Text in one style.
package struct Span: Hashable, Sendable {
    package var text: SafeText
    package var style: Style

    package init(_ text: SafeText, _ style: Style = .text) {
        self.text = text
        self.style = style
    }
}

/// Spans that stand in one row.
package struct Line: Hashable, Sendable {
    package var spans: [Span]

    package init(_ spans: [Span] = []) {
        self.spans = spans
    }

    package init(_ text: SafeText, _ style: Style = .text) {
        spans = text.isEmpty ? [] : [Span(text, style)]
    }

    /// Text with some parts in another style, such as what matched a search.
    ///
    /// The ranges are UTF-8 offsets, ascending, without overlap; those that split a character are left out.
    package init(_ text: SafeText, _ style: Style, highlighting ranges: [Range<Int>], as other: Style) {
        spans = []
        let utf8 = text.string.utf8
        var at = text.string.startIndex
        for range in ranges where range.upperBound <= utf8.count {
            let low = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
            let high = utf8.index(utf8.startIndex, offsetBy: range.upperBound)
            guard low >= at, low.samePosition(in: text.string.unicodeScalars) != nil,
                high.samePosition(in: text.string.unicodeScalars) != nil
            else { continue }
            append(Span(text.slice(at..<low), style))
            append(Span(text.slice(low..<high), other))
            at = high
        }
        append(Span(text.slice(at..<text.string.endIndex), style))
    }

    package var width: Int { spans.reduce(0) { $0 + $1.text.width } }
    package var isEmpty: Bool { spans.allSatisfy { $0.text.isEmpty } }
    package var plain: String { spans.reduce(into: "") { $0 += $1.text.string } }

    package mutating func append(_ span: Span) {
        if !span.text.isEmpty { spans.append(span) }
    }

    package mutating func append(_ text: SafeText, _ style: Style = .text) {
        append(Span(text, style))
    }

    package static func + (left: Line, right: Line) -> Line {
        Line(left.spans + right.spans)
    }

    /// Cut to `columns`, with an ellipsis in the style of what it stands for.
    package func truncated(to columns: Int, _ elision: SafeText.Elision = .end) -> Line {
        let whole = width
        guard whole > columns else { return self }
        if spans.count == 1, let only = spans.first {
            return Line(only.text.truncated(to: columns, elision), only.style)
        }
        guard columns > 0 else { return Line() }
        switch elision {
        case .end:
            return clipped(from: 0, columns: columns - 1) + ellipsis(at: columns - 1)
        case .middle:
            let tail = (columns - 1) / 2
            let head = columns - 1 - tail
            return clipped(from: 0, columns: head) + ellipsis(at: head) + clipped(from: whole - tail, columns: tail)
        }
    }

    /// The part that starts `start` columns in: how text scrolls sideways.
    package func clipped(from start: Int, columns: Int) -> Line {
        var result = Line()
        var skip = max(0, start)
        var left = max(0, columns)
        for span in spans where left > 0 {
            guard skip < span.text.width else {
                skip -= span.text.width
                continue
            }
            let rest = skip > 0 ? span.text.suffix(columns: span.text.width - skip) : span.text
            skip = 0
            let part = rest.prefix(columns: left)
            left -= part.width
            result.append(Span(part, span.style))
            if part.width < rest.width { break }
        }
        return result
    }

    /// All spans in one role: how a row becomes the selected one.
    package func styled(_ role: Role) -> Line {
        Line(spans.map { Span($0.text, Style(role, $0.style.attributes)) })
    }

    private func ellipsis(at column: Int) -> Line {
        var skip = column
        var style = spans.last?.style ?? .text
        for span in spans {
            if skip < span.text.width {
                style = span.style
                break
            }
            skip -= span.text.width
        }
        return Line(SafeText(clean: String(Character(Glyph.ellipsis))), style)
    }
}

extension Line: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) {
        self.init(SafeText(untrusted: value))
    }

    package init(stringInterpolation: DefaultStringInterpolation) {
        self.init(SafeText(untrusted: String(stringInterpolation: stringInterpolation)))
    }
}
