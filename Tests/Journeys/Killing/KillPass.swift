import Foundation
import Testing

/// The script, carried out once in a workspace of its own; with a tally, its processes are killed at random moments.
final class KillPass {
    /// What it came to, without numbers and times.
    struct End {
        var state: String
        var events: [String]
        /// The acts that changed something in the account.
        var effects: [String]
        /// Calls that would have changed something, and found it done.
        var repeated = 0
    }

    private var program: Program
    private let account: PlayedAccount
    private let tally: KillTally?
    private var dice: Dice
    /// Deployments that were ordered and have ended.
    private var known = 0
    /// Of programs that carry the act out.
    private var kills = 0
    /// How long the program takes to start and to look.
    private var start = 0.1

    /// In one act, so that all acts have their share.
    private static let mostKills = 40
    /// Time that a rehearsal takes for each act.
    private static let pace = ["--pace", "10"]

    init(_ tally: KillTally? = nil, seed: UInt64 = 0) throws {
        self.tally = tally
        dice = Dice(seed: seed)
        program = try Program()
        account = try PlayedAccount(in: program.directory)
        program.variables = account.variables
        program.variables["TMPDIR"] = program.directory
        try account.behave()
        for (name, claims) in [("runs", "all"), ("orders", "[]")] {
            let directory = "\(program.directory)/\(name)/baryon"
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            try "claim: \(claims)\n".write(toFile: directory + "/config.yaml", atomically: true, encoding: .utf8)
        }
        program.variables["XDG_CONFIG_HOME"] = program.directory + "/runs"
    }

    deinit { program.remove() }

    func run() throws -> End {
        try prepare()
        for act in KillScript.acts { try carry(act) }
        return try end()
    }

    private func prepare() throws {
        try QueueBundle(directory: program.directory + "/queues").write()
        try program.write(KillScript.shop, to: "shop.yaml")
        try require(["template", "register", "queues"])
        try require(["template", "publish", "queues", "1.0"])
        try require(["connection", "add", "shop", "--account", PlayedAccount.number, "--region", "eu-west-1"])
        let clock = ContinuousClock()
        let time = try clock.measure { _ = try deployments() }
        start = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    }

    /// Runs what is nobody's to kill.
    @discardableResult
    private func require(_ words: [String]) throws -> String {
        let result = try program.run(words)
        try #require(result.code == 0, "\(words) \(result.talk)")
        return result.out
    }

    // MARK: One act

    private func carry(_ act: KillScript.Act) throws {
        kills = 0
        if act.way == .waited {
            while try launch(act.words + ["--wait"] + Self.pace, act) {
                if try deployments().count == known { continue }
                try finish(act)
                break
            }
        } else {
            try order(act)
            if act.way == .cancelled { try cancel(act) }
            try finish(act)
        }
        let all = try deployments()
        known += act.count
        let open = all.filter { !$0.isFinished }.map(\.phase)
        try #require(all.count == known && open.isEmpty, "\(act.words): \(all.count) of \(known), \(open)")
    }

    /// Orders it under a name that carries nothing out.
    private func order(_ act: KillScript.Act) throws {
        program.variables["XDG_CONFIG_HOME"] = program.directory + "/orders"
        try require(act.words)
        program.variables["XDG_CONFIG_HOME"] = program.directory + "/runs"
    }

    private func finish(_ act: KillScript.Act) throws {
        let failAt = act.failAt.map { ["--fail-at", $0] } ?? []
        while try launch(["runner", "--until-idle"] + Self.pace + failAt, act) {}
    }

    /// Has the act begun, so far that it is the same each time, and asks for its end.
    private func cancel(_ act: KillScript.Act) throws {
        let number = "\(known + 1)"
        if let stack = act.stack { try account.behave(held: [stack]) }
        let (runner, _, _) = try program.start(["runner", "--until-idle", "--pace", "60000"])
        let count = account.effects.count
        let hasBegun = {
            act.stack == nil
                ? try self.require(["deployment", "show", number]).contains("updating")
                : self.account.effects.dropFirst(count).contains { $0.hasPrefix("execute-change-set") }
        }
        let end = Date().addingTimeInterval(60)
        while try !hasBegun() {
            try #require(Date() < end, "\(act.words)")
            usleep(50_000)
        }
        kill(runner.processIdentifier, SIGKILL)
        runner.waitUntilExit()
        program.variables["XDG_CONFIG_HOME"] = program.directory + "/orders"
        try require(["deployment", "cancel", number])
        program.variables["XDG_CONFIG_HOME"] = program.directory + "/runs"
    }

