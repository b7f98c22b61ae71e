package import Catalog
import Documents
import Store

extension Engine {
    /// What an order would do, step by step. Nothing is changed; faults of what was given are in the plan.
    ///
    /// - Throws: Where there is nothing to plan for: no such template, target or deployment, or a workspace that can't be
    ///   read. An order that must not be submitted comes back with findings.
    package func plan(_ request: OrderRequest) throws(Refusal) -> OrderPlan {
        do {
            return try settlingImports(try steps(of: request))
        } catch let faults as PlanFaults {
            return OrderPlan(request: request, plans: [], findings: faults.findings)
        } catch let refusal as Refusal where !refusal.isAboutWhatIsThere {
            return OrderPlan(request: request, plans: [], findings: refusal.findings)
        } catch {
            throw Engine.refusal(error)
        }
    }

    private func steps(of request: OrderRequest) throws -> OrderPlan {
        switch request {
        case .createEnvironment(let order): try planCreation(of: order, request)
        case .createService(let order): try planCreation(of: order, request)
        case .updateEnvironment(let update), .updateInstance(let update), .updatePipeline(let update):
            try planUpdate(update, request)
        case .updateMany(let updates): try planUpdates(updates, request)
        case .updateService(let update): try planService(update, request)
        case .destroy(let destruction): try planDestruction(destruction, request)
        case .retry(let id): try planRetry(id, request)
        case .rollback(let rollback): try planRollback(rollback, request)
        case .moveEnvironment(let move): try planMove(move, request)
        case .createComponent(let order): try planCreation(of: order, request)
        case .updateComponent(let update): try planComponent(update, request)
        }
    }
}

extension Refusal {
    /// Whether what was named is missing or can't be read, so that there is nothing to plan for; else what was given
    /// is at fault.
    package var isAboutWhatIsThere: Bool {
        findings.contains { finding in
            let code = finding.code.rawValue
            return ["template.unknown", "target.unknown", "service.unknown", "deployment.unknown"].contains(code)
                || ["store.", "engine.", "file."].contains { code.hasPrefix($0) }
        }
    }
}

extension Engine {
    /// Findings as a reader of the file meets them; those without a place come first. Each stands once.
    static func inOrder(_ findings: [Finding]) -> [Finding] {
        var seen: Set<Finding> = []
        return findings.filter { seen.insert($0).inserted }.enumerated().sorted { left, right in
            let (a, b) = (left.element.place, right.element.place)
            return (a?.line ?? 0, a?.column ?? 0, left.offset) < (b?.line ?? 0, b?.column ?? 0, right.offset)
        }.map(\.element)
    }
}

/// Why an order has no plan, in findings.
struct PlanFaults: Error {
    var findings: [Finding]

    init(_ findings: [Finding]) { self.findings = findings }

    init(_ code: Finding.Code, _ message: String, hint: String? = nil) {
        findings = [Finding(code, message, hint: hint)]
    }
}
