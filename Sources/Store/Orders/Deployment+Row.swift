import Catalog

extension Deployment {
    /// Needs `deployments` joined with `orders`.
    static let columns = """
        deployments.id, order_id, step, target, action, template, major, minor, from_major, from_minor,
        deployments.connection, deployments.environment, spec, revision,
        plan_digest, phase, failure, orders.by, orders.why, deployments.created_at, started_at, finished_at, outputs
        """

    static let source = "FROM deployments JOIN orders ON orders.id = deployments.order_id"

    /// With what is finished left out by an index: SQLite would go through all that ever was.
    static func source(unfinished: Bool) -> String {
        unfinished
            ? "FROM deployments INDEXED BY deployments_unfinished JOIN orders ON orders.id = deployments.order_id"
            : source
    }

    init(_ columns: inout Columns) throws {
        self.init(
            id: ID(columns.int()), order: Order.ID(columns.int()), step: columns.int(), target: try columns.target(),
            action: try columns.choice(), template: columns.text(), version: columns.number(),
            fromVersion: columns.optionalNumber(), connection: columns.text(), environment: columns.text(),
            spec: columns.text(), revision: columns.int(),
            planDigest: columns.text(), phase: try columns.choice(),
            failure: columns.optionalText().flatMap(StoredJSON.value).map(Failure.init(stored:)), by: columns.text(),
            why: columns.text(), createdAt: columns.instant(), startedAt: columns.optionalInstant(),
            finishedAt: columns.optionalInstant(), outputs: [Output](stored: try columns.json()))
    }
}

extension Order {
    static let columns = "id, title, by, why, tags, created_at"

    init(_ columns: inout Columns) throws {
        self.init(
            id: ID(columns.int()), title: columns.text(), by: columns.text(), why: columns.text(),
            tags: StoredShapes.tags(try columns.json()), createdAt: columns.instant())
    }
}

extension Event {
    static let columns = "sequence, deployment, at, kind, resource, type, state, physical_id, message"

    init(_ columns: inout Columns) throws {
        self.init(
            sequence: columns.int(), deployment: Deployment.ID(columns.int()), at: columns.instant(),
            kind: try columns.choice(), resource: columns.text(), type: columns.text(),
            state: try columns.optionalChoice(), physicalID: columns.text(), message: columns.text())
    }
}
