import ArgumentParser
import Engine
import Foundation

/// The program: alone it opens the screens, with words it does one thing.
@main
@available(macOS 15, *)
struct Baryon: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baryon",
        abstract: "A self-service catalog for infrastructure, in the terminal.",
        discussion: """
            Without a command it opens the catalog's screens.

            Exit codes: 0 done or nothing to change, 1 failed, 2 differences (drift, --plan), 3 replacement or loss \
            (--plan), 4 blocked (--plan), 64 usage, 129, 130 or 143 by signal.
            """,
        version: "0.1.0",
        groupedSubcommands: [
            CommandGroup(name: "Catalog", subcommands: [TemplateCommands.self, RenderCommand.self]),
            CommandGroup(
                name: "Fleet",
                subcommands: [
                    EnvironmentCommands.self, ServiceCommands.self, InstanceCommands.self, PipelineCommands.self,
                    ComponentCommands.self,
                ]
            ),
            CommandGroup(
                name: "Change",
                subcommands: [UpdateCommands.self, DeploymentCommands.self, DriftCommand.self, KeptCommands.self]),
            CommandGroup(
                name: "Operation",
                subcommands: [
                    AdoptCommands.self, ConnectionCommands.self, CheckCommands.self, HookCommands.self,
                    RunnerCommand.self,
                    WorkspaceCommands.self,
                ]),
        ]
    )

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var pacing: PacingOptions
    @Option(help: ArgumentHelp("Colours: terminal, monochrome, or a file of Themes.", valueName: "name"))
    var theme: String?
    // Not --owner: the parser would take that of every command for this one.
    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("Whose things are shown first; else BARYON_OWNER, else everyone's.", valueName: "owner"))
    var owner: String?
    @Flag(help: "Use lines of text instead of full screens, as TERM=dumb does.") var plain = false

    @MainActor
    func run() async throws {
        try await OpenScreens(workspace: workspace, pacing: pacing, theme: theme, owner: owner, isPlain: plain).run()
    }

    @MainActor
    static func main() async {
        StandardStreams.secure()
        // Who started this may have blocked signals in the thread that did, and a child inherits that.
        var none = sigset_t()
        sigemptyset(&none)
        sigprocmask(SIG_SETMASK, &none, nil)
        // A reader that goes away (`| head`) must not stop a deployment.
        signal(SIGPIPE, SIG_IGN)
        Ending.checkHelp(Array(CommandLine.arguments.dropFirst()))
        var kind: (any ParsableCommand.Type)?
        do {
            var command = try parseAsRoot()
            kind = type(of: command)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            await Engine.settleHooks()
        } catch let refusal as Refusal {
            await Engine.settleHooks()
            Ending.refuse(refusal.findings)
        } catch {
            await Engine.settleHooks()
            Ending.end(error, in: kind)
        }
    }

    /// As the program's own faults begin.
    static var _errorPrefix: String { "error: " }
}
