/// A box over the screen that asks something; it holds what it asks about, by name.
package struct Dialog: Hashable, Sendable {
    /// What must be done to say yes.
    package enum Answer: Hashable, Sendable {
        /// Press this key, which is never the one that opened the question.
        case key(KeyChord, SafeText)
        /// Type the name of what will change, then Enter.
        case name(String)
    }

    package enum Outcome: Hashable, Sendable { case stays, confirmed, cancelled }

    package var title: SafeText
    package var lines: [Line]
    package var answer: Answer
    package private(set) var input = LineInput()

    package init(_ title: SafeText, _ lines: [Line], answer: Answer) {
        self.title = title
        self.lines = lines
        self.answer = answer
    }

    /// True once what was typed is the name; there is no default.
    package var isAnswered: Bool {
        guard case .name(let name) = answer else { return false }
        return !name.isEmpty && input.text.utf8.elementsEqual(name.utf8)
    }

    package mutating func handle(_ key: KeyEvent) -> Outcome {
        if key == "Esc" || key == "Ctrl-C" { return .cancelled }
        switch answer {
        case .key(let wanted, _):
            return key == wanted ? .confirmed : .stays
        case .name:
            if key == "Enter" { return isAnswered ? .confirmed : .stays }
            _ = input.handle(key)
            return .stays
        }
    }

    package mutating func paste(_ text: String) {
        if case .name = answer { _ = input.paste(text) }
    }

    /// Draws the box in the middle of `rect`; returns where the cursor stands.
    @discardableResult
    package func draw(in rect: Rect, on surface: inout Surface) -> Point? {
        let wide = min(72, rect.width)
        let text = lines.flatMap { $0.wrapped(to: max(1, wide - 4)) }
        let fits = text.prefix(max(0, rect.height - 6))
        let box = rect.centered(Size(wide, fits.count + 6))
        surface.drawBox(box)
        var inner = box.inset(2, 1)
        surface.draw(Line(title, Style.header.bold).truncated(to: inner.width), in: inner.takeTop(1))
        _ = inner.takeTop(1)
        for line in fits { surface.draw(line, in: inner.takeTop(1)) }
        if fits.count < text.count, box.height > 2 {
            surface.drawRight(
                Line("\(text.count - fits.count) more lines", .dim), in: box.inset(2, 0).row(box.height - 1))
        }
        _ = inner.takeTop(1)
        return drawAnswer(in: inner.takeTop(1), on: &surface)
    }

    private func drawAnswer(in rect: Rect, on surface: inout Surface) -> Point? {
        guard rect.height > 0 else { return nil }
        switch answer {
        case .key(let key, let title):
            let line = Line([
                Span(SafeText(untrusted: key.description), .accent), Span(" " + title), Span("   "),
                Span("Esc", .accent), Span(" no"),
            ])
            surface.draw(line, in: rect)
            return Point(rect.x, rect.y)
        case .name(let name):
            var rest = rect
            let prompt = Line([Span("type "), Span(SafeText(untrusted: name), Style.text.bold), Span(": ")])
            _ = rest.takeLeft(surface.draw(prompt.truncated(to: rect.width / 2, .middle), in: rest))
            if isAnswered { surface.drawRight(Line("Enter", .accent), in: rest.takeRight(7)) }
            return input.draw(in: rest, on: &surface, isFocused: true)
        }
    }
}
