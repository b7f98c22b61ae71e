import Bundles
import Catalog
import Documents
import Store

extension Engine {
    /// An environment's way from the rehearsal to where a connection goes, and behind it that of each component and
    /// instance that is still local: also of those that an earlier move has left behind.
    func planMove(_ move: EnvironmentMove, _ request: OrderRequest) throws -> OrderPlan {
        let record = try existingRecord(.environment(move.name))
        let connection = try existingConnection(move.connection)
        if let refusal = try refusal(of: record, to: connection) { throw PlanFaults([refusal]) }
        guard !connection.isLocal else { return OrderPlan(request: request, plans: []) }
        let local = try store.records(RecordQuery(environment: move.name)).filter {
            $0.connection == Connection.local.name
        }
        let components = try inOrderOfLinks(local.filter { $0.target.kind == .component })
        let instances = try inOrderOfLinks(local.filter { $0.target.kind == .instance })
        let isThere = record.connection == connection.name
        var findings = try linkFindings(of: (isThere ? [] : [record]) + components + instances, to: connection)
        var plans: [Plan] = []
        var environment = (record: record, awaited: [UnknownOutput]?.none)
        if !isThere {
            guard let planned = try plannedMove(of: record, to: connection, &findings) else {
                throw PlanFaults(findings)
            }
            plans.append(planned.plan)
            environment = madeByMove(record, planned, connection, as: record.target.name)
        }
        var made: [Target: (record: TargetRecord, awaited: [UnknownOutput]?)] = [:]
        for component in components {
            let planned = try plannedMove(
                ofComponent: component, to: connection, in: environment.record, awaiting: environment.awaited, &findings
            )
            plans.append(planned.plan)
            guard let instance = planned.plan.attachment else { continue }
            made[instance] = madeByMove(
                component, planned, connection, as: component.target.id.replacing("/", with: "-"))
        }
        for instance in instances {
            let planned = try plannedMove(
                of: instance, to: connection, in: environment.record, awaiting: environment.awaited,
                with: made[instance.target], &findings)
            if let planned { plans.append(planned.plan) }
        }
        findings += try pipelineRemarks(instances)
        return OrderPlan(request: request, plans: plans, findings: Engine.inOrder(findings))
    }

    /// Why an environment does not go there; `nil` where it may, or is there.
    private func refusal(of record: TargetRecord, to connection: Connection) throws -> Finding? {
        let (name, home) = (record.target.name, record.connection)
        guard home != Connection.local.name, home != connection.name else { return nil }
        let there = try existingConnection(home)
        let place = "\(home) (account \(there.account), \(there.region))"
        if connection.isLocal {
            return Finding(
                "move.toLocal", "\(name) must stay in \(place): what is there exists, and local creates nothing.",
                hint: "Rehearse in another environment: baryon environment create NAME --template \(record.template)")
        }
        return Finding(
            "move.notLocal",
            "Only what is local can be moved, but \(name) is in \(place): its resources and their data stay there.",
            hint: "Order another environment in \(connection.name), add instances in it, and remove these later; "
                + "or take in what runs there: baryon adopt scan --connection \(connection.name)")
    }

    /// One target's step: made from nothing, of what is asked for now. `nil` where its version must not be used.
    private func plannedMove(
        of record: TargetRecord, to connection: Connection, in environment: TargetRecord? = nil,
        awaiting awaited: [UnknownOutput]? = nil,
        with component: (record: TargetRecord, awaited: [UnknownOutput]?)? = nil, _ findings: inout [Finding]
    ) throws -> PlannedTarget? {
        let kind: TemplateKind = record.target.kind == .environment ? .environment : .service
        var own: [Finding] = []
        let version = try version(
            of: record.template, kind: kind, .exact(record.desired.version), running: record.version, &own)
        guard let version else {
            findings += own.map { Engine.told($0, of: record.target) }
            return nil
        }
        let document = try read(record.desired.spec, kind: kind)
        own += document.findings(of: record.target, in: try bundle(of: version), tellsUnknown: false)
        if let environment, awaited != nil {
            own += [Engine.incompatible(version, in: environment, at: environment.version)].compactMap(\.self)
        } else if let environment {
            _ = try self.environment(named: environment.target.name, for: version, &own)
        }
        findings += own.map { Engine.told($0, of: record.target) }
        var wanted = try wantedMove(
            of: record, to: connection, version, document, in: environment, awaited)
        wanted.isIncomplete = findings.hasErrors
        // What a component gave to the rehearsal says nothing about where it goes.
        if try joined(to: record.target)?.connection != connection.name {
            wanted.seesStoredComponent = false
            wanted.component = component?.record
            wanted.componentUnknowns = component?.awaited ?? []
        }
        return try planned(wanted)
    }

