import Catalog
import Engine
import Screens
import Terminal
import Testing

@Suite struct TargetHistoryTests {
    private let database = OrderRequest.createEnvironment(
        EnvironmentOrder(
            name: "net", template: "fargate-cluster-with-database",
            spec: "proton: EnvironmentSpec\nspec:\n  database_version: \"16\"\n"))

    private func set(_ name: String, _ text: String) -> OrderRequest {
        .updateEnvironment(
            TargetUpdate(target: .environment("net"), set: [InputAssignment(input: name, text: text)]))
    }

    /// Created with 16, then 17, then the same again, which a filter leaves out.
    private func bench() async throws -> ScreenBench {
        let bench = try ScreenBench()
        try await bench.order(database, why: "first")
        try await bench.order(set("database_version", "17"), why: "newer database")
        try await bench.order(set("log_retention_days", "90"), why: "longer logs")
        return bench
    }

    @Test(arguments: ScreenBench.sizes)
    func `each deployment says who, why and what it changed`(size: Size) async throws {
        let bench = try await bench()
        let rows = bench.rows(TargetPage(.environment("net")), ["S-Tab"], size: size)
        #expect(rows.hasRow("3", "ok") && rows.hasRow("1", "ok", "create 1.0"))
        guard size.height > 10 else { return }
        #expect(rows.hasRow("database_version 16 → 17"))
        #expect(rows.hasRow("changed", "log_retention_days", "30 → 90"))
        #expect(rows.hasRow("why", "longer logs"))
    }

    @Test func `a filter shows only what changed the version or an input`() async throws {
        let bench = try await bench()
        try await bench.order(set("log_retention_days", "30"), failAt: nil)
        let page = TargetPage(.environment("net"))
        #expect(bench.rows(page, ["S-Tab"]).hasRow("History 4"))
        #expect(bench.rows(page, ["S-Tab", "f"]).hasRow("History 4 changes"))
        #expect(bench.rows(page, ["S-Tab", "f", "f"]).hasRow("History 4"))
        #expect(bench.rows(page, ["S-Tab", "j", "Enter"])[0].contains("Deployment #3"))
    }

    @Test func `B leads back, and a loss on the way has to be accepted by its name`() async throws {
        let bench = try await bench()
        let page = TargetPage(.environment("net"))
        #expect(bench.rows(page, ["S-Tab", "B"]).hasRow("roll back: that is what runs now"))
        var walk = bench.walk(page)
        await walk.press("S-Tab", "G", "B")
        #expect(walk.rows[0].contains("roll net back to #1"))
        #expect(walk.row("Rolling back must not replace what holds data") != nil)
        #expect(walk.rows.last?.contains("A accept the loss") == true)
        await walk.press("D")
        #expect(walk.row("deploy: faults stand against it") != nil)
        await walk.press("A")
        #expect(walk.row("Accept the loss of Database?") != nil && walk.row("Type Database:") != nil)
        await walk.type("Database")
        await walk.press("Enter")
        #expect(walk.row("Rolling back must not") == nil)
        #expect(walk.row("KEPT ASIDE") != nil)
        await walk.press("D", "y")
        #expect(walk.rows[0].contains("Deployment #4"))
    }

    @Test func `the history of all leads back too`() async throws {
        let bench = try await bench()
        #expect(bench.rows(HistoryPage(), ["j", "B"])[0].contains("roll net back to #2"))
    }
}
