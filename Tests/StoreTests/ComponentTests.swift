import Catalog
import Documents
import Testing

@testable import Store

@Suite struct ComponentTests {
    private let alarms = Target.component("alarms")
    private let prod = Target.instance(service: "shop", name: "prod")

    /// A component's step; each revision has a file of its own.
    private func step(
        _ workspace: Workspace, _ target: Target, to instance: Target?, revision: Int = 1,
        _ action: DeploymentAction = .create
    ) throws -> Submission.Step {
        let number = VersionNumber(1, revision - 1)
        let spec = ComponentSpec(environment: "dev", attachment: instance).text
        var step = Workspace.step(
            target, action, target.id, number, spec: spec, revision: revision, base: revision > 1 ? revision - 1 : nil,
            environment: "dev")
        guard action != .destroy else { return step }
        step.newVersion = TemplateVersion(
            template: target.id, kind: .component, number: number, status: .published,
            digest: try workspace.store.put(Array("\(target.id) \(number)".utf8)),
            languages: [.component: .cloudFormation],
            registeredAt: Workspace.now, registeredBy: "ann")
        return step
    }

    private func fleet() throws -> Workspace {
        let workspace = try Workspace()
        try workspace.makeFleet()
        return workspace
    }

    @Test func `a component's file is a version of its own line, which the catalog does not list`() throws {
        let workspace = try fleet()
        let before = try workspace.store.catalog(CatalogQuery())
        try workspace.submit(step(workspace, alarms, to: prod))
        #expect(try workspace.store.version(alarms.id, VersionNumber(1, 0))?.kind == .component)
        #expect(try workspace.store.catalog(CatalogQuery()) == before)
        #expect(try workspace.store.catalog(CatalogQuery(text: "alarms")).rows.isEmpty)
        try workspace.runAll()
        let record = try #require(try workspace.store.record(alarms))
        #expect(record.applied?.version == VersionNumber(1, 0))
        #expect(record.attachment == prod)
        #expect(try workspace.store.fleet(FleetQuery(level: .components)).rows.map(\.attachment) == [prod])
        #expect(try workspace.store.counts(.components).total == 1)
    }

    @Test func `a place is held from the order on, and given back when the component is known to have gone`() throws {
        let workspace = try fleet()
        try workspace.submit(step(workspace, alarms, to: prod))
        #expect(try workspace.store.component(of: prod)?.target == alarms)
        try workspace.runAll()
        let detach = try step(workspace, alarms, to: nil, revision: 2, .update)
        try workspace.submit(detach)
        #expect(try workspace.store.component(of: prod)?.target == alarms)
        try workspace.runAll { _ in .failed(Failure(reason: "no"), isUncertain: false) }
        #expect(try workspace.store.component(of: prod)?.target == alarms)
        try workspace.submit(step(workspace, alarms, to: nil, revision: 3, .update))
        try workspace.runAll()
        #expect(try workspace.store.component(of: prod) == nil)
        #expect(try workspace.store.record(alarms)?.attachment == nil)
    }

    @Test func `what came to nothing holds no place, unless nobody knows what is there`() throws {
        let workspace = try fleet()
        let failure = Failure(reason: "no")
        try workspace.submit(step(workspace, alarms, to: prod))
        try workspace.runAll { _ in .failed(failure, isUncertain: false) }
        #expect(try workspace.store.component(of: prod) == nil)
        let again = try workspace.submit(step(workspace, alarms, to: prod, revision: 2, .update))
        #expect(try workspace.store.component(of: prod)?.target == alarms)
        _ = try workspace.store.requestCancel(again.deployments[0].id, by: "ann", at: Workspace.now)
        #expect(try workspace.store.component(of: prod) == nil)
        try workspace.submit(step(workspace, alarms, to: prod, revision: 3, .update))
        try workspace.runAll { _ in .failed(failure, isUncertain: true) }
        #expect(try workspace.store.component(of: prod)?.target == alarms)
    }

    @Test func `an instance that was deployed with a component is known until it is deployed without`() throws {
        let workspace = try fleet()
        func left() throws -> [Target] { try workspace.store.instancesAfter(component: alarms).map(\.target) }
        func redeploy(_ revision: Int) throws {
            try workspace.submit(
                Workspace.step(prod, .update, "web", revision: revision, base: revision - 1, environment: "dev"))
            try workspace.runAll()
        }
        try workspace.submit(step(workspace, alarms, to: prod))
        try workspace.runAll()
        #expect(try workspace.store.attachedPairs(owner: "", limit: 5).map(\.instance) == [prod])
        try redeploy(2)
        #expect(try left().isEmpty)
        try workspace.submit(step(workspace, alarms, to: nil, revision: 2, .update))
        try workspace.runAll()
        #expect(try left() == [prod])
        try workspace.submit(step(workspace, alarms, to: nil, revision: 3, .destroy))
        try workspace.runAll()
        #expect(try left() == [prod])
        try redeploy(3)
        #expect(try workspace.store.instancesAfter().isEmpty)
    }

