import Catalog
import Documents
import Engine
import Foundation
import Testing

/// An environment's way from the rehearsal to a real connection, as it is planned and submitted.
@Suite struct MoveTests {
    private static let net = Target.environment("net")
    private static let move = OrderRequest.moveEnvironment(EnvironmentMove(name: "net", connection: "staging"))

    private func bench() async throws -> Bench {
        let bench = try Bench()
        try bench.engine.addConnection("staging", ConnectionChange(account: "111122223333", region: "eu-west-1"))
        try bench.engine.addConnection("prod", ConnectionChange(account: "444455556666", region: "us-east-1"))
        return bench
    }

    private func codes(_ bench: Bench, to connection: String) throws -> [Finding.Code] {
        try bench.engine.plan(.moveEnvironment(EnvironmentMove(name: "net", connection: connection))).findings
            .map(\.code)
    }

    @Test func `a move makes everything anew, the environment first`() async throws {
        let bench = try await bench()
        try await bench.orderShop()
        let plan = try bench.engine.plan(Self.move)
        #expect(!plan.isBlocked, "\(plan.findings.map(\.text)) \(plan.plans.flatMap(\.findings).map(\.text))")
        #expect(plan.plans.map(\.target.title) == ["net", "shop/dev", "shop/prod"])
        #expect(plan.plans.allSatisfy { $0.action == .move && $0.connection == "staging" && $0.fromVersion == nil })
        #expect(plan.plans.allSatisfy { $0.grounds.account == "111122223333" && $0.provisioner == "cloudformation" })
        #expect(plan.changes.allSatisfy { $0.kind == .add } && !plan.changes.isEmpty)
        #expect(plan.plans.map(\.stack) == ["baryon-env--net", "baryon-svc--shop--dev", "baryon-svc--shop--prod"])
        let notes = plan.plans.map { $0.findings.filter { $0.code == "move.letGo" }.count }
        #expect(notes == [1, 1, 1])
        #expect(plan.findings.map(\.code) == ["move.pipeline"])
    }

    @Test func `instances wait for what only the provider can tell of their environment`() async throws {
        let bench = try await bench()
        try await bench.orderShop()
        let plan = try bench.engine.plan(Self.move)
        #expect(plan.plans[0].unknowns.isEmpty)
        #expect(plan.plans[1].unknowns.contains("net output VpcId"))
        let file = try #require(plan.plans[1].files.first?.text)
        #expect(file.contains("VpcId: \"known-after-net-VpcId\""))
        // What the environment's template states is no unknown, nor is what nobody reads.
        #expect(!plan.plans[1].unknowns.contains("net output VpcCidr"))
        #expect(!plan.plans[1].unknowns.contains("net output LogRetentionDays"))
        #expect(!file.contains("known-after-net-LogRetentionDays"))
    }

