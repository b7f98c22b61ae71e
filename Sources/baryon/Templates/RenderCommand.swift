import ArgumentParser
import Catalog
import Documents
import Engine
import Foundation

struct RenderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Render a bundle with a spec, without a workspace's state.",
        discussion: """
            --given is YAML or JSON with what a deployment would know: environment.name, environment.outputs, \
            instances.NAME.outputs, account, region, tags, service.name, branch, repository, repository_connection, and secrets.NAME with \
            where each secret is, such as ssm:/shop/db-password. A CloudFormation file shows a secret as its dynamic \
            reference; without a source as that of Secrets Manager by the secret's name. Files of values keep the \
            reference of the spec. A value is never looked up.
            """)

    @Argument(help: "The bundle: a directory or a .tar.gz.") var path: String
    @Option(help: ArgumentHelp("The spec's file; - reads standard input.", valueName: "file")) var spec: String
    @Option(help: ArgumentHelp("Outputs, account and tags that templates see.", valueName: "file")) var given: String?
    @Option(help: ArgumentHelp("Write the files here; else they are printed.", valueName: "dir")) var out: String?
    @OptionGroup var output: OutputOptions

    func run() async throws {
        guard let spec = try SpecFile(spec) else { throw ValidationError("--spec must name a file.") }
        let given = try SpecFile(given)
        let (files, remarks) = try await Engine.render(
            path: path, spec: spec.text, specName: spec.name, given: given?.text, givenName: given?.name ?? "")
        Console.report(remarks)
        if let out {
            for file in files { try RenderCommand.write(file.text, to: "\(out)/\(file.path)") }
            Console.talk("Wrote \(counted(files.count, "file")) to \(out).")
        } else if output.isJSON {
            let list = files.map { JSON.object([("path", .string($0.path)), ("text", .string($0.text))]) }
            Console.out(JSON.object([("files", .list(list))]))
        } else {
            for file in files {
                if files.count > 1 { Console.out("# \(file.path)") }
                Console.document(file.text.hasSuffix("\n") ? String(file.text.dropLast()) : file.text)
            }
        }
    }

    private static func write(_ text: String, to path: String) throws {
        let url = URL(fileURLWithPath: path)
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        } catch {
            throw Refusal(
                "render.write", "Could not write \(path): \(error.localizedDescription).",
                hint: "Choose another directory with --out.")
        }
    }
}
