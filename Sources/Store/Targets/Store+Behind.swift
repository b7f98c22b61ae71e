package import Catalog
import GRDB

/// A version that somebody should leave, and how many targets run it.
package struct VersionBehind: Hashable, Sendable {
    package var template: String
    package var number: VersionNumber
    /// Without those that are being deployed, or were never.
    package var targets: Int

    package init(template: String, number: VersionNumber, targets: Int) {
        self.template = template
        self.number = number
        self.targets = targets
    }
}

/// A template's line, and what there is to say of its versions.
package struct ToldLine: Sendable {
    package var line = VersionLine(entries: [], recommended: nil, minors: [:])
    /// When a version came to be offered: published, else registered.
    package var offered: [VersionNumber: Instant] = [:]
    package var notes: [VersionNumber: String] = [:]
    /// Why a version was withdrawn or deprecated.
    package var reasons: [VersionNumber: String] = [:]
}

extension Store {
    /// What should move to another version; the most urgent first: back, major, minor.
    package func behind(
        owner: String = "", template: String = "", limit: Int = 500
    ) throws(StoreError) -> [FleetRow] {
        try read { db in
            var conditions = ["targets.rank > 1"]
            var arguments: StatementArguments = []
            for (column, value) in [("owner", owner), ("template", template)] where !value.isEmpty {
                conditions.append("targets.\(column) = ?")
                arguments += [value]
            }
            return try db.rows(
                """
                SELECT \(FleetRow.columns) FROM targets \(FleetRow.joinVersions)
                WHERE \(conditions.joined(separator: " AND "))
                ORDER BY targets.rank DESC, targets.title LIMIT ?
                """, arguments + [max(0, limit)]
            ) { try FleetRow(&$0) }
        }
    }

    /// The versions that targets should leave; the most urgent first, then by template.
    ///
    /// - Parameters:
    ///   - owner: Of the targets; empty for everyone's.
    ///   - limit: How many versions are looked at.
    package func versionsBehind(owner: String = "", limit: Int = 500) throws(StoreError) -> [VersionBehind] {
        try read { db in
            let all = owner.isEmpty ? try db.countedBehind(limit) : try db.behind(of: owner, limit)
            return all.filter { $0.targets > 0 }
        }
    }

    /// Lines of several templates, in one reading.
    package func lines(of templates: Set<String>) throws(StoreError) -> [String: ToldLine] {
        try read { db in
            // Rows of one template stand together.
            var parts: [LinePart] = []
            _ = try db.rows(
                """
                SELECT template, major, minor, status, is_recommended, coalesce(published_at, registered_at), notes,
                    reason
                FROM versions WHERE \(Dialect.isIn("template")) ORDER BY template
                """, [Dialect.list(templates)]
            ) { columns in
                let template = columns.text()
                if parts.last?.template != template { parts.append(LinePart(template: template)) }
                try parts[parts.count - 1].add(&columns)
            }
            let recommended = try db.rows(
                "SELECT name, recommended_major, recommended_minor FROM templates WHERE \(Dialect.isIn("name"))",
                [Dialect.list(templates)]
            ) { (name: $0.text(), number: $0.optionalNumber()) }
            let numbers = Dictionary(recommended.map { ($0.name, $0.number) }, uniquingKeysWith: { first, _ in first })
            var lines: [String: ToldLine] = [:]
            for part in parts { lines[part.template] = part.line(recommended: numbers[part.template] ?? nil) }
            return lines
        }
    }
}

extension Database {
    /// By the counters of versions, less what is no target of a move now.
    fileprivate func countedBehind(_ limit: Int) throws -> [VersionBehind] {
        var behind = try rows(
            """
            SELECT template, major, minor, uses FROM versions WHERE rank > 1 AND uses > 0
            ORDER BY rank DESC, template, major, minor LIMIT ?
            """, [limit]
        ) { VersionBehind(template: $0.text(), number: $0.number(), targets: $0.int()) }
        let places = Dictionary(uniqueKeysWithValues: behind.indices.map { (Key(behind[$0]), $0) })
        for kind in FleetSQL.kinds(of: .all) {
            let unmoved = try rows(
                """
                SELECT template, major, minor, count(*) FROM targets INDEXED BY targets_by_rank
                WHERE kind = ?1 AND rank = 0 GROUP BY 1, 2, 3
                UNION ALL
                SELECT template, major, minor, count(*) FROM targets INDEXED BY targets_by_activity
                WHERE kind = ?1 AND activity = 1 AND rank > 1 GROUP BY 1, 2, 3
                """, [kind]
            ) { VersionBehind(template: $0.text(), number: $0.number(), targets: $0.int()) }
            for version in unmoved {
                if let place = places[Key(version)] { behind[place].targets -= version.targets }
            }
        }
        return behind
    }

    fileprivate func behind(of owner: String, _ limit: Int) throws -> [VersionBehind] {
        try rows(
            """
            SELECT template, major, minor, count(*) FROM targets
            WHERE rank > 1 AND owner = ? AND activity <> 1
            GROUP BY rank, template, major, minor ORDER BY rank DESC, template, major, minor LIMIT ?
            """, [owner, limit]
        ) { VersionBehind(template: $0.text(), number: $0.number(), targets: $0.int()) }
    }
}

/// A template's line while its rows are read.
private struct LinePart {
    let template: String
    private var told = ToldLine()
    private var entries: [VersionLine.Entry] = []
    private var minors: [Int: Int] = [:]

    init(template: String) { self.template = template }

    mutating func add(_ columns: inout Columns) throws {
        let number = columns.number()
        entries.append(VersionLine.Entry(number: number, status: try columns.choice()))
        if columns.bool() { minors[number.major] = number.minor }
        told.offered[number] = columns.instant()
        told.notes[number] = columns.text()
        told.reasons[number] = columns.text()
    }

    func line(recommended: VersionNumber?) -> ToldLine {
        var told = told
        told.line = VersionLine(entries: entries, recommended: recommended, minors: minors)
        return told
    }
}

private struct Key: Hashable {
    let template: String
    let number: VersionNumber

    init(_ version: VersionBehind) {
        template = version.template
        number = version.number
    }
}
