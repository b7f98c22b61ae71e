import Foundation
import Testing

/// Bundles that somebody made to do harm, given to the program as a user would: each ends in a sentence.
///
/// The program has 4 GB of address space, so what takes memory without end ends by a signal, which fails the test.
@Suite struct HostileFilesTests {
    private static let directory = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Hostile")

    private static func names(_ kind: String) -> [String] {
        let path = directory.appending(path: kind).path(percentEncoded: false)
        return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    private static let schema = """
        schema:
          format:
            openapi: "3.0.0"
          environment_input_type: Inputs
          types:
            Inputs:
              type: object
              properties: {}
        """

    private static let manifest = """
        infrastructure:
          templates:
            - file: cloudformation.yaml
              rendering_engine: jinja
              template_language: cloudformation
        """

    private static let template = """
        Resources:
          Topic:
            Type: AWS::SNS::Topic
        """

    private func expectRefusal(_ arguments: [String], _ program: Program) throws {
        let code = try expectSentence(arguments, program)
        #expect(code == 1, "\(arguments)")
    }

    /// Ends by itself, with a finding.
    @discardableResult
    private func expectSentence(_ arguments: [String], _ program: Program) throws -> Int32 {
        let result = try program.run(arguments, kilobytes: 4 << 20)
        let text = result.out + result.talk
        #expect(result.code == 0 || result.code == 1 && text.contains("error: "), "\(arguments) \(result.talk)")
        #expect([": error: ", ": warning: ", ": note: "].contains(where: text.contains), "\(arguments)")
        #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" || $0 == "\u{202E}" }, "\(arguments)")
        #expect(text.utf8.count < 200_000, "\(arguments)")
        return result.code
    }

    private func bundle(_ program: Program) throws -> String {
        try program.write(Self.schema, to: "bundle/schema/schema.yaml")
        try program.write(Self.manifest, to: "bundle/infrastructure/manifest.yaml")
        try program.write(Self.template, to: "bundle/infrastructure/cloudformation.yaml")
        try program.write("proton: EnvironmentSpec\nspec: {}", to: "spec.yaml")
        return program.directory + "/bundle"
    }

    private func copy(_ kind: String, _ name: String, to target: String) throws {
        let data = try Data(contentsOf: Self.directory.appending(path: kind).appending(path: name))
        try data.write(to: URL(fileURLWithPath: target))
    }

    @Test(arguments: names("templates"))
    func `a hostile template is told of by check and register, and renders to nothing of the machine`(name: String)
        throws
    {
        let program = try Program()
        defer { program.remove() }
        let bundle = try bundle(program)
        try copy("templates", name, to: bundle + "/infrastructure/cloudformation.yaml")
        try expectSentence(["template", "check", bundle], program)
        try expectSentence(["template", "register", bundle, "--name", "hostile"], program)
        // What renders is refused as CloudFormation; what does not says why.
        let rendered = try program.run(["render", bundle, "--spec", "spec.yaml"], kilobytes: 4 << 20)
        #expect(rendered.code == 0 || rendered.code == 1 && rendered.talk.contains("error: "), "\(rendered.talk)")
        #expect(!rendered.out.contains("root:"))
    }

    @Test(arguments: names("schemas"))
    func `a hostile schema is told of by check, register and render`(name: String) throws {
        let program = try Program()
        defer { program.remove() }
        let bundle = try bundle(program)
        try copy("schemas", name, to: bundle + "/schema/schema.yaml")
        try expectSentence(["template", "check", bundle], program)
        try expectSentence(["template", "register", bundle, "--name", "hostile"], program)
        try expectRefusal(["render", bundle, "--spec", "spec.yaml"], program)
    }

    @Test(arguments: names("archives"))
    func `a hostile archive is refused, and nothing of it is written`(name: String) throws {
        let program = try Program()
        defer { program.remove() }
        _ = try bundle(program)
        let archive = program.directory + "/" + name
        try copy("archives", name, to: archive)
        try expectRefusal(["template", "check", archive], program)
        try expectRefusal(["template", "register", archive, "--name", "hostile"], program)
        try expectRefusal(["render", archive, "--spec", "spec.yaml"], program)
        #expect(!FileManager.default.fileExists(atPath: "/tmp/baryon-was-here"))
    }

    @Test func `a tree of hostile bundles is told bundle by bundle, and the good one is taken`() throws {
        let program = try Program()
        defer { program.remove() }
        for (index, name) in Self.names("schemas").enumerated() {
            let target = "\(program.directory)/tree/bad-\(index)/v1"
            try Files.put(Self.manifest, at: target + "/infrastructure/manifest.yaml")
            try Files.put(Self.template, at: target + "/infrastructure/cloudformation.yaml")
            try Files.put("", at: target + "/schema/schema.yaml")
            try copy("schemas", name, to: target + "/schema/schema.yaml")
        }
        let good = "\(program.directory)/tree/good/v1"
        try Files.put(Self.manifest, at: good + "/infrastructure/manifest.yaml")
        try Files.put(Self.template, at: good + "/infrastructure/cloudformation.yaml")
        try Files.put(Self.schema, at: good + "/schema/schema.yaml")
        let result = try program.run(["template", "import", "tree"], kilobytes: 4 << 20)
        #expect(result.code == 1)
        #expect(try program.run("template", "list", "good").out.contains("good"))
        #expect(result.out.contains("tree/bad-0/v1") || result.talk.contains("tree/bad-0/v1"))
    }
}

extension Program {
    /// Runs a command that may take so much address space.
    fileprivate func run(_ arguments: [String], kilobytes: Int) throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments =
            ["-c", "ulimit -v \(kilobytes); exec \"$0\" \"$@\" 2>talk.txt </dev/null", Program.path] + arguments
        process.environment = environment
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        let out = Pipe()
        process.standardOutput = out
        try process.run()
        let bytes = out.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let talk = (try? String(contentsOfFile: directory + "/talk.txt", encoding: .utf8)) ?? ""
        let code =
            process.terminationReason == .uncaughtSignal ? 128 + process.terminationStatus : process.terminationStatus
        return Result(code: code, out: String(decoding: bytes, as: UTF8.self), talk: talk)
    }
}
