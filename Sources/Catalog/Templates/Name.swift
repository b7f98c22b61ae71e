package import Documents

/// The rule for names of templates, environments, services and instances: Proton's `ResourceName`.
package enum Name {
    /// The finding for a name that breaks the rule; `nil` for a good one.
    ///
    /// - Parameter what: The noun that the sentence starts with, such as `The environment's name`.
    package static func fault(in name: String, what: String) -> Finding? {
        let scalars = name.unicodeScalars
        guard !scalars.isEmpty else {
            return Finding("name.empty", "\(what) must have 1 to 100 characters, but is empty.", hint: "Give a name.")
        }
        guard scalars.count <= 100 else {
            return Finding("name.length", "\(what) must have 1 to 100 characters, but has \(scalars.count).")
        }
        let allowed = scalars.allSatisfy { isLetterOrDigit($0) || $0 == "_" || $0 == "-" }
        guard allowed, let first = scalars.first, isLetterOrDigit(first) else {
            return Finding(
                "name.characters",
                "\(what) must start with a letter or digit and hold only letters, digits, _ and -, but is \"\(name)\".",
                hint: "Write it like orders-api."
            )
        }
        return nil
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: false
        }
    }
}
