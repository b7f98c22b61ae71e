import Catalog
import GRDB

extension Store {
    /// Keeps an order, its deployments and what they want, in one transaction.
    ///
    /// The first step is queued, the others wait. A stale revision, a target that is being deployed, a name that is
    /// taken, an environment that is missing or still in use: nothing is kept then.
    package func submit(_ submission: Submission) throws(StoreError) -> Receipt {
        try write { db in
            var order = Order(
                id: Order.ID(0), title: submission.title, by: submission.by, why: submission.why,
                tags: submission.tags, createdAt: submission.at)
            try db.run(
                "INSERT INTO orders (title, by, why, tags, created_at, destroys_service) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    order.title, order.by, order.why, StoredShapes.text(order.tags), order.createdAt.milliseconds,
                    submission.destroysService,
                ])
            order.id = Order.ID(Int(db.lastInsertedRowID))
            for change in submission.services { try db.put(change, for: order) }
            for (number, step) in submission.steps.enumerated() { try db.put(step, number: number, of: order) }
            try db.checkEnvironments(after: submission)
            if let service = submission.destroysService { try db.removeEmptyService(service, by: order) }
            return Receipt(order: order, deployments: try db.deployments(of: order.id))
        }
    }
}

extension Database {
    fileprivate func put(_ change: Submission.ServiceChange, for order: Order) throws {
        let wanted = change.service
        if let base = change.baseRevision {
            guard let known = try service(wanted.name) else {
                throw StoreError.notFound(what: "service", name: wanted.name)
            }
            guard known.revision == base else {
                throw StoreError.conflict(
                    RevisionConflict(
                        subject: wanted.name, base: base, current: known.revision,
                        baseSpec: try serviceSpec(wanted.name, revision: base), currentSpec: known.spec))
            }
            try run(
                """
                UPDATE services SET owner = ?, repository = ?, branch = ?, connection = ?, spec = ?, revision = ?
                WHERE name = ?
                """,
                [
                    wanted.owner, wanted.repository, wanted.branch, wanted.repositoryConnection, wanted.spec,
                    wanted.revision, wanted.name,
                ])
            // Instances and pipeline have the service's owner.
            if known.owner != wanted.owner {
                try run("UPDATE targets SET owner = ? WHERE service = ?", [wanted.owner, wanted.name])
            }
        } else {
            guard try service(wanted.name) == nil else {
                throw StoreError.nameTaken(what: "service", name: wanted.name)
            }
            guard try template(wanted.template) != nil else {
                throw StoreError.notFound(what: "template", name: wanted.template)
            }
            try insert(wanted)
        }
        try keepSpec(of: wanted)
        let act = change.baseRevision == nil ? "service.create" : "service.update"
        try add(
            HistoryEntry(at: order.createdAt, by: order.by, act: act, subject: wanted.name, why: order.why))
    }

    /// Old specs are kept, so that a stale change can be shown with what it was made from.
    func keepSpec(of service: Service) throws {
        try run(
            "INSERT OR REPLACE INTO service_specs (service, revision, spec) VALUES (?, ?, ?)",
            [service.name, service.revision, service.spec])
    }

    /// Takes an instance that is gone out of its service's spec.
    func dropFromSpec(_ target: Target, _ specWithout: (_ instance: String, _ spec: String) -> String) throws {
        guard case .instance(let name, let instance) = target, var service = try service(name) else { return }
        let spec = specWithout(instance, service.spec)
        guard spec != service.spec else { return }
        service.spec = spec
        service.revision += 1
        try run(
            "UPDATE services SET spec = ?, revision = ? WHERE name = ?", [service.spec, service.revision, service.name])
        try keepSpec(of: service)
    }

    func serviceSpec(_ name: String, revision: Int) throws -> String? {
        try text("SELECT spec FROM service_specs WHERE service = ? AND revision = ?", [name, revision])
    }

