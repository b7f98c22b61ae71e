import ArgumentParser
import Engine

struct WorkspaceSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Change a setting of the workspace.",
        discussion: """
            pipeline-connection NAME        where new pipelines go
            deployments-at-once COUNT       how many deployments may run at once; 0 for any number
            deployments-at-once-in-environment COUNT
            """)

    @Argument(help: "The setting.") var setting: WorkspaceSetting
    @Argument(help: "Its value.") var value: String
    @OptionGroup var reason: ReasonOptions
    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
        try workspace.engine().set(setting, to: value, why: reason.why)
        Console.talk("\(setting.rawValue) is \(value).")
    }
}

extension WorkspaceSetting: ExpressibleByArgument {}
