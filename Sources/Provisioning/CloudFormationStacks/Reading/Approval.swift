internal import Catalog

/// A provider's verdict laid over what was approved.
struct Approval: Sendable {
    /// What must not be done; `nil` where nothing is worse than approved.
    let refusal: Failure?
    /// Sentences about what is told otherwise and does no harm.
    let remarks: [String]

    init(expected: [Change], verdict: [Change]) {
        let all = Disagreement.all(planned: expected, said: verdict)
        refusal = all.first(where: \.isWorse).map { worse in
            let approved = worse.planned.map { "was approved to be \($0.past)" } ?? "is not in the approved plan at all"
            return Failure(
                resource: worse.resource, type: worse.type,
                reason:
                    "\(worse.resource) \(approved), but CloudFormation says that it would be \(worse.said?.past ?? "")\(Self.loss(worse)).",
                hint: "Plan again with --verify, and approve what it says.")
        }
        // Without a plan there is nothing to differ from.
        remarks = expected.isEmpty ? [] : all.filter { !$0.isWorse }.map { $0.sentence("CloudFormation") }
    }

    private static func loss(_ worse: Disagreement) -> String {
        worse.planned == worse.said && worse.saidConsequence == .dataLoss ? " with its data" : ""
    }
}
