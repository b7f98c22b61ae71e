package import Catalog
import GRDB

extension Store {
    package func template(_ name: String) throws(StoreError) -> Template? {
        try read { try $0.template(name) }
    }

    /// A page of the catalog: by relevance where words are searched for, else by name.
    package func catalog(_ query: CatalogQuery) throws(StoreError) -> Page<CatalogRow> {
        try read { db in
            let match = Dialect.match(query.text)
            let (condition, arguments) = Store.condition(of: query)
            let from = "FROM templates \(match == nil ? "" : Dialect.joinSearch) WHERE \(condition)"
            var given: StatementArguments = []
            if let match { given += [match] }
            given += arguments
            let total = try db.int("SELECT count(*) \(from)", given) ?? 0
            given += [max(0, query.limit), max(0, query.offset)]
            let order = match == nil ? "" : "relevance, "
            // The page is cut before more is joined to it.
            let rows = try db.rows(
                """
                SELECT \(CatalogRow.columns) FROM (
                    SELECT templates.id, \(match == nil ? "0" : Dialect.byRelevance) AS relevance \(from)
                    ORDER BY \(order)templates.name LIMIT ? OFFSET ?) AS page
                JOIN templates ON templates.id = page.id \(CatalogRow.joinLatest)
                ORDER BY page.relevance, templates.name
                """, given
            ) { try CatalogRow(&$0) }
            return Page(rows: rows, total: total)
        }
    }

    private static func condition(of query: CatalogQuery) -> (sql: String, arguments: StatementArguments) {
        var conditions: [String] = []
        var arguments: StatementArguments = []
        if let kind = query.kind {
            conditions.append("templates.kind = ?")
            arguments += [kind.rawValue]
        } else {
            conditions.append("templates.kind <> 'component'")
        }
        if !query.owner.isEmpty {
            conditions.append("templates.owner = ?")
            arguments += [query.owner]
        }
        return (conditions.joined(separator: " AND "), arguments)
    }

    /// Newest number first.
    package func versions(of template: String) throws(StoreError) -> [TemplateVersion] {
        try read { db in
            try db.rows(
                "SELECT \(TemplateVersion.columns) FROM versions WHERE template = ? ORDER BY major DESC, minor DESC",
                [template]
            ) { try TemplateVersion(&$0) }
        }
    }

    /// How many targets are seen on each version that has any.
    package func uses(of template: String) throws(StoreError) -> [VersionNumber: Int] {
        try read { db in
            let uses = try db.rows(
                "SELECT major, minor, uses FROM versions WHERE template = ? AND uses > 0", [template]
            ) { ($0.number(), $0.int()) }
            return Dictionary(uses, uniquingKeysWith: +)
        }
    }

    package func version(_ template: String, _ number: VersionNumber) throws(StoreError) -> TemplateVersion? {
        try read { try $0.version(template, number) }
    }

    /// The version that was made from the same bundle; the oldest, where several were.
    package func version(of template: String, digest: String) throws(StoreError) -> TemplateVersion? {
        try read { db in
            try db.row(
                """
                SELECT \(TemplateVersion.columns) FROM versions WHERE template = ? AND digest = ?
                ORDER BY major, minor LIMIT 1
                """, [template, digest]
            ) { try TemplateVersion(&$0) }
        }
    }

    /// A line without entries where there is no such template.
    package func line(of template: String) throws(StoreError) -> VersionLine {
        try read { try $0.line(of: template) }
    }
}

extension Database {
    func template(_ name: String) throws -> Template? {
        try row("SELECT \(Template.columns) FROM templates WHERE name = ?", [name]) { try Template(&$0) }
    }

    func version(_ template: String, _ number: VersionNumber) throws -> TemplateVersion? {
        try row(
            "SELECT \(TemplateVersion.columns) FROM versions WHERE template = ? AND major = ? AND minor = ?",
            [template, number.major, number.minor]
        ) { try TemplateVersion(&$0) }
    }

    func line(of template: String) throws -> VersionLine {
        var minors: [Int: Int] = [:]
        let entries = try rows(
            "SELECT major, minor, status, is_recommended FROM versions WHERE template = ?", [template]
        ) { columns in
            let entry = VersionLine.Entry(number: columns.number(), status: try columns.choice())
            if columns.bool() { minors[entry.number.major] = entry.number.minor }
            return entry
        }
        let recommended = try row(
            "SELECT recommended_major, recommended_minor FROM templates WHERE name = ?", [template]
        ) { $0.optionalNumber() }
        return VersionLine(entries: entries, recommended: recommended ?? nil, minors: minors)
    }
}

extension CatalogRow {
    fileprivate static let columns = """
        \(Template.columns), latest.major, latest.minor, latest.status, latest.registered_at,
        coalesce(latest.languages, '{}'),
        (SELECT count(*) FROM versions WHERE template = templates.name),
        (SELECT sum(uses) FROM versions WHERE template = templates.name)
        """

    fileprivate static let joinLatest = """
        LEFT JOIN versions AS latest ON latest.template = templates.name AND (latest.major, latest.minor) = (
            SELECT major, minor FROM versions WHERE template = templates.name
            ORDER BY major DESC, minor DESC LIMIT 1)
        """

    fileprivate init(_ columns: inout Columns) throws {
        let template = try Template(&columns)
        let latest = columns.optionalNumber()
        let status: VersionStatus? = try columns.optionalChoice()
        let at = columns.optionalInstant()
        let languages = StoredShapes.languages(try columns.json())
        let isCustomerManaged = template.kind == .environment && latest != nil && languages[.environment] == nil
        self.init(
            template: template, latest: latest, latestStatus: status, isCustomerManaged: isCustomerManaged,
            versionCount: columns.int(), usedCount: columns.int(), changedAt: at ?? template.createdAt)
    }
}
