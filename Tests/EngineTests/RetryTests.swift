import Catalog
import Documents
import Engine
import Testing

/// Trying a deployment again.
@Suite struct RetryTests {
    private let prod = Target.instance(service: "shop", name: "prod")

    private func count(_ text: String) -> OrderRequest {
        .updateInstance(TargetUpdate(target: prod, set: [InputAssignment(input: "desired_count", text: text)]))
    }

    @Test func `an older deployment is not tried again over newer answers`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        let failed = try await bench.deploy(count("7"), failAt: "Service")
        try #require(failed.map(\.phase) == [.failed])
        let newer = try await bench.deploy(count("4"))
        let refused = try bench.engine.plan(.retry(failed[0].id))
        let finding = try #require(refused.findings.first)
        #expect(finding.code == "deployment.superseded")
        #expect(finding.message.contains("\(newer[0].id) came later"))
        #expect(
            finding.causes.map(\.message) == ["desired_count was 7 in \(failed[0].id), and is 4 in \(newer[0].id)."])
        #expect(throws: Refusal.self) { try bench.engine.submit(refused) }
        #expect(try bench.engine.target(prod).inputs["desired_count"] == 4)
    }

    @Test func `a target's last deployment is tried again as it was`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        let failed = try await bench.deploy(count("7"), failAt: "Service")
        let done = try await bench.deploy(.retry(failed[0].id))
        #expect(done.map(\.phase) == [.succeeded])
        #expect(try bench.engine.target(prod).inputs["desired_count"] == 7)
    }

    @Test func `trying a step again goes on with the steps that never began because of it`() async throws {
        let bench = try Bench()
        try await bench.orderNetwork()
        let order = OrderRequest.createService(
            ServiceOrder(name: "shop", template: "fargate-service", spec: Bench.shop, repository: "acme/shop"))
        let failed = try await bench.deploy(order, failAt: "Service")
        #expect(failed.map(\.phase) == [.failed, .cancelled, .cancelled])
        let plan = try bench.engine.plan(.retry(failed[0].id))
        #expect(plan.plans.map(\.target) == failed.map(\.target))
        #expect(!plan.plans[2].unknowns.isEmpty)
        let done = try await bench.deploy(.retry(failed[0].id))
        #expect(done.map(\.phase) == [.succeeded, .succeeded, .succeeded])
        #expect(try !bench.engine.target(.pipeline(service: "shop")).outputs.isEmpty)
    }

    @Test func `a step that was taken up alone is not tried again with the others`() async throws {
        let bench = try Bench()
        try await bench.orderNetwork()
        let failed = try await bench.deploy(
            .createService(ServiceOrder(name: "shop", template: "fargate-service", spec: Bench.shop)), failAt: "Service"
        )
        try await bench.deploy(.updateInstance(TargetUpdate(target: prod)))
        let plan = try bench.engine.plan(.retry(failed[0].id))
        #expect(plan.plans.map(\.target.name) == ["dev", "pipeline"])
    }

    @Test func `a service's deletion that failed goes on with what is left`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        let failed = try await bench.deploy(.destroy(.service("shop")), failAt: "LogGroup")
        let step = try #require(failed.first { $0.phase == .failed })
        #expect(try bench.engine.deployment(step.id).destroysService == "shop")
        let done = try await bench.deploy(.retry(step.id))
        #expect(done.allSatisfy { $0.phase == .succeeded })
        #expect(throws: Refusal.self) { try bench.engine.service("shop") }
    }
}

/// What Home lists as needing a person.
@Suite struct AttentionTests {
    @Test func `what was cancelled with an earlier step is listed until it is applied`() async throws {
        let bench = try Bench()
        try await bench.orderNetwork()
        let failed = try await bench.deploy(
            .createService(
                ServiceOrder(name: "shop", template: "fargate-service", spec: Bench.shop, repository: "acme/shop")),
            failAt: "Service")
        for name in ["dev", "prod"] {
            try await bench.deploy(.updateInstance(TargetUpdate(target: .instance(service: "shop", name: name))))
        }
        let lines = try bench.engine.overview().attention
        #expect(lines.map(\.title) == ["shop pipeline"])
        #expect(lines.first?.kind == .specDrift)
        #expect(lines.first?.deployment == failed[2].id)
        #expect(lines.first?.detail.hasPrefix("cancelled, not applied: It did not begin, because shop/dev") == true)
        try await bench.deploy(.retry(failed[2].id))
        #expect(try bench.engine.overview().attention.isEmpty)
    }

    @Test func `the way back is as old as the withdrawal`() async throws {
        let bench = try Bench()
        let engine = bench.engine
        _ = try engine.publish("fargate-cluster", VersionNumber(1, 1))
        try await bench.orderNetwork()
        let before = engine.now()
        _ = try engine.withdraw("fargate-cluster", VersionNumber(1, 1), why: "leaks")
        let line = try #require(engine.overview().attention.first { $0.kind == .back })
        #expect(line.at > before)
        let moves = try engine.recommendations()
        #expect(moves.map(\.reason) == ["1.1 was withdrawn: leaks"])
    }

    @Test func `a withdrawn version without another is said with what to do`() async throws {
        let bench = try Bench()
        let engine = bench.engine
        let net = Target.environment("vpc")
        try await bench.deploy(.createEnvironment(EnvironmentOrder(name: "vpc", template: "vpc-network")))
        _ = try engine.withdraw("vpc-network", VersionNumber(1, 0), why: "leaks")
        #expect(try engine.recommendations().isEmpty)
        #expect(try engine.stranded().map(\.target) == [net])
        #expect(try engine.fleet(FleetQuery(level: .all, filter: .behind)).rows.map(\.target) == [net])
        #expect(try engine.overview().attention.map(\.detail) == ["withdrawn (leaks), nothing to move to: 1 target"])
    }

    @Test func `test comes before production, and pipelines last`() async throws {
        let bench = try Bench()
        let engine = bench.engine
        for (name, stage) in [("a-live", Stage.production), ("net", .test)] {
            try await bench.deploy(
                .createEnvironment(EnvironmentOrder(name: name, template: "fargate-cluster", stage: stage)))
        }
        let spec = Bench.shop.replacing(
            "name: dev\n    environment: net", with: "name: a-dev\n    environment: a-live")
        try await bench.deploy(
            .createService(
                ServiceOrder(name: "shop", template: "fargate-service", spec: spec)))
        _ = try engine.publish("fargate-service", VersionNumber(1, 1))
        _ = try engine.publish("fargate-cluster", VersionNumber(1, 1))
        #expect(
            try engine.recommendations().map(\.target.title)
                == ["net", "shop/prod", "a-live", "shop/a-dev", "shop pipeline"])
    }
}
