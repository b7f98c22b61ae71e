import Foundation
import Testing

/// The program against a server that plays AWS, over the real tool: what it can carry of the starter catalog and of the
/// outside cases is made, changed through a change set, rolled back and deleted.
@Suite(.enabled(if: Estate.python != nil, "skipped: python3 with moto, or aws, is not installed"))
struct MotoJourneyTests {
    /// An environment and two ways to want it.
    struct Sample: Sendable {
        var name: String
        var template: String
        var first: [String]
        var second: [String]
        /// Resources with data that its change replaces, so that going back loses it again.
        var losses: [String] = []
    }

    private static let starters = [
        Sample(name: "net", template: "vpc-network", first: [], second: ["--set", "log_retention_days=90"]),
        Sample(name: "hall", template: "fargate-cluster", first: [], second: ["--set", "log_retention_days=90"]),
    ]

    /// Outside cases, by their folder.
    private static let outside = [
        ("jungle", "jquirossoto__aws-proton/environment-templates__jungle", []),
        ("repokid", "bryjai__repokid-notifier-public/proton__environment", ["AppBucket"]),
    ]

    private static var cases: String {
        ProcessInfo.processInfo.environment["BARYON_CASES"]
            ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/cases").path
    }

    @Test func `environments are made, changed through a change set, rolled back and deleted`() throws {
        let estate = try Estate(environments: 0, services: 0, changed: 0)
        defer { estate.stop() }
        let program = estate.program
        var samples = Self.starters
        for (name, folder, losses) in Self.outside {
            let bundle = "\(Self.cases)/bundles/bundles/\(folder)"
            let specs = "\(Self.cases)/bundles/oracle/\(folder)"
            guard FileManager.default.fileExists(atPath: bundle) else {
                print("skipped: \(name), whose bundle is not beside the project")
                continue
            }
            for words in [["register", bundle, "--name", name], ["publish", "\(name)@1.0"]] {
                let result = try program.run(["template"] + words)
                try #require(result.code == 0, "\(result.talk)")
            }
            samples.append(
                Sample(
                    name: "\(name)-env", template: name, first: ["--spec", "\(specs)/min/spec.yaml"],
                    second: ["--spec", "\(specs)/alt/spec.yaml"], losses: losses))
        }
        let all = samples
        sideBySide(all.count) { number in
            do { try Self.tell(all[number], program) } catch { Issue.record("\(all[number].name): \(error)") }
        }
        let left = try program.run("environment", "list", "--output", "json")
        #expect(!left.out.contains("\"name\""), "\(left.out)")
        let calls = try estate.calls()
        func count(_ action: String) -> Int { calls.count { $0 == action } }
        // Making, changing and going back are a change set each, and nothing else writes a stack.
        #expect(count("CreateChangeSet") == 3 * all.count)
        #expect(count("ExecuteChangeSet") == 3 * all.count)
        #expect(count("CreateStack") + count("UpdateStack") == 0)
        print("on moto: \(all.map(\.template).joined(separator: ", ")); \(calls.count) calls")
    }

    /// Services, by where their bundle is, with a change of their one instance.
    private static let services = [
        ("function", "starter/lambda-function/v1.0", "memory_mib=512"),
        ("api", "starter/http-api/v1.0", "memory_mib=512"),
        ("apprunner", "service-templates__apprunner-svc", "task_size=large"),
        ("scheduled", "service-templates__scheduled-lambda-svc", "lambda_memory=1024"),
    ]

