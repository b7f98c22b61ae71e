import Screens
import Terminal

/// A person at the keys: what is asked for in the background is answered at once.
struct Walk {
    var shell: Shell
    /// Kept, because its files go with it.
    let bench: ScreenBench
    var size: Size

    init(_ shell: Shell, _ bench: ScreenBench, _ size: Size) {
        (self.shell, self.bench, self.size) = (shell, bench, size)
        _ = self.shell.update(.resize(size))
    }

    /// Presses keys, then lets the moment pass that a resting screen waits for.
    mutating func press(_ keys: KeyEvent...) async {
        for key in keys { await bench.perform(shell.update(.key(key)), &shell) }
        await rest()
    }

    mutating func type(_ text: String) async {
        for character in text {
            await bench.perform(shell.update(.key(KeyEvent(stringLiteral: String(character)))), &shell)
        }
    }

    mutating func rest() async {
        guard shell.view(size).nextTick != nil else { return }
        await bench.perform(shell.update(.tick(.zero)), &shell)
    }

    mutating func resize(_ size: Size) {
        self.size = size
        _ = shell.update(.resize(size))
    }

    var rows: [String] { shell.view(size).surface.rows }
    var text: String { rows.joined(separator: "\n") }

    /// The row with these words, blanks at its end left out.
    func row(_ words: String) -> String? { rows.first { $0.contains(words) } }
    var selectedRow: String? { rows.first { $0.hasPrefix(" ▸") } }
}
