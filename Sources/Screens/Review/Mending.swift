import Catalog
import Documents
import Engine
import Schemas
import Terminal

/// The form in which what an order asks for, or what made a deployment fail, can be put right.
enum Mending {
    /// Whose inputs an order carries; `nil` where there is none, as for a destruction.
    static func target(of request: OrderRequest, _ plan: OrderPlan?) -> Target? {
        switch request {
        case .updateEnvironment(let update), .updateInstance(let update), .updatePipeline(let update):
            return update.target
        case .retry: return plan?.plans.first { $0.action != .destroy }?.target
        case .rollback(let rollback): return rollback.target
        case .moveEnvironment(let move): return .environment(move.name)
        case .createEnvironment, .createService, .updateService, .updateMany, .destroy, .createComponent,
            .updateComponent:
            return nil
        }
    }

    /// Opens the form of an order that came from no form, at the input that is at fault.
    static func opening(_ request: OrderRequest, _ plan: OrderPlan?, _ desk: Desk) -> [Action] {
        guard let target = target(of: request, plan) else { return [] }
        let step = plan?.plans.first { $0.target == target }
        var input = step.flatMap(Mending.input)
        if input == nil, case .retry(let id) = request, let detail = try? desk.engine.deployment(id) {
            input = Mending.input(of: detail.deployment, detail.plan)
        }
        return focused(actions(target, step, desk), input)
    }

    /// Opens the form of a deployment's target at the input that made it fail, where that is known.
    static func opening(_ deployment: Deployment, _ plan: Plan?, _ desk: Desk) -> [Action] {
        focused(FormPage.editing(deployment.target, desk), input(of: deployment, plan))
    }

    /// A move to another version has its own form, with what becomes of each answer.
    private static func actions(_ target: Target, _ step: Plan?, _ desk: Desk) -> [Action] {
        guard let step, let from = step.fromVersion, from != step.version else {
            return FormPage.editing(target, desk)
        }
        return FormPage.upgrading(target, to: step.version, desk)
    }

    // MARK: The input at fault

    /// The input that a plan's findings are about.
    private static func input(_ plan: Plan) -> [String]? {
        plan.findings.lazy.filter { $0.severity == .error }.compactMap { $0.focus ?? $0.pointer }.first?.steps
    }

    /// The input that moved the resource which failed; where nobody knows, the one that the reason speaks of.
    private static func input(of deployment: Deployment, _ plan: Plan?) -> [String]? {
        guard let plan, let failure = deployment.failure, !failure.resource.isEmpty else { return nil }
        let causes = plan.changes.first { $0.resource == failure.resource }?.causes ?? []
        let cause = causes.first { $0.forcesReplacement && $0.input != nil } ?? causes.first { $0.input != nil }
        if let input = cause?.input { return input.split(separator: ".").map(String.init) }
        let all = (plan.inputs.object ?? Object()).map(\.key)
        let changed = all.filter { plan.previousInputs != nil && plan.inputs[$0] != plan.previousInputs?[$0] }
        let names = changed.isEmpty ? all : changed
        if changed.count == 1 { return changed }
        let properties = Set(causes.map { letters($0.property.split(separator: "/").last ?? "") })
        let reason = failure.reason.lowercased()
        let found =
            names.first { properties.contains(letters($0)) }
            ?? names.first { reason.contains($0.lowercased().replacing("_", with: " ")) }
        return found.map { [$0] }
    }

    private static func letters(_ text: some StringProtocol) -> String {
        text.lowercased().filter(\.isLetter)
    }

    private static func focused(_ actions: [Action], _ input: [String]?) -> [Action] {
        guard let input, !input.isEmpty else { return actions }
        return actions.map { action in
            guard case .open(let page) = action, var form = page as? FormPage else { return action }
            let spot = form.model.spots.first { spot in
                let steps = form.model[spot].field.pointer.steps
                return !steps.isEmpty && (input.ends(with: steps) || input.starts(with: steps))
            }
            if let spot { form.model.move(to: spot) }
            return .open(form)
        }
    }
}

extension [String] {
    fileprivate func ends(with other: [String]) -> Bool {
        count >= other.count && suffix(other.count).elementsEqual(other)
    }
}
