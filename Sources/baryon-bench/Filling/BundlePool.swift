import Bundles
import Catalog
import Store

/// A few hundred bundles that differ, made of the starter catalog's; versions share them.
struct BundlePool {
    struct Entry {
        var digest: String
        var languages: [TemplateVersion.Part: Language]
        /// The spec of an instance's inputs that its schema asks for.
        var instanceInputs: String
    }

    private(set) var entries: [TemplateKind: [Entry]] = [:]

    /// - Parameter variants: How many of each starter version.
    static func make(in store: Store, variants: Int) throws -> BundlePool {
        var pool = BundlePool()
        for row in try store.catalog(CatalogQuery()).rows {
            for version in try store.versions(of: row.template.name) {
                guard let bundle = Bundle.read(stored: try store.blob(version.digest)).bundle else { continue }
                for number in 1...max(1, variants) {
                    let digest = try store.put(BundlePool.variant(number, of: bundle).archive)
                    pool.entries[version.kind, default: []].append(
                        Entry(
                            digest: digest, languages: version.languages,
                            instanceInputs: row.template.name == "fargate-service" ? "route_priority: 10" : ""))
                }
            }
        }
        return pool
    }

    private static func variant(_ number: Int, of bundle: Bundle) -> Bundle {
        let files = bundle.files.files.map { file in
            file.path == "README.md"
                ? BundleFiles.File(path: file.path, bytes: file.bytes + Array("\nVariant \(number).\n".utf8)) : file
        }
        return Bundle(files: BundleFiles(files), name: bundle.name)
    }
}
