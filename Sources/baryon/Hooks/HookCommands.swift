import ArgumentParser
import Catalog
import Documents
import Engine

struct HookCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hook", abstract: "Commands that hear of events.",
        discussion: """
            A hook gets each event that it hears as one line of JSON on standard input. It runs beside everything \
            else: what it does, and whether it fails, changes nothing. Its faults stand in hooks.log in the workspace.

            A hook that hears of deployments may be given secrets: with --secret DB_PASSWORD=db.password the variable \
            DB_PASSWORD holds, while the hook runs, the value of the secret that the input db.password names. Where \
            a deployment has no such input, there is no such variable. The value is taken out of what stands in \
            hooks.log.
            """,
        subcommands: [HookAdd.self, HookList.self, HookTry.self, HookDelete.self])
}

extension Hook.Moment: ExpressibleByArgument {}

struct HookAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a hook; its command stands behind --.")

    @Argument(help: "Its name.") var name: String
    @Option(help: "An event that it hears; may be repeated. Without one it hears all.") var event: [Hook.Moment] = []
    @Option(help: ArgumentHelp("End it after so long.", valueName: "seconds")) var timeout = 30
    @Option(
        help: ArgumentHelp(
            "Put the secret that an input of the deployment names into its environment; may be repeated.",
            valueName: "variable=input"))
    var secret: [String] = []
    @OptionGroup var reason: ReasonOptions
    @OptionGroup var workspace: WorkspaceOptions
    @Argument(parsing: .postTerminator, help: ArgumentHelp("The program and its arguments.", valueName: "command"))
    var command: [String] = []

    func validate() throws {
        for text in secret where Assignment(text) == nil {
            throw ValidationError("--secret must be written as VARIABLE=INPUT.")
        }
    }

    func run() async throws {
        let pairs = secret.compactMap(Assignment.init).map { ($0.name, $0.text) }
        let hook = Hook(
            name: name, command: command, moments: Set(event), timeoutSeconds: timeout,
            secrets: Dictionary(pairs) { _, last in last })
        try workspace.engine().addHook(hook, why: reason.why)
        Console.talk("Hook \(name) hears \(HookText.events(hook)). Try it with: baryon hook try \(name)")
    }
}

struct HookList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List hooks.")
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let hooks = try workspace.engine().hooks()
        if output.isJSON { return Console.out(JSON.object([("hooks", .list(hooks.map(\.value)))])) }
        var table = Table("HOOK", "HEARS", "SECRETS", "COMMAND")
        for hook in hooks {
            let secrets = hook.secrets.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: ", ")
            table.add(
                hook.name, HookText.events(hook), secrets.isEmpty ? "-" : secrets, hook.command.joined(separator: " "))
        }
        table.print(orElse: "There is no hook.")
    }
}

struct HookTry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "try", abstract: "Send a trial event to a hook, and print what it says.")
    @Argument(help: "The hook.") var name: String
    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
        let said = try await workspace.engine().tryHook(name)
        if !said.isEmpty { Console.out(said) }
        Console.talk("Hook \(name) took the event.")
    }
}

struct HookDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "delete", abstract: "Delete a hook.")
    @Argument(help: "The hook.") var name: String
    @OptionGroup var reason: ReasonOptions
    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
        try workspace.engine().deleteHook(name, why: reason.why)
        Console.talk("Hook \(name) is deleted.")
    }
}

enum HookText {
    static func events(_ hook: Hook) -> String {
        hook.moments.isEmpty ? "all events" : hook.moments.map(\.rawValue).sorted().joined(separator: ", ")
    }
}
