import Catalog
import Documents
import Engine
import Foundation
import Testing

/// Secrets by reference: defined on a connection, named in specs, and nowhere else.
@Suite struct SecretTests {
    private static let schema = """
        schema:
          format: {openapi: "3.0.0"}
          environment_input_type: Db
          types:
            Db:
              type: object
              properties:
                size: {type: string, default: "20"}
                password: {type: string, x-secret: true}
                token: {type: string, x-secret: true}

        """

    private static let template = """
        Resources:
          Db:
            Type: AWS::RDS::DBInstance
            Properties:
              DBInstanceClass: db.t3.micro
              Engine: postgres
              AllocatedStorage: "{{ environment.inputs.size }}"
              MasterUsername: app
              MasterUserPassword: "{% if environment.inputs.password is defined %}{{ environment.inputs.password }}{% else %}to-be-changed{% endif %}"

        """

    private func bench(_ access: Access = Access()) async throws -> Bench {
        let bench = try Bench(access: access)
        let path = try bench.bundle(
            "db",
            [
                "schema/schema.yaml": Self.schema, "infrastructure/manifest.yaml": Bench.manifest,
                "infrastructure/cloudformation.yaml": Self.template,
            ])
        _ = try await bench.engine.register(Registration(path: path))
        _ = try bench.engine.publish("db", .init(1, 0))
        return bench
    }

    private func order(_ inputs: String, name: String = "net", connection: String = "local") -> OrderRequest {
        .createEnvironment(
            EnvironmentOrder(
                name: name, template: "db", spec: "proton: EnvironmentSpec\nspec: {\(inputs)}\n",
                connection: connection))
    }

    private func faults(_ plan: OrderPlan) -> [Finding] {
        (plan.findings + plan.plans.flatMap(\.findings)).filter { $0.severity == .error }
    }

    @Test func `a name that is not defined there is a finding, with the near one`() async throws {
        let bench = try await bench()
        let none = faults(try bench.engine.plan(order("password: {$secret: db}")))
        #expect(none.map(\.code) == ["secret.unknown"])
        #expect(none.first?.hint?.contains("It defines none.") == true)
        #expect(none.first?.place?.line == 2 && none.first?.pointer?.description == "/spec/password")
        try bench.engine.addConnection("prod", ConnectionChange(account: "111122223333", region: "eu-west-1"))
        try bench.engine.setSecret("db", source: "ssm:/db", on: "prod")
        try bench.engine.setSecret("dbs", source: "ssm:/db")
        #expect(try bench.engine.secretNames(on: "prod") == ["db"])
        let near = faults(try bench.engine.plan(order("password: {$secret: db}")))
        #expect(near.first?.hint?.hasPrefix("Did you mean dbs?") == true)
        #expect(faults(try bench.engine.plan(order("password: {$secret: db}", connection: "prod"))).isEmpty)
    }

    @Test func `CloudFormation gets the dynamic reference, and inputs keep the name`() async throws {
        let bench = try await bench()
        try bench.engine.setSecret("db", source: "secretsmanager:shop:password")
        let plan = try bench.engine.plan(order("password: {$secret: db}"))
        #expect(!plan.isBlocked)
        let first = try #require(plan.plans.first)
        #expect(first.files[0].text.contains("\"{{resolve:secretsmanager:shop:SecretString:password}}\""))
        #expect(first.inputs["password"] == ["$secret": "db"])
        #expect(first.grounds.secrets == ["db": "secretsmanager:shop:password"])
        // The same plan of another definition is another plan.
        try bench.engine.setSecret("db", source: "secretsmanager:shop:other")
        #expect(try bench.engine.plan(order("password: {$secret: db}")).plans.first?.digest != first.digest)
    }

