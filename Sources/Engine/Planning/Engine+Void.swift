import Catalog
import Documents
import Store

extension Engine {
    /// What has changed since a plan was made, and who did it, a note each; empty while the plan stands.
    ///
    /// It asks nobody outside: what a provider finds is compared when the deployment runs.
    func moved(since plan: Plan) throws -> [Finding] {
        let record = try store.record(plan.target)
        var notes = try [appliedNote(plan, record)].compactMap(\.self)
        // Plans of older versions of Baryon do not say what they were made against.
        guard !plan.grounds.rules.isEmpty else { return notes }
        if let note = try placeNote(plan, record) { notes.append(note) }
        notes += try connectionNotes(plan, record)
        notes += try secretNotes(plan)
        if !plan.grounds.bundle.isEmpty,
            let version = try store.version(plan.template, plan.version), version.digest != plan.grounds.bundle
        {
            notes.append(Engine.note("The bundle of \(plan.template) \(plan.version) is another one now."))
        }
        if let note = try outputsNote(plan) { notes.append(note) }
        if let note = try attachmentNote(plan) { notes.append(note) }
        if plan.grounds.rules != Engine.rulesVersion {
            notes.append(
                Engine.note(
                    "It was planned by rules \(plan.grounds.rules), and this Baryon has rules \(Engine.rulesVersion)."))
        }
        return notes
    }

    private static func note(_ sentence: String) -> Finding { Finding("plan.moved", .note, sentence) }

    private func appliedNote(_ plan: Plan, _ record: TargetRecord?) throws -> Finding? {
        let applied = record?.applied?.deployment
        guard applied != plan.basis else { return nil }
        guard let applied, let deployment = try store.deployment(applied) else {
            return Engine.note("\(plan.target.title) is not there any more.")
        }
        return Engine.note(
            "\(plan.target.title) was deployed meanwhile: \(deployment.version) by \(deployment.by) (\(applied)).")
    }

    /// What was planned for one place does not hold for another.
    private func placeNote(_ plan: Plan, _ record: TargetRecord?) throws -> Finding? {
        let home = plan.action == .move ? Connection.local.name : plan.connection
        if let record, record.connection != home {
            return Engine.note(
                "\(plan.target.title) was moved to \(record.connection)\(try by("\(plan.target.kind.rawValue).move", plan.target.id))."
            )
        }
        guard [.instance, .component].contains(plan.target.kind), plan.action != .destroy,
            let environment = try store.record(.environment(plan.environment)),
            environment.connection != home, environment.connection != plan.connection
        else { return nil }
        return Engine.note(
            "Environment \(plan.environment) was moved to \(environment.connection)\(try by("environment.move", environment.target.id))."
        )
    }

    private func connectionNotes(_ plan: Plan, _ record: TargetRecord?) throws -> [Finding] {
        let name = plan.connection
        guard name != Connection.local.name else { return [] }
        guard let connection = try store.connection(name)?.taking(plan.target) else {
            return [Engine.note("Connection \(name) was deleted\(try by("connection.delete", name)).")]
        }
        let now = Engine.grounds(connection, record, bundle: "", environment: nil)
        var notes: [Finding] = []
        if connection.revision != plan.grounds.connectionRevision {
            let moves = [
                ("account", plan.grounds.account, now.account), ("region", plan.grounds.region, now.region),
                ("role", plan.grounds.role, now.role),
            ].filter { $0.1 != $0.2 }.map {
                "\($0.0) \($0.1.isEmpty ? "none" : $0.1) -> \($0.2.isEmpty ? "none" : $0.2)"
            }
            let what = moves.isEmpty ? "" : ": \(moves.joined(separator: ", "))"
            notes.append(Engine.note("Connection \(name) was changed\(try by("connection.change", name))\(what)."))
        }
        if now.stackID != plan.grounds.stackID {
            notes.append(Engine.note("The stack of \(plan.target.title) is another one now."))
        }
        return notes
    }

    private func secretNotes(_ plan: Plan) throws -> [Finding] {
        guard !plan.grounds.secrets.isEmpty else { return [] }
        let now = Dictionary(try store.secrets(of: plan.connection).map { ($0.name, $0.source.text) }) { _, last in last
        }
        return try plan.grounds.secrets.sorted { $0.key < $1.key }.compactMap { name, source in
            guard let found = now[name] else {
                let who = try by(Engine.deleteSecretAct, plan.connection)
                return Engine.note("The secret \"\(name)\" of connection \(plan.connection) was deleted\(who).")
            }
            guard found != source else { return nil }
            let who = try by(Engine.setSecretAct, plan.connection)
            return Engine.note(
                "The secret \"\(name)\" of connection \(plan.connection) was changed\(who): \(source) -> \(found).")
        }
    }

    private func outputsNote(_ plan: Plan) throws -> Finding? {
        guard !plan.environment.isEmpty, !plan.grounds.environmentOutputs.isEmpty else { return nil }
        let target = Target.environment(plan.environment)
        guard let record = try store.record(target) else {
            return Engine.note("Environment \(plan.environment) is not there any more.")
        }
        let now = Store.digest(of: Array(Value.object(Engine.outputs(of: record)).json().utf8))
        guard now != plan.grounds.environmentOutputs else { return nil }
        let cause = try record.applied.flatMap { try store.deployment($0.deployment) }
        let who = cause.map { " by \($0.by) (\($0.id))" } ?? ""
        return Engine.note("The outputs of environment \(plan.environment) have moved\(who).")
    }

    /// What a component reads of its instance, or an instance of its component, may be other by now.
    private func attachmentNote(_ plan: Plan) throws -> Finding? {
        guard plan.action != .destroy, plan.unknowns.isEmpty, plan.action != .move else { return nil }
        switch plan.target.kind {
        case .component:
            guard let instance = plan.attachment else { return nil }
            guard let record = try store.record(instance) else {
                return Engine.note("\(instance.title) is not there any more.")
            }
            guard Engine.digest(of: try attachedInstance(record)) != plan.grounds.attachment else { return nil }
            return Engine.note("What \(instance.title) is given is something else now.")
        case .instance:
            let component = try joined(to: plan.target)
            guard Engine.digest(of: component) != plan.grounds.attachment else { return nil }
            let what = component.map { "What component \($0.target.name) gives" } ?? "The component that it has"
            return Engine.note("\(what) to \(plan.target.title) is something else now.")
        case .environment, .pipeline: return nil
        }
    }

    /// ` by ana`, from the history; empty where nobody is known.
    private func by(_ act: String, _ subject: String) throws -> String {
        let entry = try store.history(subject: subject, limit: 20).first { $0.act == act }
        return entry.map { " by \($0.by)" } ?? ""
    }
}
