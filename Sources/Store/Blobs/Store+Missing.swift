import Catalog
import GRDB

extension Store {
    /// Refuses to copy a workspace that lacks content which its rows name: the copy would look whole and not be.
    func checkBlobs() throws(StoreError) {
        let named = try read { db in
            try db.rows("SELECT digest, template, major, minor FROM versions ORDER BY template, major, minor") {
                (digest: $0.text(), what: "the bundle of \($0.text()) \($0.number())")
            }
                + db.rows("SELECT plan_digest, id, target FROM deployments WHERE plan_digest <> '' ORDER BY id") {
                    (digest: $0.text(), what: "the plan of deployment #\($0.int()) of \($0.text())")
                }
        }
        let missing = named.filter { Blobs.isDigest($0.digest) && !hasBlob($0.digest) }
        guard missing.isEmpty else {
            throw .missingBlobs(missing.map { MissingBlob(what: $0.what, path: blobs.path(of: $0.digest)) })
        }
    }
}
