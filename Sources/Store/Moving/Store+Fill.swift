package import Catalog
import GRDB

extension Store {
    /// Puts much in at once, in one transaction: for benchmarks and imports.
    ///
    /// Lines are taken from the versions' own marks; each template's recommended version is the template's.
    package func fill(
        templates: [Template] = [], versions: [TemplateVersion] = [], services: [Service] = [],
        targets: [TargetRecord] = []
    ) throws(StoreError) {
        try write { db in
            for template in templates { try db.insert(template) }
            for version in versions { try db.insert(version) }
            for template in Set(versions.map(\.template)) {
                try db.refresh(try db.line(of: template), of: template)
            }
            for service in services { try db.insert(service) }
            let isMuch = targets.count > 1000
            let kept = isMuch ? try db.dropWhatFollowsTargets() : []
            for target in targets { try db.insert(target) }
            if isMuch { try db.restoreWhatFollowsTargets(kept) }
        }
    }
}

extension Database {
    /// Indexes and counters are made once at the end, which takes half the time of keeping them row by row.
    fileprivate func dropWhatFollowsTargets() throws -> [String] {
        let parts = try rows(
            """
            SELECT type, name, sql FROM sqlite_schema
            WHERE tbl_name = 'targets' AND type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY rowid
            """
        ) { (type: $0.text(), name: $0.text(), sql: $0.text()) }
        for part in parts { try execute(sql: "DROP \(part.type) \(part.name)") }
        return parts.map(\.sql)
    }

    fileprivate func restoreWhatFollowsTargets(_ kept: [String]) throws {
        try execute(
            sql: """
                DELETE FROM fleet_counts;
                INSERT INTO fleet_counts
                SELECT kind, owner, rank, is_drifted, activity, is_uncertain, count(*) FROM targets
                GROUP BY 1, 2, 3, 4, 5, 6;
                """)
        for sql in kept { try execute(sql: sql) }
        try execute(
            sql: """
                UPDATE versions SET uses = (
                    SELECT count(*) FROM targets WHERE targets.template = versions.template
                        AND targets.major = versions.major AND targets.minor = versions.minor);
                """)
    }
}
