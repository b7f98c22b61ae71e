import Catalog
import Engine
import Screens
import Terminal
import Testing

@Suite struct InboxTests {
    static let sizes = [Size(120, 36), Size(80, 24), Size(40, 10)]

    private func behind(services: [String] = ["shop"]) async throws -> ScreenBench {
        let bench = try ScreenBench()
        try await bench.fill(services: services)
        try bench.publish("fargate-service", 1, 1)
        return bench
    }

    @Test(arguments: sizes)
    func `an empty inbox says that everything is as it should be`(size: Size) async throws {
        let walk = try ScreenBench().walk(InboxPage(), size)
        #expect(walk.text.contains("Nothing is recommended"))
        #expect(walk.rows[0].contains("Inbox"))
    }

    @Test(arguments: sizes)
    func `updates stand below their template and step, and the first of them is selected`(size: Size) async throws {
        let walk = try await behind().walk(InboxPage(), size)
        #expect(walk.text.contains("▾ fargate-service  3 updates"))
        #expect(walk.text.contains("▾ 1.0 → 1.1  minor  3 targets"))
        #expect(walk.selectedRow?.contains("shop/dev") == true)
        #expect(walk.text.contains("by template  open 3"))
    }

    @Test func `columns line up, and production says so`() async throws {
        let walk = try await behind().walk(InboxPage())
        let column = try #require(walk.row("TARGET")?.firstRange(of: "STAGE")).lowerBound
        let row = try #require(walk.row("shop/prod"))
        #expect(row[column...].hasPrefix("PROD"))
        #expect(row.contains("live"))
        #expect(row.contains("1.0 → 1.1"))
    }

    @Test func `the selected update is planned once the keys rest, and its risk is a word`() async throws {
        var walk = try await behind().walk(InboxPage())
        #expect(walk.text.contains("planning ..."))
        await walk.press("j")
        #expect(walk.selectedRow?.contains("safe") == true)
        #expect(walk.row("shop/prod")?.contains("safe") == false)
        #expect(walk.text.contains("Safe: nothing is replaced, removed or"))
        #expect(walk.text.contains("IN THE FORM"))
        #expect(walk.text.contains("IN THE RESOURCES  3 changes"))
    }

    @Test func `a major is never safe, and says what it asks`() async throws {
        let bench = try await behind()
        try bench.publish("fargate-service", 2, 0)
        var walk = bench.walk(InboxPage())
        await walk.press("G", "k")
        #expect(walk.selectedRow?.contains("MAJOR") == true)
        #expect(walk.selectedRow?.contains("1 input") == true)
        #expect(walk.text.contains("Declared major; 1 input needs an"))
        #expect(walk.text.contains("asks you"))
    }

    @Test func `Enter folds a group and keeps the cursor on it`() async throws {
        var walk = try await behind().walk(InboxPage())
        await walk.press("g", "Enter")
        #expect(walk.selectedRow?.contains("▸ fargate-service") == true)
        #expect(!walk.text.contains("shop/dev"))
        await walk.press("Enter")
        #expect(walk.row("shop/dev") != nil)
    }

    @Test func `one key groups by service, and back`() async throws {
        var walk = try await behind(services: ["shop", "cart"]).walk(InboxPage())
        await walk.press("b")
        #expect(walk.text.contains("by service  open 6"))
        let cart = try #require(walk.rows.firstIndex { $0.contains("▾ cart") })
        let shop = try #require(walk.rows.firstIndex { $0.contains("▾ shop") })
        #expect(shop == cart + 4)
        await walk.press("b")
        #expect(walk.text.contains("by template"))
    }

    @Test func `Space marks a row or a whole group, Ctrl-A all and nothing`() async throws {
        var walk = try await behind().walk(InboxPage())
        await walk.press("Space")
        #expect(walk.text.contains("1 marked"))
        await walk.press("g", "Space")
        #expect(walk.text.contains("3 marked"))
        await walk.press("Ctrl-A")
        #expect(!walk.text.contains("marked"))
        await walk.press("Ctrl-A")
        #expect(walk.text.contains("3 marked"))
        #expect(walk.row("shop/dev")?.contains(" * ") == true)
    }

