package import Documents

/// The rules for where a service's source lives: Proton's `RepositoryId`, `GitBranchName` and `Arn`.
package enum RepositoryRule {
    /// What is wrong with what was given; what is `nil` or empty is not given.
    package static func faults(repository: String?, branch: String?, connection: String?) -> [Finding] {
        [
            repository.flatMap(repositoryFault), branch.flatMap(branchFault), connection.flatMap(connectionFault),
        ].compactMap(\.self)
    }

    /// What a pipeline needs of its service and is not there; a remark, because it can be given later.
    package static func lacks(of service: Service) -> [Finding] {
        let parts = [
            ("a repository", "its repository as OWNER/NAME", service.repository),
            ("a branch", "its branch", service.branch),
            ("a connection to the repository's host", "the ARN of its connection", service.repositoryConnection),
        ].filter { $0.2.isEmpty }
        guard !parts.isEmpty else { return [] }
        return [
            Finding(
                "service.repository", .warning,
                "The pipeline of \(service.name) lacks \(list(parts.map(\.0))), so it has no source to build.",
                hint: "Give the service \(list(parts.map(\.1))).")
        ]
    }

    private static func list(_ words: [String]) -> String {
        words.count < 2 ? words.joined() : "\(words.dropLast().joined(separator: ", ")) and \(words[words.count - 1])"
    }

    private static func repositoryFault(_ text: String) -> Finding? {
        guard !text.isEmpty else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let isNamed = parts.count >= 2 && parts.allSatisfy { !$0.isEmpty && $0.unicodeScalars.allSatisfy(isNamePart) }
        guard !isNamed || text.unicodeScalars.count > 200 else { return nil }
        return Finding(
            "service.repositoryName",
            "The repository must be written as owner/name, of letters, digits, _, . and -, but is \"\(text)\".",
            hint: "Write it like acme/orders-api.")
    }

    /// As git has it, as far as people get it wrong.
    private static func branchFault(_ text: String) -> Finding? {
        guard !text.isEmpty else { return nil }
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            scalar.value > 0x20 && scalar.value != 0x7F && !"~^:?*[\\".unicodeScalars.contains(scalar)
        }
        let isNamed = !text.hasPrefix("-") && !text.hasPrefix("/") && !text.hasSuffix("/") && !text.contains("..")
        guard !isPlain || !isNamed || text.unicodeScalars.count > 200 else { return nil }
        return Finding(
            "service.branchName", "The branch must be a name that git takes, but is \"\(text)\".",
            hint: "Write it like main.")
    }

    /// `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`.
    private static func connectionFault(_ text: String) -> Finding? {
        guard !text.isEmpty else { return nil }
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        let isPlain = text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value < 0x7F }
        let isARN =
            parts.count == 6 && parts[0] == "arn" && parts[1].hasPrefix("aws") && !parts[2].isEmpty
            && parts[4].utf8.count == 12 && parts[4].utf8.allSatisfy { (0x30...0x39).contains($0) } && !parts[5].isEmpty
        guard !isARN || !isPlain || text.unicodeScalars.count > 200 else { return nil }
        return Finding(
            "service.connectionArn", "The repository's connection must be an ARN, but is \"\(text)\".",
            hint: "Write it like arn:aws:codestar-connections:eu-west-1:111122223333:connection/NAME.")
    }

    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", ".", "-": true
        default: false
        }
    }
}
