import Catalog
import CloudFormation
import Documents
import Provisioning
import Store

/// Where it can't be known what is there, such as after a restore, the provider is asked before anything is done: the
/// stack's own template is compared with the one that this workspace applied. It only reads.
struct StackCheck {
    static let name = "stack"
    /// More would hide the first ones.
    private static let most = 20

    let engine: Engine
    let plan: Plan

    /// `nil` where the workspace knows what is there, or where nothing can be changed outside.
    func run() async throws(Refusal) -> Check? {
        guard let (record, connection) = try engine.uncertain(plan) else { return nil }
        do {
            return Check(
                Self.name, try await differences(record, connection),
                passed: "The stack is as this workspace knows it.")
        } catch {
            return Check(Self.name, Engine.told(error).findings, passed: "")
        }
    }

    private func differences(_ record: TargetRecord, _ connection: Connection) async throws -> [Finding] {
        let reader = try await engine.checkedReader(connection)
        let name = record.stack?.id ?? StackName.of(record.target, record, in: connection)
        guard let stack = try await reader.stack(name) else {
            return [
                Finding(
                    "stack.gone", "The stack \(plan.stack) must be there, but is gone.",
                    hint: "Destroy \(plan.target.title) here too, which clears its record; then it can be made anew.")
            ]
        }
        let place = StackPlace(connection, stack.name)
        let applied = try engine.appliedPlan(of: record)?.files.first
        let found = RenderedFile(path: "stack", text: try await reader.template(of: stack.id))
        guard let known = applied.flatMap({ Engine.evaluated($0, place.givens) }),
            let there = Engine.evaluated(found, place.givens)
        else {
            return [Finding("stack.unread", "The template of the stack \(stack.name) can't be compared.")]
        }
        let changes = ChangeSet(applied: known, wanted: there, region: connection.region).byGravity
        var findings = changes.prefix(Self.most).map { Self.finding($0, in: stack.name) }
        if changes.count > Self.most {
            findings.append(Finding("stack.differs", "\(changes.count - Self.most) more resources differ."))
        }
        return findings
    }

    private static func finding(_ change: ResourceChange, in stack: String) -> Finding {
        let what: String
        switch change.changeClass {
        case .add: what = "is in the stack \(stack), but not in this workspace"
        case .remove: what = "is in this workspace, but not in the stack \(stack)"
        case .update, .mayReplace, .replace, .metadata, .unknown:
            let words = change.causes.prefix(3).map { cause in
                let property = cause.pointer.steps.joined(separator: "/")
                return "\(property) is \(cause.newText ?? "not there") instead of \(cause.oldText ?? "not there")"
            }
            what = "was changed outside of this workspace: \(words.joined(separator: ", "))"
        }
        return Finding(
            "stack.differs", "\(change.logicalID) \(what).",
            hint:
                "This workspace may be older than the stack. Waive it once what the plan says is meant: baryon check waive stack"
        )
    }
}

extension Engine {
    /// The record of a plan's target where the provider has to be asked what is there.
    func uncertain(_ plan: Plan) throws(Refusal) -> (record: TargetRecord, connection: Connection)? {
        guard plan.connection != Connection.local.name, !plan.isOfValues,
            let record = try refusing({ try store.record(plan.target) }),
            record.isUncertain, record.applied != nil, record.connection == plan.connection
        else { return nil }
        return (record, try existingConnection(plan.connection, for: plan.target))
    }
}