    @Test func `m marks the safe minors and no major`() async throws {
        let bench = try await behind(services: ["shop", "cart"])
        try bench.publish("fargate-service", 2, 0)
        var walk = bench.walk(InboxPage())
        await walk.press("m")
        #expect(walk.text.contains("All 6 minor updates are safe, and marked."))
        #expect(walk.text.contains("6 marked, all safe"))
    }

    @Test func `all marked updates go through one review, and afterwards nothing is open`() async throws {
        let bench = try await behind(services: ["shop", "cart"])
        var walk = bench.walk(InboxPage())
        await walk.press("m", "U")
        #expect(walk.rows[0].contains("update 6 targets to fargate-service 1.1"))
        #expect(walk.text.contains("STEPS  6 steps"))
        await walk.press("D")
        #expect(walk.text.contains("production"))
        await walk.type("2")
        await walk.press("Enter")
        try await bench.engine.run()
        #expect(try bench.engine.recommendations().isEmpty)
        #expect(Set(try bench.engine.deployments(limit: 6).map(\.order)).count == 1)
    }

    @Test func `a selection that asks for new inputs names what must be done alone`() async throws {
        let bench = try await behind()
        try bench.publish("fargate-cluster", 1, 1)
        try bench.publish("fargate-service", 2, 0)
        var walk = bench.walk(InboxPage())
        // One major, and the environments' minors.
        await walk.press("/")
        await walk.type("shop/dev")
        await walk.press("Enter", "G", "Space", "/", "Ctrl-U")
        await walk.type("cluster")
        await walk.press("Enter", "Ctrl-A", "U")
        #expect(walk.text.contains("New inputs are asked for"))
        #expect(walk.text.contains("must be done alone"))
        #expect(walk.text.contains("y plan the other 2"))
        await walk.press("y")
        #expect(walk.rows[0].contains("Review"))
        #expect(walk.text.contains("STEPS  2 steps"))
    }

    @Test func `one target marked for two versions is refused with its name`() async throws {
        let bench = try await behind()
        try bench.publish("fargate-service", 2, 0)
        var walk = bench.walk(InboxPage())
        await walk.press("Ctrl-A", "U")
        #expect(walk.text.contains("is marked for two versions"))
        #expect(walk.rows[0].contains("Inbox"))
    }

    @Test func `the cursor goes to the next open item when its own is done`() async throws {
        let bench = try await behind()
        var walk = bench.walk(InboxPage())
        #expect(walk.selectedRow?.contains("shop/dev") == true)
        try await bench.order(
            .updateInstance(
                TargetUpdate(
                    target: .instance(service: "shop", name: "dev"), version: .exact(VersionNumber(1, 1)))))
        await walk.press("Ctrl-R")
        #expect(walk.selectedRow?.contains("shop/prod") == true)
    }

    @Test(arguments: [Size(80, 24), Size(40, 10)])
    func `the preview is read to its end on a small screen`(size: Size) async throws {
        var walk = try await behind().walk(InboxPage(), size)
        await walk.press("j", "k")
        await walk.press("p", "G")
        #expect(walk.text.contains("TargetGroupAttributes") || walk.text.contains("deregistration"))
        #expect(!walk.text.contains("more line"))
        await walk.press("Esc")
        #expect(walk.selectedRow?.contains("shop/dev") == true)
    }

    @Test func `typing a filter keeps Enter and Esc to itself`() async throws {
        var walk = try await behind(services: ["shop", "cart"]).walk(InboxPage())
        await walk.press("/")
        await walk.type("cart")
        #expect(walk.row("shop/dev") == nil)
        await walk.press("Enter")
        #expect(walk.rows[0].contains("Inbox"))
        #expect(walk.row("shop/dev") == nil)
        await walk.press("/", "Esc")
        #expect(walk.row("shop/dev") != nil)
        #expect(walk.rows[0].contains("Inbox"))
    }
}
