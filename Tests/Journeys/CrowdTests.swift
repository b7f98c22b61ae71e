import Foundation
import Synchronization
import Testing

/// Many programs over one workspace at once.
@Suite struct CrowdTests {
    @Test func `sixty-four commands beside a runner and a screen all do what they say`() throws {
        let crowd = try Crowd()
        defer { crowd.program.remove() }
        try crowd.prepare()
        let (runner, _, runnerTalk) = try crowd.program.start(["runner"])
        defer { if runner.isRunning { kill(runner.processIdentifier, SIGKILL) } }
        let screen = Screen.isAvailable ? try Screen(crowd.program) : nil
        let watch = screen == nil ? try crowd.program.start(["deployment", "watch", "1"]) : nil
        try screen?.expect("RECENT")

        let commands = crowd.commands
        #expect(commands.count == 64)
        let results = Mutex<[Int: Program.Result]>([:])
        sideBySide(commands.count) { number in
            guard let result = try? crowd.program.run(commands[number].words) else { return }
            results.withLock { $0[number] = result }
        }
        for (number, command) in commands.enumerated() {
            let result = try #require(results.withLock { $0[number] })
            #expect(result.code == 0, "\(command.words) \(result.talk)")
            #expect(!result.talk.contains("locked"), "\(command.words) \(result.talk)")
        }
        try crowd.expectIdle()
        #expect(runner.isRunning)
        try screen?.expect("RECENT")
        #expect(screen?.isOpen != false)
        kill(runner.processIdentifier, SIGTERM)
        runner.waitUntilExit()
        #expect(runner.terminationStatus == 128 + SIGTERM)
        let talk = String(decoding: runnerTalk.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(talk.isEmpty, "\(talk)")
        watch?.process.terminate()
        try crowd.expectAllThere()
    }

    @Test func `of two people who change one spec the second is refused, and reads the difference`() throws {
        let crowd = try Crowd()
        defer { crowd.program.remove() }
        try crowd.prepareQueues()
        let program = crowd.program
        try crowd.require(["environment", "create", "tin", "--template", "queues", "--wait"])
        let first = try program.run(
            "environment", "update", "tin", "--set", "delay=5", "--revision", "1", "--why", "slower", "--wait")
        #expect(first.code == 0, "\(first.talk)")
        let second = try program.run(
            "environment", "update", "tin", "--set", "delay=9", "--revision", "1", "--wait")
        #expect(second.code == 1)
        #expect(second.talk.contains("your change was made from revision 1, it is at 2"))
        #expect(second.talk.contains("delay") && second.talk.contains("5"), "\(second.talk)")
        #expect(!second.talk.contains("delay=9"), "\(second.talk)")

        // At the same moment: one of them, whichever comes first.
        let results = Mutex<[Program.Result]>([])
        sideBySide(2) { number in
            let result = try? program.run(
                "environment", "update", "tin", "--set", "delay=2\(number)", "--revision", "2", "--wait")
            if let result { results.withLock { $0.append(result) } }
        }
        let codes = results.withLock { $0.map(\.code).sorted() }
        #expect(codes == [0, 1])
        let refused = try #require(results.withLock { $0.first { $0.code == 1 } })
        #expect(refused.talk.contains("changed meanwhile"), "\(refused.talk)")
        #expect(refused.talk.contains("delay"), "\(refused.talk)")
        let revision = try crowd.read("environment", "show", "tin")["revision"] as? Int
        #expect(revision == 3)
    }
}

/// A workspace in which much can be done at once, and what is done there.
private struct Crowd {
    struct Command {
        var words: [String]
        /// What the history must say of it, such as `environment.create environment/e1`; empty for a look.
        var act = ""
    }

    let program: Program

    init() throws { program = try Program() }

    func prepareQueues() throws {
        try QueueBundle(directory: program.directory + "/queues").write()
        try require(["template", "register", "queues"])
        try require(["template", "publish", "queues", "1.0"])
    }

    func prepare() throws {
        try prepareQueues()
        for number in 1...4 {
            try require(["connection", "add", "old\(number)", "--account", "123456789012", "--region", "eu-west-1"])
        }
        for number in 1...6 {
            try require(["environment", "create", "there\(number)", "--template", "queues", "--wait"])
        }
        try require(["environment", "create", "hall", "--template", "fargate-cluster", "--wait"])
        try program.write(KillScript.shop, to: "shop.yaml")
        try require([
            "service", "create", "shop", "--template", "fargate-service", "--spec", "shop.yaml", "--repository",
            "acme/shop", "--branch", "main", "--repository-connection",
            "arn:aws:codestar-connections:eu-west-1:111122223333:connection/aa", "--wait",
        ])
    }

