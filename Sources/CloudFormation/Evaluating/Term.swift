package import Documents

/// An evaluated value: data, and in it terms that are not known before the service makes them.
///
/// Terms are equal as CloudFormation compares: `80` and `"80"` are one, and what is not known equals only itself.
package struct Term: Sendable {
    package indirect enum Form: Sendable {
        /// Text, a number, a boolean or null.
        case scalar(Value)
        /// Text that the service gets in base64, kept readable.
        case encoded(String)
        case list([Term])
        case object([Member])
        /// Not known: the functions that make it, in long form, as far evaluated as they can be.
        case opaque(Value)
    }

    package struct Member: Sendable {
        package let name: String
        package let value: Term
        /// Where the name stands.
        package let position: Position

        init(name: String, value: Term, position: Position? = nil) {
            self.name = name
            self.value = value
            self.position = position ?? value.position
        }
    }

    package let form: Form
    package let position: Position

    package init(_ form: Form, at position: Position) {
        self.form = form
        self.position = position
    }

    /// Data as a term, all of it standing at `position`.
    package init(_ value: Value, at position: Position) {
        switch value {
        case .null, .bool, .number, .string: self.init(.scalar(value), at: position)
        case .list(let items): self.init(.list(items.map { Term($0, at: position) }), at: position)
        case .object(let object):
            let members = object.map { Member(name: $0.key, value: Term($0.value, at: position)) }
            self.init(.object(members), at: position)
        }
    }

    /// The value, with what is not known as functions in long form.
    package var value: Value {
        switch form {
        case .scalar(let value): value
        case .encoded(let text): .string(Base64.encode(text))
        case .list(let items): .list(items.map(\.value))
        case .object(let members): .object(Object(members.map { ($0.name, $0.value.value) }))
        case .opaque(let value): value
        }
    }

    /// Whether nothing in it is unknown.
    package var isKnown: Bool {
        switch form {
        case .scalar, .encoded: true
        case .list(let items): items.allSatisfy(\.isKnown)
        case .object(let members): members.allSatisfy(\.value.isKnown)
        case .opaque: false
        }
    }

    /// Whether a text in it names what the service looks up when it deploys: equal texts may then give other values.
    package var isVolatile: Bool {
        switch form {
        case .scalar(let value): value.string?.contains("{{resolve:") ?? false
        case .encoded(let text): text.contains("{{resolve:")
        case .list(let items): items.contains(where: \.isVolatile)
        case .object(let members): members.contains(where: \.value.isVolatile)
        case .opaque(let value): Self.volatileMarks.contains { value.json().contains($0) }
        }
    }

    private static let volatileMarks = ["{{resolve:", Function.stackOutput.rawValue]

    package subscript(name: String) -> Term? {
        guard case .object(let members) = form else { return nil }
        return members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    /// The text of a scalar, numbers and booleans included.
    package var text: String? {
        if case .scalar(let value) = form { Scalars.text(value) } else { nil }
    }

    /// As a person reads it on one line: scalars bare, everything else as JSON.
    package var shown: String {
        switch form {
        case .scalar(let value): Scalars.text(value) ?? "null"
        case .encoded(let text): text
        case .list, .object, .opaque: value.json()
        }
    }
}

extension Term: Hashable {
    package static func == (left: Term, right: Term) -> Bool {
        switch (left.form, right.form) {
        case (.scalar(let a), .scalar(let b)):
            Scalars.canonical(a).map(Key.init) == Scalars.canonical(b).map(Key.init)
        case (.encoded(let a), .encoded(let b)): a.utf8.elementsEqual(b.utf8)
        case (.list(let a), .list(let b)): a == b
        case (.object(let a), .object(let b)): Self.areEqual(a, b)
        case (.opaque(let a), .opaque(let b)): a == b
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch form {
        case .scalar(let value): hasher.combine(Scalars.canonical(value).map(Key.init))
        case .encoded(let text): hasher.combine(Key(text))
        case .list(let items): hasher.combine(items)
        case .object(let members):
            var sum = 0
            for member in members {
                var own = Hasher()
                own.combine(Key(member.name))
                own.combine(member.value)
                sum &+= own.finalize()
            }
            hasher.combine(sum)
        case .opaque(let value): hasher.combine(value)
        }
    }

    /// Members in one order are compared in step; else by name.
    private static func areEqual(_ left: [Member], _ right: [Member]) -> Bool {
        guard left.count == right.count else { return false }
        let isInStep = zip(left, right).allSatisfy { $0.name.utf8.elementsEqual($1.name.utf8) }
        if isInStep { return zip(left, right).allSatisfy { $0.value == $1.value } }
        let others = Dictionary(right.map { (Key($0.name), $0.value) }) { first, _ in first }
        return others.count == right.count && left.allSatisfy { others[Key($0.name)] == $0.value }
    }
}
