import Terminal

/// The text beside a list that says what the selected row is about: it scrolls, and says when there is more.
struct Reader: Sendable {
    /// Whether the movement keys scroll the text and not the list.
    private(set) var isOpen = false
    private var text = TextPane.State()

    /// Where its keys have a meaning while it is open.
    static let context: KeyContext = "preview"

    static let commands: [Command] = [
        Command(
            "preview.leave", "back to the list", "Gives the keys back to the list.", keys: ["Esc", "p", "Tab"],
            in: context, group: "SEE", hint: 1)
    ]

    mutating func open() { isOpen = true }

    mutating func leave() { isOpen = false }

    /// Another row is selected: its text begins at the top.
    mutating func restart() { text = TextPane.State() }

    /// Takes a key that scrolls; `false` where it means something else.
    mutating func handle(_ key: KeyEvent, rows: Int, height: Int) -> Bool {
        guard let move = Move(key) else { return false }
        text.move(move, rows: rows, height: max(1, height))
        return true
    }

    /// Draws the lines from where it was scrolled to; the last row says how many are still below.
    func draw(_ lines: [Line], in rect: Rect, on surface: inout Surface) {
        guard rect.height > 0 else { return }
        let top = min(text.top, max(0, lines.count - rect.height))
        Panes.draw(Array(lines.dropFirst(top)), in: rect, on: &surface)
        let below = lines.count - top - rect.height
        guard below > 0 else { return }
        let last = rect.row(rect.height - 1)
        surface.fill(last)
        let hint: SafeText = isOpen ? "j scrolls" : "p reads on"
        surface.draw(
            Line("... \(Words.count(below + 1, "more line")): \(hint)", .faint).truncated(to: last.width), in: last)
    }
}
