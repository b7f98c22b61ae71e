import Catalog

/// Environments, services with their instances and pipelines, and how each got where it is.
struct FleetMaker {
    let catalog: CatalogMaker
    let now: Instant
    private(set) var services: [Service] = []
    private(set) var targets: [TargetRecord] = []
    private(set) var orders: [Order] = []
    private(set) var deployments: [Deployment] = []
    private(set) var history: [HistoryEntry] = []
    /// Environments by the place of their template.
    private var homes: [Int: [(name: String, stage: Stage)]] = [:]
    private let day: Int64 = 86_400_000

    init(catalog: CatalogMaker, now: Instant) {
        self.catalog = catalog
        self.now = now
    }

    /// A hundred instances an environment, three a service.
    mutating func make(instances: Int, _ dice: inout Dice) {
        for number in 0..<max(1, instances / 100) { addEnvironment(number, &dice) }
        var left = instances
        var number = 0
        while left > 0 {
            let size = min(left, 1 + dice.below(5))
            addService(number, instances: size, &dice)
            left -= size
            number += 1
        }
    }

    private mutating func addEnvironment(_ number: Int, _ dice: inout Dice) {
        let place = dice.popular(catalog.environments.count)
        let line = catalog.environments[place]
        let stage: Stage = dice.hits(perMille: 400) ? .production : .test
        let name = "\(dice.pick(Vocabulary.places))-\(stage == .test ? "test" : "prod")-\(number + 1)"
        homes[place, default: []].append((name, stage))
        deploy(
            Wanted(
                target: .environment(name), line: line, environment: "", owner: Vocabulary.team(dice.popular(200)),
                stage: stage, spec: "proton: EnvironmentSpec\nspec: {}\n"), &dice)
    }

    private mutating func addService(_ number: Int, instances: Int, _ dice: inout Dice) {
        let line = catalog.services[dice.popular(catalog.services.count)]
        let name = "\(dice.pick(Vocabulary.areas))-\(dice.pick(Vocabulary.forms))-\(number + 1)"
        let owner = Vocabulary.team(dice.popular(200))
        let fallback = homes.keys.min() ?? 0
        var names: [(name: String, home: (name: String, stage: Stage))] = []
        var spec = "proton: ServiceSpec\ninstances:\n"
        for instance in 0..<instances {
            let place = line.environments.first { homes[$0] != nil } ?? fallback
            guard let home = homes[place].map({ dice.pick($0) }) else { continue }
            let own = "\(home.stage == .test ? "test" : "prod")-\(instance + 1)"
            names.append((own, home))
            spec += "  - name: \(own)\n    environment: \(home.name)\n"
            spec += line.instanceInputs.isEmpty ? "    spec: {}\n" : "    spec:\n      \(line.instanceInputs)\n"
        }
        services.append(
            Service(
                name: name, template: line.template.name, owner: owner, repository: "works/\(name)", branch: "main",
                spec: spec, createdAt: line.template.createdAt))
        for (own, home) in names {
            deploy(
                Wanted(
                    target: .instance(service: name, name: own), line: line, environment: home.name, owner: owner,
                    stage: home.stage, spec: spec), &dice)
        }
        guard line.hasPipeline, dice.hits(perMille: 700) else { return }
        deploy(
            Wanted(
                target: .pipeline(service: name), line: line, environment: "", owner: owner, stage: .test, spec: spec),
            &dice)
    }

    private struct Wanted {
        var target: Target
        var line: CatalogMaker.Line
        var environment: String
        var owner: String
        var stage: Stage
        var spec: String
    }

    /// Two in three run what is recommended; three in a hundred failed at their last try.
    private mutating func deploy(_ wanted: Wanted, _ dice: inout Dice) {
        let line = wanted.line
        let number = dice.hits(perMille: 660) ? line.recommended : dice.pick(line.running)
        let created = now.adding(milliseconds: -Int64(1 + dice.below(900)) * day - Int64(dice.below(86_400_000)))
        let first = attempt(wanted, .create, number, from: nil, at: created, failure: nil, &dice)
        let applied = AppliedState(
            deployment: first.id, version: number, spec: wanted.spec, revision: 1, outputs: first.outputs,
            at: first.finishedAt ?? created)
        var desired = DesiredState(version: number, spec: wanted.spec, revision: 1)
        var last = first
        if dice.hits(perMille: 30) {
            desired = DesiredState(version: line.recommended, spec: wanted.spec, revision: 2)
            let at = created.adding(milliseconds: (now.milliseconds - created.milliseconds) / 2)
            let failure = Failure(
                resource: "Service", type: "AWS::ECS::Service", reason: "The tasks did not become healthy in time.",
                hint: "Read the service's events.", undone: ["Service"])
            last = attempt(wanted, .update, desired.version, from: number, at: at, failure: failure, &dice)
        }
        targets.append(
            TargetRecord(
                target: wanted.target, template: line.template.name, environment: wanted.environment,
                owner: wanted.owner, stage: wanted.stage, desired: desired, attempted: last.id, applied: applied,
                createdAt: created))
    }

    private mutating func attempt(
        _ wanted: Wanted, _ action: DeploymentAction, _ number: VersionNumber, from: VersionNumber?, at: Instant,
        failure: Failure?, _ dice: inout Dice
    ) -> Deployment {
        let order = Order(
            id: Order.ID(orders.count + 1), title: "\(action.rawValue) \(wanted.target.title)",
            by: dice.pick(Vocabulary.people), why: dice.pick(Vocabulary.reasons), createdAt: at)
        let deployment = Deployment(
            id: Deployment.ID(deployments.count + 1), order: order.id, step: 0, target: wanted.target, action: action,
            template: wanted.line.template.name, version: number, fromVersion: from, spec: wanted.spec,
            revision: from == nil ? 1 : 2, planDigest: "", phase: failure == nil ? .succeeded : .failed,
            failure: failure, by: order.by, why: order.why, createdAt: at,
            startedAt: at.adding(milliseconds: 800),
            finishedAt: at.adding(milliseconds: 1000 + Int64(dice.below(600_000))),
            outputs: failure == nil ? [Output(key: "Arn", value: "arn:local:\(wanted.target.id)")] : [])
        orders.append(order)
        deployments.append(deployment)
        history.append(
            HistoryEntry(
                at: at, by: order.by, act: "\(wanted.target.kind.rawValue).\(action.rawValue)",
                subject: wanted.target.id, detail: "\(deployment.id) \(wanted.line.template.name) \(number)",
                why: order.why))
        return deployment
    }
}
