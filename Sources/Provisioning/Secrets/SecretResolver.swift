package import Catalog
internal import Documents
internal import Foundation

/// Looks up the values of secrets where their sources say, at the moment when a process needs them.
///
/// Nothing is kept: neither a value nor anything that a program printed. What goes wrong is told by the secret's name.
package struct SecretResolver: Sendable {
    private let tool: AWSTool
    private let profiles: [String: String]
    private let pacing: Pacing

    /// Bytes that a value may have; a variable of the environment takes no more than twice that.
    private static let longest = 64 << 10
    private static let timeLimit = Duration.seconds(30)

    /// - Parameter profiles: The person's own, by the name of the connection that they are for.
    package init(tool: AWSTool = AWSTool(), profiles: [String: String] = [:], pacing: Pacing = .standard) {
        self.tool = tool
        self.profiles = profiles
        self.pacing = pacing
    }

    /// - Throws: A `Failure` that says what is missing, or `CancellationError`.
    package func value(of secret: Secret, on connection: Connection) async throws -> SecretValue {
        let look = Look(secret: secret)
        let text =
            switch secret.source {
            case .variable(let name): try look.variable(name, in: tool.environment)
            case .file(let path): try look.file(path, atMost: Self.longest)
            case .command(let words): try await output(of: words, look)
            case .parameter, .managed: try await stored(secret.source, on: connection, look)
            }
        return SecretValue(try look.checked(text, atMost: Self.longest))
    }

    private func output(of words: [String], _ look: Look) async throws -> String {
        let run = Tool(
            words[0], Array(words.dropFirst()), environment: tool.environment, timeLimit: Self.timeLimit,
            outputLimit: Self.longest + 2)
        let answer: Tool.Answer
        do { answer = try await run.run() } catch let fault as Tool.Fault {
            switch fault {
            case .notFound(let path): throw look.fault("needs \(path), which is not installed")
            case .notStarted(let reason): throw look.fault("needs \(words[0]), which could not be started: \(reason)")
            case .tookTooLong(let limit):
                throw look.fault("needs \(words[0]), which took longer than \(limit.components.seconds) seconds")
            }
        }
        // What it said may be the secret, or a part of it.
        guard answer.code == 0 else { throw look.fault("needs \(words[0]), which ended with code \(answer.code)") }
        return try look.text(answer.output)
    }

    private func stored(_ source: SecretSource, on connection: Connection, _ look: Look) async throws -> String {
        guard !connection.isLocal else {
            throw look.fault("is in an account, but a rehearsal has none to look in")
        }
        let session = AWSSession(
            tool, region: connection.region, profile: profiles[connection.name], pacing: pacing)
        do {
            switch source {
            case .parameter(let name, let version):
                let full = name + (version.map { ":\($0)" } ?? "")
                let answer = try await session.call(
                    "ssm", "get-parameter",
                    input: Object([("Name", .string(full)), ("WithDecryption", .bool(true))]))
                if let text = answer["Parameter"]?["Value"]?.string { return text }
            case .managed(let id, let key, let stage):
                var input = Object([("SecretId", .string(id))])
                if !stage.isEmpty { input["VersionStage"] = .string(stage) }
                let answer = try await session.call("secretsmanager", "get-secret-value", input: input)
                if let text = answer["SecretString"]?.string {
                    return key.isEmpty ? text : try look.member(key, of: text)
                }
            case .variable, .file, .command: break
            }
        } catch let fault as AWSFault {
            // What could not be read of an answer may be the secret.
            guard ![.answerUnreadable, .answerTooLong].contains(fault.kind) else {
                throw look.fault("could not be read from the answer of the AWS CLI")
            }
            throw look.fault("could not be read", because: fault.reason, hint: fault.hint)
        }
        throw look.fault("must be text, but the AWS CLI gives none")
    }
}

/// One secret that is looked up: what can be wrong with it, in sentences.
private struct Look {
    let secret: Secret

    func fault(_ predicate: String, because: String = "", hint: String = "") -> Failure {
        let start = "The secret \"\(secret.name)\" of connection \(secret.connection)"
        return Failure(
            reason: "\(start) (\(secret.source.text)) \(predicate).\(because.isEmpty ? "" : " \(because)")",
            hint: hint.isEmpty
                ? "Mend its source where the runner is, or define it anew: baryon connection secret set \(secret.name)"
                : hint)
    }

    func variable(_ name: String, in environment: [String: String]) throws -> String {
        guard let text = environment[name] else {
            throw fault("must be in the environment of the runner, but the variable is not set")
        }
        return text
    }

    /// Of a regular file, which ends; nothing is waited for.
    func file(_ path: String, atMost longest: Int) throws -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw fault("could not be read: \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        var state = stat()
        guard fstat(descriptor, &state) == 0, state.st_mode & S_IFMT == S_IFREG else {
            throw fault("must be in a regular file, but it is something else")
        }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 16 << 10)
        while bytes.count <= longest + 2 {
            let count = read(descriptor, &part, part.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw fault("could not be read: \(String(cString: strerror(errno)))") }
            if count == 0 { break }
            bytes += part[..<count]
        }
        return try text(bytes)
    }

    /// Without the line's end that editors and programs put behind it.
    func text(_ bytes: [UInt8]) throws -> String {
        var bytes = bytes[...]
        if bytes.last == 0x0A { bytes = bytes.dropLast() }
        if bytes.last == 0x0D { bytes = bytes.dropLast() }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw fault("must be text, but is not") }
        return text
    }

    func checked(_ text: String, atMost longest: Int) throws -> String {
        if text.isEmpty { throw fault("must have a value, but is empty") }
        if text.utf8.count > longest { throw fault("must have at most \(longest >> 10) KB, but has more") }
        if text.utf8.contains(0) { throw fault("must be text, but is not") }
        return text
    }

    func member(_ key: String, of text: String) throws -> String {
        guard let object = Document.read(Source(name: "secret", text: text), as: .json).document?.value.object else {
            throw fault("must be a JSON object to have a key, but is none")
        }
        guard let value = object[key] else { throw fault("has no such key") }
        return value.string ?? value.json()
    }
}
