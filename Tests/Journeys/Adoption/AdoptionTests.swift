import Documents
import Foundation
import Testing

/// Stacks that Proton left behind are taken in by reading alone.
@Suite(.enabled(if: Estate.python != nil, "skipped: python3 with moto, or aws, is not installed"))
struct AdoptionTests {
    @Test func `200 stacks are taken in without a writing call, and those changed outside are told`() async throws {
        let estate = try Estate(environments: 60, services: 70, changed: 10)
        defer { estate.stop() }
        let program = estate.program
        try estate.registerTemplates()
        let started = Date()
        let scan = try program.run("adopt", "scan", "--connection", "proton", "--to", "inventory.yaml")
        #expect(scan.code == 0, "\(scan.talk)")
        let scanned = Date()
        let apply = try program.run("adopt", "apply", "inventory.yaml", "--output", "json")
        #expect(apply.code == 0, "\(apply.talk)")
        let applied = Date()
        let targets = try #require(Self.value(apply.out)["targets"]?.list)
        let verdicts = Dictionary(grouping: targets) { $0["verdict"]?.string ?? "" }
        #expect(targets.count == 200)
        #expect(verdicts["clean"]?.count == 190)
        let changed = Set((verdicts["differs"] ?? []).compactMap { $0["target"]?.string })
        #expect(changed == Set((0..<10).map { "environment/env-00\($0)" }))
        let calls = try estate.calls()
        #expect(
            calls.allSatisfy { call in ["Describe", "Get", "List"].contains { call.hasPrefix($0) } }, "\(Set(calls))")
        print(
            "adopted: 200 stacks, \(calls.count) calls, none writing; scan \(Int(scanned.timeIntervalSince(started))) s, apply \(Int(applied.timeIntervalSince(scanned))) s"
        )
        // What is clean has nothing to change; what is not says what.
        for target in targets {
            let id = target["target"]?.string ?? ""
            let parts = id.split(separator: "/").map(String.init)
            let plan =
                parts[0] == "environment"
                ? try program.run("environment", "update", parts[1], "--to", "1.0", "--plan")
                : try program.run("instance", "update", "\(parts[1])/\(parts[2])", "--to", "1.0", "--plan")
            #expect(plan.code == (changed.contains(id) ? 2 : 0), "\(id): \(plan.out) \(plan.talk)")
        }
        #expect(try estate.calls().count == calls.count)
        // A difference is told with the line of the template that it is about.
        let listed = try program.run("adopt", "list", "env-000")
        #expect(listed.out.contains("infrastructure/cloudformation.yaml:4"), "\(listed.out)")
        let again = try program.run("adopt", "scan", "--connection", "proton")
        #expect(!again.out.contains("AWSProton-"), "what is in the workspace is not found again: \(again.out)")
    }

    private static func value(_ text: String) -> Value {
        Document.read(Source(name: "out", text: text), as: .json).document?.value ?? .null
    }
}

/// An account as `estate.py` plays it, with a workspace that has a connection to it.
private final class Estate {
    let program: Program
    private let server = Process()
    private let input = Pipe()

    /// A Python that has what the estate needs.
    static let python: String? = {
        let root = URL(fileURLWithPath: Program.path).deletingLastPathComponent().deletingLastPathComponent().path
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders = ["\(root)/venv/bin"] + path.split(separator: ":").map(String.init)
        func find(_ name: String) -> [String] {
            folders.map { "\($0)/\(name)" }.filter { FileManager.default.isExecutableFile(atPath: $0) }
        }
        guard !find("aws").isEmpty else { return nil }
        return find("python3").first { path in
            let process = Process()
            process.executableURL = URL(fileURLWithPath: path)
            process.arguments = ["-c", "import moto.server, boto3"]
            process.standardError = FileHandle.nullDevice
            guard (try? process.run()) != nil else { return false }
            process.waitUntilExit()
            return process.terminationStatus == 0
        }
    }()

    init(environments: Int, services: Int, changed: Int) throws {
        let port = Int.random(in: 20_000..<60_000)
        let root = URL(fileURLWithPath: Program.path).deletingLastPathComponent().deletingLastPathComponent().path
        program = try Program(adding: [
            "AWS_ENDPOINT_URL": "http://127.0.0.1:\(port)", "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test", "XDG_CONFIG_HOME": "/nowhere",
            "PATH": "\(root)/venv/bin:" + (ProcessInfo.processInfo.environment["PATH"] ?? ""),
        ])
        server.executableURL = URL(fileURLWithPath: Estate.python ?? "")
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "estate.py").path
        server.arguments = [
            script, "\(port)", program.directory + "/calls", "\(environments)", "\(services)", "\(changed)",
        ]
        let output = Pipe()
        server.standardInput = input
        server.standardOutput = output
        try server.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        try #require(line.hasPrefix("ready"), "the estate did not come up")
        try #require(
            try program.run("connection", "add", "proton", "--account", "123456789012", "--region", "eu-west-1").code
                == 0)
    }

    func stop() {
        kill(server.processIdentifier, SIGKILL)
        server.waitUntilExit()
        program.remove()
    }

    func calls() throws -> [String] {
        let text = (try? String(contentsOfFile: program.directory + "/calls", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map(String.init)
    }

    /// The bundles that the estate's stacks were made from.
    func registerTemplates() throws {
        try bundle(
            "topics", "environment", input: "environment_input_type", folder: "infrastructure",
            property: "purpose", type: "string",
            """
            Resources:
              Topic:
                Type: AWS::SNS::Topic
                Properties:
                  DisplayName: "{{ environment.name }}: {{ environment.inputs.purpose }}"
            Outputs:
              TopicName:
                Value: !GetAtt Topic.TopicName
            """)
        try bundle(
            "queue", "service", input: "service_input_type", folder: "instance_infrastructure", property: "delay",
            type: "integer",
            """
            Resources:
              Queue:
                Type: AWS::SQS::Queue
                Properties:
                  DelaySeconds: {{ service_instance.inputs.delay }}
                  Tags:
                    - Key: topic
                      Value: "{{ environment.outputs.TopicName }}"
                    - Key: service
                      Value: "{{ service.name }}"
            Outputs:
              QueueName:
                Value: !GetAtt Queue.QueueName
            """)
    }

    private func bundle(
        _ name: String, _ kind: String, input: String, folder: String, property: String, type: String,
        _ template: String
    ) throws {
        let schema = """
            schema:
              format:
                openapi: "3.0.0"
              \(input): "Input"
              types:
                Input:
                  type: object
                  required: [\(property)]
                  properties:
                    \(property):
                      type: \(type)
            """
        let manifest = """
            infrastructure:
              templates:
                - file: "cloudformation.yaml"
                  rendering_engine: jinja
                  template_language: cloudformation
            """
        for (path, text) in [
            ("schema/schema.yaml", schema), ("\(folder)/manifest.yaml", manifest),
            ("\(folder)/cloudformation.yaml", template),
        ] {
            let file = URL(fileURLWithPath: "\(program.directory)/\(name)/\(path)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data((text + "\n").utf8).write(to: file)
        }
        var arguments = ["template", "register", name, "--name", name]
        if kind == "service" { arguments += ["--compatible-with", "topics:1"] }
        let made = try program.run(arguments)
        try #require(made.code == 0, "\(made.talk)")
        let published = try program.run("template", "publish", "\(name)@1.0")
        try #require(published.code == 0, "\(published.talk)")
    }
}
