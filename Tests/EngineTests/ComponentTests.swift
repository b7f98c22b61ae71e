import Catalog
import Documents
import Engine
import Foundation
import Testing

/// Components: deployed before the instance that they are attached to, and joined to it at its next deployment.
@Suite struct ComponentTests {
    private static let fn = Target.instance(service: "fn", name: "prod")
    private static let queue = Target.component("queue")

    private static let file = """
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties:
              VisibilityTimeout: {{ service_instance.inputs.timeout_seconds }}
              Tags:
                - Key: Owner
                  Value: "{{ environment.name }}-{{ service.name }}-{{ service_instance.name }}-{{ component.name }}"
        Outputs:
          QueueArn:
            Value: !GetAtt Queue.Arn

        """

    /// One that needs no instance.
    private static let bucket = "Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n    DeletionPolicy: Delete\n"

    static func source(_ text: String, _ name: String = "queue.yaml") async throws -> ComponentSource {
        let directory = NSTemporaryDirectory() + "component-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try Data(text.utf8).write(to: URL(fileURLWithPath: directory + "/" + name))
        var source = try await Engine.componentSource(directory + "/" + name)
        source.name = ""
        return source
    }

    /// A network and a function with two instances in it, which takes components.
    private func bench() async throws -> Bench {
        let bench = try Bench()
        try await bench.deploy(.createEnvironment(EnvironmentOrder(name: "net", template: "vpc-network")))
        let spec = """
            proton: ServiceSpec
            pipeline: {}
            instances:
              - {name: prod, environment: net, spec: {timeout_seconds: 40}}
              - {name: dev, environment: net, spec: {}}

            """
        try await bench.deploy(
            .createService(
                ServiceOrder(name: "fn", template: "lambda-function", spec: spec, repository: "acme/fn")))
        return bench
    }

    private func create(_ text: String = file, on instance: Target? = fn) async throws -> OrderRequest {
        .createComponent(
            ComponentOrder(
                name: "queue", environment: instance == nil ? "net" : nil, attachment: instance,
                source: try await Self.source(text), owner: "ben"))
    }

    private func again(_ target: Target, _ bench: Bench) throws -> OrderRequest {
        TargetUpdate(target: target, version: .exact(try bench.engine.target(target).record.desired.version)).request
    }

    private func codes(_ plan: OrderPlan) -> [Finding.Code] {
        (plan.findings + plan.plans.flatMap(\.findings)).map(\.code)
    }

    @Test func `a component sees its environment and the instance that it is attached to`() async throws {
        let bench = try await bench()
        let plan = try bench.engine.plan(try await create())
        let file = try #require(plan.plans.first?.files.first)
        #expect(file.path == "queue.yaml")
        #expect(file.text.contains("VisibilityTimeout: 40"))
        #expect(file.text.contains("net-fn-prod-queue"))
        #expect(codes(plan) == ["component.join"])
        #expect(try bench.engine.fleet(FleetQuery(level: .components)).total == 0)
    }

    @Test func `its outputs are seen by its instance from the next deployment on, and by no other`() async throws {
        let bench = try await bench()
        try await bench.deploy(try await create())
        let arn = try #require(try bench.engine.target(Self.queue).outputs.first?.value)
        #expect(arn.hasPrefix("arn:aws:sqs:"))
        let before = try bench.engine.target(Self.fn)
        #expect(before.isJoinPending)
        #expect(before.dependents == [Self.queue])
        let plan = try bench.engine.plan(try again(Self.fn, bench))
        #expect(plan.changes.flatMap(\.causes).map(\.new) == [arn])
        try await bench.deploy(try again(Self.fn, bench))
        #expect(try !bench.engine.target(Self.fn).isJoinPending)
        let dev = Target.instance(service: "fn", name: "dev")
        #expect(try bench.engine.plan(try again(dev, bench)).plans.first?.isIdle == true)
    }

    @Test func `attaching is deployed even where it changes no resource, and so is the instance behind it`()
        async throws
    {
        let bench = try await bench()
        try await bench.deploy(try await create(Self.bucket, on: nil))
        let attach = OrderRequest.updateComponent(ComponentUpdate(name: "queue", attachment: .attach(Self.fn)))
        let plan = try bench.engine.plan(attach)
        #expect(plan.changes.isEmpty && plan.plans.first?.isIdle == false)
        try await bench.deploy(attach)
        #expect(try bench.engine.target(Self.queue).row.attachment == Self.fn)
        #expect(try bench.engine.target(Self.fn).isJoinPending)
        try await bench.deploy(try again(Self.fn, bench))
        #expect(try !bench.engine.target(Self.fn).isJoinPending)
        #expect(try bench.engine.plan(.updateComponent(ComponentUpdate(name: "queue"))).plans.first?.isIdle == true)
    }

