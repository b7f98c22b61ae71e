import Catalog
import Documents
import Testing

@testable import Store

@Suite struct FleetTests {
    private static let owners = ["ann", "bob", ""]
    private static let numbers = [
        VersionNumber(1, 0), VersionNumber(1, 1), VersionNumber(1, 2), VersionNumber(2, 0), VersionNumber(3, 0),
    ]

    /// Two lines of versions with every kind of drift, and targets spread over them.
    private static func fill(_ workspace: Workspace) throws {
        let store = workspace.store
        var versions: [TemplateVersion] = []
        for (name, kind) in [("net", TemplateKind.environment), ("web", .service), ("job", .service)] {
            for number in numbers { versions.append(try workspace.register(name, kind, number)) }
            _ = try store.changeLine(of: name, at: Workspace.now, history: Workspace.entry()) { line in
                guard name != "job" else { return }
                for number in [VersionNumber(1, 0), VersionNumber(1, 1), VersionNumber(2, 0)] { line.publish(number) }
                line.publish(VersionNumber(1, 2))
                line.retire(VersionNumber(1, 2), as: .withdrawn)
            }
        }
        let services = ["shop", "pay"].map {
            Service(name: $0, template: $0 == "shop" ? "web" : "job", owner: "ann", spec: "", createdAt: Workspace.now)
        }
        try store.fill(Filling(services: services, targets: targets()))
    }

    private static func targets() -> [TargetRecord] {
        (0..<120).map { number in
            let service = number % 2 == 0 ? "shop" : "pay"
            let isEnvironment = number % 6 == 5
            let target: Target =
                isEnvironment ? .environment("e\(number)") : .instance(service: service, name: "i\(number * 37 % 120)")
            let version = numbers[number % numbers.count]
            let at = Instant(milliseconds: Int64(number * 7919 % 1000))
            let applied = AppliedState(
                deployment: Deployment.ID(1), version: version, spec: "", revision: 1, outputs: [], at: at)
            return TargetRecord(
                target: target, template: isEnvironment ? "net" : service == "shop" ? "web" : "job",
                environment: isEnvironment ? "" : "e\(number % 5)", owner: owners[number % 3],
                stage: number % 4 == 0 ? .production : .test,
                desired: DesiredState(
                    version: number % 11 == 0 ? VersionNumber(1, 1) : version, spec: "", revision: 1 + number % 7 / 6),
                applied: number % 13 == 0 ? nil : applied, isUncertain: number % 17 == 0, createdAt: at)
        }
    }

    /// The same answer as the rules of the catalog give, row by row.
    private static func expected(_ query: FleetQuery, _ store: Store) throws -> [FleetRow] {
        let lines = try Dictionary(
            uniqueKeysWithValues: ["net", "web", "job"].map { ($0, try store.line(of: $0)) })
        let rows = try store.records().compactMap { record -> FleetRow? in
            let line = try #require(lines[record.template])
            let drift = record.applied.map { VersionDrift(running: $0.version, in: line) } ?? .none
            let row = FleetRow(
                target: record.target, template: record.template, environment: record.environment,
                owner: record.owner, stage: record.stage, running: record.applied?.version,
                desired: record.desired.version, recommended: line.offer(to: record.version), drift: drift,
                hasSpecDrift: record.hasSpecDrift, isUncertain: record.isUncertain, phase: nil, deployment: nil,
                since: record.applied?.at ?? record.createdAt)
            return isWanted(row, query) ? row : nil
        }
        return rows.sorted { left, right in
            let (first, second) = query.isDescending ? (right, left) : (left, right)
            return key(first, query.sort).lexicographicallyPrecedes(key(second, query.sort)) { $0 < $1 }
        }
    }

    private static func isWanted(_ row: FleetRow, _ query: FleetQuery) -> Bool {
        let level: Bool =
            switch query.level {
            case .all: true
            case .instances: row.target.kind == .instance
            case .environments: row.target.kind == .environment
            case .pipelines: row.target.kind == .pipeline
            case .components: row.target.kind == .component
            }
        let filter: Bool =
            switch query.filter {
            case .all: true
            case .behind: [.minor, .major, .back].contains(row.drift)
            case .major: row.drift == .major
            case .drifted: row.hasSpecDrift
            case .uncertain: row.isUncertain
            case .failed, .running: false
            }
        let names = "\(row.target.title) \(row.environment) \(row.template) \(row.owner)".lowercased()
        return level && filter && query.text.split(separator: " ").allSatisfy { names.contains($0.lowercased()) }
            && (query.owner.isEmpty || query.owner == row.owner)
            && (query.environment.isEmpty || query.environment == row.environment)
            && (query.template.isEmpty || query.template == row.template)
            && (query.service.isEmpty || query.service == row.target.service)
    }

