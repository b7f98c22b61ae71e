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
            instances.NAME.outputs, instances.NAME.component with name and outputs, account, region, tags, service.name, \
            branch, repository, repository_connection, and secrets.NAME with where each secret is, such as \
            ssm:/shop/db-password. A CloudFormation file shows a secret as its dynamic reference; without a source as \
            that of Secrets Manager by the secret's name. Files of values keep the reference of the spec. A value is \
            never looked up.
            """)

    @Argument(help: "The bundle: a directory or a .tar.gz.") var path: String
    @Option(help: ArgumentHelp("The spec's file; - reads standard input.", valueName: "file")) var spec: String
    @Option(help: ArgumentHelp("Outputs, account and tags that templates see.", valueName: "file")) var given: String?
    @Option(help: ArgumentHelp("Write the files here; else they are printed.", valueName: "dir")) var out: String?
    @Option(
        help: ArgumentHelp(
            "Tell where a line of what is rendered comes from, and who set its values.", valueName: "[file:]line"))
    var explain: String?
    @OptionGroup var output: OutputOptions

    func run() async throws {
        guard let spec = try SpecFile(spec) else { throw ValidationError("--spec must name a file.") }
        let given = try SpecFile(given)
        let (files, remarks) = try await Engine.render(
            path: path, spec: spec.text, specName: spec.name, given: given?.text, givenName: given?.name ?? "")
        Console.report(remarks)
        if let explain { return try tell(explain, of: files) }
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

    private func tell(_ wanted: String, of files: [RenderedFile]) throws {
        let parts = wanted.split(separator: ":", omittingEmptySubsequences: false)
        guard let line = parts.last.flatMap({ Int($0) }), line > 0, parts.count < 3 else {
            throw ValidationError("--explain must be a line or FILE:LINE, but is \(wanted).")
        }
        let name = parts.count == 2 ? String(parts[0]) : nil
        let explained = files.filter { $0.origins != nil }
        let found = explained.filter { name == nil || $0.path == name || $0.path.hasSuffix("/\(name ?? "")") }
        let names = explained.map(\.path).joined(separator: ", ")
        guard let file = found.first else {
            throw Refusal(
                "render.explain",
                explained.isEmpty
                    ? "The files of this bundle are copied or generated, not rendered from a template."
                    : "There is no rendered file \(name ?? "").", hint: explained.isEmpty ? nil : "There is \(names).")
        }
        guard found.count == 1 else {
            throw Refusal("render.explain", "Several files have a line \(line).", hint: "Say which: \(names).")
        }
        guard let origin = file.origins?.origin(ofLine: line) else {
            throw Refusal(
                "render.explain", "\(file.path) has no line \(line): it ends with line \(file.text.lines).")
        }
        if output.isJSON {
            Console.out(OriginText.json(origin, of: file))
        } else {
            for line in OriginText.lines(origin, of: file) { Console.out(line) }
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

extension String {
    /// How many lines it has.
    fileprivate var lines: Int { utf8.count { $0 == 0x0A } + (utf8.last == 0x0A || isEmpty ? 0 : 1) }
}
