import Bundles
package import Catalog
package import Documents
import Provisioning
import Schemas
import Store

/// One stack with what became of it.
package struct AdoptedTarget: Hashable, Sendable {
    package var target: Target
    package var stack: String
    package var template: String
    package var version: VersionNumber
    package var verdict: AdoptionVerdict
    /// What an update to the same version and inputs would change.
    package var changes: [Change]
    /// Why it differs, as far as can be told; empty where it does not.
    package var cause: String
    package var findings: [Finding]

    package init(
        target: Target, stack: String, template: String, version: VersionNumber, verdict: AdoptionVerdict,
        changes: [Change] = [], cause: String = "", findings: [Finding] = []
    ) {
        self.target = target
        self.stack = stack
        self.template = template
        self.version = version
        self.verdict = verdict
        self.changes = changes
        self.cause = cause
        self.findings = findings
    }
}

extension Engine {
    /// Takes what runs into the workspace, as an inventory says: wanted, tried and applied are the same then.
    ///
    /// Nothing is changed outside; the provider is read only. All faults are told at once, and nothing is kept then.
    ///
    /// - Parameters:
    ///   - keeps: Whether it is recorded; else it is only compared.
    ///   - file: Reads a spec's file that the inventory names.
    package func adopt(
        _ text: String, name: String, why: String = "", keeps: Bool = true, file: (String) throws -> String,
        progress: @escaping @Sendable (AdoptionProgress) -> Void = { _ in }
    ) async throws(Refusal) -> [AdoptedTarget] {
        try Words.check(why: why)
        let (read, findings) = Inventory.read(text, name: name)
        guard let inventory = read, !findings.hasErrors else { throw Refusal(findings) }
        let connection = try realConnection(inventory.connection)
        do {
            let meter = AdoptionMeter(progress)
            let reader = try await checkedReader(connection, meter)
            let stacks = try await reader.stacks()
            var adoption = AdoptionRun(engine: self, connection: connection, inventory: inventory)
            try adoption.find(stacks)
            adoption.contents = try await contents(of: adoption.found, reader, meter)
            try adoption.compare(file)
            guard !adoption.findings.hasErrors else { throw Refusal(Engine.inOrder(adoption.findings)) }
            try Task.checkCancellation()
            if keeps { try adoption.keep(why: why) }
            return adoption.targets
        } catch {
            throw Engine.told(error)
        }
    }

    /// Targets that were taken in and are as they were then, the ones that differ first.
    package func adopted() throws(Refusal) -> [AdoptedTarget] {
        try refusing {
            try store.records().compactMap { record -> AdoptedTarget? in
                guard record.stack?.isAdopted ?? true, let applied = record.applied,
                    let deployment = try store.deployment(applied.deployment), deployment.action == .adopt,
                    let plan = try storedPlan(deployment)
                else { return nil }
                let verdict: AdoptionVerdict =
                    record.isUncertain ? .unknown : plan.changes.isEmpty ? .clean : .differs
                return AdoptedTarget(
                    target: record.target, stack: record.stack?.name ?? "", template: record.template,
                    version: applied.version,
                    verdict: verdict, changes: plan.changes,
                    cause: plan.findings.first { $0.code == "adopt.cause" }?.message ?? "",
                    findings: plan.findings)
            }
        }
    }
}

/// One adoption under way.
private struct AdoptionRun {
    let engine: Engine
    let connection: Connection
    let inventory: Inventory
    var contents: [String: StackContent] = [:]
    private(set) var findings: [Finding] = []
    private(set) var found: [StackDescription] = []
    private(set) var targets: [AdoptedTarget] = []
    private var stacks: [Target: StackDescription] = [:]
    private var records: [StoredAdoption.Target] = []
    private var services: [Service] = []
    private var plans: [Plan] = []

    init(engine: Engine, connection: Connection, inventory: Inventory) {
        self.engine = engine
        self.connection = connection
        self.inventory = inventory
    }

    // MARK: Looking

    private var entries: [(target: Target, entry: Inventory.Entry, template: String)] {
        inventory.environments.map { (.environment($0.name), $0, $0.template) }
            + inventory.services.flatMap { service in
                service.instances.map { (.instance(service: service.name, name: $0.name), $0, service.template) }
                    + (service.pipeline.map { [(.pipeline(service: service.name), $0, service.template)] } ?? [])
            }
    }

