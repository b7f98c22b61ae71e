import ArgumentParser
import Catalog
import Documents
import Engine

struct ServiceCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "service", abstract: "Applications: their instances and pipelines as a whole.",
        subcommands: [
            ServiceCreate.self, ServiceUpdate.self, ServiceList.self, ServiceShow.self, ServiceDelete.self,
        ])
}

/// Where a service's source lives.
struct RepositoryOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The source repository.", valueName: "owner/name")) var repository: String?
    @Option(help: "The branch that the pipeline follows.") var branch: String?
    @Option(help: ArgumentHelp("The ARN of the connection to the repository's host.", valueName: "arn"))
    var repositoryConnection: String?

    var isEmpty: Bool { repository == nil && branch == nil && repositoryConnection == nil }
}

/// `dev@network`.
struct InstanceOption: ExpressibleByArgument {
    var name: String
    var environment: String

    init?(argument: String) {
        let parts = argument.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        (name, environment) = (parts[0], parts[1])
    }
}

struct ServiceCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Order a service: instances and pipeline as one order.",
        discussion: """
            --set dev.port=80 is instance dev's, --set pipeline.image=... the pipeline's, --set port=80 every \
            instance's. On a terminal, without --spec, everything is asked for.
            """)

    @Argument(help: "The new service's name.") var name: String
    @Option(
        help: ArgumentHelp(
            "The template, with a version where not the recommended one is meant.", valueName: "name[@version]"))
    var template: TemplateReference
    @Option(
        name: .customLong("instance"),
        help: ArgumentHelp("An instance, where no spec is given; may be repeated.", valueName: "name@environment"))
    var instances: [InstanceOption] = []
    @Option(help: "The owner: a team's or a person's name.") var owner = ""
    @Flag(help: "Take the defaults, and ask nothing.") var defaults = false
    @OptionGroup var repository: RepositoryOptions
    @OptionGroup var spec: SpecOptions
    @OptionGroup var order: OrderOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if spec.spec != nil, !instances.isEmpty {
            throw ValidationError("--spec names the instances: leave --instance out.")
        }
    }

    func run() async throws {
        let engine = try workspace.engine()
        var ordering = Ordering(engine, order, output, specName: spec.spec, assigned: spec.names)
        let (maker, text) = try await ordering.making {
            let version = try engine.version(template.name, template.choice)
            let maker = SpecMaker(engine, version, spec, takesDefaults: defaults)
            return (maker, try maker.service(instances))
        }
        ordering.asksFirst = maker.asks
        try await ordering.carry(
            .createService(
                ServiceOrder(
                    name: name, template: template.name, version: template.choice, spec: text, owner: owner,
                    repository: repository.repository ?? "", branch: repository.branch ?? "",
                    repositoryConnection: repository.repositoryConnection ?? "")))
    }
}

