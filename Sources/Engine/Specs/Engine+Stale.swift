import Bundles
import Catalog
import Documents
import Store

/// What is told to whoever made a change from something that has moved on meanwhile.
extension Engine {
    func stale(_ service: Service, base: Int) throws -> Finding {
        let conflict = RevisionConflict(
            subject: "Service \(service.name)", base: base, current: service.revision,
            baseSpec: try store.spec(ofService: service.name, revision: base), currentSpec: service.spec)
        return Engine.stale(conflict, kind: .service)
    }

    func stale(_ record: TargetRecord, base: Int) throws -> Finding {
        let conflict = RevisionConflict(
            subject: record.target.title, base: base, current: record.desired.revision,
            baseSpec: try store.spec(of: record.target, revision: base), currentSpec: record.desired.spec)
        return Engine.stale(conflict, kind: record.target.kind == .environment ? .environment : .service)
    }

    /// The sentence, and beneath it what differs between the two specs.
    static func stale(_ conflict: RevisionConflict, kind: TemplateKind) -> Finding {
        guard conflict.base <= conflict.current else {
            return Finding(
                "spec.future",
                "\(conflict.subject) is at revision \(conflict.current); there is no revision \(conflict.base) yet.",
                hint: "Give the revision that the change was made from.")
        }
        var finding = Finding(
            "spec.stale",
            "\(conflict.subject) has changed meanwhile: your change was made from revision \(conflict.base), it is at \(conflict.current).",
            hint: "Look at what is there now, and make the change again."
        )
        let old = conflict.baseSpec.flatMap { SpecDocument.read($0, name: "spec.yaml", kind: kind).document }
        let new = SpecDocument.read(conflict.currentSpec, name: "spec.yaml", kind: kind).document
        guard let old, let new else { return finding }
        finding.causes = SpecDifference.notes(
            from: old.spec.value, to: new.spec.value, was: "in revision \(conflict.base)",
            isNow: "in revision \(conflict.current)")
        return finding
    }

    /// Why an order that was reviewed is not what would be done now: the targets that others have changed, with how.
    func changedMeanwhile(_ old: OrderPlan, _ new: OrderPlan) throws(Refusal) -> [Finding] {
        try refusing {
            try old.plans.compactMap { plan in
                guard let record = try store.record(plan.target), record.desired.revision != plan.revision - 1 else {
                    return nil
                }
                return try stale(record, base: plan.revision - 1)
            }
        }
    }
}
