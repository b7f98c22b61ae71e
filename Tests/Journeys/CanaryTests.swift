import Foundation
import Testing

/// Secrets by reference are used by deployments, and stand nowhere but where they were kept.
@Suite(.enabled(if: Screen.isAvailable, "tmux is not installed")) struct CanaryTests {
    @Test func `a secret is used, and is in no file, log, page or screen afterwards`() throws {
        let vault = try Vault()
        defer { vault.remove() }
        var program = try Program()
        defer { program.remove() }
        program.variables = [
            "CANARY": vault.environment, "TMPDIR": program.directory + "/tmp",
            "XDG_CONFIG_HOME": program.directory + "/config",
        ]
        try program.write("", to: "tmp/begun")
        var seen = Seen(vault)

        try define(program, vault, &seen)
        try seen.run(
            program, "environment", "create", "db", "--template", "db", "--spec", "spec.yaml", "--plan", code: 2)
        try deploy(program, &seen, "create", "db", "--template", "db", "--spec", "spec.yaml")
        try deploy(program, &seen, "update", "db", "--set", "size=30", "--set", "three=secret:by-exec")
        try SecretBundle(directory: program.directory + "/b").write("CopyTagsToSnapshot: true")
        try seen.run(program, "template", "register", "b", "--name", "db", "--as", "1.1")
        try seen.run(program, "template", "publish", "db@1.1")
        try seen.run(program, "update", "preview", "db", code: 2)
        try updateByKeys(program, &seen)
        try deploy(program, &seen, "rollback", "db", "--to", "1")
        try fail(program, vault, &seen)
        try look(program, &seen)

        // The hook was given each value by each of the four deployments that succeeded.
        let digests = try String(contentsOfFile: program.directory + "/digests", encoding: .utf8)
        for (name, digest) in try vault.digests() {
            #expect(digests.split(separator: "\n").filter { $0 == digest }.count == 4, "\(name) is used")
        }
        let log = try String(contentsOfFile: program.workspace + "/hooks.log", encoding: .utf8)
        #expect(log.contains("ended with code 9: (secret)"))

        let files = try Vault.files(below: program.directory)
        #expect(files.contains { $0.hasSuffix("catalog.sqlite") } && files.contains { $0.contains("/blobs/") })
        #expect(try vault.finds(below: program.directory).isEmpty)
        #expect(seen.findings.isEmpty, "\(seen.findings)")
        // The same search does find a value where one stands.
        for form in Vault.forms(of: vault.file) {
            try program.write("-- \(form) --", to: "tmp/control")
            #expect(try vault.finds(below: program.directory) == [program.directory + "/tmp/control"])
        }
    }

    private func define(_ program: Program, _ vault: Vault, _ seen: inout Seen) throws {
        try SecretBundle(directory: program.directory + "/b").write()
        try seen.run(program, "template", "register", "b", "--name", "db")
        try seen.run(program, "template", "publish", "db@1.0")
        let sources = [
            "by-env": "env:CANARY", "by-file": "file:\(vault.directory)/value",
            "by-exec": "exec:\(vault.directory)/print", "by-account": "ssm:/shop/db",
        ]
        for (name, source) in sources {
            try seen.run(program, "connection", "secret", "set", name, "--source", source, "--why", "for the canary")
        }
        // It writes what it was given as a digest alone, says it in several ways, and fails.
        let script = """
            for v in "$ONE" "$TWO" "$THREE"; do [ -z "$v" ] || printf %s "$v" | sha256sum | cut -d' ' -f1 >> '\(program.directory)/digests'; done
            printf '%s\\n' "$ONE" "$TWO" "$THREE" >&2
            printf 'user:%s' "$TWO" | base64 -w0 >&2
            exit 9
            """
        try seen.run(
            program, "hook", "add", "use", "--event", "deployment.succeeded", "--secret", "ONE=one", "--secret",
            "TWO=two.inner", "--secret", "THREE=three", "--", "/bin/sh", "-c", script)
        try program.write(
            """
            proton: EnvironmentSpec
            spec:
              size: "20"
              password: {$secret: by-account}
              one: {$secret: by-env}
              two: {inner: {$secret: by-file}}
              three: {$secret: by-exec}
            """, to: "spec.yaml")
    }

    private func deploy(_ program: Program, _ seen: inout Seen, _ words: String...) throws {
        try seen.run(program, ["environment"] + words + ["--wait"])
    }

    /// By the inbox, with what a person sees on the way.
    private func updateByKeys(_ program: Program, _ seen: inout Seen) throws {
        let screen = try Screen(program)
        try screen.expect("Home")
        seen.note(screen)
        try screen.press("4")
        try screen.expect("Inbox", "TARGET", "db")
        try screen.press("Enter")
        try screen.expect("RECOMMENDED  1.0")
        seen.note(screen)
        try screen.press("U")
        try screen.expect("WHAT WILL CHANGE")
        seen.note(screen)
        try screen.press("D")
        try screen.expect("Deploy?")
        try screen.press("y")
        try screen.expect("Done.")
        seen.note(screen)
        try screen.press("Enter")
        try screen.expect("[Overview]")
        for _ in 0..<6 {
            seen.note(screen)
            try screen.press("Tab")
        }
        for (key, title) in [("3", "Fleet"), ("6", "History"), ("1", "NEEDS YOU")] {
            try screen.press(key)
            try screen.expect(title)
            seen.note(screen)
        }
        try screen.press("q")
        try screen.expectEnd()
    }

    /// A source that has gone fails a deployment with a sentence.
    private func fail(_ program: Program, _ vault: Vault, _ seen: inout Seen) throws {
        try FileManager.default.removeItem(atPath: vault.directory + "/value")
        let result = try seen.run(program, "environment", "update", "db", "--set", "size=40", "--wait", code: 1)
        #expect(result.talk.contains("The secret \"by-file\" of connection local"))
    }

    /// What is kept, by every way to it.
    private func look(_ program: Program, _ seen: inout Seen) throws {
        for words in [
            ["environment", "show", "db"], ["environment", "show", "db", "--output", "json"],
            ["deployment", "list", "--output", "json"], ["deployment", "show", "1"],
            ["deployment", "show", "1", "--output", "json"], ["deployment", "show", "5"], ["workspace", "history"],
            ["connection", "show", "local"], ["connection", "secret", "list", "--output", "json"],
            ["hook", "list", "--output", "json"],
            ["render", "b", "--spec", "spec.yaml"], ["workspace", "export", program.directory + "/export"],
            ["workspace", "backup", program.directory + "/backup"],
        ] {
            try seen.run(program, words)
        }
        try seen.run(program, "connection", "secret", "delete", "by-env", code: 1)
        #expect(FileManager.default.fileExists(atPath: program.directory + "/export/secrets.json"))
        #expect(FileManager.default.fileExists(atPath: program.directory + "/backup"))
    }
}

