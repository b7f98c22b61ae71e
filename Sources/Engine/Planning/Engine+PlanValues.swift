import Bundles
import Catalog
import Documents
import Provisioning
import Schemas
import Store

/// Environments that somebody else provisions: their values are their outputs.
extension Engine {
    func plannedValues(_ wanted: Wanted, in loaded: LoadedBundle) throws -> PlannedTarget {
        let schema = loaded.schemas[.environment]
        let filled = schema?.filled(wanted.inputs) ?? wanted.inputs
        let values = (schema?.inputs ?? []).compactMap { input in
            filled[input.name]?.string.map { Output(key: input.name, value: $0) }
        }
        let faults = schema?.validate(filled).filter { $0.severity == .error } ?? []
        let connection = try existingConnection(wanted.connection)
        var plan = Plan(
            target: wanted.target, action: wanted.action, template: wanted.version.template,
            version: wanted.version.number, fromVersion: wanted.record?.applied?.version, stage: wanted.stage,
            connection: wanted.connection, spec: wanted.spec, revision: wanted.revision, inputs: filled,
            previousInputs: try appliedPlan(of: wanted.record)?.inputs,
            checks: try leveled(
                schema.map { [Engine.inputCheck(faults, count: $0.inputs.count)] } ?? [], of: wanted.target),
            basis: (wanted.left ?? wanted.record)?.applied?.deployment,
            grounds: Engine.grounds(connection, wanted.record, bundle: wanted.version.digest, environment: nil),
            isSettling: wanted.record?.isUnsettled ?? false)
        plan.findings += Engine.moveFaults(wanted)
        plan.consist(of: values, over: wanted.record)
        plan.seal()
        let settled = plan.outputs.filter { !$0.isMoving }.map(\.name)
        return PlannedTarget(
            plan: plan, filled: filled, outputNames: values.map(\.key),
            statedOutputs: Dictionary(values.map { ($0.key, $0.value) }) { _, last in last },
            settledOutputs: Set(settled),
            knownOutputs: Set((wanted.record?.applied?.outputs ?? []).map(\.key)))
    }

    func isCustomerManaged(_ record: TargetRecord) throws -> Bool {
        guard record.target.kind == .environment else { return false }
        return try store.version(record.template, record.version)?.isCustomerManaged ?? false
    }
}

extension Plan {
    /// Makes it one of values alone, which no stack holds.
    mutating func consist(of values: [Output], over record: TargetRecord?) {
        provisioner = ValuesProvisioner.name
        stack = ""
        outputs = OutputMove.all(from: record?.applied?.outputs ?? [], to: values)
    }

    var isOfValues: Bool { provisioner == ValuesProvisioner.name }

    /// What its outputs are to be.
    var values: Object { Object(outputs.compactMap { move in move.new.map { (move.name, Value.string($0)) } }) }
}
