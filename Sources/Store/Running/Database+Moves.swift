import Catalog
import GRDB

extension Database {
    /// A target belongs to where it was moved, with what was made there; the record of its rehearsal goes.
    ///
    /// Its real stack is known already: a run that is cut off asks for it by that.
    func settleMove(_ deployment: Deployment, _ made: [ProvisionedResource]) throws {
        let target = deployment.target.id
        for table in ["resources", "exports", "imports", "kept_resources"] {
            try run("DELETE FROM \(table) WHERE target = ?", [target])
        }
        for resource in made {
            try run(
                Dialect.putResource,
                [target, resource.logicalID, resource.type, resource.physicalID, StoredJSON.text(resource.value)])
        }
        try run(
            """
            UPDATE targets SET connection = ?, desired_major = ?, desired_minor = ?, desired_spec = ?,
                desired_revision = ? WHERE target = ?
            """,
            [
                deployment.connection, deployment.version.major, deployment.version.minor, deployment.spec,
                deployment.revision, target,
            ])
    }
}
