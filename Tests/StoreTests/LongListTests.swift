import Catalog
import Documents
import Testing

@testable import Store

/// What screens ask of a list that is too long to be read whole.
@Suite struct LongListTests {
    private static let numbers = [
        VersionNumber(1, 0), VersionNumber(1, 1), VersionNumber(1, 2), VersionNumber(2, 0),
    ]

    private let workspace: Workspace
    private var store: Store { workspace.store }

    init() throws { workspace = try LongListTests.workspace() }

    /// Targets on every kind of version; two are being deployed, one in ten was never applied.
    private static func workspace() throws -> Workspace {
        let workspace = try Workspace()
        let store = workspace.store
        for (name, kind) in [("net", TemplateKind.environment), ("web", .service)] {
            for number in LongListTests.numbers { try workspace.register(name, kind, number) }
            _ = try store.changeLine(of: name, at: Workspace.now, history: Workspace.entry()) { line in
                for number in LongListTests.numbers { line.publish(number) }
                line.retire(VersionNumber(1, 2), as: .withdrawn)
            }
        }
        let service = Service(name: "shop", template: "web", owner: "ann", spec: "", createdAt: Workspace.now)
        try store.fill(Filling(services: [service], targets: (0..<90).map(LongListTests.record)))
        for name in ["e0", "e9"] {
            try workspace.submit(
                Workspace.step(.environment(name), .update, "net", VersionNumber(2, 0), revision: 2, base: 1))
        }
        return workspace
    }

    private static func record(_ number: Int) -> TargetRecord {
        let isEnvironment = number < 20
        let version = LongListTests.numbers[number % LongListTests.numbers.count]
        let applied = AppliedState(
            deployment: Deployment.ID(1), version: version, spec: "", revision: 1, outputs: [],
            at: Instant(milliseconds: Int64(number * 7919 % 1000)))
        return TargetRecord(
            target: isEnvironment ? .environment("e\(number)") : .instance(service: "shop", name: "i\(number)"),
            template: isEnvironment ? "net" : "web", environment: isEnvironment ? "" : "e\(number % 5)",
            owner: ["ann", "bob"][number % 2], desired: DesiredState(version: version, spec: "", revision: 1),
            applied: number % 10 == 4 ? nil : applied, isUncertain: number % 17 == 0, createdAt: Workspace.now)
    }

    private static var queries: [FleetQuery] {
        FleetQuery.Sort.allCases.flatMap { sort in
            FleetQuery.Filter.allCases.flatMap { filter in
                [
                    FleetQuery(level: .all, filter: filter, sort: sort),
                    FleetQuery(filter: filter, sort: sort, isDescending: true, owner: "ann"),
                    FleetQuery(level: .environments, filter: filter, sort: sort),
                ]
            }
        }
    }

    @Test func `pages from any place are parts of the whole list`() throws {
        for query in LongListTests.queries {
            let all = try store.fleet(query).rows
            var page = query
            page.limit = 7
            var read: [FleetRow] = []
            for offset in stride(from: 0, to: all.count, by: 7) {
                page.offset = offset
                read += try store.fleet(page).rows
            }
            #expect(read == all, "\(query)")
            page.offset = all.count
            #expect(try store.fleet(page).rows.isEmpty)
        }
    }

    @Test(arguments: ["", "ann"]) func `versions to leave have the targets that can be moved`(owner: String) throws {
        var expected: [String: Int] = [:]
        for row in try store.behind(owner: owner) where row.phase?.isFinished ?? true {
            expected["\(row.template) \(row.running?.description ?? "")", default: 0] += 1
        }
        let versions = try store.versionsBehind(owner: owner)
        let found = versions.map { ("\($0.template) \($0.number)", $0.targets) }
        #expect(Dictionary(found, uniquingKeysWith: +) == expected)
        let line = try store.line(of: "net")
        let ranks = versions.map { VersionDrift(running: $0.number, in: line).rank }
        #expect(ranks == ranks.sorted(by: >))
        #expect(
            try store.uses(of: "net")
                == Dictionary(grouping: store.records(RecordQuery(template: "net"))) {
                    $0.version
                }.mapValues(\.count))
    }

    @Test func `an environment's counts are those of its instances`() throws {
        let counts = try store.counts(ofInstancesIn: ["e1", "e2", "nowhere"])
        for (name, counted) in zip(["e1", "e2"], counts) {
            let rows = try store.fleet(FleetQuery(environment: name)).rows
            #expect(counted.total == rows.count)
            #expect(counted.majorBehind == rows.count { $0.drift == .major })
            #expect(counted.uncertain == rows.count { $0.isUncertain })
            #expect(try store.tenants(of: name) == rows.map(\.target))
        }
        #expect(counts.last == FleetCounts())
    }

    @Test func `unfinished deployments are found among all`() throws {
        let found = try store.deployments(DeploymentQuery(isUnfinished: true))
        #expect(found.map(\.target) == [.environment("e9"), .environment("e0")])
    }
}
