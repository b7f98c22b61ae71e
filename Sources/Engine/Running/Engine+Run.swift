import Catalog
import Documents
import Provisioning
import Store

extension Engine {
    /// How long a claim holds without a sign of life, in milliseconds.
    static let leaseMilliseconds: Int64 = 30_000

    /// Carries out what is queued and may be claimed, until nothing is left or the task is cancelled.
    ///
    /// What is cut short stays in progress without a lease; the next runner looks at reality and goes on.
    package func run(_ options: RunnerOptions = RunnerOptions()) async throws(Refusal) {
        let owner = RunnerName.current.text
        // Nobody is to count on one that takes a single order.
        guard options.only == nil else { return try await carryOut(options, as: owner) }
        repeat {
            try await patient { try store.announce(runner: owner, for: access.claims, isDead: RunnerName.isDead) }
            defer { try? store.withdraw(runner: owner) }
            try await carryOut(options, as: owner)
            // Who ordered something between its last look and its leave has counted on it.
        } while try await isWanted(options)
    }

    private func carryOut(_ options: RunnerOptions, as owner: String) async throws(Refusal) {
        do {
            try await RunningDeployments(engine: self, options: options, owner: owner).run()
        } catch is CancellationError {
            return
        } catch {
            throw Engine.refusal(error)
        }
    }

    /// Whether a runner that has just gone is to come back.
    private func isWanted(_ options: RunnerOptions) async throws(Refusal) -> Bool {
        guard options.untilIdle, !Task.isCancelled else { return false }
        return try await patient {
            try store.isClaimable(now: clock(), rights: rights(isLocalBusy: false), isDead: RunnerName.isDead)
        }
    }

    /// Whether a process that is alive has said that it carries out what goes to each of `connections`.
    package func hasLiveRunner(for connections: Set<String> = []) -> Bool {
        let alive = ((try? store.runners()) ?? []).filter { !RunnerName.isDead($0.owner) }
        return !alive.isEmpty && connections.allSatisfy { name in alive.contains { $0.takes(name) } }
    }

    /// - Parameter isLocalBusy: Whether this process rehearses already: one at a time, so that rehearsals see each other.
    func claim(owner: String, only: Order.ID?, isLocalBusy: Bool) throws -> Claim? {
        try store.claim(
            owner: owner, now: clock(), leaseMilliseconds: Engine.leaseMilliseconds, only: only,
            rights: rights(isLocalBusy: isLocalBusy), isDead: RunnerName.isDead)
    }

    /// Whether something is left for this person's programs, be it that it has to wait for another's end.
    func isWorkLeft(only order: Order.ID?) throws -> Bool {
        try store.isClaimableLater(
            now: clock(), only: order, connections: access.claims, isDead: RunnerName.isDead)
    }

    private func rights(isLocalBusy: Bool) throws -> ClaimRights {
        var connections = access.claims
        if isLocalBusy {
            connections = try (connections ?? Set(self.connections().map(\.name))).subtracting([Connection.local.name])
        }
        let caps = try store.connections().compactMap { one in one.settings.concurrency.map { (one.name, $0) } }
        return ClaimRights(
            connections: connections, atOnce: try cap(.deploymentsAtOnce),
            atOnceInEnvironment: try cap(.deploymentsAtOnceInEnvironment),
            atOnceByConnection: Dictionary(caps) { _, last in last })
    }

    func carryOut(_ claim: Claim, _ options: RunnerOptions) async throws {
        let heart = Task { await keepAlive(claim) }
        defer { heart.cancel() }
        do {
            let outcome = try await outcome(of: claim, options)
            let ended = try await patiently {
                let made =
                    claim.deployment.action == .move
                    ? MadeResources.read(try store.journal(of: claim.deployment.id)) : []
                return try store.finish(claim, outcome, made: made, at: clock()) { Engine.spec($1, without: $0) }
            }
            try tellEnd(of: ended)
        } catch StoreError.fenced {
            // Another runner has taken over; its word counts.
            return
        } catch let error as StoreError {
            try? store.release(claim)
            throw Engine.interrupted(claim.deployment, error)
        } catch {
            try? store.release(claim)
            throw error
        }
    }

