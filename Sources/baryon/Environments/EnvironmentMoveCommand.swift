import ArgumentParser
import Catalog
import Engine

struct EnvironmentMoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move", abstract: "Make a rehearsed environment for real, where a connection goes.",
        discussion: """
            The environment comes first, then each of its instances; pipelines stay. What was local stays as it is \
            until the step that makes it for real has succeeded. Where a step fails, the same command goes on with what \
            is left.
            """)

    @Argument(help: "The environment.") var name: String
    @Option(help: "Where it goes: a connection with an account.") var connection: String
    @OptionGroup var order: OrderOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let ordering = Ordering(try workspace.engine(), order, output)
        try await ordering.carry(.moveEnvironment(EnvironmentMove(name: name, connection: connection)))
    }
}
