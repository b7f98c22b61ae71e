import Bundles
import Catalog
import Documents
import Schemas
import Store

extension Engine {
    func planCreation(of order: ServiceOrder, _ request: OrderRequest) throws -> OrderPlan {
        var findings = [Name.fault(in: order.name, what: "The service's name")].compactMap(\.self)
        findings += [
            Words.reserved(order.name, "The service's name", among: ["pipeline", "environment", "instance"])
        ].compactMap(\.self)
        if try store.service(order.name) != nil { findings.append(Engine.taken("A service", order.name)) }
        let version = try version(of: order.template, kind: .service, order.version, &findings)
        findings += RepositoryRule.faults(
            repository: order.repository, branch: order.branch, connection: order.repositoryConnection)
        guard let version, !findings.hasErrors else { throw PlanFaults(findings) }
        let document = try read(order.spec, kind: .service)
        try Engine.checkInstances(of: document)
        let service = Service(
            name: order.name, template: order.template, owner: order.owner, repository: order.repository,
            branch: order.branch, repositoryConnection: order.repositoryConnection, spec: order.spec,
            createdAt: now()
        )
        var sequence = ServiceSequence(service: service, version: version, spec: order.spec, revision: 1)
        sequence.isWritten = true
        sequence.findings = findings + document.faults
        for instance in document.instances { try add(instance, to: &sequence, document) }
        if version.hasPipeline {
            sequence.findings += RepositoryRule.lacks(of: service)
            try addPipeline(document.pipeline, record: nil, to: &sequence, document)
        }
        return OrderPlan(request: request, plans: sequence.plans, findings: Engine.inOrder(sequence.findings))
    }

    /// A service's whole spec: instances are added, changed and destroyed as one order, the pipeline comes last.
    func planService(_ update: ServiceUpdate, _ request: OrderRequest) throws -> OrderPlan {
        let current = try existingService(update.name)
        if let base = update.baseRevision, base != current.revision {
            throw PlanFaults([try stale(current, base: base)])
        }
        var service = current
        service.owner = update.owner ?? current.owner
        service.repository = update.repository ?? current.repository
        service.branch = update.branch ?? current.branch
        service.repositoryConnection = update.repositoryConnection ?? current.repositoryConnection
        service.spec = try update.spec ?? effectiveSpec(of: current)
        service.revision = current.revision + 1
        let document = try resolved(
            try read(service.spec, kind: .service), against: try effectiveSpec(of: current))
        try Engine.checkInstances(of: document)
        service.spec = document.text
        guard let version = try store.version(service.template, try newInstanceVersion(of: service)) else {
            throw PlanFaults("version.unknown", "Template \(service.template) has no version for new instances.")
        }
        var sequence = ServiceSequence(
            service: service, version: version, spec: service.spec, revision: service.revision)
        sequence.isWritten = update.spec != nil
        sequence.findings =
            (update.spec == nil ? [] : document.faults)
            + RepositoryRule.faults(
                repository: update.repository, branch: update.branch, connection: update.repositoryConnection)
        let records = try store.records(RecordQuery(service: update.name))
        let removed = try removals(from: records, document, allowed: update.remove, &sequence.findings)
        for instance in document.instances {
            let record = records.first { $0.target == .instance(service: update.name, name: instance.name) }
            try add(instance, record: record, to: &sequence, document)
        }
        for record in removed { sequence.plans.append(try removal(of: record)) }
        let pipeline = records.first { $0.target.kind == .pipeline }
        if pipeline != nil || version.hasPipeline {
            try addPipeline(document.pipeline, record: pipeline, to: &sequence, document)
        }
        // What stays exactly as it is has no step, so that nothing is deployed for nothing.
        sequence.plans.removeAll(where: \.isIdle)
        return OrderPlan(request: request, plans: sequence.plans, findings: Engine.inOrder(sequence.findings))
    }

    /// Instances that the spec leaves out; each has to be named, because leaving out is a destruction.
    private func removals(
        from records: [TargetRecord], _ document: SpecDocument, allowed: [String], _ findings: inout [Finding]
    ) throws -> [TargetRecord] {
        let wanted = Set(document.instances.map(\.name))
        let left = records.filter { $0.target.kind == .instance && !wanted.contains($0.target.name) }
        for record in left where !allowed.contains(record.target.name) {
            findings.append(
                Finding(
                    "service.removal",
                    "The spec leaves out instance \(record.target.title), which would destroy it.",
                    hint: "Put it back into the spec, or say so with --remove \(record.target.name)."
                )
            )
        }
        do { try refuseAttached(to: left) } catch let faults as PlanFaults { findings += faults.findings }
        for name in allowed where wanted.contains(name) {
            findings.append(
                Finding(
                    "service.removal", "Instance \(name) is to be removed, but the spec still has it.",
                    hint: "Take it out of the spec, or out of --remove."
                )
            )
        }
        return left
    }
}

/// The steps of a service's order as they come together.
struct ServiceSequence {
    var service: Service
    /// For new instances and a new pipeline.
    var version: TemplateVersion
    var spec: String
    var revision: Int
    var plans: [Plan] = []
    var views: [InstanceView] = []
    var findings: [Finding] = []
    /// Whether somebody has just written the spec: what nothing reads of it is told then.
    var isWritten = false
}
