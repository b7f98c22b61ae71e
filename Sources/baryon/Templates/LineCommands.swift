import ArgumentParser
import Catalog
import Documents
import Engine

/// Which version a command means: `shop@1.1`, or `shop 1.1`.
struct VersionOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The template and version, such as shop@1.1.", valueName: "name@version"))
    var template: TemplateReference
    @Argument(help: ArgumentHelp("The version, where it does not stand behind the name.", valueName: "version"))
    var version: VersionNumber?
    @Option(help: ArgumentHelp("Why: people who run the version read it.", valueName: "text")) var why = ""
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let number = template.number, let version, number != version {
            throw ValidationError(
                "Say one version: \(template.name)@\(number) or \(template.name)@\(version), not both.")
        }
        if template.number == nil, version == nil {
            throw ValidationError("Say which version: \(template.name)@MAJOR.MINOR.")
        }
    }

    var number: VersionNumber { version ?? template.number ?? VersionNumber(0, 0) }

    func change(
        _ word: String, _ act: (Engine, String, VersionNumber, String) throws -> TemplateVersion
    ) throws {
        let engine = try workspace.engine()
        let version = try act(engine, template.name, number, why)
        Console.show(output) {
            TemplateText.json(version)
        } text: {
            "\(version.template) \(version.number) is \(word)."
        }
        if let recommended = try engine.template(template.name).template.recommended {
            Console.talk("Recommended is \(recommended).")
        }
    }
}

struct TemplatePublish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Publish a version: it is recommended where it is the highest.")
    @OptionGroup var version: VersionOptions

    func run() async throws {
        try version.change("published") { try $0.publish($1, $2, why: $3) }
    }
}

struct TemplateRecommend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recommend", abstract: "Recommend a published version; it may be an older one.")
    @OptionGroup var version: VersionOptions

    func run() async throws {
        try version.change("recommended") { try $0.recommend($1, $2, why: $3) }
    }
}

struct TemplateWithdraw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw", abstract: "Withdraw a bad version, with a reason: its targets are told to leave it.")
    @OptionGroup var version: VersionOptions

    func run() async throws {
        try version.change("withdrawn") { try $0.withdraw($1, $2, why: $3) }
    }
}

struct TemplateDeprecate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deprecate", abstract: "Mark a version as one that nobody should start with, with a reason.")
    @OptionGroup var version: VersionOptions

    func run() async throws {
        try version.change("deprecated") { try $0.deprecate($1, $2, why: $3) }
    }
}

struct TemplateComponents: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "components", abstract: "Say whether developers may attach components to instances of a version.",
        discussion: "Components that are attached already stay as they are.")

    @OptionGroup var version: VersionOptions
    @Flag(help: "Let them, or not.") var choice: Choice

    enum Choice: String, EnumerableFlag { case allow, refuse }

    func run() async throws {
        try version.change(choice == .allow ? "open to components" : "closed to components") {
            try $0.allowComponents(choice == .allow, to: $1, $2, why: $3)
        }
    }
}

struct TemplateDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete a version that nothing uses, or a template without versions.")

    @Argument(help: ArgumentHelp("The template; with a version, that one alone.", valueName: "name[@version]"))
    var template: TemplateReference
    @Argument(help: ArgumentHelp("The version, where it does not stand behind the name.", valueName: "version"))
    var version: VersionNumber?
    @OptionGroup var reason: ReasonOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let number = template.number, let version, number != version {
            throw ValidationError(
                "Say one version: \(template.name)@\(number) or \(template.name)@\(version), not both.")
        }
    }

    func run() async throws {
        let engine = try workspace.engine()
        let deleted: String
        switch version.map(VersionChoice.exact) ?? template.choice {
        case .exact(let number):
            try engine.deleteVersion(template.name, number, why: reason.why)
            deleted = "\(template.name) \(number)"
        case .standard:
            try engine.deleteTemplate(template.name, why: reason.why)
            deleted = template.name
        case .major:
            throw ValidationError("Name the whole version, such as \(template.name)@1.0.")
        }
        Console.show(output) {
            JSON.object([("deleted", .string(deleted))])
        } text: {
            "Deleted \(deleted)."
        }
    }
}
