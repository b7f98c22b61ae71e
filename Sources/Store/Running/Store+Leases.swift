package import Catalog
import Documents
import GRDB

extension Store {
    /// Takes the oldest deployment that waits for a runner; `nil` when there is none.
    ///
    /// That is a queued one, or one whose runner's lease is void: run out, given back, or its owner dead. Such a one
    /// keeps its phase, because the new runner goes on where the other stopped.
    ///
    /// What it builds on comes first: an environment before the instances that read it, instances before their
    /// service's pipeline, where both were submitted and the other one earlier.
    ///
    /// - Parameters:
    ///   - rights: What the runner may take.
    ///   - isDead: Asked for each owner whose lease still holds.
    package func claim(
        owner: String, now: Instant, leaseMilliseconds: Int64, only order: Order.ID? = nil,
        rights: ClaimRights = ClaimRights(), isDead: (String) -> Bool = { _ in false }
    ) throws(StoreError) -> Claim? {
        // Looked for without the lock that writing takes: an idle runner that is woken disturbs nobody.
        guard try read({ try $0.claimable(now: now, only: order, rights, isDead: isDead) }) != nil else { return nil }
        return try write { db in
            guard let id = try db.claimable(now: now, only: order, rights, isDead: isDead),
                let deployment = try db.deployment(id)
            else { return nil }
            let expires = now.adding(milliseconds: leaseMilliseconds)
            try db.run(
                """
                UPDATE deployments SET lease_owner = ?, lease_expires = ?, fence = fence + 1,
                    started_at = coalesce(started_at, ?) WHERE id = ?
                """, [owner, expires.milliseconds, now.milliseconds, id.number])
            if deployment.phase == .queued { try db.enter(.inProgress, of: id, target: deployment.target, at: now) }
            return try db.claim(id)
        }
    }

    /// Makes the lease last longer.
    package func heartbeat(
        _ claim: Claim, now: Instant, leaseMilliseconds: Int64
    ) throws(StoreError) -> Claim {
        try write { db in
            try db.check(claim)
            try db.run(
                "UPDATE deployments SET lease_expires = ? WHERE id = ?",
                [now.adding(milliseconds: leaseMilliseconds).milliseconds, claim.deployment.id.number])
            return try db.claim(claim.deployment.id) ?? claim
        }
    }

    /// Gives the lease back; the deployment stays in its phase, for the next runner.
    package func release(_ claim: Claim) throws(StoreError) {
        try write { db in
            try db.check(claim)
            try db.run(
                "UPDATE deployments SET lease_owner = NULL, lease_expires = NULL WHERE id = ?",
                [claim.deployment.id.number])
        }
    }

    /// Who has it; `nil` when nobody does. It may have run out.
    package func lease(of id: Deployment.ID) throws(StoreError) -> Lease? {
        try read { try $0.lease(of: id) }
    }

    /// Whether there is something that could be claimed now.
    package func isClaimable(
        now: Instant, rights: ClaimRights = ClaimRights(), isDead: (String) -> Bool = { _ in false }
    ) throws(StoreError) -> Bool {
        try read { try $0.claimable(now: now, only: nil, rights, isDead: isDead) != nil }
    }

    /// Whether something is left to claim, now or when what is in its way has ended; a cap or somebody else's
    /// deployment may be in its way, but not what nobody carries out.
    package func isClaimableLater(
        now: Instant, only order: Order.ID? = nil, connections: Set<String>?, isDead: (String) -> Bool = { _ in false }
    ) throws(StoreError) -> Bool {
        try read { db in
            var moving: [Target] = []
            var isLeft = false
            let all = try db.candidates()
            for (index, one) in all.enumerated() {
                let isHeld = one.isHeld(at: now, isDead: isDead)
                let mayBe = connections?.contains(one.connection) ?? true
                guard isHeld || mayBe else { continue }
                let isFree = all[..<index].allSatisfy { !one.buildsOn($0.target) || moving.contains($0.target) }
                guard isHeld || isFree else { continue }
                moving.append(one.target)
                if !isHeld, order == nil || one.order == order { isLeft = true }
            }
            return isLeft
        }
    }

