import Catalog
import Documents
import Testing

@testable import Store

/// A target belongs to another connection once its move has succeeded, and not before.
@Suite struct SettledMoveTests {
    private let dev = Target.environment("dev")
    private let now = Workspace.now
    private let identity = StackIdentity(
        name: "baryon-env--dev", id: "arn:stack", account: "111122223333", region: "eu-west-1")

    private func resource(_ id: String) -> ProvisionedResource {
        ProvisionedResource(logicalID: "Queue", type: "AWS::SQS::Queue", physicalID: id)
    }

    /// A rehearsed environment with a resource, an export and something that it kept, and its move under way.
    private func moving() throws -> (workspace: Workspace, claim: Claim) {
        let workspace = try Workspace()
        try workspace.publish("net", .environment, VersionNumber(1, 0))
        try workspace.submit(Workspace.step(dev))
        let claim = try #require(try workspace.claim())
        let kept = KeptResource(
            target: dev, deployment: claim.deployment.id, at: now, fate: .retained, physicalID: "old",
            resource: resource("old"))
        let step = StackStep(
            put: [resource("rehearsed")], keep: [kept],
            links: StackLinks(exports: [StackExport(name: "dev:Queue", value: "rehearsed")]))
        _ = try workspace.store.record(step, by: claim, at: now).get()
        try workspace.store.finish(claim, .succeeded([Output(key: "Url", value: "rehearsed")]), at: now)
        var move = Workspace.step(dev, .move, revision: 2, base: 1)
        move.connection = "staging"
        try workspace.submit(move)
        let moving = try #require(try workspace.claim())
        try workspace.store.setStack(identity, of: dev, by: moving)
        return (workspace, moving)
    }

    @Test func `a move that succeeded changes all of it at once`() throws {
        let (workspace, claim) = try moving()
        let before = try #require(try workspace.store.record(dev))
        #expect(before.connection == "local" && before.desired.revision == 1 && !before.hasSpecDrift)
        try workspace.store.finish(
            claim, .succeeded([Output(key: "Url", value: "made")]), made: [resource("made")], at: now)
        let record = try #require(try workspace.store.record(dev))
        #expect(record.connection == "staging" && record.stack == identity)
        #expect(record.applied?.outputs.map(\.value) == ["made"])
        #expect(record.desired.revision == 2 && !record.hasSpecDrift && record.leftover == nil)
        #expect(try workspace.store.resources(of: dev).map(\.physicalID) == ["made"])
        #expect(try workspace.store.links(of: dev).isEmpty)
        #expect(try workspace.store.keptResources(of: dev).isEmpty)
        let entry = try #require(try workspace.store.history(subject: dev.id, limit: 1).first)
        #expect(entry.act == "environment.move" && entry.detail.hasSuffix("net 1.0 to staging"))
    }

    @Test(arguments: [
        Outcome.failed(Failure(reason: "no room"), isUncertain: false), .cancelled(nil, isUncertain: false),
        .stuck(Failure(reason: "no room")),
    ])
    func `a move that did not succeed changes nothing of what was rehearsed`(outcome: Outcome) throws {
        let (workspace, claim) = try moving()
        let before = try #require(try workspace.store.record(dev))
        let links = try workspace.store.links(of: dev)
        try workspace.store.finish(claim, outcome, at: now)
        let record = try #require(try workspace.store.record(dev))
        #expect(record.connection == "local" && record.desired == before.desired && record.applied == before.applied)
        #expect(try workspace.store.resources(of: dev).map(\.physicalID) == ["rehearsed"])
        #expect(try workspace.store.links(of: dev) == links && !links.isEmpty)
        #expect(try workspace.store.keptResources(of: dev).count == 1)
        // Only what may still be there outside is remembered, until it is freed.
        #expect(record.leftover == (outcome.isUncertain ? identity : nil))
        #expect(record.stack == record.leftover)
        guard outcome.isUncertain else { return }
        try workspace.store.settle(dev, isGone: true, isOfMove: true, history: Workspace.entry())
        let freed = try #require(try workspace.store.record(dev))
        #expect(!freed.isUncertain && freed.stack == nil && freed.applied == before.applied)
        #expect(try workspace.store.resources(of: dev).count == 1)
    }
}
