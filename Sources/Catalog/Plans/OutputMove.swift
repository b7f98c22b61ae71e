package import Documents

/// One output with the value that it has and the one that it is to have.
package struct OutputMove: Hashable, Sendable {
    package var name: String
    /// `nil` for a new one.
    package var old: String?
    /// `nil` for one that goes.
    package var new: String?

    package init(name: String, old: String?, new: String?) {
        self.name = name
        self.old = old
        self.new = new
    }

    package var isMoving: Bool { old != new }

    /// All outputs that there are or will be, in the order of the new ones.
    package static func all(from old: [Output], to new: [Output]) -> [OutputMove] {
        let before = Dictionary(old.map { ($0.key, $0.value) }) { first, _ in first }
        let names = Set(new.map(\.key))
        return new.map { OutputMove(name: $0.key, old: before[$0.key], new: $0.value) }
            + old.filter { !names.contains($0.key) }.map { OutputMove(name: $0.key, old: $0.value, new: nil) }
    }
}

extension OutputMove {
    package var value: Value {
        func value(_ text: String?) -> Value { text.map(Value.string) ?? .null }
        return .object(Object([("name", .string(name)), ("old", value(old)), ("new", value(new))]))
    }

    /// Reads what `value` wrote; `nil` for anything else.
    package init?(value: Value) {
        guard let name = value["name"]?.string else { return nil }
        self.init(name: name, old: value["old"]?.string, new: value["new"]?.string)
    }
}
