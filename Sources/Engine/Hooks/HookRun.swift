import Catalog
import Documents
import Foundation
import Provisioning
import Synchronization

/// One run of a hook, in this process.
struct HookRun {
    let hook: Hook
    let event: Value
    /// What its environment is given, looked up when it starts.
    var secrets: Secrets?

    struct Secrets {
        let named: [(variable: String, secret: Secret)]
        let connection: Connection
        let resolver: SecretResolver

        func values() async throws -> [(variable: String, value: SecretValue)] {
            var values: [(String, SecretValue)] = []
            for (variable, secret) in named {
                values.append((variable, try await resolver.value(of: secret, on: connection)))
            }
            return values
        }
    }

    init(_ hook: Hook, _ event: Value) {
        self.hook = hook
        self.event = event
    }

    /// What it said is without the secrets that it was given.
    func answer() async throws -> Tool.Answer {
        let values = try await secrets?.values() ?? []
        var environment = ProcessInfo.processInfo.environment
        for (variable, value) in values { environment[variable] = value.text }
        var answer = try await Tool(
            hook.command[0], Array(hook.command.dropFirst()), environment: environment,
            input: Array((event.json() + "\n").utf8), timeLimit: .seconds(hook.timeoutSeconds),
            outputLimit: 64 << 10
        ).run()
        guard !values.isEmpty else { return answer }
        let redaction = Redaction(values.map(\.value))
        answer.output = Array(redaction.clean(String(decoding: answer.output, as: UTF8.self)).utf8)
        answer.talk = redaction.clean(answer.talk)
        return answer
    }

    func sentence(of error: any Error) -> String {
        if let failure = error as? Failure { return "The hook \(hook.name) was not run. \(failure.reason)" }
        return switch error as? Tool.Fault {
        case .notFound(let path): "The hook \(hook.name) needs \(path), which is not installed."
        case .notStarted(let reason): "The hook \(hook.name) could not be started: \(reason)."
        case .tookTooLong(let limit): "The hook \(hook.name) took longer than \(limit.components.seconds) seconds."
        case nil: "The hook \(hook.name) could not be run: \(error)."
        }
    }

    // MARK: Beside everything else

    private static let running = Mutex<[UUID: Task<Void, Never>]>([:])

    func start(log: String) {
        let id = UUID()
        // Under the lock: it may end before it stands in the table.
        Self.running.withLock { table in
            table[id] = Task {
                do {
                    let answer = try await answer()
                    if answer.code != 0 { note("ended with code \(answer.code): \(answer.talk)", log) }
                } catch {
                    note(sentence(of: error), log)
                }
                Self.running.withLock { $0[id] = nil }
            }
        }
    }

    static func settle() async {
        while let task = running.withLock({ $0.first }) {
            await task.value.value
            running.withLock { $0[task.key] = nil }
        }
    }

    /// A hook's fault is kept where somebody looks for it, and stops nothing.
    private func note(_ text: String, _ log: String) {
        let line = "\(event["at"]?.string ?? "") \(hook.name) \(event["event"]?.string ?? ""): \(text)\n"
        let file = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        _ = line.withCString { write(file, $0, strlen($0)) }
    }
}
