/// A developer's own infrastructure file with its manifest, as it was given: no schema, no template.
package struct ComponentSource: Hashable, Sendable {
    package struct File: Hashable, Sendable {
        /// Relative, with slashes.
        package var path: String
        package var bytes: [UInt8]

        package init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    /// What places of findings start with; empty where the paths are enough.
    package var name: String
    package var files: [File]

    package init(name: String, files: [File]) {
        self.name = name
        self.files = files
    }
}

package struct ComponentOrder: Hashable, Sendable {
    package var name: String
    /// Where it runs; an attached one runs where its instance does.
    package var environment: String?
    /// The instance that it is attached to; `nil` for a detached one.
    package var attachment: Target?
    package var source: ComponentSource
    package var owner: String

    package init(
        name: String, environment: String? = nil, attachment: Target? = nil, source: ComponentSource,
        owner: String = ""
    ) {
        self.name = name
        self.environment = environment
        self.attachment = attachment
        self.source = source
        self.owner = owner
    }
}

/// A component's new file, attachment or both; with neither it is deployed again, with what its instance is given now.
package struct ComponentUpdate: Hashable, Sendable {
    package enum Attachment: Hashable, Sendable {
        case keep, detach
        case attach(Target)
    }

    package var name: String
    package var source: ComponentSource?
    package var attachment: Attachment
    package var baseRevision: Int?
    package var owner: String?

    package init(
        name: String, source: ComponentSource? = nil, attachment: Attachment = .keep, baseRevision: Int? = nil,
        owner: String? = nil
    ) {
        self.name = name
        self.source = source
        self.attachment = attachment
        self.baseRevision = baseRevision
        self.owner = owner
    }
}
