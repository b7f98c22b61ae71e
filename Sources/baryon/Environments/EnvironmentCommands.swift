import ArgumentParser
import Catalog
import Engine

struct EnvironmentCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "environment", abstract: "Shared infrastructure: order, change and look at it.",
        subcommands: [
            EnvironmentCreate.self, EnvironmentUpdate.self, EnvironmentList.self, EnvironmentShow.self,
            EnvironmentMoveCommand.self, EnvironmentRollback.self, EnvironmentDelete.self,
        ])
}

struct EnvironmentCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Order an environment.",
        discussion: "On a terminal, without --spec, every input is asked for.")

    @Argument(help: "The new environment's name.") var name: String
    @Option(
        help: ArgumentHelp(
            "The template, with a version where not the recommended one is meant.", valueName: "name[@version]"))
    var template: TemplateReference
    @Option(help: "What it is for: test or production.") var stage: Stage = .test
    @Option(help: "The owner: a team's or a person's name.") var owner = ""
    @Option(help: "Where it goes; local makes nothing in a cloud.") var connection = "local"
    @Flag(help: "Take the defaults, and ask nothing.") var defaults = false
    @OptionGroup var stacks: StackOptions
    @OptionGroup var spec: SpecOptions
    @OptionGroup var order: OrderOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let engine = try workspace.engine()
        var ordering = Ordering(engine, order, output, specName: spec.spec, assigned: spec.names)
        let (maker, text) = try await ordering.making {
            let version = try engine.version(template.name, template.choice)
            let taken = try await stacks.values(engine, in: connection, for: version, besides: spec.names)
            let maker = SpecMaker(engine, version, spec, taken: taken, takesDefaults: defaults)
            return (maker, try maker.environment())
        }
        ordering.asksFirst = maker.asks
        try await ordering.carry(
            .createEnvironment(
                EnvironmentOrder(
                    name: name, template: template.name, version: template.choice, spec: text, stage: stage,
                    owner: owner, connection: connection)))
    }
}

struct EnvironmentUpdate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Change an environment's inputs, version, owner or stage.")

    @Argument(help: "The environment.") var name: String
    @Option(help: "Another owner.") var owner: String?
    @Option(help: "Another stage: test or production.") var stage: Stage?
    @OptionGroup var stacks: StackOptions
    @OptionGroup var change: TargetChange

    func run() async throws {
        try await change.carry(.environment(name), owner: owner, stage: stage, stacks: stacks)
    }
}

struct EnvironmentList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List environments.")

    @Option(help: "Only those of this template.") var template = ""
    @OptionGroup var list: ListOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let engine = try workspace.engine()
        let rows = try list.rows { offset, limit in
            try engine.fleet(
                FleetQuery(
                    level: .environments, owner: list.owner, template: template, offset: offset, limit: limit))
        }
        if output.isJSON {
            Console.out(JSON.object([("environments", try TargetText.json(rows, engine))]))
        } else {
            TargetText.table(rows, of: .environment).print(
                orElse: try list.emptySentence("There is no environment.") {
                    try engine.fleet(FleetQuery(level: .environments, template: template, limit: 1)).total
                })
            Abandoned.talk(rows.contains(where: \.isAbandoned))
        }
    }
}

struct EnvironmentShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show an environment: inputs, outputs, resources, deployments.")

    @Argument(help: "The environment.") var name: String
    @OptionGroup var view: TargetView

    func run() async throws { try view.show(.environment(name)) }
}

struct EnvironmentDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Destroy an environment that nothing runs in.")

    @Argument(help: "The environment.") var name: String
    @OptionGroup var confirm: ConfirmOptions
    @OptionGroup var order: OrderOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        var ordering = Ordering(try workspace.engine(), order, output)
        ordering.confirmation = confirm.yes
        try await ordering.carry(.destroy(.environment(name)), destroying: name)
    }
}