    @Test func `an instance has one component`() throws {
        let workspace = try fleet()
        try workspace.submit(step(workspace, alarms, to: prod))
        try workspace.runAll()
        #expect(throws: StoreError.inUse(what: "The place for a component of shop/prod", by: ["alarms"])) {
            try workspace.submit(step(workspace, .component("other"), to: prod))
        }
        #expect(try workspace.store.record(.component("other")) == nil)
        #expect(try workspace.store.version("component/other", VersionNumber(1, 0)) == nil)
    }

    @Test func `a component and its instance are not deployed at the same time by two orders`() throws {
        let workspace = try fleet()
        let first = try workspace.submit(step(workspace, alarms, to: prod))
        let update = Workspace.step(prod, .update, "web", revision: 2, base: 1, environment: "dev")
        #expect(throws: StoreError.busy(target: alarms, deployment: first.deployments[0].id)) {
            try workspace.submit(update)
        }
        try workspace.runAll()
        let second = try workspace.submit(update)
        #expect(throws: StoreError.busy(target: prod, deployment: second.deployments[0].id)) {
            try workspace.submit(step(workspace, alarms, to: nil, revision: 2, .update))
        }
    }

    @Test func `one order may deploy a component and behind it its instance`() throws {
        let workspace = try fleet()
        try workspace.submit(
            step(workspace, alarms, to: prod),
            Workspace.step(prod, .update, "web", revision: 2, base: 1, environment: "dev"))
        try workspace.runAll()
        #expect(try workspace.store.record(prod)?.applied?.revision == 2)
    }

    @Test func `an instance and an environment stay while a component needs them`() throws {
        let workspace = try fleet()
        try workspace.submit(step(workspace, alarms, to: prod))
        try workspace.runAll()
        #expect(throws: StoreError.inUse(what: "Instance shop/prod", by: ["alarms"])) {
            try workspace.submit(Workspace.step(prod, .destroy, "web", revision: 2, base: 1))
        }
        try workspace.submit(step(workspace, alarms, to: nil, revision: 2, .update))
        try workspace.runAll()
        try workspace.submit(Workspace.step(prod, .destroy, "web", revision: 2, base: 1), destroys: "shop")
        try workspace.runAll()
        let leave = Workspace.step(.environment("dev"), .destroy, revision: 2, base: 1)
        #expect(throws: StoreError.inUse(what: "Environment dev", by: ["alarms"])) { try workspace.submit(leave) }
        try workspace.submit(step(workspace, alarms, to: nil, revision: 3, .destroy))
        try workspace.runAll()
        #expect(try workspace.store.record(alarms) == nil)
        try workspace.submit(leave)
        try workspace.runAll()
        #expect(try workspace.store.record(.environment("dev")) == nil)
    }

    @Test func `a component that is made again goes on with its numbers, so that its past stays right`() throws {
        let workspace = try fleet()
        try workspace.submit(step(workspace, alarms, to: nil))
        try workspace.runAll()
        try workspace.submit(step(workspace, alarms, to: nil, revision: 2, .destroy))
        try workspace.runAll()
        #expect(try workspace.store.line(of: alarms.id).next(major: 1) == VersionNumber(1, 1))
    }

    @Test func `an environment's stage is that of its components`() throws {
        let workspace = try fleet()
        try workspace.submit(step(workspace, alarms, to: nil))
        try workspace.runAll()
        try workspace.store.change(.environment("dev"), stage: .production, history: Workspace.entry())
        #expect(try workspace.store.record(alarms)?.stage == .production)
    }

    @Test func `what a component is asked to be reads back`() {
        for attachment in [nil, prod] {
            let spec = ComponentSpec(environment: "dev", attachment: attachment)
            #expect(ComponentSpec(spec.text) == spec)
        }
        #expect(ComponentSpec("proton: ServiceSpec\n") == nil)
    }

    @Test func `an export shows components with their files`() throws {
        let workspace = try fleet()
        try workspace.submit(step(workspace, alarms, to: prod))
        try workspace.runAll()
        let directory = Workspace.newDirectory()
        try workspace.store.export(to: directory)
        let target = try Files.read(directory + "/components/alarms/target.json")
        #expect(String(decoding: target, as: UTF8.self).contains("\"attachment\": \"instance/shop/prod\""))
        #expect(Files.exists(directory + "/components/alarms/v1.0.json"))
        #expect(!Files.exists(directory + "/templates/component"))
    }
}
