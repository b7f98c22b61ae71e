/// Where a provider's word about a resource is not the plan's.
package struct Disagreement: Hashable, Sendable {
    package var resource: String
    package var type: String
    /// `nil` where the plan does not name the resource.
    package var planned: Change.Kind?
    /// `nil` where the provider would leave the resource as it is.
    package var said: Change.Kind?
    package var plannedConsequence: Change.Consequence?
    package var saidConsequence: Change.Consequence?

    /// What a plan does not name is let do what nobody notices.
    private static let unnamed = 1

    /// Whether the provider would do worse than was planned.
    package var isWorse: Bool {
        guard let said else { return false }
        // What was promised to be kept must not be lost.
        if saidConsequence == .dataLoss, plannedConsequence == .detached || plannedConsequence == .snapshot {
            return true
        }
        return said.severity > (planned?.severity ?? Disagreement.unnamed)
    }

    /// - Parameter provider: As people call it, such as `CloudFormation`.
    package func sentence(_ provider: String) -> String {
        let loss = isWorse && saidConsequence == .dataLoss ? " with its data" : ""
        let said = said.map { "is \($0.past)\(loss)" } ?? "stays as it is"
        let plan = planned.map { "says \($0.past)" } ?? "does not name it"
        return "\(resource) \(said), says \(provider); the plan \(plan)."
    }

    /// All of them: those of the provider's word in its order, then what it leaves as it is.
    package static func all(planned: [Change], said: [Change]) -> [Disagreement] {
        let plans = Dictionary(planned.map { ($0.resource, $0) }) { first, _ in first }
        let told = Set(said.map(\.resource))
        let differing = said.map { word in
            let plan = plans[word.resource]
            return Disagreement(
                resource: word.resource, type: word.type, planned: plan?.kind, said: word.kind,
                plannedConsequence: plan?.consequence, saidConsequence: word.consequence)
        }.filter { $0.planned != $0.said || $0.isWorse }
        // Tags and policies are no change to a provider's mind.
        let silent = planned.filter { !told.contains($0.resource) && $0.kind != .metadata }.map {
            Disagreement(resource: $0.resource, type: $0.type, planned: $0.kind, said: nil)
        }
        return differing + silent
    }
}

extension Change.Consequence {
    /// Severe ones are greater; the cases stand in that order.
    var severity: Int { -(Change.Consequence.allCases.firstIndex(of: self) ?? 0) }
}

extension Change.Kind {
    /// How bad a change may be.
    var severity: Int {
        switch self {
        case .add, .metadata, .update: 0
        case .unknown: 1
        case .mayReplace: 2
        case .replace, .remove: 3
        }
    }

    /// As a sentence goes on behind "is".
    package var past: String {
        switch self {
        case .add: "added"
        case .update: "updated"
        case .mayReplace: "possibly replaced"
        case .replace: "replaced"
        case .remove: "removed"
        case .metadata: "changed in its metadata alone"
        case .unknown: "changed in a way not known"
        }
    }
}
