import Terminal

/// One line of the palette: a command that works here, or a thing to open.
struct PaletteEntry: Sendable {
    enum What: Sendable {
        case command(String)
        case page(@Sendable (Desk) -> any Page)
    }

    var verb: SafeText
    var name: SafeText
    var place: SafeText
    var key: SafeText
    var doc: SafeText
    var what: What
    /// Why it can't be run now; empty where it can.
    var reason: SafeText
}

/// The palette on `:`: commands, screens and things in one list, found by words.
struct Palette: Sendable {
    var input = LineInput()
    var shown: [Int]
    var selected = 0

    enum Outcome { case stay, close, run(PaletteEntry) }

    init(entries: [PaletteEntry]) { shown = Array(entries.indices) }

    mutating func handle(_ key: KeyEvent, entries: [PaletteEntry]) -> Outcome {
        switch key {
        case "Esc", "Ctrl-C": return .close
        case "Enter":
            guard shown.indices.contains(selected), entries.indices.contains(shown[selected]) else { return .stay }
            let entry = entries[shown[selected]]
            return entry.reason.string.isEmpty ? .run(entry) : .stay
        case "Down", "Ctrl-N": selected = min(selected + 1, max(0, shown.count - 1))
        case "Up", "Ctrl-P": selected = max(0, selected - 1)
        default:
            if input.handle(key) != .ignored { search(entries) }
        }
        return .stay
    }

    mutating func paste(_ text: String, entries: [PaletteEntry]) {
        _ = input.paste(text)
        search(entries)
    }

    private mutating func search(_ entries: [PaletteEntry]) {
        selected = 0
        guard !input.isEmpty else {
            shown = Array(entries.indices)
            return
        }
        shown = NameIndex(entries.map { "\($0.verb.string) \($0.name.string)" }).matches(input.text).indices
    }

    func draw(entries: [PaletteEntry], on surface: inout Surface) -> Point {
        let size = Size(min(70, surface.width - 4), min(18, surface.height - 4))
        let box = surface.bounds.centered(size)
        surface.fill(box)
        surface.drawBox(box)
        var inner = box.inset(2, 1)
        var field = inner.takeTop(1)
        surface.draw(Line(": ", .accent), in: field.takeLeft(2))
        let cursor = input.draw(in: field, on: &surface, isFocused: true, placeholder: "a command, a screen, a name")
        _ = inner.takeTop(1)
        var foot = inner.takeBottom(2)
        let first = max(0, selected - inner.height + 1)
        for (line, index) in shown.dropFirst(first).prefix(inner.height).enumerated() {
            let entry = entries[index]
            let row = inner.row(line)
            let isDead = !entry.reason.string.isEmpty
            var cells = Line(entry.verb.truncated(to: 10), isDead ? .faint : .dim)
            cells.append(SafeText(untrusted: String(repeating: " ", count: max(1, 11 - cells.width))))
            cells.append(entry.name, isDead ? .faint : .text)
            surface.draw(cells.truncated(to: max(0, row.width - 14)), in: row)
            surface.drawRight(Line(entry.key, isDead ? .faint : .accent), in: row)
            if first + line == selected { surface.restyle(row, .selection) }
        }
        if shown.isEmpty { surface.draw(Line("Nothing has this name.", .dim), in: inner) }
        if shown.indices.contains(selected) {
            let entry = entries[shown[selected]]
            surface.drawHorizontalRule(foot.takeTop(1))
            let text = entry.reason.string.isEmpty ? entry.doc : entry.reason
            surface.draw(Line(text.truncated(to: foot.width), .dim), in: foot)
        }
        return cursor
    }
}
