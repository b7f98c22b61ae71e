import Catalog
import Documents
import Engine
import Testing

/// Environments that somebody else provisions: values that services read.
@Suite struct CustomerManagedTests {
    private let net = Target.environment("net")
    private let order = EnvironmentOrder(
        name: "net", template: "existing", spec: "proton: EnvironmentSpec\nspec: {vpc_id: vpc-1, subnet_ids: a}\n")

    private func update(_ input: String, _ text: String) -> OrderRequest {
        .updateEnvironment(TargetUpdate(target: net, set: [InputAssignment(input: input, text: text)]))
    }

    private let guards = OrderRequest.createService(
        ServiceOrder(
            name: "guards", template: "guard",
            spec: "proton: ServiceSpec\ninstances:\n- {name: dev, environment: net, spec: {}}\n"))

    @Test func `a bundle of a schema alone is one for customer-managed environments`() async throws {
        let bench = try Bench()
        let path = try bench.bundle("existing", ["schema/schema.yaml": Bench.networkSchema()])
        let report = try await bench.engine.check(path: path)
        #expect(report.isClean)
        #expect(report.findings.map(\.code) == ["bundle.customerManaged"])
        let result = try await bench.engine.register(Registration(path: path))
        #expect(result.version.isCustomerManaged)
        let rows = try bench.engine.catalog(CatalogQuery()).rows
        #expect(rows.filter(\.isCustomerManaged).map(\.template.name) == ["existing"])
        let version = try bench.engine.version("existing", .exact(VersionNumber(1, 0)))
        #expect(version.outputs[.environment]?.map(\.key) == ["vpc_id", "subnet_ids"])
    }

