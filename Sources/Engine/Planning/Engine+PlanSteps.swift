import Bundles
import Catalog
import Documents
import Schemas
import Store

extension Engine {
    /// Plans one instance of a service's spec and remembers what the pipeline will see of it.
    func add(
        _ instance: SpecDocument.Instance, record: TargetRecord? = nil, to sequence: inout ServiceSequence,
        _ document: SpecDocument
    ) throws {
        let target = Target.instance(service: sequence.service.name, name: instance.name)
        var findings: [Finding] = []
        if record == nil, let fault = Words.reserved(instance.name, "The instance's name", among: ["pipeline"]) {
            findings.append(fault)
        }
        let version = try record.flatMap { try store.version($0.template, $0.desired.version) } ?? sequence.version
        // Without a name there is a finding of its own.
        let environment =
            instance.environment.isEmpty
            ? nil : try environment(named: instance.environment, for: version, &findings)
        if let record, record.environment != instance.environment {
            findings.append(
                Finding(
                    "spec.environment",
                    "Instance \(target.title) must stay in environment \(record.environment), but the spec says \(instance.environment).",
                    hint: "Add a new instance there, and remove this one later."
                )
            )
        }
        findings += document.findings(
            of: target, in: try bundle(of: version), instance: instance, tellsUnknown: sequence.isWritten)
        sequence.findings += findings.map { finding in
            var finding = finding
            finding.place = finding.place ?? instance.place
            finding.pointer = finding.pointer ?? instance.pointer
            return finding
        }
        // What has the name of another is not planned: its faults are told, and it is to be renamed first.
        guard !sequence.plans.contains(where: { $0.target == target }) else { return }
        let planned = try planned(
            Wanted(
                target: target, action: record?.applied == nil ? .create : .update, version: version, record: record,
                spec: sequence.spec, revision: (record?.desired.revision ?? 0) + 1, inputs: instance.inputs,
                environment: environment, service: sequence.service, stage: environment?.stage ?? .test,
                connection: environment?.connection ?? Connection.local.name
            )
        )
        sequence.plans.append(planned.plan)
        sequence.views.append(view(of: planned, record: record, environment: environment))
    }

    /// Plans the pipeline over all instances as they will be.
    func addPipeline(
        _ inputs: Value?, record: TargetRecord?, to sequence: inout ServiceSequence, _ document: SpecDocument
    ) throws {
        let target = Target.pipeline(service: sequence.service.name)
        let version = try record.flatMap { try store.version($0.template, $0.desired.version) } ?? sequence.version
        guard version.hasPipeline else { return }
        sequence.findings += document.findings(
            of: target, in: try bundle(of: version), tellsUnknown: sequence.isWritten)
        let planned = try planned(
            Wanted(
                target: target, action: record?.applied == nil ? .create : .update, version: version, record: record,
                spec: sequence.spec, revision: (record?.desired.revision ?? 0) + 1,
                inputs: inputs ?? .object(Object()), service: sequence.service, instances: sequence.views,
                stage: .test, connection: try record?.connection ?? pipelineConnection().name,
                isIncomplete: sequence.findings.contains { $0.severity == .error }
            )
        )
        sequence.plans.append(planned.plan)
    }

    /// An instance as its pipeline sees it once the step has run: outputs that may move are stand-ins.
    func view(of planned: PlannedTarget, record: TargetRecord?, environment: TargetRecord?) -> InstanceView {
        let known = Object((record?.applied?.outputs ?? []).map { ($0.key, Value.string($0.value)) })
        var view = InstanceView(
            name: planned.plan.target.name, inputs: planned.filled, outputs: Object(), environment: environment)
        for name in planned.outputNames {
            if planned.settledOutputs.contains(name), let value = known[name] {
                view.outputs[name] = value
            } else {
                let unknown = UnknownOutput(source: view.name, output: name)
                view.unknowns.append(unknown)
                view.outputs[name] = .string(unknown.token)
            }
        }
        return view
    }

    /// The environment that an instance or a component names: it must exist, run, and suit the version.
    ///
    /// - Parameters:
    ///   - version: `nil` for a component, which suits any.
    ///   - number: The version that it will have, where an earlier step of the order moves it.
    func environment(
        named name: String, for version: TemplateVersion?, becoming number: VersionNumber? = nil,
        _ findings: inout [Finding]
    ) throws -> TargetRecord? {
        guard let record = try store.record(.environment(name)) else {
            let names = try store.records(RecordQuery()).filter { $0.target.kind == .environment }.map(\.target.name)
            findings.append(
                Finding(
                    "environment.unknown", "There is no environment \"\(name)\" in this workspace.",
                    hint: Spelling.nearest(to: name, among: names).map { "Did you mean \($0)?" }
                        ?? (names.isEmpty ? "Order an environment first." : "It has \(names.joined(separator: ", ")).")
                )
            )
            return nil
        }
        if let version, let fault = Engine.incompatible(version, in: record, at: number ?? record.version) {
            findings.append(fault)
            return record
        }
        guard record.applied != nil else {
            findings.append(
                Finding(
                    "environment.notApplied", "Environment \(name) must be deployed before anything goes into it.",
                    hint: "Deploy it first, or try its last deployment again."
                )
            )
            return record
        }
        if let fault = try partlyDestroyed(record) { findings.append(fault) }
        return record
    }

    /// Why a version does not run in an environment of another one; `nil` where it does.
    static func incompatible(
        _ version: TemplateVersion, in environment: TargetRecord, at number: VersionNumber
    ) -> Finding? {
        guard !version.runs(in: environment.template, major: number.major) else { return nil }
        let suited = version.compatibleEnvironments.map(\.description).joined(separator: ", ")
        return Finding(
            "environment.incompatible",
            "\(version.template) \(version.number) must run in an environment of \(suited), but \(environment.target.name) is one of \(environment.template):\(number.major).",
            hint: "Choose another environment, or another version."
        )
    }

    /// What a destruction that did not succeed has taken from an environment is missing to what would run in it.
    private func partlyDestroyed(_ record: TargetRecord) throws -> Finding? {
        guard record.hasSpecDrift, let last = try record.attempted.flatMap({ try store.deployment($0) }),
            last.action == .destroy, last.phase.isFinished
        else { return nil }
        let name = record.target.name
        return Finding(
            "environment.partlyDestroyed",
            "Environment \(name) must be whole before anything goes into it, but its deletion (\(last.id)) took a part of it and \(last.phase.sentence).",
            hint:
                "Put it back with an update (baryon environment update \(name) --to \(record.desired.version)), or delete it whole."
        )
    }
}
