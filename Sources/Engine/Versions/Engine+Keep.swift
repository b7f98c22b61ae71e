import Catalog
import Documents
import Schemas
import Store

/// What is said and done beside the storing of a version.
extension Engine {
    /// Stores what `make` makes of the line as it is; where another process took the number, the next one is tried.
    func keep(
        _ registration: Registration, _ name: String, _ make: (VersionLine) throws -> TemplateVersion
    ) throws -> TemplateVersion {
        var attempt = 0
        while true {
            let line = try store.line(of: name)
            do {
                return try make(line)
            } catch let error as StoreError {
                attempt += 1
                if case .exact = registration.numbering { throw error }
                guard case .nameTaken = error, attempt < 100,
                    try store.line(of: name).entries.count != line.entries.count
                else { throw error }
            }
        }
    }

    /// Warnings about environment templates that were named and are not there: until they are, nothing can be ordered.
    func unknownEnvironments(_ named: [CompatibleEnvironment]) throws(Refusal) -> [Finding] {
        try refusing {
            try named.compactMap { environment in
                guard try store.versions(of: environment.template).allSatisfy({ $0.kind != .environment }) else {
                    return nil
                }
                let names = try store.catalog(CatalogQuery(kind: .environment, limit: 1000)).rows.map(\.template.name)
                let near = Spelling.nearest(to: environment.template, among: names).map { "Did you mean \($0)?" }
                return Finding(
                    "template.compatible", .warning,
                    "There is no environment template \"\(environment.template)\" in this workspace yet, so nothing can run there.",
                    hint: near ?? "Register it before the service is ordered.")
            }
        }
    }

    /// What was asked for and is not done, because a version never changes.
    static func notApplied(_ registration: Registration, _ known: TemplateVersion) -> [Finding] {
        let more = registration.compatibleWith.filter { !known.compatibleEnvironments.contains($0) }
        guard !more.isEmpty else { return [] }
        let names = more.map(\.description).joined(separator: ", ")
        return [
            Finding(
                "template.compatible", .warning,
                "--compatible-with \(names) was not applied: this bundle is \(known.template) \(known.number) already, and versions never change.",
                hint: "Name it in the bundle's .template-registration.yaml, and register that as a new version.")
        ]
    }
}
