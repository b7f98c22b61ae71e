import Documents

extension Plan {
    /// The plan with the provider's word laid over it: where the two disagree, the worse counts, and it is told.
    package func verified(by verdict: [Change]) -> Plan {
        var plan = self
        plan.verdict = verdict
        let own = Dictionary(changes.map { ($0.resource, $0) }) { first, _ in first }
        for said in verdict {
            guard let index = plan.changes.firstIndex(where: { $0.resource == said.resource }) else {
                var change = said
                change.explanation = "The provider says so; the template does not show why."
                plan.changes.append(change)
                plan.findings.append(
                    Plan.disagreement(
                        "\(said.resource): \(said.kind.rawValue), says the provider; nothing, says the template."))
                continue
            }
            let mine = plan.changes[index].kind
            guard mine != said.kind, !(mine.isHarmless && said.kind.isHarmless) else { continue }
            plan.findings.append(
                Plan.disagreement(
                    "\(said.resource): \(said.kind.rawValue), says the provider; \(mine.rawValue), says the template."))
            if said.kind.weight > mine.weight { plan.changes[index].kind = said.kind }
        }
        let told = Set(verdict.map(\.resource))
        for change in own.values.sorted(by: { $0.resource < $1.resource })
        where !told.contains(change.resource) && change.kind != .metadata {
            plan.findings.append(
                Plan.disagreement(
                    "\(change.resource): nothing, says the provider; \(change.kind.rawValue), says the template."))
        }
        return plan
    }

    private static func disagreement(_ sentence: String) -> Finding { Finding("plan.disagreement", .note, sentence) }
}

extension Change.Kind {
    fileprivate var weight: Int {
        switch self {
        case .metadata: 0
        case .add, .update: 1
        case .unknown: 2
        case .mayReplace: 3
        case .replace, .remove: 4
        }
    }

    /// Of these, one for the other is no disagreement that matters.
    fileprivate var isHarmless: Bool { weight <= 1 && self != .add }
}