    mutating func find(_ all: [StackDescription]) throws {
        let taken = Dictionary(
            try engine.store.records().compactMap { record in record.stack.map { ($0.id, record.target) } }
        ) { first, _ in first }
        var seen: [String: Target] = [:]
        var named: Set<Target> = []
        for (target, entry, _) in entries {
            if target.kind != .pipeline,
                let fault = Name.fault(in: target.name, what: "The \(target.kind.rawValue)'s name")
            {
                report(fault, entry)
            }
            if target.kind == .instance,
                let fault = Words.reserved(target.name, "The instance's name", among: ["pipeline"])
            {
                report(fault, entry)
            }
            if !named.insert(target).inserted {
                report("adopt.repeated", "\(target.title) must stand once in the inventory, but does again.", entry)
                continue
            }
            if try engine.store.record(target) != nil {
                report("name.taken", "\(target.title) is in the workspace already.", entry)
            }
            if entry.stack.isEmpty { continue }
            guard let stack = all.first(where: { $0.name == entry.stack || $0.id == entry.stack }) else {
                report(
                    "adopt.noStack",
                    "There is no stack \(entry.stack) in account \(connection.account), \(connection.region).",
                    hint: "Take it out of the inventory, or scan again.", entry)
                continue
            }
            if let owner = taken[stack.id] ?? seen[stack.id] {
                report("adopt.taken", "The stack \(stack.name) is that of \(owner.title) already.", entry)
            }
            seen[stack.id] = target
            if stack.isMoving, let refusal = stack.refusal {
                report("adopt.busy", refusal.reason, hint: refusal.hint, entry)
            }
            stacks[target] = stack
            found.append(stack)
        }
        for service in inventory.services {
            var faults = [
                Name.fault(in: service.name, what: "The service's name"),
                Words.reserved(
                    service.name, "The service's name", among: ["pipeline", "environment", "instance"]),
            ].compactMap(\.self)
            if try engine.store.service(service.name) != nil { faults.append(Engine.taken("A service", service.name)) }
            findings += faults.map { fault in
                var fault = fault
                fault.place = service.place
                return fault
            }
        }
    }

    private mutating func report(_ finding: Finding, _ entry: Inventory.Entry) {
        var finding = finding
        finding.place = finding.place ?? entry.place
        findings.append(finding)
    }

    private mutating func report(
        _ code: Finding.Code, _ sentence: String, hint: String? = nil, _ entry: Inventory.Entry
    ) {
        report(Finding(code, sentence, hint: hint), entry)
    }

    // MARK: Comparing

    mutating func compare(_ file: (String) throws -> String) throws {
        for entry in inventory.environments {
            let text =
                try entry.specFile.isEmpty
                ? SpecDocument.environmentText(entry.spec ?? .object(Object()), over: nil) : file(entry.specFile)
            guard let document = self.read(text, entry.specFile, .environment) else { continue }
            try compare(.environment(entry.name), entry, entry.template, document, service: nil, environment: nil)
        }
        for service in inventory.services {
            let content = SpecContent(
                pipeline: service.pipeline.map { $0.spec ?? .object(Object()) },
                instances: service.instances.map {
                    SpecContent.Instance(
                        name: $0.name, environment: $0.environment, inputs: $0.spec ?? .object(Object()))
                })
            let text =
                try service.specFile.isEmpty
                ? SpecDocument.serviceText(content, over: nil) : file(service.specFile)
            guard let document = self.read(text, service.specFile, .service) else { continue }
            let made = Service(
                name: service.name, template: service.template, owner: service.owner, repository: service.repository,
                branch: service.branch, repositoryConnection: service.repositoryConnection, spec: text,
                createdAt: engine.clock())
            findings += RepositoryRule.faults(
                repository: service.repository, branch: service.branch, connection: service.repositoryConnection)
            services.append(made)
            do throws(PlanFaults) { try Engine.checkInstances(of: document) } catch { findings += error.findings }
            for entry in service.instances {
                try compare(
                    .instance(service: service.name, name: entry.name), entry, service.template, document,
                    service: made, environment: try environment(of: entry))
            }
            if let entry = service.pipeline {
                try compare(
                    .pipeline(service: service.name), entry, service.template, document, service: made,
                    environment: nil)
            }
        }
    }

    private mutating func read(_ text: String, _ name: String, _ kind: TemplateKind) -> SpecDocument? {
        let (document, faults) = SpecDocument.read(text, name: name.isEmpty ? "spec.yaml" : name, kind: kind)
        findings += faults
        return document
    }

    private mutating func environment(of entry: Inventory.Entry) throws -> TargetRecord? {
        let target = Target.environment(entry.environment)
        if let record = try records.first(where: { $0.record.target == target })?.record ?? engine.store.record(target)
        {
            guard record.connection == connection.name else {
                report(
                    "adopt.elsewhere",
                    "Environment \(entry.environment) of the workspace must be in \(connection.name) to have \(entry.name), but is in \(record.connection).",
                    hint: "Take the environment in too, under another name.", entry)
                return nil
            }
            return record
        }
        report(
            "environment.unknown",
            "Instance \(entry.name) must run in an environment of the inventory or the workspace, but \(entry.environment) is in neither.",
            entry)
        return nil
    }

