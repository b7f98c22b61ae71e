import Catalog
import GRDB

/// A fleet query as SQL.
///
/// Every order has an index, and so has every narrowing. Which of the two is read is decided here, by how many rows
/// there are, because SQLite without statistics would guess: few rows are found and sorted, many are read in order.
struct FleetSQL {
    /// Up to here, finding the rows and sorting them is quicker than reading in order past others.
    ///
    /// Fewer where the order's own index tells which rows to leave out.
    private var few: Int { isCounted && query.owner.isEmpty ? 1500 : 20_000 }

    let kinds: [String]
    private let query: FleetQuery
    private let condition: String
    private let arguments: StatementArguments
    private let patternCount: Int

    init(_ query: FleetQuery) {
        self.query = query
        kinds = FleetSQL.kinds(of: query.level)
        var conditions: [String] = []
        var arguments: StatementArguments = []
        switch query.filter {
        case .all: break
        case .behind: conditions.append("rank > 1")
        case .major: conditions.append("rank = 3")
        case .drifted: conditions.append("is_drifted = 1")
        case .uncertain: conditions.append("is_uncertain = 1")
        case .failed: conditions.append("activity = 2")
        case .running: conditions.append("activity = 1")
        }
        for (column, value) in [
            ("owner", query.owner), ("environment", query.environment), ("service", query.service),
            ("template", query.template),
        ] where !value.isEmpty {
            conditions.append("\(column) = ?")
            arguments += [value]
        }
        let patterns = Dialect.patterns(query.text)
        for pattern in patterns {
            conditions.append(Dialect.contains("words"))
            arguments += [pattern]
        }
        patternCount = patterns.count
        condition = conditions.map { " AND \($0)" }.joined()
        self.arguments = arguments
    }

    static func kinds(of level: FleetQuery.Level) -> [String] {
        switch level {
        case .instances: [Target.Kind.instance.rawValue]
        case .environments: [Target.Kind.environment.rawValue]
        case .pipelines: [Target.Kind.pipeline.rawValue]
        case .components: [Target.Kind.component.rawValue]
        case .all: Target.Kind.allCases.map(\.rawValue)
        }
    }

    /// Whether the counters know the total: nothing but level, filter and owner is asked for.
    private var isCounted: Bool {
        query.environment.isEmpty && query.service.isEmpty && query.template.isEmpty && patternCount == 0
    }

    func total(_ db: Database) throws -> Int {
        let counted = isCounted ? "sum(number) FROM fleet_counts" : "count(*) FROM targets INDEXED BY \(narrowIndex)"
        var total = 0
        for kind in kinds {
            total += try db.int("SELECT \(counted) WHERE kind = ?\(condition)", [kind] + arguments) ?? 0
        }
        return total
    }

    /// The page's rows: first the ids by an index alone, then the wide rows of these.
    ///
    /// What lies behind the middle is read from the end, because rows that are skipped are read as well.
    func page(_ db: Database, of total: Int) throws -> [FleetRow] {
        let offset = max(0, query.offset)
        let limit = max(0, min(query.limit, total - offset))
        guard limit > 0 else { return [] }
        if offset > total / 2 {
            var turned = query
            turned.isDescending.toggle()
            turned.offset = total - offset - limit
            turned.limit = limit
            return try FleetSQL(turned).rows(db, of: total).reversed()
        }
        return try rows(db, of: total)
    }

    private func rows(_ db: Database, of total: Int) throws -> [FleetRow] {
        let sql = """
            WITH page AS MATERIALIZED (\(ids(of: total)))
            SELECT \(FleetRow.columns) FROM page JOIN targets ON targets.id = page.id \(FleetRow.joinVersions)
            ORDER BY \(order)
            """
        return try db.rows(sql, idArguments) { try FleetRow(&$0) }
    }

    /// The ids of the page. The levels are read side by side, each in order, and merged.
    func ids(of total: Int) -> String {
        let index = total > few ? sortIndex : narrowIndex
        let names = sortColumns.enumerated().map { "\($1) AS s\($0)" }
        let part =
            "SELECT id, \(names.joined(separator: ", ")) FROM targets INDEXED BY \(index) WHERE kind = ?\(condition)"
        return Array(repeating: part, count: kinds.count).joined(separator: " UNION ALL ")
            + " ORDER BY \(order) LIMIT ? OFFSET ?"
    }

    var idArguments: StatementArguments {
        var given: StatementArguments = []
        for kind in kinds { given += [kind] + arguments }
        return given + [max(0, query.limit), max(0, query.offset)]
    }

    private var order: String {
        sortColumns.indices.map { "s\($0) \(query.isDescending ? "DESC" : "ASC")" }.joined(separator: ", ")
    }

    private var sortColumns: [String] {
        switch query.sort {
        case .name: ["title"]
        case .environment: ["environment", "title"]
        case .template: ["template", "title"]
        case .version: ["major", "minor", "title"]
        case .behind: ["rank", "title"]
        case .status: ["activity", "phase", "title"]
        case .age: ["since", "title"]
        }
    }

    private var sortIndex: String {
        switch query.sort {
        case .name: "targets_by_title"
        case .environment: "targets_by_environment"
        case .template: "targets_by_template_title"
        case .version: "targets_by_version"
        case .behind: "targets_by_rank"
        case .status: "targets_by_activity"
        case .age: "targets_by_since"
        }
    }

    /// The index of the narrowing that leaves the fewest, as a rule; the order's own where there is none.
    private var narrowIndex: String {
        if !query.service.isEmpty { return "targets_by_service" }
        if !query.environment.isEmpty { return "targets_by_environment" }
        if query.filter == .failed || query.filter == .running { return "targets_by_activity" }
        if !query.owner.isEmpty { return "targets_by_owner" }
        if !query.template.isEmpty { return "targets_by_template_title" }
        switch query.filter {
        case .failed, .running: return "targets_by_activity"
        case .drifted: return "targets_drifted"
        case .behind, .major: return "targets_by_rank"
        case .uncertain: return "targets_uncertain"
        case .all: return patternCount > 0 ? "targets_by_title" : sortIndex
        }
    }
}