    private static func key(_ row: FleetRow, _ sort: FleetQuery.Sort) -> [String] {
        func padded(_ number: Int) -> String { String(number + 1_000_000) }
        let version = row.running ?? row.desired
        let first: [String] =
            switch sort {
            case .name, .status: []
            case .environment: [row.environment]
            case .template: [row.template]
            case .version: [padded(version.major), padded(version.minor)]
            case .behind: [padded(row.drift.rank)]
            case .age: [padded(Int(row.since.milliseconds))]
            }
        return first + [row.target.title]
    }

    @Test func `every question gets the rules' answer`() throws {
        let workspace = try Workspace()
        try FleetTests.fill(workspace)
        for level in FleetQuery.Level.allCases {
            for filter in FleetQuery.Filter.allCases {
                for sort in FleetQuery.Sort.allCases {
                    let query = FleetQuery(level: level, filter: filter, sort: sort, isDescending: sort == .behind)
                    let expected = try FleetTests.expected(query, workspace.store)
                    let page = try workspace.store.fleet(query)
                    #expect(page.rows == expected, "\(query)")
                    #expect(page.total == expected.count, "\(query)")
                }
            }
        }
    }

    @Test(arguments: [
        FleetQuery(level: .all, text: "SHOP e1"), FleetQuery(owner: "bob"), FleetQuery(filter: .behind, owner: "ann"),
        FleetQuery(environment: "e2"), FleetQuery(level: .all, service: "pay"), FleetQuery(template: "web"),
        FleetQuery(level: .all, filter: .major, text: "i1", template: "web"), FleetQuery(text: "100%"),
        FleetQuery(text: "i_"),
    ])
    func `a narrower question as well`(query: FleetQuery) throws {
        let workspace = try Workspace()
        try FleetTests.fill(workspace)
        let expected = try FleetTests.expected(query, workspace.store)
        #expect(try workspace.store.fleet(query) == Page(rows: expected, total: expected.count))
        var page = query
        page.offset = 3
        page.limit = 2
        #expect(try workspace.store.fleet(page).rows == Array(expected.dropFirst(3).prefix(2)))
    }

    @Test func `counts are those of the rows, whatever happened before`() throws {
        let workspace = try Workspace()
        try FleetTests.fill(workspace)
        try expectCounts(workspace.store)
        _ = try workspace.store.changeLine(of: "web", at: Workspace.now, history: Workspace.entry()) {
            $0.publish(VersionNumber(3, 0))
        }
        try expectCounts(workspace.store)
        _ = try workspace.store.changeLine(of: "web", at: Workspace.now, history: Workspace.entry()) {
            $0.recommend(VersionNumber(1, 0))
        }
        try expectCounts(workspace.store)
        let target = try #require(try workspace.store.fleet(FleetQuery()).rows.first).target
        try workspace.store.change(target, owner: "zoe", history: Workspace.entry())
        try expectCounts(workspace.store)
        #expect(try workspace.store.counts(.all, owner: "zoe").total == 1)
    }

    private func expectCounts(_ store: Store) throws {
        for level in FleetQuery.Level.allCases {
            for owner in ["", "ann"] {
                let rows = try FleetTests.expected(FleetQuery(level: level, owner: owner), store)
                func number(_ drift: VersionDrift) -> Int { rows.count { $0.drift == drift } }
                let expected = FleetCounts(
                    total: rows.count, current: number(.current), minorBehind: number(.minor),
                    majorBehind: number(.major), back: number(.back), specDrifted: rows.count { $0.hasSpecDrift },
                    failed: 0, uncertain: rows.count { $0.isUncertain })
                #expect(try store.counts(level, owner: owner) == expected)
            }
        }
        let used = try store.catalog(CatalogQuery()).rows.map(\.usedCount).reduce(0, +)
        #expect(try used == store.records().count)
    }

    @Test func `much that is put in at once is counted and found like the rest`() throws {
        let workspace = try Workspace()
        try FleetTests.fill(workspace)
        let more = (0..<1500).map { number in
            TargetRecord(
                target: .environment("more-\(number)"), template: "net", owner: "ann",
                desired: DesiredState(version: VersionNumber(1, 0), spec: "", revision: 1),
                createdAt: Workspace.now)
        }
        try workspace.store.fill(Filling(targets: more))
        try expectCounts(workspace.store)
        #expect(try workspace.store.fleet(FleetQuery(level: .environments, text: "more-14")).total == 111)
        try workspace.store.change(.environment("more-1"), owner: "zoe", history: Workspace.entry())
        try expectCounts(workspace.store)
    }

