import GRDB

/// The layouts that the database has had, and the steps between them.
enum Migrations {
    /// Marks the file as Baryon's, for `file` and for us: the letters `Bary`.
    static let applicationID = 0x4261_7279

    /// Step `n` makes layout `n + 1` out of layout `n`. A step that was released is never changed.
    static let steps: [String] = [Layout1.sql, Layout2.sql, Layout3.sql, Layout4.sql, Layout5.sql]

    static func run(_ pool: DatabasePool, path: String, upTo last: Int) throws {
        let found = try pool.read { try layout(of: $0, path: path) }
        guard found < last else { return }
        try pool.writeWithoutTransaction { db in
            while try step(db, path: path, upTo: last) {}
        }
    }

    /// Does the next step in a transaction of its own; `false` when there is none.
    ///
    /// The layout is read again inside, because another process may be migrating as well.
    private static func step(_ db: Database, path: String, upTo last: Int) throws -> Bool {
        var isMore = false
        try db.inTransaction(.immediate) {
            let found = try layout(of: db, path: path)
            guard found < last else { return .commit }
            try db.execute(sql: steps[found])
            try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(found + 1)")
            isMore = true
            return .commit
        }
        return isMore
    }

    /// The file's layout; 0 for an empty one.
    static func layout(of db: Database, path: String) throws -> Int {
        let layout = try db.int("PRAGMA user_version") ?? 0
        let id = try db.int("PRAGMA application_id") ?? 0
        let isEmpty = try db.int("SELECT count(*) FROM sqlite_schema") == 0
        guard id == applicationID || id == 0 && isEmpty else {
            throw StoreError.unreadable(path: path, cause: "the file is another program's database")
        }
        guard layout <= steps.count else {
            throw StoreError.newerDatabase(path: path, found: layout, known: steps.count)
        }
        return layout
    }
}

extension Store {
    /// The layout that this Baryon writes.
    package static var schemaVersion: Int { Migrations.steps.count }

    /// The layout that the file has.
    package func schemaVersion() throws(StoreError) -> Int {
        try read { try Migrations.layout(of: $0, path: path) }
    }
}
