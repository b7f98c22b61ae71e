import Bundles
import Catalog
import Documents
import Schemas
import Store

/// Components: a developer's own file, deployed before the instance that it is attached to and joined to that at its
/// next deployment, as Proton did.
extension Engine {
    func planCreation(of order: ComponentOrder, _ request: OrderRequest) throws -> OrderPlan {
        var findings = [Name.fault(in: order.name, what: "The component's name")].compactMap(\.self)
        let target = Target.component(order.name)
        if try store.record(target) != nil { findings.append(Engine.taken("A component", order.name)) }
        let file = try componentFile(of: order.source, for: target, &findings)
        var name = order.environment
        if let attachment = order.attachment {
            let instance = try existingRecord(attachment)
            if let name, name != instance.environment {
                findings.append(Engine.elsewhere(order.name, in: name, instance))
            }
            name = instance.environment
        }
        guard let name else {
            throw PlanFaults(
                findings + [
                    Finding(
                        "component.environment",
                        "A component must run in an environment, but none is named.",
                        hint: "Say --instance SERVICE/INSTANCE to attach it, or --environment NAME.")
                ])
        }
        guard let file, !findings.hasErrors else { throw PlanFaults(findings) }
        let spec = ComponentSpec(environment: name, attachment: order.attachment)
        let planned = try plannedComponent(target, spec, file, record: nil, &findings)
        return OrderPlan(request: request, plans: [planned.plan], findings: Engine.inOrder(findings))
    }

    func planComponent(_ update: ComponentUpdate, _ request: OrderRequest) throws -> OrderPlan {
        let target = Target.component(update.name)
        let record = try existingRecord(target)
        if let base = update.baseRevision, base != record.desired.revision {
            throw PlanFaults([try stale(record, base: base)])
        }
        var findings: [Finding] = []
        var spec = try componentSpec(record.desired.spec, of: target)
        switch update.attachment {
        case .keep: break
        case .detach:
            if record.attachment == nil {
                findings.append(
                    Finding(
                        "component.detached", .note, "Component \(update.name) is attached to no instance as it is."))
            }
            spec.attachment = nil
        case .attach(let instance): spec.attachment = instance
        }
        let file: ComponentFile? =
            if let source = update.source {
                try componentFile(of: source, for: target, &findings)
            } else {
                ComponentFile(version: try componentVersion(record.desired.version, of: record))
            }
        guard let file, !findings.hasErrors else { throw PlanFaults(findings) }
        let planned = try plannedComponent(target, spec, file, record: record, &findings)
        return OrderPlan(request: request, plans: [planned.plan], findings: Engine.inOrder(findings))
    }

    /// A component as a deployment of it asked for it, or as it is asked for now.
    func plannedComponent(
        _ update: TargetUpdate, of record: TargetRecord
    ) throws -> (planned: PlannedTarget, findings: [Finding]) {
        var findings: [Finding] = []
        let number: VersionNumber
        switch update.version {
        case .exact(let exact): number = exact
        case .standard, .major: number = record.desired.version
        }
        let file = ComponentFile(version: try componentVersion(number, of: record))
        let spec = try componentSpec(update.spec ?? record.desired.spec, of: update.target)
        let planned = try plannedComponent(update.target, spec, file, record: record, &findings)
        return (planned, Engine.inOrder(findings))
    }

    private func plannedComponent(
        _ target: Target, _ spec: ComponentSpec, _ file: ComponentFile, record: TargetRecord?,
        _ findings: inout [Finding]
    ) throws -> PlannedTarget {
        if let record, record.environment != spec.environment {
            throw PlanFaults(
                "component.moved",
                "Component \(target.name) must stay in environment \(record.environment), but is asked for in \(spec.environment).",
                hint: "Order another component there, and delete this one.")
        }
        let environment = try environment(named: spec.environment, for: nil, &findings)
        findings += try attachmentFaults(target, spec, record)
        if let environment {
            findings += [Engine.roleFault(try existingConnection(environment.connection))].compactMap(\.self)
        }
        var wanted = Wanted(
            target: target, action: record?.applied == nil ? .create : .update, version: file.version,
            record: record, spec: spec.text, revision: (record?.desired.revision ?? 0) + 1,
            inputs: .object(Object()), environment: environment, stage: environment?.stage ?? .test,
            connection: record?.connection ?? environment?.connection ?? Connection.local.name)
        wanted.fresh = file.fresh
        wanted.isIncomplete = findings.hasErrors
        try attach(spec.attachment, to: &wanted)
        if let schema = wanted.attached?.schema {
            findings += try bundle(for: wanted).bundle.check(attachedTo: schema)
        }
        let planned = try planned(wanted)
        if !findings.hasErrors, !planned.plan.isBlocked { findings += try joinNotes(wanted, from: record) }
        return planned
    }

    /// What a component sees of the instance that it is attached to.
    func attach(_ instance: Target?, to wanted: inout Wanted) throws {
        guard let instance, let record = try store.record(instance) else { return }
        let attached = try attachedInstance(record)
        wanted.attached = attached
        wanted.inputs = attached.inputs
    }

    /// The instance whose place a component has.
    func attached(to component: TargetRecord) throws -> AttachedInstance? {
        guard let instance = component.attachment, let record = try store.record(instance) else { return nil }
        return try attachedInstance(record)
    }

