/// What a style becomes on a terminal.
package struct Paint: Hashable, Sendable {
    package var foreground: Color
    package var background: Color
    package var attributes: Attributes

    package init(_ foreground: Color = .standard, on background: Color = .standard, _ attributes: Attributes = []) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }
}

/// Colours for all roles.
package struct Theme: Hashable, Sendable {
    package let name: String
    /// One for each role, in the order of their raw values.
    private let paints: [Paint]
    /// What was changed at load so that everything can be read; told to the user once.
    package let notes: [String]

    init(name: String, notes: [String] = [], paint: (Role) -> Paint) {
        self.name = name
        self.notes = notes
        paints = Role.allCases.map(paint)
    }

    package func paint(for style: Style) -> Paint {
        var paint = paints[Int(style.role.rawValue)]
        paint.attributes.formUnion(style.attributes)
        return paint
    }
}

extension Theme {
    /// The user's own sixteen colours on their own background: fits every palette, light or dark.
    package static let terminal = Theme(name: "terminal") { role in
        switch role {
        case .text: Paint()
        case .dim, .faint, .border, .placeholder: Paint(.ansi(8))
        case .accent, .link: Paint(.ansi(4))
        case .header: Paint(.standard, .bold)
        case .onAccent, .selection: Paint(.standard, .reverse)
        case .mark, .changed: Paint(.ansi(5))
        case .match: Paint(.ansi(3), .underline)
        case .ok, .added: Paint(.ansi(2))
        case .warn, .wait: Paint(.ansi(3))
        case .fail, .error: Paint(.ansi(1), .bold)
        case .run, .info: Paint(.ansi(6))
        case .removed: Paint(.ansi(1))
        case .addedWord: Paint(.ansi(2), [.underline, .bold])
        case .removedWord: Paint(.ansi(1), [.underline, .bold])
        case .input: Paint(.standard)
        case .inputFocus: Paint(.standard, .underline)
        case .test: Paint(.ansi(6))
        case .production: Paint(.ansi(1), [.reverse, .bold])
        }
    }

    /// Bold, underline and reverse alone: for `NO_COLOR`, and for terminals without colours.
    package static let monochrome = Theme(name: "monochrome") { role in
        switch role {
        case .text, .dim, .faint, .border, .placeholder, .added, .removed, .input, .info, .run, .test: Paint()
        case .accent, .header, .mark, .changed, .ok, .warn, .wait: Paint(.standard, .bold)
        case .onAccent, .selection, .production: Paint(.standard, .reverse)
        case .match, .inputFocus, .link: Paint(.standard, .underline)
        case .fail, .error, .addedWord, .removedWord: Paint(.standard, [.bold, .underline])
        }
    }
}

extension Paint {
    fileprivate init(_ foreground: Color, _ attributes: Attributes) {
        self.init(foreground, on: .standard, attributes)
    }
}
