/// Names of sections side by side, one of them chosen.
package struct Tabs: Sendable {
    package var titles: [SafeText]
    package var selected: Int

    package init(_ titles: [SafeText], selected: Int) {
        self.titles = titles
        self.selected = selected
    }

    /// The chosen one stands in brackets; where they do not all fit, those around it are shown.
    package func draw(in rect: Rect, on surface: inout Surface) {
        let parts = titles.enumerated().map { index, title in
            index == selected
                ? Line([Span("[", .border), Span(title, Style.header.bold), Span("]", .border)])
                : Line([Span(" "), Span(title, .dim), Span(" ")])
        }
        var first = 0
        while first < selected, parts[first...selected].reduce(0, { $0 + $1.width + 1 }) > rect.width { first += 1 }
        var rest = rect
        for part in parts[first...] {
            guard rest.width > 0 else { return }
            let used = surface.draw(part.truncated(to: rest.width), in: rest)
            _ = rest.takeLeft(used + 1)
        }
    }
}