    /// An instance's inputs as they are applied; as they are asked for where nothing is.
    func attachedInstance(_ record: TargetRecord) throws -> AttachedInstance {
        let number = record.applied?.version ?? record.desired.version
        let spec = record.applied?.spec ?? record.desired.spec
        guard let version = try store.version(record.template, number) else {
            return AttachedInstance(target: record.target, spec: spec, inputs: .object(Object()))
        }
        let schema = try bundle(of: version).schemas[.instance]
        let inputs = try read(spec, kind: .service).inputs(of: record.target)
        return AttachedInstance(
            target: record.target, spec: spec, schema: schema, inputs: schema?.filled(inputs) ?? inputs)
    }

    /// The component whose outputs an instance sees: one that is known to be attached, not one that is to be.
    func joined(to instance: Target) throws -> TargetRecord? {
        guard instance.kind == .instance, let component = try store.component(of: instance),
            let applied = component.applied, ComponentSpec(applied.spec)?.attachment == instance
        else { return nil }
        return component
    }

    /// Whether an instance was deployed with another component than it has, or with other outputs of it; or a component
    /// with other inputs of its instance.
    func isJoinPending(_ record: TargetRecord) throws -> Bool {
        guard [.instance, .component].contains(record.target.kind), let applied = try appliedPlan(of: record) else {
            return false
        }
        if record.target.kind == .instance {
            return try Engine.digest(of: joined(to: record.target)) != applied.grounds.attachment
        }
        guard let instance = try applied.attachment.flatMap({ try store.record($0) }) else { return false }
        return Engine.digest(of: try attachedInstance(instance)) != applied.grounds.attachment
    }

    /// What an instance sees of its component, as text that is equal only where that is.
    static func digest(of component: TargetRecord?) -> String {
        guard let component else { return "" }
        let value = Value.object(
            Object([("name", .string(component.target.name)), ("outputs", .object(outputs(of: component)))]))
        return Store.digest(of: Array(value.json().utf8))
    }

    static func digest(of instance: AttachedInstance?) -> String {
        guard let instance else { return "" }
        let value = Value.object(Object([("name", .string(instance.target.id)), ("inputs", instance.inputs)]))
        return Store.digest(of: Array(value.json().utf8))
    }

    // MARK: Findings

    private func attachmentFaults(
        _ target: Target, _ spec: ComponentSpec, _ record: TargetRecord?
    ) throws -> [Finding] {
        guard let attachment = spec.attachment else { return [] }
        let (name, title) = (target.name, attachment.title)
        if let held = record?.attachment, held != attachment {
            return [
                Finding(
                    "component.attached",
                    "Component \(name) must be detached before it is attached to \(title), but is attached to \(held.title).",
                    hint: "Detach it first: baryon component detach \(name)")
            ]
        }
        let instance = try existingRecord(attachment)
        if instance.environment != spec.environment {
            return [Engine.elsewhere(name, in: spec.environment, instance)]
        }
        if let other = try store.component(of: attachment), other.target != target {
            return [
                Finding(
                    "component.place",
                    "An instance takes one component, and \(title) has \(other.target.title) already.",
                    hint: "Detach that one first: baryon component detach \(other.target.title)")
            ]
        }
        // What was allowed when it was attached stays.
        guard record?.attachment == nil, let version = try store.version(instance.template, instance.version),
            !version.takesComponents
        else { return [] }
        return [
            Finding(
                "component.unsupported",
                "\(title) runs \(version.template) \(version.number), to which no components may be attached.",
                hint:
                    "A platform engineer allows it with: baryon template components \(version.template)@\(version.number) --allow"
            )
        ]
    }

    /// What developers write has the rights that somebody chose for it, or does not go there.
    static func roleFault(_ connection: Connection) -> Finding? {
        guard !connection.isLocal, connection.settings.componentRole.isEmpty else { return nil }
        return Finding(
            "component.role",
            "Connection \(connection.name) must have a role for components before developers deploy files of their own there, but has none.",
            hint:
                "A platform engineer gives it one with: baryon connection change \(connection.name) --component-role ARN"
        )
    }

    private static func elsewhere(_ name: String, in environment: String, _ instance: TargetRecord) -> Finding {
        Finding(
            "component.elsewhere",
            "Component \(name) must run where its instance does, but \(instance.target.title) is in \(instance.environment), not in \(environment).",
            hint: "Attach it to an instance in \(environment), or order it in \(instance.environment).")
    }

    /// No instance is deployed because its component is: that it still has to be is said.
    private func joinNotes(_ wanted: Wanted, from record: TargetRecord?) throws -> [Finding] {
        let applied = record?.applied.flatMap { ComponentSpec($0.spec)?.attachment }
        let (name, now) = (wanted.target.name, wanted.attached?.target)
        guard let instance = now ?? applied, let seen = try store.record(instance)?.applied else { return [] }
        let what = now == nil ? "is without \(name)" : "sees what \(name) gives"
        return [
            Finding(
                "component.join", .note, "\(instance.title) \(what) from its next deployment on.",
                hint: "Deploy it again afterwards: baryon instance update \(instance.title) --to \(seen.version)")
        ]
    }
}

/// The instance to which a component is attached, as the component sees it.
struct AttachedInstance: Sendable {
    var target: Target
    var spec: String
    var schema: Schema?
    /// With the defaults of its version.
    var inputs: Value
}
