import Catalog
package import Documents

/// A file as Proton would have committed it, or put beside a command.
package struct GeneratedFile: Hashable, Sendable {
    /// Relative to the directory of its target, such as `main.tf`.
    package let path: String
    package let bytes: [UInt8]

    init(_ path: String, _ text: String) {
        self.path = path
        bytes = Array(text.utf8)
    }

    init(_ path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension Bundle {
    /// The files of a part in Terraform or CodeBuild for one target; none for a part in Jinja, which `render` makes.
    ///
    /// - Parameters:
    ///   - arn: What the files name as the resource that they belong to.
    ///   - isDeleted: The form that Proton gave the files of a resource that is gone, for `terraform destroy` to read.
    package func generate(
        _ part: Part, _ context: Value, arn: String, isDeleted: Bool = false
    ) -> (files: [GeneratedFile], findings: [Finding]) {
        guard let manifest = manifests[part] else { return ([], []) }
        switch manifest.language {
        case .cloudFormation: return ([], [])
        case .terraform: return (terraformFiles(part, manifest, context, arn: arn, isDeleted: isDeleted), [])
        case .codeBuild:
            guard let settings = manifest.codeBuild else { return ([], []) }
            return BuildFiles(bundle: self, part: part, settings: settings).files(context)
        }
    }

    private func terraformFiles(
        _ part: Part, _ manifest: Manifest, _ context: Value, arn: String, isDeleted: Bool
    ) -> [GeneratedFile] {
        let header = ManagedHeader.text(isDeleted ? nil : arn)
        let copies = manifest.templateFiles(in: self, part: part).map { name in
            GeneratedFile(name, bytes: Array(header.utf8) + (files[part.path(name)] ?? []))
        }
        var values = ProtonValues.values(for: part, context)
        // Terraform takes no notice of a variable of this name.
        values["//"] = .string(arn)
        let made = [
            GeneratedFile("proton.auto.tfvars.json", Value.object(values).json(.jackson)),
            GeneratedFile(GeneratedVariables.fileName(of: part), header + GeneratedVariables.text(of: part)),
        ]
        return (copies.filter { copy in !made.contains { $0.path == copy.path } } + made).sorted {
            $0.path.utf8.lexicographicallyPrecedes($1.path.utf8)
        }
    }
}
