package import Catalog
import Documents
import Provisioning
import Store

/// How a target that is stuck can be freed.
package struct WaysOut: Hashable, Sendable {
    /// The provider's word for its state.
    package var state: String
    package var reason: String
    package var ways: [Way]

    package init(state: String, reason: String, ways: [Way]) {
        self.state = state
        self.reason = reason
        self.ways = ways
    }

    package enum Way: Hashable, Sendable {
        /// Going on with the undoing; `skip` names what can't be undone.
        case undo(skip: [String])
        /// Deleting the stack; `keep` names what can't be deleted.
        case delete(keep: [String])
    }
}

extension Engine {
    /// The ways out, by asking the provider; none where the target is not stuck.
    package func waysOut(of target: Target) async throws(Refusal) -> WaysOut? {
        let record = try existingRecord(target)
        let connection = try existingConnection(record.connection)
        do {
            let job = try freeing(record, connection)
            let ledger = ReadingLedger(found: try store.resources(of: target))
            guard case .stuck(let state, let reason, let exits) = try await provisioners[connection].status(job, ledger)
            else { return nil }
            return WaysOut(
                state: state, reason: reason,
                ways: exits.map { exit in
                    switch exit {
                    case .continueRollback(let skip): .undo(skip: skip)
                    case .delete(let keep): .delete(keep: keep)
                    }
                })
        } catch {
            throw Engine.told(error)
        }
    }

    private func freeing(_ record: TargetRecord, _ connection: Connection) throws -> Job {
        let id = record.attempted ?? Deployment.ID(0)
        return Job(
            deployment: id, target: record.target,
            token: "baryon-\(try store.workspaceID())-free-\(id.number)-\(clock().milliseconds)",
            connection: connection, stack: StackName.of(record.target, record, in: connection), identity: record.stack)
    }

    /// Frees a stack that is stuck; what is there afterwards is what was applied before, or nothing.
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
        do {
            let job = try freeing(record, connection)
            let ledger = ReadingLedger(found: try store.resources(of: target))
            let provisioner = provisioners[connection]
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
            let isGone = connection.isLocal ? deletes : try await provisioner.status(job, ledger) == .absent
            let history = entry(
                "\(target.kind.rawValue).release", target.id, detail: isGone ? "deleted" : "undone", why: why)
            try store.settle(target, isGone: isGone, history: history)
        } catch {
            throw Engine.told(error)
        }
    }
}
