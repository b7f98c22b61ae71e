import ArgumentParser
import Catalog
import Documents
import Engine

struct DeploymentCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deployment", abstract: "What was tried: look, watch, cancel, try again.",
        subcommands: [
            DeploymentList.self, DeploymentShow.self, DeploymentWatch.self, DeploymentCancel.self,
            DeploymentRetry.self, DeploymentRelease.self,
        ])
}

struct DeploymentList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List deployments, newest first.")

    @Argument(
        help: ArgumentHelp("Only those of network, shop/prod, pipeline/shop or component/queue.", valueName: "target"))
    var target: TargetName?
    @Flag(help: "Only those that have not ended.") var unfinished = false
    @Option(help: ArgumentHelp("Only those before this one.", valueName: "id")) var before: Deployment.ID?
    @OptionGroup var limit: LimitOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let engine = try workspace.engine()
        if let target { try engine.checkKnown(target.target) }
        let rows = try engine.deployments(
            target: target?.target, isUnfinished: unfinished, before: before, limit: limit.rows(orElse: 100))
        if output.isJSON {
            Console.out(JSON.object([("deployments", .list(rows.map(DeploymentText.json)))]))
        } else {
            DeploymentText.table(rows).print(orElse: "There is no deployment.")
            Abandoned.talk(rows.contains(where: \.isAbandoned))
        }
    }
}

/// Which deployment a command means.
struct DeploymentOptions: ParsableArguments {
    @Argument(help: "The deployment's number.") var id: Deployment.ID
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions
}

struct DeploymentShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a deployment with its events.")
    @OptionGroup var one: DeploymentOptions

    func run() async throws {
        let engine = try one.workspace.engine()
        let detail = try engine.deployment(one.id)
        let events = try engine.events(of: one.id, after: 0, limit: 10_000)
        Console.show(one.output) {
            DeploymentText.json(detail, events)
        } text: {
            ([DeploymentText.detail(detail), ""] + events.map { EventText.line($0, of: detail.deployment.target) })
                .joined(separator: "\n")
        }
    }
}

struct DeploymentWatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Follow a deployment until it ends; 1 unless it succeeded.",
        discussion: "With --output json every event is one line of JSON.")
    @OptionGroup var one: DeploymentOptions

    func run() async throws {
        let engine = try one.workspace.engine()
        let detail = try engine.deployment(one.id)
        Abandoned.talk(detail.deployment.isAbandoned)
        let follower = Follower(engine: engine, isJSON: one.output.isJSON)
        let ended = try await follower.run([one.id], nil)
        if !one.output.isJSON {
            for deployment in ended {
                Console.out(
                    "Deployment \(deployment.id) of \(deployment.target.title) \(deployment.phase.sentence)."
                )
            }
        }
        try Outcome(ended).report()
    }
}

struct DeploymentCancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Ask a deployment to stop: one that runs undoes what it did.")
    @OptionGroup var one: DeploymentOptions

    func run() async throws {
        let engine = try one.workspace.engine()
        try engine.cancel(one.id)
        let deployment = try engine.deployment(one.id).deployment
        Console.show(one.output) {
            DeploymentText.json(deployment)
        } text: {
            "Deployment \(one.id) of \(deployment.target.title) \(deployment.phase.sentence)."
        }
        if !deployment.phase.isFinished { try engine.startDetachedRunner(for: [deployment.connection]) }
    }
}

struct DeploymentRetry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Order the same again as a deployment that did not succeed.",
        discussion:
            "It must be its target's last. The steps of its order that did not begin because of it go on with it.")
    @Argument(help: "The deployment's number.") var id: Deployment.ID
    @OptionGroup var confirm: ConfirmOptions
    @OptionGroup var order: OrderOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let engine = try workspace.engine()
        let detail = try engine.deployment(id)
        var ordering = Ordering(engine, order, output)
        ordering.confirmation = confirm.yes
        let own = detail.deployment.action == .destroy ? detail.deployment.target.title : nil
        try await ordering.carry(.retry(id), destroying: detail.destroysService ?? own)
    }
}