    func insert(_ service: Service) throws {
        try run(
            "INSERT INTO services (\(Service.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                service.name, service.template, service.owner, service.repository, service.branch,
                service.repositoryConnection, service.spec, service.revision, service.createdAt.milliseconds,
            ])
    }

    fileprivate func put(_ step: Submission.Step, number: Int, of order: Order) throws {
        // What is stale stays so when the other's deployment has ended: that is said first.
        try checkRevision(step)
        if let unfinished = try unfinished(step.target) {
            throw StoreError.busy(target: step.target, deployment: unfinished)
        }
        if let version = step.newVersion { try add(version, of: step, at: order.createdAt) }
        try checkAttachment(of: step, in: order)
        guard try step.action == .destroy || version(step.template, step.version) != nil else {
            throw StoreError.notFound(what: "version of \(step.template)", name: step.version.description)
        }
        if let service = step.target.service, try self.service(service) == nil {
            throw StoreError.notFound(what: "service", name: service)
        }
        try putDesired(step, at: order.createdAt)
        let phase: Deployment.Phase = number == 0 ? .queued : .waiting
        try run(
            """
            INSERT INTO deployments (order_id, step, target, action, template, major, minor, from_major, from_minor,
                revision, plan_digest, phase, created_at, outputs, spec, connection, environment)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '[]', ?, ?, ?)
            """,
            [
                order.id.number, number, step.target.id, step.action.rawValue, step.template, step.version.major,
                step.version.minor, step.fromVersion?.major, step.fromVersion?.minor, step.revision, step.planDigest,
                phase.rawValue, order.createdAt.milliseconds, step.spec, step.connection, step.environment,
            ])
        let id = Deployment.ID(Int(lastInsertedRowID))
        try enter(phase, of: id, target: step.target, at: order.createdAt)
        try add(
            HistoryEntry(
                at: order.createdAt, by: order.by, act: "\(step.target.kind.rawValue).\(step.action.rawValue)",
                subject: step.target.id,
                detail: "\(id) \(step.target.version(of: step.template)) \(step.version)"
                    + (step.action == .move ? " to \(step.connection)" : ""), why: order.why))
    }

    /// Refuses a change of what is not there, or that was made from what is there no more.
    private func checkRevision(_ step: Submission.Step) throws {
        guard let base = step.baseRevision else { return }
        guard let known = try record(step.target) else {
            throw StoreError.notFound(what: step.target.kind.rawValue, name: step.target.title)
        }
        guard known.desired.revision == base else {
            throw StoreError.conflict(
                RevisionConflict(
                    subject: step.target.title, base: base, current: known.desired.revision,
                    baseSpec: try spec(of: step.target, revision: base), currentSpec: known.desired.spec))
        }
    }

    /// Writes what is wanted; a destruction and a move leave it as it was. Where a target is changes when a move has
    /// succeeded, and never by what is asked for.
    private func putDesired(_ step: Submission.Step, at: Instant) throws {
        if step.baseRevision != nil {
            guard step.action != .destroy, step.action != .move else { return }
            try hold(step)
            try run(
                """
                UPDATE targets SET template = ?, environment = ?, owner = ?, stage = ?,
                    desired_major = ?, desired_minor = ?, desired_spec = ?, desired_revision = ?
                WHERE target = ?
                """,
                [
                    step.template, step.environment, step.owner, step.stage.rawValue,
                    step.version.major, step.version.minor, step.spec, step.revision, step.target.id,
                ])
            if case .environment(let name) = step.target { try setStage(step.stage, ofTargetsIn: name) }
        } else {
            guard try record(step.target) == nil else {
                throw StoreError.nameTaken(what: step.target.kind.rawValue, name: step.target.title)
            }
            try insert(
                TargetRecord(
                    target: step.target, template: step.template, environment: step.environment, owner: step.owner,
                    stage: step.stage, connection: step.connection,
                    desired: DesiredState(version: step.version, spec: step.spec, revision: step.revision),
                    attachment: step.attachment, createdAt: at))
        }
    }

    /// The spec that a revision had, from the deployment that brought it.
    func spec(of target: Target, revision: Int) throws -> String? {
        try text(
            "SELECT spec FROM deployments WHERE target = ? AND revision = ? ORDER BY id DESC LIMIT 1",
            [target.id, revision])
    }

    func unfinished(_ target: Target) throws -> Deployment.ID? {
        try int("SELECT id FROM deployments WHERE target = ? AND is_finished = 0", [target.id])
            .map { Deployment.ID($0) }
    }

    /// Instances and components need their environment, and an environment goes only when nothing runs in it any more.
    fileprivate func checkEnvironments(after submission: Submission) throws {
        let destroyed = submission.steps.filter { $0.action == .destroy }.map(\.target)
        for step in submission.steps {
            if case .environment(let name) = step.target, step.action == .destroy {
                let tenants = try rows(
                    """
                    SELECT target FROM targets WHERE kind IN ('instance', 'component') AND environment = ? ORDER BY title
                    """, [name]
                ) { try $0.target() }
                let left = tenants.filter { !destroyed.contains($0) }.map(\.title)
                guard left.isEmpty else { throw StoreError.inUse(what: "Environment \(name)", by: left) }
            } else if step.action != .destroy, !step.environment.isEmpty {
                try checkEnvironment(step.environment)
            }
        }
    }

    private func checkEnvironment(_ name: String) throws {
        let environment = Target.environment(name)
        guard try record(environment) != nil else { throw StoreError.notFound(what: "environment", name: name) }
        let leaving = try int(
            "SELECT id FROM deployments WHERE target = ? AND is_finished = 0 AND action = 'destroy'", [environment.id])
        if let leaving { throw StoreError.busy(target: environment, deployment: Deployment.ID(leaving)) }
    }

    /// Removes a service that has no target, once somebody has ordered its destruction.
    func removeEmptyService(_ name: String, by order: Order) throws {
        guard try int("SELECT count(*) FROM targets WHERE service = ?", [name]) == 0 else { return }
        try run("DELETE FROM services WHERE name = ?", [name])
        guard changesCount > 0 else { return }
        try run("DELETE FROM service_specs WHERE service = ?", [name])
        try add(
            HistoryEntry(at: order.createdAt, by: order.by, act: "service.destroy", subject: name, why: order.why))
    }
}
