import ArgumentParser
import Documents
import Engine

struct WorkspaceCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workspace", abstract: "The place where the catalog is kept.",
        subcommands: [
            WorkspaceShow.self, WorkspaceExport.self, WorkspaceBackup.self, WorkspaceRestore.self,
            WorkspaceHistory.self, WorkspaceSet.self,
        ])
}

struct WorkspaceShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show the workspace in figures.")
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let engine = try workspace.engine()
        let report = try engine.show()
        let settings = try engine.settings()
        Console.show(output) {
            JSON.object([
                ("path", .string(report.path)), ("schemaVersion", JSON.number(report.schemaVersion)),
                ("templates", JSON.number(report.templates)), ("environments", JSON.number(report.environments)),
                ("services", JSON.number(report.services)), ("instances", JSON.number(report.instances)),
                ("pipelines", JSON.number(report.pipelines)), ("components", JSON.number(report.components)),
                ("deployments", JSON.number(report.deployments)),
                ("bytes", JSON.number(report.bytes)), ("hasLiveRunner", .bool(report.hasLiveRunner)),
                ("settings", .object(Object(settings.map { ($0.setting.rawValue, .string($0.value)) }))),
            ])
        } text: {
            var table = Table()
            table.add("Workspace", report.path)
            table.add("Templates", "\(report.templates)")
            table.add("Environments", "\(report.environments)")
            table.add("Services", "\(report.services)")
            table.add("Instances", "\(report.instances)")
            table.add("Pipelines", "\(report.pipelines)")
            table.add("Components", "\(report.components)")
            table.add("Deployments", "\(report.deployments)")
            table.add("Size", "\((report.bytes + 1023) / 1024) KiB")
            table.add("Runner", report.hasLiveRunner ? "one is alive" : "none")
            for (setting, value) in settings { table.add(setting.title, value == "0" ? "any number" : value) }
            return table.text
        }
    }
}

struct WorkspaceExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write everything as plain files into a new directory.")
    @Argument(help: "The directory.") var directory: String
    @Flag(name: .customLong("without-ids"), help: "Leave out numbers and times, to compare two workspaces.")
    var withoutIDs = false
    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
        try workspace.engine().export(to: directory, withoutIDs: withoutIDs)
        Console.talk("Exported to \(directory).")
    }
}

struct WorkspaceBackup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Write the whole workspace into one consistent file.")
    @Argument(help: "The new file.") var file: String
    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
        try workspace.engine().backup(to: file)
        Console.talk("Backed up to \(file).")
    }
}

struct WorkspaceRestore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Make a workspace from a backup; what was applied is uncertain then.")
    @Argument(help: "The backup's file.") var file: String
    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
        let place = try workspace.place.checked()
        try Engine.restore(from: file, to: place, actor: WorkspaceOptions.actor, at: WorkspaceOptions.now())
        Console.talk("Restored to \(place.path).")
    }
}

struct WorkspaceHistory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "List who did what, when and why, newest first.")
    @OptionGroup var limit: LimitOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        HistoryText.show(try workspace.engine().history(limit: limit.rows(orElse: 200)), output)
    }
}
