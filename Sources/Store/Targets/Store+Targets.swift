package import Catalog
import GRDB

/// Which records somebody wants; what is `nil` may be anything.
package struct RecordQuery: Hashable, Sendable {
    package var environment: String?
    package var service: String?
    package var template: String?
    /// With `template`: only those that are seen on this version.
    package var version: VersionNumber?

    package init(
        environment: String? = nil, service: String? = nil, template: String? = nil, version: VersionNumber? = nil
    ) {
        self.environment = environment
        self.service = service
        self.template = template
        self.version = version
    }
}

extension Store {
    package func record(_ target: Target) throws(StoreError) -> TargetRecord? {
        try read { try $0.record(target) }
    }

    /// Sorted by kind (environments, instances, pipelines) and title.
    package func records(_ query: RecordQuery = RecordQuery()) throws(StoreError) -> [TargetRecord] {
        try read { db in
            var conditions = ["TRUE"]
            var arguments: StatementArguments = []
            for (column, value) in [
                ("environment", query.environment), ("service", query.service), ("template", query.template),
            ] {
                guard let value else { continue }
                conditions.append("\(column) = ?")
                arguments += [value]
            }
            if let version = query.version {
                conditions.append("major = ? AND minor = ?")
                arguments += [version.major, version.minor]
            }
            return try db.rows(
                """
                SELECT \(TargetRecord.columns) FROM targets WHERE \(conditions.joined(separator: " AND "))
                ORDER BY kind, title
                """, arguments
            ) { try TargetRecord(&$0) }
        }
    }

    package func service(_ name: String) throws(StoreError) -> Service? {
        try read { try $0.service(name) }
    }

    /// The first services by name that have the words in name, template, owner or repository.
    package func services(withWords text: String, limit: Int) throws(StoreError) -> [Service] {
        try read { db in
            let patterns = Dialect.patterns(text)
            let words = "(name || ' ' || template || ' ' || owner || ' ' || repository)"
            let conditions = patterns.map { _ in Dialect.contains(words) }
            return try db.rows(
                """
                SELECT \(Service.columns) FROM services WHERE \((["TRUE"] + conditions).joined(separator: " AND "))
                ORDER BY name LIMIT ?
                """, StatementArguments(patterns) + [max(0, limit)]
            ) { Service(&$0) }
        }
    }

    /// - Parameter text: Words that all have to be in name, template, owner or repository.
    package func services(
        text: String = "", owner: String = "", offset: Int = 0, limit: Int = 500
    ) throws(StoreError) -> Page<Service> {
        try read { db in
            var conditions = ["TRUE"]
            var arguments: StatementArguments = []
            if !owner.isEmpty {
                conditions.append("owner = ?")
                arguments += [owner]
            }
            for pattern in Dialect.patterns(text) {
                conditions.append(Dialect.contains("(name || ' ' || template || ' ' || owner || ' ' || repository)"))
                arguments += [pattern]
            }
            let from = "FROM services WHERE \(conditions.joined(separator: " AND "))"
            let total = try db.int("SELECT count(*) \(from)", arguments) ?? 0
            let rows = try db.rows(
                "SELECT \(Service.columns) \(from) ORDER BY name LIMIT ? OFFSET ?",
                arguments + [max(0, limit), max(0, offset)]
            ) { Service(&$0) }
            return Page(rows: rows, total: total)
        }
    }

    /// Changes what no deployment is needed for. An environment's stage is that of what runs in it as well.
    package func change(
        _ target: Target, owner: String? = nil, stage: Stage? = nil, history: HistoryEntry
    ) throws(StoreError) {
        try write { db in
            guard try db.record(target) != nil else {
                throw StoreError.notFound(what: target.kind.rawValue, name: target.title)
            }
            if let owner { try db.run("UPDATE targets SET owner = ? WHERE target = ?", [owner, target.id]) }
            if let stage {
                try db.run("UPDATE targets SET stage = ? WHERE target = ?", [stage.rawValue, target.id])
                if case .environment(let name) = target { try db.setStage(stage, ofTargetsIn: name) }
            }
            try db.add(history)
        }
    }

    /// Changes owner, repository, branch and connection of a service; its spec is changed by an order.
    ///
    /// Instances and pipeline have the service's owner.
    package func change(_ service: Service, history: HistoryEntry) throws(StoreError) {
        try write { db in
            try db.run(
                "UPDATE services SET owner = ?, repository = ?, branch = ?, connection = ? WHERE name = ?",
                [service.owner, service.repository, service.branch, service.repositoryConnection, service.name])
            guard db.changesCount == 1 else { throw StoreError.notFound(what: "service", name: service.name) }
            try db.run(
                "UPDATE targets SET owner = ?1 WHERE service = ?2 AND owner <> ?1",
                [service.owner, service.name])
            try db.add(history)
        }
    }
}

extension Database {
    func record(_ target: Target) throws -> TargetRecord? {
        try row("SELECT \(TargetRecord.columns) FROM targets WHERE target = ?", [target.id]) {
            try TargetRecord(&$0)
        }
    }

    func service(_ name: String) throws -> Service? {
        try row("SELECT \(Service.columns) FROM services WHERE name = ?", [name]) { Service(&$0) }
    }

    func setStage(_ stage: Stage, ofTargetsIn environment: String) throws {
        try run(
            """
            UPDATE targets SET stage = ?1
            WHERE kind IN ('instance', 'component') AND environment = ?2 AND stage <> ?1
            """, [stage.rawValue, environment])
    }
}
