import Catalog
import Documents
import Foundation
import Provisioning

/// A stack in an account that a program on this machine plays; see `StandIn/aws`.
struct StandIn {
    let directory: String
    let ledger = MemoryLedger()
    var connection = Connection(
        name: "shop", provisioner: .cloudFormation, account: "123456789012", region: "eu-west-1",
        createdAt: Instant(milliseconds: 0))
    var parameters = Object()
    var expected: [Change] = []
    var now = Instant(milliseconds: 0)
    var timeLimit = Duration.seconds(60)
    var outputLimit = 16 << 20
    var profiles: [String: String] = [:]

    init() {
        directory = NSTemporaryDirectory() + "baryon-stand-in-" + UUID().uuidString
        try? FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(atPath: directory) }

    static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("StandIn/aws").path

    var tool: AWSTool {
        AWSTool(
            path: Self.path,
            environment: [
                "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin", "BARYON_AWS_STATE": directory,
                "TMPDIR": directory, "AWS_SECRET_ACCESS_KEY": "very-secret-key",
            ],
            timeLimit: timeLimit, outputLimit: outputLimit)
    }

    var pacing: Pacing {
        let now = now
        return Pacing(first: .milliseconds(1), longest: .milliseconds(4), now: { now })
    }

    var provisioner: CloudFormationProvisioner {
        CloudFormationProvisioner(tool: tool, profiles: profiles, pacing: pacing)
    }

    var reader: StackReader { provisioner.reader(for: connection) }

    func knobs(_ value: Value) throws { try write("knobs.json", value.json()) }

    func write(_ name: String, _ text: String) throws {
        try text.write(toFile: "\(directory)/\(name)", atomically: true, encoding: .utf8)
    }

    /// Every call, in order.
    var calls: [Value] {
        let text = (try? String(contentsOfFile: "\(directory)/calls.jsonl", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line in
            Document.read(Source(name: "calls", text: String(line)), as: .json).document?.value
        }
    }

    var callNames: [String] { calls.compactMap { $0["call"]?.string } }

    /// The calls that change something.
    var acts: [String] { callNames.filter { name in !["describe-", "list-", "get-"].contains { name.hasPrefix($0) } } }

    func call(_ name: String) -> Value? { calls.last { $0["call"]?.string == name } }

    func forgetCalls() throws { try write("calls.jsonl", "") }

    /// The stacks as the stand-in keeps them.
    var stacks: [Value] {
        let text = (try? String(contentsOfFile: "\(directory)/state.json", encoding: .utf8)) ?? ""
        return Document.read(Source(name: "state", text: text), as: .json).document?.value["stacks"]?.list ?? []
    }

    var status: String { stacks.last?["StackStatus"]?.string ?? "" }

    func job(_ template: String, number: Int = 1) -> Job {
        Job(
            deployment: Deployment.ID(number), target: .environment("network"), token: "w1-\(number)",
            connection: connection, stack: "network", identity: ledger.state.identity, template: template,
            parameters: parameters, tags: ["proton:environment": "network"], expected: expected)
    }

    @discardableResult
    func apply(_ template: String, number: Int = 1) async throws -> Outcome {
        try await provisioner.apply(job(template, number: number), ledger)
    }

    /// A deployment of its own over what is there; the calls of earlier ones are forgotten.
    @discardableResult
    func applyNext(_ template: String, number: Int = 2) async throws -> Outcome {
        ledger.nextDeployment()
        try forgetCalls()
        return try await apply(template, number: number)
    }

    func destroy(number: Int = 9) async throws -> Outcome {
        ledger.nextDeployment()
        try forgetCalls()
        return try await provisioner.destroy(job("", number: number), ledger)
    }

    /// Queues, by name with a text that a change changes, as JSON.
    static func queues(_ names: KeyValuePairs<String, String>, outputs: [String] = []) -> String {
        let resources = names.map { name, text -> (String, Value) in
            (name, ["Type": "AWS::SQS::Queue", "Properties": ["QueueName": .string(text)]])
        }
        var template: Object = Object([("Resources", .object(Object(resources)))])
        if !outputs.isEmpty {
            template["Outputs"] = .object(Object(outputs.map { ($0, ["Value": ["Ref": .string(names[0].key)]]) }))
        }
        return Value.object(template).json()
    }
}