    @Test func `only what is local is moved, and only to an account`() async throws {
        let bench = try await bench()
        try await bench.orderNetwork()
        #expect(try codes(bench, to: "nowhere") == ["connection.unknown"])
        let idle = try bench.engine.plan(.moveEnvironment(EnvironmentMove(name: "net", connection: "local")))
        #expect(idle.plans.isEmpty && idle.findings.isEmpty)
        let cloud = EnvironmentOrder(name: "cloud", template: "fargate-cluster", connection: "staging")
        _ = try bench.engine.submit(try bench.engine.plan(.createEnvironment(cloud)))
        func plan(_ connection: String) throws -> OrderPlan {
            try bench.engine.plan(.moveEnvironment(EnvironmentMove(name: "cloud", connection: connection)))
        }
        #expect(try plan("prod").findings.map(\.code) == ["move.notLocal"])
        #expect(try plan("local").findings.map(\.code) == ["move.toLocal"])
        #expect(try plan("prod").isBlocked)
        let there = try plan("staging")
        #expect(there.plans.isEmpty && there.findings.isEmpty)
        #expect(throws: Refusal.self) {
            try bench.engine.plan(.moveEnvironment(EnvironmentMove(name: "nothing", connection: "staging")))
        }
    }

    @Test func `a move that is cancelled before it began leaves all as it was`() async throws {
        let bench = try await bench()
        try await bench.orderShop()
        let targets = [Self.net, .instance(service: "shop", name: "dev"), .pipeline(service: "shop")]
        let before = try targets.map { try bench.engine.target($0) }
        let service = try bench.engine.service("shop").service
        let order = try bench.engine.submit(try bench.engine.plan(Self.move), why: "it works")
        #expect(try bench.engine.target(Self.net).record.connection == "local")
        // Nobody takes its place away meanwhile.
        #expect(throws: Refusal.self) { try bench.engine.deleteConnection("staging") }
        #expect(throws: Refusal.self) {
            try bench.engine.changeConnection("staging", ConnectionChange(region: "us-east-1"))
        }
        try bench.engine.cancel(order.deployments[0].id)
        let phases = try order.deployments.map { try bench.engine.deployment($0.id).deployment.phase }
        #expect(phases == [.cancelled, .cancelled, .cancelled])
        for (old, target) in zip(before, targets) {
            let new = try bench.engine.target(target)
            #expect(new.record.connection == "local" && new.record.stack == nil)
            #expect(new.record.desired == old.record.desired && new.record.applied == old.record.applied)
            #expect(new.resources == old.resources && new.outputs == old.outputs)
            #expect(!new.row.hasSpecDrift && !new.row.isUncertain)
        }
        #expect(try bench.engine.service("shop").service == service)
        let entry = try #require(try bench.engine.history(subject: Self.net.id).first { $0.act == "environment.move" })
        #expect(entry.why == "it works" && entry.detail.hasSuffix("to staging"))
        // It is rehearsed as before.
        let update = TargetUpdate(
            target: targets[1], set: [InputAssignment(input: "desired_count", text: "2")])
        #expect(try await bench.deploy(.updateInstance(update)).map(\.phase) == [.succeeded])
    }

    @Test func `trying it again is a move again`() async throws {
        let bench = try await bench()
        try await bench.orderShop()
        let order = try bench.engine.submit(try bench.engine.plan(Self.move))
        try bench.engine.cancel(order.deployments[1].id)
        try bench.engine.cancel(order.deployments[0].id)
        let again = try bench.engine.plan(.retry(order.deployments[0].id))
        #expect(again.plans.map(\.action) == [.move, .move, .move])
        #expect(try bench.engine.submit(again).deployments.map(\.connection) == ["staging", "staging", "staging"])
    }

    @Test func `a move is void when the connection changed, or something was deployed meanwhile`() async throws {
        let bench = try await bench()
        try await bench.orderShop()
        let first = try bench.engine.plan(Self.move)
        try bench.engine.changeConnection(
            "staging", ConnectionChange(role: "arn:aws:iam::111122223333:role/deploy"))
        let moved = #expect(throws: Refusal.self) { try bench.engine.submit(first) }
        #expect(moved?.findings.map(\.code) == ["plan.void"])
        #expect(moved?.findings.first?.causes.first?.message.contains("role none -> arn") == true)
        let second = try bench.engine.plan(Self.move)
        try await bench.deploy(
            .updateEnvironment(
                TargetUpdate(target: Self.net, set: [InputAssignment(input: "log_retention_days", text: "7")])))
        #expect(throws: Refusal.self) { try bench.engine.submit(second) }
        let third = try bench.engine.plan(Self.move)
        #expect(third.plans[0].inputs["log_retention_days"]?.number?.int == 7)
        _ = try bench.engine.submit(third)
    }

    @Test func `an export that stays in use locally holds a move up`() async throws {
        let bench = try await bench()
        for (name, body) in [("giver", "    Export: {Name: shared-topic}\n"), ("taker", "")] {
            let taken = name == "taker" ? "!ImportValue shared-topic" : "news"
            try await register(name, topic: taken, after: body, bench)
            let order = EnvironmentOrder(name: name == "giver" ? "net" : "user", template: name)
            let done = try await bench.deploy(.createEnvironment(order))
            try #require(done.map(\.phase) == [.succeeded], "\(done.compactMap(\.failure))")
        }
        let held = try bench.engine.plan(Self.move)
        #expect(held.isBlocked && held.findings.map(\.code) == ["move.exportInUse"])
        #expect(held.findings.first?.message.contains("user imports it") == true)
        let user = try bench.engine.plan(
            .moveEnvironment(EnvironmentMove(name: "user", connection: "staging")))
        #expect(!user.isBlocked && user.findings.map(\.code) == ["move.import"])
        try await bench.deploy(.destroy(.environment("user")))
        #expect(try !bench.engine.plan(Self.move).isBlocked)
    }

    private func register(_ name: String, topic: String, after output: String, _ bench: Bench) async throws {
        let files = [
            "schema/schema.yaml": """
            schema:
              format: {openapi: "3.0.0"}
              environment_input_type: Topic
              types:
                Topic: {type: object, properties: {size: {type: number, default: 1}}}

            """,
            "infrastructure/manifest.yaml": """
            infrastructure:
              templates:
                - {file: cloudformation.yaml, rendering_engine: jinja, template_language: cloudformation}

            """,
            "infrastructure/cloudformation.yaml": """
            Resources:
              Topic:
                Type: AWS::SNS::Topic
                Properties:
                  DisplayName: \(topic)
            Outputs:
              Name:
                Value: shared

            """ + output,
        ]
        let root = bench.directory + "/bundles/" + name
        for (path, text) in files {
            let url = URL(fileURLWithPath: root + "/" + path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        let version = try await bench.engine.register(Registration(path: root, name: name)).version
        _ = try bench.engine.publish(name, version.number)
    }
}
