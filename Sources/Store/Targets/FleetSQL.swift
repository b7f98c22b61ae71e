import Catalog
import GRDB

/// A fleet query as SQL. Every order has an index; `kind` comes first in it, so that all levels are merged from three.
struct FleetSQL {
    private(set) var condition = ""
    private(set) var arguments: StatementArguments = []
    let kinds: [String]
    private let query: FleetQuery

    init(_ query: FleetQuery) {
        self.query = query
        kinds = FleetSQL.kinds(of: query.level)
        var conditions: [String] = []
        switch query.filter {
        case .all: break
        case .behind: conditions.append("rank > 1")
        case .major: conditions.append("rank = 3")
        case .drifted: conditions.append("is_drifted = 1")
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
        for pattern in Dialect.patterns(query.text) {
            conditions.append(Dialect.contains("(title || ' ' || environment || ' ' || template || ' ' || owner)"))
            arguments += [pattern]
        }
        condition = conditions.map { " AND \($0)" }.joined()
    }

    static func kinds(of level: FleetQuery.Level) -> [String] {
        switch level {
        case .instances: [Target.Kind.instance.rawValue]
        case .environments: [Target.Kind.environment.rawValue]
        case .pipelines: [Target.Kind.pipeline.rawValue]
        case .all: Target.Kind.allCases.map(\.rawValue)
        }
    }

    /// Whether the counters know the answer: nothing but level, filter and owner is asked for.
    private var isCounted: Bool {
        query.environment.isEmpty && query.service.isEmpty && query.template.isEmpty
            && Dialect.patterns(query.text).isEmpty
    }

    func total(_ db: Database) throws -> Int {
        let counted = isCounted ? "sum(number) FROM fleet_counts" : "count(*) FROM targets"
        var total = 0
        for kind in kinds {
            total += try db.int("SELECT \(counted) WHERE kind = ?\(condition)", [kind] + arguments) ?? 0
        }
        return total
    }

    /// The page's rows: first the ids by an index alone, then the wide rows of these.
    func page(_ db: Database) throws -> [FleetRow] {
        let columns = sortColumns
        let direction = query.isDescending ? "DESC" : "ASC"
        let order = columns.indices.map { "s\($0) \(direction)" }.joined(separator: ", ")
        let names = columns.enumerated().map { "\($1) AS s\($0)" }.joined(separator: ", ")
        var given: StatementArguments = []
        let parts = kinds.map { kind in
            given += [kind] + arguments
            return "SELECT id, \(names) FROM targets WHERE kind = ?\(condition)"
        }
        let sql = """
            WITH page AS MATERIALIZED (
                \(parts.joined(separator: " UNION ALL ")) ORDER BY \(order) LIMIT ? OFFSET ?)
            SELECT \(FleetRow.columns) FROM page JOIN targets ON targets.id = page.id \(FleetRow.joinVersions)
            ORDER BY \(order)
            """
        given += [max(0, query.limit), max(0, query.offset)]
        return try db.rows(sql, given) { try FleetRow(&$0) }
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
}
