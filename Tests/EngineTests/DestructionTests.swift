import Catalog
import Documents
import Engine
import Foundation
import Testing

/// Destructions that do not come to their end, and what is there then.
@Suite struct DestructionTests {
    private let net = Target.environment("net")

    @Test func `after a destruction that failed the plan compares with what is left`() async throws {
        let bench = try Bench()
        try await bench.orderNetwork()
        let whole = try bench.engine.target(net).resources.count
        let done = try await bench.deploy(.destroy(.environment("net")), failAt: "Vpc")
        #expect(done.map(\.phase) == [.failed])
        let left = try bench.engine.target(net).resources
        #expect(!left.isEmpty && left.count < whole)
        let same = OrderRequest.updateEnvironment(TargetUpdate(target: net))
        let plan = try bench.engine.plan(same)
        #expect(plan.changes.count { $0.kind == .add } == whole - left.count)
        #expect(!plan.plans[0].isIdle)
        #expect(plan.exitCode == 2)
        try await bench.deploy(same)
        #expect(try bench.engine.target(net).resources.count == whole)
        #expect(try bench.engine.plan(same).plans[0].isIdle)
        #expect(try !bench.engine.target(net).row.hasSpecDrift)
    }

    @Test func `what a destruction has taken is drift until it is put back`() async throws {
        let bench = try Bench()
        try await bench.orderNetwork()
        try await bench.deploy(.destroy(.environment("net")), failAt: "Vpc")
        #expect(try bench.engine.target(net).row.hasSpecDrift)
        #expect(try bench.engine.fleet(FleetQuery(level: .all, filter: .drifted)).rows.map(\.target) == [net])
    }

    @Test func `a destruction that took nothing is no drift`() async throws {
        let bench = try Bench()
        try await bench.orderNetwork()
        let plan = try bench.engine.plan(.destroy(.environment("net")))
        let order = try bench.engine.submit(plan)
        try bench.engine.cancel(order.deployments[0].id)
        #expect(try !bench.engine.target(net).row.hasSpecDrift)
        #expect(try bench.engine.plan(.updateEnvironment(TargetUpdate(target: net))).plans[0].isIdle)
    }

    @Test func `an environment of which a destruction has taken a part is not deployed into`() async throws {
        let bench = try Bench()
        try await bench.orderNetwork()
        try await bench.deploy(.destroy(.environment("net")), failAt: "Vpc")
        let plan = try bench.engine.plan(
            .createService(ServiceOrder(name: "shop", template: "fargate-service", spec: Bench.shop)))
        #expect(plan.findings.contains { $0.code == "environment.partlyDestroyed" })
    }

    @Test func `a cancelled destruction says how much is left, and can be tried again`() async throws {
        let bench = try Bench()
        try await bench.orderNetwork()
        let order = try bench.engine.submit(try bench.engine.plan(.destroy(.environment("net"))))
        let engine = bench.engine
        let changes = try engine.changes()
        let running = Task { try await engine.run(RunnerOptions(paceMilliseconds: 50)) }
        for await _ in changes where try engine.target(net).resources.count <= 20 { break }
        try engine.cancel(order.deployments[0].id)
        try await running.value
        let ended = try engine.deployment(order.deployments[0].id).deployment
        #expect(ended.phase == .cancelled)
        let left = try engine.target(net).resources.count
        #expect(ended.failure?.reason == "It was cancelled; \(left) resources are left.")
        #expect(try engine.target(net).row.hasSpecDrift)
        try await bench.deploy(.retry(ended.id))
        #expect(try engine.fleet(FleetQuery(level: .all)).total == 0)
    }
}

