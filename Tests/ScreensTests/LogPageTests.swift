import Catalog
import Engine
import Foundation
import Screens
import Terminal
import Testing

@Suite struct LogPageTests {
    private func bench(_ text: String) async throws -> (ScreenBench, Deployment.ID) {
        let bench = try ScreenBench()
        let id = try await bench.order(bench.network)
        let directory = bench.directory + "/logs"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(directory)/\(id.number).log"))
        return (bench, id)
    }

    @Test(arguments: ScreenBench.sizes)
    func `a log opens at its end from the deployment`(size: Size) async throws {
        let (bench, id) = try await bench((1...500).map { "line \($0)\n" }.joined())
        let rows = bench.rows(DeploymentPage(id), ["t"], size: size)
        #expect(rows.hasRow("LOG", "500 lines") && rows.hasRow("line 500"))
        #expect(bench.rows(LogPage(id), ["g"], size: size).hasRow("line 1"))
    }

    @Test func `a log of any length is read in parts, and searched whole`() async throws {
        let filler = String(repeating: "x", count: 990)
        let (bench, id) = try await bench((1...2500).map { "row \($0) \(filler)\n" }.joined() + "Error: at the END\n")
        let end = bench.rows(LogPage(id))
        #expect(end.hasRow("LOG", "bytes", "of") && end.hasRow("Error: at the END"))
        let first = bench.rows(LogPage(id), ["[", "[", "["])
        #expect(first.hasRow("row 1 x"))
        #expect(bench.rows(LogPage(id), ["[", "[", "[", "["]).hasRow("earlier part: the file begins here"))
        #expect(bench.rows(LogPage(id), ["[", "[", "]", "]", "]", "G"]).hasRow("Error: at the END"))
        var walk = bench.walk(LogPage(id))
        await walk.press("/")
        await walk.type("error:")
        await walk.press("Enter")
        #expect(walk.row("FOUND  1 line") != nil && walk.row("2501  Error: at the END") != nil)
        await walk.press("Esc")
        #expect(walk.row("FOUND") == nil && walk.rows[0].contains("Log"))
    }

    @Test func `what a tool printed stays text, and no log is said`() async throws {
        let (bench, id) = try await bench("\u{1B}]0;x\u{7}\u{202E}abc\u{1B}[31mred\u{1B}[0m\r\n")
        let text = bench.rows(LogPage(id)).text
        #expect(!text.unicodeScalars.contains("\u{1B}") && !text.unicodeScalars.contains("\u{202E}"))
        #expect(text.contains("abcred"))
        let other = try await bench.order(.destroy(.environment("net")))
        #expect(bench.rows(LogPage(other)).hasRow("No tool has printed anything."))
    }
}
