package import Documents

/// What became of the examples that a bundle carries.
package struct ExampleReport: Hashable, Sendable {
    package struct File: Hashable, Sendable {
        package enum State: String, Hashable, Sendable {
            case same, changed
            /// It is rendered, and nothing is kept of it.
            case new
            /// It is kept, and not rendered any more.
            case gone
        }

        /// Of what is kept, as the person would open it.
        package var path: String
        package var state: State
        package var kept: String
        package var rendered: String
    }

    package struct Line: Hashable, Sendable {
        /// The example's spec, as the person would open it.
        package var path: String
        /// Why it could not be rendered, and remarks on its spec.
        package var findings: [Finding]
        package var files: [File]

        package var isRefused: Bool { findings.contains { $0.severity == .error } }
        package var differs: Bool { files.contains { $0.state != .same } }
    }

    package var path: String
    package var lines: [Line]
    /// Whether what differed is kept now.
    package var isUpdated = false

    package var isRefused: Bool { lines.contains(where: \.isRefused) }
    package var differs: Bool { !isUpdated && lines.contains(where: \.differs) }
}