    @discardableResult
    func require(_ words: [String]) throws -> String {
        let result = try program.run(words)
        try #require(result.code == 0, "\(words) \(result.talk)")
        return result.out
    }

    var commands: [Command] {
        var all: [Command] = []
        for number in 1...12 {
            all.append(
                Command(
                    words: ["environment", "create", "new\(number)", "--template", "queues"],
                    act: "environment.create environment/new\(number)"))
        }
        for number in 1...6 {
            all.append(
                Command(
                    words: ["environment", "update", "there\(number)", "--set", "delay=\(number)"],
                    act: "environment.update environment/there\(number)"))
            all.append(
                Command(
                    words: ["connection", "add", "new\(number)", "--account", "123456789012", "--region", "us-east-1"],
                    act: "connection.add new\(number)"))
            all.append(
                Command(
                    words: [
                        "check", "waive", "resources", "--code", "code.\(number)", "--why", "waived\(number)",
                        "--until",
                        "2027-12-31",
                    ], act: "check.waive resources"))
        }
        for number in 1...4 {
            all.append(
                Command(
                    words: ["connection", "change", "old\(number)", "--tag", "number=\(number)"],
                    act: "connection.change old\(number)"))
        }
        for name in ["dev", "prod"] {
            all.append(
                Command(
                    words: ["instance", "update", "shop/\(name)", "--set", "cpu=512", "--set", "memory=1024"],
                    act: "instance.update instance/shop/\(name)"))
        }
        for name in ["fargate-service", "fargate-cluster"] {
            all.append(Command(words: ["template", "publish", name, "1.1"], act: "template.publish \(name)"))
        }
        for name in ["http-api", "lambda-function", "vpc-network"] {
            all.append(
                Command(
                    words: ["template", "deprecate", name, "1.0", "--why", "old"], act: "template.deprecate \(name)"))
        }
        let looks = [
            "template list", "environment list", "instance list", "deployment list", "workspace history",
            "connection list", "check waivers", "template show queues", "environment show there1",
            "instance show shop/dev", "service show shop", "update list", "connection show old1", "check list",
            "environment show there2", "environment show there3", "template list --output json",
            "instance list --output json", "connection list --output json", "template show fargate-service",
            "environment list --output json", "deployment list --output json", "deployment show 1",
        ]
        return all + looks.map { Command(words: $0.split(separator: " ").map(String.init)) }
    }

    func read(_ words: String...) throws -> [String: Any] {
        let out = try require(words + ["--output", "json"])
        return try #require(try JSONSerialization.jsonObject(with: Data(out.utf8)) as? [String: Any])
    }

    /// Waits until the runner has done what was ordered.
    func expectIdle() throws {
        for _ in 0..<600 {
            let open = try read("deployment", "list", "--unfinished")["deployments"] as? [Any] ?? []
            if open.isEmpty { return }
            usleep(100_000)
        }
        Issue.record("not all deployments came to an end")
    }

    func expectAllThere() throws {
        let history = try read("workspace", "history", "--limit", "1000")["history"] as? [[String: Any]] ?? []
        let acts = history.map { "\($0["act"] ?? "") \($0["subject"] ?? "")" }
        for command in commands where !command.act.isEmpty {
            // The starter catalog's first versions were published before.
            let count = command.act == "check.waive resources" ? 6 : command.act.hasPrefix("template.publish") ? 2 : 1
            #expect(acts.count { $0 == command.act } == count, "\(command.act) \(acts)")
        }
        let rows = try read("deployment", "list", "--limit", "1000")["deployments"] as? [[String: Any]] ?? []
        let phases = rows.compactMap { $0["phase"] as? String }
        #expect(phases == Array(repeating: "succeeded", count: 6 + 1 + 3 + 12 + 6 + 2))
        let waivers = try read("check", "waivers")["waivers"] as? [[String: Any]] ?? []
        let reasons = waivers.compactMap { $0["why"] as? String }.sorted()
        #expect(reasons == (1...6).map { "waived\($0)" })
        for number in 1...4 {
            let settings = try read("connection", "show", "old\(number)")["settings"] as? [String: Any]
            let tags = settings?["tags"] as? [String: String]
            #expect(tags == ["number": "\(number)"])
        }
        for number in 1...6 {
            let inputs = try read("environment", "show", "there\(number)")["inputs"] as? [String: Any]
            let delay = inputs?["delay"] as? Int
            #expect(delay == number)
        }
        for number in 1...12 { try require(["environment", "show", "new\(number)"]) }
    }
}
