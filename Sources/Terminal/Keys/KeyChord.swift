extension KeyEvent: CustomStringConvertible, ExpressibleByStringLiteral {
    /// As help and hints print it: `j`, `Ctrl-S`, `S-Tab`, `Alt-Up`, `F1`, `Space`.
    package var description: String {
        var text = ""
        if modifiers.contains(.ctrl) { text += "Ctrl-" }
        if modifiers.contains(.alt) { text += "Alt-" }
        if modifiers.contains(.shift) { text += "S-" }
        return text + name
    }

    private var name: String {
        switch key {
        case .character(" "): "Space"
        case .character(let character):
            modifiers.contains(.ctrl) ? character.uppercased() : String(character)
        case .function(let number): "F\(number)"
        case .enter, .escape, .tab, .backspace, .delete, .insert, .up, .down, .left, .right, .home, .end, .pageUp,
            .pageDown:
            KeyEvent.names.first { $0.key == key }?.name ?? ""
        }
    }

    private static let names: [(name: String, key: Key)] = [
        ("Enter", .enter), ("Esc", .escape), ("Tab", .tab), ("Backspace", .backspace), ("Del", .delete),
        ("Ins", .insert), ("Up", .up), ("Down", .down), ("Left", .left), ("Right", .right), ("Home", .home),
        ("End", .end), ("PgUp", .pageUp), ("PgDn", .pageDown), ("Space", .character(" ")),
        ("Return", .enter), ("CR", .enter), ("Escape", .escape), ("BS", .backspace), ("Delete", .delete),
        ("Insert", .insert), ("PageUp", .pageUp), ("PageDown", .pageDown),
    ]

    /// Names as they are printed, and all names in lower case, for the two tries of a look-up.
    private static let keys: [String: Key] = names.reduce(into: [:]) { keys, entry in
        keys[entry.name] = entry.key
        keys[entry.name.lowercased()] = entry.key
    }

    /// Reads a key by its name; case counts only in single letters.
    package init?(_ text: String) {
        var rest = Substring(text)
        var modifiers: Modifiers = []
        while let dash = rest.firstIndex(of: "-"), dash > rest.startIndex, rest.index(after: dash) < rest.endIndex {
            guard let modifier = KeyEvent.modifier(rest[..<dash]) else { return nil }
            modifiers.insert(modifier)
            rest = rest[rest.index(after: dash)...]
        }
        guard let key = KeyEvent.key(named: String(rest)) else { return nil }
        if case .character(let character) = key, modifiers.contains(.ctrl) {
            self.init(Character(character.lowercased()), modifiers)
        } else {
            self.init(key, modifiers)
        }
    }

    private static func modifier(_ name: Substring) -> Modifiers? {
        switch name {
        case "Ctrl", "ctrl", "C", "c": .ctrl
        case "Alt", "alt", "M", "m": .alt
        case "S", "s", "Shift", "shift": .shift
        default: nil
        }
    }

    private static func key(named name: String) -> Key? {
        if let character = name.first, name.count == 1 { return .character(character) }
        if let known = keys[name] ?? keys[name.lowercased()] { return known }
        guard name.lowercased().hasPrefix("f"), let number = Int(name.dropFirst()), (1...24).contains(number) else {
            return nil
        }
        return .function(number)
    }

    /// For keys written in code; a name that means nothing becomes a key that nobody can press.
    package init(stringLiteral value: String) {
        self = KeyEvent(value) ?? KeyEvent(.function(0))
    }

    /// A script of keys: characters as they are, other keys in angle brackets, as in `/pay<Enter><Ctrl-S>`.
    ///
    /// `<lt>` is a left angle bracket; brackets around what is no key's name are taken as characters.
    package static func script(_ text: String) -> [KeyEvent] {
        var keys: [KeyEvent] = []
        var rest = Substring(text)
        while let character = rest.popFirst() {
            guard character == "<", let end = rest.firstIndex(of: ">") else {
                keys.append(KeyEvent(character))
                continue
            }
            let name = String(rest[..<end])
            if let key = name == "lt" ? KeyEvent("<" as Character) : KeyEvent(name) {
                keys.append(key)
                rest = rest[rest.index(after: end)...]
            } else {
                keys.append(KeyEvent(character))
            }
        }
        return keys
    }
}
