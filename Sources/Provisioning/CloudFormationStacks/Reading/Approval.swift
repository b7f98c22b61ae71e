internal import Catalog

/// A provider's verdict laid over what was approved.
struct Approval: Sendable {
    /// What must not be done; `nil` where nothing is worse than approved.
    private(set) var refusal: Failure?
    /// Sentences about what is told otherwise and does no harm.
    private(set) var remarks: [String] = []

    /// How bad a change may be; a resource that is not named in a plan is let do what nobody notices.
    private static let ranks: [Change.Kind: Int] = [
        .add: 0, .metadata: 0, .update: 0, .unknown: 1, .mayReplace: 2, .replace: 3, .remove: 3,
    ]

    private static let words: [Change.Kind: String] = [
        .add: "added", .update: "updated", .mayReplace: "possibly replaced", .replace: "replaced",
        .remove: "removed", .metadata: "changed in its metadata alone", .unknown: "changed in a way not known",
    ]

    init(expected: [Change], verdict: [Change]) {
        let approved = Dictionary(expected.map { ($0.resource, $0) }) { first, _ in first }
        for change in verdict {
            let said = Self.words[change.kind] ?? change.kind.rawValue
            guard let plan = approved[change.resource] else {
                if Self.rank(change) > 1 {
                    refuse(change, "is not in the approved plan at all", said)
                } else if !expected.isEmpty {
                    remarks.append("\(change.resource) is \(said), says CloudFormation; the plan does not name it.")
                }
                continue
            }
            let word = Self.words[plan.kind] ?? plan.kind.rawValue
            if Self.rank(change) > Self.rank(plan) {
                refuse(change, "was approved to be \(word)", said)
            } else if change.kind != plan.kind {
                remarks.append("\(change.resource) is \(said), says CloudFormation; the plan says \(word).")
            }
        }
        let told = Set(verdict.map(\.resource))
        for plan in expected where !told.contains(plan.resource) && plan.kind != .metadata {
            let word = Self.words[plan.kind] ?? plan.kind.rawValue
            remarks.append("\(plan.resource) stays as it is, says CloudFormation; the plan says \(word).")
        }
    }

    private static func rank(_ change: Change) -> Int { ranks[change.kind] ?? 1 }

    private mutating func refuse(_ change: Change, _ approved: String, _ said: String) {
        guard refusal == nil else { return }
        refusal = Failure(
            resource: change.resource, type: change.type,
            reason: "\(change.resource) \(approved), but CloudFormation says that it would be \(said).",
            hint: "Plan again with --verify, and approve what it says.")
    }
}
