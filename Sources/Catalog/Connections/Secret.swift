package import Documents

/// A secret that the specs of what goes to a connection may name. Only its source is known here, never its value.
package struct Secret: Hashable, Sendable {
    package var connection: String
    package var name: String
    package var source: SecretSource

    package init(connection: String, name: String, source: SecretSource) {
        self.connection = connection
        self.name = name
        self.source = source
    }
}

/// Where a secret's value is.
package enum SecretSource: Hashable, Sendable {
    /// A parameter of Systems Manager; without a version the newest.
    case parameter(name: String, version: Int?)
    /// A secret of Secrets Manager, by name or ARN: all of its text, or one key of the JSON that it is.
    case managed(id: String, key: String, stage: String)
    /// A variable of the environment that a runner has.
    case variable(String)
    /// A file where a runner is.
    case file(String)
    /// What a program prints where a runner is.
    case command([String])

    package enum Scheme: String, Hashable, Sendable, CaseIterable {
        case parameter = "ssm"
        case managed = "secretsmanager"
        case variable = "env"
        case file
        case command = "exec"
    }

    package var scheme: Scheme {
        switch self {
        case .parameter: .parameter
        case .managed: .managed
        case .variable: .variable
        case .file: .file
        case .command: .command
        }
    }

    /// As a person writes it; reading it again gives the same source.
    package var text: String {
        let rest =
            switch self {
            case .parameter(let name, let version): name + (version.map { ":\($0)" } ?? "")
            case .managed(let id, let key, let stage): Self.trimmed([id, key, stage])
            case .variable(let name): name
            case .file(let path): path
            case .command(let words): words.joined(separator: " ")
            }
        return "\(scheme.rawValue):\(rest)"
    }

    /// What CloudFormation takes in its place and looks up itself; `nil` for a source that it does not know.
    package var dynamicReference: String? {
        switch self {
        case .parameter(let name, let version): "{{resolve:ssm-secure:\(name)\(version.map { ":\($0)" } ?? "")}}"
        case .managed(let id, let key, let stage):
            "{{resolve:secretsmanager:\(Self.trimmed([id, "SecretString", key, stage]))}}"
        case .variable, .file, .command: nil
        }
    }

    /// Empty parts at the end are left out.
    private static func trimmed(_ parts: [String]) -> String {
        var parts = parts
        while parts.last?.isEmpty == true { parts.removeLast() }
        return parts.joined(separator: ":")
    }
}

// MARK: - Reading

extension SecretSource {
    /// Reads what a person wrote. What is refused is not repeated: it may be the secret itself.
    package init(_ text: String) throws(Finding) {
        guard let colon = text.firstIndex(of: ":"), let scheme = Scheme(rawValue: String(text[..<colon])) else {
            throw Self.fault(
                "The source must begin with ssm:, secretsmanager:, env:, file: or exec:, but does not.",
                hint: "Say where the secret is, and never the secret itself: --source env:VARIABLE")
        }
        let rest = String(text[text.index(after: colon)...])
        switch scheme {
        case .parameter: self = try Self.parameter(rest)
        case .managed: self = try Self.managed(rest)
        case .variable:
            guard Self.isVariable(rest) else {
                throw Self.fault(
                    "An env: source must name a variable by letters, digits and _, but does not.",
                    hint: "Write it like env:DB_PASSWORD.")
            }
            self = .variable(rest)
        case .file:
            guard rest.hasPrefix("/"), Self.isOneLine(rest) else {
                throw Self.fault(
                    "A file: source must be an absolute path, but is not.",
                    hint: "Write it like file:/run/secrets/db-password.")
            }
            self = .file(rest)
        case .command: self = try Self.command(rest)
        }
    }

    private static func parameter(_ rest: String) throws(Finding) -> SecretSource {
        let parts = rest.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let version = parts.count == 2 ? Int(parts[1]).flatMap { $0 > 0 ? $0 : nil } : nil
        guard isWord(parts[0], of: "_.-/"), parts.count == 1 || version != nil else {
            throw fault(
                "An ssm: source must be a parameter's name of letters, digits, _, ., - and /, with a version's number behind : where one is meant, but is not.",
                hint: "Write it like ssm:/shop/db-password or ssm:/shop/db-password:3.")
        }
        return .parameter(name: parts[0], version: version)
    }

    /// `ID`, `ID:KEY` or `ID:KEY:STAGE`; an ARN has six colons of its own.
    private static func managed(_ rest: String) throws(Finding) -> SecretSource {
        let parts = rest.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let idCount = parts[0] == "arn" ? 7 : 1
        let id = parts.prefix(idCount).joined(separator: ":")
        let more = parts.dropFirst(idCount)
        let isID = idCount == 1 ? isWord(id, of: "/_+=.@-") : isSecretARN(parts)
        guard isID, more.count <= 2, more.allSatisfy({ $0.isEmpty || isWord($0, of: "/_+=.@-") }) else {
            throw fault(
                "A secretsmanager: source must be a secret's name or ARN, with a key and a stage behind : where they are meant, but is not.",
                hint: "Write it like secretsmanager:shop/db or secretsmanager:shop/db:password.")
        }
        return .managed(id: id, key: more.first ?? "", stage: more.dropFirst().first ?? "")
    }

    private static func isSecretARN(_ parts: [String]) -> Bool {
        parts.count >= 7 && parts[2] == "secretsmanager" && parts[5] == "secret"
            && parts.prefix(7).allSatisfy { isWord($0, of: "/_+=.@-") }
    }

    private static func command(_ rest: String) throws(Finding) -> SecretSource {
        let words = rest.split(separator: " ").map(String.init)
        guard !words.isEmpty, isOneLine(rest), !rest.contains(where: { "\"'`$|;&<>*".contains($0) }) else {
            throw fault(
                "An exec: source must be a program and its arguments, separated by spaces, without what only a shell reads, but is not.",
                hint: "Write it like exec:pass show shop/db, or put more into a script.")
        }
        return .command(words)
    }

    /// Whether a text may be a variable's name.
    package static func isVariable(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return isWord(text, of: "_")
    }

    /// Letters and digits of ASCII, and some more; not empty.
    private static func isWord(_ text: String, of more: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 2048
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || more.utf8.contains(byte)
            }
    }

    private static func isOneLine(_ text: String) -> Bool {
        text.utf8.count <= 4096 && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }

    private static func fault(_ sentence: String, hint: String) -> Finding {
        Finding("secret.source", sentence, hint: hint)
    }
}
