import Catalog
import Documents
import Store

extension Engine {
    /// Several targets' new versions or inputs as one order.
    ///
    /// A fault names its target: whoever asked for many sees which of them has to be done alone.
    func planUpdates(_ updates: [TargetUpdate], _ request: OrderRequest) throws -> OrderPlan {
        var findings = Engine.repeated(updates.map(\.target))
        guard findings.isEmpty else { throw PlanFaults(findings) }
        let steps = try updates.map { update in
            (update: update, stage: try update.stage ?? existingRecord(update.target).stage)
        }
        let order = steps.enumerated().sorted { left, right in
            (left.element.update.target.kind.step, left.element.stage.step, left.offset)
                < (right.element.update.target.kind.step, right.element.stage.step, right.offset)
        }
        var batch = UpdateBatch()
        var plans: [Plan] = []
        for update in order.map(\.element.update) {
            do {
                let (planned, faults) = try plannedUpdate(update, beside: batch)
                findings += faults.map { Engine.naming(update.target, $0, among: updates.count) }
                plans.append(planned.plan)
                try note(planned, in: &batch)
            } catch let faults as PlanFaults {
                findings += faults.findings.map { Engine.naming(update.target, $0, among: updates.count) }
            } catch let refusal as Refusal {
                findings += refusal.findings.map { Engine.naming(update.target, $0, among: updates.count) }
            }
        }
        return OrderPlan(request: request, plans: plans, findings: findings)
    }

    func note(_ planned: PlannedTarget, in batch: inout UpdateBatch) throws {
        switch planned.plan.target {
        case .environment(let name): batch.environments[name] = planned
        case .instance(let service, let name):
            let record = try store.record(planned.plan.target)
            let environment = try record.flatMap { try store.record(.environment($0.environment)) }
            batch.views[service, default: [:]][name] = view(of: planned, record: record, environment: environment)
        case .pipeline, .component: break
        }
    }

    private static func repeated(_ targets: [Target]) -> [Finding] {
        var seen: Set<Target> = []
        var named: Set<Target> = []
        return targets.compactMap { target in
            guard !seen.insert(target).inserted, named.insert(target).inserted else { return nil }
            return Finding(
                "order.repeated", "\(target.title) must have one new version, but several were asked for.",
                hint: "Choose one of them.")
        }
    }

    private static func naming(_ target: Target, _ finding: Finding, among count: Int) -> Finding {
        guard count > 1 else { return finding }
        var finding = finding
        if !finding.message.contains(target.title) { finding.message = "\(target.title): \(finding.message)" }
        if finding.severity == .error, finding.code != UpdateBatch.outputsMove {
            finding.hint = "Update \(target.title) alone."
        }
        finding.place = nil
        return finding
    }
}

/// What the earlier steps of an order of many updates leave behind.
struct UpdateBatch {
    static let outputsMove: Finding.Code = "order.outputsMove"

    var environments: [String: PlannedTarget] = [:]
    /// By service, then by instance.
    var views: [String: [String: InstanceView]] = [:]
    /// The instances that are destroyed.
    var gone: Set<Target> = []

    /// What a pipeline sees of its service's instances once these steps have run.
    func seen(_ applied: [InstanceView], of service: String) -> [InstanceView] {
        applied.filter { !gone.contains(.instance(service: service, name: $0.name)) }
            .map { views[service]?[$0.name] ?? $0 }
    }

    /// An instance is rendered with its environment's outputs as they are: none of them may move in the same order.
    func faults(of record: TargetRecord) -> [Finding] {
        guard record.target.kind == .instance, let environment = environments[record.environment] else { return [] }
        let moving = environment.outputNames.filter { name in
            !environment.settledOutputs.contains(name) && environment.knownOutputs.contains(name)
        }
        guard !moving.isEmpty else { return [] }
        return [
            Finding(
                UpdateBatch.outputsMove,
                "\(record.target.title) must be updated after \(record.environment), whose outputs may change (\(moving.joined(separator: ", "))).",
                hint: "Update \(record.environment) first.")
        ]
    }
}

extension Target.Kind {
    /// Which kinds go first: what others build on.
    fileprivate var step: Int {
        switch self {
        case .environment: 0
        case .component: 1
        case .instance: 2
        case .pipeline: 3
        }
    }
}

extension Stage {
    fileprivate var step: Int {
        switch self {
        case .test: 0
        case .production: 1
        }
    }
}
