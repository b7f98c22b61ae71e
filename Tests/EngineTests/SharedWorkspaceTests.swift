import Catalog
import Dispatch
import Documents
import Engine
import Foundation
import Testing

/// Several programs, dead ones too, over one workspace.
@Suite struct SharedWorkspaceTests {
    @Test func `a new workspace is filled once, however many open it first`() throws {
        let directory = NSTemporaryDirectory() + "baryon-first-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        DispatchQueue.concurrentPerform(iterations: 4) { number in
            do {
                let engine = try Engine.open(Workspace(path: directory), actor: Actor(name: "a\(number)")) {
                    Instant(milliseconds: 0)
                }
                #expect(try engine.catalog(CatalogQuery()).total == 6)
                #expect(try engine.version("fargate-service", .standard).version.number == VersionNumber(1, 0))
            } catch {
                Issue.record(error)
            }
        }
        let engine = try Engine.open(Workspace(path: directory), actor: Actor(name: "b")) { Instant(milliseconds: 0) }
        #expect(try engine.template("fargate-service").versions.map(\.status) == [.draft, .draft, .published])
        #expect(try engine.history(subject: "vpc-network").map(\.act) == ["template.publish", "template.register"])
    }

    @Test func `a deployment whose runner has gone says so everywhere, and names who goes on`() async throws {
        let bench = try Bench()
        let engine = bench.engine
        let request = OrderRequest.createEnvironment(EnvironmentOrder(name: "net", template: "fargate-cluster"))
        let order = try engine.submit(try engine.plan(request))
        let id = order.deployments[0].id
        let changes = try engine.changes()
        let runner = Task { try await engine.run(RunnerOptions(paceMilliseconds: 50)) }
        for await _ in changes where try engine.target(.environment("net")).resources.count >= 2 { break }
        #expect(try !engine.deployment(id).deployment.isAbandoned)
        runner.cancel()
        try await runner.value
        #expect(try engine.deployment(id).deployment.isAbandoned)
        #expect(try engine.deployments().map(\.isAbandoned) == [true])
        #expect(try engine.fleet(FleetQuery(level: .environments)).rows.map(\.isAbandoned) == [true])
        #expect(try engine.overview().running.map(\.isAbandoned) == [true])
        let change = try engine.plan(.destroy(.environment("net")))
        let refusal = #expect(throws: Refusal.self) { try engine.submit(change) }
        #expect(refusal?.findings.first?.hint?.contains("baryon runner --until-idle") == true)
        try await engine.run()
        #expect(try engine.deployments().map(\.isAbandoned) == [false])
    }

    @Test func `a bundle that is missing is named by its version, and nothing is copied without it`() async throws {
        let bench = try Bench()
        let digest = try bench.engine.version("vpc-network", .standard).version.digest
        let blobs = "\(bench.directory)/blobs/"
        let path = blobs + "\(digest.prefix(2))/\(digest.dropFirst(2).prefix(2))/\(digest.dropFirst(4))"
        try FileManager.default.removeItem(atPath: path)
        let again = try Engine.open(Workspace(path: bench.directory), actor: Actor(name: "ben")) {
            Instant(milliseconds: 0)
        }
        let refusal = #expect(throws: Refusal.self) { try again.version("vpc-network", .standard) }
        #expect(refusal?.sentence == "The workspace lacks the bundle of vpc-network 1.0.")
        let copy = bench.directory + "/copy"
        let export = #expect(throws: Refusal.self) { try again.export(to: copy) }
        #expect(export?.sentence == "The workspace lacks the bundle of vpc-network 1.0.")
        #expect(throws: Refusal.self) { try again.backup(to: copy) }
        #expect(!FileManager.default.fileExists(atPath: copy))
    }

    @Test func `what is uncertain after a restore is listed without being asked for by name`() async throws {
        let bench = try Bench()
        try await bench.orderNetwork()
        let file = bench.directory + "/backup"
        try bench.engine.backup(to: file)
        let place = Workspace(path: bench.directory + "/restored")
        try Engine.restore(from: file, to: place, actor: Actor(name: "ana"), at: Instant(milliseconds: 1))
        let restored = try Engine.open(place, actor: Actor(name: "ana")) { Instant(milliseconds: 2) }
        let net = Target.environment("net")
        #expect(try restored.fleet(FleetQuery(level: .all, filter: .uncertain)).rows.map(\.target) == [net])
        #expect(try restored.overview().attention.map(\.kind) == [.uncertain])
        // Deploying the same again settles it, though it changes nothing.
        let plan = try restored.plan(.updateEnvironment(TargetUpdate(target: net)))
        #expect(plan.changes.isEmpty && !plan.plans[0].isIdle)
    }
}
