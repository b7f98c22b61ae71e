import Catalog
import Documents
import Store

extension Engine {
    /// A stack that was taken in, compared once more with what its version renders from its inputs; asks nobody outside.
    package func look(at adopted: AdoptedTarget) throws(Refusal) -> ScannedStack {
        let given = try inputs(of: adopted.target).given
        return try refusing {
            let record = try existingRecord(adopted.target)
            guard let applied = try appliedPlan(of: record) else {
                throw Refusal("adopt.gone", "\(adopted.target.title) must be as it was taken in, but is not any more.")
            }
            let version = try resolve(.exact(adopted.version), of: try existingTemplate(adopted.template))
            let service = try adopted.target.service.flatMap { try store.service($0) }
            var wanted = Wanted(
                target: adopted.target, action: .adopt, version: version, record: record, spec: applied.spec,
                revision: applied.revision, inputs: applied.inputs,
                environment: adopted.target.kind == .instance
                    ? try store.record(.environment(record.environment)) : nil,
                service: service, stage: record.stage, connection: record.connection)
            if let service, adopted.target.kind == .pipeline { wanted.instances = try instanceViews(of: service) }
            let place = StackPlace(try existingConnection(record.connection), adopted.stack)
            let base = StackBase(applied.files.first, recorded: try store.resources(of: adopted.target), at: place)
            let (_, rendered, comparison) = try match(wanted, applied.inputs, with: base)
            var stack = ScannedStack(
                target: adopted.target, stack: adopted.stack, template: adopted.template, version: adopted.version,
                environment: record.environment, verdict: adopted.verdict,
                inputs: AdoptedInput.all(
                    applied.inputs, given: given, schema: try bundle(of: version).schemas[adopted.target.part]),
                changes: rendered.located(comparison.changes), cause: adopted.cause)
            stack.texts = ScannedStack.Texts(
                rendered: rendered.files.first, template: rendered.original, stack: applied.files.first)
            return stack
        }
    }
}
