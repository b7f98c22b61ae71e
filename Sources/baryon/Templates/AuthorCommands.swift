import ArgumentParser
import Catalog
import Documents
import Engine

struct TemplateNew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Start a bundle of your own that passes its check and its test.",
        discussion: """
            Writes a schema, a template in CloudFormation or Terraform, a manifest, a readme, example specs and what \
            they are rendered to, into a directory that must not be there yet.
            """)

    @Argument(help: ArgumentHelp("The directory; its last part is the template's name.", valueName: "name"))
    var path: String
    @Option(help: "environment or service.") var kind = TemplateKind.environment
    @Option(help: "cloudformation or terraform.") var language = NewBundleLanguage.cloudFormation
    @Option(
        help: ArgumentHelp(
            "An environment template that the service runs in; may be repeated.", valueName: "template:major"))
    var compatibleWith: [CompatibleEnvironment] = []
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if kind == .environment, !compatibleWith.isEmpty {
            throw ValidationError("--compatible-with is for services: add --kind service.")
        }
        if kind == .service, compatibleWith.isEmpty {
            throw ValidationError("A service runs in environments: say --compatible-with TEMPLATE:MAJOR.")
        }
    }

    func run() async throws {
        let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        let files = try await Engine.newBundle(
            at: path, kind: kind, language: language, compatibleWith: compatibleWith)
        Console.show(output) {
            JSON.object([("path", .string(path)), ("files", .list(files.map(Value.string)))])
        } text: {
            files.map { "\(path)/\($0)" }.joined(separator: "\n")
        }
        Console.talk("Change it, then: baryon template check \(path) and baryon template test \(path)")
    }
}

struct TemplateTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Render the example specs of a bundle and compare with what it keeps.",
        discussion: """
            Examples are spec/NAME.yaml, with spec/NAME.given.yaml for what a deployment would know (as render --given); \
            what they are rendered to is kept in spec/rendered/NAME/. Ends with 2 where something differs, and with 1 \
            where an example could not be rendered.
            """)

    @Argument(help: "A directory or a .tar.gz.") var path: String
    @Flag(help: "Keep what is rendered now.") var update = false
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let report = try await Engine.testExamples(path: path, updates: update)
        if output.isJSON {
            Console.out(TemplateTest.json(report))
        } else {
            for line in report.lines { TemplateTest.show(line, isUpdated: report.isUpdated) }
            Console.out(TemplateTest.summary(report))
        }
        if report.isRefused { throw ExitCode(1) }
        if report.differs {
            Console.talk("Where that is meant, keep it with: baryon template test \(path) --update")
            throw ExitCode(2)
        }
    }

    private static func summary(_ report: ExampleReport) -> String {
        let refused = report.lines.count(where: \.isRefused)
        let differing = report.lines.count { !$0.isRefused && $0.differs }
        let change = report.isUpdated ? "\(differing) updated" : "\(differing) differ"
        return "\(report.path): \(counted(report.lines.count, "example")), \(change), \(refused) not rendered"
    }

    private static func show(_ line: ExampleReport.Line, isUpdated: Bool) {
        for finding in line.findings { Console.out(Console.text(of: finding)) }
        for file in line.files where file.state != .same {
            if isUpdated, !line.isRefused {
                Console.out("\(file.state == .gone ? "removed" : "kept") \(file.path)")
            } else {
                Console.out(difference(file))
            }
        }
    }

    /// As `diff -u` has it, from what is kept to what is rendered.
    private static func difference(_ file: ExampleReport.File) -> String {
        let old = file.state == .new ? "/dev/null" : file.path
        let new = file.state == .gone ? "/dev/null" : file.path
        var lines = ["--- \(old)", "+++ \(new)"]
        for hunk in LineDiff(old: file.kept, new: file.rendered).hunks() {
            let removed = hunk.compactMap(\.oldNumber)
            let added = hunk.compactMap(\.newNumber)
            lines.append("@@ -\(removed.first ?? 0),\(removed.count) +\(added.first ?? 0),\(added.count) @@")
            lines += hunk.map { line in
                switch line.kind {
                case .kept: " \(line.text)"
                case .removed: "-\(line.text)"
                case .added: "+\(line.text)"
                }
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func json(_ report: ExampleReport) -> Value {
        let lines = report.lines.map { line in
            JSON.object([
                ("path", .string(line.path)), ("isRendered", .bool(!line.isRefused)),
                ("findings", JSON.findings(line.findings)),
                (
                    "files",
                    .list(
                        line.files.map { file in
                            JSON.object([
                                ("path", .string(file.path)), ("state", .string(file.state.rawValue)),
                                ("difference", file.state == .same ? nil : .string(difference(file))),
                            ])
                        })
                ),
            ])
        }
        return JSON.object([
            ("path", .string(report.path)),
            ("isSame", .bool(!report.isRefused && !report.lines.contains(where: \.differs))),
            ("isUpdated", .bool(report.isUpdated)), ("examples", .list(lines)),
        ])
    }
}
