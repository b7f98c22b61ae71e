package import Documents
import Schemas

/// An input of a stack that is to be taken in, and how its value is known.
package struct AdoptedInput: Hashable, Sendable {
    package enum Origin: Hashable, Sendable {
        /// Somebody gave it; the path of the spec, or empty where that is kept in the workspace.
        case given(String)
        /// Read back from a property of the stack: `Topic/Properties/DisplayName`.
        case stack(String)
        /// With another value the rendering is further from the stack.
        case tried
        case standard
        /// A value that the schema accepts: nothing in the stack tells it.
        case sample
    }

    package var name: String
    package var value: Value
    package var origin: Origin

    package init(name: String, value: Value, origin: Origin) {
        self.name = name
        self.value = value
        self.origin = origin
    }

    /// Whether a person should look at it.
    package var isGuess: Bool { origin == .sample }
}

extension AdoptedInput {
    /// The inputs with defaults, each with where it is from.
    ///
    /// - Parameters:
    ///   - given: What a person's spec says; `nil` where there is none.
    ///   - found: Where those have their values from that were found.
    static func all(
        _ filled: Value, given: Value?, path: String = "", found: [String: Origin] = [:], schema: Schema?
    ) -> [AdoptedInput] {
        let defaults = schema?.filled(.object(Object())) ?? .object(Object())
        return (filled.object ?? Object()).map { name, value in
            let origin: Origin =
                if let given { given[name] == nil ? .standard : .given(path) } else {
                    found[name] ?? (defaults[name] == value ? .standard : .sample)
                }
            return AdoptedInput(name: name, value: value, origin: origin)
        }
    }
}
