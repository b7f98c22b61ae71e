import Documents
import Terminal

/// The rows of a table: what each was given, and where the cursor is. Their answers stand in entries of their own.
struct TableInput: Sendable {
    /// What each row holds beside the answers of its fields.
    var bases: [Value]
    /// The row with the cursor; behind the last one rows are added.
    var row = 0

    init(_ bases: [Value]) { self.bases = bases }

    var isAtEnd: Bool { row >= bases.count }

    /// Moves the cursor; past an end the field ends.
    mutating func step(_ count: Int) -> Bool {
        guard (0...bases.count).contains(row + count) else { return false }
        row += count
        return true
    }
}

/// A choice of shapes: which one, and what was given for each. Their answers stand in entries of their own.
struct BranchInput: Sendable {
    private(set) var choice: Choice
    var bases: [Value]

    init(_ titles: [String]) {
        choice = Choice(titles)
        bases = titles.map { _ in .object(Object()) }
    }

    var chosen: Int? { choice.selected }

    mutating func choose(_ branch: Int?) { choice = Choice(choice.options, selected: branch) }

    mutating func handle(_ key: KeyEvent) -> Bool { choice.handle(key) }
}