    @Test func `a detached component is not seen any more, and can be deleted then`() async throws {
        let bench = try await bench()
        try await bench.deploy(try await create())
        try await bench.deploy(try again(Self.fn, bench))
        let delete = OrderRequest.destroy(.component("queue"))
        #expect(codes(try bench.engine.plan(delete)) == ["component.attached"])
        // The file reads the instance: without one it can't be rendered.
        let detach = OrderRequest.updateComponent(ComponentUpdate(name: "queue", attachment: .detach))
        #expect(try bench.engine.plan(detach).isBlocked)
        let other = OrderRequest.updateComponent(
            ComponentUpdate(name: "queue", source: try await Self.source(Self.bucket), attachment: .detach))
        try await bench.deploy(other)
        #expect(try bench.engine.target(Self.queue).row.running == VersionNumber(1, 1))
        #expect(try bench.engine.target(Self.queue).row.attachment == nil)
        #expect(try bench.engine.target(Self.fn).isJoinPending)
        try await bench.deploy(try again(Self.fn, bench))
        try await bench.deploy(delete)
        #expect(try bench.engine.fleet(FleetQuery(level: .components)).total == 0)
    }

    @Test func `deleting what an instance still runs with is warned of, and Home goes on saying so`() async throws {
        let bench = try await bench()
        try await bench.deploy(try await create(Self.bucket))
        try await bench.deploy(try again(Self.fn, bench))
        #expect(try bench.engine.overview().attention.isEmpty)
        try await bench.deploy(.updateComponent(ComponentUpdate(name: "queue", attachment: .detach)))
        let delete = OrderRequest.destroy(.component("queue"))
        let plan = try bench.engine.plan(delete)
        #expect(codes(plan) == ["component.inUse"] && !plan.isBlocked)
        try await bench.deploy(delete)
        #expect(try bench.engine.overview().attention.map(\.title) == ["fn/prod"])
        try await bench.deploy(try again(Self.fn, bench))
        #expect(try bench.engine.overview().attention.isEmpty)
    }

    @Test func `a component says when its instance is given something else`() async throws {
        let bench = try await bench()
        try await bench.deploy(try await create())
        try await bench.deploy(
            .updateInstance(
                TargetUpdate(target: Self.fn, set: [InputAssignment(input: "timeout_seconds", text: "50")])))
        #expect(try bench.engine.target(Self.queue).isJoinPending)
        #expect(try bench.engine.overview().attention.map(\.title) == ["queue"])
        try await bench.deploy(.updateComponent(ComponentUpdate(name: "queue")))
        #expect(try !bench.engine.target(Self.queue).isJoinPending)
    }

    @Test func `a move takes nothing from a component that is on its way out`() async throws {
        let bench = try await bench()
        try bench.engine.addConnection(
            "staging",
            ConnectionChange(
                account: "111122223333", region: "eu-west-1",
                componentRole: "arn:aws:iam::111122223333:role/components"))
        try await bench.deploy(try await create())
        try await bench.deploy(try again(Self.fn, bench))
        try await bench.deploy(
            .updateComponent(
                ComponentUpdate(name: "queue", source: try await Self.source(Self.bucket), attachment: .detach)),
            failAt: "Bucket")
        let plan = try bench.engine.plan(.moveEnvironment(EnvironmentMove(name: "net", connection: "staging")))
        let prod = try #require(plan.plans.first { $0.target == Self.fn })
        #expect(prod.files.first?.text.contains("QueueArn") == false)
        #expect(!plan.isBlocked, "\(codes(plan))")
    }

