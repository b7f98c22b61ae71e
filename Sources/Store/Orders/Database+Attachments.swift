package import Catalog
import GRDB

extension Store {
    /// The component that holds an instance's place for one.
    package func component(of instance: Target) throws(StoreError) -> TargetRecord? {
        try read { try $0.component(of: instance) }
    }

    /// Instances whose version takes components and that have none, the first five hundred by title.
    ///
    /// - Parameter environment: Only those in it; `nil` for all.
    package func instancesTakingComponents(in environment: String?) throws(StoreError) -> [Target] {
        try read { db in
            try db.rows(
                """
                SELECT targets.target FROM targets
                JOIN versions ON versions.template = targets.template AND versions.major = targets.major
                    AND versions.minor = targets.minor AND versions.takes_components = 1
                LEFT JOIN targets AS components ON components.attachment = targets.target
                WHERE targets.kind = 'instance' AND (?1 IS NULL OR targets.environment = ?1)
                    AND components.target IS NULL
                ORDER BY targets.title LIMIT 500
                """, [environment]
            ) { try $0.target() }
        }
    }

    /// Components and the instances that they are attached to, of which one was deployed after the other; the latest
    /// first, of those that rest. What the earlier one has seen of the other may be something else by now.
    ///
    /// - Parameter owner: Of the instance; empty for everyone's.
    package func attachedPairs(owner: String, limit: Int) throws(StoreError) -> [AttachedPair] {
        try read { db in
            try db.rows(
                """
                SELECT components.target, instances.target, components.applied_at, instances.applied_at
                FROM targets AS components JOIN targets AS instances ON instances.target = components.attachment
                WHERE components.attachment IS NOT NULL AND components.applied_at IS NOT NULL
                    AND instances.applied_at IS NOT NULL AND (?1 = '' OR instances.owner = ?1)
                    AND components.activity <> 1 AND instances.activity <> 1
                ORDER BY max(components.applied_at, instances.applied_at) DESC LIMIT ?2
                """, [owner, limit]
            ) {
                AttachedPair(
                    component: try $0.target(), instance: try $0.target(), componentAt: $0.instant(),
                    instanceAt: $0.instant())
            }
        }
    }

    /// Instances that were deployed with a component that is not attached to them any more, by title; those that rest.
    ///
    /// - Parameters:
    ///   - component: Only those that were deployed with this one; `nil` for any.
    ///   - owner: Empty for everyone's.
    package func instancesAfter(component: Target? = nil, owner: String = "") throws(StoreError) -> [TargetRecord] {
        try read { db in
            try db.rows(
                """
                SELECT \(TargetRecord.columns) FROM targets
                WHERE joined IS NOT NULL AND (?1 IS NULL OR joined = ?1) AND (?2 = '' OR owner = ?2) AND activity <> 1
                    AND NOT EXISTS (
                        SELECT 1 FROM targets AS components
                        WHERE components.target = targets.joined AND components.attachment = targets.target)
                ORDER BY title LIMIT 50
                """, [component?.id, owner]
            ) { try TargetRecord(&$0) }
        }
    }
}

/// A component and the instance that it is attached to, with when each was deployed.
package struct AttachedPair: Hashable, Sendable {
    package var component: Target
    package var instance: Target
    package var componentAt: Instant
    package var instanceAt: Instant
}

extension Submission.Step {
    /// The instance to which it wants a component to be attached.
    var attachment: Target? { target.kind == .component ? ComponentSpec(spec)?.attachment : nil }
}

extension Database {
    func component(of instance: Target) throws -> TargetRecord? {
        try row("SELECT \(TargetRecord.columns) FROM targets WHERE attachment = ?", [instance.id]) {
            try TargetRecord(&$0)
        }
    }

    /// Keeps the file of a component as a version of a line of its own.
    func add(_ version: TemplateVersion, of step: Submission.Step, at: Instant) throws {
        if try template(version.template) == nil {
            try insert(
                Template(
                    name: version.template, kind: .component, title: step.target.name, summary: "", owner: "",
                    createdAt: at))
        }
        guard try self.version(version.template, version.number) == nil else {
            throw StoreError.nameTaken(what: "version of \(step.target.title)", name: version.number.description)
        }
        try insert(version)
    }

    /// While a component or its instance is being deployed, the other is not changed: each reads what the other gives.
    /// Only one component is attached to an instance, and an instance goes only without one.
    func checkAttachment(of step: Submission.Step, in order: Order) throws {
        switch step.target.kind {
        case .instance:
            guard let component = try component(of: step.target) else { return }
            let goesToo = try int(
                "SELECT 1 FROM deployments WHERE target = ? AND order_id = ? AND action = 'destroy'",
                [component.target.id, order.id.number])
            if step.action == .destroy, goesToo == nil {
                throw StoreError.inUse(what: "Instance \(step.target.title)", by: [component.target.title])
            }
            try checkIdle(component.target, but: order)
        case .component:
            let known = try record(step.target)?.attachment
            for instance in Set([known, step.attachment].compactMap(\.self)) { try checkIdle(instance, but: order) }
            guard let instance = step.attachment, step.action != .destroy else { return }
            guard try record(instance) != nil else {
                throw StoreError.notFound(what: instance.kind.rawValue, name: instance.title)
            }
            if let other = try component(of: instance), other.target != step.target {
                throw StoreError.inUse(what: "The place for a component of \(instance.title)", by: [other.target.title])
            }
        case .environment, .pipeline: break
        }
    }

    private func checkIdle(_ target: Target, but order: Order) throws {
        let other = try int(
            "SELECT id FROM deployments WHERE target = ? AND is_finished = 0 AND order_id <> ?",
            [target.id, order.id.number])
        if let other { throw StoreError.busy(target: target, deployment: Deployment.ID(other)) }
    }

    /// Holds the place that is asked for; one that is to be left is held until the component is known to have gone.
    func hold(_ step: Submission.Step) throws {
        guard let instance = step.attachment else { return }
        try run("UPDATE targets SET attachment = ? WHERE target = ?", [instance.id, step.target.id])
    }

    /// What was deployed is where it is attached now; an instance that was deployed is joined to what it has.
    func settleAttachment(of deployment: Deployment) throws {
        switch deployment.target.kind {
        case .component: try place(deployment.target, at: ComponentSpec(deployment.spec)?.attachment)
        case .instance:
            let component = try component(of: deployment.target)
            let isThere = component?.applied.flatMap { ComponentSpec($0.spec)?.attachment } == deployment.target
            try run(
                "UPDATE targets SET joined = ? WHERE target = ?",
                [isThere ? component?.target.id : nil, deployment.target.id])
        case .environment, .pipeline: break
        }
    }

    /// What was asked for and came to nothing holds no place: the component has the one that it had, if any.
    func releaseAttachment(of deployment: Deployment) throws {
        guard deployment.target.kind == .component, let record = try record(deployment.target) else { return }
        try place(deployment.target, at: record.applied.flatMap { ComponentSpec($0.spec)?.attachment })
    }

    private func place(_ component: Target, at instance: Target?) throws {
        try run("UPDATE targets SET attachment = ? WHERE target = ?", [instance?.id, component.id])
    }
}
