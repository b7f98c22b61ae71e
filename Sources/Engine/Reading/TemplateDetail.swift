package import Catalog
package import Documents
package import Schemas

/// A template with its versions, newest first.
package struct TemplateDetail: Hashable, Sendable {
    package var template: Template
    package var versions: [TemplateVersion]
    /// Targets that run it, by version.
    package var usedBy: [VersionNumber: Int]
}

/// One version with all that a person reads before ordering it.
package struct VersionDetail: Sendable {
    package var template: Template
    package var version: TemplateVersion
    package var readme: String
    /// The compiled input schemas: one for `environment`, or one for `instance` and, with a pipeline, one for `pipeline`.
    package var schemas: [TemplateVersion.Part: Schema]
    /// The schema file as it was written, and where in it the input types stand.
    package var schemaFile: Value
    package var inputTypes: [TemplateVersion.Part: Pointer]
    /// The names of the outputs with their descriptions, as far as they are known without a deployment.
    package var outputs: [TemplateVersion.Part: [Output]]
    /// Paths and sizes in bytes.
    package var files: [BundleFile]

    package struct BundleFile: Hashable, Sendable {
        package var path: String
        package var size: Int
    }
}

/// What a check of a bundle found.
package struct CheckReport: Hashable, Sendable {
    package var path: String
    package var kind: TemplateKind?
    /// In the order of files and places.
    package var findings: [Finding]
    /// The environment outputs that it reads and that no known environment version was checked for.
    package var needs: [String]
    package var fileCount: Int

    package var isClean: Bool { !findings.contains { $0.severity == .error } }
}
