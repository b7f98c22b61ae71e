/// One line of text that is being edited, with a cursor between characters and an undo history.
package struct LineInput: Hashable, Sendable {
    private var characters: [Character]
    /// Characters before the cursor.
    package private(set) var cursor: Int
    private var history: [Snapshot] = []
    /// Consecutive typing is one step back.
    private var isTyping = false
    private var killed: [Character] = []

    private struct Snapshot: Hashable, Sendable {
        var characters: [Character]
        var cursor: Int
    }

    /// More bytes than this are never held.
    package static let byteLimit = 1 << 16
    private static let historyLimit = 100

    package init(_ text: String = "") {
        characters = Array(text)
        cursor = characters.count
    }

    package var text: String {
        get { String(characters) }
        set {
            guard newValue != text else { return }
            remember()
            characters = Array(newValue)
            cursor = characters.count
        }
    }

    /// A cursor beyond the end stands at the end.
    init(_ text: String, cursor: Int) {
        self.init(text)
        self.cursor = max(0, min(cursor, characters.count))
    }

    package var isEmpty: Bool { characters.isEmpty }
    var count: Int { characters.count }
    /// What stands before and behind the cursor.
    var halves: (head: String, tail: String) { (String(characters[..<cursor]), String(characters[cursor...])) }

    /// What became of a key or a paste.
    package enum Outcome: Hashable, Sendable {
        case ignored
        case moved
        case changed
        /// Pasted text lost its line ends, or what did not fit.
        case pasted(joinedLines: Bool, droppedBytes: Int)
    }

    /// Edits by the keys that readline has; what they do not cover is the screen's.
    package mutating func handle(_ key: KeyEvent) -> Outcome {
        if let typed = key.typed { return insert(typed) }
        switch key {
        case "Left", "Ctrl-B": return move(to: cursor - 1)
        case "Right", "Ctrl-F": return move(to: cursor + 1)
        case "Home", "Ctrl-A": return move(to: 0)
        case "End", "Ctrl-E": return move(to: characters.count)
        case "Alt-b", "Ctrl-Left", "Alt-Left": return move(to: wordStart)
        case "Alt-f", "Ctrl-Right", "Alt-Right": return move(to: wordEnd)
        case "Backspace", "Ctrl-H": return delete(cursor - 1..<cursor)
        case "Del", "Ctrl-D": return delete(cursor..<cursor + 1)
        case "Ctrl-W", "Alt-Backspace": return kill(wordStart..<cursor)
        case "Alt-d": return kill(cursor..<wordEnd)
        case "Ctrl-K": return kill(cursor..<characters.count)
        case "Ctrl-U": return kill(0..<cursor)
        case "Ctrl-Y": return paste(String(killed))
        case "Ctrl-_": return undo()
        default: return .ignored
        }
    }

    package mutating func paste(_ text: String) -> Outcome {
        // CR LF is one character and counts as a newline, too.
        var added = text.map { $0.isNewline ? " " : $0 }
        let joined = text.contains(where: \.isNewline)
        var room = LineInput.byteLimit - self.text.utf8.count
        let kept = added.prefix { character in
            room -= character.utf8.count
            return room >= 0
        }.count
        let dropped = added[kept...].reduce(0) { $0 + $1.utf8.count }
        added.removeSubrange(kept...)
        guard !added.isEmpty else { return .ignored }
        remember()
        characters.insert(contentsOf: added, at: cursor)
        cursor += added.count
        return joined || dropped > 0 ? .pasted(joinedLines: joined, droppedBytes: dropped) : .changed
    }

    package mutating func undo() -> Outcome {
        guard let last = history.popLast() else { return .ignored }
        characters = last.characters
        cursor = last.cursor
        isTyping = false
        return .changed
    }

    private mutating func insert(_ character: Character) -> Outcome {
        guard text.utf8.count + character.utf8.count <= LineInput.byteLimit else { return .ignored }
        if !isTyping { remember() }
        isTyping = true
        // A combining mark joins the letter before it, so the text is split anew.
        let count = characters.count
        let head = String(characters[..<cursor]) + String(character)
        characters = Array(head) + characters[cursor...]
        cursor += characters.count - count
        return .changed
    }

    private mutating func move(to place: Int) -> Outcome {
        isTyping = false
        let wanted = max(0, min(characters.count, place))
        guard wanted != cursor else { return .moved }
        cursor = wanted
        return .moved
    }

    private mutating func delete(_ range: Range<Int>) -> Outcome {
        let range = range.clamped(to: 0..<characters.count)
        guard !range.isEmpty else { return .moved }
        remember()
        characters.removeSubrange(range)
        cursor = range.lowerBound
        return .changed
    }

    private mutating func kill(_ range: Range<Int>) -> Outcome {
        let range = range.clamped(to: 0..<characters.count)
        if !range.isEmpty { killed = Array(characters[range]) }
        return delete(range)
    }

    private mutating func remember() {
        isTyping = false
        history.append(Snapshot(characters: characters, cursor: cursor))
        if history.count > LineInput.historyLimit { history.removeFirst() }
    }

    private var wordStart: Int {
        var at = cursor
        while at > 0, !characters[at - 1].isWordPart { at -= 1 }
        while at > 0, characters[at - 1].isWordPart { at -= 1 }
        return at
    }

    private var wordEnd: Int {
        var at = cursor
        while at < characters.count, !characters[at].isWordPart { at += 1 }
        while at < characters.count, characters[at].isWordPart { at += 1 }
        return at
    }
}

extension LineInput {
    /// Draws the text so that the cursor is inside, and returns where the cursor stands.
    ///
    /// While there is no text, `placeholder` stands there in its own role.
    @discardableResult
    package func draw(
        in rect: Rect, on surface: inout Surface, isFocused: Bool, placeholder: SafeText = .empty
    ) -> Point {
        let style: Style = isFocused ? .inputFocus : .input
        surface.fill(rect.row(0), style)
        guard !characters.isEmpty else {
            surface.draw(placeholder.truncated(to: rect.width), in: rect, Style(.placeholder))
            return Point(rect.x, rect.y)
        }
        let before = SafeText(untrusted: String(characters[..<cursor]), limit: LineInput.byteLimit)
        let whole = Line(SafeText(untrusted: text, limit: LineInput.byteLimit), style)
        // The cursor needs a column of its own behind the last character.
        let room = max(1, rect.width)
        let start = isFocused ? max(0, before.width - room + 1) : 0
        let shown = isFocused ? whole.clipped(from: start, columns: room) : whole.truncated(to: room)
        surface.draw(shown, in: rect)
        return Point(rect.x + min(before.width - start, room - 1), rect.y)
    }
}

extension Character {
    var isWordPart: Bool { isLetter || isNumber || self == "_" }
}
