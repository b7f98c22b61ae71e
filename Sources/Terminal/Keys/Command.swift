/// Where on the screen keys have a meaning, such as `global`, `list` or `form`.
package struct KeyContext: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package init(stringLiteral value: String) { rawValue = value }

    package static let global: KeyContext = "global"
}

/// Something a person can do, as data: hints, help, the palette and the key file are made from a list of these.
package struct Command: Hashable, Sendable {
    /// Stable, and the same word as in the key file: `review.open`.
    package var id: String
    /// The verb that hints and palette show.
    package var title: String
    /// One sentence for help and palette.
    package var doc: String
    package var keys: [KeyChord]
    package var context: KeyContext
    /// The heading in help.
    package var group: String
    /// Place in the hint line, 1 first; nil keeps it out of the line.
    package var hint: Int?
    /// The key opens a question or a review first; shown as `...` behind the title.
    package var asks: Bool

    package init(
        _ id: String,
        _ title: String,
        _ doc: String,
        keys: [KeyChord] = [],
        in context: KeyContext = .global,
        group: String = "",
        hint: Int? = nil,
        asks: Bool = false
    ) {
        self.id = id
        self.title = title
        self.doc = doc
        self.keys = keys
        self.context = context
        self.group = group
        self.hint = hint
        self.asks = asks
    }

    package var shownTitle: String { asks ? title + "..." : title }
}

/// Whether a command can be used now, and if not, why.
package enum Availability: Hashable, Sendable {
    case yes
    /// A few words: `mark something first`.
    case no(String)
}