    private mutating func compare(
        _ target: Target, _ entry: Inventory.Entry, _ template: String, _ document: SpecDocument, service: Service?,
        environment: TargetRecord?
    ) throws {
        guard let number = entry.version else { return }
        let version: TemplateVersion
        do throws(Refusal) {
            version = try engine.resolve(.exact(number), of: try engine.existingTemplate(template))
        } catch {
            for finding in error.findings { report(finding, entry) }
            return
        }
        let loaded = try engine.bundle(of: version)
        if version.isCustomerManaged || entry.stack.isEmpty {
            return try takeValues(target, entry, version, document, loaded)
        }
        guard let stack = stacks[target], let content = contents[stack.id] else { return }
        if let environment, target.kind == .instance,
            !version.runs(in: environment.template, major: environment.version.major)
        {
            return report(
                "environment.incompatible",
                "\(template) \(number) must run in an environment that suits it, but \(entry.environment) is one of \(environment.template):\(environment.version.major).",
                hint: "Name another version.", entry)
        }
        for fault in document.findings(of: target, in: loaded) { report(fault, entry) }
        if target.kind == .instance, environment == nil { return }
        let inputs = document.inputs(of: target)
        let filled = loaded.schemas[target.part]?.filled(inputs) ?? inputs
        var record = Engine.record(
            target, template: template, content, connection, environment: environment?.target.name ?? "")
        record.owner = service?.owner ?? entry.owner
        record.stage = environment?.stage ?? entry.stage
        record.desired = DesiredState(version: number, spec: document.text, revision: 1)
        record.applied?.version = number
        record.applied?.spec = document.text
        record.applied?.at = engine.clock()
        record.createdAt = engine.clock()
        do throws(PlanFaults) { try Engine.checkPlace(of: record, in: document) } catch {
            for finding in error.findings { report(finding, entry) }
            return
        }
        var wanted = Wanted(
            target: target, action: .adopt, version: version, record: record, spec: document.text, revision: 1,
            inputs: inputs, environment: environment, service: service, stage: record.stage,
            connection: connection.name)
        wanted.instances = views(of: target)
        let (matched, rendered, comparison) = try engine.match(wanted, filled, with: content.base(in: connection))
        let verdict = stack.refusal == nil ? matched : .unknown
        record.isUncertain = verdict == .unknown
        var plan = engine.adoptedPlan(wanted, filled, content, rendered, connection)
        plan.changes = rendered.located(comparison.changes)
        let cause = AdoptionCause.text(verdict, rendered, plan.changes, refusal: stack.refusal?.reason)
        if !cause.isEmpty { plan.findings.append(Finding("adopt.cause", .note, cause)) }
        plan.seal()
        plans.append(plan)
        records.append(
            StoredAdoption.Target(record: record, planDigest: plan.digest, resources: content.resources))
        targets.append(
            AdoptedTarget(
                target: target, stack: stack.name, template: template, version: number, verdict: verdict,
                changes: plan.changes, cause: cause, findings: rendered.findings))
    }

    /// Takes an environment in that consists of values alone.
    private mutating func takeValues(
        _ target: Target, _ entry: Inventory.Entry, _ version: TemplateVersion, _ document: SpecDocument,
        _ loaded: LoadedBundle
    ) throws {
        guard version.isCustomerManaged == entry.stack.isEmpty else {
            let rule =
                entry.stack.isEmpty
                ? "Environment \(entry.name) must have a stack, because \(version.template) \(version.number) is not customer-managed."
                : "Environment \(entry.name) must have no stack, because \(version.template) \(version.number) is customer-managed."
            return report(
                "adopt.stack", rule,
                hint: entry.stack.isEmpty ? "Name its stack." : "Leave stack out, and give the values under spec.",
                entry)
        }
        for fault in document.findings(of: target, in: loaded) { report(fault, entry) }
        let plan = try engine.planned(
            Wanted(
                target: target, action: .adopt, version: version, spec: document.text, revision: 1,
                inputs: document.inputs(of: target), stage: entry.stage, connection: connection.name)
        ).plan
        let applied = AppliedState(
            deployment: Deployment.ID(0), version: version.number, spec: document.text, revision: 1,
            outputs: plan.outputs.compactMap { move in move.new.map { Output(key: move.name, value: $0) } },
            at: engine.clock())
        let record = TargetRecord(
            target: target, template: version.template, owner: entry.owner, stage: entry.stage,
            connection: connection.name,
            desired: DesiredState(version: version.number, spec: document.text, revision: 1), applied: applied,
            createdAt: engine.clock())
        plans.append(plan)
        records.append(StoredAdoption.Target(record: record, planDigest: plan.digest, resources: []))
        targets.append(
            AdoptedTarget(
                target: target, stack: "", template: version.template, version: version.number, verdict: .clean))
    }

    /// What a pipeline sees of the instances that are taken in with it.
    private func views(of target: Target) -> [InstanceView] {
        guard case .pipeline(let service) = target else { return [] }
        return zip(records, plans).compactMap { adopted, plan in
            guard case .instance(service, let name) = adopted.record.target else { return nil }
            return InstanceView(
                name: name, inputs: plan.inputs, outputs: Engine.outputs(of: adopted.record),
                environment: records.first { $0.record.target == .environment(adopted.record.environment) }?.record)
        }
    }

    // MARK: Keeping

    func keep(why: String) throws {
        for plan in plans { _ = try engine.store.put(plan.blob) }
        try engine.store.adopt(
            StoredAdoption(
                title: "adopt \(found.count) stacks of \(connection.account), \(connection.region)",
                by: engine.actor.name, why: why, at: engine.clock(), connection: connection.name, services: services,
                targets: records))
    }
}
