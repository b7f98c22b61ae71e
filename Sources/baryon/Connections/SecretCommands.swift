import ArgumentParser
import Catalog
import Documents
import Engine

struct SecretCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secret", abstract: "Where the secrets are that specs may name on a connection.",
        discussion: """
            An input that its schema marks x-secret takes the name of a secret, {"$secret": "NAME"}, with --set as \
            INPUT=secret:NAME. Only names that are defined on the connection of the target may be named. A source \
            says where the value is:

                ssm:/shop/db-password            a secure parameter of Systems Manager, with :VERSION where one is meant
                secretsmanager:shop/db:password  a secret of Secrets Manager, with :KEY and :STAGE where they are meant
                env:DB_PASSWORD                  a variable of the runner's environment
                file:/run/secrets/db             a file where the runner is, without the last line's end
                exec:pass show shop/db           what a program prints there, without the last line's end

            CloudFormation looks up ssm: and secretsmanager: itself, and gets a dynamic reference; the others can't \
            stand in its templates. A value is looked up when a process needs it, such as a hook with --secret, and \
            never kept or shown. A rehearsal on local makes sure that env:, file: and exec: give a value.
            """,
        subcommands: [SecretSet.self, SecretList.self, SecretDelete.self])
}

struct ConnectionOption: ParsableArguments {
    @Option(help: "The connection.") var connection = Connection.local.name
}

struct SecretSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Define a secret, or give it another source.")

    @Argument(help: "Its name.") var name: String
    @Option(help: "Where it is; never the secret itself.") var source: String
    @OptionGroup var connection: ConnectionOption
    @OptionGroup var reason: ReasonOptions
    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
        let (secret, isChanged) = try workspace.engine().setSecret(
            name, source: source, on: connection.connection, why: reason.why)
        Console.talk(
            "The secret \(name) of connection \(secret.connection) is at \(secret.source.text)\(isChanged ? "; plans that name it and were made before are void" : "")."
        )
    }
}

struct SecretList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List a connection's secrets.")
    @OptionGroup var connection: ConnectionOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let secrets = try workspace.engine().secrets(on: connection.connection)
        if output.isJSON { return Console.out(JSON.object([("secrets", ConnectionText.json(secrets))])) }
        var table = Table("SECRET", "SOURCE")
        for secret in secrets { table.add(secret.name, secret.source.text) }
        table.print(orElse: "Connection \(connection.connection) defines no secret.")
    }
}

struct SecretDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete the definition of a secret that nothing names.")
    @Argument(help: "The secret.") var name: String
    @OptionGroup var connection: ConnectionOption
    @OptionGroup var reason: ReasonOptions
    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
        try workspace.engine().deleteSecret(name, on: connection.connection, why: reason.why)
        Console.talk("The secret \(name) is no longer defined on connection \(connection.connection).")
    }
}
