import Foundation
import Testing

/// A workspace that is older than what runs.
@Suite struct RestoreTests {
    @Test func `a restored workspace asks what is there before it acts`() throws {
        var program = try Program()
        defer { program.remove() }
        let account = try PlayedAccount(in: program.directory)
        program.variables = account.variables
        try program.claim("[local, cloud]")
        try QueueBundle(directory: program.directory + "/queues").write()
        let place = ["--connection", "cloud", "--wait"]
        for words in [
            ["template", "register", "queues"], ["template", "publish", "queues", "1.0"],
            ["connection", "add", "cloud", "--account", PlayedAccount.number, "--region", "eu-west-1"],
            ["environment", "create", "tin", "--template", "queues"] + place,
            ["environment", "create", "can", "--template", "queues"] + place,
            ["workspace", "backup", "kept"],
            ["environment", "update", "tin", "--set", "delay=5", "--wait"],
        ] {
            let result = try program.run(words)
            try #require(result.code == 0, "\(words) \(result.talk)")
        }
        let other = ["--workspace", program.directory + "/other"]
        #expect(try program.run(["workspace", "restore", "kept"] + other).code == 0)
        func update(_ name: String, _ more: [String]) throws -> Program.Result {
            try program.run(["environment", "update", name, "--set", "small=true"] + more + other)
        }
        let known = try update("can", ["--plan"])
        #expect(known.code == 2 || known.code == 3, "\(known.talk)")
        #expect(known.out.contains("The stack is as this workspace knows it."), "\(known.out)")
        let older = try update("tin", ["--plan"])
        #expect(older.code == 4)
        #expect((older.out + older.talk).contains("DelaySeconds is 5 instead of 0"), "\(older.out) \(older.talk)")
        let acts = account.actCount
        let refused = try update("tin", ["--wait"])
        #expect(refused.code == 1 && account.actCount == acts, "\(refused.talk)")
        let waived = try program.run(
            ["check", "waive", "stack", "--target", "tin", "--why", "it is meant", "--until", "2099-01-01"] + other)
        #expect(waived.code == 0, "\(waived.talk)")
        let done = try update("tin", ["--wait"])
        #expect(done.code == 0, "\(done.talk)")
        let after = try update("tin", ["--set", "delay=7", "--plan"])
        #expect(!after.out.contains("this workspace"), "\(after.out)")
    }
}
