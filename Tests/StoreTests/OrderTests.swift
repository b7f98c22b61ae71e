import Catalog
import Documents
import Testing

@testable import Store

@Suite struct OrderTests {
    private let dev = Target.environment("dev")
    private let prod = Target.instance(service: "shop", name: "prod")

    @Test func `an order is kept with its deployments in sequence`() throws {
        let workspace = try Workspace()
        try workspace.publish("net", .environment, VersionNumber(1, 0))
        let receipt = try workspace.submit(
            Workspace.step(.environment("a")), Workspace.step(.environment("b"), stage: .production))
        #expect(receipt.order.tags == ["cost": "1"])
        #expect(receipt.deployments.map(\.phase) == [.queued, .waiting])
        #expect(receipt.deployments.map(\.step) == [0, 1])
        #expect(receipt.deployments.map(\.why) == ["because", "because"])
        #expect(try workspace.store.order(receipt.order.id) == receipt.order)
        #expect(try workspace.store.orders() == [receipt.order])
        #expect(try workspace.store.deployments(of: receipt.order.id) == receipt.deployments)
        #expect(try workspace.store.deployments() == receipt.deployments.reversed())
        let record = try #require(try workspace.store.record(.environment("b")))
        #expect(record.applied == nil)
        #expect(record.stage == .production)
        #expect(record.attempted == receipt.deployments[1].id)
        #expect(try workspace.store.history(subject: "environment/b").map(\.act) == ["environment.create"])
    }

    @Test func `deployments are paged by the last one seen`() throws {
        let workspace = try Workspace()
        try workspace.publish("net", .environment, VersionNumber(1, 0))
        for number in 1...5 { try workspace.submit(Workspace.step(.environment("e\(number)"))) }
        let first = try workspace.store.deployments(DeploymentQuery(limit: 2))
        #expect(first.map(\.id.number) == [5, 4])
        let second = try workspace.store.deployments(DeploymentQuery(before: first.last?.id, limit: 2))
        #expect(second.map(\.id.number) == [3, 2])
        #expect(try workspace.store.deployments(DeploymentQuery(target: .environment("e3"))).map(\.id.number) == [3])
        #expect(try workspace.store.deployments(DeploymentQuery(phases: [.failed])).isEmpty)
        #expect(try workspace.store.deployments(DeploymentQuery(isUnfinished: true)).count == 5)
    }

