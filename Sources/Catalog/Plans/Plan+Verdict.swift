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
                guard one.isWorse else { continue }
                if said.severity > plan.changes[index].kind.severity { plan.changes[index].kind = said }
                if let word = one.saidConsequence, word.severity > plan.changes[index].consequence.severity {
                    plan.changes[index].consequence = word
                    plan.changes[index].explanation = "The provider says so."
                }
            } else if var change = verdict.first(where: { $0.resource == one.resource }) {
                change.explanation = "The provider says so; the template does not show why."
                plan.changes.append(change)
            }
        }
        return plan
    }
}
