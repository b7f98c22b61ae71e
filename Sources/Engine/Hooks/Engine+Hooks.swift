package import Catalog
import Documents
import Foundation
import Provisioning
import Store
import Synchronization

/// Commands that hear of events.
extension Engine {
    /// By name.
    package func hooks() throws(Refusal) -> [Hook] { try refusing { try store.hooks() } }

    package func addHook(_ hook: Hook, why: String = "") throws(Refusal) {
        try Words.check(why: why)
        var findings = [Name.fault(in: hook.name, what: "The hook's name")].compactMap(\.self)
        if try hooks().contains(where: { $0.name == hook.name }) { findings.append(Engine.taken("A hook", hook.name)) }
        findings += Engine.commandFaults("hook", hook.command, hook.timeoutSeconds)
        if !findings.isEmpty { throw Refusal(findings) }
        try refusing { try store.put(hook, history: entry("hook.add", hook.name, why: why)) }
    }

    package func deleteHook(_ name: String, why: String = "") throws(Refusal) {
        try Words.check(why: why)
        try refusing { try store.deleteHook(name, history: entry("hook.delete", name, why: why)) }
    }

    /// Sends one event to a hook as a trial.
    ///
    /// - Returns: What it printed.
    package func tryHook(_ name: String) async throws(Refusal) -> String {
        guard let hook = try hooks().first(where: { $0.name == name }) else {
            throw Refusal(
                "hook.unknown", "There is no hook \"\(name)\" in this workspace.", hint: "See: baryon hook list")
        }
        let value = event(.succeeded, Object([("trial", .bool(true))]))
        do {
            let answer = try await HookRun.run(hook, value)
            let text = String(decoding: answer.output, as: UTF8.self) + answer.talk
            guard answer.code == 0 else {
                throw Refusal("hook.failed", "The hook \(name) ended with code \(answer.code): \(text)")
            }
            return text
        } catch {
            throw (error as? Refusal) ?? Refusal("hook.failed", HookRun.sentence(of: error, hook))
        }
    }

    /// Tells the hooks that hear of it; they run beside everything else, and what they do changes nothing here.
    func tell(_ moment: Hook.Moment, _ members: Object) {
        // An event is told at best: one that can't be told must not undo what has happened.
        let hearing = ((try? store.hooks()) ?? []).filter { $0.hears(moment) }
        guard !hearing.isEmpty else { return }
        let value = event(moment, members)
        let log = "\(workspace.path)/hooks.log"
        for hook in hearing { HookRun.start(hook, value, log: log) }
    }

    private func event(_ moment: Hook.Moment, _ members: Object) -> Value {
        var object = Object([
            ("event", .string(moment.rawValue)), ("at", .string(clock().iso8601)), ("by", .string(actor.name)),
            ("workspace", .string(workspace.path)),
        ])
        for (key, value) in members { object[key] = value }
        return .object(object)
    }

    /// Waits for the hooks that run, each at most for its time limit: for the end of a program.
    package static func settleHooks() async { await HookRun.settle() }
}

extension Engine {
    func tell(_ moment: Hook.Moment, _ deployment: Deployment) {
        var members = Object([
            ("deployment", .number(Number(deployment.id.number))), ("target", .string(deployment.target.id)),
            ("action", .string(deployment.action.rawValue)), ("template", .string(deployment.template)),
            ("version", .string(deployment.version.description)), ("connection", .string(deployment.connection)),
            ("orderedBy", .string(deployment.by)), ("why", .string(deployment.why)),
        ])
        if let failure = deployment.failure {
            members["resource"] = .string(failure.resource)
            members["reason"] = .string(failure.reason)
        }
        tell(moment, members)
    }

    func tell(_ moment: Hook.Moment, _ version: TemplateVersion, why: String) {
        tell(
            moment,
            Object([
                ("template", .string(version.template)), ("version", .string(version.number.description)),
                ("kind", .string(version.kind.rawValue)), ("why", .string(why)), ("notes", .string(version.notes)),
            ]))
    }
}

/// Hooks that run, in this process.
private enum HookRun {
    private static let running = Mutex<[UUID: Task<Void, Never>]>([:])

    static func run(_ hook: Hook, _ value: Value) async throws -> Tool.Answer {
        try await Tool(
            hook.command[0], Array(hook.command.dropFirst()), input: Array((value.json() + "\n").utf8),
            timeLimit: .seconds(hook.timeoutSeconds), outputLimit: 64 << 10
        ).run()
    }

    static func start(_ hook: Hook, _ value: Value, log: String) {
        let id = UUID()
        // Under the lock: it may end before it stands in the table.
        running.withLock { table in
            table[id] = Task {
                do {
                    let answer = try await run(hook, value)
                    if answer.code != 0 { note("ended with code \(answer.code): \(answer.talk)", hook, value, log) }
                } catch {
                    note(sentence(of: error, hook), hook, value, log)
                }
                running.withLock { $0[id] = nil }
            }
        }
    }

    static func settle() async {
        while let task = running.withLock({ $0.first }) {
            await task.value.value
            running.withLock { $0[task.key] = nil }
        }
    }

    static func sentence(of error: any Error, _ hook: Hook) -> String {
        switch error as? Tool.Fault {
        case .notFound(let path): "The hook \(hook.name) needs \(path), which is not installed."
        case .notStarted(let reason): "The hook \(hook.name) could not be started: \(reason)."
        case .tookTooLong(let limit): "The hook \(hook.name) took longer than \(limit.components.seconds) seconds."
        case nil: "The hook \(hook.name) could not be run: \(error)."
        }
    }

    /// A hook's fault is kept where somebody looks for it, and stops nothing.
    private static func note(_ text: String, _ hook: Hook, _ value: Value, _ log: String) {
        let line = "\(value["at"]?.string ?? "") \(hook.name) \(value["event"]?.string ?? ""): \(text)\n"
        let file = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        _ = line.withCString { write(file, $0, strlen($0)) }
    }
}
