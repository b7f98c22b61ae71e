package import Catalog
import GRDB

/// What connections define as secrets: names and sources.
extension Store {
    /// By name.
    package func secrets(of connection: String) throws(StoreError) -> [Secret] {
        try read { db in
            try db.rows("SELECT \(Secret.columns) FROM secrets WHERE connection = ? ORDER BY name", [connection]) {
                Secret(&$0)
            }.compactMap(\.self)
        }
    }

    /// Keeps a new definition, or another one of the same name.
    package func put(_ secret: Secret, history: HistoryEntry) throws(StoreError) {
        try write { db in
            try db.run(Dialect.putSecret, [secret.connection, secret.name, secret.source.text])
            try db.add(history)
        }
    }

    package func deleteSecret(_ name: String, of connection: String, history: HistoryEntry) throws(StoreError) {
        try write { db in
            try db.run("DELETE FROM secrets WHERE connection = ? AND name = ?", [connection, name])
            guard db.changesCount == 1 else { throw StoreError.notFound(what: "secret", name: name) }
            try db.add(history)
        }
    }
}

extension Secret {
    static let columns = "connection, name, source"

    /// `nil` for a source that nobody could have defined: what is not understood is not allowed.
    init?(_ columns: inout Columns) {
        let (connection, name, source) = (columns.text(), columns.text(), columns.text())
        guard let source = try? SecretSource(source) else { return nil }
        self.init(connection: connection, name: name, source: source)
    }
}
