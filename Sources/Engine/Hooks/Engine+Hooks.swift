package import Catalog
import Documents
import Provisioning
import Schemas
import Store

/// Commands that hear of events.
extension Engine {
    private static func secretFaults(_ hook: Hook) -> [Finding] {
        var findings = hook.secrets.filter { !SecretSource.isVariable($0.key) || $0.value.isEmpty }.map { _ in
            Finding(
                "hook.secret",
                "A hook's secret must be a variable's name and an input, as VARIABLE=INPUT, but is not.",
                hint: "Write it like --secret DB_PASSWORD=db.password.")
        }
        if !hook.secrets.isEmpty, !hook.moments.isEmpty, !hook.moments.contains(where: \.isOfDeployment) {
            findings.append(
                Finding(
                    "hook.secretUnused",
                    "A hook with secrets must hear of deployments, whose inputs name them, but hears of none.",
                    hint: "Add an event, such as --event deployment.succeeded."))
        }
        return findings
    }

    /// By name.
    package func hooks() throws(Refusal) -> [Hook] { try refusing { try store.hooks() } }

    package func addHook(_ hook: Hook, why: String = "") throws(Refusal) {
        try Words.check(why: why)
        var findings = [Name.fault(in: hook.name, what: "The hook's name")].compactMap(\.self)
        if try hooks().contains(where: { $0.name == hook.name }) { findings.append(Engine.taken("A hook", hook.name)) }
        findings += Engine.commandFaults("hook", hook.command, hook.timeoutSeconds)
        findings += Engine.secretFaults(hook)
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
            let answer = try await HookRun(hook, value).answer()
            let text = String(decoding: answer.output, as: UTF8.self) + answer.talk
            guard answer.code == 0 else {
                throw Refusal("hook.failed", "The hook \(name) ended with code \(answer.code): \(text)")
            }
            return text
        } catch {
            throw (error as? Refusal) ?? Refusal("hook.failed", HookRun(hook, value).sentence(of: error))
        }
    }

    /// Tells the hooks that hear of it; they run beside everything else, and what they do changes nothing here.
    ///
    /// - Parameter plan: Of the deployment that it is about: its inputs name secrets that a hook may be given.
    func tell(_ moment: Hook.Moment, _ members: Object, of plan: () -> Plan? = { nil }) {
        // An event is told at best: one that can't be told must not undo what has happened.
        let hearing = ((try? store.hooks()) ?? []).filter { $0.hears(moment) }
        guard !hearing.isEmpty else { return }
        let value = event(moment, members)
        let log = "\(workspace.path)/hooks.log"
        let plan = hearing.contains { !$0.secrets.isEmpty } ? plan() : nil
        for hook in hearing {
            var run = HookRun(hook, value)
            if let plan, let connection = try? existingConnection(plan.connection) {
                run.secrets = HookRun.Secrets(
                    named: plan.secrets(of: hook), connection: connection, resolver: provisioners.secrets)
            }
            run.start(log: log)
        }
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
        tell(moment, members) { try? storedPlan(deployment) }
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

extension Plan {
    /// By variable: the secrets that a hook is given, as far as the inputs name them.
    fileprivate func secrets(of hook: Hook) -> [(variable: String, secret: Secret)] {
        let known = secrets
        return hook.secrets.sorted { $0.key < $1.key }.compactMap { variable, input in
            guard let value = inputs[Pointer(input.split(separator: ".").map(String.init))],
                let name = SecretReference(value)?.name, let secret = known.first(where: { $0.name == name })
            else { return nil }
            return (variable, secret)
        }
    }
}
