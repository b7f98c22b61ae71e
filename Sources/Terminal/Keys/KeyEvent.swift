/// A key on the keyboard, apart from what is held down with it.
package enum Key: Hashable, Sendable {
    /// What the key types; for letters with Ctrl the lower-case letter.
    case character(Character)
    case enter, escape, tab, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    case function(Int)
}

package struct Modifiers: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let shift = Modifiers(rawValue: 1)
    package static let alt = Modifiers(rawValue: 2)
    package static let ctrl = Modifiers(rawValue: 4)
}

/// A key that was pressed, with what was held down. Shift is told only for keys that type nothing.
package struct KeyEvent: Hashable, Sendable {
    package var key: Key
    package var modifiers: Modifiers

    package init(_ key: Key, _ modifiers: Modifiers = []) {
        self.key = key
        self.modifiers = modifiers
    }

    package init(_ character: Character, _ modifiers: Modifiers = []) {
        self.init(.character(character), modifiers)
    }

    /// What the key writes into a text field; nil for keys that command.
    package var typed: Character? {
        guard case .character(let character) = key, modifiers.isEmpty else { return nil }
        return character
    }
}

/// A key as it stands in a key map: the same thing as one that is pressed, with a name to read and write.
package typealias KeyChord = KeyEvent
