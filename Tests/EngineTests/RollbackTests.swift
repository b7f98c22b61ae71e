import Catalog
import Documents
import Engine
import Testing

@Suite struct RollbackTests {
    private static let dev = Target.instance(service: "shop", name: "dev")

    private func set(_ target: Target, _ input: String, _ text: String) -> OrderRequest {
        .updateInstance(TargetUpdate(target: target, set: [InputAssignment(input: input, text: text)]))
    }

    @Test func `an instance returns to what ran before, planned first`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        let before = try bench.engine.target(Self.dev)
        try await bench.deploy(set(Self.dev, "desired_count", "4"))
        let plan = try bench.engine.plan(.rollback(Rollback(target: Self.dev)))
        let change = try #require(plan.changes.first { $0.type == "AWS::ECS::Service" })
        #expect(change.causes.contains { $0.input == "desired_count" })
        try await bench.deploy(.rollback(Rollback(target: Self.dev)), why: "slower than before")
        let after = try bench.engine.target(Self.dev)
        #expect(after.inputs == before.inputs)
        #expect(after.deployments.first?.why == "slower than before")
        // Once back, the last success before is the one that was left.
        let again = try bench.engine.plan(.rollback(Rollback(target: Self.dev)))
        #expect(again.plans.first?.inputs["desired_count"]?.number?.int == 4)
    }

    @Test func `any earlier success can be named, also across versions`() async throws {
        let bench = try Bench()
        try await bench.orderShop()
        let first = try #require(try bench.engine.target(Self.dev).row.deployment)
        _ = try bench.engine.publish("fargate-service", VersionNumber(2, 0))
        try await bench.deploy(
            .updateInstance(
                TargetUpdate(
                    target: Self.dev, version: .exact(VersionNumber(2, 0)),
                    set: [InputAssignment(input: "owner_email", text: "ana@example.com")])))
        #expect(try bench.engine.target(Self.dev).row.running == VersionNumber(2, 0))
        try await bench.deploy(.rollback(Rollback(target: Self.dev, to: first)))
        #expect(try bench.engine.target(Self.dev).row.running == VersionNumber(1, 0))
    }

    @Test func `what holds data is replaced only by name`() async throws {
        let bench = try Bench()
        let data = Target.environment("data")
        try await bench.deploy(
            .createEnvironment(EnvironmentOrder(name: "data", template: "fargate-cluster-with-database")))
        let inputs = try bench.engine.target(data).inputs
        let name = try #require(
            inputs.object?.first { $0.key.contains("database_name") || $0.key.contains("name") }?.key)
        try await bench.deploy(
            .updateEnvironment(TargetUpdate(target: data, set: [InputAssignment(input: name, text: "orders2")])))
        let refused = try bench.engine.plan(.rollback(Rollback(target: data)))
        let losses = refused.changes.filter { [.replace, .mayReplace].contains($0.kind) && $0.consequence != .routine }
        let loss = try #require(losses.first, "the database's name is no reason to replace it: \(refused.changes)")
        #expect(refused.findings.map(\.code).contains("rollback.loss"))
        #expect(refused.isBlocked)
        let names = Set(refused.changes.map(\.resource))
        let accepted = try bench.engine.plan(.rollback(Rollback(target: data, accepting: names)))
        #expect(!accepted.findings.contains { $0.code == "rollback.loss" })
        #expect(accepted.changes.contains { $0.resource == loss.resource })
    }

    @Test func `there has to be something to go back to`() async throws {
        let bench = try Bench()
        try await bench.orderNetwork()
        #expect(
            try bench.engine.plan(.rollback(Rollback(target: .environment("net")))).findings.map(\.code) == [
                "rollback.none"
            ])
        try await bench.deploy(.createEnvironment(EnvironmentOrder(name: "other", template: "fargate-cluster")))
        let id = try #require(try bench.engine.target(.environment("other")).row.deployment)
        let plan = try bench.engine.plan(.rollback(Rollback(target: .environment("net"), to: id)))
        #expect(plan.findings.map(\.code) == ["rollback.other"])
    }
}
