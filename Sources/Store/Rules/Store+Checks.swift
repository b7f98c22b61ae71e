package import Catalog
import Documents
import GRDB

/// Checks, waivers and hooks: what a workspace's people decided about plans and events.
extension Store {
    /// What was said of checks: levels of those that are built in, and commands. By name.
    package func checks() throws(StoreError) -> [CheckDefinition] {
        try read { db in
            try db.rows("SELECT content FROM checks ORDER BY name") { CheckDefinition(value: try $0.json()) }
                .compactMap(\.self)
        }
    }

    package func put(_ check: CheckDefinition, history: HistoryEntry) throws(StoreError) {
        try write { db in
            try db.run(Dialect.putCheck, [check.name, StoredJSON.text(check.value)])
            try db.add(history)
        }
    }

    package func deleteCheck(_ name: String, history: HistoryEntry) throws(StoreError) {
        try write { db in
            try db.run("DELETE FROM checks WHERE name = ?", [name])
            guard db.changesCount == 1 else { throw StoreError.notFound(what: "check", name: name) }
            try db.add(history)
        }
    }

    /// Newest first; those that have ended among them.
    package func waivers() throws(StoreError) -> [Waiver] {
        try read { db in
            try db.rows(
                "SELECT id, check_name, code, target, by, why, created_at, until FROM waivers ORDER BY id DESC"
            ) { columns in
                Waiver(
                    id: columns.int(), check: columns.text(), code: columns.text(), target: columns.text(),
                    by: columns.text(), why: columns.text(), createdAt: columns.instant(), until: columns.instant())
            }
        }
    }

    /// Keeps a waiver; its id is given here.
    package func add(_ waiver: Waiver, history: HistoryEntry) throws(StoreError) -> Waiver {
        try write { db in
            try db.run(
                """
                INSERT INTO waivers (check_name, code, target, by, why, created_at, until)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    waiver.check, waiver.code, waiver.target, waiver.by, waiver.why, waiver.createdAt.milliseconds,
                    waiver.until.milliseconds,
                ])
            var kept = waiver
            kept.id = Int(db.lastInsertedRowID)
            try db.add(history)
            return kept
        }
    }

    /// Ends a waiver now; it stays in the list.
    package func endWaiver(_ id: Int, at: Instant, history: HistoryEntry) throws(StoreError) {
        try write { db in
            try db.run(
                "UPDATE waivers SET until = ?1 WHERE id = ?2 AND until > ?1", [at.milliseconds, id])
            guard db.changesCount == 1 else { throw StoreError.notFound(what: "waiver in force", name: "\(id)") }
            try db.add(history)
        }
    }

    /// By name.
    package func hooks() throws(StoreError) -> [Hook] {
        try read { db in
            try db.rows("SELECT content FROM hooks ORDER BY name") { Hook(value: try $0.json()) }.compactMap(\.self)
        }
    }

    package func put(_ hook: Hook, history: HistoryEntry) throws(StoreError) {
        try write { db in
            try db.run(Dialect.putHook, [hook.name, StoredJSON.text(hook.value)])
            try db.add(history)
        }
    }

    package func deleteHook(_ name: String, history: HistoryEntry) throws(StoreError) {
        try write { db in
            try db.run("DELETE FROM hooks WHERE name = ?", [name])
            guard db.changesCount == 1 else { throw StoreError.notFound(what: "hook", name: name) }
            try db.add(history)
        }
    }
}