/// A service's spec and its set of instances agree after every outcome.
@Suite struct InstanceSetTests {
    private func names(_ bench: Bench) throws -> [String] {
        let spec = try bench.engine.currentSpec(ofService: "shop")
        #expect(try bench.engine.service("shop").service.spec == spec)
        let content = try #require(bench.engine.readSpec(spec, kind: .service).content)
        #expect(
            content.instances.map(\.name).sorted() == (try bench.engine.service("shop").instances.map(\.target.name)))
        return content.instances.map(\.name)
    }

    private let removeProd = OrderRequest.destroy(.instance(service: "shop", name: "prod"))

    @Test func `an instance leaves the spec when it is gone`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        let order = try bench.engine.submit(try bench.engine.plan(removeProd))
        #expect(try names(bench) == ["dev", "prod"])
        try await bench.engine.run()
        #expect(try names(bench) == ["dev"])
        #expect(try bench.engine.deployment(order.deployments[0].id).deployment.phase == .succeeded)
        #expect(try bench.engine.currentSpec(ofService: "shop").contains("# first"))
    }

    @Test func `an instance whose deletion failed stays in the spec and can be deleted again`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        let failed = try await bench.deploy(removeProd, failAt: "LogGroup")
        #expect(failed.map(\.phase).first == .failed)
        #expect(try names(bench) == ["dev", "prod"])
        #expect(try bench.engine.plan(.updateService(ServiceUpdate(name: "shop"))).findings.isEmpty)
        #expect(try await bench.deploy(removeProd).allSatisfy { $0.phase == .succeeded })
        #expect(try names(bench) == ["dev"])
    }

    @Test func `an instance whose deletion was cancelled stays in the spec`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        let order = try bench.engine.submit(try bench.engine.plan(removeProd))
        try bench.engine.cancel(order.deployments[0].id)
        #expect(try names(bench) == ["dev", "prod"])
        #expect(try await bench.deploy(removeProd).allSatisfy { $0.phase == .succeeded })
        #expect(try names(bench) == ["dev"])
    }

    @Test func `an instance whose creation failed goes for good when it is deleted`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        let stage = Bench.shop + "  - name: stage\n    environment: net\n    spec:\n      route_priority: 30\n"
        let failed = try await bench.deploy(
            .updateService(ServiceUpdate(name: "shop", spec: stage)), failAt: "TaskDefinition")
        #expect(failed.first { $0.target.name == "stage" }?.phase == .failed)
        #expect(try names(bench) == ["dev", "prod", "stage"])
        let done = try await bench.deploy(.destroy(.instance(service: "shop", name: "stage")))
        #expect(done.allSatisfy { $0.phase == .succeeded })
        #expect(try names(bench) == ["dev", "prod"])
        let again = try bench.engine.plan(.updateService(ServiceUpdate(name: "shop")))
        #expect(!again.plans.contains { $0.target.name == "stage" })
    }

    @Test func `instances that an update leaves out stay until they are destroyed`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        let smaller = try #require(Bench.shop.range(of: "  - name: prod")).lowerBound
        let spec = String(Bench.shop[..<smaller])
        let request = OrderRequest.updateService(ServiceUpdate(name: "shop", spec: spec, remove: ["prod"]))
        try await bench.deploy(request, failAt: "LogGroup")
        #expect(try names(bench) == ["dev", "prod"])
        try await bench.deploy(request)
        #expect(try names(bench) == ["dev"])
    }

    @Test func `deleting an instance touches no other`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        let dev = Target.instance(service: "shop", name: "dev")
        let bad = OrderRequest.updateInstance(
            TargetUpdate(target: dev, set: [InputAssignment(input: "memory", text: "8192")]))
        try await bench.deploy(bad)
        #expect(try !bench.engine.plan(removeProd).plans.contains { $0.target == dev })
        #expect(try await bench.deploy(removeProd)[0].phase == .succeeded)
    }

    @Test func `of two last instances only one can be on its way out`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        _ = try bench.engine.submit(try bench.engine.plan(removeProd))
        let plan = try bench.engine.plan(.destroy(.instance(service: "shop", name: "dev")))
        #expect(plan.findings.map(\.code) == ["service.lastInstance"])
    }

    @Test func `an instance that is added has its service's owner`() async throws {
        let bench = try Bench()
        try await bench.orderNetwork()
        try await bench.deploy(
            .createService(
                ServiceOrder(name: "shop", template: "fargate-service", spec: Bench.shop, owner: "team-a")))
        let stage = Bench.shop + "  - name: stage\n    environment: net\n    spec:\n      route_priority: 30\n"
        try await bench.deploy(.updateService(ServiceUpdate(name: "shop", spec: stage)))
        #expect(try bench.engine.target(.instance(service: "shop", name: "stage")).row.owner == "team-a")
        try await bench.deploy(
            .updateService(
                ServiceUpdate(
                    name: "shop", spec: stage.replacing("desired_count: 3", with: "desired_count: 2"), owner: "team-b"))
        )
        #expect(Set(try bench.engine.service("shop").instances.map(\.owner)) == ["team-b"])
    }
}
