import ArgumentParser
import Catalog
import Documents
import Engine
import Foundation

struct AdoptCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt", abstract: "Take in what runs already, and change nothing outside.",
        discussion: """
            scan looks at the stacks of a connection's account and region, and writes an inventory: what Proton's tags \
            say they belong to, the version that comes nearest, and inputs that were read back from the stack where no \
            spec is given. A person completes it. apply compares each stack with what its version renders, and records \
            it: clean (they mean the same), differs, or unknown.
            """,
        subcommands: [AdoptScan.self, AdoptApply.self, AdoptList.self])
}

struct AdoptScan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "Write an inventory of an account's stacks; reads only.")

    @Option(help: "The connection whose account and region are looked at.") var connection: String
    @Option(
        help: ArgumentHelp(
            "A spec's file; its name tells whose it is unless NAME= does. May be repeated.", valueName: "[name=]file"))
    var spec: [String] = []
    @Option(help: ArgumentHelp("Write the inventory into this new file.", valueName: "file")) var to: String?
    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
        if let to, FileManager.default.fileExists(atPath: to) {
            throw Refusal("adopt.file", "There is a file \(to) already.", hint: "Choose another name with --to.")
        }
        let specs = try spec.map { text -> GivenSpec in
            let pair = Assignment(text)
            let path = pair?.text ?? text
            return GivenSpec(name: pair?.name ?? "", path: path, text: try SpecFile(path)?.text ?? "")
        }
        let engine = try workspace.engine()
        defer { Console.endProgress() }
        let inventory = try await engine.scan(connection, specs: specs) { Console.progress($0.words) }.inventory
        Console.endProgress()
        let place = try engine.connection(connection).connection
        let text = inventory.text(of: place)
        if let to {
            do { try text.write(toFile: to, atomically: true, encoding: .utf8) } catch {
                throw Refusal("adopt.file", "Could not write \(to): \(error.localizedDescription)")
            }
            let instances = inventory.services.reduce(0) { $0 + $1.instances.count }
            Console.talk(
                "\(counted(inventory.environments.count, "environment")), \(counted(inventory.services.count, "service")) with \(counted(instances, "instance")), \(counted(inventory.others.count, "stack")) of others: \(to)"
            )
        } else {
            Console.document(text.hasSuffix("\n") ? String(text.dropLast()) : text)
        }
    }
}

struct AdoptApply: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Record what an inventory says, compared with what is there.")

    @Argument(help: "The inventory; - reads standard input.") var file: String
    @OptionGroup var reason: ReasonOptions
    @Flag(help: "Compare alone, and record nothing; ends with 2 where anything differs.") var plan = false
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let engine = try workspace.engine()
        guard let inventory = try SpecFile(file) else { return }
        let directory = file == "-" ? "." : (file as NSString).deletingLastPathComponent
        defer { Console.endProgress() }
        let targets = try await engine.adopt(
            inventory.text, name: inventory.name, why: reason.why, keeps: !plan,
            file: { path in
                let isAbsolute = path.hasPrefix("/") || directory.isEmpty
                // Written by a scan, a path is that of the scan's working directory; else it stands beside the inventory.
                let beside = isAbsolute ? path : "\(directory)/\(path)"
                return try SpecFile(FileManager.default.fileExists(atPath: beside) ? beside : path)?.text ?? ""
            }, progress: { Console.progress($0.words) })
        Console.endProgress()
        AdoptText.show(targets, output)
        if !output.isJSON { AdoptText.showDifferences(targets) }
        let differing = targets.count { $0.verdict != .clean }
        if !output.isJSON {
            Console.talk(
                "\(counted(targets.count, "stack")) \(plan ? "compared" : "taken in"): \(targets.count - differing) clean, \(targets.count { $0.verdict == .differs }) differ, \(targets.count { $0.verdict == .unknown }) unknown. Nothing was changed outside."
            )
        }
        if plan, differing > 0 { throw ExitCode(2) }
    }
}

struct AdoptList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List what was taken in and not deployed since, with how it stands.")
    @Argument(help: ArgumentHelp("Only this one, with its differences.", valueName: "target"))
    var target: TargetName?
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let adopted = try workspace.engine().adopted().filter { target == nil || $0.target == target?.target }
        AdoptText.show(adopted, output)
        if target != nil, !output.isJSON { AdoptText.showDifferences(adopted) }
    }
}

enum AdoptText {
    /// Resources that are shown of one stack.
    private static let most = 8

    static func show(_ targets: [AdoptedTarget], _ output: OutputOptions) {
        let order: [AdoptionVerdict] = [.differs, .unknown, .clean]
        let sorted = order.flatMap { verdict in targets.filter { $0.verdict == verdict } }
        if output.isJSON {
            return Console.out(
                JSON.object([
                    (
                        "targets",
                        .list(
                            sorted.map { target in
                                JSON.object([
                                    ("target", .string(target.target.id)), ("stack", JSON.text(target.stack)),
                                    ("version", .string(target.version.description)),
                                    ("verdict", .string(target.verdict.rawValue)), ("cause", JSON.text(target.cause)),
                                    ("changes", .list(target.changes.map(\.value))),
                                    ("findings", JSON.findings(target.findings)),
                                ])
                            })
                    )
                ]))
        }
        var table = Table("VERDICT", "TARGET", "VERSION", "STACK", "DIFFERENCES", "LIKELY CAUSE")
        for target in sorted {
            table.add(
                target.verdict.rawValue, target.target.title, target.version.description, target.stack,
                target.changes.isEmpty ? "-" : "\(target.changes.count)", target.cause)
        }
        table.print(orElse: "Nothing was taken in.")
    }

    /// What differs, as far as it differs by itself and not because of what it refers to.
    static func showDifferences(_ targets: [AdoptedTarget]) {
        for target in targets where !target.changes.isEmpty {
            var shown = target.changes.byThemselves
            let more = shown.count - most
            shown = Array(shown.prefix(most))
            Console.out("\n\(target.target.title), where an update to \(target.version) with these inputs would")
            Console.out(PlanText.changes(of: shown))
            if more > 0 { Console.out("    and \(more) more") }
        }
    }
}