struct ServiceUpdate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Change a service: its set of instances, any inputs, repository, owner.",
        discussion: "A spec that leaves an instance out destroys it, and is refused without --remove NAME.")

    @Argument(help: "The service.") var name: String
    @Option(help: ArgumentHelp("An instance that is to be destroyed; may be repeated.", valueName: "instance"))
    var remove: [String] = []
    @Option(
        help: ArgumentHelp("The revision that the spec was made from; a stale one is refused.", valueName: "number"))
    var revision: Int?
    @Option(help: "Another owner.") var owner: String?
    @OptionGroup var repository: RepositoryOptions
    @OptionGroup var spec: SpecOptions
    @OptionGroup var order: OrderOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if isEmpty, owner == nil, repository.isEmpty {
            throw ValidationError(
                "Say what to change: --spec FILE, --set input=value, --remove INSTANCE or --owner NAME.")
        }
    }

    /// Whether the spec stays as it is.
    private var isEmpty: Bool { spec.spec == nil && spec.set.isEmpty && remove.isEmpty }

    func run() async throws {
        let engine = try workspace.engine()
        let service = try engine.service(name).service
        if isEmpty, repository.isEmpty { return try describe(engine) }
        let file = try SpecFile(spec.spec)
        let ordering = Ordering(engine, order, output, specName: file?.name, assigned: spec.names)
        let wanted: String? = try await ordering.making { try isEmpty ? nil : text(engine, service, file) }
        let update = Catalog.ServiceUpdate(
            name: name, spec: wanted, baseRevision: revision, remove: remove, owner: owner,
            repository: repository.repository, branch: repository.branch,
            repositoryConnection: repository.repositoryConnection)
        // Facts that nothing is rendered with are kept and not deployed.
        if isEmpty {
            let plan = try engine.plan(.updateService(update))
            if plan.plans.isEmpty, plan.allFindings.isEmpty { return try describe(engine) }
        }
        try await ordering.carry(.updateService(update))
    }

    /// Keeps what is known of the service; nothing is deployed.
    private func describe(_ engine: Engine) throws {
        if order.plan { return PlanText.nothing(output) }
        try engine.describe(
            service: name, owner: owner, repository: repository.repository, branch: repository.branch,
            repositoryConnection: repository.repositoryConnection, why: order.why)
        let detail = try engine.service(name)
        Console.show(output) {
            ServiceText.json(detail)
        } text: {
            ServiceText.text(detail)
        }
    }

    /// The given spec, else the current one without what is removed; single inputs on top.
    private func text(_ engine: Engine, _ service: Service, _ file: SpecFile?) throws -> String {
        let base = try file?.text ?? engine.currentSpec(ofService: name)
        if file != nil, spec.set.isEmpty { return base }
        let (read, findings) = engine.readSpec(base, name: file?.name ?? "spec.yaml", kind: .service)
        guard var content = read else { throw Refusal(findings) }
        if file == nil {
            for gone in remove where !content.instances.contains(where: { $0.name == gone }) {
                throw Refusal(
                    "instance.unknown", "Service \(name) has no instance \"\(gone)\".",
                    hint: "It has \(content.instances.map(\.name).joined(separator: ", ")).")
            }
            content.instances.removeAll { remove.contains($0.name) }
        }
        if !spec.set.isEmpty {
            let standard = try engine.version(service.template, .standard)
            let maker = SpecMaker(engine, try version(engine, standard), spec, takesDefaults: true)
            let faults = maker.assign(spec.assignments, to: &content)
            if !faults.isEmpty { throw Refusal(faults) }
        }
        return engine.serviceSpec(content, over: base)
    }

    /// The version that the service's instances have: its schema says how an input is typed.
    private func version(_ engine: Engine, _ standard: VersionDetail) throws -> VersionDetail {
        guard let row = try engine.service(name).instances.first else { return standard }
        return try engine.version(row.template, .exact(row.desired))
    }
}

struct ServiceList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List services.")

    @Argument(help: "Words to search for.") var words: [String] = []
    @OptionGroup var list: ListOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let engine = try workspace.engine()
        let text = words.joined(separator: " ")
        let rows = try list.rows { try engine.services(text: text, owner: list.owner, offset: $0, limit: $1) }
        if output.isJSON {
            Console.out(JSON.object([("services", .list(rows.map(ServiceText.json)))]))
        } else {
            var table = Table("SERVICE", "TEMPLATE", "REPOSITORY", "BRANCH", "REVISION", "OWNER", "CREATED")
            for row in rows {
                table.add(
                    row.name, row.template, row.repository, row.branch, "\(row.revision)", row.owner,
                    row.createdAt.iso8601)
            }
            table.print(
                orElse: try list.emptySentence("There is no service.") {
                    try engine.services(text: text, limit: 1).total
                })
        }
    }
}

struct ServiceShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a service with its instances and pipeline.")

    @Argument(help: "The service.") var name: String
    @Flag(help: "Print the spec alone, as it is asked for now.") var spec = false
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let engine = try workspace.engine()
        if spec { return Console.show(output, spec: try engine.currentSpec(ofService: name)) }
        let detail = try engine.service(name)
        Console.show(output) {
            ServiceText.json(detail)
        } text: {
            ServiceText.text(detail)
        }
    }
}

struct ServiceDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Destroy a service: its pipeline and all its instances.")

    @Argument(help: "The service.") var name: String
    @OptionGroup var confirm: ConfirmOptions
    @OptionGroup var order: OrderOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        var ordering = Ordering(try workspace.engine(), order, output)
        ordering.confirmation = confirm.yes
        try await ordering.carry(.destroy(.service(name)), destroying: name)
    }
}
