import Catalog
import Documents
import Testing

@testable import Store

/// What stacks give to each other and what they leave behind.
@Suite struct StackTests {
    private let dev = Target.environment("dev")
    private let shop = Target.instance(service: "shop", name: "prod")
    private let now = Workspace.now
    private let vpc = StackExport(name: "net:Vpc", value: "vpc-1")

    /// A deployment of a target, in one step.
    private func deploy(
        _ target: Target, _ workspace: Workspace, connection: String = "local", _ step: StackStep
    ) throws -> Failure? {
        let action: DeploymentAction = try workspace.store.record(target) == nil ? .create : .update
        let revision = (try workspace.store.record(target)?.desired.revision ?? 0) + 1
        var order = Workspace.step(target, action, revision: revision, base: revision > 1 ? revision - 1 : nil)
        order.connection = connection
        try workspace.submit(order)
        let claim = try #require(try workspace.claim())
        let result = try workspace.store.record(step, by: claim, at: now)
        switch result {
        case .success:
            try workspace.store.finish(claim, .succeeded([]), at: now)
            return nil
        case .failure(let failure):
            try workspace.store.finish(claim, .failed(failure, isUncertain: false), at: now)
            return failure
        }
    }

    private func workspace() throws -> Workspace {
        let workspace = try Workspace()
        try workspace.publish("net", .environment, VersionNumber(1, 0))
        return workspace
    }

    @Test func `exports and imports are those of the last step that set them`() throws {
        let workspace = try workspace()
        let other = Target.environment("other")
        #expect(try deploy(dev, workspace, StackStep(links: StackLinks(exports: [vpc]))) == nil)
        #expect(try workspace.store.links(of: dev) == StackLinks(exports: [vpc]))
        #expect(try workspace.store.exports(besideThoseOf: dev, in: "local").isEmpty)
        #expect(try workspace.store.exports(besideThoseOf: other, in: "local") == [vpc])
        #expect(try deploy(other, workspace, StackStep(links: StackLinks(imports: [vpc]))) == nil)
        #expect(try workspace.store.links(of: other) == StackLinks(imports: [vpc]))
        #expect(try workspace.store.importers(of: dev) == ["net:Vpc": [other]])
        // A step that says nothing of them leaves them.
        #expect(try deploy(dev, workspace, StackStep()) == nil)
        #expect(try workspace.store.links(of: dev).exports == [vpc])
    }

    @Test func `a step whose links are refused is not kept at all`() throws {
        let workspace = try workspace()
        let other = Target.environment("other")
        _ = try deploy(dev, workspace, StackStep(links: StackLinks(exports: [vpc])))
        let resource = ProvisionedResource(logicalID: "Vpc", type: "AWS::EC2::VPC", physicalID: "vpc-2")
        let taken = StackStep(
            entry: "{}", put: [resource],
            links: StackLinks(exports: [StackExport(name: "net:Vpc", value: "vpc-2")]))
        let failure = try deploy(other, workspace, taken)
        #expect(failure?.reason == "The name of an export must be free, but dev exports net:Vpc already.")
        #expect(try workspace.store.resources(of: other).isEmpty)
        _ = try deploy(other, workspace, StackStep(links: StackLinks(imports: [vpc])))
        let moved = try deploy(
            dev, workspace, StackStep(links: StackLinks(exports: [StackExport(name: "net:Vpc", value: "vpc-3")])))
        #expect(moved?.reason == "Export net:Vpc must keep its value, because it is imported by other.")
        let dropped = try deploy(dev, workspace, StackStep(links: StackLinks()))
        #expect(dropped?.reason == "Export net:Vpc must stay, because it is imported by other.")
        #expect(try workspace.store.links(of: dev) == StackLinks(exports: [vpc]))
    }