    /// This server tells no outputs of stacks that change sets made: values stand for the environment's.
    @Test func `services are made, changed through a change set, rolled back and deleted`() throws {
        let estate = try Estate(environments: 0, services: 0, changed: 0)
        defer { estate.stop() }
        let program = estate.program
        func require(_ words: [String]) throws {
            let result = try program.run(words)
            try #require(result.code == 0, "\(words) \(result.talk)")
        }
        try Self.writeValues(program)
        try require(["template", "register", "values"])
        try require(["template", "publish", "values@1.0"])
        let values = Self.values.flatMap { ["--set", "\($0.key)=\($0.value)"] }
        try require(
            ["environment", "create", "acme-dev", "--template", "values", "--connection", "proton", "--wait"] + values)
        try program.write(
            "proton: ServiceSpec\ninstances:\n  - {name: dev, environment: acme-dev, spec: {}}", to: "spec.yaml")
        // The outside samples ask for runtimes that have ended.
        try require(["check", "waive", "runtimes", "--why", "old samples", "--until", "2099-01-01"])
        var known: [(name: String, change: String)] = []
        for (name, folder, change) in Self.services {
            guard try Self.copyWithoutPipeline(folder, to: program.directory + "/" + name) else {
                print("skipped: \(name), whose bundle is not beside the project")
                continue
            }
            try require(["template", "register", name, "--name", name, "--compatible-with", "values:1"])
            try require(["template", "publish", "\(name)@1.0"])
            known.append((name, change))
        }
        let all = known
        sideBySide(all.count) { number in
            let (name, change) = all[number]
            let target = "\(name)/dev"
            do {
                for words in [
                    ["service", "create", name, "--template", name, "--spec", "spec.yaml", "--wait"],
                    ["instance", "update", target, "--set", change, "--wait"],
                    ["instance", "rollback", target, "--wait"],
                    ["service", "delete", name, "--yes", name, "--wait"],
                ] {
                    let result = try program.run(words)
                    guard result.code == 0 else {
                        Issue.record("\(words) \(result.talk)")
                        return
                    }
                }
            } catch { Issue.record("\(name): \(error)") }
        }
        let calls = try estate.calls()
        // The server does not know App Runner: it makes nothing of it, and finds nothing to change later.
        let unseen = all.count { $0.name == "apprunner" }
        #expect(calls.count { $0 == "CreateChangeSet" } == 3 * all.count)
        #expect(calls.count { $0 == "ExecuteChangeSet" } == 3 * all.count - 2 * unseen)
        #expect(calls.count { $0 == "DeleteStack" } == all.count)
        print("on moto: \(all.map(\.name).joined(separator: ", ")); \(calls.count) calls")
    }

    /// Whose outputs this server does not tell; what it is given is an outside case.
    @Test func `a component is made, attached, detached and deleted`() throws {
        let component =
            "\(Self.cases)/bundles/bundles/aws-samples__aws-proton-cloudformation-sample-templates/component-templates__s3-bucket-component"
        guard FileManager.default.fileExists(atPath: component) else {
            return print("skipped: the component, which is not beside the project")
        }
        let estate = try Estate(environments: 0, services: 0, changed: 0)
        defer { estate.stop() }
        let program = estate.program
        func require(_ words: [String]) throws {
            let result = try program.run(words)
            try #require(result.code == 0, "\(words) \(result.talk)")
        }
        try Self.writeValues(program)
        try #require(try Self.copyWithoutPipeline("starter/lambda-function/v1.0", to: program.directory + "/function"))
        for name in ["values", "function"] {
            let more = name == "function" ? ["--compatible-with", "values:1"] : []
            try require(["template", "register", name] + more)
            try require(["template", "publish", "\(name)@1.0"])
        }
        let values = Self.values.flatMap { ["--set", "\($0.key)=\($0.value)"] }
        try require(
            ["environment", "create", "dev", "--template", "values", "--connection", "proton", "--wait"] + values)
        try program.write("proton: ServiceSpec\ninstances:\n  - {name: a, environment: dev, spec: {}}", to: "spec.yaml")
        try require(["service", "create", "fn", "--template", "function", "--spec", "spec.yaml", "--wait"])
        let create = ["component", "create", "bucket", "--file", component, "--instance", "fn/a", "--wait"]
        let refused = try program.run(create)
        #expect(refused.code == 1 && refused.talk.contains("--component-role"), "\(refused.talk)")
        try require([
            "connection", "change", "proton", "--component-role", "arn:aws:iam::123456789012:role/components",
        ])
        try require(create)
        try require(["instance", "update", "fn/a", "--to", "1.0", "--wait"])
        try require(["component", "detach", "bucket", "--wait"])
        try require(["component", "attach", "bucket", "fn/a", "--wait"])
        try require(["component", "detach", "bucket", "--wait"])
        try require(["component", "delete", "bucket", "--yes", "bucket", "--wait"])
        let left = try program.run("component", "list")
        #expect(left.out.isEmpty && left.talk.contains("There is no component."), "\(left.out)\(left.talk)")
        #expect(try estate.calls().count { $0 == "DeleteStack" } == 1)
    }

