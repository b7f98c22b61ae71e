import Terminal

/// How a screen splits its content: a list and what the selected row is about.
enum Panes {
    /// From 100 columns on side by side, below that one above the other; too low for two: the list alone.
    static func split(_ rect: Rect, preview share: Int = 52) -> (list: Rect, rule: Rect?, preview: Rect?) {
        var list = rect
        if rect.width >= 100 {
            let preview = list.takeRight(rect.width * share / 120)
            let rule = list.takeRight(1)
            _ = list.takeRight(1)
            var inner = preview
            _ = inner.takeLeft(1)
            return (list, rule, inner)
        }
        guard rect.height >= 14 else { return (list, nil, nil) }
        let preview = list.takeBottom(max(6, rect.height * 2 / 5))
        let rule = list.takeBottom(1)
        return (list, rule, preview.inset(1, 0))
    }

    static func drawRule(_ rule: Rect?, on surface: inout Surface) {
        guard let rule else { return }
        if rule.height > 1 {
            surface.drawVerticalRule(rule)
        } else {
            surface.drawHorizontalRule(rule)
        }
    }

    /// Draws lines from the top, as many as fit.
    static func draw(_ lines: [Line], in rect: Rect, on surface: inout Surface) {
        for (index, line) in lines.prefix(rect.height).enumerated() {
            surface.draw(line.truncated(to: rect.width), in: rect.row(index))
        }
    }

    /// A heading as sections have it.
    static func heading(_ title: SafeText, _ note: SafeText = .empty) -> Line {
        var line = Line(title, .header)
        if !note.string.isEmpty { line.append("  " + note, .dim) }
        return line
    }

    /// `label` in a column of its own, and the text behind it.
    static func fact(_ label: SafeText, _ text: Line, width: Int = 13) -> Line {
        var line = Line(label.truncated(to: width - 1), .dim)
        line.append(SafeText(untrusted: String(repeating: " ", count: max(1, width - line.width))))
        return line + text
    }
}

extension Panes {
    /// One row of a form on a page of its own: a label, and a text to be typed.
    struct Field {
        var label: SafeText
        var placeholder: SafeText
        var input: LineInput
        var isFocused: Bool
    }

    /// Draws one field a row from the top of `rect`; gives the place of the cursor.
    static func draw(
        _ fields: [Field], labels width: Int, in rect: inout Rect, on surface: inout Surface
    ) -> Point? {
        var cursor: Point?
        for field in fields {
            var row = rect.takeTop(1)
            surface.draw(Line(field.label, field.isFocused ? .accent : .text), in: row.takeLeft(width))
            surface.draw(Line("[", .dim), in: row.takeLeft(1))
            let area = row.takeLeft(max(1, min(row.width - 1, 64)))
            surface.draw(Line("]", .dim), in: row)
            let point = field.input.draw(
                in: area, on: &surface, isFocused: field.isFocused, placeholder: field.placeholder)
            if field.isFocused { cursor = point }
        }
        return cursor
    }
}
