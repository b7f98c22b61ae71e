package import Catalog
import GRDB

/// Much of a workspace at once; what refers to something else stands behind it.
package struct Filling: Sendable {
    package var templates: [Template]
    package var versions: [TemplateVersion]
    package var services: [Service]
    package var targets: [TargetRecord]
    package var orders: [Order]
    package var deployments: [Deployment]
    package var history: [HistoryEntry]

    package init(
        templates: [Template] = [], versions: [TemplateVersion] = [], services: [Service] = [],
        targets: [TargetRecord] = [], orders: [Order] = [], deployments: [Deployment] = [],
        history: [HistoryEntry] = []
    ) {
        self.templates = templates
        self.versions = versions
        self.services = services
        self.targets = targets
        self.orders = orders
        self.deployments = deployments
        self.history = history
    }
}

extension Store {
    /// Puts much in at once, in one transaction: for benchmarks and imports.
    ///
    /// Lines are taken from the versions' own marks; each template's recommended version is the template's. A target
    /// has the phase of the deployment that it names as its last. Ids are kept, so they must be free.
    package func fill(_ filling: Filling) throws(StoreError) {
        try write { db in
            for template in filling.templates { try db.insert(template) }
            for version in filling.versions { try db.insert(version) }
            for template in Set(filling.versions.map(\.template)) {
                try db.refresh(try db.line(of: template), of: template)
            }
            for service in filling.services { try db.insert(service) }
            for order in filling.orders { try db.insert(order) }
            for deployment in filling.deployments { try db.insert(deployment) }
            for entry in filling.history { try db.add(entry) }
            let isMuch = filling.targets.count > 1000
            let kept = isMuch ? try db.dropWhatFollowsTargets() : []
            for target in filling.targets { try db.insert(target) }
            if !filling.deployments.isEmpty { try db.takePhases() }
            if isMuch { try db.restoreWhatFollowsTargets(kept) }
        }
    }
}

extension Database {
    fileprivate func insert(_ order: Order) throws {
        try run(
            "INSERT INTO orders (\(Order.columns)) VALUES (?, ?, ?, ?, ?, ?)",
            [
                order.id.number, order.title, order.by, order.why, StoredShapes.text(order.tags),
                order.createdAt.milliseconds,
            ])
    }

    fileprivate func insert(_ deployment: Deployment) throws {
        try run(
            """
            INSERT INTO deployments (id, order_id, step, target, action, template, major, minor, from_major, from_minor,
                revision, plan_digest, phase, created_at, started_at, finished_at, failure, outputs, spec, connection,
                environment)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                deployment.id.number, deployment.order.number, deployment.step, deployment.target.id,
                deployment.action.rawValue, deployment.template, deployment.version.major, deployment.version.minor,
                deployment.fromVersion?.major, deployment.fromVersion?.minor, deployment.revision,
                deployment.planDigest, deployment.phase.rawValue, deployment.createdAt.milliseconds,
                deployment.startedAt?.milliseconds, deployment.finishedAt?.milliseconds, deployment.failure?.stored,
                deployment.outputs.stored, deployment.spec, deployment.connection, deployment.environment,
            ])
    }

    fileprivate func takePhases() throws {
        try execute(
            sql: """
                UPDATE targets SET phase = (SELECT phase FROM deployments WHERE deployments.id = targets.attempted)
                WHERE attempted IS NOT NULL;
                """)
    }

    /// Indexes and counters are made once at the end, which takes half the time of keeping them row by row.
    fileprivate func dropWhatFollowsTargets() throws -> [String] {
        let parts = try rows(
            """
            SELECT type, name, sql FROM sqlite_schema
            WHERE tbl_name = 'targets' AND type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY rowid
            """
        ) { (type: $0.text(), name: $0.text(), sql: $0.text()) }
        for part in parts { try execute(sql: "DROP \(part.type) \(part.name)") }
        return parts.map(\.sql)
    }

    fileprivate func restoreWhatFollowsTargets(_ kept: [String]) throws {
        try execute(
            sql: """
                DELETE FROM fleet_counts;
                INSERT INTO fleet_counts
                SELECT kind, owner, rank, is_drifted, activity, is_uncertain, count(*) FROM targets
                GROUP BY 1, 2, 3, 4, 5, 6;
                """)
        for sql in kept { try execute(sql: sql) }
        try execute(
            sql: """
                UPDATE versions SET uses = (
                    SELECT count(*) FROM targets WHERE targets.template = versions.template
                        AND targets.major = versions.major AND targets.minor = versions.minor);
                """)
    }
}
