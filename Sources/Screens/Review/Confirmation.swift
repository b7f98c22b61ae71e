import Catalog
import Engine
import Terminal

/// The question before an order is submitted.
///
/// Destruction, loss of data, production and more than ten targets are confirmed by typing; the rest by a key that is not `D`.
enum Confirmation {
    static func question(for plan: OrderPlan, why: String) -> Question {
        let submit: [Action] = [.answer(Submit(plan: plan, why: why))]
        var lines = [
            Line(
                "\(Words.count(plan.plans.count, "step")), \(Words.count(plan.changes.count, "resource change")).")
        ]
        let destroyed = plan.plans.filter { $0.action == .destroy }
        if !destroyed.isEmpty {
            lines.append(Line("Destroyed for good:", .fail))
            for step in destroyed {
                let resources = step.changes.map(\.resource)
                lines.append(Line(untrusted: "  \(step.target.title)", .header))
                lines.append(
                    Line(
                        untrusted: "    " + (resources.isEmpty ? "no resources" : resources.joined(separator: ", ")),
                        .dim))
            }
            let losses = destroyed.flatMap(\.changes).filter { $0.consequence == .dataLoss }.map(\.resource)
            if !losses.isEmpty {
                lines.append(Line(untrusted: "Data is lost with \(losses.joined(separator: ", ")).", .fail))
            }
            let name = name(of: plan.request, destroyed.map(\.target))
            return Question("Destroy \(SafeText(untrusted: name))?", lines, typing: name, then: submit)
        }
        let losing = plan.plans.filter { $0.changes.contains { $0.consequence == .dataLoss } }
        if !losing.isEmpty { return loss(plan, losing, lines, then: submit) }
        let production = plan.plans.filter { $0.stage == .production }
        if !production.isEmpty {
            lines.append(Line("This goes to production.", .warn))
            lines += production.map { Line(untrusted: "  \($0.target.title)", .dim) }
            return Question(
                "Deploy to production?", lines, typing: name(of: plan.request, production.map(\.target)), then: submit)
        }
        if plan.plans.count > 10 {
            return Question("Deploy \(plan.plans.count) targets?", lines, typing: "\(plan.plans.count)", then: submit)
        }
        lines += plan.plans.map { Line(untrusted: "  \($0.action.rawValue) \($0.target.title)", .dim) }
        return Question("Deploy?", lines, choices: [.init("y", "deploy", submit), .init("n", "not yet", [])])
    }

    /// Data that is lost is named, and the target's name is typed, whatever the stage and the act are.
    private static func loss(
        _ plan: OrderPlan, _ losing: [Plan], _ lines: [Line], then submit: [Action]
    ) -> Question {
        var lines = lines + [Line("Data is lost for good with:", .fail)]
        for step in losing {
            lines.append(Line(untrusted: "  \(step.target.title)", .header) + Line("  ") + Words.stage(step.stage))
            for change in step.changes where change.consequence == .dataLoss {
                let what = change.kind == .remove ? "removed" : change.kind == .update ? "changed" : "replaced"
                lines.append(Line(untrusted: "    \(change.resource)  \(change.type), \(what)", .fail))
            }
        }
        let others = plan.plans.filter { $0.stage == .production && !losing.contains($0) }
        if !others.isEmpty {
            lines.append(Line("This goes to production too:", .warn))
            lines += others.map { Line(untrusted: "  \($0.target.title)", .dim) }
        }
        return Question(
            "Deploy, and lose data?", lines, typing: name(of: plan.request, plan.plans.map(\.target)), then: submit)
    }

    /// What has to be typed: `service/instance` for one instance, the service's name for more of it, else how many.
    static func name(of request: OrderRequest, _ targets: [Target]) -> String {
        switch request {
        case .destroy(.service(let name)), .destroy(.environment(let name)): return name
        case .updateMany where targets.count > 1: return "\(targets.count)"
        case .destroy(.instance(let service, let name)): return Target.instance(service: service, name: name).title
        case .createEnvironment, .updateEnvironment, .createService, .updateService, .updateInstance, .updatePipeline,
            .updateMany, .retry, .rollback, .createComponent, .updateComponent:
            break
        case .moveEnvironment(let move): return move.name
        case .destroy(.component(let name)): return name
        }
        guard targets.count == 1, let only = targets.first else {
            return targets.lazy.compactMap(\.service).first ?? "\(targets.count)"
        }
        return only.kind == .pipeline ? only.service ?? only.title : only.title
    }
}

/// A plan with what the workspace's commands found in it.
struct LookedAt: Sendable {
    var plan: OrderPlan
}

/// Submits an order and gives it, or the refusal, as the answer.
struct Submit: Sendable {
    var plan: OrderPlan
    var why: String

    func run(_ engine: Engine) async -> any Sendable {
        do throws(Refusal) {
            let looked = try await engine.checked(plan)
            // What the workspace's commands found new has to be read first; they say the same the next time.
            let isNew = looked.plans.map(\.digest) != plan.plans.map(\.digest)
            let isQuiet = looked.plans.allSatisfy { $0.checks.allSatisfy { $0.outcome == .passed } }
            if isNew, looked.isBlocked || !isQuiet { return LookedAt(plan: looked) }
            return try engine.submit(looked, why: why)
        } catch {
            return error
        }
    }
}
