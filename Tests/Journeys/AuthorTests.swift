import Foundation
import Testing

/// A template author's way: begin a bundle, change it, see what comes of it.
@Suite struct AuthorTests {
    private func files(_ program: Program, _ directory: String) throws -> [String: String] {
        let root = program.directory + "/" + directory
        var files: [String: String] = [:]
        for case let path as String in FileManager.default.enumerator(atPath: root) ?? .init() {
            var isDirectory: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isDirectory)
            if !isDirectory.boolValue { files[path] = try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8) }
        }
        return files
    }

    @Test(
        arguments: [["--kind", "environment"], ["--kind", "service", "--compatible-with", "network:1"]],
        [[], ["--language", "terraform"]])
    func `a new bundle passes its own check and test, and can be registered`(
        kind: [String], language: [String]
    ) throws {
        let program = try Program()
        defer { program.remove() }
        let made = try program.run(["template", "new", "work/first-one"] + kind + language)
        #expect(made.code == 0, "\(made.talk)")
        let files = try files(program, "work/first-one")
        #expect(
            made.out.split(separator: "\n").map { String($0.dropFirst("work/first-one/".count)) }.sorted()
                == files.keys.sorted())
        for name in ["README.md", "schema/schema.yaml", "NOTES.md"] { #expect(files[name] != nil, "\(name)") }
        #expect(files.keys.contains { $0.hasPrefix("spec/rendered/") })
        let check = try program.run("template", "check", "work/first-one")
        #expect(check.code == 0 && check.out.contains("0 errors, 0 warnings"), "\(check.out)")
        #expect(try program.run("template", "test", "work/first-one").code == 0)
        #expect(try program.run("template", "register", "work/first-one").code == 0)
    }

    @Test func `a new bundle takes the place of nothing`() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write("mine", to: "there/schema/schema.yaml")
        try program.write("mine", to: "file")
        for name in ["there", "file", "file/below"] {
            let result = try program.run("template", "new", name)
            #expect(result.code == 1 && result.talk.contains("error: "), "\(name) \(result.talk)")
        }
        #expect(try files(program, "there") == ["schema/schema.yaml": "mine\n"])
        for name in ["we ird", "-x", "..", "."] {
            #expect(try program.run("template", "new", "--", name).code == 1, "\(name)")
        }
        #expect(try program.run("template", "new", "svc", "--kind", "service").code == 64)
        #expect(try program.run("template", "new", "env", "--compatible-with", "x:1").code == 64)
    }

    @Test func `a change of a template is told line by line, and kept when that is said`() throws {
        let program = try Program()
        defer { program.remove() }
        try program.run("template", "new", "store")
        let template = program.directory + "/store/infrastructure/cloudformation.yaml"
        let text = try String(contentsOfFile: template, encoding: .utf8)
        try text.replacing("AES256", with: "aws:kms").write(toFile: template, atomically: true, encoding: .utf8)
        let before = try files(program, "store")

        let differs = try program.run("template", "test", "store")
        #expect(differs.code == 2)
        #expect(differs.out.contains("+++ store/spec/rendered/defaults/cloudformation.yaml"))
        #expect(differs.out.contains("-              SSEAlgorithm: AES256"))
        #expect(differs.out.contains("+              SSEAlgorithm: aws:kms"))
        #expect(differs.out.contains("store: 2 examples, 2 differ, 0 not rendered"))
        #expect(try files(program, "store") == before, "looking changes nothing")

        let json = try program.run("template", "test", "store", "--output", "json")
        #expect(json.code == 2)
        let value = try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any]
        #expect(value?["isSame"] as? Bool == false)
        let examples = value?["examples"] as? [[String: Any]]
        #expect(
            examples?.compactMap { $0["path"] as? String } == [
                "store/spec/defaults.yaml", "store/spec/short-lived.yaml",
            ])

        try FileManager.default.removeItem(atPath: program.directory + "/store/spec/short-lived.yaml")
        let update = try program.run("template", "test", "store", "--update")
        #expect(update.code == 0 && update.out.contains("removed store/spec/rendered/short-lived/cloudformation.yaml"))
        let after = try files(program, "store")
        #expect(after["spec/rendered/defaults/cloudformation.yaml"]?.contains("aws:kms") == true)
        #expect(after["spec/rendered/short-lived/cloudformation.yaml"] == nil)
        #expect(try program.run("template", "test", "store").code == 0)
    }

    @Test func `all faults of all examples are told with their places, and nothing is kept of them`() throws {
        let program = try Program()
        defer { program.remove() }
        try program.run("template", "new", "store")
        try program.write(
            "proton: EnvironmentSpec\nspec:\n  retention_days: x\n  versioned: 3", to: "store/spec/bad.yaml")
        try program.write("proton: EnvironmentSpec\nspec: [", to: "store/spec/worse.yaml")
        try program.write("proton: ServiceSpec\ninstances: []", to: "store/spec/of-a-service.yaml")
        let result = try program.run("template", "test", "store", "--update")
        #expect(result.code == 1)
        #expect(result.out.contains("store/spec/bad.yaml:3:19: error: Retention must be a whole number"))
        #expect(result.out.contains("store/spec/bad.yaml:4:14: error: Versions must be true or false"))
        #expect(result.out.contains("store/spec/worse.yaml:"))
        #expect(!result.out.contains("of-a-service"))
        #expect(result.out.contains("4 examples, 0 updated, 2 not rendered"))
        #expect(try files(program, "store").keys.allSatisfy { !$0.hasPrefix("spec/rendered/bad") })
    }

    @Test func `archives are tested and not written, and a bundle without examples says how to have some`() throws {
        let program = try Program()
        defer { program.remove() }
        try program.run("template", "new", "store")
        let tar = Process()
        tar.executableURL = URL(fileURLWithPath: "/bin/tar")
        tar.arguments = ["-czf", program.directory + "/store.tar.gz", "-C", program.directory + "/store", "."]
        try tar.run()
        tar.waitUntilExit()
        #expect(try program.run("template", "test", "store.tar.gz").code == 0)
        let update = try program.run("template", "test", "store.tar.gz", "--update")
        #expect(update.code == 1 && update.talk.contains("is an archive"))
        try FileManager.default.removeItem(atPath: program.directory + "/store/spec")
        let none = try program.run("template", "test", "store")
        #expect(none.code == 1 && none.talk.contains("spec/NAME.yaml"))
        #expect(try program.run("template", "test", "nowhere").code == 1)
    }
}