    @Test func `what is behind comes most urgent first`() throws {
        let workspace = try Workspace()
        try FleetTests.fill(workspace)
        let rows = try workspace.store.behind()
        #expect(rows.map(\.drift.rank) == rows.map(\.drift.rank).sorted(by: >))
        #expect(rows.allSatisfy { $0.recommended != nil && $0.drift.rank > 1 })
        #expect(try rows.count == workspace.store.fleet(FleetQuery(level: .all, filter: .behind)).total)
        let mine = try workspace.store.behind(owner: "bob", template: "web", limit: 3)
        #expect(mine.count == 3)
        #expect(mine.allSatisfy { $0.owner == "bob" && $0.template == "web" })
    }

    @Test func `a withdrawn version sends its targets back, and recommending it again sends them on`() throws {
        let workspace = try Workspace()
        try workspace.makeFleet()
        let prod = Target.instance(service: "shop", name: "prod")
        func drift() throws -> VersionDrift? { try workspace.store.row(prod)?.drift }
        #expect(try drift() == .current)
        try workspace.publish("web", .service, VersionNumber(1, 1))
        #expect(try drift() == .minor)
        #expect(try workspace.store.row(prod)?.recommended == VersionNumber(1, 1))
        try workspace.submit(
            Workspace.step(
                prod, .update, "web", VersionNumber(1, 1), revision: 2, base: 1, environment: "dev"))
        try workspace.runAll()
        #expect(try drift() == .current)
        _ = try workspace.store.changeLine(of: "web", at: Workspace.now, history: Workspace.entry()) {
            $0.retire(VersionNumber(1, 1), as: .withdrawn)
        }
        #expect(try drift() == .back)
        #expect(try workspace.store.row(prod)?.recommended == VersionNumber(1, 0))
        try workspace.publish("web", .service, VersionNumber(2, 0))
        #expect(try workspace.store.behind().map(\.target) == [prod])
    }

    @Test func `records are found by where they are and what they run`() throws {
        let workspace = try Workspace()
        try workspace.makeFleet()
        let prod = Target.instance(service: "shop", name: "prod")
        func targets(_ query: RecordQuery) throws -> [Target] { try workspace.store.records(query).map(\.target) }
        #expect(try targets(RecordQuery(environment: "dev")) == [prod])
        #expect(try targets(RecordQuery(service: "shop")) == [prod])
        #expect(try targets(RecordQuery(template: "net", version: VersionNumber(1, 0))) == [.environment("dev")])
        #expect(try targets(RecordQuery(template: "net", version: VersionNumber(1, 1))).isEmpty)
        #expect(try targets(RecordQuery()) == [.environment("dev"), prod])
    }

    @Test func `the most urgent are read by an index`() throws {
        let workspace = try Workspace()
        for (owner, index) in [("", "targets_behind"), ("ann", "targets_behind_by_owner")] {
            let condition = owner.isEmpty ? "" : " AND owner = 'ann'"
            let plan = try workspace.store.read { db in
                try db.rows(
                    """
                    EXPLAIN QUERY PLAN SELECT id FROM targets WHERE rank > 1\(condition)
                    ORDER BY rank DESC, title LIMIT 5
                    """
                ) { columns in
                    for _ in 0..<3 { _ = columns.int() }
                    return columns.text()
                }
            }
            #expect(plan.contains { $0.contains("\(index) ") || $0.hasSuffix(index) }, "\(plan)")
            #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
        }
    }

    /// Sorting a million rows for each frame would be felt; the indexes make it needless.
    @Test func `lists are read by an index, without sorting`() throws {
        let workspace = try Workspace()
        for sort in FleetQuery.Sort.allCases {
            for level in FleetQuery.Level.allCases {
                let sql = FleetSQL(FleetQuery(level: level, sort: sort))
                let ids = sql.ids(of: 1_000_000)
                let plan = try workspace.store.read { db in
                    try db.rows("EXPLAIN QUERY PLAN \(ids)", sql.idArguments) { columns in
                        for _ in 0..<3 { _ = columns.int() }
                        return columns.text()
                    }
                }
                #expect(
                    !plan.contains { $0.contains("TEMP B-TREE") || $0.hasPrefix("SCAN targets") }, "\(sort) \(plan)")
            }
        }
    }
}
