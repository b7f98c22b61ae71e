package import Catalog
package import Documents

/// A bundle that somebody wants in the catalog.
package struct Registration: Hashable, Sendable {
    /// Which number it gets.
    package enum Numbering: Hashable, Sendable {
        /// The next major, minor 0: Proton's rule where no major is named.
        case nextMajor
        /// The next minor of a major that may be new, as template sync counts.
        case nextMinor(of: Int)
        /// The next minor of a major that is there; 1 may be the first.
        case nextMinorOfKnown(Int)
        /// Any number that is free, gaps included.
        case exact(VersionNumber)
    }

    /// A directory or a `.tar.gz`.
    package var path: String
    /// The template's; the bundle's folder name where it is `nil`.
    package var name: String?
    /// Told by the bundle where it is `nil`.
    package var kind: TemplateKind?
    package var numbering: Numbering
    /// Added to what the bundle itself says.
    package var compatibleWith: [CompatibleEnvironment]
    /// Whether components may be attached, even where the bundle does not say so.
    package var takesComponents: Bool
    package var owner: String
    /// Why it exists; the bundle's own notes where it is empty.
    package var notes: String

    package init(
        path: String, name: String? = nil, kind: TemplateKind? = nil, numbering: Numbering = .nextMajor,
        compatibleWith: [CompatibleEnvironment] = [], takesComponents: Bool = false, owner: String = "",
        notes: String = ""
    ) {
        self.path = path
        self.name = name
        self.kind = kind
        self.numbering = numbering
        self.compatibleWith = compatibleWith
        self.takesComponents = takesComponents
        self.owner = owner
        self.notes = notes
    }
}

package struct RegistrationResult: Hashable, Sendable {
    package var version: TemplateVersion
    /// Whether an identical bundle was registered before: nothing was added then.
    package var wasKnown: Bool
    /// Warnings and notes of the check.
    package var findings: [Finding]
}

/// What became of a tree of bundles.
package struct ImportReport: Hashable, Sendable {
    package struct Line: Hashable, Sendable {
        package var path: String
        package var result: RegistrationResult?
        /// Why it was not registered.
        package var findings: [Finding]

        /// Whether it is a bundle that was refused, and not only a directory that holds none.
        package var isRefused: Bool { result == nil && findings.contains { $0.severity == .error } }
    }

    package var lines: [Line]
}
