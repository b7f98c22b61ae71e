import Documents
import Foundation
import Testing

/// What was rehearsed is made for real, by the program, in an account that is played.
@Suite(.serialized) struct MoveJourneyTests {
    private static let move = ["environment", "move", "net", "--connection", "shop"]

    /// A rehearsed environment of queues with two workers in it, and a connection to an account.
    private final class Rehearsal {
        var program: Program
        let account: PlayedAccount

        /// - Parameter inputs: Of the environment.
        init(_ inputs: String...) throws {
            program = try Program()
            account = try PlayedAccount(in: program.directory)
            program.variables = account.variables
            program.variables["TMPDIR"] = program.directory
            try program.claim("all")
            try account.behave()
            try QueueBundle(directory: program.directory + "/queues").write()
            try WorkerBundle(directory: program.directory + "/worker").write()
            try require("template", "register", "queues")
            try require("template", "publish", "queues", "1.0")
            try require("template", "register", "worker", "--compatible-with", "queues:1")
            try require("template", "publish", "worker", "1.0")
            try require("connection", "add", "shop", "--account", PlayedAccount.number, "--region", "eu-west-1")
            try require(["environment", "create", "net", "--template", "queues", "--wait"] + Self.set(inputs))
            try require(
                "service", "create", "work", "--template", "worker", "--instance", "a@net", "--instance", "b@net",
                "--wait")
        }

        deinit { program.remove() }

        private static func set(_ inputs: [String]) -> [String] { inputs.flatMap { ["--set", $0] } }

        @discardableResult
        func require(_ words: String...) throws -> String { try require(words) }

        @discardableResult
        func require(_ words: [String]) throws -> String {
            let result = try program.run(words)
            try #require(result.code == 0, "\(words) \(result.code) \(result.out) \(result.talk)")
            return result.out
        }

        func shown(_ words: String...) throws -> Value {
            let text = try require(words + ["--output", "json"])
            return try #require(Document.read(Source(name: "out", text: text), as: .json).document).value
        }

        func environment() throws -> Value { try shown("environment", "show", "net") }
        func instance(_ name: String) throws -> Value { try shown("instance", "show", "work/\(name)") }

        var stacks: [String] { account.effects.filter { $0.hasPrefix("execute-change-set") } }
    }

