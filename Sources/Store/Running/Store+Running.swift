package import Catalog
import GRDB

extension Store {
    package func setPhase(_ phase: Deployment.Phase, of claim: Claim, at: Instant) throws(StoreError) {
        try write { db in
            try db.check(claim)
            try db.enter(phase, of: claim.deployment.id, target: claim.deployment.target, at: at)
        }
    }

    /// Keeps one step of a provisioner: journal, record of the stack, events and phase in one transaction.
    ///
    /// - Returns: The sequences that the events got; or why the step's links are refused, and nothing was kept.
    @discardableResult
    package func record(
        _ step: StackStep, by claim: Claim, at: Instant
    ) throws(StoreError) -> Result<[Int], Failure> {
        try record([step], by: claim, at: at)
    }

    /// Keeps steps as one: all of them in one transaction.
    @discardableResult
    package func record(
        _ steps: [StackStep], by claim: Claim, at: Instant
    ) throws(StoreError) -> Result<[Int], Failure> {
        var refusal: Failure?
        do {
            let sequences = try write { db in
                try db.check(claim)
                return try steps.flatMap { step in
                    if let links = step.links { refusal = try db.bind(links, of: claim.deployment) }
                    // Thrown, so that nothing of the steps before it stays.
                    if let refusal { throw StoreError.refused(refusal.reason) }
                    return try db.record(step, of: claim.deployment, at: at)
                }
            }
            return .success(sequences)
        } catch {
            guard let refusal else { throw error }
            return .failure(refusal)
        }
    }

    @discardableResult
    package func append(_ events: [Event], by claim: Claim) throws(StoreError) -> [Int] {
        try write { db in
            try db.check(claim)
            return try events.map { try db.append($0, to: claim.deployment.id) }
        }
    }

    /// A step was planned again, with what is known now.
    package func replacePlan(of id: Deployment.ID, digest: String) throws(StoreError) {
        try write { db in
            try db.run(
                "UPDATE deployments SET plan_digest = ? WHERE id = ? AND is_finished = 0", [digest, id.number])
            guard db.changesCount == 1 else {
                throw StoreError.notFound(what: "unfinished deployment", name: id.description)
            }
        }
    }

    /// Asks for an end: one that has not begun is cancelled at once, with those that wait for it.
    ///
    /// - Returns: The phase that it is in now; a finished one stays as it is.
    package func requestCancel(_ id: Deployment.ID, by: String, at: Instant) throws(StoreError) -> Deployment.Phase {
        try write { db in
            guard let deployment = try db.deployment(id) else {
                throw StoreError.notFound(what: "deployment", name: id.description)
            }
            guard !deployment.phase.isFinished else { return deployment.phase }
            try db.run("UPDATE deployments SET is_cancel_requested = 1 WHERE id = ?", [id.number])
            try db.add(HistoryEntry(at: at, by: by, act: "deployment.cancel", subject: deployment.target.id))
            switch deployment.phase {
            case .queued, .waiting:
                let failure = Failure(reason: "It was cancelled by \(by) before it began.")
                try db.end(deployment, .cancelled(failure, isUncertain: false), at: at)
                return .cancelled
            case .inProgress:
                try db.enter(.cancelling, of: id, target: deployment.target, at: at)
                return .cancelling
            case .cancelling, .rollingBack, .succeeded, .failed, .cancelled, .stuck: return deployment.phase
            }
        }
    }

    package func isCancelRequested(_ id: Deployment.ID) throws(StoreError) -> Bool {
        try read { db in
            try db.int("SELECT is_cancel_requested FROM deployments WHERE id = ?", [id.number]) == 1
        }
    }

    /// Ends a deployment, with all that follows, in one transaction.
    ///
    /// Success moves `applied`, or removes what was destroyed, and queues the order's next step. Any other end cancels
    /// the steps that wait, and moves nothing else.
    ///
    /// - Parameters:
    ///   - made: The resources that a move has made; they take the place of those that are recorded.
    ///   - specWithout: A service's spec without one of its instances. It is asked in the same transaction for an
    ///     instance that was destroyed, so that the spec and the set of instances never disagree.
    @discardableResult
    package func finish(
        _ claim: Claim, _ outcome: Outcome, made: [ProvisionedResource] = [], at: Instant,
        specWithout: (_ instance: String, _ spec: String) -> String = { $1 }
    ) throws(StoreError) -> Deployment {
        try write { db in
            try db.check(claim)
            guard let deployment = try db.deployment(claim.deployment.id) else {
                throw StoreError.fenced(claim.deployment.id)
            }
            try db.end(deployment, outcome, made: made, at: at)
            if case .succeeded = outcome, deployment.action == .destroy {
                try db.dropFromSpec(deployment.target, specWithout)
            }
            return try db.deployment(deployment.id) ?? deployment
        }
    }
}

extension Database {
    fileprivate func record(_ step: StackStep, of deployment: Deployment, at: Instant) throws -> [Int] {
        let id = deployment.id
        if let entry = step.entry {
            try run(
                """
                INSERT INTO journal (deployment, number, entry)
                SELECT ?1, 1 + coalesce(max(number), 0), ?2 FROM journal WHERE deployment = ?1
                """, [id.number, entry])
        }
        let target = deployment.target.id
        for resource in step.put {
            try run(
                Dialect.putResource,
                [target, resource.logicalID, resource.type, resource.physicalID, StoredJSON.text(resource.value)])
        }
        for kept in step.keep { try insert(kept) }
        for logicalID in step.remove {
            try run("DELETE FROM resources WHERE target = ? AND logical_id = ?", [target, logicalID])
        }
        // From the first resource that a destruction takes, what was applied is no longer what is there.
        if deployment.action == .destroy, !step.remove.isEmpty {
            try run(
                "UPDATE targets SET desired_revision = ?1 WHERE target = ?2 AND desired_revision < ?1",
                [deployment.revision, target])
        }
        let sequences = try step.events.map { try append($0, to: id) }
        if let phase = step.phase { try enter(phase, of: id, target: deployment.target, at: at) }
        return sequences
    }

    /// - Returns: Why the links can't be these; they stay as they were then.
    fileprivate func bind(_ links: StackLinks, of deployment: Deployment) throws -> Failure? {
        let space = try space(ofConnection: deployment.connection)
        if let refusal = links.refusal(in: try surroundings(of: links, deployment.target, in: space)) { return refusal }
        try set(links, of: deployment.target, in: space)
        return nil
    }
}