/// Everything that commands and screens have shown.
private struct Seen {
    let vault: Vault
    var findings: [String] = []

    init(_ vault: Vault) { self.vault = vault }

    @discardableResult
    mutating func run(_ program: Program, _ words: String..., code: Int32 = 0) throws -> Program.Result {
        try run(program, words, code: code)
    }

    @discardableResult
    mutating func run(_ program: Program, _ words: [String], code: Int32 = 0) throws -> Program.Result {
        let result = try program.run(words)
        #expect(result.code == code, "\(words)\n\(result.talk)")
        if vault.isIn(Array((result.out + result.talk).utf8)) { findings.append(words.joined(separator: " ")) }
        return result
    }

    mutating func note(_ screen: Screen) {
        let rows = screen.rows
        // A value that is broken over two rows is one all the same.
        for text in [rows.joined(separator: "\n"), rows.map { $0.trimmingCharacters(in: .whitespaces) }.joined()] {
            if vault.isIn(Array(text.utf8)) { findings.append(rows.joined(separator: "\n")) }
        }
    }
}

/// Where the secrets are kept: outside of everything that the program writes.
private struct Vault {
    let directory = NSTemporaryDirectory() + "vault-\(UUID().uuidString)"
    let environment = Vault.canary("v")
    let file = Vault.canary("f")
    let command = Vault.canary("x")

    init() throws {
        try Files.put(file, at: directory + "/value")
        try Files.put("#!/bin/sh\nprintf '%s\\n' '\(command)'", at: directory + "/print")
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: directory + "/print")
    }

    func remove() { try? FileManager.default.removeItem(atPath: directory) }

    /// With signs that JSON, URLs and base64 write otherwise.
    private static func canary(_ kind: String) -> String { "canary-\(kind)/\"\(UUID().uuidString)\"+&" }

    private var values: [(name: String, text: String)] { [("env", environment), ("file", file), ("exec", command)] }

    /// By name: what `sha256sum` says of each.
    func digests() throws -> [(String, String)] {
        try values.map { name, text in
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["sha256sum"]
            let (input, out) = (Pipe(), Pipe())
            process.standardInput = input
            process.standardOutput = out
            try process.run()
            input.fileHandleForWriting.write(Data(text.utf8))
            try input.fileHandleForWriting.close()
            let said = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            return (name, String(said.prefix(64)))
        }
    }

    /// As it is, the part of it that no writer changes, and in base64.
    static func forms(of value: String) -> [String] {
        let core = String(value.split(separator: "\"")[1])
        return [value, core, core.lowercased(), Data(value.utf8).base64EncodedString()]
    }

    func isIn(_ bytes: [UInt8]) -> Bool {
        let data = Data(bytes)
        return values.contains { value in
            Vault.forms(of: value.text).contains { data.range(of: Data($0.utf8)) != nil }
        }
    }

    static func files(below directory: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: directory).map { directory + "/" + $0 }.filter { path in
            var isDirectory: ObjCBool = false
            return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
        }
    }

    /// The files with a value in them.
    func finds(below directory: String) throws -> [String] {
        try Vault.files(below: directory).filter { path in
            isIn(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
        }
    }
}

/// A database whose template shows one secret, and whose inputs name three more for commands.
private struct SecretBundle: WrittenBundle {
    let directory: String

    /// - Parameter property: One more of the database.
    func write(_ property: String = "") throws {
        try put(
            "schema/schema.yaml",
            """
            schema:
              format: {openapi: "3.0.0"}
              environment_input_type: Db
              types:
                Db:
                  type: object
                  required: [password, one, two, three]
                  properties:
                    size: {type: string, default: "20"}
                    password: {type: string, x-secret: true}
                    one: {type: string, x-secret: true}
                    two: {type: object, properties: {inner: {type: string, x-secret: true}}}
                    three: {type: string, x-secret: true}
            """)
        try put(
            "infrastructure/manifest.yaml",
            """
            infrastructure:
              templates:
                - {file: cloudformation.yaml, rendering_engine: jinja, template_language: cloudformation}
            """)
        try put(
            "infrastructure/cloudformation.yaml",
            """
            Resources:
              Db:
                Type: AWS::RDS::DBInstance
                Properties:
                  DBInstanceClass: db.t3.micro
                  Engine: postgres
                  AllocatedStorage: "{{ environment.inputs.size }}"
                  MasterUsername: app
                  MasterUserPassword: "{{ environment.inputs.password }}"
                  \(property)
            """)
    }
}
