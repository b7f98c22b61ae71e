import Documents

extension Plan {
    /// The plan with the provider's word laid over it: where the two disagree, the worse counts, and it is told.
    package func verified(by verdict: [Change]) -> Plan {
        var plan = self
        plan.verdict = verdict
        for one in Disagreement.all(planned: changes, said: verdict) {
            plan.findings.append(Finding("plan.disagreement", .note, one.sentence("the provider")))
            guard let said = one.said else { continue }
            if let index = plan.changes.firstIndex(where: { $0.resource == one.resource }) {
                if one.isWorse { plan.changes[index].kind = said }
            } else if var change = verdict.first(where: { $0.resource == one.resource }) {
                change.explanation = "The provider says so; the template does not show why."
                plan.changes.append(change)
            }
        }
        return plan
    }
}
