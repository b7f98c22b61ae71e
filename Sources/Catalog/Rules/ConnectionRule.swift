package import Documents

/// The rules for connections, as AWS has them for accounts, roles, tags, buckets and topics.
package enum ConnectionRule {
    /// All that is wrong with it.
    package static func faults(of connection: Connection) -> [Finding] {
        var findings = [Name.fault(in: connection.name, what: "The connection's name")].compactMap(\.self)
        if connection.name == Connection.local.name {
            findings.append(
                Finding(
                    "connection.local", "The connection local is built in and can't be made or changed.",
                    hint: "Choose another name."))
        }
        if !isAccount(connection.account) {
            findings.append(
                Finding(
                    "connection.account", "The account must be twelve digits, but is \"\(connection.account)\".",
                    hint: "See it with: aws sts get-caller-identity"))
        }
        if !isRegion(connection.region) {
            findings.append(
                Finding(
                    "connection.region", "The region must be the name of one, but is \"\(connection.region)\".",
                    hint: "Write it like eu-west-1."))
        }
        return findings + faults(of: connection.settings, account: connection.account)
    }

    private static func roleFaults(of role: String, _ what: String, account: String) -> [Finding] {
        guard !role.isEmpty else { return [] }
        let parts = arn(role)
        guard let parts, parts[2] == "iam", parts[5].hasPrefix("role/") else {
            return [
                Finding(
                    "connection.role", "\(what) must be the ARN of one, but is \"\(role)\".",
                    hint: "Write it like arn:aws:iam::111122223333:role/NAME.")
            ]
        }
        guard parts[4] != account, isAccount(account) else { return [] }
        return [
            Finding(
                "connection.roleAccount",
                "\(what) must be one of account \(account), but is one of \(parts[4]): CloudFormation takes no role of another account.",
                hint: "Name a role of account \(account).")
        ]
    }

    private static func faults(of settings: StackSettings, account: String) -> [Finding] {
        var findings: [Finding] = []
        findings += roleFaults(of: settings.role, "The role", account: account)
        findings += roleFaults(of: settings.componentRole, "The role for components", account: account)
        for topic in settings.notificationTopics where arn(topic)?[2] != "sns" {
            findings.append(
                Finding(
                    "connection.topic", "A topic must be the ARN of one, but is \"\(topic)\".",
                    hint: "Write it like arn:aws:sns:eu-west-1:111122223333:NAME."))
        }
        if !settings.bucket.isEmpty, !isBucket(settings.bucket) {
            findings.append(
                Finding(
                    "connection.bucket",
                    "The bucket must be a name of 3 to 63 lower case letters, digits, dots and dashes, but is \"\(settings.bucket)\".",
                    hint: "Name a bucket without s3:// before it."))
        }
        if let minutes = settings.timeoutMinutes, !(1...2880).contains(minutes) {
            findings.append(
                Finding("connection.timeout", "The timeout must be from 1 to 2880 minutes, but is \(minutes)."))
        }
        if let count = settings.concurrency, !(1...1000).contains(count) {
            findings.append(
                Finding("connection.concurrency", "The cap must be from 1 to 1000 at once, but is \(count)."))
        }
        return findings + tagFaults(settings.tags)
    }

    private static func tagFaults(_ tags: [String: String]) -> [Finding] {
        var findings: [Finding] = []
        // Those that tell what a stack belongs to stand beside them; the service takes 50.
        if tags.count > 44 {
            findings.append(
                Finding("connection.tags", "A connection must have at most 44 tags, but has \(tags.count)."))
        }
        for (key, value) in tags.sorted(by: { $0.key < $1.key }) {
            if key.isEmpty || key.unicodeScalars.count > 128 || value.unicodeScalars.count > 256 {
                findings.append(
                    Finding(
                        "connection.tag",
                        "A tag must have a key of 1 to 128 and a value of at most 256 characters, but \"\(key)\" has not."
                    )
                )
            }
            if key.lowercased().hasPrefix("aws:") || key.hasPrefix("proton:") {
                findings.append(
                    Finding(
                        "connection.tagReserved",
                        "A tag's key must not start with aws: or proton:, but \"\(key)\" does.",
                        hint: "The tags of what a stack belongs to are put on it anyway."))
            }
        }
        return findings
    }

    private static func isAccount(_ text: String) -> Bool {
        text.utf8.count == 12 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// `eu-west-1`, `us-gov-east-1`: two letters, words, a digit.
    private static func isRegion(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0].utf8.count == 2, let last = parts.last, Int(last) != nil else { return false }
        return parts.dropLast().allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x61...0x7A).contains($0) } }
    }

    private static func isBucket(_ text: String) -> Bool {
        (3...63).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D
            } && !text.hasPrefix("-") && !text.hasPrefix(".")
    }

    /// The six parts of an ARN; `nil` for anything else.
    private static func arn(_ text: String) -> [String]? {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "arn", parts[1].hasPrefix("aws"), !parts[5].isEmpty,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        return parts
    }
}
