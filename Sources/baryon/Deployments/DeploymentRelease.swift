import ArgumentParser
import Catalog
import Documents
import Engine

struct DeploymentRelease: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Free a target whose deployment is stuck.",
        discussion: """
            --continue-rollback goes on undoing; resources that can't be undone are left out with --skip. --delete \
            deletes the stack; resources that can't be deleted stay with --keep, outside of any stack.
            """)

    @Argument(help: ArgumentHelp("network, shop/prod, pipeline/shop or component/queue.", valueName: "target"))
    var target: TargetName
    @Flag(help: "Go on undoing what the deployment did.") var continueRollback = false
    @Flag(help: "Delete the stack.") var delete = false
    @Option(help: ArgumentHelp("A resource to leave out of the undoing; may be repeated.", valueName: "logical-id"))
    var skip: [String] = []
    @Option(help: ArgumentHelp("A resource that stays; may be repeated.", valueName: "logical-id")) var keep: [String] =
        []
    @OptionGroup var confirm: ConfirmOptions
    @OptionGroup var reason: ReasonOptions
    @OptionGroup var workspace: WorkspaceOptions

    func validate() throws {
        guard continueRollback != delete else {
            throw ValidationError("Say one way out: --continue-rollback or --delete.")
        }
        if delete, !skip.isEmpty { throw ValidationError("--skip is for --continue-rollback; --delete has --keep.") }
        if continueRollback, !keep.isEmpty {
            throw ValidationError("--keep is for --delete; --continue-rollback has --skip.")
        }
    }

    func run() async throws {
        let title = target.target.title
        if delete {
            try Destroying(
                name: title, act: "Deleting the stack of \(title)", threat: "This deletes the stack of \(title)."
            )
            .confirm(given: confirm.yes)
        }
        let engine = try workspace.engine()
        try await engine.release(target.target, deletes: delete, keeping: delete ? keep : skip, why: reason.why)
        Console.talk(
            delete
                ? "The stack of \(title) is deleted; \(title) itself is kept, and can be deployed or deleted."
                : "\(title) is as it was applied before.")
    }
}
