import ArgumentParser
import Catalog
import Documents
import Engine

struct TemplateRegister: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register", abstract: "Register a bundle as a draft version.",
        discussion: """
            Without --major or --as it becomes a new major; with --major the next minor of that one. An identical \
            bundle is not registered twice.
            """)

    @Argument(help: "A directory or a .tar.gz.") var path: String
    @Option(help: "The template's name; else the bundle's folder.") var name: String?
    @Option(help: "What the bundle must be: environment or service.") var kind: TemplateKind?
    @Option(help: ArgumentHelp("Register as the next minor of this major.", valueName: "major")) var major: Int?
    @Option(name: .customLong("as"), help: ArgumentHelp("Any free number, such as 3.7.", valueName: "major.minor"))
    var number: VersionNumber?
    @Option(
        help: ArgumentHelp(
            "An environment template that a service runs in; may be repeated.", valueName: "template:major"))
    var compatibleWith: [CompatibleEnvironment] = []
    @Flag(help: "Let developers attach components to instances of it, as its bundle may say by itself.")
    var components = false
    @Option(help: "The template's owner: a team's or a person's name.") var owner = ""
    @Option(help: "What is new in it; else the bundle's NOTES.md.") var notes = ""
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if major != nil, number != nil { throw ValidationError("--major and --as exclude each other.") }
        if let major, !(0...999_999).contains(major) {
            throw ValidationError("--major must be from 0 to 999999, but is \(major).")
        }
    }

    func run() async throws {
        let numbering: Registration.Numbering =
            number.map { .exact($0) } ?? major.map { .nextMinorOfKnown($0) } ?? .nextMajor
        let result = try await workspace.engine().register(
            Registration(
                path: path, name: name, kind: kind, numbering: numbering, compatibleWith: compatibleWith,
                takesComponents: components, owner: owner, notes: notes))
        Console.report(result.findings)
        let version = result.version
        Console.show(output) {
            RegisterText.json(result)
        } text: {
            result.wasKnown
                ? "This bundle is \(version.template) \(version.number) already; nothing was added."
                : "Registered \(version.template) \(version.number) as a draft."
        }
        if !result.wasKnown {
            Console.talk("Publish it with: baryon template publish \(version.template)@\(version.number)")
        }
    }
}

struct TemplateImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Register every <template>/v<major>/ below a directory.")

    @Argument(help: "The directory.") var directory: String
    @Option(help: "The templates' owner.") var owner = ""
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let report = try await workspace.engine().importTree(path: directory, owner: owner)
        if output.isJSON {
            Console.out(
                JSON.object([
                    (
                        "bundles",
                        .list(
                            report.lines.map { line in
                                JSON.object([
                                    ("path", .string(line.path)), ("version", line.result.map(RegisterText.json)),
                                    ("findings", JSON.findings(line.findings)),
                                ])
                            })
                    )
                ]))
        } else {
            var table = Table("PATH", "VERSION", "RESULT")
            for line in report.lines {
                let version = line.result.map { "\($0.version.template) \($0.version.number)" } ?? "-"
                table.add(line.path, version, RegisterText.word(line))
                Console.report(line.findings)
            }
            Console.out(table.fitted)
        }
        if report.lines.contains(where: \.isRefused) { throw ExitCode(1) }
    }
}

enum RegisterText {
    static func json(_ result: RegistrationResult) -> Value {
        guard case .object(var object) = TemplateText.json(result.version) else { return .null }
        object["wasKnown"] = .bool(result.wasKnown)
        return .object(object)
    }

    static func word(_ line: ImportReport.Line) -> String {
        guard let result = line.result else {
            guard line.isRefused else { return "skipped" }
            return "refused: \(counted(line.findings.count { $0.severity == .error }, "error"))"
        }
        return result.wasKnown ? "known already" : "registered"
    }
}
