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
            let order = match == nil ? "templates.name" : "\(Dialect.byRelevance), templates.name"
            given += [max(0, query.limit), max(0, query.offset)]
            let rows = try db.rows(
                "SELECT \(Template.columns) \(from) ORDER BY \(order) LIMIT ? OFFSET ?", given
            ) { try Template(&$0) }
            return Page(rows: try rows.map { try db.catalogRow($0) }, total: total)
        }
    }

    private static func condition(of query: CatalogQuery) -> (sql: String, arguments: StatementArguments) {
        var conditions = ["TRUE"]
        var arguments: StatementArguments = []
        if let kind = query.kind {
            conditions.append("templates.kind = ?")
            arguments += [kind.rawValue]
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

    fileprivate func catalogRow(_ template: Template) throws -> CatalogRow {
        let latest = try row(
            """
            SELECT major, minor, status, registered_at FROM versions WHERE template = ?
            ORDER BY major DESC, minor DESC LIMIT 1
            """, [template.name]
        ) { columns in
            (number: columns.number(), status: try columns.choice() as VersionStatus, at: columns.instant())
        }
        let sums = try row("SELECT count(*), sum(uses) FROM versions WHERE template = ?", [template.name]) {
            (versions: $0.int(), uses: $0.int())
        }
        return CatalogRow(
            template: template, latest: latest?.number, latestStatus: latest?.status, versionCount: sums?.versions ?? 0,
            usedCount: sums?.uses ?? 0, changedAt: latest?.at ?? template.createdAt)
    }
}
