import Bundles
package import Catalog
import Documents
import Schemas
import Store

extension Engine {
    /// One target's new version, spec or single inputs.
    func planUpdate(_ update: TargetUpdate, _ request: OrderRequest) throws -> OrderPlan {
        let (planned, findings) = try plannedUpdate(update, beside: UpdateBatch())
        return OrderPlan(request: request, plans: [planned.plan], findings: findings)
    }

    /// Refuses a target that is not there, and a change of it that was made from an older revision.
    package func checkRevision(of target: Target, _ base: Int?) throws(Refusal) {
        let record = try existingRecord(target)
        guard let base, base != record.desired.revision else { return }
        throw Refusal([try refusing { try stale(record, base: base) }])
    }

    /// - Parameters:
    ///   - batch: What earlier steps of the same order will have changed by the time this one runs.
    ///   - mayGoBack: Whether a lower major is what is asked for, as in a rollback.
    func plannedUpdate(
        _ update: TargetUpdate, beside batch: UpdateBatch, mayGoBack: Bool = false
    ) throws -> (planned: PlannedTarget, findings: [Finding]) {
        let record = try existingRecord(update.target)
        if let base = update.baseRevision, base != record.desired.revision {
            throw PlanFaults([try stale(record, base: base)])
        }
        if record.target.kind == .component { return try plannedComponent(update, of: record) }
        let kind: TemplateKind = update.target.kind == .environment ? .environment : .service
        var findings: [Finding] = []
        let version = try wantedVersion(update, record, kind, mayGoBack: mayGoBack, &findings)
        var document = try read(update.spec ?? record.desired.spec, kind: kind)
        document = try resolved(document, against: record.desired.spec)
        if update.spec != nil { try Engine.checkPlace(of: record, in: document) }
        let schema = try bundle(of: version).schemas[update.target.part]
        var inputs = document.inputs(of: update.target)
        if update.spec == nil, version.number != record.desired.version, let schema {
            inputs = try carried(inputs, of: record, to: schema)
            document = document.setting(inputs, of: update.target)
        }
        if !update.set.isEmpty, let schema {
            let assigned = Engine.assign(update.set, to: inputs, schema)
            inputs = assigned.inputs
            findings += assigned.findings
            document = document.setting(inputs, of: update.target)
        }
        findings += (update.spec == nil ? [] : document.faults)
        findings += document.findings(
            of: update.target, in: try bundle(of: version), tellsUnknown: update.spec != nil)
        let service = try update.target.service.flatMap { try store.service($0) }
        let environment =
            update.target.kind == .instance
            ? try environment(
                named: record.environment, for: version, becoming: batch.environments[record.environment]?.plan.version,
                &findings) : nil
        findings += batch.faults(of: record)
        var wanted = Wanted(
            target: update.target, action: record.applied == nil ? .create : .update, version: version, record: record,
            spec: document.text, revision: record.desired.revision + 1, inputs: inputs, environment: environment,
            service: service, stage: update.stage ?? record.stage, connection: record.connection
        )
        if let service, update.target.kind == .pipeline {
            wanted.instances = batch.seen(try instanceViews(of: service), of: service.name)
        }
        return (try planned(wanted), Engine.inOrder(findings))
    }

    /// An instance's own copy of the spec has to have it, where it runs: anything else would do nothing unsaid.
    static func checkPlace(of record: TargetRecord, in document: SpecDocument) throws(PlanFaults) {
        guard record.target.kind == .instance else { return }
        let title = record.target.title
        guard let instance = document.instances.first(where: { $0.name == record.target.name }) else {
            throw PlanFaults(
                "spec.instance", "The spec must have instance \(record.target.name), but leaves it out.",
                hint: "Put it back into the spec, or delete it: baryon instance delete \(title)")
        }
        guard instance.environment == record.environment else {
            throw PlanFaults([
                Finding(
                    "spec.environment",
                    "Instance \(title) must stay in environment \(record.environment), but the spec says \(instance.environment).",
                    hint: "Add a new instance there, and remove this one later.", place: instance.place)
            ])
        }
    }

    private func wantedVersion(
        _ update: TargetUpdate, _ record: TargetRecord, _ kind: TemplateKind, mayGoBack: Bool,
        _ findings: inout [Finding]
    ) throws -> TemplateVersion {
        let choice: VersionChoice = update.version == .standard ? .exact(record.desired.version) : update.version
        guard
            let version = try version(
                of: record.template, kind: kind, choice, running: record.version, &findings)
        else { throw PlanFaults(findings) }
        if version.number.major < record.version.major, !mayGoBack {
            let isBackAllowed = try store.line(of: record.template).status(of: record.version) == .withdrawn
            guard isBackAllowed else {
                throw PlanFaults(
                    "version.majorBack",
                    "\(update.target.title) runs \(record.version) and must not go back to major \(version.number.major).",
                    hint: "Only a withdrawn version can be left for a lower major."
                )
            }
        }
        return version
    }

    /// The answers, carried over to another version's schema.
    private func carried(_ inputs: Value, of record: TargetRecord, to schema: Schema) throws -> Value {
        guard let old = try store.version(record.template, record.desired.version),
            let before = try bundle(of: old).schemas[record.target.part]
        else { return inputs }
        return Migration(carrying: inputs, from: before, to: schema).value
    }

    /// Puts what was asked for before in the place of `${Proton::CURRENT_VAL}`.
    func resolved(_ document: SpecDocument, against previous: String) throws -> SpecDocument {
        let (resolved, findings) = document.resolved(against: try read(previous, kind: document.kind))
        if findings.contains(where: { $0.severity == .error }) { throw PlanFaults(findings) }
        return resolved
    }

    /// New instances get what the service's other instances run, so that a service does not mix majors by itself.
    func newInstanceVersion(of service: Service) throws -> VersionNumber {
        let records = try store.records(RecordQuery(service: service.name)).filter { $0.target.kind == .instance }
        let line = try store.line(of: service.template)
        let major = records.map(\.desired.version).max()?.major
        return major.flatMap { line.recommended(inMajor: $0) } ?? records.map(\.desired.version).max()
            ?? line.recommended ?? VersionNumber(1, 0)
    }
}
