package import Catalog
package import Documents

/// An input that a deployment gave another value.
package struct ChangedInput: Hashable, Sendable {
    package var name: String
    /// `nil` where there was none, or is none any more.
    package var old: Value?
    package var new: Value?
}

extension Engine {
    /// What a deployment changed of what was applied before it, by its plan; empty where that is not kept, or where
    /// nothing was applied.
    package func changedInputs(by deployment: Deployment) throws(Refusal) -> [ChangedInput] {
        guard deployment.action == .update, let plan = try refusing({ try storedPlan(deployment) }),
            let previous = plan.previousInputs?.object
        else { return [] }
        let inputs = plan.inputs.object ?? Object()
        return inputs.filter { previous[$0.key] != $0.value }.map {
            ChangedInput(name: $0.key, old: previous[$0.key], new: $0.value)
        } + previous.filter { inputs[$0.key] == nil }.map { ChangedInput(name: $0.key, old: $0.value, new: nil) }
    }
}
