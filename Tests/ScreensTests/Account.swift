import Catalog
import Documents
import Engine
import Foundation
import Testing

/// An account with stacks that Proton left, as a program on this machine plays it, and a workspace that knows it.
final class Account {
    let directory: String
    let bench: ScreenBench

    /// The program that plays `aws`; it runs under Python.
    private static let program = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../ProvisioningTests/StandIn/aws").standardized.path

    init() throws {
        directory = NSTemporaryDirectory() + "baryon-account-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let command = directory + "/aws"
        try Data("#!/bin/sh\nBARYON_AWS_STATE='\(directory)' exec '\(Self.program)' \"$@\"\n".utf8)
            .write(to: URL(fileURLWithPath: command))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: command)
        bench = try ScreenBench(program: command)
        try bench.engine.addConnection(
            "proton", ConnectionChange(account: "123456789012", region: "eu-west-1"))
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    func knobs(_ value: Value) throws { try write("knobs.json", value) }

    private func write(_ name: String, _ value: Value) throws {
        try Data(value.json().utf8).write(to: URL(fileURLWithPath: "\(directory)/\(name)"))
    }

    /// The names of the calls that were made.
    var calls: [String] {
        let text = (try? String(contentsOfFile: "\(directory)/calls.jsonl", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line in
            Document.read(Source(name: "calls", text: String(line)), as: .json).document?.value["call"]?.string
        }
    }

    // MARK: Stacks

    struct Stack {
        var name: String
        var tags: KeyValuePairs<String, String>
        var template: String
        var outputs: KeyValuePairs<String, String> = [:]
        var type = "AWS::SNS::Topic"
        var status = "UPDATE_COMPLETE"
    }

    func fill(_ stacks: [Stack]) throws {
        let values = stacks.map { stack -> Value in
            let tags = stack.tags.map { key, value -> Value in
                let name: Value = .string("proton:\(key)")
                return ["Key": name, "Value": .string(value)]
            }
            let outputs = stack.outputs.map { key, value -> Value in
                ["OutputKey": .string(key), "OutputValue": .string(value)]
            }
            let id = "arn:aws:cloudformation:eu-west-1:123456789012:stack/\(stack.name)/1"
            let resource: Value = [
                "type": .string(stack.type), "physical": .string("\(stack.name)-1"), "status": "CREATE_COMPLETE",
            ]
            let name = stack.type.hasSuffix("Topic") ? "Topic" : "Queue"
            return [
                "StackName": .string(stack.name), "StackId": .string(id), "StackStatus": .string(stack.status),
                "Tags": .list(tags), "Outputs": .list(outputs), "template": .string(stack.template),
                "resources": .object(Object([(name, resource)])), "events": .list([]), "pending": .list([]),
            ]
        }
        try write(
            "state.json",
            [
                "stacks": .list(values), "changeSets": .list([]), "count": 0, "clock": 0, "faults": .object(Object()),
                "made": .object(Object()), "effects": .list([]),
            ])
    }

    static func topic(_ name: String, purpose: String, more: String = "") -> Stack {
        Stack(
            name: "AWSProton-\(name)", tags: ["template": "topics", "environment": name],
            template: """
                Resources:
                  Topic:
                    Type: AWS::SNS::Topic
                    Properties:
                      DisplayName: "\(name): \(purpose)"
                \(more)Outputs:
                  TopicName:
                    Value: !GetAtt Topic.TopicName

                """, outputs: ["TopicName": "\(name)-topic"])
    }

    static func queue(_ service: String, _ name: String, in environment: String, delay: Int) -> Stack {
        Stack(
            name: "AWSProton-\(service)-\(name)",
            tags: [
                "template": "queue", "environment": environment, "service": service, "service-instance": name,
            ],
            template: """
                Resources:
                  Queue:
                    Type: AWS::SQS::Queue
                    Properties:
                      DelaySeconds: \(delay)
                      QueueName: "\(environment)-topic"

                """, type: "AWS::SQS::Queue")
    }

    /// A clean environment, one that was changed outside, and a service with an instance in each; one of no template.
    func fillEstate() async throws {
        try await register(
            "topics", "environment", "infrastructure", ["purpose: {type: string}", "note: {type: string}"],
            """
            Resources:
              Topic:
                Type: AWS::SNS::Topic
                Properties:
                  # What it is for.
                  DisplayName: "{{ environment.name }}: {{ environment.inputs.purpose }}"
            Outputs:
              TopicName:
                Value: !GetAtt Topic.TopicName
            """)
        try await register(
            "queue", "service", "instance_infrastructure", ["delay: {type: integer}"],
            """
            Resources:
              Queue:
                Type: AWS::SQS::Queue
                Properties:
                  DelaySeconds: {{ service_instance.inputs.delay }}
                  QueueName: "{{ environment.outputs.TopicName }}"
            """)
        try fill([
            Self.topic("lab", purpose: "tests"),
            Self.topic("live", purpose: "orders", more: "      KmsMasterKeyId: alias/outside\n"),
            Self.queue("shop", "dev", in: "lab", delay: 7), Self.queue("shop", "prod", in: "live", delay: 9),
            Stack(
                name: "AWSProton-old", tags: ["template": "gone", "environment": "old"], template: "Resources: {}\n"),
            Stack(name: "website", tags: [:], template: "Resources: {}\n"),
        ])
    }

    private func register(
        _ name: String, _ kind: String, _ folder: String, _ properties: [String], _ template: String
    ) async throws {
        let names = properties.map { $0.prefix { $0 != ":" } }.joined(separator: ", ")
        let input = kind == "environment" ? "environment_input_type" : "service_input_type"
        for (path, text) in [
            (
                "schema/schema.yaml",
                """
                schema:
                  format: {openapi: "3.0.0"}
                  \(input): Input
                  types:
                    Input:
                      type: object
                      required: [\(names)]
                      properties: {\(properties.joined(separator: ", "))}
                """
            ),
            (
                "\(folder)/manifest.yaml",
                """
                infrastructure:
                  templates:
                    - {file: cloudformation.yaml, rendering_engine: jinja, template_language: cloudformation}
                """
            ), ("\(folder)/cloudformation.yaml", template),
        ] {
            let file = URL(fileURLWithPath: "\(directory)/\(name)/\(path)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data((text + "\n").utf8).write(to: file)
        }
        let runsIn = kind == "service" ? [CompatibleEnvironment("topics:1")].compactMap(\.self) : []
        _ = try await bench.engine.register(
            Registration(
                path: "\(directory)/\(name)", name: name, numbering: .nextMajor, compatibleWith: runsIn, owner: ""))
        _ = try bench.engine.publish(name, VersionNumber(1, 0))
    }
}
