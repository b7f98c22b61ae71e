import Catalog
import Documents
import GRDB

/// What a workspace names beside its targets, and what their stacks share and have left behind.
extension Export {
    func rules(_ db: Database) throws -> [File] {
        let checks = try db.rows("SELECT content FROM checks ORDER BY name") { try $0.json() }
        let hooks = try db.rows("SELECT content FROM hooks ORDER BY name") { try $0.json() }
        return [
            json("secrets", .list(try secrets(db))),
            json("checks", .list(checks)), json("hooks", .list(hooks)), json("waivers", .list(try waivers(db))),
            json("exports", .list(try exports(db))), json("kept", .list(try kept(db))),
        ]
    }

    /// Where secrets are, by connection and name; a secret itself is nowhere in a workspace.
    private func secrets(_ db: Database) throws -> [Value] {
        try db.rows("SELECT \(Secret.columns) FROM secrets ORDER BY connection, name") { columns in
            .object(Object(["connection", "name", "source"].map { ($0, .string(columns.text())) }))
        }
    }

    private func waivers(_ db: Database) throws -> [Value] {
        try db.rows(
            "SELECT check_name, code, target, by, why, created_at, until FROM waivers ORDER BY check_name, code, target, id"
        ) { columns in
            var members = ["check", "code", "target", "by", "why"].map { ($0, Value.string(columns.text())) }
            let (at, until) = (columns.instant(), columns.instant())
            if !withoutIDs { members += [("at", .string(at.iso8601)), ("until", .string(until.iso8601))] }
            return .object(Object(members))
        }
    }

    /// Each with the targets that import it.
    private func exports(_ db: Database) throws -> [Value] {
        let uses = try db.rows("SELECT space, name, target FROM imports ORDER BY space, name, target") {
            (space: $0.text(), name: $0.text(), target: $0.text())
        }
        let users = Dictionary(grouping: uses) { [$0.space, $0.name] }
        return try db.rows("SELECT space, name, target, value FROM exports ORDER BY space, name") { columns in
            let (space, name) = (columns.text(), columns.text())
            return .object(
                Object([
                    ("space", .string(space)), ("name", .string(name)), ("target", .string(columns.text())),
                    ("value", .string(columns.text())),
                    ("importedBy", .list((users[[space, name]] ?? []).map { .string($0.target) })),
                ]))
        }
    }

    private func kept(_ db: Database) throws -> [Value] {
        try db.rows(
            """
            SELECT target, fate, logical_id, type, physical_id, deployment, at FROM kept_resources
            ORDER BY target, logical_id, physical_id, id
            """
        ) { columns in
            var members = ["target", "fate", "logicalId", "type", "physicalId"].map {
                ($0, Value.string(columns.text()))
            }
            let (deployment, at) = (columns.int(), columns.instant())
            if !withoutIDs {
                members += [("deployment", .number(Number(deployment))), ("at", .string(at.iso8601))]
            }
            return .object(Object(members))
        }
    }
}
