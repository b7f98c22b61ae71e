import ArgumentParser
import Catalog
import Engine

/// How every target is rolled back.
struct RollbackOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The deployment to go back to; else the last success before this one.", valueName: "id"))
    var to: Deployment.ID?
    @Option(
        help: ArgumentHelp(
            "A resource that holds data and may be replaced or removed; may be repeated.", valueName: "logical-id"))
    var acceptLoss: [String] = []
    @OptionGroup var order: OrderOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func carry(_ target: Target) async throws {
        let ordering = Ordering(try workspace.engine(), order, output)
        try await ordering.carry(.rollback(Rollback(target: target, to: to, accepting: Set(acceptLoss))))
    }
}

struct EnvironmentRollback: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Return an environment to an earlier deployment's version and inputs.")

    @Argument(help: "The environment.") var name: String
    @OptionGroup var options: RollbackOptions

    func run() async throws { try await options.carry(.environment(name)) }
}

struct InstanceRollback: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Return an instance to an earlier deployment's version and inputs.")

    @Argument(help: ArgumentHelp("The instance.", valueName: "service/instance")) var name: InstanceName
    @OptionGroup var options: RollbackOptions

    func run() async throws { try await options.carry(name.target) }
}

struct PipelineRollback: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Return a pipeline to an earlier deployment's version and inputs.")

    @Argument(help: "The service.") var service: String
    @OptionGroup var options: RollbackOptions

    func run() async throws { try await options.carry(.pipeline(service: service)) }
}
