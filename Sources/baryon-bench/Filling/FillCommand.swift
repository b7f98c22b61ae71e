import ArgumentParser
import Catalog
import Engine
import Store

struct FillCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fill", abstract: "Fills a new workspace with templates and a fleet; a seed gives the same again.")

    @OptionGroup var place: PlaceOptions
    @Option(help: "Templates, a fifth of them for environments.") var templates = 10_000
    @Option(help: "Service instances; environments, services and pipelines follow from them.") var instances = 100_000
    @Option(help: "What chance is made of.") var seed: UInt64 = 1
    @Option(help: "Different bundles made of each starter version.") var variants = 20

    func validate() throws {
        guard templates > 1, instances > 0, variants > 0 else {
            throw ValidationError("--templates must be 2 or more, --instances and --variants 1 or more.")
        }
    }

    func run() throws {
        let path = try place.path()
        let start = ContinuousClock.now
        let now = Instant(milliseconds: 1_790_000_000_000)
        let store = try openEmpty(path, now)
        var dice = Dice(seed: seed)
        var catalog = CatalogMaker(pool: try BundlePool.make(in: store, variants: variants), now: now)
        catalog.make(templates, &dice)
        var fleet = FleetMaker(catalog: catalog, now: now)
        fleet.make(instances: instances, &dice)
        try store.fill(
            Filling(
                templates: catalog.templates, versions: catalog.versions, services: fleet.services,
                targets: fleet.targets, orders: fleet.orders, deployments: fleet.deployments, history: fleet.history))
        try store.close()
        print(
            "\(catalog.templates.count) templates, \(catalog.versions.count) versions, \(fleet.services.count) services,",
            "\(fleet.targets.count) targets, \(fleet.deployments.count) deployments in \(ContinuousClock.now - start)")
    }

    /// Opens the workspace with the starter catalog, as a person's first start does; one in use is left alone.
    private func openEmpty(_ path: String, _ now: Instant) throws -> Store {
        _ = try Engine.open(Workspace(path: path), actor: Actor(name: "bench")) { now }
        let store = try Store.open(directory: path)
        guard try store.counts(.environments).total == 0, try store.deployments(DeploymentQuery(limit: 1)).isEmpty
        else {
            throw ValidationError("The workspace \(path) has a fleet already; name another, or remove it first.")
        }
        return store
    }
}