    @Test func `a template can't show what CloudFormation does not look up, by the input's name`() async throws {
        let bench = try await bench()
        for (name, source) in [("e", "env:X"), ("f", "file:/x"), ("x", "exec:x")] {
            try bench.engine.setSecret(name, source: source)
            let plan = try bench.engine.plan(order("password: {$secret: \(name)}"))
            let found = try #require(faults(plan).first)
            #expect(found.code == "secret.place" && plan.isBlocked)
            #expect(found.message.hasPrefix("environment.inputs.password must name a secret of ssm:"))
            #expect(found.place?.line == 9)
            // Where nothing shows it, a command may still use it.
            #expect(faults(try bench.engine.plan(order("token: {$secret: \(name)}"))).isEmpty)
        }
        try bench.engine.setSecret("p", source: "ssm:/p")
        #expect(faults(try bench.engine.plan(order("password: {$secret: p}"))).isEmpty)
    }

    @Test func `files of values keep the reference`() async throws {
        let bench = try Bench()
        let path = try bench.bundle(
            "tf",
            [
                "schema/schema.yaml": Self.schema,
                "infrastructure/manifest.yaml":
                    "infrastructure:\n  templates:\n    - {file: '*', rendering_engine: hcl, template_language: terraform}\n",
                "infrastructure/main.tf": "output \"a\" { value = var.environment.inputs.token }\n",
            ])
        _ = try await bench.engine.register(Registration(path: path))
        _ = try bench.engine.publish("tf", .init(1, 0))
        try bench.engine.setSecret("t", source: "env:T")
        let spec = "proton: EnvironmentSpec\nspec: {token: {$secret: t}}\n"
        let plan = try bench.engine.plan(.createEnvironment(EnvironmentOrder(name: "n", template: "tf", spec: spec)))
        let file = try #require(plan.plans.first?.files.first { $0.path.hasSuffix("proton.auto.tfvars.json") })
        #expect(file.text.contains("\"$secret\" : \"t\""))
        #expect(plan.plans.first?.grounds.secrets == ["t": "env:T"])
    }

