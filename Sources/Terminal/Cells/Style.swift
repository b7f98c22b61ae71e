/// What a piece of text means. A theme gives it colours; nothing else knows any.
package enum Role: UInt8, CaseIterable, Hashable, Sendable {
    case text, dim, faint
    case accent, onAccent, selection, mark, match
    case border, header
    case ok, warn, fail, wait, run, info
    case added, removed, changed, addedWord, removedWord
    case input, inputFocus, placeholder, error, link
    case test, production

    /// One letter for each role: how tests and snapshots write the styles of a row.
    package var letter: Character {
        Role.letters[Int(rawValue)]
    }

    private static let letters: [Character] = Array(".dfaAsmMbhowxWri+-~PN_^pElT!")
}

/// What a terminal can do to a glyph besides colouring it.
package struct Attributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let bold = Attributes(rawValue: 1)
    package static let underline = Attributes(rawValue: 2)
    package static let reverse = Attributes(rawValue: 4)
}

/// How a piece of text is shown: its role, and attributes beyond those that the theme gives the role.
package struct Style: Hashable, Sendable {
    package var role: Role
    package var attributes: Attributes

    package init(_ role: Role, _ attributes: Attributes = []) {
        self.role = role
        self.attributes = attributes
    }

    package var bold: Style { Style(role, attributes.union(.bold)) }
    package var underlined: Style { Style(role, attributes.union(.underline)) }

    package static let text = Style(.text)
    package static let dim = Style(.dim)
    package static let faint = Style(.faint)
    package static let accent = Style(.accent)
    package static let onAccent = Style(.onAccent)
    package static let selection = Style(.selection)
    package static let mark = Style(.mark)
    package static let match = Style(.match)
    package static let border = Style(.border)
    package static let header = Style(.header)
    package static let ok = Style(.ok)
    package static let warn = Style(.warn)
    package static let fail = Style(.fail)
    package static let wait = Style(.wait)
    package static let run = Style(.run)
    package static let info = Style(.info)
    package static let added = Style(.added)
    package static let removed = Style(.removed)
    package static let changed = Style(.changed)
    package static let input = Style(.input)
    package static let inputFocus = Style(.inputFocus)
    package static let placeholder = Style(.placeholder)
    package static let error = Style(.error)
    package static let link = Style(.link)
}
