import Catalog
import Documents
import Engine
import Testing

@Suite struct ConnectionTests {
    private static let staging = ConnectionChange(account: "111122223333", region: "eu-west-1")

    @Test func `a connection is kept, changed and deleted, with its history`() throws {
        let bench = try Bench()
        try bench.engine.addConnection("staging", Self.staging)
        #expect(try bench.engine.connections().map(\.name) == ["local", "staging"])
        try bench.engine.changeConnection(
            "staging", ConnectionChange(role: "arn:aws:iam::111122223333:role/deploy", tags: ["team": "core"]))
        let connection = try bench.engine.connection("staging").connection
        #expect(connection.revision == 2)
        #expect(connection.settings.tags == ["team": "core"])
        try bench.engine.deleteConnection("staging")
        #expect(try bench.engine.connections().map(\.name) == ["local"])
        let acts = try bench.engine.history(subject: "staging").map(\.act)
        #expect(acts == ["connection.delete", "connection.change", "connection.add"])
    }

    @Test func `all faults of a connection are told at once`() throws {
        let bench = try Bench()
        let wrong = ConnectionChange(
            account: "12", region: "Europe", role: "deploy", tags: ["aws:x": "1"], bucket: "s3://My", timeoutMinutes: -1
        )
        let refusal = #expect(throws: Refusal.self) { try bench.engine.addConnection("bad name", wrong) }
        #expect(
            refusal?.findings.map(\.code) == [
                "name.characters", "connection.account", "connection.region", "connection.role", "connection.bucket",
                "connection.timeout", "connection.tagReserved",
            ])
        #expect(try bench.engine.connections().count == 1)
    }

    @Test func `the built-in connection stays as it is`() throws {
        let bench = try Bench()
        #expect(throws: Refusal.self) { try bench.engine.addConnection("local", Self.staging) }
        #expect(throws: Refusal.self) { try bench.engine.deleteConnection("local") }
    }

    @Test func `what goes to a connection waits for somebody who may go there`() async throws {
        let bench = try Bench()
        try bench.engine.addConnection("staging", Self.staging)
        let order = EnvironmentOrder(name: "net", template: "fargate-cluster", connection: "staging")
        let plan = try bench.engine.plan(.createEnvironment(order))
        #expect(plan.plans.first?.grounds.account == "111122223333")
        #expect(plan.plans.first?.provisioner == "cloudformation")
        let submitted = try bench.engine.submit(plan)
        try await bench.engine.run()
        #expect(try bench.engine.deployment(submitted.deployments[0].id).deployment.phase == .queued)
        // Neither its place nor the connection itself may go away under it.
        let refusal = #expect(throws: Refusal.self) {
            try bench.engine.changeConnection("staging", ConnectionChange(region: "us-east-1"))
        }
        #expect(refusal?.findings.map(\.code) == ["connection.inUse"])
        #expect(throws: Refusal.self) { try bench.engine.deleteConnection("staging") }
    }

    @Test func `a plan is void when its connection has changed, and names who did it`() throws {
        let bench = try Bench()
        try bench.engine.addConnection("staging", Self.staging)
        let order = EnvironmentOrder(name: "net", template: "fargate-cluster", connection: "staging")
        let plan = try bench.engine.plan(.createEnvironment(order))
        try bench.engine.changeConnection(
            "staging", ConnectionChange(role: "arn:aws:iam::111122223333:role/deploy"))
        let refusal = #expect(throws: Refusal.self) { try bench.engine.submit(plan) }
        let finding = refusal?.findings.first
        #expect(finding?.code == "plan.void")
        #expect(
            finding?.causes.map(\.message) == [
                "Connection staging was changed by ana: role none -> arn:aws:iam::111122223333:role/deploy."
            ])
    }

    @Test func `a deployment whose plan is void does not begin`() async throws {
        let bench = try Bench()
        try bench.engine.addConnection("staging", Self.staging)
        let order = EnvironmentOrder(name: "net", template: "fargate-cluster", connection: "staging")
        let submitted = try bench.engine.submit(try bench.engine.plan(.createEnvironment(order)))
        try bench.engine.changeConnection("staging", ConnectionChange(tags: ["team": "core"]))
        let runner = try Engine.open(
            Workspace(path: bench.directory), actor: Actor(name: "ben"), access: Access(claims: nil)
        ) { Instant(milliseconds: 1_795_000_900_000) }
        try await runner.run()
        let deployment = try bench.engine.deployment(submitted.deployments[0].id).deployment
        #expect(deployment.phase == .failed)
        #expect(deployment.failure?.reason.contains("Connection staging was changed by ana") == true)
        #expect(try bench.engine.target(.environment("net")).resources.isEmpty)
    }

    @Test func `new pipelines go where the workspace says`() async throws {
        let bench = try Bench()
        try bench.engine.addConnection("tools", Self.staging)
        try bench.engine.set(.pipelineConnection, to: "tools")
        try await bench.orderNetwork()
        let order = ServiceOrder(name: "shop", template: "fargate-service", spec: Bench.shop, repository: "acme/shop")
        let plan = try bench.engine.plan(.createService(order))
        #expect(plan.plans.map(\.connection) == ["local", "local", "tools"])
        #expect(throws: Refusal.self) { try bench.engine.set(.pipelineConnection, to: "nowhere") }
        #expect(throws: Refusal.self) { try bench.engine.set(.deploymentsAtOnce, to: "many") }
    }

    @Test func `a person's configuration says what their programs carry out, and as whom`() {
        let text = "claim: [local, staging]\nprofiles:\n  staging: acme-staging\n"
        let (access, findings) = Access.read(text, name: "config.yaml")
        #expect(access == Access(claims: ["local", "staging"], profiles: ["staging": "acme-staging"]))
        #expect(findings.isEmpty)
        #expect(Access.read("claim: all", name: "c").access.mayClaim("anything"))
        #expect(Access.read("", name: "c").access == Access())
        let (kept, faults) = Access.read("claim: 3\nprofile: {}\n", name: "c")
        #expect(kept == Access())
        #expect(faults.map(\.code) == ["access.value", "access.unknown"])
        #expect(faults.map { $0.place?.line } == [1, 2])
        #expect(!Access.read("claim: [", name: "c").findings.isEmpty)
    }
}
