import Terminal

/// What a list is filtered by, as it stands above the list and in its rows.
struct FilterLine {
    var input: LineInput
    var isActive: Bool
    /// Nothing has the words, so names with their letters are shown.
    var isFuzzy: Bool

    /// Draws what leads the line, then the filter; returns the cursor's place while somebody types.
    func draw(in rect: Rect, _ lead: Line, on surface: inout Surface) -> Point? {
        var rest = rect
        surface.draw(lead.truncated(to: rest.width), in: rest)
        _ = rest.takeLeft(min(rest.width, lead.width + 2))
        guard isActive || !input.isEmpty else {
            surface.draw(Line("/ filter", .faint), in: rest)
            return nil
        }
        surface.draw(Line("/ ", .accent), in: rest.takeLeft(2))
        let cursor = input.draw(in: rest.takeLeft(min(rest.width, 28)), on: &surface, isFocused: isActive)
        if isFuzzy { surface.draw(Line("  no word matches: nearest names", .warn), in: rest) }
        return isActive ? cursor : nil
    }

    /// A name with what the filter found in it.
    func highlighted(_ name: String, _ style: Style = .text) -> Line {
        let text = SafeText(untrusted: name)
        guard !input.isEmpty else { return Line(text, style) }
        return Line(
            text, style, highlighting: NameIndex.highlights(of: input.text, in: text, isFuzzy: isFuzzy), as: .match)
    }
}
