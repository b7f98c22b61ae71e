import ArgumentParser
import Catalog
import Documents
import Engine

struct CheckCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "What is looked for in every plan, and what may be passed over.",
        discussion: """
            A check is advisory (told), soft (blocks unless waived) or hard (blocks). Some are built in; any command \
            can be one. It works in a directory with the rendered files, gets the plan as JSON on standard input, and \
            answers with {"findings": [{"severity", "code", "message", "file", "line", "column", "hint"}]}, or as \
            --format says. {file} among its arguments stands for the rendered template:

                baryon check add lint --level soft --format cfn-lint -- cfn-lint --format json {file}
                baryon check add policy --level hard --format checkov -- checkov -f {file} -o json --quiet
            """,
        subcommands: [
            CheckList.self, CheckAdd.self, CheckSet.self, CheckDelete.self, CheckWaive.self, CheckWaivers.self,
            CheckUnwaive.self,
        ])
}

extension CheckDefinition.Format: ExpressibleByArgument {}

/// A level, or off.
enum LevelChoice: String, ExpressibleByArgument, CaseIterable {
    case advisory, soft, hard, off

    var level: Check.Level? { Check.Level(rawValue: rawValue) }
}

struct CheckList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List checks and their levels.")
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let checks = try workspace.engine().checks()
        if output.isJSON { return Console.out(JSON.object([("checks", .list(checks.map(\.value)))])) }
        var table = Table("CHECK", "LEVEL", "COMMAND")
        for check in checks {
            table.add(
                check.name, check.level?.rawValue ?? "off",
                check.isBuiltIn ? "(built in)" : check.command.joined(separator: " "))
        }
        table.print(orElse: "There is no check.")
    }
}

struct CheckAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a command as a check; it stands behind --.")

    @Argument(help: "Its name.") var name: String
    @Option(help: "What a failure means: advisory, soft or hard.") var level: LevelChoice = .soft
    @Option(help: "How its answer is read.") var format: CheckDefinition.Format = .baryon
    @Option(help: ArgumentHelp("End it after so long.", valueName: "seconds")) var timeout = 60
    @OptionGroup var reason: ReasonOptions
    @OptionGroup var workspace: WorkspaceOptions
    @Argument(parsing: .postTerminator, help: ArgumentHelp("The program and its arguments.", valueName: "command"))
    var command: [String] = []

    func run() async throws {
        let check = CheckDefinition(
            name: name, level: level.level, command: command, format: format, timeoutSeconds: timeout)
        try workspace.engine().addCheck(check, why: reason.why)
        Console.talk("Every plan is looked at by \(name) now (\(level.rawValue)).")
    }
}

struct CheckSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Change a check's level, or turn it off.")
    @Argument(help: "The check.") var name: String
    @Option(help: "advisory, soft, hard or off.") var level: LevelChoice
    @OptionGroup var reason: ReasonOptions
    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
        try workspace.engine().setCheck(name, level: level.level, why: reason.why)
        Console.talk("The check \(name) is \(level.rawValue).")
    }
}

struct CheckDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete a check that somebody added.")
    @Argument(help: "The check.") var name: String
    @OptionGroup var reason: ReasonOptions
    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
        try workspace.engine().deleteCheck(name, why: reason.why)
        Console.talk("The check \(name) is deleted.")
    }
}

struct CheckWaive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waive", abstract: "Pass the failure of a soft check over, for a while.")
    @Argument(help: "The check.") var name: String
    @Option(help: ArgumentHelp("Only findings of this code.", valueName: "code")) var code = ""
    @Option(help: ArgumentHelp("Only for network, shop/prod, pipeline/shop or component/queue.", valueName: "target"))
    var target: TargetName?
    @Option(help: ArgumentHelp("Why.", valueName: "text")) var why: String
    @Option(help: ArgumentHelp("The last day, as 2026-12-31.", valueName: "date")) var until: Day
    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
        let waiver = try workspace.engine().waive(
            name, code: code, target: target?.target, why: why, until: until.end)
        Console.talk("Waiver \(waiver.id): failures of \(name) are passed over until the end of \(until.text).")
    }
}

struct CheckWaivers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waivers", abstract: "List what was waived: by whom, why, until when.")
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let waivers = try workspace.engine().waivers()
        if output.isJSON { return Console.out(JSON.object([("waivers", .list(waivers.map(\.value)))])) }
        let now = WorkspaceOptions.now()
        var table = Table("ID", "CHECK", "CODE", "TARGET", "BY", "UNTIL", "WHY")
        for waiver in waivers {
            let until = String(waiver.until.iso8601.prefix(16))
            table.add(
                "\(waiver.id)", waiver.check, waiver.code.isEmpty ? "all" : waiver.code,
                waiver.target.isEmpty ? "all" : waiver.target, waiver.by,
                now < waiver.until ? until : "ended \(until)", waiver.why)
        }
        table.print(orElse: "Nothing was waived.")
    }
}

struct CheckUnwaive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "unwaive", abstract: "End a waiver now.")
    @Argument(help: "Its number.") var id: Int
    @OptionGroup var reason: ReasonOptions
    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
        try workspace.engine().endWaiver(id, why: reason.why)
        Console.talk("Waiver \(id) has ended.")
    }
}

/// A day of the calendar, as `2026-12-31`.
struct Day: ExpressibleByArgument {
    var text: String
    /// Its last moment, in universal time.
    var end: Instant

    init?(argument: String) {
        guard let instant = Instant(day: argument) else { return nil }
        text = argument
        end = instant.adding(milliseconds: 24 * 3600 * 1000 - 1)
    }
}
