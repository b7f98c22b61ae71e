import Foundation
import Testing

/// The program in a terminal of its own, driven by keys alone.
final class Screen {
    private let server = "baryon-\(UUID().uuidString.prefix(8))"
    private let size: (columns: Int, rows: Int)

    static var isAvailable: Bool { (try? tmux(["-V"]))?.code == 0 }

    init(_ program: Program, _ arguments: [String] = [], columns: Int = 120, rows: Int = 36) throws {
        size = (columns, rows)
        let variables = program.variables.map { "\($0.key)=\($0.value)" }
        let words =
            ["env", "BARYON_WORKSPACE=\(program.workspace)", "HOME=\(program.directory)"] + variables + [Program.path]
            + arguments
        let line = words.map { "'\($0)'" }.joined(separator: " ")
        try Screen.startServer([
            "-L", server, "-f", "/dev/null", "new-session", "-d", "-c", program.directory, "-x", "\(columns)", "-y",
            "\(rows)", line,
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

    func type(_ text: String) throws { try Screen.tmux(["-L", server, "send-keys", "-l", "--", text]) }

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

    /// Waits until the last line that is not empty ends in the text: a question that waits for its answer.
    func expectAtEnd(_ text: String, within seconds: Double = 40, _ place: SourceLocation = #_sourceLocation) throws {
        let end = Date().addingTimeInterval(seconds)
        while Date() < end {
            let last = rows.last { !$0.isEmpty } ?? ""
            if last.trimmingCharacters(in: .whitespaces).hasSuffix(text) { return }
            usleep(30_000)
        }
        try #require(Bool(false), "not asked: \(text)\n\(rows.joined(separator: "\n"))", sourceLocation: place)
    }

    func expectEnd(within seconds: Double = 20) throws {
        let end = Date().addingTimeInterval(seconds)
        while Date() < end, isOpen { usleep(30_000) }
        #expect(!isOpen)
    }

    @discardableResult
    private static func tmux(_ arguments: [String]) throws -> (code: Int32, out: String) {
        try run(["tmux"] + arguments)
    }

    /// Starts a server, which outlives the call: files and blocked signals that it would inherit of this process are
    /// let go of first.
    private static func startServer(_ arguments: [String]) throws {
        let script = """
            import os, signal, sys
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            os.closerange(3, 4096)
            os.execvp("tmux", ["tmux"] + sys.argv[1:])
            """
        #expect(try run(["python3", "-c", script] + arguments).code == 0)
    }

    private static func run(_ words: [String]) throws -> (code: Int32, out: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        let out = Pipe()
        process.standardOutput = out
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = out.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }
}