    @Test func `the line of a component's files is no template to be published or withdrawn`() async throws {
        let bench = try await bench()
        try await bench.deploy(try await create())
        #expect(throws: Refusal.self) {
            try bench.engine.withdraw("component/queue", VersionNumber(1, 0), why: "old")
        }
        #expect(throws: Refusal.self) { try bench.engine.template("component/queue") }
    }

    @Test func `what is no component's file is told as that`() async throws {
        func sentence(_ name: String, _ text: String) async -> String {
            do { _ = try await Self.source(text, name) } catch { return (error as? Refusal)?.sentence ?? "" }
            return ""
        }
        #expect(await sentence("big.yaml", String(repeating: "# long\n", count: 900_000)).contains("at most 5 MiB"))
        let directory = NSTemporaryDirectory() + "component-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let refusal = await #expect(throws: Refusal.self) { _ = try await Engine.componentSource(directory) }
        #expect(refusal?.findings.map(\.code) == ["component.manifest"])
        let bench = try await bench()
        let long = Self.bucket + String(repeating: "# long line\n", count: 5000)
        #expect(codes(try bench.engine.plan(try await create(long))).contains("bundle.limit"))
    }

    @Test func `a component goes back to an earlier file and attachment`() async throws {
        let bench = try await bench()
        try await bench.deploy(try await create())
        try await bench.deploy(
            .updateComponent(
                ComponentUpdate(name: "queue", source: try await Self.source(Self.bucket), attachment: .detach)))
        try await bench.deploy(.rollback(Rollback(target: Self.queue, accepting: ["Bucket"])))
        let detail = try bench.engine.target(Self.queue)
        #expect(detail.row.running == VersionNumber(1, 0))
        #expect(detail.row.attachment == Self.fn)
        #expect(detail.componentFile?.text == Self.file)
    }

    @Test func `one that failed is tried again`() async throws {
        let bench = try await bench()
        let failed = try await bench.deploy(try await create(), failAt: "Queue")
        #expect(failed.map(\.phase) == [.failed])
        #expect(try bench.engine.target(Self.fn).isJoinPending == false)
        let done = try await bench.deploy(.retry(failed[0].id))
        #expect(done.map(\.phase) == [.succeeded])
        #expect(try bench.engine.target(Self.fn).isJoinPending)
    }

    @Test func `a file that was given before keeps its number`() async throws {
        let bench = try await bench()
        try await bench.deploy(try await create(Self.bucket, on: nil))
        for text in [Self.bucket + "    Metadata: {a: b}\n", Self.bucket] {
            try await bench.deploy(
                .updateComponent(ComponentUpdate(name: "queue", source: try await Self.source(text))))
        }
        #expect(try bench.engine.target(Self.queue).row.running == VersionNumber(1, 0))
    }

    @Test func `what is not allowed is told with the way out`() async throws {
        let bench = try await bench()
        try await bench.deploy(try await create())
        func code(_ request: OrderRequest) throws -> [Finding.Code] { codes(try bench.engine.plan(request)) }
        let dev = Target.instance(service: "fn", name: "dev")
        #expect(
            try code(.updateComponent(ComponentUpdate(name: "queue", attachment: .attach(dev)))) == [
                "component.attached"
            ], "a component does not move directly")
        let second = ComponentOrder(name: "other", attachment: Self.fn, source: try await Self.source(Self.bucket))
        #expect(try code(.createComponent(second)).contains("component.place"))
        #expect(try code(try await create()).contains("name.taken"))
        #expect(try code(.destroy(.instance(service: "fn", name: "prod"))) == ["instance.component"])
        #expect(try code(.destroy(.service("fn"))) == ["instance.component"])
        #expect(try code(.destroy(.environment("net"))) == ["environment.inUse"])
        let without = "proton: ServiceSpec\npipeline: {}\ninstances:\n  - {name: dev, environment: net, spec: {}}\n"
        #expect(
            try code(.updateService(ServiceUpdate(name: "fn", spec: without, remove: ["prod"]))).contains(
                "instance.component"))
        _ = try bench.engine.allowComponents(false, to: "lambda-function", VersionNumber(1, 0))
        let third = ComponentOrder(name: "third", attachment: dev, source: try await Self.source(Self.bucket))
        #expect(try code(.createComponent(third)).contains("component.unsupported"))
        // What is attached stays, and can be deployed again.
        try await bench.deploy(
            .updateComponent(ComponentUpdate(name: "queue", source: try await Self.source(Self.file + "# more\n"))))
    }

    @Test func `faults of a file stand where its author reads them`() async throws {
        let bench = try await bench()
        let wrong = Self.file.replacing("timeout_seconds", with: "timeout_second")
        let plan = try bench.engine.plan(try await create(wrong))
        let fault = try #require((plan.findings + plan.plans.flatMap(\.findings)).first { $0.severity == .error })
        #expect(fault.place?.file.hasSuffix("queue.yaml") == true && fault.place?.line == 5)
        #expect(fault.hint?.contains("timeout_seconds") == true)
        #expect(plan.isBlocked)
        let schema = ComponentSource(
            name: "x", files: [ComponentSource.File(path: "schema/schema.yaml", bytes: Array("schema: {}\n".utf8))])
        let bundle = ComponentOrder(name: "queue", attachment: Self.fn, source: schema)
        #expect(codes(try bench.engine.plan(.createComponent(bundle))) == ["component.schema"])
        await #expect(throws: Refusal.self) { _ = try await Engine.componentSource("/nowhere/queue.yaml") }
    }

    @Test func `what the instance is given counts when the component runs, not only when it was planned`() async throws
    {
        let bench = try await bench()
        let plan = try bench.engine.plan(try await create())
        try await bench.deploy(
            .updateInstance(
                TargetUpdate(target: Self.fn, set: [InputAssignment(input: "timeout_seconds", text: "50")])))
        #expect(throws: Refusal.self) { try bench.engine.submit(plan) }
        try await bench.deploy(try await create())
        #expect(try bench.engine.target(Self.queue).resources.first?.properties["VisibilityTimeout"]?.number?.int == 50)
    }

    @Test func `in an account a component has a role of its own, or is not deployed`() async throws {
        let bench = try await bench()
        try bench.engine.addConnection(
            "staging",
            ConnectionChange(
                account: "111122223333", region: "eu-west-1", role: "arn:aws:iam::111122223333:role/env"))
        let move = OrderRequest.moveEnvironment(EnvironmentMove(name: "net", connection: "staging"))
        try await bench.deploy(try await create())
        #expect(codes(try bench.engine.plan(move)).contains("component.role"))
        let role = "arn:aws:iam::111122223333:role/components"
        try bench.engine.changeConnection("staging", ConnectionChange(componentRole: role))
        let plan = try bench.engine.plan(move)
        #expect(!plan.isBlocked, "\(codes(plan))")
        #expect(plan.plans.map(\.target.title) == ["net", "queue", "fn/dev", "fn/prod"])
        #expect(plan.plans[1].grounds.role == role)
        #expect(plan.plans[3].grounds.role == "arn:aws:iam::111122223333:role/env")
        // Its outputs are told by the provider: the instance waits for them.
        #expect(plan.plans[3].unknowns.contains("component-queue output QueueArn"))
        #expect(plan.plans[2].unknowns.allSatisfy { !$0.contains("queue") })
    }

    @Test func `secrets of its instance are references in its file, and nothing that is not looked up`() async throws {
        let bench = try await bench()
        let schema = """
            schema:
              format: {openapi: "3.0.0"}
              service_input_type: Web
              types:
                Web: {type: object, properties: {password: {type: string, x-secret: true}}}

            """
        let template =
            "Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Properties:\n      DisplayName: \"{{ service_instance.inputs.password }}\"\n"
        let path = try bench.bundle(
            "web",
            [
                "schema/schema.yaml": schema, "instance_infrastructure/manifest.yaml": Bench.manifest,
                "instance_infrastructure/cloudformation.yaml": template,
            ])
        _ = try await bench.engine.register(
            Registration(
                path: path, compatibleWith: [CompatibleEnvironment(template: "vpc-network", major: 1)],
                takesComponents: true))
        _ = try bench.engine.publish("web", .init(1, 0))
        try bench.engine.setSecret("db", source: "secretsmanager:db:it")
        let spec = "proton: ServiceSpec\ninstances:\n  - {name: a, environment: net, spec: {password: {$secret: db}}}\n"
        try await bench.deploy(.createService(ServiceOrder(name: "web", template: "web", spec: spec)))
        let file = """
            Resources:
              Queue:
                Type: AWS::SQS::Queue
                Properties:
                  QueueName: "{{ service_instance.inputs.password }}"

            """
        let order = OrderRequest.createComponent(
            ComponentOrder(
                name: "queue", attachment: .instance(service: "web", name: "a"), source: try await Self.source(file)))
        let plan = try bench.engine.plan(order)
        #expect(plan.plans.first?.files.first?.text.contains("{{resolve:secretsmanager:db:SecretString:it}}") == true)
        #expect(plan.plans.first?.grounds.secrets == ["db": "secretsmanager:db:it"])
        let filtered = file.replacing("inputs.password", with: "inputs.password | length")
        let other = OrderRequest.createComponent(
            ComponentOrder(
                name: "queue", attachment: .instance(service: "web", name: "a"),
                source: try await Self.source(filtered)))
        #expect(codes(try bench.engine.plan(other)).contains("bundle.secret"))
        try bench.engine.setSecret("db", source: "env:DB")
        #expect(codes(try bench.engine.plan(order)).contains("secret.place"))
    }

    @Test func `a Terraform component is planned with the files that Proton made of it`() async throws {
        let bench = try await bench()
        let text = "resource \"aws_sqs_queue\" \"it\" {\n  name = var.component.name\n}\n"
        let order = ComponentOrder(
            name: "queue", attachment: Self.fn, source: try await Self.source(text, "main.tf"))
        let plan = try bench.engine.plan(.createComponent(order))
        let paths = Set(plan.plans.flatMap(\.files).map { $0.path.split(separator: "/").last.map(String.init) ?? "" })
        #expect(paths.isSuperset(of: ["main.tf", "proton.component.variables.tf", "proton.auto.tfvars.json"]))
        #expect(codes(plan).contains("provision.later"))
    }
}