    private func plannedMove(
        ofComponent record: TargetRecord, to connection: Connection, in environment: TargetRecord,
        awaiting awaited: [UnknownOutput]?, _ findings: inout [Finding]
    ) throws -> PlannedTarget {
        var own = [Engine.roleFault(connection)].compactMap(\.self)
        if awaited == nil { _ = try self.environment(named: environment.target.name, for: nil, &own) }
        findings += own.map { Engine.told($0, of: record.target) }
        var wanted = try wantedMove(ofComponent: record, to: connection, in: environment, awaited)
        wanted.isIncomplete = findings.hasErrors
        return try planned(wanted)
    }

    func wantedMove(
        ofComponent record: TargetRecord, to connection: Connection, in environment: TargetRecord,
        _ awaited: [UnknownOutput]? = nil
    ) throws -> Wanted {
        var there = record
        there.connection = connection.name
        there.applied = nil
        var wanted = Wanted(
            target: record.target, action: .move, version: try componentVersion(record.desired.version, of: record),
            record: there, left: record, spec: record.desired.spec, revision: record.desired.revision + 1,
            inputs: .object(Object()), environment: environment, stage: record.stage, connection: connection.name,
            awaited: awaited)
        try attach(componentSpec(record.desired.spec, of: record.target).attachment, to: &wanted)
        return wanted
    }

    /// What a target is to become where it goes: nothing of it is there yet.
    func wantedMove(
        of record: TargetRecord, to connection: Connection, _ version: TemplateVersion, _ document: SpecDocument,
        in environment: TargetRecord?, _ awaited: [UnknownOutput]? = nil
    ) throws -> Wanted {
        var there = record
        there.connection = connection.name
        there.applied = nil
        return Wanted(
            target: record.target, action: .move, version: version, record: there, left: record,
            spec: record.desired.spec, revision: record.desired.revision + 1,
            inputs: document.inputs(of: record.target), environment: environment,
            service: try record.target.service.flatMap { try store.service($0) }, stage: record.stage,
            connection: connection.name, awaited: awaited)
    }

    /// An environment or a component as instances will find it: what only a provider can tell has a stand-in.
    private func madeByMove(
        _ record: TargetRecord, _ planned: PlannedTarget, _ connection: Connection, as name: String
    ) -> (record: TargetRecord, awaited: [UnknownOutput]?) {
        let unknowns = planned.outputNames.filter { planned.statedOutputs[$0] == nil }.map {
            UnknownOutput(source: name, output: $0)
        }
        var there = record
        there.connection = connection.name
        there.applied = AppliedState(
            deployment: Deployment.ID(0), version: planned.plan.version, spec: planned.plan.spec,
            revision: planned.plan.revision,
            outputs: planned.outputNames.map { output in
                Output(
                    key: output,
                    value: planned.statedOutputs[output] ?? UnknownOutput(source: name, output: output).token)
            }, at: clock())
        return (there, unknowns)
    }

    /// A finding of one of several targets says which.
    private static func told(_ finding: Finding, of target: Target) -> Finding {
        var finding = finding
        if !finding.message.contains(target.title) { finding.message = "\(target.title): \(finding.message)" }
        finding.place = nil
        return finding
    }
}
