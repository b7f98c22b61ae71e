package import Documents

/// A path from a root of the context that a template reads: `service_instances[*].inputs.port`.
package struct Reference: Hashable, Sendable {
    package enum Step: Hashable, Sendable {
        case key(String)
        case index(Int)
        /// Whatever a loop goes through, or a key that is not written out.
        case any
    }

    /// What is done with the value at the end of the path.
    package enum Use: Hashable, Sendable {
        case printed
        case tested
        case looped
        case filtered(String)
        /// Compared, computed with, passed on.
        case read
    }

    package let root: String
    package let steps: [Step]
    package let use: Use
    package let place: Place
    /// Whether a missing value is provided for: by `default`, or by a test of this path around it.
    package let isGuarded: Bool
    /// Whether the filter `default` is put on it.
    package let hasDefault: Bool

    /// The path as a person would write it.
    package var path: String { Reference.text(root, steps) }

    /// Whether an object at the end of the path is used as a whole, members that are not named included.
    package var isWhole: Bool { use != .tested }

    static func text(_ root: String, _ steps: [Step]) -> String {
        steps.reduce(into: root) { text, step in
            switch step {
            case .key(let key): text += isWord(key) ? ".\(key)" : "['\(key)']"
            case .index(let index): text += "[\(index)]"
            case .any: text += "[*]"
            }
        }
    }

    private static func isWord(_ key: String) -> Bool {
        guard let first = key.unicodeScalars.first, first == "_" || first.properties.isXIDStart else { return false }
        return key.unicodeScalars.dropFirst().allSatisfy { $0.properties.isXIDContinue }
    }
}

/// A placeholder, `{{ … }}`: where it stands, what it reads, and how its line of YAML would take its text.
package final class Emission: Sendable {
    package enum Quoting: Sendable {
        case plain, single, double
    }

    /// Bytes of the template, braces included.
    package let tag: Range<Int>
    package let place: Place
    /// Scalars before the braces on their line.
    package let column: Int
    /// The paths that it reads, such as `service_instance.inputs.image`.
    package let paths: [String]
    package let quoting: Quoting
    /// Whether it is all there is of its scalar: nothing but indicators before it, nothing behind.
    package let isWholeScalar: Bool
    package let isInComment: Bool

    init(
        tag: Range<Int>, place: Place, paths: [String], quoting: Quoting, isWholeScalar: Bool, isInComment: Bool
    ) {
        self.tag = tag
        self.place = place
        column = max(0, place.column - 1)
        self.paths = paths
        self.quoting = quoting
        self.isWholeScalar = isWholeScalar
        self.isInComment = isInComment
    }
}