    @Test func `a change from a stale revision is refused with both specs`() throws {
        let workspace = try Workspace()
        try workspace.makeFleet()
        try workspace.submit(Workspace.step(dev, .update, spec: "a: 2\n", revision: 2, base: 1))
        try workspace.runAll()
        let error = #expect(throws: StoreError.self) {
            try workspace.submit(Workspace.step(dev, .update, spec: "a: 3\n", revision: 2, base: 1))
        }
        let conflict = RevisionConflict(
            subject: "dev", base: 1, current: 2, baseSpec: "a: 1\n", currentSpec: "a: 2\n")
        #expect(error == .conflict(conflict))
        #expect(
            error?.finding.message
                == "dev has changed meanwhile: the change was made from revision 1, and it is at revision 2.")
        #expect(try workspace.store.record(dev)?.desired.spec == "a: 2\n")
        #expect(try workspace.store.orders().count == 3)
    }

    @Test func `a service's spec has revisions of its own`() throws {
        let workspace = try Workspace()
        try workspace.makeFleet()
        var service = try #require(try workspace.store.service("shop"))
        service.spec = "s: 2\n"
        service.revision = 2
        let change = Submission.ServiceChange(service: service, baseRevision: 1)
        try workspace.submit(service: change)
        #expect(try workspace.store.service("shop") == service)
        #expect(
            throws: StoreError.conflict(
                RevisionConflict(
                    subject: "shop", base: 1, current: 2, baseSpec: "s: 1\n", currentSpec: "s: 2\n"))
        ) { try workspace.submit(service: change) }
    }

    @Test func `a target is deployed once at a time`() throws {
        let workspace = try Workspace()
        try workspace.publish("net", .environment, VersionNumber(1, 0))
        let id = try workspace.submit(Workspace.step(dev)).deployments[0].id
        #expect(throws: StoreError.busy(target: dev, deployment: id)) {
            try workspace.submit(Workspace.step(dev, .update, revision: 2, base: 1))
        }
        let error = #expect(throws: StoreError.self) {
            try workspace.submit(Workspace.step(dev, .update, revision: 2, base: 0))
        }
        guard case .conflict = error else {
            Issue.record("what is stale is told before that it has to wait: \(String(describing: error))")
            return
        }
    }

    @Test func `names are given once and must be known`() throws {
        let workspace = try Workspace()
        try workspace.makeFleet()
        #expect(throws: StoreError.nameTaken(what: "environment", name: "dev")) {
            try workspace.submit(Workspace.step(dev))
        }
        #expect(throws: StoreError.nameTaken(what: "service", name: "shop")) {
            try workspace.submit(service: Workspace.newService("shop"))
        }
        #expect(throws: StoreError.notFound(what: "version of net", name: "9.0")) {
            try workspace.submit(Workspace.step(.environment("x"), .create, "net", VersionNumber(9, 0)))
        }
        #expect(throws: StoreError.notFound(what: "environment", name: "nowhere")) {
            try workspace.submit(
                Workspace.step(.instance(service: "shop", name: "x"), .create, "web", environment: "nowhere"))
        }
        #expect(throws: StoreError.notFound(what: "service", name: "none")) {
            try workspace.submit(Workspace.step(.pipeline(service: "none"), .create, "web"))
        }
        #expect(try workspace.store.records().map(\.target) == [dev, prod])
        #expect(try workspace.store.orders().count == 2)
    }

    @Test func `an environment goes after its instances`() throws {
        let workspace = try Workspace()
        try workspace.makeFleet()
        #expect(throws: StoreError.inUse(what: "Environment dev", by: ["shop/prod"])) {
            try workspace.submit(Workspace.step(dev, .destroy, base: 1))
        }
        try workspace.submit(
            Workspace.step(prod, .destroy, "web", base: 1, environment: "dev"),
            Workspace.step(dev, .destroy, base: 1), destroys: "shop")
        #expect(throws: StoreError.self) {
            try workspace.submit(
                Workspace.step(.instance(service: "shop", name: "late"), .create, "web", environment: "dev"))
        }
        try workspace.runAll()
        #expect(try workspace.store.records().isEmpty)
        #expect(try workspace.store.service("shop") == nil)
        #expect(try workspace.store.deployments().count == 4)
    }

    @Test func `a service without targets goes when it is told to`() throws {
        let workspace = try Workspace()
        try workspace.makeFleet()
        try workspace.submit(Workspace.step(prod, .destroy, "web", base: 1, environment: "dev"))
        try workspace.runAll()
        #expect(try workspace.store.service("shop") != nil)
        try workspace.submit(destroys: "shop")
        #expect(try workspace.store.service("shop") == nil)
    }

    @Test func `an instance has its environment's stage`() throws {
        let workspace = try Workspace()
        try workspace.makeFleet()
        try workspace.store.change(dev, stage: .production, history: Workspace.entry())
        #expect(try workspace.store.record(prod)?.stage == .production)
        try workspace.submit(Workspace.step(dev, .update, revision: 2, base: 1, stage: .test))
        #expect(try workspace.store.record(prod)?.stage == .test)
    }

    @Test func `a service's owner is its targets' owner`() throws {
        let workspace = try Workspace()
        try workspace.makeFleet()
        var service = try #require(try workspace.store.service("shop"))
        service.owner = "bob"
        service.branch = "main"
        try workspace.store.change(service, history: Workspace.entry())
        #expect(try workspace.store.service("shop") == service)
        #expect(try workspace.store.record(prod)?.owner == "bob")
        #expect(try workspace.store.counts(.instances, owner: "bob").total == 1)
        #expect(try workspace.store.counts(.instances, owner: "ann").total == 0)
        #expect(try workspace.store.services(text: "SHO bob").rows == [service])
        #expect(try workspace.store.services(owner: "ann").total == 0)
    }
}
