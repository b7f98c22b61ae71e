import ArgumentParser
import Foundation

@main
struct BaryonBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baryon-bench",
        abstract: "Fills workspaces and times the engines: a program for those who work on Baryon.",
        discussion: "Tests/Benchmarks/README.md says how its figures are made.",
        subcommands: [
            FillCommand.self, QueriesCommand.self, NamesCommand.self, JinjaCommand.self, SchemaCommand.self,
            PlanCommand.self, DeployCommand.self,
        ])
}

/// Which workspace a command works on: never the one that a person has by default.
struct PlaceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The workspace's directory; else BARYON_WORKSPACE.", valueName: "dir"))
    var workspace: String?

    func path() throws -> String {
        let named = workspace ?? ProcessInfo.processInfo.environment["BARYON_WORKSPACE"] ?? ""
        guard !named.isEmpty else {
            throw ValidationError("Name a workspace with --workspace or BARYON_WORKSPACE.")
        }
        return named
    }
}
