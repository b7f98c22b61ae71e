import Catalog
import Documents
import Engine
import Testing

@Suite struct UpdateManyTests {
    private static let dev = Target.instance(service: "shop", name: "dev")
    private static let prod = Target.instance(service: "shop", name: "prod")

    private static func minor(_ target: Target) -> TargetUpdate {
        TargetUpdate(target: target, version: .exact(VersionNumber(1, 1)))
    }

    private func behind() async throws -> Bench {
        let bench = try Bench()
        try await bench.orderShop()
        for template in ["fargate-cluster", "fargate-service"] {
            _ = try bench.engine.publish(template, VersionNumber(1, 1), why: "")
        }
        return bench
    }

    @Test func `many updates are one order: environments, instances, pipelines`() async throws {
        let bench = try await behind()
        let pipeline = Target.pipeline(service: "shop")
        let request = OrderRequest.updateMany(
            [pipeline, Self.prod, .environment("net"), Self.dev].map(Self.minor))
        let done = try await bench.deploy(request)
        #expect(done.map(\.target) == [.environment("net"), Self.prod, Self.dev, pipeline])
        #expect(done.map(\.phase) == [.succeeded, .succeeded, .succeeded, .succeeded])
        #expect(Set(done.map(\.order)).count == 1)
        #expect(try bench.engine.recommendations().isEmpty)
        #expect(try bench.engine.deployment(done[0].id).order.title == "update 4 targets")
        #expect(try bench.engine.service("shop").service.revision == 2)
    }

    @Test func `the test stage comes before production, whatever the order of asking`() async throws {
        let bench = try await behind()
        for (name, stage) in [("live", Stage.production), ("lab", .test)] {
            try await bench.deploy(
                .createEnvironment(
                    EnvironmentOrder(
                        name: name, template: "fargate-cluster", version: .exact(VersionNumber(1, 0)), stage: stage)))
        }
        let plan = try bench.engine.plan(
            .updateMany([.environment("live"), .environment("lab"), .environment("net")].map(Self.minor)))
        #expect(plan.plans.map(\.target.name) == ["lab", "net", "live"])
        #expect(plan.plans.map(\.stage) == [.test, .test, .production])
    }

    @Test func `what asks for new inputs is named, and stops the order`() async throws {
        let bench = try await behind()
        _ = try bench.engine.publish("fargate-service", VersionNumber(2, 0), why: "")
        let major = TargetUpdate(target: Self.prod, version: .exact(VersionNumber(2, 0)))
        let plan = try bench.engine.plan(.updateMany([Self.minor(Self.dev), major]))
        #expect(plan.isBlocked)
        let error = try #require(plan.findings.first { $0.severity == .error })
        #expect(error.message.hasPrefix("shop/prod: "))
        #expect(error.hint == "Update shop/prod alone.")
        #expect(plan.plans.first { $0.target == Self.dev }?.isBlocked == false)
        #expect(throws: Refusal.self) { try bench.engine.submit(plan) }
    }

    @Test func `a target stands once in an order`() async throws {
        let bench = try await behind()
        let plan = try bench.engine.plan(.updateMany([Self.minor(Self.dev), Self.minor(Self.dev)]))
        #expect(plan.findings.map(\.code) == ["order.repeated"])
    }

    @Test func `services are changed once each, with all their targets`() async throws {
        let bench = try await behind()
        let updates = [Self.dev, Self.prod].map { target in
            TargetUpdate(target: target, set: [InputAssignment(input: "desired_count", text: "5")])
        }
        try await bench.deploy(.updateMany(updates))
        let spec = try bench.engine.service("shop").service.spec
        #expect(spec.ranges(of: "desired_count: 5").count == 2)
        #expect(spec.contains("# the shop"))
    }

    @Test func `a failure stops what comes after it`() async throws {
        let bench = try await behind()
        let plan = try bench.engine.plan(.updateMany([Self.dev, Self.prod].map(Self.minor)))
        let order = try bench.engine.submit(plan)
        try await bench.engine.run(RunnerOptions(failAt: plan.plans[0].changes[0].resource))
        let phases = try order.deployments.map { try bench.engine.deployment($0.id).deployment.phase }
        #expect(phases == [.failed, .cancelled])
        #expect(try bench.engine.target(Self.prod).row.running == VersionNumber(1, 0))
    }
}
