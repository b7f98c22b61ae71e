package import Catalog
import CloudFormation
import Documents
import Store

/// Where deployments are made to fail.
extension Engine {
    /// The resources of a plan's stack by their logical ids: those that it wants and those that are there.
    package func resourceNames(of plan: Plan) throws(Refusal) -> [String] {
        let there = try refusing { try store.resources(of: plan.target).map(\.logicalID) }
        guard let file = plan.files.first, plan.action != .destroy,
            let document = Document.read(Source(name: file.path, text: file.text), as: .cloudFormation).document
        else { return there }
        let wanted = CloudFormation.Template.read(document).template.resources.map(\.logicalID)
        return wanted + there.filter { !wanted.contains($0) }
    }

    /// Refuses a resource to fail at that no step of an order has.
    package func checkFailAt(_ name: String, in order: OrderPlan) throws(Refusal) {
        var names: [String] = []
        for plan in order.plans { names += try resourceNames(of: plan) }
        guard !names.contains(name), !order.plans.isEmpty else { return }
        let known = names.prefix(12).joined(separator: ", ")
        throw Refusal(
            "order.failAt", "The resource to fail at must be one of the order, but \(name) is none.",
            hint: Spelling.nearest(to: name, among: names).map { "Did you mean \($0)?" }
                ?? "Name one of \(known)\(names.count > 12 ? " and the others" : "").")
    }

    /// The resource to fail at, for the steps that have it; for all where none has, which then say so.
    func failure(_ failAt: String?, in plan: Plan, of deployment: Deployment) throws -> String? {
        guard let failAt, try !resourceNames(of: plan).contains(failAt) else { return failAt }
        let steps = try store.deployments(of: deployment.order).filter { $0.id != deployment.id }
        let isElsewhere = try steps.contains { step in
            try storedPlan(step).map { try resourceNames(of: $0).contains(failAt) } ?? false
        }
        return isElsewhere ? nil : failAt
    }
}
