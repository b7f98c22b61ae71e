/// All commands with their keys.
package struct KeyMap: Sendable {
    package private(set) var commands: [Command]

    package init(_ commands: [Command]) {
        self.commands = commands
    }

    /// What a key does in the innermost of `contexts` that knows it.
    package func command(for key: KeyEvent, in contexts: [KeyContext]) -> Command? {
        for context in contexts {
            if let found = commands.first(where: { $0.context == context && $0.keys.contains(key) }) { return found }
        }
        return nil
    }

    package func command(_ id: String) -> Command? {
        commands.first { $0.id == id }
    }

    /// The commands that can be reached by key in `contexts`, innermost first, without those whose keys are all taken.
    package func reachable(in contexts: [KeyContext]) -> [Command] {
        var taken: Set<KeyEvent> = []
        var result: [Command] = []
        for context in contexts {
            for command in commands where command.context == context {
                var visible = command
                visible.keys.removeAll { taken.contains($0) }
                if !visible.keys.isEmpty || command.keys.isEmpty { result.append(visible) }
            }
            for command in commands where command.context == context { taken.formUnion(command.keys) }
        }
        return result
    }

    /// What the hint line shows.
    package struct Hint: Hashable, Sendable {
        package var key: String
        package var title: String
        package var isAvailable: Bool
        /// Whether it works on every screen: such hints go last when the room is short.
        package var isEverywhere: Bool

        package init(key: String, title: String, isAvailable: Bool, isEverywhere: Bool = false) {
            self.key = key
            self.title = title
            self.isAvailable = isAvailable
            self.isEverywhere = isEverywhere
        }
    }

    /// - Parameter isTyping: Whether letters are text: only keys that are none are shown then.
    package func hints(
        in contexts: [KeyContext], isTyping: Bool = false,
        availability: (Command) -> Availability = { _ in .yes }
    ) -> [Hint] {
        reachable(in: contexts).enumerated()
            .filter { $0.element.hint != nil }
            .sorted { ($0.element.hint ?? 0, $0.offset) < ($1.element.hint ?? 0, $1.offset) }
            .compactMap { _, command in
                command.keys.first { !isTyping || $0.typed == nil }.map { key in
                    Hint(
                        key: key.description, title: command.shownTitle, isAvailable: availability(command) == .yes,
                        isEverywhere: command.context == .global)
                }
            }
    }

    /// Sentences about keys that mean two things in one context, and names that are used twice.
    package var conflicts: [String] {
        var found: [String] = []
        var owners: [[String]: String] = [:]
        var names: Set<String> = []
        for command in commands {
            if !names.insert(command.id).inserted { found.append("two commands are named \(command.id)") }
            for key in command.keys {
                let place = [command.context.rawValue, key.description]
                if let owner = owners[place], owner != command.id {
                    found.append(
                        "\(key) in \(command.context.rawValue) stands for both \(owner) and \(command.id)")
                }
                owners[place] = command.id
            }
        }
        return found
    }
}

extension KeyMap {
    /// Applies a person's key file: lines of `context key = command`, `#` starts a comment, `none` frees the key.
    ///
    /// A line that cannot be used is left out and gets a sentence with its number; the others count.
    package mutating func apply(_ file: String) -> [String] {
        var faults: [String] = []
        for (index, raw) in file.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = raw.trimmedBlanks()
            if line.isEmpty || line.hasPrefix("#") { continue }
            if let fault = bind(String(line)) { faults.append("line \(index + 1): \(fault)") }
        }
        return faults + conflicts
    }

    private mutating func bind(_ line: String) -> String? {
        guard let equals = line.range(of: " = ") else { return "must read 'context key = command'" }
        let left = line[..<equals.lowerBound].split(separator: " ")
        let name = line[equals.upperBound...].trimmedBlanks()
        guard left.count == 2 else { return "must name one context and one key before '='" }
        guard let key = KeyEvent(String(left[1])) else { return "'\(left[1])' must be a key, such as Ctrl-S or F5" }
        let context = KeyContext(rawValue: String(left[0]))
        guard commands.contains(where: { $0.context == context }) else { return "no context is named '\(left[0])'" }
        guard let target = commands.firstIndex(where: { $0.id == name && $0.context == context }) else {
            guard name == "none" else { return "no command is named '\(name)' in \(context.rawValue)" }
            free(key, in: context)
            return nil
        }
        free(key, in: context)
        commands[target].keys.append(key)
        return nil
    }

    private mutating func free(_ key: KeyEvent, in context: KeyContext) {
        for index in commands.indices where commands[index].context == context {
            commands[index].keys.removeAll { $0 == key }
        }
    }
}

extension StringProtocol {
    fileprivate func trimmedBlanks() -> Substring {
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }

    /// Foundation-free search for a short separator.
    fileprivate func range(of separator: String) -> Range<Index>? {
        var at = startIndex
        while at < endIndex {
            if self[at...].hasPrefix(separator) { return at..<index(at, offsetBy: separator.count) }
            at = index(after: at)
        }
        return nil
    }
}