    /// Tells that a runner waits for work, so that others need not start one; those that died are forgotten.
    ///
    /// - Parameter connections: Those whose deployments it takes; `nil` for all.
    package func announce(
        runner owner: String, for connections: Set<String>? = nil, isDead: (String) -> Bool = { _ in false }
    ) throws(StoreError) {
        try write { db in
            let others = try db.rows("SELECT owner FROM runners WHERE owner <> ?", [owner]) { $0.text() }
            for dead in others where isDead(dead) { try db.run("DELETE FROM runners WHERE owner = ?", [dead]) }
            try db.run(Dialect.putRunner, [owner, connections.map(Dialect.list)])
        }
    }

    package func withdraw(runner owner: String) throws(StoreError) {
        try write { try $0.run("DELETE FROM runners WHERE owner = ?", [owner]) }
    }

    /// Those that were announced; one that died is still among them.
    package func runners() throws(StoreError) -> [Runner] {
        try read { db in
            try db.rows("SELECT owner, connections FROM runners ORDER BY owner") { columns in
                let owner = columns.text()
                let names = columns.optionalText().flatMap(StoredJSON.value)?.list
                return Runner(owner: owner, connections: names.map { Set($0.compactMap(\.string)) })
            }
        }
    }
}

/// A process that said that it carries deployments out.
package struct Runner: Hashable, Sendable {
    package var owner: String
    /// The connections whose deployments it takes; `nil` for all.
    package var connections: Set<String>?

    package init(owner: String, connections: Set<String>? = nil) {
        self.owner = owner
        self.connections = connections
    }

    package func takes(_ connection: String) -> Bool { connections?.contains(connection) ?? true }
}

extension Database {
    fileprivate func claimable(
        now: Instant, only order: Order.ID?, _ rights: ClaimRights, isDead: (String) -> Bool
    ) throws -> Deployment.ID? {
        let unfinished = try candidates()
        var load = ClaimRights.Load()
        for one in unfinished where one.isHeld(at: now, isDead: isDead) { load.add(one) }
        return unfinished.enumerated().first { index, candidate in
            !candidate.isHeld(at: now, isDead: isDead) && (order == nil || candidate.order == order)
                && rights.allow(candidate, beside: load)
                && !unfinished[..<index].contains { candidate.buildsOn($0.target) }
        }?.element.id
    }

    /// The unfinished ones whose turn it is, the oldest first.
    fileprivate func candidates() throws -> [Candidate] {
        try rows(
            """
            SELECT id, order_id, target, connection, environment, lease_owner, lease_expires FROM deployments
            WHERE is_finished = 0 AND phase <> 'waiting' ORDER BY id
            """
        ) { try Candidate(&$0) }
    }

    func lease(of id: Deployment.ID) throws -> Lease? {
        try row("SELECT lease_owner, fence, lease_expires FROM deployments WHERE id = ?", [id.number]) { columns in
            columns.optionalText().map { Lease(owner: $0, fence: columns.int(), expiresAt: columns.instant()) }
        } ?? nil
    }

    fileprivate func claim(_ id: Deployment.ID) throws -> Claim? {
        guard let deployment = try deployment(id), let lease = try lease(of: id) else { return nil }
        return Claim(deployment: deployment, lease: lease)
    }

    /// Refuses the holder of an older fence, and everyone once the deployment is finished.
    func check(_ claim: Claim) throws {
        let isHeld = try int(
            "SELECT 1 FROM deployments WHERE id = ? AND fence = ? AND lease_owner = ? AND is_finished = 0",
            [claim.deployment.id.number, claim.lease.fence, claim.lease.owner])
        guard isHeld != nil else { throw StoreError.fenced(claim.deployment.id) }
    }
}
