package import Catalog
import Documents
import Store
import Synchronization

extension Engine {
    /// The plan with the answers of the commands that the workspace has as checks; they can block it.
    ///
    /// The same files are not looked at twice while the program runs. Without such commands, and where it is known
    /// what is there, it is the plan itself.
    package func checked(_ order: OrderPlan) async throws(Refusal) -> OrderPlan {
        var order = order
        for (index, plan) in order.plans.enumerated() {
            guard let check = try await StackCheck(engine: self, plan: plan).run() else { continue }
            order.plans[index].checks.removeAll { $0.name == StackCheck.name }
            order.plans[index].checks += try refusing { try leveled([check], of: plan.target) }
            order.plans[index].seal()
        }
        let definitions = try externalChecks()
        guard !definitions.isEmpty else { return order }
        let waivers = try waivers()
        for index in order.plans.indices where order.plans[index].takesChecks {
            var plan = order.plans[index]
            let found = await answers(definitions, plan)
            plan.checks.removeAll { check in definitions.contains { $0.name == check.name } }
            plan.checks += found.map { $0.waived(by: waivers, target: plan.target, at: clock()) }
            plan.seal()
            order.plans[index] = plan
        }
        return order
    }

    private func externalChecks() throws(Refusal) -> [CheckDefinition] {
        try checks().filter { !$0.isBuiltIn && $0.level != nil }
    }

    private func answers(_ definitions: [CheckDefinition], _ plan: Plan) async -> [Check] {
        await withTaskGroup(of: (Int, Check).self) { group in
            for (number, definition) in definitions.enumerated() {
                group.addTask {
                    let key = CheckCache.key(definition, plan)
                    if let known = self.checkCache.check(key) { return (number, known) }
                    let check = await ExternalCheck(definition: definition, plan: plan).run()
                    self.checkCache.keep(check, key)
                    return (number, check)
                }
            }
            var found: [(Int, Check)] = []
            for await one in group { found.append(one) }
            return found.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// A new plan with what providers and commands said of the one that was approved, where it is about the same files.
    ///
    /// - Throws: Where a command of the workspace has said nothing yet.
    func takingAnswers(of approved: OrderPlan, to order: OrderPlan) throws(Refusal) -> OrderPlan {
        guard approved.plans.count == order.plans.count else { return order }
        var order = order
        for (index, plan) in approved.plans.enumerated() {
            guard let verdict = plan.verdict else { continue }
            order.plans[index] = order.plans[index].verified(by: verdict)
            order.plans[index].seal()
        }
        for (index, plan) in approved.plans.enumerated() where try uncertain(plan) != nil {
            let answers = plan.checks.filter { $0.name == StackCheck.name }
            let isOn = try checks().contains { $0.name == StackCheck.name && $0.level != nil }
            if answers.isEmpty, isOn { throw unchecked(plan, by: "the provider") }
            order.plans[index].checks += answers
            order.plans[index].seal()
        }
        let definitions = try externalChecks()
        guard !definitions.isEmpty else { return order }
        for (index, plan) in approved.plans.enumerated() where plan.takesChecks {
            let names = Set(definitions.map(\.name))
            let answers = plan.checks.filter { names.contains($0.name) }
            if let lacking = names.subtracting(answers.map(\.name)).sorted().first {
                throw unchecked(plan, by: lacking)
            }
            order.plans[index].checks += answers
            order.plans[index].seal()
        }
        return order
    }

    private func unchecked(_ plan: Plan, by name: String) -> Refusal {
        Refusal(
            "plan.unchecked", "The plan of \(plan.target.title) must be looked at by \(name) first.",
            hint: "Plan it again.")
    }
}

extension Plan {
    /// Whether there are files for a command to look at.
    fileprivate var takesChecks: Bool { action != .destroy && !files.isEmpty }
}

/// What commands said in this program's time.
final class CheckCache: Sendable {
    private let known = Mutex<[String: Check]>([:])

    static func key(_ definition: CheckDefinition, _ plan: Plan) -> String {
        let texts =
            [definition.value.json(), plan.target.id, plan.version.description, plan.connection, plan.stage.rawValue]
            + plan.files.flatMap { [$0.path, $0.text] } + plan.changes.map { $0.value.json() }
        return Store.digest(of: Array(texts.joined(separator: "\u{0}").utf8))
    }

    func check(_ key: String) -> Check? { known.withLock { $0[key] } }

    /// What could not be run is tried again the next time.
    func keep(_ check: Check, _ key: String) {
        guard !check.findings.contains(where: { $0.code == "check.notRun" }) else { return }
        known.withLock { table in
            if table.count > 500 { table.removeAll() }
            table[key] = check
        }
    }
}
