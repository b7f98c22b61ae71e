import Catalog
import Documents
import Engine
import Testing

/// What one stack takes from another, as its plan shows it.
@Suite struct ImportTests {
    private func register(_ name: String, _ template: String, _ bench: Bench) async throws {
        let path = try bench.bundle(
            name,
            [
                "schema/schema.yaml": """
                schema:
                  format: {openapi: "3.0.0"}
                  environment_input_type: In
                  types:
                    In: {type: object, properties: {name: {type: string, default: one}}}

                """,
                "infrastructure/manifest.yaml": Bench.manifest, "infrastructure/cloudformation.yaml": template,
            ])
        _ = try await bench.engine.register(Registration(path: path))
        _ = try bench.engine.publish(name, VersionNumber(1, 0))
    }

    private func bench() async throws -> Bench {
        let bench = try Bench()
        try await register(
            "giver",
            """
            Resources:
              Topic:
                Type: AWS::SNS::Topic
                Properties: {TopicName: "{{ environment.name }}"}
            Outputs:
              Name:
                Value: "{{ environment.inputs.name }}-topic"
                Export: {Name: "shared-{{ environment.inputs.name }}"}

            """, bench)
        try await register(
            "taker",
            """
            Resources:
              Queue:
                Type: AWS::SQS::Queue
                Properties:
                  QueueName: {"Fn::ImportValue": "shared-{{ environment.inputs.name }}"}
                  Tags: [{Key: name, Value: {"Fn::ImportValue": "shared-{{ environment.inputs.name }}"}}]

            """, bench)
        return bench
    }

    private func create(_ name: String, _ template: String, _ input: String = "one") -> OrderRequest {
        .createEnvironment(
            EnvironmentOrder(
                name: name, template: template, spec: "proton: EnvironmentSpec\nspec: {name: \(input)}\n"))
    }

    @Test func `a plan shows what an import gives, and names the input that moves it`() async throws {
        let bench = try await bench()
        try await bench.deploy(create("giver", "giver"))
        try await bench.deploy(create("second", "giver", "two"))
        try await bench.deploy(create("taker", "taker"))
        let target = Target.environment("taker")
        #expect(try bench.engine.plan(.updateEnvironment(TargetUpdate(target: target))).plans[0].isIdle)
        let set = InputAssignment(input: "name", text: "two")
        let plan = try bench.engine.plan(.updateEnvironment(TargetUpdate(target: target, set: [set])))
        let causes = try #require(plan.changes.first).causes
        #expect(causes.map(\.old) == ["one-topic", "one-topic"])
        #expect(causes.map(\.new) == ["two-topic", "two-topic"])
        #expect(causes.map(\.input) == ["name", "name"])
        #expect(!plan.isBlocked)
    }

    @Test func `what nothing exports is told before anything is deployed`() async throws {
        let bench = try await bench()
        try await bench.deploy(create("giver", "giver"))
        let plan = try bench.engine.plan(create("taker", "taker", "onne"))
        #expect(plan.isBlocked)
        let findings = plan.plans[0].findings.filter { $0.code == "import.missing" }
        #expect(findings.map(\.message) == ["Nothing exports shared-onne."])
        #expect(findings[0].hint?.contains("shared-one") == true)
    }

    @Test func `of an account it is not known what else is exported there`() async throws {
        let bench = try await bench()
        try bench.engine.addConnection("staging", ConnectionChange(account: "111122223333", region: "eu-west-1"))
        guard case .createEnvironment(var order) = create("taker", "taker") else { return }
        order.connection = "staging"
        #expect(try !bench.engine.plan(.createEnvironment(order)).isBlocked)
    }

    @Test func `a later step may import what an earlier one is to export`() async throws {
        let bench = try await bench()
        try await bench.deploy(create("giver", "giver"))
        try await bench.deploy(create("taker", "taker"))
        func update(_ name: String) -> TargetUpdate {
            TargetUpdate(target: .environment(name), set: [InputAssignment(input: "name", text: "three")])
        }
        let alone = try bench.engine.plan(.updateEnvironment(update("taker")))
        #expect(alone.isBlocked)
        try await bench.deploy(create("other", "giver", "four"))
        let together = OrderRequest.updateMany([update("other"), update("taker")])
        let plan = try bench.engine.plan(together)
        #expect(!plan.isBlocked, "\(plan.plans.flatMap(\.findings).map(\.message))")
        #expect(try await bench.deploy(together).map(\.phase) == [.succeeded, .succeeded])
        #expect(try bench.engine.target(.environment("taker")).resources[0].physicalID.contains("three-topic"))
    }
}
