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
        do {
            let place = try stuckPlace(of: target)
            let provisioner = provisioners[place.job.connection, ofValues: place.isOfValues]
            let status = try await provisioner.status(place.job, place.ledger)
            guard case .stuck(let state, let reason, let exits) = status else { return nil }
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

    /// Frees a stack that is stuck; what is there afterwards is what was applied before, or nothing. What stays of
    /// a stack that is deleted is listed as kept.
    ///
    /// - Parameter keeping: Resources that are left out of the undoing, or that stay when the stack is deleted.
    package func release(
        _ target: Target, deletes: Bool, keeping: [String] = [], why: String = ""
    ) async throws(Refusal) {
        try Words.check(why: why)
        do {
            let place = try stuckPlace(of: target)
            let (job, ledger) = (place.job, place.ledger)
            let provisioner = provisioners[job.connection, ofValues: place.isOfValues]
            var isStuck = place.record.isUncertain
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
                job.connection.isLocal || place.isOfValues
                ? deletes : try await provisioner.status(job, ledger) == .absent
            let history = entry(
                "\(target.kind.rawValue).release", target.id, detail: isGone ? "deleted" : "undone", why: why)
            let kept =
                isGone ? ledger.kept.map { $0.kept(target: target, deployment: job.deployment, at: clock()) } : []
            try store.settle(target, isGone: isGone, isOfMove: place.isOfMove, kept: kept, history: history)
        } catch {
            throw Engine.told(error)
        }
    }

    /// Where a target may be stuck: at home, or where a move of it was to go.
    private func stuckPlace(of target: Target) throws -> StuckPlace {
        let record = try existingRecord(target)
        let last = try record.attempted.flatMap { try store.deployment($0) }
        if let last, !last.phase.isFinished {
            throw Refusal([StoreError.busy(target: target, deployment: last.id).finding])
        }
        let moved = last.flatMap { $0.action == .move && $0.phase != .succeeded && record.isUncertain ? $0 : nil }
        let connection = try existingConnection(moved?.connection ?? record.connection, for: target)
        let id = record.attempted ?? Deployment.ID(0)
        let job = Job(
            deployment: id, target: target,
            token: "baryon-\(try store.workspaceID())-free-\(id.number)-\(clock().milliseconds)",
            connection: connection, stack: StackName.of(target, record, in: connection), identity: record.stack)
        return StuckPlace(
            record: record, job: job, ledger: ReadingLedger(found: moved == nil ? try store.resources(of: target) : []),
            isOfMove: moved != nil, isOfValues: try isCustomerManaged(record))
    }
}

private struct StuckPlace {
    let record: TargetRecord
    let job: Job
    let ledger: ReadingLedger
    let isOfMove: Bool
    let isOfValues: Bool
}
