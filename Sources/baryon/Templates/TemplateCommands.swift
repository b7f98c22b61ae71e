import ArgumentParser
import Catalog
import Documents
import Engine

/// What platform engineers publish and developers choose from.
struct TemplateCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "Look at the catalog, and publish to it.",
        subcommands: [
            TemplateList.self, TemplateShow.self, TemplateNew.self, TemplateCheck.self, TemplateTest.self,
            TemplateRegister.self, TemplateImport.self,
            TemplatePublish.self, TemplateRecommend.self, TemplateWithdraw.self, TemplateDeprecate.self,
            TemplateComponents.self, TemplateDelete.self,
        ])
}

struct TemplateList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the catalog's templates.")

    @Argument(help: "Words to search for.") var words: [String] = []
    @Option(help: "Only environment or service templates.") var kind: TemplateKind?
    @OptionGroup var list: ListOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let engine = try workspace.engine()
        let text = words.joined(separator: " ")
        let rows = try list.rows { offset, limit in
            try engine.catalog(
                CatalogQuery(text: text, kind: kind, owner: list.owner, offset: offset, limit: limit))
        }
        if output.isJSON {
            Console.out(JSON.object([("templates", .list(rows.map(TemplateText.json)))]))
        } else {
            let nothing = text.isEmpty && kind == nil ? "The catalog is empty." : "No template matches."
            TemplateText.table(rows).print(
                orElse: try list.emptySentence(nothing) {
                    try engine.catalog(CatalogQuery(text: text, kind: kind, limit: 1)).total
                })
        }
    }
}

struct TemplateShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a template: readme, inputs, outputs, versions.")

    @Argument(
        help: ArgumentHelp(
            "The template, with a version where not the recommended one is meant.", valueName: "name[@version]"))
    var template: TemplateReference
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let engine = try workspace.engine()
        let detail = try engine.template(template.name)
        let version = try engine.version(template.name, template.choice)
        Console.show(output) {
            TemplateText.json(detail, version)
        } text: {
            TemplateText.text(detail, version)
        }
    }
}

struct TemplateCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Report every fault of a bundle with its place; nothing is stored.")

    @Argument(help: "A directory or a .tar.gz.") var path: String
    @Option(help: ArgumentHelp("An environment bundle whose outputs it is checked against.", valueName: "path"))
    var environment: String?
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let report = try await workspace.engine().check(path: path, environment: environment)
        if output.isJSON {
            Console.out(
                JSON.object([
                    ("path", .string(report.path)), ("kind", JSON.text(report.kind?.rawValue)),
                    ("isClean", .bool(report.isClean)), ("findings", JSON.findings(report.findings)),
                    ("needs", .list(report.needs.map(Value.string))), ("fileCount", JSON.number(report.fileCount)),
                ]))
        } else {
            for finding in report.findings { Console.out(Console.text(of: finding)) }
            if !report.needs.isEmpty { Console.out("needs: \(report.needs.joined(separator: ", "))") }
            Console.out(TemplateCheck.summary(report))
        }
        if !report.isClean { throw ExitCode(1) }
    }

    private static func summary(_ report: CheckReport) -> String {
        func count(_ severity: Finding.Severity) -> Int { report.findings.count { $0.severity == severity } }
        let files = counted(report.fileCount, "file")
        return "\(report.path): \(files), \(counted(count(.error), "error")), \(counted(count(.warning), "warning"))"
    }
}
