package import Catalog
import GRDB

extension Store {
    /// Newest first; `before` is the sequence of the last entry of the page above.
    package func history(
        subject: String? = nil, before: Int? = nil, limit: Int = 200
    ) throws(StoreError) -> [HistoryEntry] {
        try read { db in
            try db.rows(
                """
                SELECT sequence, at, by, act, subject, detail, why FROM history
                WHERE sequence < ?\(subject == nil ? "" : " AND subject = ?") ORDER BY sequence DESC LIMIT ?
                """, Store.arguments(before, subject, limit)
            ) { columns in
                HistoryEntry(
                    sequence: columns.int(), at: columns.instant(), by: columns.text(), act: columns.text(),
                    subject: columns.text(), detail: columns.text(), why: columns.text())
            }
        }
    }

    private static func arguments(_ before: Int?, _ subject: String?, _ limit: Int) -> StatementArguments {
        var arguments: StatementArguments = [before ?? Int.max]
        if let subject { arguments += [subject] }
        return arguments + [max(0, limit)]
    }

    package func add(_ history: HistoryEntry) throws(StoreError) {
        try write { try $0.add(history) }
    }

    package func save(_ draft: Draft) throws(StoreError) {
        try write { db in
            try db.run(
                Dialect.putDraft,
                [
                    draft.id, draft.title, draft.template, draft.version.major, draft.version.minor,
                    draft.updatedAt.milliseconds, draft.content,
                ])
        }
    }

    /// The one that was worked on last comes first.
    package func drafts() throws(StoreError) -> [Draft] {
        try read { db in
            try db.rows("SELECT \(Draft.columns) FROM drafts ORDER BY updated_at DESC, id") { Draft(&$0) }
        }
    }

    package func draft(_ id: String) throws(StoreError) -> Draft? {
        try read { db in try db.row("SELECT \(Draft.columns) FROM drafts WHERE id = ?", [id]) { Draft(&$0) } }
    }

    /// Deleting what is not there is no fault.
    package func deleteDraft(_ id: String) throws(StoreError) {
        try write { try $0.run("DELETE FROM drafts WHERE id = ?", [id]) }
    }

    /// JSON text under a name.
    package func setting(_ key: String) throws(StoreError) -> String? {
        try read { try $0.text("SELECT value FROM settings WHERE key = ?", [key]) }
    }

    /// `nil` forgets it.
    package func set(_ key: String, to value: String?, history: HistoryEntry? = nil) throws(StoreError) {
        try write { db in
            if let value {
                try db.run(Dialect.putSetting, [key, value])
            } else {
                try db.run("DELETE FROM settings WHERE key = ?", [key])
            }
            if let history { try db.add(history) }
        }
    }
}

extension Draft {
    fileprivate static let columns = "id, title, template, major, minor, content, updated_at"

    fileprivate init(_ columns: inout Columns) {
        self.init(
            id: columns.text(), title: columns.text(), template: columns.text(), version: columns.number(),
            content: columns.text(), updatedAt: columns.instant())
    }
}

extension Database {
    func add(_ entry: HistoryEntry) throws {
        try run(
            "INSERT INTO history (at, by, act, subject, detail, why) VALUES (?, ?, ?, ?, ?, ?)",
            [entry.at.milliseconds, entry.by, entry.act, entry.subject, entry.detail, entry.why])
    }
}
