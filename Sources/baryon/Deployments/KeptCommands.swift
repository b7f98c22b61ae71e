import ArgumentParser
import Catalog
import Documents
import Engine

struct KeptCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kept",
        abstract: "What stacks have left behind: resources and snapshots that they were told to keep.",
        subcommands: [KeptList.self, KeptForget.self])
}

struct KeptList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List what is still there and no stack has, newest first.")

    @Option(help: ArgumentHelp("Only what was in this environment, which may be gone.", valueName: "name"))
    var environment: String?
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let details = try workspace.engine().kept(in: environment)
        if output.isJSON { return Console.out(JSON.object([("kept", .list(details.map(KeptText.json)))])) }
        KeptText.table(details).print(
            orElse: environment.map { "Nothing of environment \"\($0)\" is kept." } ?? "Nothing is kept.")
    }
}

struct KeptForget: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget", abstract: "Take kept resources out of the list; outside nothing is touched.",
        discussion: "For what was deleted by hand, or is cared for elsewhere. Their names count as free then.")

    @Argument(help: ArgumentHelp("Their numbers in the list.", valueName: "id")) var ids: [Int]
    @Option(help: ArgumentHelp("Why: it is kept in the history.", valueName: "text")) var why: String
    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
        for kept in try workspace.engine().forget(kept: ids, why: why) {
            Console.talk("\(kept.physicalID) (\(kept.resource.type)) of \(kept.target.title) is not listed any more.")
        }
    }
}

enum KeptText {
    static func table(_ details: [KeptDetail]) -> Table {
        var table = Table("ID", "TYPE", "PHYSICAL ID", "KEPT", "OF", "DEPLOYMENT", "WHEN")
        for detail in details {
            let kept = detail.kept
            table.add(
                "\(kept.id)", kept.resource.type, kept.physicalID, word(kept.fate), kept.target.title,
                "\(kept.deployment)", kept.at.iso8601)
        }
        return table
    }

    private static func word(_ fate: KeptResource.Fate) -> String {
        switch fate {
        case .retained: "itself"
        case .snapshotted: "its snapshot"
        }
    }

    static func json(_ detail: KeptDetail) -> Value {
        let kept = detail.kept
        return JSON.object(
            [("id", JSON.number(kept.id))] + TargetText.names(kept.target, environment: detail.environment) + [
                ("type", .string(kept.resource.type)), ("logicalId", .string(kept.resource.logicalID)),
                ("physicalId", .string(kept.physicalID)), ("fate", .string(kept.fate.rawValue)),
                ("deployment", .string(String(kept.deployment.number))), ("connection", .string(detail.connection)),
                ("at", JSON.time(kept.at)),
            ])
    }
}
