import Catalog
import Engine
import Screens
import Terminal
import Testing

@Suite struct HistoryPageTests {
    @Test(arguments: ScreenBench.sizes)
    func `result, target and change stand on every size`(size: Size) async throws {
        let bench = try ScreenBench()
        try await bench.order(bench.network, why: "a first try", failAt: "Vpc")
        let rows = bench.rows(HistoryPage(), size: size)
        #expect(rows.hasRow("1", "FAIL", "net"))
        if size.height > 10 {
            #expect(rows.hasRow("why", "a first try"))
            #expect(rows.hasRow("cause", "Vpc"))
        }
    }

    @Test func `a long reason ends with a whole line and how much more there is`() async throws {
        let bench = try ScreenBench()
        try await bench.order(bench.network, why: String(repeating: "word and ", count: 150))
        #expect(bench.rows(HistoryPage(), size: Size(80, 24)).hasRow("more lines: Enter opens it"))
    }

    @Test func `the filter stays with Enter and goes with Esc, and the screen stays`() async throws {
        let bench = try ScreenBench()
        try await bench.order(bench.network, why: "for the shop")
        let keys: [KeyEvent] = ["/"] + Tests.keys("nothing like it at all")
        #expect(bench.rows(HistoryPage(), keys + ["Enter"])[0].contains("History"))
        let cleared = bench.rows(HistoryPage(), keys + ["Enter", "Esc"])
        #expect(cleared[0].contains("History"))
        #expect(cleared.hasRow("ok", "net"))
        #expect(bench.rows(HistoryPage(), ["/"] + Tests.keys("shop") + ["Enter"]).hasRow("/ shop"))
    }

    @Test func `what was deployed can be opened while it is there`() async throws {
        let bench = try ScreenBench()
        try await bench.order(bench.network)
        #expect(bench.rows(HistoryPage(), ["o"])[0].contains("net"))
        try await bench.order(.destroy(.environment("net")))
        #expect(bench.rows(HistoryPage(), ["o"]).hasRow("target: it was destroyed"))
    }
}
