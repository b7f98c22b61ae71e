import ArgumentParser
import Catalog
import Engine

struct InstanceCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "instance", abstract: "Service instances, named SERVICE/INSTANCE.",
        subcommands: [
            InstanceList.self, InstanceShow.self, InstanceUpdate.self, InstanceRollback.self, InstanceDelete.self,
        ])
}

struct InstanceList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List service instances.")

    @Argument(help: "Words to search for.") var words: [String] = []
    @Option(help: "Only those of this service.") var service = ""
    @Option(help: "Only those in this environment.") var environment = ""
    @Option(help: "Only those of this template.") var template = ""
    @OptionGroup var list: ListOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let engine = try workspace.engine()
        let text = words.joined(separator: " ")
        let rows = try list.rows { offset, limit in
            try engine.fleet(
                FleetQuery(
                    level: .instances, text: text, owner: list.owner, environment: environment, service: service,
                    template: template, offset: offset, limit: limit))
        }
        if output.isJSON {
            Console.out(JSON.object([("serviceInstances", try TargetText.json(rows, engine))]))
        } else {
            TargetText.table(rows, of: .instance).print(
                orElse: try list.emptySentence("There is no instance.") {
                    try engine.fleet(
                        FleetQuery(
                            level: .instances, text: text, environment: environment, service: service,
                            template: template, limit: 1)
                    ).total
                })
            Abandoned.talk(rows.contains(where: \.isAbandoned))
        }
    }
}

struct InstanceShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show an instance: inputs, outputs, resources, deployments.")

    @Argument(help: ArgumentHelp("The instance.", valueName: "service/instance")) var name: InstanceName
    @OptionGroup var view: TargetView

    func run() async throws { try view.show(name.target) }
}

struct InstanceUpdate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Change an instance's inputs or version.")

    @Argument(help: ArgumentHelp("The instance.", valueName: "service/instance")) var name: InstanceName
    @OptionGroup var change: TargetChange

    func run() async throws { try await change.carry(name.target) }
}

struct InstanceDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Destroy an instance and take it out of its service's spec.")

    @Argument(help: ArgumentHelp("The instance.", valueName: "service/instance")) var name: InstanceName
    @OptionGroup var confirm: ConfirmOptions
    @OptionGroup var order: OrderOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        var ordering = Ordering(try workspace.engine(), order, output)
        ordering.confirmation = confirm.yes
        try await ordering.carry(
            .destroy(.instance(service: name.service, name: name.name)), destroying: name.target.title)
    }
}

struct PipelineCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pipeline", abstract: "Services' pipelines.",
        subcommands: [PipelineShow.self, PipelineUpdate.self, PipelineRollback.self])
}

struct PipelineShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a service's pipeline: inputs, outputs, resources, deployments.")

    @Argument(help: "The service.") var service: String
    @OptionGroup var view: TargetView

    func run() async throws { try view.show(.pipeline(service: service)) }
}

struct PipelineUpdate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Change a pipeline's inputs or version.")

    @Argument(help: "The service.") var service: String
    @OptionGroup var change: TargetChange

    func run() async throws { try await change.carry(.pipeline(service: service)) }
}
