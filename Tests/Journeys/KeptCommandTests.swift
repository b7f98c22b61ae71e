import Foundation
import Testing

/// What stacks leave behind is listed until somebody says that it is cared for.
@Suite struct KeptCommandTests {
    private let program: Program

    init() throws { program = try Program() }

    private func value(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private func register(_ program: Program) throws {
        let files = [
            "schema/schema.yaml": """
            schema:
              format: {openapi: "3.0.0"}
              environment_input_type: Store
              types: {Store: {type: object, properties: {delay: {type: integer, default: 0}}}}
            """,
            "infrastructure/manifest.yaml": """
            infrastructure:
              templates:
                - {file: cloudformation.yaml, rendering_engine: jinja, template_language: cloudformation}
            """,
            "infrastructure/cloudformation.yaml": """
            Resources:
              Bucket:
                Type: AWS::S3::Bucket
                DeletionPolicy: Retain
                UpdateReplacePolicy: Retain
                Properties: {BucketName: "{{ environment.name }}-store"}
              Queue:
                Type: AWS::SQS::Queue
                Properties: {DelaySeconds: {{ environment.inputs.delay }}}
            """,
        ]
        for (path, text) in files { try program.write(text, to: "store/\(path)") }
        let made = try program.run("template", "register", "store")
        #expect(made.code == 0, "\(made.talk)")
        #expect(try program.run("template", "publish", "store", "1.0").code == 0)
    }

    @Test func `what a policy keeps is listed, holds its name, and is forgotten with a reason`() throws {
        defer { program.remove() }
        try register(program)
        #expect(try program.run("kept", "list").talk.contains("Nothing is kept"))
        let create = ["environment", "create", "data", "--template", "store", "--wait"]
        #expect(try program.run(create).code == 0)
        #expect(try program.run("environment", "delete", "data", "--yes", "data", "--wait").code == 0)
        let list = try program.run("kept", "list")
        for word in ["AWS::S3::Bucket", "data-store", "itself", "#2"] { #expect(list.out.contains(word)) }
        #expect(!list.out.contains("AWS::SQS::Queue"))
        #expect(try program.run("kept", "list", "--environment", "data").out.contains("data-store"))
        #expect(try program.run("kept", "list", "--environment", "other").talk.contains("other"))
        let json = try value(try program.run("kept", "list", "--output", "json").out)
        let kept = try #require((json["kept"] as? [[String: Any]])?.first)
        #expect(kept["environmentName"] as? String == "data" && kept["fate"] as? String == "retained")
        #expect(kept["deployment"] as? String == "2" && kept["logicalId"] as? String == "Bucket")

        let again = try program.run(create)
        #expect(again.code == 1)
        #expect((again.out + again.talk).contains("baryon kept forget 1"))
        let wrong = try program.run("kept", "forget", "1", "7", "8", "--why", "gone")
        #expect(wrong.code == 1)
        #expect(wrong.talk.contains("no kept resource 7") && wrong.talk.contains("no kept resource 8"))
        #expect(try program.run("kept", "forget", "1").code == 64, "without a reason")
        #expect(try program.run("kept", "list").out.contains("data-store"))
        #expect(try program.run("kept", "forget", "1", "--why", "emptied by hand").code == 0)
        #expect(try program.run("kept", "list").talk.contains("Nothing is kept"))
        let history = try program.run("workspace", "history").out
        #expect(history.contains("kept.forget") && history.contains("emptied by hand"))
        let mended = try program.run("environment", "update", "data", "--to", "1.0", "--wait")
        #expect(mended.code == 0, "\(mended.talk)")
    }

    @Test func `what a stack leaves when it is freed by its deletion is listed`() throws {
        defer { program.remove() }
        var there = program
        let account = try PlayedAccount(in: program.directory)
        there.variables = account.variables
        try there.claim("all")
        try register(there)
        let added = try there.run(
            "connection", "add", "real", "--account", PlayedAccount.number, "--region", "eu-west-1")
        #expect(added.code == 0)
        let made = try there.run(
            "environment", "create", "data", "--template", "store", "--connection", "real", "--wait")
        #expect(made.code == 0, "\(made.talk)")
        let knobs = ["deleteFails": ["Queue": "Somebody reads it"]]
        try JSONSerialization.data(withJSONObject: knobs)
            .write(to: URL(fileURLWithPath: account.directory + "/knobs.json"))
        #expect(try there.run("environment", "delete", "data", "--yes", "data", "--wait").code == 1)
        let freed = try there.run("deployment", "release", "data", "--delete", "--keep", "Queue", "--yes", "data")
        #expect(freed.code == 0, "\(freed.talk)")
        let json = try value(try there.run("kept", "list", "--environment", "data", "--output", "json").out)
        let kept = try #require(json["kept"] as? [[String: Any]])
        #expect(Set(kept.compactMap { $0["logicalId"] as? String }) == ["Queue", "Bucket"])
        #expect(kept.count == 2 && kept.allSatisfy { $0["connection"] as? String == "real" })
        let effects = account.effects.count
        #expect(try there.run("kept", "forget", "1", "2", "--why", "handed over").code == 0)
        #expect(account.effects.count == effects, "nothing was done outside")
    }
}