    /// Tells of a deployment's end, and of the steps that wait no longer because of it.
    func tellEnd(of deployment: Deployment) throws {
        tell(deployment)
        let followers = try store.deployments(of: deployment.order).filter {
            $0.step > deployment.step && $0.phase == .cancelled && $0.finishedAt == deployment.finishedAt
        }
        for follower in followers { tell(follower) }
    }

    private func tell(_ deployment: Deployment) {
        switch deployment.phase {
        case .succeeded: tell(.succeeded, deployment)
        case .failed: tell(.failed, deployment)
        case .cancelled: tell(.cancelled, deployment)
        case .stuck: tell(.stuck, deployment)
        case .queued, .waiting, .inProgress, .cancelling, .rollingBack: break
        }
    }

    /// What the store's fault means to a deployment that was under way: all that was recorded of it is kept.
    private static func interrupted(_ deployment: Deployment, _ error: StoreError) -> Refusal {
        var finding = error.finding
        let goOn = Finding(
            "deployment.interrupted", .note,
            "Deployment \(deployment.id) of \(deployment.target.title) is kept as far as it came, and nobody carries it out now.",
            hint: "Go on with it afterwards: baryon runner --until-idle")
        finding.causes.append(goOn)
        return Refusal([finding])
    }

    private func outcome(of claim: Claim, _ options: RunnerOptions) async throws -> StoredOutcome {
        let deployment = claim.deployment
        let plan: Plan
        switch try approvedPlan(for: deployment) {
        case .plan(let approved): plan = approved
        case .void(let failure): return .failed(failure, isUncertain: false)
        }
        let file = plan.files.first
        let record = try store.record(deployment.target)
        let connection = try existingConnection(deployment.connection, for: deployment.target)
        let job = Job(
            deployment: deployment.id, target: deployment.target,
            token: "baryon-\(try store.workspaceID())-\(deployment.id.number)", connection: connection,
            // What was there when it was planned: a deployment that goes on with its own creation had none.
            stack: plan.stack, identity: record?.stack.flatMap { $0.id == plan.grounds.stackID ? $0 : nil },
            template: file?.text ?? "", path: file?.path ?? "", parameters: plan.values,
            tags: Engine.tags(of: plan, account: connection.account), secrets: plan.secrets, expected: plan.changes,
            day: String(deployment.createdAt.iso8601.prefix(10)),
            options: Job.Options(
                failAt: try failure(options.failAt, in: plan, of: deployment),
                pace: .milliseconds(options.paceMilliseconds))
        )
        let ledger = StoreLedger(store: store, claim: claim, clock: clock)
        let provisioner = provisioners[job.connection, ofValues: plan.isOfValues]
        let outcome =
            deployment.action == .destroy
            ? try await provisioner.destroy(job, ledger) : try await provisioner.apply(job, ledger)
        switch outcome {
        case .succeeded(let outputs): return .succeeded(outputs)
        case .failed(let failure): return .failed(failure, isUncertain: false)
        case .cancelled(let undone):
            return .cancelled(Failure(reason: try reason(of: deployment), undone: undone), isUncertain: false)
        case .stuck(let failure): return .stuck(failure)
        }
    }

    private func reason(of deployment: Deployment) throws -> String {
        guard deployment.action == .destroy else { return "It was cancelled." }
        let left = try store.resources(of: deployment.target).count
        return "It was cancelled; \(left == 1 ? "1 resource is" : "\(left) resources are") left."
    }

    /// Renews the lease until the work is done or the lease is lost.
    private func keepAlive(_ claim: Claim) async {
        var claim = claim
        var pause = Engine.leaseMilliseconds / 3
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(pause))
            guard !Task.isCancelled else { return }
            do {
                claim = try store.heartbeat(claim, now: clock(), leaseMilliseconds: Engine.leaseMilliseconds)
                pause = Engine.leaseMilliseconds / 3
            } catch {
                guard error.isLock else { return }
                pause = 1000
            }
        }
    }

    static func refusal(_ error: any Error) -> Refusal {
        switch error {
        case let refusal as Refusal: refusal
        case let error as StoreError: Refusal([error.finding])
        default: Refusal("engine.unexpected", "Baryon could not go on: \(error).")
        }
    }
}
