package import Catalog
import GRDB

/// Which deployments somebody wants.
package struct DeploymentQuery: Hashable, Sendable {
    package var target: Target?
    package var order: Order.ID?
    /// Empty for every phase.
    package var phases: Set<Deployment.Phase>
    package var isUnfinished: Bool
    /// The last one of the page above.
    package var before: Deployment.ID?
    package var limit: Int

    package init(
        target: Target? = nil, order: Order.ID? = nil, phases: Set<Deployment.Phase> = [], isUnfinished: Bool = false,
        before: Deployment.ID? = nil, limit: Int = 200
    ) {
        self.target = target
        self.order = order
        self.phases = phases
        self.isUnfinished = isUnfinished
        self.before = before
        self.limit = limit
    }
}

extension Store {
    package func deployment(_ id: Deployment.ID) throws(StoreError) -> Deployment? {
        try read { try $0.deployment(id) }
    }

    /// By id; those that are there.
    package func deployments(_ ids: [Deployment.ID]) throws(StoreError) -> [Deployment.ID: Deployment] {
        try read { db in
            let found = try db.rows(
                "SELECT \(Deployment.columns) \(Deployment.source) WHERE \(Dialect.isIn("deployments.id"))",
                [Dialect.list(ids.map(\.number))]
            ) { try Deployment(&$0) }
            return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// Newest first.
    package func deployments(_ query: DeploymentQuery = DeploymentQuery()) throws(StoreError) -> [Deployment] {
        try read { db in
            var conditions = ["TRUE"]
            var arguments: StatementArguments = []
            if let target = query.target {
                conditions.append("target = ?")
                arguments += [target.id]
            }
            if let order = query.order {
                conditions.append("order_id = ?")
                arguments += [order.number]
            }
            if let before = query.before {
                conditions.append("deployments.id < ?")
                arguments += [before.number]
            }
            if query.isUnfinished { conditions.append("is_finished = 0") }
            if !query.phases.isEmpty {
                let names = query.phases.map { "'\($0.rawValue)'" }.sorted()
                conditions.append("phase IN (\(names.joined(separator: ", ")))")
            }
            return try db.rows(
                """
                SELECT \(Deployment.columns) \(Deployment.source(unfinished: query.isUnfinished))
                WHERE \(conditions.joined(separator: " AND ")) ORDER BY deployments.id DESC LIMIT ?
                """, arguments + [max(0, query.limit)]
            ) { try Deployment(&$0) }
        }
    }

    /// Where something goes that has not ended.
    package func unfinishedConnections() throws(StoreError) -> Set<String> {
        try read { db in
            Set(try db.rows("SELECT DISTINCT connection FROM deployments WHERE is_finished = 0") { $0.text() })
        }
    }

    /// By step.
    package func deployments(of order: Order.ID) throws(StoreError) -> [Deployment] {
        try read { try $0.deployments(of: order) }
    }

    package func order(_ id: Order.ID) throws(StoreError) -> Order? {
        try read { db in
            try db.row("SELECT \(Order.columns) FROM orders WHERE id = ?", [id.number]) { try Order(&$0) }
        }
    }

    /// Newest first.
    package func orders(before: Order.ID? = nil, limit: Int = 200) throws(StoreError) -> [Order] {
        try read { db in
            try db.rows(
                "SELECT \(Order.columns) FROM orders WHERE id < ? ORDER BY id DESC LIMIT ?",
                [before?.number ?? Int.max, max(0, limit)]
            ) { try Order(&$0) }
        }
    }

    /// In the order in which they happened, from the one after `sequence`.
    package func events(
        of id: Deployment.ID, after sequence: Int = 0, limit: Int = 1000
    ) throws(StoreError) -> [Event] {
        try read { db in
            try db.rows(
                """
                SELECT \(Event.columns) FROM events WHERE deployment = ? AND sequence > ? ORDER BY sequence LIMIT ?
                """, [id.number, sequence, max(0, limit)]
            ) { try Event(&$0) }
        }
    }

    /// The local provisioner's record of a target's stack, by logical id.
    package func resources(of target: Target) throws(StoreError) -> [ProvisionedResource] {
        try read { db in
            try db.rows("SELECT record FROM resources WHERE target = ? ORDER BY logical_id", [target.id]) { columns in
                guard let resource = ProvisionedResource(value: try columns.json()) else {
                    throw StoreError.unreadable(path: path, cause: "a resource of \(target.title) can't be read")
                }
                return resource
            }
        }
    }

    /// Resources of a type in other targets' stacks that share a property's text; `nil` is the physical id.
    package func neighbours(
        of target: Target, type: String, sharing property: String?, value: String
    ) throws(StoreError) -> [(target: Target, resource: ProvisionedResource)] {
        try read { db in
            let shared = property == nil ? "physical_id = ?" : Dialect.recordHasProperty
            return try db.rows(
                "SELECT target, record FROM resources WHERE type = ? AND target <> ? AND \(shared)",
                [type, target.id] + (property.map { [Dialect.path(toProperty: $0)] } ?? []) + [value]
            ) { columns in
                let owner = try columns.target()
                guard let resource = ProvisionedResource(value: try columns.json()) else {
                    throw StoreError.unreadable(path: path, cause: "a resource of \(owner.title) can't be read")
                }
                return (owner, resource)
            }
        }
    }

    /// The journal of a deployment: the entries' JSON in the order in which they were written.
    package func journal(of id: Deployment.ID) throws(StoreError) -> [String] {
        try read { db in
            try db.rows("SELECT entry FROM journal WHERE deployment = ? ORDER BY number", [id.number]) { $0.text() }
        }
    }

    /// The target whose stack holds a resource by its physical id.
    package func holder(ofPhysicalID physicalID: String, type: String) throws(StoreError) -> Target? {
        try read { db in
            try db.row(
                "SELECT target FROM resources WHERE physical_id = ? AND type = ? ORDER BY target LIMIT 1",
                [physicalID, type]
            ) { try $0.target() }
        }
    }
}

extension Database {
    func deployment(_ id: Deployment.ID) throws -> Deployment? {
        try row("SELECT \(Deployment.columns) \(Deployment.source) WHERE deployments.id = ?", [id.number]) {
            try Deployment(&$0)
        }
    }

    func deployments(of order: Order.ID) throws -> [Deployment] {
        try rows(
            "SELECT \(Deployment.columns) \(Deployment.source) WHERE order_id = ? ORDER BY step, deployments.id",
            [order.number]
        ) { try Deployment(&$0) }
    }
}