    /// What the services read of their environment.
    private static let values = [
        "LogRetentionDays": "30", "PrivateSubnets": "subnet-1,subnet-2", "ServicesSecurityGroup": "sg-1",
        "PrivateSubnet1": "subnet-1", "PrivateSubnet2": "subnet-2", "PublicSubnet1": "subnet-3",
        "PublicSubnet2": "subnet-4", "SNSRegion": "eu-west-1", "SNSTopicName": "news", "VPCSecurityGroup": "sg-1",
        "SNSTopicArn": "arn:aws:sns:eu-west-1:123456789012:news",
        "VpcConnectorArn": "arn:aws:apprunner:eu-west-1:123456789012:vpcconnector/c/1/a",
    ]

    private static func writeValues(_ program: Program) throws {
        let names = values.keys.sorted().map { "        \($0): {type: string}" }
        try program.write(
            """
            schema:
              format: {openapi: "3.0.0"}
              environment_input_type: Values
              types:
                Values:
                  type: object
                  properties:
            \(names.joined(separator: "\n"))
            """, to: "values/schema/schema.yaml")
    }

    /// A pipeline reads outputs of instances, which this server does not tell.
    private static func copyWithoutPipeline(_ folder: String, to place: String) throws -> Bool {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path
        let source =
            folder.hasPrefix("starter/")
            ? "\(root)/Sources/CEmbedded/\(folder)"
            : "\(cases)/bundles/bundles/aws-samples__aws-proton-cloudformation-sample-templates/\(folder)"
        guard FileManager.default.fileExists(atPath: source) else { return false }
        try FileManager.default.copyItem(atPath: source, toPath: place)
        try FileManager.default.removeItem(atPath: place + "/pipeline_infrastructure")
        return true
    }

    private static func tell(_ sample: Sample, _ program: Program) throws {
        func require(_ words: [String]) throws -> Program.Result {
            let result = try program.run(["environment"] + words)
            try #require(result.code == 0, "\(words) \(result.talk)")
            return result
        }
        func inputs() throws -> String {
            let out = try require(["show", sample.name, "--output", "json"]).out
            let object = try JSONSerialization.jsonObject(with: Data(out.utf8)) as? [String: Any]
            return String(
                decoding: try JSONSerialization.data(withJSONObject: object?["inputs"] ?? [:], options: .sortedKeys),
                as: UTF8.self)
        }
        _ = try require(
            ["create", sample.name, "--template", sample.template, "--connection", "proton", "--wait"] + sample.first)
        let first = try inputs()
        _ = try require(["update", sample.name, "--wait"] + sample.second)
        let second = try inputs()
        #expect(first != second)
        if !sample.losses.isEmpty {
            let refused = try program.run(["environment", "rollback", sample.name, "--wait"])
            #expect(refused.code == 1 && refused.talk.contains("must not replace what holds data"), "\(refused.talk)")
        }
        _ = try require(
            ["rollback", sample.name, "--wait"] + sample.losses.flatMap { ["--accept-loss", $0] })
        #expect(try inputs() == first)
        var deleted = try program.run(["environment", "delete", sample.name, "--yes", sample.name, "--wait"])
        // The server refuses to delete a network with a gateway, and forgets the stack by that.
        if deleted.talk.contains("has dependencies") {
            deleted = try program.run(["environment", "delete", sample.name, "--yes", sample.name, "--wait"])
        }
        #expect(deleted.code == 0, "\(sample.name) \(deleted.talk)")
    }
}
