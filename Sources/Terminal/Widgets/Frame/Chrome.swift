/// The three lines that every screen has: header, message and hints; the rest is content.
package struct Chrome: Sendable {
    /// From the outermost place to this one.
    package var crumbs: [SafeText]
    package var status: Line
    /// What just happened, or what is wrong; stays until the next one.
    package var message: Line
    /// How old the data is, how many are marked: at the right of the message.
    package var note: Line
    package var hints: [KeyMap.Hint]
    /// Where in the list, such as `5/12`.
    package var position: SafeText

    package init(
        crumbs: [SafeText],
        status: Line = Line(),
        message: Line = Line(),
        note: Line = Line(),
        hints: [KeyMap.Hint] = [],
        position: SafeText = .empty
    ) {
        self.crumbs = crumbs
        self.status = status
        self.message = message
        self.note = note
        self.hints = hints
        self.position = position
    }

    /// What is left for the content of a screen of this size.
    package static func content(of size: Size) -> Rect {
        var rect = Rect(size)
        _ = rect.takeTop(1)
        _ = rect.takeBottom(size.height > 12 ? 2 : 1)
        return rect
    }

    package func draw(on surface: inout Surface) {
        var rect = surface.bounds
        drawHeader(in: rect.takeTop(1), on: &surface)
        drawHints(in: rect.takeBottom(1), on: &surface)
        // A small screen shows the message in place of the hints, and only while there is one.
        if surface.height > 12 {
            drawMessage(in: rect.takeBottom(1), on: &surface)
        } else if !message.isEmpty {
            drawMessage(in: Rect(0, surface.height - 1, surface.width, min(1, surface.height)), on: &surface)
        }
    }

    private func drawHeader(in rect: Rect, on surface: inout Surface) {
        let right = status.truncated(to: max(0, rect.width / 2))
        let room = rect.width - right.width - (right.isEmpty ? 2 : 4)
        surface.draw(breadcrumb(room), in: rect.moved(1))
        surface.drawRight(right, in: Rect(rect.x, rect.y, rect.width - 1, rect.height))
    }

    /// The innermost place matters most: outer ones go first when the room is short.
    private func breadcrumb(_ room: Int) -> Line {
        for start in crumbs.indices {
            let line = joined(crumbs[start...])
            if line.width <= room { return line }
        }
        return crumbs.last.map { Line($0.truncated(to: max(0, room), .middle), .header) } ?? Line()
    }

    private func joined(_ parts: ArraySlice<SafeText>) -> Line {
        var line = Line()
        for (index, crumb) in parts.enumerated() {
            if index > 0 { line.append(SafeText(clean: " \(Character(Glyph.crumb)) "), .dim) }
            line.append(crumb, index == parts.count - 1 ? .header : .dim)
        }
        return line
    }

    private func drawMessage(in rect: Rect, on surface: inout Surface) {
        surface.fill(rect)
        let right = note.truncated(to: max(0, rect.width / 3))
        surface.draw(message.truncated(to: max(0, rect.width - right.width - 4)), in: rect.moved(1))
        surface.drawRight(right, in: Rect(rect.x, rect.y, rect.width - 1, rect.height))
    }

    private func drawHints(in rect: Rect, on surface: inout Surface) {
        var rest = rect.moved(1)
        _ = rest.takeRight(1)
        let place = Line(position, .dim)
        if place.width + 12 < rest.width { surface.drawRight(place, in: rest.takeRight(place.width + 2)) }
        for hint in Chrome.fitting(hints, width: rest.width, isShort: rect.width < 60) {
            let line = Chrome.line(of: hint, isShort: rect.width < 60)
            surface.draw(line, in: rest.takeLeft(line.width + 2))
        }
    }

    /// The hints that fit: where the room is short, those that are off go first, then the last ones; what works
    /// everywhere stays.
    static func fitting(_ hints: [KeyMap.Hint], width: Int, isShort: Bool) -> [KeyMap.Hint] {
        var kept = hints
        func needed() -> Int { kept.reduce(-2) { $0 + line(of: $1, isShort: isShort).width + 2 } }
        while needed() > width {
            let victim =
                kept.lastIndex { !$0.isAvailable } ?? kept.lastIndex { !$0.isEverywhere } ?? kept.indices.last
            guard let victim else { break }
            kept.remove(at: victim)
        }
        return kept
    }

    /// `key title`, or the key alone where there is no room for words.
    static func line(of hint: KeyMap.Hint, isShort: Bool) -> Line {
        let key = Span(SafeText(untrusted: hint.key), hint.isAvailable ? .accent : .faint)
        guard !isShort else { return Line([key]) }
        return Line([key, Span(SafeText(untrusted: " " + hint.title), hint.isAvailable ? .text : .faint)])
    }
}
