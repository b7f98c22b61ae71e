package import Catalog
import GRDB

extension Store {
    /// What a target's stacks have left behind, the newest first.
    package func keptResources(of target: Target) throws(StoreError) -> [KeptResource] {
        try read { db in
            try db.rows(
                "SELECT \(KeptResource.columns) FROM kept_resources WHERE target = ? ORDER BY id DESC", [target.id]
            ) { try KeptResource(&$0) }
        }
    }

    /// What all stacks have left behind, the newest first.
    package func keptResources(offset: Int = 0, limit: Int = 500) throws(StoreError) -> Page<KeptResource> {
        try read { db in
            let rows = try db.rows(
                "SELECT \(KeptResource.columns) FROM kept_resources ORDER BY id DESC LIMIT ? OFFSET ?",
                [max(0, limit), max(0, offset)]
            ) { try KeptResource(&$0) }
            return Page(rows: rows, total: try db.int("SELECT count(*) FROM kept_resources") ?? 0)
        }
    }

    /// What was retained in a connection's space and still has this physical id.
    package func keptResource(
        holding physicalID: String, type: String, in connection: String
    ) throws(StoreError) -> KeptResource? {
        try read { db in
            let space = try db.space(ofConnection: connection)
            let holders = try db.rows(
                """
                SELECT \(KeptResource.columns), (SELECT connection FROM deployments WHERE id = kept_resources.deployment)
                FROM kept_resources WHERE physical_id = ? AND type = ? AND fate = ? ORDER BY id DESC
                """, [physicalID, type, KeptResource.Fate.retained.rawValue]
            ) { (kept: try KeptResource(&$0), connection: $0.text()) }
            return try holders.first { try db.space(ofConnection: $0.connection) == space }?.kept
        }
    }

    /// Takes some out of the list, because they are gone or somebody else cares for them: their names count as free.
    ///
    /// All of them or none, each with an entry of the history.
    package func forget(keptResources all: [(id: KeptResource.ID, history: HistoryEntry)]) throws(StoreError) {
        try write { db in
            for one in all {
                try db.run("DELETE FROM kept_resources WHERE id = ?", [one.id])
                guard db.changesCount == 1 else {
                    throw StoreError.notFound(what: "kept resource", name: String(one.id))
                }
                try db.add(one.history)
            }
        }
    }
}

extension Database {
    func insert(_ kept: KeptResource) throws {
        try run(
            """
            INSERT INTO kept_resources (target, deployment, fate, at, logical_id, type, physical_id, record)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                kept.target.id, kept.deployment.number, kept.fate.rawValue, kept.at.milliseconds,
                kept.resource.logicalID, kept.resource.type, kept.physicalID, StoredJSON.text(kept.resource.value),
            ])
    }
}

extension KeptResource {
    static let columns = "id, target, deployment, fate, at, physical_id, record"

    init(_ columns: inout Columns) throws {
        let id = columns.int()
        let target = try columns.target()
        let deployment = Deployment.ID(columns.int())
        let fate: Fate = try columns.choice()
        let at = columns.instant()
        let physicalID = columns.text()
        guard let resource = ProvisionedResource(value: try columns.json()) else {
            throw StoreError.unreadable(
                path: "catalog.sqlite", cause: "a kept resource of \(target.title) can't be read")
        }
        self.init(
            id: id, target: target, deployment: deployment, at: at, fate: fate, physicalID: physicalID,
            resource: resource)
    }
}
