import ArgumentParser
import Catalog
import Documents
import Engine

struct ConnectionCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connection", abstract: "Where environments and pipelines go: an account, a region, a role.",
        discussion: """
            The connection local is built in: it rehearses, and makes nothing in a cloud. A connection names no \
            profile, because profiles belong to a person: yours stand in ~/.config/baryon/config.yaml, with the \
            connections whose deployments your programs may carry out:

                claim: [local, staging]
                profiles:
                  staging: acme-staging
            """,
        subcommands: [
            ConnectionAdd.self, ConnectionChangeCommand.self, ConnectionList.self, ConnectionShow.self,
            ConnectionCheck.self, ConnectionDelete.self, SecretCommands.self,
        ])
}

/// What add and change take alike.
struct ConnectionSettingsOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The role that CloudFormation takes on; empty for none.", valueName: "arn"))
    var role: String?
    @Option(
        help: ArgumentHelp(
            "The role that CloudFormation takes on for components; without one none go there.", valueName: "arn"))
    var componentRole: String?
    @Option(help: ArgumentHelp("A tag of every stack; may be repeated, empty takes it away.", valueName: "key=value"))
    var tag: [String] = []
    @Option(help: ArgumentHelp("The S3 bucket for templates over 51,200 bytes.", valueName: "name"))
    var bucket: String?
    @Option(help: ArgumentHelp("A topic that hears of stack events; may be repeated.", valueName: "arn"))
    var topic: [String] = []
    @Option(help: ArgumentHelp("Cancel a deployment after so long; 0 for never.", valueName: "minutes"))
    var timeout: Int?
    @Option(help: ArgumentHelp("Deployments that may run at once; 0 for any number.", valueName: "count"))
    var atOnce: Int?
    @Flag(inversion: .prefixedNo, help: "Have the service refuse to delete its stacks.")
    var terminationProtection: Bool?
    @OptionGroup var reason: ReasonOptions

    func validate() throws {
        for text in tag where Assignment(text) == nil {
            throw ValidationError("--tag must be written as key=value, but is \"\(text)\".")
        }
    }

    func change(account: String?, region: String?) -> ConnectionChange {
        var tags: [String: String] = [:]
        for pair in tag.compactMap(Assignment.init) { tags[pair.name] = pair.text }
        return ConnectionChange(
            account: account, region: region, role: role, componentRole: componentRole, tags: tags,
            bucket: bucket, notificationTopics: topic.isEmpty ? nil : topic.filter { !$0.isEmpty },
            timeoutMinutes: timeout,
            isTerminationProtected: terminationProtection, concurrency: atOnce)
    }
}

struct ConnectionAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Add a connection.")

    @Argument(help: "Its name.") var name: String
    @Option(help: ArgumentHelp("The AWS account.", valueName: "digits")) var account: String
    @Option(help: ArgumentHelp("The AWS region.", valueName: "name")) var region: String
    @OptionGroup var settings: ConnectionSettingsOptions
    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
        let engine = try workspace.engine()
        let change = settings.change(account: account, region: region)
        Console.report(try engine.addConnection(name, change, why: settings.reason.why))
        Console.talk("Connection \(name) goes to account \(account) in \(region).")
        if !engine.access.mayClaim(name) {
            Console.talk(
                "Your programs may not carry out what goes there: add \(name) to claim in ~/.config/baryon/config.yaml, or leave it to a runner."
            )
        }
    }
}

struct ConnectionChangeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Change a connection's settings, or its place while nothing is there.")

    @Argument(help: "The connection.") var name: String
    @Option(help: ArgumentHelp("Another account.", valueName: "digits")) var account: String?
    @Option(help: ArgumentHelp("Another region.", valueName: "name")) var region: String?
    @OptionGroup var settings: ConnectionSettingsOptions
    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
        let change = settings.change(account: account, region: region)
        guard change != ConnectionChange() else {
            throw ValidationError("What is to be changed must be named, such as --role or --tag.")
        }
        Console.report(try workspace.engine().changeConnection(name, change, why: settings.reason.why))
        Console.talk("Connection \(name) is changed; plans that were made before are void.")
    }
}

struct ConnectionList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List connections.")
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let engine = try workspace.engine()
        let details = try engine.connections().map { try engine.connection($0.name) }
        Console.show(output) {
            JSON.object([("connections", .list(details.map(ConnectionText.json)))])
        } text: {
            ConnectionText.table(details).fitted
        }
    }
}

struct ConnectionShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a connection.")
    @Argument(help: "The connection.") var name: String
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let detail = try workspace.engine().connection(name)
        Console.show(output) {
            ConnectionText.json(detail)
        } text: {
            ConnectionText.text(detail)
        }
    }
}

struct ConnectionCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Ask who you are where a connection goes, and whether that is right.")
    @Argument(help: "The connection.") var name: String
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let found = try await workspace.engine().checkConnection(name)
        Console.show(output) {
            JSON.object([("caller", .string(found.caller)), ("stacks", JSON.number(found.stacks))])
        } text: {
            "You are \(found.caller), as \(name) wants it; \(counted(found.stacks, "stack")) there."
        }
    }
}

struct ConnectionDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete a connection that nothing uses.")
    @Argument(help: "The connection.") var name: String
    @OptionGroup var reason: ReasonOptions
    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
        try workspace.engine().deleteConnection(name, why: reason.why)
        Console.talk("Connection \(name) is deleted.")
    }
}
