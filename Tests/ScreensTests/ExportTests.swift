import Catalog
import Engine
import Foundation
import Screens
import Terminal
import Testing

@Suite struct ExportTests {
    @Test func `a page is written whole, and a file that is there only once somebody says so`() async throws {
        let bench = try ScreenBench()
        let page = ReviewPage(request: bench.network, title: "new environment net")
        var walk = bench.walk(page, Size(80, 24))
        await walk.press("Ctrl-O")
        #expect(walk.row("baryon-review-new-environment-net.txt") != nil)
        let path = bench.directory + "/review.txt"
        await walk.press("Ctrl-A", "Ctrl-K")
        await walk.type(path)
        await walk.press("Enter")
        #expect(walk.row("Written to") != nil)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.hasPrefix("baryon > new environment net > Review\n"))
        #expect(text.contains("baryon-env--net") && text.contains("OPENS ACCESS") && !text.contains(" \n"))
        await walk.press("Ctrl-O", "Ctrl-A", "Ctrl-K")
        await walk.type(path)
        await walk.press("Enter")
        #expect(walk.row("Replace the file?") != nil)
        await walk.press("n", "G", "Enter", "Ctrl-O", "Ctrl-A", "Ctrl-K")
        await walk.type(path)
        await walk.press("Enter", "y")
        let second = try String(contentsOfFile: path, encoding: .utf8)
        #expect(second.count > text.count && second.contains("InternetGateway"))
    }

    @Test func `what can't be written gets a sentence, and the page stays`() async throws {
        let bench = try ScreenBench()
        try await bench.order(bench.network)
        var walk = bench.walk(HistoryPage())
        await walk.press("Ctrl-O", "Ctrl-A", "Ctrl-K")
        await walk.type(bench.directory + "/no/such/place.txt")
        await walk.press("Enter")
        #expect(walk.row("Not written: No such file or directory") != nil)
        #expect(walk.rows[0].contains("History"))
    }

    @Test func `y copies the selected row's name or value on every list`() async throws {
        let bench = try ScreenBench()
        try await bench.order(bench.network)
        let wanted: [(any Screens.Page, [KeyEvent], String)] = [
            (HistoryPage(), [], "#1"), (FleetPage(), ["Tab"], "net"), (CatalogPage(), [], "fargate-cluster"),
            (TargetPage(.environment("net")), [], "net"),
            (ReviewPage(request: .destroy(.environment("net")), title: "delete net"), ["Tab"], "net"),
            (DeploymentPage(Deployment.ID(1)), [], "#1"),
        ]
        for (page, keys, text) in wanted {
            var shell = bench.shell(page, keys)
            guard case .copy(let copied)? = shell.update(.key("y")).first else {
                Issue.record("nothing was copied from \(page.key)")
                continue
            }
            #expect(copied == text)
        }
    }
}