    @Test func `an environment moves with its instances, which get its real outputs`() throws {
        let rehearsal = try Rehearsal()
        let plan = try rehearsal.program.run(Self.move + ["--plan"])
        #expect(plan.code == 2, "\(plan.talk)")
        #expect(
            plan.out.contains("local -> shop: account \(PlayedAccount.number), eu-west-1, stack baryon-env--net"))
        #expect(plan.out.contains("Known once earlier steps have run: net output Url"))
        #expect(plan.out.contains("7 to add, 0 to update, 0 to replace, 0 to remove."))
        #expect(plan.talk.contains("The 5 resources that net has by its rehearsal are let go"))
        #expect(rehearsal.account.effects.isEmpty)
        try rehearsal.require(Self.move + ["--wait", "--why", "it works"])
        #expect(rehearsal.stacks.count == 3)
        let net = try rehearsal.environment()
        #expect(net["connection"]?.string == "shop")
        #expect(net["outputs"]?.list?.first?["valueString"]?.string == "value of Url", "\(net["outputs"] ?? .null)")
        let ids = (net["resources"]?.list ?? []).compactMap { $0["physicalId"]?.string }
        #expect(ids.count == 5 && ids.allSatisfy { $0.hasPrefix("baryon-env--net-Queue") }, "\(ids)")
        for name in ["a", "b"] {
            let worker = try rehearsal.instance(name)
            #expect(worker["connection"]?.string == "shop")
            #expect(worker["hasSpecDrift"] == .bool(false))
        }
        let state = FileManager.default.contents(atPath: rehearsal.account.directory + "/state.json") ?? Data()
        let text = String(decoding: state, as: UTF8.self)
        #expect(text.contains("value of Url") && !text.contains("known-after"))
        let history = try rehearsal.require("environment", "show", "net", "--history")
        #expect(history.contains("environment.move") && history.contains("it works"))
        // It is there: nothing more to do, and no way back or elsewhere.
        let again = try rehearsal.program.run(Self.move)
        #expect(again.code == 0 && again.talk.contains("There is nothing to change."))
        #expect(try rehearsal.program.run("environment", "move", "net", "--connection", "local").code == 1)
        // From here on it is changed where it is, and drift is asked for there.
        try rehearsal.require("environment", "update", "net", "--set", "delay=5", "--wait")
        try rehearsal.require("instance", "update", "work/a", "--set", "delay=5", "--wait")
        #expect(rehearsal.stacks.count == 5)
        let back = try rehearsal.program.run("environment", "rollback", "net", "--to", "1")
        #expect(back.code == 1 && back.talk.contains("it went to local"), "\(back.talk)")
        let last = try rehearsal.program.run("environment", "rollback", "net", "--plan")
        #expect(last.code == 2 && last.out.contains("(test, shop: account"), "\(last.out) \(last.talk)")
        try rehearsal.require("service", "delete", "work", "--yes", "work", "--wait")
        try rehearsal.require("environment", "delete", "net", "--yes", "net", "--wait")
        #expect(rehearsal.account.effects.filter { $0.hasPrefix("delete-stack") }.count == 3)
    }

    @Test func `an environment whose move fails stays local as it was`() throws {
        let rehearsal = try Rehearsal("extra=true")
        let before = try rehearsal.environment()
        let failed = try rehearsal.program.run(Self.move + ["--wait"])
        #expect(failed.code == 1)
        #expect(failed.talk.contains("no room"), "\(failed.talk)")
        let after = try rehearsal.environment()
        for key in ["connection", "outputs", "resources", "spec", "revision", "hasSpecDrift", "isUncertain"] {
            #expect(after[key] == before[key], "\(key)")
        }
        #expect(after["connection"]?.string == "local")
        #expect(try rehearsal.instance("a")["connection"]?.string == "local")
        // It is rehearsed on, and moved once the account has room.
        try rehearsal.require("environment", "update", "net", "--set", "delay=3", "--wait")
        try rehearsal.account.behave(refused: [])
        try rehearsal.require(Self.move + ["--wait"])
        #expect(try rehearsal.environment()["connection"]?.string == "shop")
        #expect(try rehearsal.instance("b")["connection"]?.string == "shop")
    }

    @Test func `a move goes on with the instances that it left behind`() throws {
        let rehearsal = try Rehearsal()
        try rehearsal.require("instance", "update", "work/b", "--set", "extra=true", "--wait")
        #expect(try rehearsal.program.run(Self.move + ["--wait"]).code == 1)
        #expect(try rehearsal.environment()["connection"]?.string == "shop")
        #expect(try rehearsal.instance("a")["connection"]?.string == "shop")
        let left = try rehearsal.instance("b")
        #expect(left["connection"]?.string == "local" && left["hasSpecDrift"] == .bool(false))
        #expect(left["resources"]?.list?.count == 2)
        // Where it is says nothing of where its environment is: it is not changed until it has followed.
        for words in [
            ["instance", "update", "work/b", "--set", "delay=4", "--plan"],
            ["instance", "rollback", "work/b", "--plan"],
        ] {
            let refused = try rehearsal.program.run(words)
            #expect(refused.code == 4)
            #expect(refused.talk.contains("baryon environment move net --connection shop"), "\(refused.talk)")
        }
        try rehearsal.account.behave(refused: [])
        let plan = try rehearsal.program.run(Self.move + ["--plan"])
        #expect(plan.code == 2 && plan.out.contains("move instance work/b") && !plan.out.contains("Step"))
        #expect(!plan.out.contains("Known once"), "its environment is there: \(plan.out)")
        try rehearsal.require(Self.move + ["--wait"])
        #expect(try rehearsal.instance("b")["connection"]?.string == "shop")
        #expect(rehearsal.stacks.count == 4)
    }

    @Test func `what a stuck move has left is deleted first`() throws {
        let rehearsal = try Rehearsal("extra=true")
        try rehearsal.account.behave(sticks: true)
        #expect(try rehearsal.program.run(Self.move + ["--wait"]).code == 1)
        let stuck = try rehearsal.environment()
        #expect(stuck["connection"]?.string == "local" && stuck["isUncertain"] == .bool(true))
        #expect(stuck["resources"]?.list?.count == 6)
        for words in [
            Self.move, ["environment", "update", "net", "--set", "delay=2"],
            ["connection", "delete", "shop"],
        ] {
            let refused = try rehearsal.program.run(words)
            #expect(refused.code == 1)
            #expect(refused.talk.contains("deployment release environment/net --delete"), "\(refused.talk)")
        }
        try rehearsal.account.behave(refused: [])
        try rehearsal.require("deployment", "release", "environment/net", "--delete", "--yes", "net")
        let freed = try rehearsal.environment()
        #expect(freed["isUncertain"] == .bool(false) && freed["resources"] == stuck["resources"])
        #expect(freed["outputs"] == stuck["outputs"])
        try rehearsal.require(Self.move + ["--wait"])
        #expect(try rehearsal.environment()["connection"]?.string == "shop")
    }

    @Test func `a move whose programs are killed goes on, and does nothing twice`() throws {
        let rehearsal = try Rehearsal()
        var words = Self.move + ["--wait"]
        var seen = 0
        for _ in 0..<5 {
            let (process, _, _) = try rehearsal.program.start(words)
            words = ["runner", "--until-idle"]
            while process.isRunning, rehearsal.account.effects.count <= seen { Thread.sleep(forTimeInterval: 0.02) }
            seen = rehearsal.account.effects.count
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        try rehearsal.require(words)
        let effects = rehearsal.account.effects
        #expect(Set(effects).count == effects.count && rehearsal.stacks.count == 3, "\(effects)")
        let targets = [try rehearsal.environment(), try rehearsal.instance("a"), try rehearsal.instance("b")]
        #expect(targets.allSatisfy { $0["connection"]?.string == "shop" })
        #expect(targets.map { $0["resources"]?.list?.count } == [5, 1, 1])
        #expect(
            targets.flatMap { $0["resources"]?.list ?? [] }.allSatisfy {
                $0["physicalId"]?.string?.hasPrefix("baryon-") == true
            })
    }
}