    @Test func `a plan is void when a definition that it names has changed, and names who did it`() async throws {
        let bench = try await bench()
        try bench.engine.setSecret("db", source: "ssm:/a")
        try bench.engine.setSecret("other", source: "ssm:/o")
        let plan = try bench.engine.plan(order("password: {$secret: db}"))
        try bench.engine.setSecret("other", source: "ssm:/p")
        #expect(try bench.engine.setSecret("db", source: "ssm:/b", why: "it moved").isChanged)
        let refusal = #expect(throws: Refusal.self) { try bench.engine.submit(plan) }
        #expect(
            refusal?.findings.first?.causes.map(\.message) == [
                "The secret \"db\" of connection local was changed by ana: ssm:/a -> ssm:/b."
            ])
        let entry = try bench.engine.history(subject: "local").first
        #expect(entry?.act == "connection.secret.set" && entry?.why == "it moved")
        #expect(entry?.detail == "db ssm:/a -> ssm:/b")
        try bench.engine.deleteSecret("db")
        #expect(throws: Refusal.self) { try bench.engine.submit(plan) }
    }

    @Test func `a definition that is named is not deleted, and its users are told`() async throws {
        let bench = try await bench()
        try bench.engine.setSecret("db", source: "ssm:/a")
        try bench.engine.setSecret("spare", source: "ssm:/b")
        try await bench.deploy(order("password: {$secret: db}"))
        _ = try bench.engine.submit(try bench.engine.plan(order("token: {$secret: db}", name: "later")))
        let refusal = #expect(throws: Refusal.self) { try bench.engine.deleteSecret("db") }
        #expect(refusal?.findings.first?.code == "secret.inUse")
        #expect(refusal?.findings.first?.message.contains("in use by later, net") == true)
        try bench.engine.deleteSecret("spare")
        #expect(throws: Refusal.self) { try bench.engine.deleteSecret("spare") }
        #expect(try bench.engine.secretNames(on: "local") == ["db"])
    }

    @Test func `a secret that is not there fails a rehearsal with a sentence`() async throws {
        let bench = try await bench()
        try bench.engine.setSecret("t", source: "file:/nowhere/value")
        let ended = try await bench.deploy(order("token: {$secret: t}"))
        #expect(ended.map(\.phase) == [.failed])
        #expect(
            ended.first?.failure?.reason.contains("The secret \"t\" of connection local (file:/nowhere/value)") == true)
        #expect(try bench.engine.target(.environment("net")).resources.isEmpty)
    }

    @Test func `an assignment names a secret, and a text there is not repeated`() async throws {
        let bench = try await bench()
        try bench.engine.setSecret("db", source: "ssm:/a")
        try await bench.deploy(order("password: {$secret: db}"))
        func planned(_ text: String) throws -> OrderPlan {
            let set = [InputAssignment(input: "token", text: text)]
            return try bench.engine.plan(.updateEnvironment(TargetUpdate(target: .environment("net"), set: set)))
        }
        for text in ["secret:db", "{\"$secret\": \"db\"}"] {
            let plan = try planned(text)
            #expect(!plan.isBlocked)
            #expect(plan.plans.first?.inputs["token"] == ["$secret": "db"])
        }
        let plan = try planned("hunter2")
        #expect(plan.isBlocked)
        #expect(plan.findings.map(\.code).contains("schema.x-secret"))
        #expect(!plan.findings.map(\.text).joined().contains("hunter2"))
    }

    @Test func `all faults of a definition are told, and nothing of it is repeated`() async throws {
        let bench = try Bench()
        let refusal = #expect(throws: Refusal.self) {
            try bench.engine.setSecret("two words", source: "hunter2", on: "nowhere")
        }
        #expect(refusal?.findings.map(\.code) == ["secret.name", "secret.source", "connection.unknown"])
        #expect(refusal?.findings.map(\.text).joined().contains("hunter2") == false)
    }

    @Test func `a rendering without a workspace shows references alone`() async throws {
        let bench = try await bench()
        let path = bench.directory + "/bundles/db"
        let spec = "proton: EnvironmentSpec\nspec: {password: {$secret: db}}\n"
        let (files, remarks) = try await Engine.render(path: path, spec: spec, specName: "spec.yaml")
        #expect(files[0].text.contains("\"{{resolve:secretsmanager:db:SecretString}}\""))
        #expect(remarks.map(\.code) == ["render.secret"])
        let (given, _) = try await Engine.render(
            path: path, spec: spec, specName: "spec.yaml", given: "secrets: {db: 'ssm:/shop/db'}")
        #expect(given[0].text.contains("\"{{resolve:ssm-secure:/shop/db}}\""))
        for bad in ["hunter2", "env:X"] {
            let refusal = await #expect(throws: Refusal.self) {
                _ = try await Engine.render(path: path, spec: spec, specName: "s", given: "secrets: {db: '\(bad)'}")
            }
            #expect(refusal?.findings.map(\.code) == [bad == "env:X" ? "secret.place" : "secret.source"])
        }
    }

    @Test func `a hook gets the value that an input names, and says nothing of it`() async throws {
        let bench = try await bench()
        let value = bench.directory + "/value"
        try "canary-1\n".write(toFile: value, atomically: true, encoding: .utf8)
        try bench.engine.setSecret("t", source: "file:\(value)")
        let script = "echo \"$TOKEN$NONE\" | rev > '\(bench.directory)/heard'; echo \"said $TOKEN\" >&2; exit 3"
        try bench.engine.addHook(
            Hook(
                name: "ear", command: ["/bin/sh", "-c", script], moments: [.succeeded], timeoutSeconds: 600,
                secrets: ["TOKEN": "token", "NONE": "password"]))
        let ended = try await bench.deploy(order("token: {$secret: t}"))
        #expect(ended.map(\.phase) == [.succeeded])
        await Engine.settleHooks()
        #expect(try String(contentsOfFile: bench.directory + "/heard", encoding: .utf8) == "1-yranac\n")
        let log = try String(contentsOfFile: bench.directory + "/hooks.log", encoding: .utf8)
        #expect(log.contains("ended with code 3: said (secret)") && !log.contains("canary"))
        #expect(try bench.engine.hooks().first?.secrets == ["TOKEN": "token", "NONE": "password"])
        let refusal = #expect(throws: Refusal.self) {
            try bench.engine.addHook(
                Hook(name: "deaf", command: ["x"], moments: [.published], secrets: ["A B": "token"]))
        }
        #expect(refusal?.findings.map(\.code) == ["hook.secret", "hook.secretUnused"])
    }
}
