package import Documents

/// Access that a change opens: somebody may do more, or something is reached from more places.
///
/// What gets narrower is no widening, and nothing is said of it.
package struct Widening: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Who may do what.
        case permission
        /// From where something is reached, and where it reaches.
        case network
    }

    package let kind: Kind
    /// What is opened; it says "may" where that depends on what only the deployment knows.
    package let sentence: String
    /// In the resource, such as `/Properties/SecurityGroupIngress/0`.
    package let pointer: Pointer
    /// In the wanted template; in the applied one for what is removed.
    package let place: Place?
    package let isCertain: Bool
}

/// Collects the widenings of one resource.
struct WideningList {
    private(set) var items: [Widening] = []
    /// Makes places of positions in the template that is spoken of.
    let place: (Position) -> Place
    /// Enough for a person to read: a resource with more of them is open anyway.
    private static let limit = 20

    var isFull: Bool { items.count >= Self.limit }

    init(place: @escaping (Position) -> Place) { self.place = place }

    mutating func add(
        _ kind: Widening.Kind, _ sentence: String, _ path: [String], at position: Position, isCertain: Bool = true
    ) {
        guard !isFull, !items.contains(where: { $0.sentence == sentence }) else { return }
        items.append(
            Widening(
                kind: kind, sentence: sentence, pointer: Pointer(path), place: place(position), isCertain: isCertain))
    }
}

extension Term {
    /// On one line, with references as `${Name}`, as authors write them.
    var sketch: String {
        switch form {
        case .scalar, .encoded, .list, .object: shown
        case .opaque(let value): Self.sketch(value)
        }
    }

    private static func sketch(_ value: Value) -> String {
        if let text = Scalars.text(value) { return text }
        guard let object = value.object, object.count == 1,
            let (name, parameter) = object.first.map({ ($0.key, $0.value) })
        else { return value.json() }
        switch (Function(rawValue: name), parameter) {
        case (.ref, .string(let target)): return "${\(target)}"
        case (.getAtt, .list(let parts)):
            let texts = parts.compactMap(\.string)
            return texts.count == parts.count ? "${\(texts.joined(separator: "."))}" : value.json()
        case (.join, .list(let parts)):
            guard parts.count == 2, let delimiter = parts[0].string, let items = parts[1].list else {
                return value.json()
            }
            return items.map(sketch).joined(separator: delimiter)
        default: return value.json()
        }
    }

    /// Whether its value could turn out to be that of another text: it is made of more than text and references.
    var isVague: Bool {
        guard case .opaque = form else { return false }
        return sketch.contains("{\"") || isVolatile
    }

    /// The items of a list; a single value is a list of one.
    var items: [Term] {
        if case .list(let items) = form { items } else { [self] }
    }

    /// The value at `path` below this one; what is not known above it, where there is such.
    subscript(path: [String]) -> Term? {
        path.reduce(Optional(self)) { term, step in
            if case .opaque? = term?.form { term } else { term?[step] }
        }
    }
}
