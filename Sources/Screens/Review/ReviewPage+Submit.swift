import Catalog
import Documents
import Engine
import Terminal

extension ReviewPage {
    package mutating func receive(_ answer: any Sendable, _ desk: Desk) -> [Action] {
        isSubmitting = answer is Submit
        switch answer {
        case let submit as Submit: return [.perform(submit.run)]
        case let order as SubmittedOrder:
            if let draft { try? desk.engine.deleteDraft(draft) }
            guard let first = order.deployments.first else { return [.back] }
            return [.finish(DeploymentPage(first.id)), .deploy]
        case let refusal as Refusal: return planAgain(refusal, desk)
        case let looked as LookedAt:
            plan = looked.plan
            show(.checks, desk)
            let next = looked.plan.isBlocked ? "it can't be deployed so" : "read it, then press D again"
            return [.say(Line("A check of the workspace found something: \(next).", .warn))]
        case let acceptance as Acceptance:
            request = .rollback(acceptance.rollback)
            plan = nil
            return [.say(Line("Planned with that loss accepted.", .warn)), .reload]
        default: return []
        }
    }

    /// What was refused is planned anew; where that gives another plan, what moved stands above it.
    private mutating func planAgain(_ refusal: Refusal, _ desk: Desk) -> [Action] {
        let old = plan?.plans ?? []
        plan = nil
        do throws(Refusal) { try load(desk) } catch { return [.say(Line(untrusted: error.sentence, .error))] }
        guard plan?.plans.map(\.digest) != old.map(\.digest) else {
            return [.say(Line(untrusted: refusal.sentence, .error))]
        }
        voided = refusal.findings + deployed(since: old, told: refusal.findings, desk)
        return [.say(Line("Nothing was deployed: this is a new plan. Read it, then press D.", .warn))]
    }

    /// Who has deployed the targets meanwhile, where that is not told yet.
    private func deployed(since old: [Plan], told: [Finding], _ desk: Desk) -> [Finding] {
        let told = told.flatMap { [$0] + $0.causes }.map(\.message).joined()
        return old.compactMap { plan in
            guard let last = try? desk.engine.deployments(target: plan.target, limit: 1).first, last.id != plan.basis,
                !told.contains(last.id.description)
            else { return nil }
            let what = "\(plan.target.title) was deployed by \(last.by) (\(last.id))"
            return Finding("review.deployed", .note, "\(what)\(last.why.isEmpty ? "." : ": \(last.why)")")
        }
    }

    /// What moved and who did it, for the top of the new plan.
    func voidLines(width: Int, limit: Int) -> [Line] {
        guard !voided.isEmpty else { return [] }
        let told = voided.flatMap { ($0.code == "plan.void" ? [] : [$0.message]) + $0.causes.map(\.message) }
        let lines = told.flatMap { (Line("  ") + Line(untrusted: $0)).wrapped(to: width, indent: 2) }
        return [Line("NEW PLAN", .warn) + Line("  the one before does not stand any more", .dim)]
            + lines.prefix(max(1, limit - 1))
    }

    // MARK: Losses that hold up a rollback

    /// Resources that hold data, and that the rollback may not touch before somebody has said so.
    var losses: [String] {
        guard case .rollback? = plan?.request else { return [] }
        return (plan?.findings ?? []).filter { $0.code == "rollback.loss" }.compactMap { $0.pointer?.steps.last }
    }

    /// A rollback with one more loss that is accepted.
    struct Acceptance: Sendable {
        var rollback: Rollback
    }

    /// Asks for the name of one resource after the other.
    func acceptance(_ desk: Desk) -> Question? {
        guard case .rollback(var rollback) = request, let name = losses.first else { return nil }
        rollback.accepting.insert(name)
        let change = plan?.changes.first { $0.resource == name }
        var lines = [Line(untrusted: "\(name)  \(change?.type ?? "")", .header)]
        if let explanation = change?.explanation, !explanation.isEmpty { lines.append(Line(untrusted: explanation)) }
        lines.append(Line("What it holds is not there any more afterwards. Nothing is deployed yet.", .warn))
        if losses.count > 1 { lines.append(Line("\(losses.count - 1) more after this one.", .dim)) }
        return Question(
            "Accept the loss of \(SafeText(untrusted: name))?", lines, typing: name,
            then: [.answer(Acceptance(rollback: rollback))])
    }
}
