import Catalog
import Engine
import Screens
import Terminal
import Testing

@Suite struct HomePageTests {
    @Test(arguments: InboxTests.sizes)
    func `a new workspace says the first two steps`(size: Size) throws {
        let walk = try ScreenBench().walk(HomePage(), size)
        #expect(walk.text.contains("Nothing is ordered yet."))
        #expect(walk.text.contains("Order an environment"))
        #expect(!walk.rows.dropFirst().contains { $0.contains("…") })
        if size.height > 10 {
            #expect(walk.text.contains("Then order a service into it"))
            #expect(walk.text.contains("creates nothing in a cloud"))
        }
    }

    @Test func `environments stand in columns under their heads`() async throws {
        let bench = try ScreenBench()
        try await bench.fill(services: ["shop", "cart"])
        try bench.publish("fargate-service", 1, 1)
        let walk = bench.walk(HomePage())
        let head = try #require(walk.row("BY ENVIRONMENT"))
        let row = try #require(walk.row("live"))
        for word in ["inst", "current", "behind", "failed"] {
            let end = try #require(head.firstRange(of: word)).upperBound
            #expect(row[..<end].last?.isNumber == true)
        }
        #expect(row.contains("PROD"))
    }

    @Test(arguments: [Size(120, 36), Size(80, 24)])
    func `what needs somebody is listed with its count, and opened`(size: Size) async throws {
        let bench = try ScreenBench()
        try await bench.fill()
        try bench.publish("fargate-service", 1, 1)
        var walk = bench.walk(HomePage(), size)
        #expect(walk.row("minor update")?.contains("fargate-service 1.1  3 targets") == true)
        await walk.press("Enter")
        #expect(walk.rows[0].contains("Inbox › fargate-service"))
    }

    @Test(arguments: InboxTests.sizes)
    func `what runs is below what needs somebody, with its place in the line`(size: Size) async throws {
        let bench = try ScreenBench()
        _ = try bench.engine.submit(
            try bench.engine.plan(.createEnvironment(EnvironmentOrder(name: "lab", template: "fargate-cluster"))))
        let walk = bench.walk(HomePage(), size)
        #expect(walk.text.contains("IN FLIGHT"))
        #expect(walk.row("lab")?.contains("queued") == true)
    }

    @Test func `recent rows have time, result, what, took and who`() async throws {
        let bench = try ScreenBench()
        try await bench.fill(services: [])
        let row = try #require(bench.walk(HomePage()).row("0.0s"))
        for word in ["0s", "ok", "live", "ana"] { #expect(row.contains(word)) }
    }

    @Test func `at 80 columns no word of the foot is cut`() async throws {
        let bench = try ScreenBench()
        try await bench.fill(services: ["shop", "a-service-with-a-long-name"])
        let walk = bench.walk(HomePage(), Size(80, 24))
        let foot = walk.rows.filter { $0.hasPrefix(" FLEET") || $0.hasPrefix(" RECENT") }
        #expect(foot.count == 2)
        #expect(foot.allSatisfy { !$0.contains("…") })
    }

    @Test func `mine narrows what ran and the environments too`() async throws {
        let bench = try ScreenBench(owner: "ana")
        try await bench.fill(services: ["shop"], owner: "ana")
        try await bench.addService("cart", owner: "bo")
        var walk = bench.walk(HomePage())
        #expect(walk.text.contains("mine: ana"))
        #expect(!walk.text.contains("cart"))
        #expect(walk.text.contains("live"))
        await walk.press("a")
        #expect(walk.text.contains("cart"))
    }
}
