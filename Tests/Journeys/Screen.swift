import Foundation
import Testing

/// The program in a terminal of its own, driven by keys alone.
final class Screen {
    private let server = "baryon-\(UUID().uuidString.prefix(8))"
    private let size: (columns: Int, rows: Int)

    static var isAvailable: Bool { (try? tmux(["-V"]))?.code == 0 }

    init(_ program: Program, _ arguments: [String] = [], columns: Int = 120, rows: Int = 36) throws {
        size = (columns, rows)
        let words =
            ["env", "BARYON_WORKSPACE=\(program.workspace)", "HOME=\(program.directory)", Program.path] + arguments
        let line = words.map { "'\($0)'" }.joined(separator: " ")
        try Screen.tmux([
            "-L", server, "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", line,
        ])
    }

    deinit { _ = try? Screen.tmux(["-L", server, "kill-server"]) }

    var rows: [String] {
        let captured = (try? Screen.tmux(["-L", server, "capture-pane", "-p"]).out) ?? ""
        return captured.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    var isOpen: Bool { (try? Screen.tmux(["-L", server, "has-session"]).code) == 0 }

    /// Presses keys by their names: `Enter`, `Tab`, `C-s`, `D`.
    func press(_ keys: String...) throws { try Screen.tmux(["-L", server, "send-keys"] + keys) }

    func type(_ text: String) throws { try Screen.tmux(["-L", server, "send-keys", "-l", text]) }

    /// Waits until the screen no longer shows the text.
    func expectNot(_ text: String, within seconds: Double = 40, _ place: SourceLocation = #_sourceLocation) throws {
        let end = Date().addingTimeInterval(seconds)
        while Date() < end {
            if !rows.joined(separator: "\n").contains(text) { return }
            usleep(30_000)
        }
        try #require(Bool(false), "still shown: \(text)\n\(rows.joined(separator: "\n"))", sourceLocation: place)
    }

    /// Waits until the screen shows all the texts; says what it showed where it does not.
    func expect(_ texts: String..., within seconds: Double = 40, _ place: SourceLocation = #_sourceLocation) throws {
        let end = Date().addingTimeInterval(seconds)
        while Date() < end {
            let shown = rows.joined(separator: "\n")
            if texts.allSatisfy(shown.contains) { return }
            // The terminal tells nobody when it has changed: looking again is all there is.
            usleep(30_000)
        }
        try #require(Bool(false), "not shown: \(texts)\n\(rows.joined(separator: "\n"))", sourceLocation: place)
    }

    func expectEnd(within seconds: Double = 20) throws {
        let end = Date().addingTimeInterval(seconds)
        while Date() < end, isOpen { usleep(30_000) }
        #expect(!isOpen)
    }

    @discardableResult
    private static func tmux(_ arguments: [String]) throws -> (code: Int32, out: String) {
        // The server that the first call starts lives on: what it inherits of other tests' pipes would keep them open.
        // (bash, because dash closes single-digit files only.)
        let alone = """
            for file in /proc/self/fd/*; do n=${file##*/}; [ $n -gt 2 ] && eval "exec $n>&-"; done; exec tmux "$@"
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", alone, "tmux"] + arguments
        let out = Pipe()
        process.standardOutput = out
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = out.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }
}