    // MARK: Killing

    /// Starts a program and waits for its end, or for the moment to kill it.
    ///
    /// - Returns: Whether it was killed.
    private func launch(_ words: [String], _ act: KillScript.Act) throws -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Program.path)
        process.arguments = words
        process.environment = program.environment
        process.currentDirectoryURL = URL(fileURLWithPath: program.directory)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let talk = program.directory + "/talk"
        _ = FileManager.default.createFile(atPath: talk, contents: nil)
        process.standardError = FileHandle(forWritingAtPath: talk)
        try process.run()
        if let tally, !tally.isEnough, kills < Self.mostKills {
            awaitMoment(act, process)
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        }
        process.waitUntilExit()
        if process.terminationReason == .uncaughtSignal, process.terminationStatus == SIGKILL, let tally {
            kills += 1
            tally.add(killedWhile: try moment(of: act))
            return true
        }
        let said = (try? String(contentsOfFile: talk, encoding: .utf8)) ?? ""
        try #require(process.terminationStatus == 0, "\(words) \(said)")
        return false
    }

    /// Lets some time pass: mostly any, ever longer ones as an act goes on; now and then some after the next call that
    /// changes the account.
    private func awaitMoment(_ act: KillScript.Act, _ process: Process) {
        if act.isInAccount, Int.random(in: 0..<4, using: &dice) == 0 {
            let count = account.actCount
            while account.actCount == count, process.isRunning { usleep(2000) }
            usleep(UInt32.random(in: 0..<150_000, using: &dice))
            return
        }
        let longest = start * 1.2 + (act.isInAccount ? 0.3 : 0.04) * (1 + Double(kills) / 8)
        let end = Date().addingTimeInterval(Double.random(in: 0...longest, using: &dice))
        while Date() < end, process.isRunning { usleep(1000) }
    }

    /// What was going on when the program died.
    private func moment(of act: KillScript.Act) throws -> String {
        let all = try deployments()
        guard all.count > known else { return "not ordered" }
        let place = act.isInAccount ? "account" : "local"
        guard let open = all.first(where: { !$0.isFinished }) else { return "\(place): ended" }
        return "\(place): \(open.phase)"
    }

    // MARK: Looking

    private struct Row {
        var phase: String
        var isFinished: Bool { ["succeeded", "failed", "cancelled", "stuck"].contains(phase) }
    }

    /// All that were ordered, oldest first.
    private func deployments() throws -> [Row] {
        let out = try require(["deployment", "list", "--output", "json"])
        let read = try JSONSerialization.jsonObject(with: Data(out.utf8)) as? [String: Any]
        let rows = read?["deployments"] as? [[String: Any]] ?? []
        return rows.reversed().map { Row(phase: $0["phase"] as? String ?? "") }
    }

    /// Without the workspace's own id, which is part of each token.
    private static func bare(_ effect: String) -> String {
        effect.replacing(#/baryon-[0-9a-f]{12}-/#, with: "")
    }

    private func end() throws -> End {
        var events: [String] = []
        for number in 1...known {
            let out = try require(["deployment", "show", "\(number)", "--output", "json"])
            let read = try JSONSerialization.jsonObject(with: Data(out.utf8)) as? [String: Any]
            for event in read?["events"] as? [[String: Any]] ?? [] {
                // It stands behind the events that were told with it, however many those were.
                if event["message"] as? String == "rolling back" { continue }
                let words = ["kind", "resource", "state", "physicalId", "message"].compactMap { event[$0] as? String }
                events.append("\(number): \(words.joined(separator: " "))")
            }
        }
        let effects = account.effects
        return End(
            state: try program.state(), events: events, effects: effects.map(Self.bare),
            repeated: account.actCount - effects.count)
    }
}
