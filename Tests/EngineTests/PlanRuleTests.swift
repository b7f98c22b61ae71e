import Catalog
import Documents
import Engine
import Testing

/// What a plan says before anything is submitted.
@Suite struct PlanRuleTests {
    private let dev = Target.instance(service: "shop", name: "dev")

    private func codes(_ bench: Bench, _ request: OrderRequest) throws -> [Finding.Code] {
        try bench.engine.plan(request).findings.map(\.code)
    }

    @Test func `what is not there at all can't be planned for`() async throws {
        let bench = try Bench()
        #expect(throws: Refusal.self) {
            try bench.engine.plan(.createEnvironment(EnvironmentOrder(name: "net", template: "nothing")))
        }
        #expect(throws: Refusal.self) {
            try bench.engine.plan(.updateEnvironment(TargetUpdate(target: .environment("net"))))
        }
    }

    @Test func `what was given wrongly blocks the plan`() async throws {
        let bench = try Bench()
        for order in [
            EnvironmentOrder(name: "a b", template: "fargate-cluster"),
            EnvironmentOrder(name: "net", template: "fargate-cluster", version: .exact(VersionNumber(7, 7))),
            EnvironmentOrder(name: "net", template: "fargate-cluster", version: .exact(VersionNumber(2, 0))),
        ] {
            let plan = try bench.engine.plan(.createEnvironment(order))
            #expect(plan.exitCode == 4, "\(order)")
        }
    }

    @Test func `a replacement is told by the exit code, a routine one too`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        let set = [InputAssignment(input: "cpu", text: "512"), InputAssignment(input: "memory", text: "1024")]
        let plan = try bench.engine.plan(.updateInstance(TargetUpdate(target: dev, set: set)))
        #expect(plan.changes.contains { $0.kind == .replace && $0.consequence == .routine })
        #expect(plan.exitCode == 3)
    }

    @Test func `a draft and a deprecated version can be ordered, with a warning`() async throws {
        let bench = try Bench()
        let order = EnvironmentOrder(name: "net", template: "fargate-cluster", version: .exact(VersionNumber(1, 1)))
        let draft = try bench.engine.plan(.createEnvironment(order))
        #expect(draft.findings.map(\.code) == ["version.draft"])
        #expect(!draft.isBlocked)
        _ = try bench.engine.publish("fargate-cluster", VersionNumber(1, 1))
        _ = try bench.engine.deprecate("fargate-cluster", VersionNumber(1, 1), why: "too dear")
        let deprecated = try bench.engine.plan(.createEnvironment(order))
        #expect(deprecated.findings.map(\.code) == ["version.deprecated"])
        #expect(deprecated.findings[0].message.contains("too dear"))
        try await bench.deploy(.createEnvironment(order))
        let stays = try bench.engine.plan(.updateEnvironment(TargetUpdate(target: .environment("net"))))
        #expect(stays.findings.isEmpty)
    }

    @Test func `what runs a withdrawn version is told the way that the inbox recommends`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        let engine = bench.engine
        _ = try engine.publish("fargate-service", VersionNumber(1, 1))
        _ = try engine.publish("fargate-service", VersionNumber(2, 0))
        try await bench.deploy(.updateInstance(TargetUpdate(target: dev, version: .exact(VersionNumber(1, 1)))))
        _ = try engine.withdraw("fargate-service", VersionNumber(1, 1), why: "flaps")
        let refused = try engine.plan(.updateInstance(TargetUpdate(target: dev)))
        #expect(refused.findings.map(\.hint) == ["Move to 1.0 with --to 1.0."])
    }

    @Test func `a stale change is refused with what differs, one from the future with its own sentence`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        let four = [InputAssignment(input: "desired_count", text: "4")]
        try await bench.deploy(.updateInstance(TargetUpdate(target: dev, set: four)))
        let stale = try bench.engine.plan(.updateInstance(TargetUpdate(target: dev, set: four, baseRevision: 1)))
        #expect(stale.findings.map(\.code) == ["spec.stale"])
        #expect(
            stale.findings[0].causes.map(\.message)
                == ["instances.0.spec.desired_count was not there in revision 1, and is 4 in revision 2."])
        let whole = try bench.engine.plan(.updateService(ServiceUpdate(name: "shop", baseRevision: 1)))
        #expect(whole.findings.map(\.code) == ["spec.stale"])
        #expect(whole.findings[0].causes.count == 1)
        #expect(
            try codes(bench, .updateInstance(TargetUpdate(target: dev, set: four, baseRevision: 9))) == ["spec.future"])
    }

    @Test func `of two changes that were reviewed side by side the later one is shown the earlier`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        func count(_ text: String) -> OrderRequest {
            .updateInstance(TargetUpdate(target: dev, set: [InputAssignment(input: "desired_count", text: text)]))
        }
        let mine = try bench.engine.plan(count("5"))
        try await bench.deploy(count("4"))
        let refusal = #expect(throws: Refusal.self) { try bench.engine.submit(mine) }
        #expect(refusal?.findings.map(\.code) == ["spec.stale"])
        #expect(refusal?.findings.first?.causes.first?.message.contains("is 4 in revision 2") == true)
    }

    @Test func `too many instances are refused before any is planned`() async throws {
        let bench = try Bench()
        try await bench.orderNetwork()
        let many = (0..<400).map { "  - {name: i\($0), environment: net, spec: {route_priority: \($0 + 1)}}\n" }
        let spec = "proton: ServiceSpec\ninstances:\n" + many.joined()
        let plan = try bench.engine.plan(
            .createService(ServiceOrder(name: "shop", template: "fargate-service", spec: spec)))
        #expect(plan.findings.map(\.code) == ["spec.instances"])
        #expect(plan.plans.isEmpty)
    }

    @Test func `an instance does not move to another environment unsaid`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        let moved = Bench.shop.replacing("environment: net", with: "environment: other")
        #expect(try codes(bench, .updateInstance(TargetUpdate(target: dev, spec: moved))) == ["spec.environment"])
        let without = Bench.shop.replacing("name: dev", with: "name: qa")
        #expect(try codes(bench, .updateInstance(TargetUpdate(target: dev, spec: without))) == ["spec.instance"])
    }

    @Test func `another branch deploys the pipeline alone`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        let plan = try bench.engine.plan(.updateService(ServiceUpdate(name: "shop", branch: "trunk")))
        #expect(plan.plans.map(\.target) == [.pipeline(service: "shop")])
    }

    @Test(
        arguments: [
            ("acme", nil, "service.repositoryName"), ("acme/shop", "arn:nothing", "service.connectionArn"),
            ("acme/sh op", nil, "service.repositoryName"),
        ] as [(String, String?, String)])
    func `a repository is checked`(repository: String, connection: String?, code: String) async throws {
        let bench = try Bench()
        try await bench.orderShop()
        let update = ServiceUpdate(name: "shop", repository: repository, repositoryConnection: connection)
        #expect(try codes(bench, .updateService(update)).map(\.rawValue) == [code])
    }

    @Test func `a pipeline without a source is a warning`() async throws {
        let bench = try Bench()
        try await bench.orderNetwork()
        let plan = try bench.engine.plan(
            .createService(
                ServiceOrder(
                    name: "shop", template: "fargate-service", spec: Bench.shop, repository: "acme/shop", branch: "main"
                )))
        #expect(plan.findings.map(\.severity) == [.warning])
        #expect(plan.findings[0].message.contains("lacks a connection to the repository's host"))
        #expect(!plan.isBlocked)
    }

    @Test func `a resource to fail at has to be one of the order's`() async throws {
        let bench = try Bench()
        try await bench.orderNetwork()
        let plan = try bench.engine.plan(
            .createService(ServiceOrder(name: "shop", template: "fargate-service", spec: Bench.shop)))
        let refusal = #expect(throws: Refusal.self) { try bench.engine.checkFailAt("TaskDefinitoin", in: plan) }
        #expect(refusal?.findings.first?.hint == "Did you mean TaskDefinition?")
        try bench.engine.checkFailAt("TaskDefinition", in: plan)
        try bench.engine.checkFailAt("PipelineRole", in: plan)
        let order = try bench.engine.submit(plan)
        try await bench.engine.run(RunnerOptions(failAt: "PipelineRole"))
        let phases = try order.deployments.map { try bench.engine.deployment($0.id).deployment.phase }
        #expect(phases == [.succeeded, .succeeded, .failed])
    }

    @Test func `answers are carried to another version by its renames`() async throws {
        let bench = try Bench()
        let carried = try bench.engine.carry(
            ["desired_count": 3, "route_priority": 10], of: .instance, in: "fargate-service",
            from: VersionNumber(1, 0), to: VersionNumber(2, 0))
        #expect(carried.inputs["task_count"] == 3)
        #expect(carried.inputs["desired_count"] == nil)
        #expect(carried.lines.contains { $0.fate == .renamed(from: "desired_count") })
    }
}
