import Catalog
import Engine
import Screens
import Terminal
import Testing

@Suite struct CatalogPageTests {
    @Test(arguments: InboxTests.sizes)
    func `every template has its recommended version`(size: Size) throws {
        let walk = try ScreenBench().walk(CatalogPage(), size)
        #expect(walk.row("s http-api")?.contains("1.0") == true)
        #expect(walk.text.contains("[all 6]"))
        if size.width >= 80 { #expect(walk.row("e fargate-cluster-with-database") != nil) }
    }

    @Test func `a template that no environment fits says why it can't be ordered`() async throws {
        let bench = try ScreenBench()
        var walk = bench.walk(CatalogPage())
        await walk.press("j", "j")
        #expect(walk.text.contains("Can't be ordered yet: no environment fits"))
        await walk.press("+")
        #expect(walk.text.contains("order: no environment fits: order one of fargate-cluster:1"))
        try await bench.fill(services: [])
        await walk.press("Ctrl-R")
        #expect(!walk.text.contains("Can't be ordered"))
        #expect(walk.text.contains("2 environments fit"))
    }

    @Test func `one key goes through the views, and their counts stay`() async throws {
        var walk = try ScreenBench().walk(CatalogPage())
        #expect(walk.text.contains("[all 6] environments 3  services 3"))
        await walk.press("f")
        #expect(walk.text.contains("all 6 [environments 3] services 3"))
        #expect(walk.row("http-api") == nil)
        await walk.press("f")
        #expect(walk.row("e vpc-network") == nil)
    }

    @Test func `the preview says what is in use, on which version`() async throws {
        let bench = try ScreenBench()
        try await bench.fill()
        try bench.publish("fargate-service", 1, 1)
        try await bench.order(
            .updateInstance(
                TargetUpdate(
                    target: .instance(service: "shop", name: "dev"), version: .exact(VersionNumber(1, 1)))))
        var walk = bench.walk(CatalogPage())
        await walk.press("j", "j")
        #expect(walk.text.contains("on 1.0 2, 1.1 1"))
    }

    @Test func `notes of versions are wrapped and not cut`() async throws {
        var walk = try ScreenBench().walk(CatalogPage())
        await walk.press("j", "j")
        let pane = walk.rows.compactMap { row in row.split(separator: "│").dropFirst().last }
        #expect(!pane.contains { $0.contains("…") })
        await walk.press("p", "G")
        #expect(walk.text.contains("Security:"))
        #expect(walk.text.contains("First version."))
    }

    @Test func `rows are sorted by use`() async throws {
        let bench = try ScreenBench()
        try await bench.fill()
        var walk = bench.walk(CatalogPage())
        await walk.press("s")
        #expect(walk.text.contains("sort: used"))
        let rows = walk.rows.filter { $0.contains("  published  ") || $0.contains("0 draft") }
        #expect(rows.first?.contains("fargate-service") == true)
    }
}
