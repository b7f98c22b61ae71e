import Foundation

/// An account that a program in place of the `aws` tool plays for one workspace; see `StandIn/aws`.
struct PlayedAccount {
    static let number = "123456789012"
    let directory: String

    init(in directory: String) throws {
        self.directory = directory + "/account"
        try FileManager.default.createDirectory(atPath: self.directory, withIntermediateDirectories: true)
    }

    /// What a program must be told to go there.
    var variables: [String: String] {
        let tools = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("ProvisioningTests/StandIn").path
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return ["PATH": "\(tools):\(path)", "BARYON_AWS_STATE": directory]
    }

    /// How it behaves; `held` names stacks in which nothing goes on until they are asked to stop.
    ///
    /// - Parameters:
    ///   - refused: The resources that it has no room for.
    ///   - sticks: Whether what failed can't be undone.
    func behave(held: [String] = [], refused: [String] = ["Extra"], sticks: Bool = false) throws {
        let knobs: [String: Any] = [
            "steps": 6, "pending": 1, "forgets": true, "held": held, "stuckRollback": sticks,
            "fail": Dictionary(uniqueKeysWithValues: refused.map { ($0, "The account has no room for it") }),
        ]
        try JSONSerialization.data(withJSONObject: knobs).write(to: URL(fileURLWithPath: directory + "/knobs.json"))
    }

    /// The calls that changed something, in order, such as `execute-change-set baryon-…-3`.
    var effects: [String] {
        let state = FileManager.default.contents(atPath: directory + "/state.json") ?? Data()
        let read = try? JSONSerialization.jsonObject(with: state) as? [String: Any]
        let effects = read?["effects"] as? [[String: Any]] ?? []
        return effects.map { "\($0["call"] ?? "") \($0["key"] ?? "")" }
    }

    /// How many calls would change something, whether they did or not.
    var actCount: Int {
        let text = (try? String(contentsOfFile: directory + "/calls.jsonl", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").count { line in
            !["describe-", "list-", "get-"].contains { line.hasPrefix(#"{"call": ""# + $0) }
        }
    }
}
