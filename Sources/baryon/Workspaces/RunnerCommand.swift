import ArgumentParser
import Engine

struct RunnerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runner", abstract: "Carry out what is ordered.",
        discussion: "SIGTERM and SIGINT end it between two acts; the next runner goes on where it stopped.")

    @Flag(help: "End when nothing is left to do; else wait for more.") var untilIdle = false
    @OptionGroup var pacing: PacingOptions
    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
        let engine = try workspace.engine()
        let running = Running()
        let signals = SignalWatch { _ in running.cancel() }
        defer { signals.stop() }
        let options = pacing.runner(untilIdle: untilIdle)
        running.start { try await engine.run(options) }
        try await running.wait()
        if let signal = signals.received { throw ExitCode(128 + signal) }
    }
}
