import Bundles
import Catalog
import Documents
import Schemas
import Store
import Synchronization

/// A version's bundle, read and compiled.
struct LoadedBundle: Sendable {
    let bundle: Bundle
    let schemas: [TemplateVersion.Part: Schema]

    init(_ bundle: Bundle) {
        self.bundle = bundle
        var schemas: [TemplateVersion.Part: Schema] = [:]
        for part in Bundle.Part.allCases {
            if let own = part.versionPart { schemas[own] = bundle.inputs(of: part) }
        }
        self.schemas = schemas
    }

    var schemaFile: Value { bundle.schema?.document.value ?? .null }

    var inputTypes: [TemplateVersion.Part: Pointer] {
        var pointers: [TemplateVersion.Part: Pointer] = [:]
        pointers[.environment] = bundle.schema?.types[.environment]?.pointer
        pointers[.instance] = bundle.schema?.types[.service]?.pointer
        pointers[.pipeline] = bundle.schema?.types[.pipeline]?.pointer
        return pointers
    }

    var readme: String { bundle.readme ?? "" }

    /// As far as the files say them without a rendering.
    var outputs: [TemplateVersion.Part: [Output]] {
        var outputs: [TemplateVersion.Part: [Output]] = [:]
        for part in Bundle.Part.allCases {
            guard let own = part.versionPart, let names = bundle.outputs(of: part) else { continue }
            // The branches of a condition may declare one output twice.
            var seen: Set<String> = []
            outputs[own] = names.filter { seen.insert($0).inserted }.map { Output(key: $0, value: "") }
        }
        return outputs
    }

    var fileList: [VersionDetail.BundleFile] {
        bundle.files.files.map { VersionDetail.BundleFile(path: $0.path, size: $0.bytes.count) }
    }
}

/// Bundles by digest: a digest's content never changes, so what was compiled once stays right.
final class BundleCache: Sendable {
    private static let capacity = 64
    private let loaded = Mutex<[String: LoadedBundle]>([:])

    func bundle(_ digest: String, load: () throws -> LoadedBundle) throws -> LoadedBundle {
        if let known = loaded.withLock({ $0[digest] }) { return known }
        let fresh = try load()
        loaded.withLock { table in
            if table.count >= BundleCache.capacity { table.removeAll() }
            table[digest] = fresh
        }
        return fresh
    }
}

extension Engine {
    func bundle(of version: TemplateVersion) throws(Refusal) -> LoadedBundle {
        try refusing {
            try bundles.bundle(version.digest) {
                let (bundle, findings) = Bundle.read(stored: try bytes(of: version))
                guard let bundle else { throw Refusal(findings) }
                return LoadedBundle(bundle)
            }
        }
    }

    /// The stored bundle; one that is missing is named by its version.
    private func bytes(of version: TemplateVersion) throws -> [UInt8] {
        do {
            return try store.blob(version.digest)
        } catch {
            guard case .missingBlobs(let blobs) = error else { throw error }
            let what = "the bundle of \(version.template) \(version.number)"
            throw StoreError.missingBlobs(blobs.map { MissingBlob(what: what, path: $0.path) })
        }
    }
}
