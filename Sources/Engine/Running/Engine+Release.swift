package import Catalog
import Documents
import Provisioning
import Store
import Synchronization

extension Engine {
    /// Frees a stack that is stuck; what is there afterwards is what was applied before, or nothing. What stays of a
    /// stack that is deleted is listed as kept.
    ///
    /// - Parameter keeping: Resources that are left out of the undoing, or that stay when the stack is deleted.
    package func release(
        _ target: Target, deletes: Bool, keeping: [String] = [], why: String = ""
    ) async throws(Refusal) {
        try Words.check(why: why)
        let record = try existingRecord(target)
        let connection = try existingConnection(record.connection)
        let last = try refusing { try record.attempted.flatMap { try store.deployment($0) } }
        if let last, !last.phase.isFinished {
            throw Refusal([StoreError.busy(target: target, deployment: last.id).finding])
        }
        let id = record.attempted ?? Deployment.ID(0)
        do {
            let job = Job(
                deployment: id, target: target,
                token: "baryon-\(try store.workspaceID())-free-\(id.number)-\(clock().milliseconds)",
                connection: connection, stack: StackName.of(target, record, in: connection), identity: record.stack)
            let ledger = ReleaseLedger(found: try store.resources(of: target))
            let isOfValues = try isCustomerManaged(record)
            let provisioner = provisioners[connection, ofValues: isOfValues]
            var isStuck = record.isUncertain
            if case .stuck = try await provisioner.status(job, ledger) { isStuck = true }
            guard isStuck else {
                throw Refusal(
                    "release.notStuck", "\(target.title) must be stuck to be freed, but it is not.",
                    hint: "See it with: baryon deployment list \(target.id)")
            }
            let exit: StackExit = deletes ? .delete(keep: keeping) : .continueRollback(skip: keeping)
            switch try await provisioner.release(job, exit, ledger) {
            case .succeeded, .cancelled: break
            case .failed(let failure), .stuck(let failure): throw failure
            }
            // What is there now is what counts, and not what was asked for.
            let isGone =
                connection.isLocal || isOfValues ? deletes : try await provisioner.status(job, ledger) == .absent
            let history = entry(
                "\(target.kind.rawValue).release", target.id, detail: isGone ? "deleted" : "undone", why: why)
            let kept = isGone ? ledger.kept.map { $0.kept(target: target, deployment: id, at: clock()) } : []
            try store.settle(target, isGone: isGone, kept: kept, history: history)
        } catch {
            throw Engine.told(error)
        }
    }
}

/// The memory of an act that no deployment is about: it remembers what stays outside.
private final class ReleaseLedger: Ledger {
    private let found: [ProvisionedResource]
    private let drafts = Mutex<[KeptDraft]>([])

    init(found: [ProvisionedResource]) { self.found = found }

    var kept: [KeptDraft] { drafts.withLock { $0 } }

    func resources() async throws -> [ProvisionedResource] { found }
    func journal() async throws -> [JournalEntry] { [] }
    func record(_ step: Step) async throws { drafts.withLock { $0 += step.keep } }
    func record(_ steps: [Step]) async throws { drafts.withLock { $0 += steps.flatMap(\.keep) } }
    func isCancelRequested() async throws -> Bool { false }
}
