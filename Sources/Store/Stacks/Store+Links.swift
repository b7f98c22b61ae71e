package import Catalog
import GRDB

extension Store {
    /// What the stacks of other targets export in a connection's space, by name.
    package func exports(
        besideThoseOf target: Target, in connection: String
    ) throws(StoreError) -> [StackExport] {
        try read { db in
            try db.rows(
                "SELECT name, value FROM exports WHERE space = ? AND target <> ? ORDER BY name",
                [try db.space(ofConnection: connection), target.id]
            ) { StackExport(name: $0.text(), value: $0.text()) }
        }
    }

    /// What a target's stack exports and imports; an import has the value that the export has now.
    package func links(of target: Target) throws(StoreError) -> StackLinks {
        try read { db in
            StackLinks(
                exports: try db.exports(of: target),
                imports: try db.rows(
                    """
                    SELECT name, coalesce(exports.value, '') FROM imports LEFT JOIN exports USING (space, name)
                    WHERE imports.target = ? ORDER BY name
                    """, [target.id]
                ) { StackExport(name: $0.text(), value: $0.text()) })
        }
    }

    /// The targets whose stacks import what this one's exports, by export; those that nobody imports are left out.
    package func importers(of target: Target) throws(StoreError) -> [String: [Target]] {
        try read { try $0.importers(of: target) }
    }
}

extension Database {
    /// See `Connection.exportSpace`.
    func space(ofConnection name: String) throws -> String {
        (try connection(name) ?? Connection.local).exportSpace
    }

    func exports(of target: Target) throws -> [StackExport] {
        try rows("SELECT name, value FROM exports WHERE target = ? ORDER BY name", [target.id]) {
            StackExport(name: $0.text(), value: $0.text())
        }
    }

    func importers(of target: Target) throws -> [String: [Target]] {
        let uses = try rows(
            """
            SELECT imports.name, imports.target FROM exports
            JOIN imports ON imports.space = exports.space AND imports.name = exports.name
                AND imports.target <> exports.target
            WHERE exports.target = ? ORDER BY imports.name, imports.target
            """, [target.id]
        ) { (name: $0.text(), target: try $0.target()) }
        return Dictionary(grouping: uses, by: \.name).mapValues { $0.map(\.target) }
    }

    /// What `links` have to get along with; of the others' exports, those that they name.
    func surroundings(
        of links: StackLinks, _ target: Target, in space: String
    ) throws -> StackLinks.Surroundings {
        let names = Set((links.exports + links.imports).map(\.name))
        let others = try rows(
            "SELECT name, value, target FROM exports WHERE space = ? AND target <> ? AND \(Dialect.isIn("name"))",
            [space, target.id, Dialect.list(names)]
        ) { (name: $0.text(), export: (value: $0.text(), title: try $0.target().title)) }
        return StackLinks.Surroundings(
            former: try exports(of: target),
            others: Dictionary(others.map { ($0.name, $0.export) }) { first, _ in first },
            importers: try importers(of: target).mapValues { $0.map(\.title) })
    }

    func set(_ links: StackLinks, of target: Target, in space: String) throws {
        try run("DELETE FROM exports WHERE target = ?", [target.id])
        try run("DELETE FROM imports WHERE target = ?", [target.id])
        for export in links.exports {
            try run(
                "INSERT INTO exports (space, name, target, value) VALUES (?, ?, ?, ?)",
                [space, export.name, target.id, export.value])
        }
        for name in Set(links.imports.map(\.name)).sorted() {
            try run("INSERT INTO imports (space, name, target) VALUES (?, ?, ?)", [space, name, target.id])
        }
    }
}
