package import Catalog
import Crypto
package import Documents
package import Schemas

/// What a template version is made from: schema, manifests and infrastructure files, as somebody wrote them.
///
/// Reading always succeeds once the root is found; `findings` tells what is wrong.
package struct Bundle: Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case environment, service
        /// A developer's own file for one instance: no schema, no versions.
        case component

        package var templateKind: TemplateKind? {
            switch self {
            case .environment: .environment
            case .service: .service
            case .component: nil
            }
        }
    }

    /// One deployable part and the directory that holds it.
    package enum Part: String, Hashable, Sendable, CaseIterable {
        case environment, instance, pipeline, component

        package var directory: String {
            switch self {
            case .environment: "infrastructure"
            case .instance: "instance_infrastructure"
            case .pipeline: "pipeline_infrastructure"
            case .component: ""
            }
        }

        package var versionPart: TemplateVersion.Part? {
            switch self {
            case .environment: .environment
            case .instance: .instance
            case .pipeline: .pipeline
            case .component: .component
            }
        }

        func path(_ file: String) -> String { directory.isEmpty ? file : directory + "/" + file }
    }

    /// What places of findings start with; empty for a bundle that comes from the store.
    package let name: String
    package let files: BundleFiles
    package let kind: Kind
    /// Whether it has the format of before June 2021, which is explained and not rendered.
    package let isPreview: Bool
    package let schema: SchemaFile?
    package let manifests: [Part: Manifest]
    package let registration: Registration
    /// Faults of the layout, of schema and manifests; `check` adds those of the templates.
    package let findings: [Finding]

    package init(files: BundleFiles, name: String = "") {
        self.files = files
        self.name = name
        var reader = BundleContentReader(files: files, name: name)
        reader.read()
        kind = reader.kind
        isPreview = reader.isPreview
        schema = reader.schema
        manifests = reader.manifests
        registration = reader.registration
        findings = reader.findings
    }

    /// SHA-256 over paths and bytes, in hex: equal for equal content, however it was packed.
    package var digest: String {
        var hash = SHA256()
        for file in files.files {
            let path = Array(file.path.utf8)
            hash.update(data: Array("\(path.count):".utf8) + path + Array("\(file.bytes.count):".utf8))
            hash.update(data: file.bytes)
        }
        let digits = Array("0123456789abcdef")
        return hash.finalize().reduce(into: "") { text, byte in
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
    }

    /// The bundle as one blob: a tar archive that depends on paths and bytes alone.
    package var archive: [UInt8] { TarWriter.archive(files.files) }

    package var hasPipeline: Bool { manifests[.pipeline] != nil }

    /// Whether it is for environments that somebody else provisions: its inputs are the outputs that services read.
    package var isCustomerManaged: Bool {
        kind == .environment && !isPreview && !files.contains(directory: Part.environment.directory)
    }

    /// Who carries the parts out, as a template version keeps it.
    package var languages: [TemplateVersion.Part: Language] {
        var languages: [TemplateVersion.Part: Language] = [:]
        for (part, manifest) in manifests {
            if let versionPart = part.versionPart { languages[versionPart] = manifest.language }
        }
        return languages
    }

    /// The text of the bundle's own page for people, where it has one.
    package var readme: String? {
        let path = files.paths.first { ["readme.md", "readme.txt", "readme"].contains($0.lowercased()) }
        return path.flatMap { files[$0] }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The schema of a part's inputs; `nil` where the part has none.
    package func inputs(of part: Part) -> Schema? {
        switch part {
        case .environment: schema?.types[.environment]?.schema
        case .instance: schema?.types[.service]?.schema
        case .pipeline: schema?.types[.pipeline]?.schema
        case .component: nil
        }
    }

    /// The file at `path` with its name as findings show it.
    package func source(_ path: String) -> Source? {
        files[path].map { Source(name: place(path).file, bytes: $0) }
    }

    func place(_ path: String) -> Place {
        if path.isEmpty { return Place(file: name.isEmpty ? "." : name) }
        return Place(file: name.isEmpty ? path : name + "/" + path)
    }
}
