package import Catalog
import Documents
import GRDB

extension Store {
    /// By name; the built-in `local` is no row.
    package func connections() throws(StoreError) -> [Connection] {
        try read { db in
            try db.rows("SELECT \(Connection.columns) FROM connections ORDER BY name") { try Connection(&$0) }
        }
    }

    package func connection(_ name: String) throws(StoreError) -> Connection? {
        try read { try $0.connection(name) }
    }

    /// The environments that go to each connection, by its name; they are sorted by theirs.
    package func environmentsByConnection() throws(StoreError) -> [String: [FleetRow]] {
        try read { db in
            let rows = try db.rows(
                """
                SELECT connection, \(FleetRow.columns) FROM targets \(FleetRow.joinVersions)
                WHERE targets.kind = ? ORDER BY targets.title
                """, [Target.Kind.environment.rawValue]
            ) { columns in (connection: columns.text(), row: try FleetRow(&columns)) }
            return Dictionary(grouping: rows, by: \.connection).mapValues { $0.map(\.row) }
        }
    }

    /// Keeps a new connection, or a changed one.
    ///
    /// - Parameter base: The revision that the change was made from; `nil` for a new connection.
    package func put(_ connection: Connection, base: Int?, history: HistoryEntry) throws(StoreError) {
        try write { db in
            let known = try db.connection(connection.name)
            guard known?.revision == base else {
                if known == nil { throw StoreError.notFound(what: "connection", name: connection.name) }
                if base == nil { throw StoreError.nameTaken(what: "connection", name: connection.name) }
                throw StoreError.changed(what: "connection", name: connection.name)
            }
            try db.run(
                Dialect.putConnection,
                [
                    connection.name, connection.provisioner.rawValue, connection.account, connection.region,
                    connection.revision, connection.createdAt.milliseconds,
                    StoredJSON.text(connection.settings.value),
                ])
            try db.add(history)
        }
    }

    /// Refused while a target uses it, or is on its way there.
    package func deleteConnection(_ name: String, history: HistoryEntry) throws(StoreError) {
        try write { db in
            let users = try db.rows(
                """
                SELECT target FROM targets WHERE connection = ?1
                UNION SELECT target FROM deployments WHERE is_finished = 0 AND connection = ?1 ORDER BY target LIMIT 6
                """, [name]
            ) { try $0.target().title }
            guard users.isEmpty else { throw StoreError.inUse(what: "Connection \(name)", by: users) }
            try db.run("DELETE FROM connections WHERE name = ?", [name])
            guard db.changesCount == 1 else { throw StoreError.notFound(what: "connection", name: name) }
            try db.run("DELETE FROM secrets WHERE connection = ?", [name])
            try db.add(history)
        }
    }

    /// What this workspace calls itself in the tokens of its acts: twelve hexadecimal digits.
    package func workspaceID() throws(StoreError) -> String {
        try read { try $0.text("SELECT id FROM workspace") ?? "" }
    }

    /// What is known of a target's real stack; `nil` forgets it.
    package func setStack(_ stack: StackIdentity?, of target: Target, by claim: Claim) throws(StoreError) {
        try write { db in
            try db.check(claim)
            try db.run(
                "UPDATE targets SET stack = ? WHERE target = ?",
                [stack.map { StoredJSON.text($0.value) }, target.id])
        }
    }
}

extension Database {
    func connection(_ name: String) throws -> Connection? {
        try row("SELECT \(Connection.columns) FROM connections WHERE name = ?", [name]) { try Connection(&$0) }
    }
}

extension Connection {
    static let columns = "name, provisioner, account, region, settings, revision, created_at"

    init(_ columns: inout Columns) throws {
        self.init(
            name: columns.text(), provisioner: try columns.choice(), account: columns.text(), region: columns.text(),
            settings: StackSettings(value: try columns.json()), revision: columns.int(), createdAt: columns.instant())
    }
}
