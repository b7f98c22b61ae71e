import Bundles
import Catalog
import Documents
import Schemas
import Store

extension Engine {
    /// One target's new version, spec or single inputs.
    func planUpdate(_ update: TargetUpdate, _ request: OrderRequest) throws -> OrderPlan {
        let record = try existingRecord(update.target)
        if let base = update.baseRevision, base != record.desired.revision {
            throw PlanFaults([
                Engine.stale(update.target.title, base: base, current: record.desired.revision)
            ])
        }
        let kind: TemplateKind = update.target.kind == .environment ? .environment : .service
        let version = try wantedVersion(update, record, kind)
        var document = try read(update.spec ?? record.desired.spec, kind: kind)
        document = try resolved(document, against: record.desired.spec)
        let schema = try bundle(of: version).schemas[update.target.part]
        var findings: [Finding] = []
        var inputs = document.inputs(of: update.target)
        if update.spec == nil, version.number != record.desired.version, let schema {
            inputs = try carried(inputs, of: record, to: schema)
            document = document.setting(inputs, of: update.target)
        }
        if !update.set.isEmpty, let schema {
            let assigned = Engine.assign(update.set, to: inputs, schema)
            (inputs, findings) = (assigned.inputs, assigned.findings)
            document = document.setting(inputs, of: update.target)
        }
        findings += (update.spec == nil ? [] : document.faults)
        findings += document.findings(
            of: update.target, in: try bundle(of: version), tellsUnknown: update.spec != nil)
        let service = try update.target.service.flatMap { try store.service($0) }
        let environment =
            update.target.kind == .instance
            ? try environment(named: record.environment, for: version, &findings) : nil
        var wanted = Wanted(
            target: update.target, action: record.applied == nil ? .create : .update, version: version, record: record,
            spec: document.text, revision: record.desired.revision + 1, inputs: inputs, environment: environment,
            service: service, stage: update.stage ?? record.stage, connection: record.connection
        )
        if let service, update.target.kind == .pipeline { wanted.instances = try instanceViews(of: service) }
        return OrderPlan(request: request, plans: [try planned(wanted).plan], findings: Engine.inOrder(findings))
    }

    private func wantedVersion(
        _ update: TargetUpdate, _ record: TargetRecord, _ kind: TemplateKind
    ) throws -> TemplateVersion {
        let choice: VersionChoice = update.version == .standard ? .exact(record.desired.version) : update.version
        var findings: [Finding] = []
        guard let version = try version(of: record.template, kind: kind, choice, &findings) else {
            throw PlanFaults(findings)
        }
        if version.number.major < record.version.major {
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

    /// Every instance of a service as it is applied.
    func instanceViews(of service: Service) throws -> [InstanceView] {
        try store.records(RecordQuery(service: service.name)).filter { $0.target.kind == .instance }.map { record in
            InstanceView(
                name: record.target.name, inputs: try filledInputs(of: record),
                outputs: Object((record.applied?.outputs ?? []).map { ($0.key, Value.string($0.value)) }),
                environment: try store.record(.environment(record.environment))
            )
        }
    }

    /// A target's desired inputs with the defaults of its version.
    func filledInputs(of record: TargetRecord) throws -> Value {
        guard let version = try store.version(record.template, record.desired.version) else { return .null }
        let kind: TemplateKind = record.target.kind == .environment ? .environment : .service
        let inputs = try read(record.desired.spec, kind: kind).inputs(of: record.target)
        return try bundle(of: version).schemas[record.target.part]?.filled(inputs) ?? inputs
    }

    /// The service's spec with each target's part from its own copy: what is asked for now.
    func effectiveSpec(of service: Service) throws -> String {
        var document = try read(service.spec, kind: .service)
        for record in try store.records(RecordQuery(service: service.name)) {
            let own = try read(record.desired.spec, kind: .service).inputs(of: record.target)
            if document.inputs(of: record.target) != own { document = document.setting(own, of: record.target) }
        }
        return document.text
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