    @Test func `values are text without defaults, and all faults are told at once`() async throws {
        let bench = try Bench()
        let schema = Bench.networkSchema("vpc_id: {type: integer, default: 7}")
        let report = try await bench.engine.check(path: bench.bundle("bad", ["schema/schema.yaml": schema]))
        let errors = report.findings.filter { $0.severity == .error }
        #expect(
            errors.map(\.message) == [
                "A value of a customer-managed environment must be text, but vpc_id is a whole number.",
                "A value of a customer-managed environment must have no default, but vpc_id has one.",
            ])
        #expect(errors.allSatisfy { $0.place?.line == 9 })
        let secret = Bench.networkSchema("vpc_id: {type: string, x-secret: true}")
        let other = try await bench.engine.check(path: bench.bundle("secret", ["schema/schema.yaml": secret]))
        #expect(
            other.findings.filter { $0.severity == .error }.map(\.message) == [
                "A value of a customer-managed environment must be one to be seen, but vpc_id is a secret."
            ])
    }

    @Test func `a service bundle without infrastructure stays a fault`() async throws {
        let bench = try Bench()
        let schema = Bench.networkSchema().replacing("environment_input_type", with: "service_input_type")
        let report = try await bench.engine.check(path: bench.bundle("bad", ["schema/schema.yaml": schema]))
        #expect(report.findings.contains { $0.code == "bundle.missing" && $0.severity == .error })
    }

    @Test func `a template is customer-managed in all versions or in none`() async throws {
        let bench = try Bench()
        try await bench.registerValueTemplates()
        let path = try bench.bundle(
            "other",
            [
                "schema/schema.yaml": Bench.networkSchema(), "infrastructure/manifest.yaml": Bench.manifest,
                "infrastructure/cloudformation.yaml":
                    "Resources:\n  T: {Type: AWS::SNS::Topic, Properties: {TopicName: '{{ environment.inputs.vpc_id }}'}}\n",
            ])
        let refusal = await #expect(throws: Refusal.self) {
            try await bench.engine.register(Registration(path: path, name: "existing"))
        }
        #expect(refusal?.findings.map(\.code) == ["template.provisioning"])
    }

    @Test func `an environment of values has them as outputs and no resources`() async throws {
        let bench = try Bench()
        try await bench.registerValueTemplates()
        let plan = try bench.engine.plan(.createEnvironment(order))
        #expect(plan.exitCode == 2)
        #expect(
            plan.plans[0].outputs == [
                OutputMove(name: "vpc_id", old: nil, new: "vpc-1"),
                OutputMove(name: "subnet_ids", old: nil, new: "a"),
            ])
        #expect(plan.plans[0].files.isEmpty && plan.changes.isEmpty && plan.plans[0].stack.isEmpty)
        let done = try await bench.deploy(.createEnvironment(order))
        #expect(done.map(\.phase) == [.succeeded])
        let detail = try bench.engine.target(net)
        #expect(detail.outputs.map { "\($0.key)=\($0.value)" } == ["vpc_id=vpc-1", "subnet_ids=a"])
        #expect(detail.resources.isEmpty)
        #expect(try bench.engine.plan(.updateEnvironment(TargetUpdate(target: net))).plans[0].isIdle)
        let stored = try #require(bench.engine.deployment(done[0].id).plan)
        #expect(stored.outputs == plan.plans[0].outputs)
    }

    @Test func `a value that the schema refuses blocks the order`() async throws {
        let bench = try Bench()
        try await bench.registerValueTemplates()
        var wrong = order
        wrong.spec = "proton: EnvironmentSpec\nspec: {vpc_id: net-1}\n"
        let plan = try bench.engine.plan(.createEnvironment(wrong))
        #expect(plan.exitCode == 4)
        #expect(plan.findings.compactMap(\.place?.line) == [2])
    }

    @Test func `services read the values, and new ones reach them with their next deployment`() async throws {
        let bench = try Bench()
        try await bench.registerValueTemplates()
        try await bench.deploy(.createEnvironment(order))
        try await bench.deploy(guards)
        let dev = Target.instance(service: "guards", name: "dev")
        #expect(try bench.engine.target(dev).resources.first?.properties["VpcId"] == "vpc-1")
        // Reviewed before the value moves: it is void then, and says why.
        let note = InputAssignment(input: "note", text: "x")
        let reviewed = try bench.engine.plan(.updateInstance(TargetUpdate(target: dev, set: [note])))
        let plan = try bench.engine.plan(update("vpc_id", "vpc-2"))
        #expect(plan.plans[0].outputs.filter(\.isMoving) == [OutputMove(name: "vpc_id", old: "vpc-1", new: "vpc-2")])
        try await bench.deploy(update("vpc_id", "vpc-2"))
        let refusal = #expect(throws: Refusal.self) { try bench.engine.submit(reviewed) }
        #expect(refusal?.findings.first?.code == "plan.void")
        #expect(refusal?.findings.first?.causes.first?.message.contains("outputs of environment net") == true)
        let next = try bench.engine.plan(.updateInstance(TargetUpdate(target: dev)))
        #expect(next.changes.flatMap(\.causes).map(\.new) == ["vpc-2"])
        // In one order the instance would be rendered with the old value.
        let together = try bench.engine.plan(
            .updateMany([
                TargetUpdate(target: net, set: [InputAssignment(input: "vpc_id", text: "vpc-3")]),
                TargetUpdate(target: dev),
            ]))
        #expect(together.findings.map(\.code) == ["order.outputsMove"])
    }

    @Test func `it rolls back to earlier values, and goes only when nothing runs in it`() async throws {
        let bench = try Bench()
        try await bench.registerValueTemplates()
        try await bench.deploy(.createEnvironment(order))
        try await bench.deploy(guards)
        try await bench.deploy(update("vpc_id", "vpc-2"))
        try await bench.deploy(.rollback(Rollback(target: net)))
        #expect(try bench.engine.target(net).outputs.first?.value == "vpc-1")
        let early = try bench.engine.plan(.destroy(.environment("net")))
        #expect(early.findings.map(\.code) == ["environment.inUse"])
        try await bench.deploy(.destroy(.service("guards")))
        let plan = try bench.engine.plan(.destroy(.environment("net")))
        #expect(plan.plans[0].outputs.map(\.new) == [nil, nil])
        #expect(plan.exitCode == 2)
        try await bench.deploy(.destroy(.environment("net")))
        #expect(try bench.engine.fleet(FleetQuery(level: .all)).total == 0)
    }

    @Test func `it goes to an account without anything being made there`() async throws {
        let bench = try Bench(access: Access(claims: nil))
        try await bench.registerValueTemplates()
        try bench.engine.addConnection("staging", ConnectionChange(account: "111122223333", region: "eu-west-1"))
        var there = order
        there.connection = "staging"
        // Nobody could be asked: the machine has no way to that account.
        let done = try await bench.deploy(.createEnvironment(there))
        #expect(done.map(\.phase) == [.succeeded])
        let plan = try bench.engine.plan(guards)
        #expect(plan.plans[0].connection == "staging")
        #expect(plan.plans[0].files[0].text.contains("vpc-1"))
        #expect(try await bench.engine.liveDrift(of: net).changes.isEmpty)
    }
}
