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
