import ArgumentParser
import Catalog
import Documents
import Engine

struct ComponentCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "component", abstract: "Developers' own infrastructure files, attached to instances.",
        discussion: """
            A component is deployed before the instance that it is attached to; the instance's template sees its outputs \
            as service_instance.components.default.outputs from the instance's next deployment on.
            """,
        subcommands: [
            ComponentList.self, ComponentShow.self, ComponentNew.self, ComponentCreate.self,
            ComponentUpdateCommand.self,
            ComponentAttach.self, ComponentDetach.self, ComponentRollback.self, ComponentDelete.self,
        ])
}

struct ComponentList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List components.")

    @Argument(help: "Words to search for.") var words: [String] = []
    @Option(help: "Only those in this environment.") var environment = ""
    @OptionGroup var list: ListOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let engine = try workspace.engine()
        let text = words.joined(separator: " ")
        let rows = try list.rows { offset, limit in
            try engine.fleet(
                FleetQuery(
                    level: .components, text: text, owner: list.owner, environment: environment, offset: offset,
                    limit: limit))
        }
        if output.isJSON {
            Console.out(JSON.object([("components", try TargetText.json(rows, engine))]))
        } else {
            TargetText.table(rows, of: .component).print(
                orElse: try list.emptySentence("There is no component.") {
                    try engine.fleet(
                        FleetQuery(level: .components, text: text, environment: environment, limit: 1)
                    ).total
                })
            Abandoned.talk(rows.contains(where: \.isAbandoned))
        }
    }
}

struct ComponentShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a component: attachment, outputs, resources, deployments.")

    @Argument(help: "The component.") var name: String
    @Flag(help: "Print its file alone, as it was asked for last.") var file = false
    @OptionGroup var view: TargetView

    func run() async throws {
        guard file else { return try view.show(.component(name)) }
        guard let file = try view.workspace.engine().target(.component(name)).componentFile else {
            throw Refusal("component.file", "The file of component \(name) is no longer in the workspace.")
        }
        Console.show(view.output) {
            JSON.object([("path", .string(file.path)), ("text", .string(file.text))])
        } text: {
            file.text.hasSuffix("\n") ? String(file.text.dropLast()) : file.text
        }
    }
}

struct ComponentNew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Start a component's file, with its manifest.")

    @Argument(help: ArgumentHelp("The directory; its last part is the component's name.", valueName: "name"))
    var path: String
    @Option(help: "cloudformation or terraform.") var language = NewBundleLanguage.cloudFormation
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        let files = try await Engine.newBundle(at: path, kind: .component, language: language, compatibleWith: [])
        Console.show(output) {
            JSON.object([("path", .string(path)), ("files", .list(files.map(Value.string)))])
        } text: {
            files.map { "\(path)/\($0)" }.joined(separator: "\n")
        }
        Console.talk(
            "Change it, then: baryon template check \(path), and baryon component create NAME --file \(path) --instance SERVICE/INSTANCE"
        )
    }
}

struct ComponentCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Order a component, attached to an instance or not.",
        discussion: """
            --file names a CloudFormation template (.yaml, .yml, .json, .template), a Terraform file (.tf), or a \
            directory with one of these and a manifest.yaml, as Proton had it.
            """)

    @Argument(help: "The new component's name.") var name: String
    @Option(help: ArgumentHelp("Its infrastructure file, or a directory with a manifest.", valueName: "path"))
    var file: String
    @Option(help: ArgumentHelp("The instance that it is attached to.", valueName: "service/instance"))
    var instance: InstanceName?
    @Option(help: "Where it runs, when it is attached to nothing.") var environment: String?
    @Option(help: "The owner: a team's or a person's name.") var owner = ""
    @OptionGroup var order: OrderOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if instance == nil, environment == nil {
            throw ValidationError("Say where it goes: --instance SERVICE/INSTANCE, or --environment NAME.")
        }
    }

    func run() async throws {
        let ordering = Ordering(try workspace.engine(), order, output)
        let source = try await Engine.componentSource(file)
        try await ordering.carry(
            .createComponent(
                ComponentOrder(
                    name: name, environment: environment, attachment: instance?.target, source: source, owner: owner)))
    }
}

/// What update, attach and detach take alike.
struct ComponentChange: ParsableArguments {
    @Option(help: ArgumentHelp("Another infrastructure file, or a directory with a manifest.", valueName: "path"))
    var file: String?
    @Option(
        help: ArgumentHelp("The revision that the change was made from; a stale one is refused.", valueName: "number"))
    var revision: Int?
    @OptionGroup var order: OrderOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func carry(_ name: String, _ attachment: ComponentUpdate.Attachment, owner: String? = nil) async throws {
        let ordering = Ordering(try workspace.engine(), order, output)
        var update = ComponentUpdate(name: name, attachment: attachment, baseRevision: revision, owner: owner)
        if let file { update.source = try await Engine.componentSource(file) }
        try await ordering.carry(.updateComponent(update))
    }
}

struct ComponentUpdateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Deploy a component again, with another file or with what its instance has now."
    )

    @Argument(help: "The component.") var name: String
    @Option(help: "Another owner.") var owner: String?
    @OptionGroup var change: ComponentChange

    func run() async throws {
        // Who owns it deploys nothing.
        guard change.file == nil, let owner else { return try await change.carry(name, .keep, owner: owner) }
        let engine = try change.workspace.engine()
        try engine.checkRevision(of: .component(name), change.revision)
        if change.order.plan { return PlanText.nothing(change.output) }
        try engine.describe(.component(name), owner: owner, why: change.order.why)
        let detail = try engine.target(.component(name))
        Console.show(change.output) {
            TargetText.json(detail)
        } text: {
            TargetText.text(detail)
        }
    }
}

struct ComponentAttach: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach", abstract: "Attach a component to an instance in its environment.")

    @Argument(help: "The component.") var name: String
    @Argument(help: ArgumentHelp("The instance.", valueName: "service/instance")) var instance: InstanceName
    @OptionGroup var change: ComponentChange

    func run() async throws { try await change.carry(name, .attach(instance.target)) }
}

struct ComponentDetach: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detach", abstract: "Detach a component from its instance; it stays where it is.",
        discussion: "A file that reads service or service_instance needs another one then: --file.")

    @Argument(help: "The component.") var name: String
    @OptionGroup var change: ComponentChange

    func run() async throws { try await change.carry(name, .detach) }
}

struct ComponentRollback: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Return a component to an earlier deployment's file and attachment.")

    @Argument(help: "The component.") var name: String
    @OptionGroup var options: RollbackOptions

    func run() async throws { try await options.carry(.component(name)) }
}

struct ComponentDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Destroy a component that is attached to nothing.")

    @Argument(help: "The component.") var name: String
    @OptionGroup var confirm: ConfirmOptions
    @OptionGroup var order: OrderOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        var ordering = Ordering(try workspace.engine(), order, output)
        ordering.confirmation = confirm.yes
        try await ordering.carry(.destroy(.component(name)), destroying: name)
    }
}