    @Test func `steps that are kept as one are all kept or none`() throws {
        let workspace = try workspace()
        try workspace.submit(Workspace.step(dev))
        let claim = try #require(try workspace.claim())
        let resource = ProvisionedResource(logicalID: "Vpc", type: "AWS::EC2::VPC", physicalID: "vpc-2")
        let intent = StackStep(entry: "{\"n\":1}", put: [resource])
        let refused = StackStep(entry: "{\"n\":2}", links: StackLinks(imports: [vpc]))
        let result = try workspace.store.record([intent, refused], by: claim, at: now)
        #expect(throws: Failure.self) { try result.get() }
        #expect(try workspace.store.journal(of: claim.deployment.id).isEmpty)
        #expect(try workspace.store.resources(of: dev).isEmpty)
        _ = try workspace.store.record([intent, StackStep(entry: "{\"n\":2}")], by: claim, at: now).get()
        #expect(try workspace.store.journal(of: claim.deployment.id) == ["{\"n\":1}", "{\"n\":2}"])
    }

    @Test func `an import that is gone when the deployment ends is refused`() throws {
        let workspace = try workspace()
        let failure = try deploy(dev, workspace, StackStep(links: StackLinks(imports: [vpc])))
        #expect(failure?.reason == "Nothing exports net:Vpc any more.")
    }

    @Test func `names are unique in a space, not beyond it`() throws {
        let workspace = try workspace()
        let connection = Connection(
            name: "real", provisioner: .cloudFormation, account: "123456789012", region: "eu-west-1", createdAt: now)
        try workspace.store.put(connection, base: nil, history: Workspace.entry())
        _ = try deploy(dev, workspace, StackStep(links: StackLinks(exports: [vpc])))
        let other = Target.environment("other")
        #expect(try deploy(other, workspace, connection: "real", StackStep(links: StackLinks(exports: [vpc]))) == nil)
        #expect(try workspace.store.exports(besideThoseOf: dev, in: "real") == [vpc])
        #expect(try workspace.store.exports(besideThoseOf: other, in: "real").isEmpty)
    }

    @Test func `kept resources are listed, the newest first, until they are forgotten`() throws {
        let workspace = try workspace()
        let bucket = ProvisionedResource(
            logicalID: "Store", type: "AWS::S3::Bucket", physicalID: "one-bucket", deletionPolicy: .retainExceptOnCreate
        )
        let data = ProvisionedResource(logicalID: "Data", type: "AWS::RDS::DBInstance", physicalID: "data")
        func kept(_ target: Target, _ fate: KeptResource.Fate, _ id: String, _ resource: ProvisionedResource)
            -> KeptResource
        {
            KeptResource(
                target: target, deployment: Deployment.ID(1), at: now, fate: fate, physicalID: id, resource: resource)
        }
        let steps = [kept(dev, .retained, "one-bucket", bucket), kept(dev, .snapshotted, "dev-snapshot-data", data)]
        _ = try deploy(dev, workspace, StackStep(keep: steps))
        let store = workspace.store
        let page = try store.keptResources()
        #expect(page.total == 2)
        #expect(page.rows.map(\.physicalID) == ["dev-snapshot-data", "one-bucket"])
        #expect(page.rows.map(\.fate) == [.snapshotted, .retained])
        #expect(page.rows[1].resource == bucket)
        #expect(try store.keptResources(of: dev) == page.rows)
        #expect(try store.keptResources(offset: 1, limit: 1).rows == [page.rows[1]])
        #expect(try store.keptResource(holding: "one-bucket", type: bucket.type, in: "local") == page.rows[1])
        #expect(try store.keptResource(holding: "data", type: data.type, in: "local") == nil)
        let forgotten = (id: page.rows[1].id, history: Workspace.entry("kept.forget"))
        try store.forget(keptResources: [forgotten])
        #expect(try store.keptResource(holding: "one-bucket", type: bucket.type, in: "local") == nil)
        let other = (id: page.rows[0].id, history: Workspace.entry("kept.forget"))
        #expect(throws: StoreError.self) { try store.forget(keptResources: [other, forgotten]) }
        #expect(try store.keptResources().rows == [page.rows[0]])
    }
}
