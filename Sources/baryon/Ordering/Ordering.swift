import ArgumentParser
import Catalog
import Documents
import Engine

/// The way of every order: plan, look, submit, and watch it or leave it to a runner.
struct Ordering {
    var engine: Engine
    var options: OrderOptions
    var isJSON: Bool
    /// How the person named the spec; its findings name it so.
    var specName: String?
    /// The inputs that `--set` gave.
    var assigned: [String]
    /// What `--yes` gave.
    var confirmation: String?
    /// Whether the plan is shown and a person asked before anything is submitted.
    var asksFirst = false

    init(
        _ engine: Engine, _ options: OrderOptions, _ output: OutputOptions, specName: String? = nil,
        assigned: [String] = []
    ) {
        self.engine = engine
        self.options = options
        self.isJSON = output.isJSON
        self.specName = specName
        self.assigned = assigned
    }

    /// What would be done, with the word of checks, and of the provider where it was asked for.
    func planned(_ request: OrderRequest) async throws -> OrderPlan {
        var plan = try await engine.checked(try engine.plan(request))
        if options.verify, !plan.isBlocked { plan = try await engine.verified(plan) }
        return named(plan)
    }

    /// - Parameter destroyed: The name that has to be confirmed; `nil` where nothing needs it.
    func carry(_ request: OrderRequest, destroying destroyed: String? = nil) async throws {
        try await carry(try await planned(request), destroying: destroyed)
    }

    func carry(_ plan: OrderPlan, destroying destroyed: String? = nil) async throws {
        if let failAt = options.pacing.failAt, !plan.isBlocked { try engine.checkFailAt(failAt, in: plan) }
        if options.plan { throw show(plan) }
        if plan.isIdle {
            try finish([])
            return Console.talk("There is nothing to change.")
        }
        try refuse(plan)
        try confirm(plan, destroying: destroyed)
        let submitted = try engine.submit(plan, why: options.why, tags: options.tags)
        try await follow(submitted)
    }

    /// Waits for what was submitted, or leaves it to a runner.
    func follow(_ submitted: SubmittedOrder) async throws {
        let ids = submitted.deployments.map(\.id)
        guard options.wait else {
            try leave(submitted.deployments)
            return
        }
        let connections = Set(submitted.deployments.map(\.connection))
        if connections.contains(Connection.local.name) { Console.talk("Local deployments create nothing in a cloud.") }
        let others = connections.filter { !engine.access.mayClaim($0) }.sorted()
        if !others.isEmpty, !engine.hasLiveRunner(for: Set(others)) {
            Console.talk(Ordering.waits(for: others))
        }
        let follower = Follower(engine: engine, isQuiet: isJSON)
        let isMine = connections.contains { engine.access.mayClaim($0) }
        let ended = try await follower.run(ids, isMine ? options.pacing.runner(only: submitted.order.id) : nil)
        try finish(ended)
        try Outcome(ended).report()
    }

    /// Leaves what was submitted to a runner; where none may take it, that is said.
    private func leave(_ deployments: [Deployment]) throws {
        let connections = Set(deployments.map(\.connection))
        try engine.startDetachedRunner(options.pacing.runner(), for: connections)
        try finish(deployments)
        let others = connections.filter { !engine.access.mayClaim($0) }.sorted()
        if !others.isEmpty, !engine.hasLiveRunner(for: Set(others)) { Console.talk(Ordering.waits(for: others)) }
    }

    /// Submitting is not executing: what goes elsewhere waits for who has the rights.
    private static func waits(for connections: [String]) -> String {
        "It waits for a runner that may go to \(connections.joined(separator: ", ")): run baryon runner where the rights are."
    }

    private func finish(_ deployments: [Deployment]) throws {
        if isJSON {
            return Console.out(JSON.object([("deployments", .list(deployments.map(DeploymentText.json)))]))
        }
        for deployment in deployments {
            Console.out(
                "Deployment \(deployment.id) of \(deployment.target.title) \(deployment.phase.sentence).")
        }
        guard options.wait else {
            if let first = deployments.first {
                Console.talk("Follow it with: baryon deployment watch \(first.id.number)")
            }
            return
        }
        for deployment in deployments where !deployment.outputs.isEmpty {
            var table = Table("OUTPUT OF \(deployment.target.title)", "VALUE")
            for output in deployment.outputs { table.add(output.key, output.value) }
            Console.out(table.text)
        }
    }

    /// Makes what is ordered from what a person gave. Under `--plan`, faults of that block the plan, as those that
    /// planning finds do; what is not there at all still ends with 1.
    func making<Made>(_ make: () async throws -> Made) async throws -> Made {
        do {
            return try await make()
        } catch let refusal as Refusal where options.plan && !refusal.isAboutWhatIsThere && refusal != Stopped.refusal {
            if isJSON {
                Console.out(PlanText.json(blockedBy: refusal.findings))
            } else {
                Console.report(refusal.findings)
            }
            throw ExitCode(4)
        }
    }

    // MARK: Looking

    private func show(_ plan: OrderPlan) -> ExitCode {
        if isJSON {
            Console.out(PlanText.json(plan))
        } else {
            if !plan.plans.isEmpty { Console.out(PlanText.text(plan)) }
            Console.report(plan.allFindings)
            if plan.isIdle { Console.talk("There is nothing to change.") }
        }
        return ExitCode(plan.isIdle ? 0 : plan.exitCode)
    }

    private func refuse(_ plan: OrderPlan) throws {
        guard plan.isBlocked else { return Console.report(plan.allFindings) }
        throw Refusal(plan.blockers)
    }

    /// A destruction is listed, and goes on only under the name of what is destroyed.
    private func confirm(_ plan: OrderPlan, destroying destroyed: String?) throws {
        if asksFirst {
            Console.talk(PlanText.text(plan))
            guard Console.ask("Deploy this? [y/N] ").map(Prompts.isYes) ?? false else { throw Stopped.refusal }
            return
        }
        guard let destroyed else { return }
        if confirmation == nil { Console.talk(PlanText.text(plan)) }
        try Destroying(name: destroyed, act: "Destroying \(destroyed)", threat: "This destroys what is listed.")
            .confirm(given: confirmation, else: ", or see the plan alone with --plan")
    }

    /// With the spec, or the flag that gave a value, called as the person called it.
    private func named(_ plan: OrderPlan) -> OrderPlan {
        let flags = FlagPlaces(plan.request, specName: specName, assigned: assigned, engine)
        var plan = plan
        plan.findings = flags.named(plan.findings)
        return plan
    }
}

/// A person said no.
enum Stopped {
    static let refusal = Refusal("order.stopped", "Nothing was ordered.")
}

extension OrderPlan {
    /// Of the whole and of each step, each once.
    var allFindings: [Finding] {
        var seen: Set<Finding> = []
        return (findings + plans.flatMap(\.findings)).filter { seen.insert($0).inserted }
    }

    /// Whether it would leave everything as it is.
    var isIdle: Bool {
        if findings.contains(where: { $0.severity == .error }) { return false }
        return plans.allSatisfy(\.isIdle)
    }
}

extension Finding {
    func renamingFile(_ old: String, to new: String) -> Finding {
        var finding = self
        if finding.place?.file == old { finding.place?.file = new }
        finding.causes = causes.map { $0.renamingFile(old, to: new) }
        return finding
    }
}
