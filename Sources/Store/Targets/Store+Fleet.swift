package import Catalog
import GRDB

extension Store {
    package func fleet(_ query: FleetQuery) throws(StoreError) -> Page<FleetRow> {
        try read { db in
            let sql = FleetSQL(query)
            let total = try sql.total(db)
            // No index tells who is uncertain; the counters know when nobody is.
            if total == 0 { return Page(rows: [], total: 0) }
            return Page(rows: try sql.page(db, of: total), total: total)
        }
    }

    /// The first targets by title that have the words; how many there are is not counted, which takes longer.
    package func targets(withWords text: String, limit: Int) throws(StoreError) -> [FleetRow] {
        try read { try FleetSQL(FleetQuery(level: .all, text: text, limit: limit)).page($0, of: .max) }
    }

    package func row(_ target: Target) throws(StoreError) -> FleetRow? {
        try read { db in
            try db.row(
                "SELECT \(FleetRow.columns) FROM targets \(FleetRow.joinVersions) WHERE targets.target = ?",
                [target.id]
            ) { try FleetRow(&$0) }
        }
    }

    /// - Parameter owner: Empty for everyone's.
    package func counts(_ level: FleetQuery.Level, owner: String = "") throws(StoreError) -> FleetCounts {
        try read { db in
            var counts = FleetCounts()
            for kind in FleetSQL.kinds(of: level) {
                let groups = try db.rows(
                    """
                    SELECT rank, is_drifted, activity, is_uncertain, sum(number) FROM fleet_counts
                    WHERE kind = ?1 AND (?2 = '' OR owner = ?2) GROUP BY 1, 2, 3, 4
                    """, [kind, owner]
                ) { CountedGroup(&$0) }
                for group in groups { counts.add(group) }
            }
            return counts
        }
    }

    /// How the instances and pipelines of each service stand, by its name.
    ///
    /// - Parameter owner: Empty for everyone's.
    package func countsByService(owner: String = "") throws(StoreError) -> [String: FleetCounts] {
        try read { db in
            var counts: [String: FleetCounts] = [:]
            let groups = try db.rows(
                """
                SELECT service, rank, is_drifted, activity, is_uncertain, count(*) FROM targets
                WHERE service <> '' AND (?1 = '' OR owner = ?1) GROUP BY 1, 2, 3, 4, 5
                """, [owner]
            ) { columns in (service: columns.text(), group: CountedGroup(&columns)) }
            for (service, group) in groups { counts[service, default: FleetCounts()].add(group) }
            return counts
        }
    }

    /// Of each of these environments, by their names in the order given.
    package func counts(ofInstancesIn environments: [String]) throws(StoreError) -> [FleetCounts] {
        try read { db in
            try environments.map { environment in
                var counts = FleetCounts()
                let groups = try db.rows(
                    """
                    SELECT rank, is_drifted, activity, is_uncertain, count(*)
                    FROM targets INDEXED BY targets_by_environment WHERE kind = 'instance' AND environment = ?
                    GROUP BY 1, 2, 3, 4
                    """, [environment]
                ) { CountedGroup(&$0) }
                for group in groups { counts.add(group) }
                return counts
            }
        }
    }

    /// The instances and components in it, each by title. Read from an index alone: there may be thousands.
    package func tenants(of environment: String) throws(StoreError) -> [Target] {
        try read { db in
            try [Target.Kind.instance, .component].flatMap { kind in
                try db.rows(
                    """
                    SELECT title FROM targets INDEXED BY targets_by_environment
                    WHERE kind = ? AND environment = ? ORDER BY title
                    """, [kind.rawValue, environment]
                ) { $0.text() }.compactMap { Target(id: "\(kind.rawValue)/\($0)") }
            }
        }
    }
}

private struct CountedGroup {
    let drift: VersionDrift
    let isDrifted: Bool
    let isFailed: Bool
    let isUncertain: Bool
    let number: Int

    init(_ columns: inout Columns) {
        drift = VersionDrift(rank: columns.int())
        isDrifted = columns.bool()
        isFailed = columns.int() == 2
        isUncertain = columns.bool()
        number = columns.int()
    }
}

extension FleetCounts {
    fileprivate mutating func add(_ group: CountedGroup) {
        total += group.number
        switch group.drift {
        case .current: current += group.number
        case .minor: minorBehind += group.number
        case .major: majorBehind += group.number
        case .back: back += group.number
        case .none: break
        }
        if group.isDrifted { specDrifted += group.number }
        if group.isFailed { failed += group.number }
        if group.isUncertain { uncertain += group.number }
    }
}
