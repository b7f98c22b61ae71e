import Terminal

/// One line of the palette: a command that works here, or a thing to open.
struct PaletteEntry: Sendable {
    enum What: Sendable {
        case command(String)
        case page(@Sendable (Desk) -> any Page)
    }

    var verb: SafeText
    var name: SafeText
    /// At the right: the key of a command, the kind of a thing.
    var key: SafeText
    var doc: SafeText
    var what: What
    /// Why it can't be run now; `nil` where it can.
    var reason: SafeText?
}

/// The palette on `:`: commands, screens and things in one list, found by words.
struct Palette: Sendable {
    /// The commands that work on the page below.
    let commands: [PaletteEntry]
    var input = LineInput()
    /// What the typed words find: commands first, then things.
    private(set) var shown: [PaletteEntry]
    private(set) var selected = 0
    private let names: NameIndex

    enum Outcome { case stay, close, run(PaletteEntry) }

    init(commands: [PaletteEntry]) {
        self.commands = commands
        shown = commands
        names = NameIndex(commands.map { "\($0.verb.string) \($0.name.string) \($0.doc.string)" })
    }

    /// - Parameter things: What the store has under the words.
    mutating func handle(_ key: KeyEvent, things: (String) -> [PaletteEntry]) -> Outcome {
        switch key {
        case "Esc", "Ctrl-C": return .close
        case "Enter":
            guard shown.indices.contains(selected), shown[selected].reason == nil else { return .stay }
            return .run(shown[selected])
        case "Down", "Ctrl-N", "Tab": selected = min(selected + 1, max(0, shown.count - 1))
        case "Up", "Ctrl-P", "S-Tab": selected = max(0, selected - 1)
        case "PgDn": selected = min(selected + 10, max(0, shown.count - 1))
        case "PgUp": selected = max(0, selected - 10)
        default: if input.handle(key) == .changed { search(things) }
        }
        return .stay
    }

    mutating func paste(_ text: String, things: (String) -> [PaletteEntry]) {
        _ = input.paste(text)
        search(things)
    }

    private mutating func search(_ things: (String) -> [PaletteEntry]) {
        selected = 0
        guard !input.isEmpty else {
            shown = commands
            return
        }
        let matches = names.matches(input.text)
        let found = things(input.text)
        // Letters scattered over a sentence are a guess: one is only made where nothing has the words.
        shown = (matches.isFuzzy && !found.isEmpty ? [] : matches.indices.map { commands[$0] }) + found
    }

    func draw(on surface: inout Surface) -> Point {
        let size = Size(min(76, surface.width - 4), min(22, surface.height - 4))
        let box = surface.bounds.centered(size)
        surface.fill(box)
        surface.drawBox(box)
        var inner = box.inset(2, 1)
        var field = inner.takeTop(1)
        surface.draw(Line(": ", .accent), in: field.takeLeft(2))
        let cursor = input.draw(in: field, on: &surface, isFocused: true, placeholder: "a command, a screen, a name")
        _ = inner.takeTop(1)
        let foot = inner.height > 6 ? inner.takeBottom(2) : Rect(inner.x, inner.bottom, inner.width, 0)
        let first = max(0, selected - inner.height + 1)
        for (line, entry) in shown.dropFirst(first).prefix(inner.height).enumerated() {
            draw(entry, isSelected: first + line == selected, in: inner.row(line), on: &surface)
        }
        if shown.isEmpty { surface.draw(Line("Nothing has this name.", .dim), in: inner) }
        if foot.height == 2, shown.indices.contains(selected) {
            surface.drawHorizontalRule(foot.row(0))
            let entry = shown[selected]
            let line = entry.reason.map { Line("off: " + $0, .warn) } ?? Line(entry.doc, .dim)
            surface.draw(line.truncated(to: foot.width), in: foot.row(1))
        }
        return cursor
    }

    private func draw(_ entry: PaletteEntry, isSelected: Bool, in row: Rect, on surface: inout Surface) {
        let isOff = entry.reason != nil
        var rest = row
        let key = Line(entry.key, isOff ? .faint : .accent)
        surface.drawRight(key, in: rest.takeRight(key.width))
        surface.draw(Line(entry.verb, isOff ? .faint : .dim), in: rest.takeLeft(min(6, rest.width)))
        surface.draw(Line(entry.name, isOff ? .faint : .text).truncated(to: max(0, rest.width - 2), .middle), in: rest)
        if isSelected { surface.restyle(row, .selection) }
    }
}
