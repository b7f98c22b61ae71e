package import Catalog
import GRDB

/// What was there already, as the store takes it in: all of it, or nothing.
package struct Adoption: Hashable, Sendable {
    package var title: String
    package var by: String
    package var why: String
    package var at: Instant
    package var connection: String
    package var services: [Service]
    package var targets: [Target]

    package struct Target: Hashable, Sendable {
        /// Whole, but for the deployment that it names.
        package var record: TargetRecord
        package var planDigest: String
        package var resources: [ProvisionedResource]

        package init(record: TargetRecord, planDigest: String, resources: [ProvisionedResource]) {
            self.record = record
            self.planDigest = planDigest
            self.resources = resources
        }
    }

    package init(
        title: String, by: String, why: String, at: Instant, connection: String, services: [Service],
        targets: [Target]
    ) {
        self.title = title
        self.by = by
        self.why = why
        self.at = at
        self.connection = connection
        self.services = services
        self.targets = targets
    }
}

extension Store {
    /// Records services and targets with one finished deployment each, in one transaction.
    package func adopt(_ adoption: Adoption) throws(StoreError) {
        try write { db in
            try db.run(
                "INSERT INTO orders (title, by, why, tags, created_at) VALUES (?, ?, ?, '{}', ?)",
                [adoption.title, adoption.by, adoption.why, adoption.at.milliseconds])
            let order = Int(db.lastInsertedRowID)
            for service in adoption.services {
                guard try db.service(service.name) == nil else {
                    throw StoreError.nameTaken(what: "service", name: service.name)
                }
                try db.insert(service)
                try db.keepSpec(of: service)
            }
            for (step, target) in adoption.targets.enumerated() {
                try db.adopt(target, step: step, order: order, adoption)
            }
        }
    }
}

extension Database {
    fileprivate func adopt(_ adopted: Adoption.Target, step: Int, order: Int, _ adoption: Adoption) throws {
        var record = adopted.record
        guard try self.record(record.target) == nil else {
            throw StoreError.nameTaken(what: record.target.kind.rawValue, name: record.target.title)
        }
        let version = record.desired.version
        guard try self.version(record.template, version) != nil else {
            throw StoreError.notFound(what: "version of \(record.template)", name: version.description)
        }
        let at = adoption.at.milliseconds
        try run(
            """
            INSERT INTO deployments (order_id, step, target, action, template, major, minor, revision, plan_digest,
                phase, created_at, started_at, finished_at, outputs, spec, connection, environment)
            VALUES (?, ?, ?, 'adopt', ?, ?, ?, ?, ?, 'succeeded', ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                order, step, record.target.id, record.template, version.major, version.minor, record.desired.revision,
                adopted.planDigest, at, at, at, (record.applied?.outputs ?? []).stored, record.desired.spec,
                adoption.connection, record.environment,
            ])
        let id = Deployment.ID(Int(lastInsertedRowID))
        record.attempted = id
        record.applied?.deployment = id
        try insert(record)
        try run("UPDATE targets SET phase = 'succeeded' WHERE target = ?", [record.target.id])
        for resource in adopted.resources {
            try run(
                Dialect.putResource,
                [
                    record.target.id, resource.logicalID, resource.type, resource.physicalID,
                    StoredJSON.text(resource.value),
                ])
        }
        try add(
            HistoryEntry(
                at: adoption.at, by: adoption.by, act: "\(record.target.kind.rawValue).adopt",
                subject: record.target.id, detail: "\(id) \(record.stack?.name ?? "")", why: adoption.why))
    }
}
