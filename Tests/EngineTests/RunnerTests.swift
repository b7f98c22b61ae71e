import Catalog
import Documents
import Engine
import Testing

/// Who carries out what is ordered, and who counts on whom.
@Suite struct RunnerTests {
    private func order(_ name: String) -> OrderRequest {
        .createEnvironment(EnvironmentOrder(name: name, template: "vpc-network"))
    }

    @Test func `nobody counts on a runner that takes a single order`() async throws {
        let bench = try Bench()
        let engine = bench.engine
        let order = try engine.submit(try engine.plan(order("net"))).order
        for (only, isAlive) in [(order.id, false), (nil, true)] as [(Order.ID?, Bool)] {
            let changes = try engine.changes()
            let runner = Task { try await engine.run(RunnerOptions(only: only, paceMilliseconds: 20)) }
            let count = try engine.target(.environment("net")).resources.count
            for await _ in changes where try engine.target(.environment("net")).resources.count > count { break }
            #expect(engine.hasLiveRunner(for: ["local"]) == isAlive)
            runner.cancel()
            try await runner.value
            #expect(!engine.hasLiveRunner(for: ["local"]))
        }
    }

    @Test func `what is ordered while a runner takes its leave is carried out`() async throws {
        let bench = try Bench()
        let engine = bench.engine
        for number in 1...12 {
            let plan = try engine.plan(order("net\(number)"))
            let runner = Task { try await engine.run() }
            for _ in 0..<number * 8 { await Task.yield() }
            let id = try engine.submit(plan).deployments[0].id
            // As a command that leaves it to who is there.
            let isLeft = engine.hasLiveRunner(for: ["local"])
            try await runner.value
            if !isLeft { try await engine.run() }
            #expect(try engine.deployment(id).deployment.phase == .succeeded)
        }
    }

    @Test func `a runner waits for what another one has in its way`() async throws {
        let bench = try Bench()
        let engine = bench.engine
        try engine.set(.deploymentsAtOnce, to: "1")
        let ids = try ["a", "b"].map { try engine.submit(try engine.plan(order($0))).deployments[0].id }
        let other = Task { try await engine.run(RunnerOptions(only: nil, paceMilliseconds: 20)) }
        let changes = try engine.changes()
        for await _ in changes where try engine.deployment(ids[0]).deployment.phase == .inProgress { break }
        // One order alone, and all: neither may leave the second one behind.
        let second = try engine.deployment(ids[1]).deployment.order
        try await engine.run(RunnerOptions(only: second))
        #expect(try engine.deployment(ids[1]).deployment.phase == .succeeded)
        try await other.value
    }
}
