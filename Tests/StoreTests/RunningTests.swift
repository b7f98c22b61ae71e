import Catalog
import Documents
import Testing

@testable import Store

@Suite struct RunningTests {
    private let dev = Target.environment("dev")
    private let now = Workspace.now

    private func workspace(_ steps: Submission.Step...) throws -> Workspace {
        let workspace = try Workspace()
        try workspace.publish("net", .environment, VersionNumber(1, 0))
        if !steps.isEmpty { _ = try workspace.store.submit(Workspace.submission(steps)) }
        return workspace
    }

    @Test func `a deployment has one runner`() throws {
        let workspace = try workspace(Workspace.step(dev))
        let claim = try #require(try workspace.claim("one"))
        #expect(claim.deployment.phase == .inProgress)
        #expect(claim.deployment.startedAt == now)
        #expect(claim.lease == Lease(owner: "one", fence: 1, expiresAt: now.adding(milliseconds: 10_000)))
        #expect(try workspace.claim("two") == nil)
        #expect(try workspace.store.lease(of: claim.deployment.id) == claim.lease)
    }

    @Test func `a lease that ran out is taken over, and the late runner is refused`() throws {
        let workspace = try workspace(Workspace.step(dev))
        let first = try #require(try workspace.claim("one"))
        let later = now.adding(milliseconds: 10_000)
        let second = try #require(try workspace.claim("two", at: later))
        #expect(second.lease.fence == 2)
        #expect(second.deployment.phase == .inProgress)
        #expect(second.deployment.startedAt == now)
        let id = first.deployment.id
        let store = workspace.store
        #expect(throws: StoreError.fenced(id)) { try store.append([], by: first) }
        #expect(throws: StoreError.fenced(id)) { try store.record(StackStep(entry: "{}"), by: first, at: later) }
        #expect(throws: StoreError.fenced(id)) { try store.setPhase(.rollingBack, of: first, at: later) }
        #expect(throws: StoreError.fenced(id)) { try store.finish(first, .succeeded([]), at: later) }
        #expect(throws: StoreError.fenced(id)) { try store.release(first) }
        #expect(throws: StoreError.fenced(id)) {
            try store.heartbeat(first, now: later, leaseMilliseconds: 10_000)
        }
        #expect(try store.journal(of: id).isEmpty)
        try store.finish(second, .succeeded([]), at: later)
        #expect(throws: StoreError.fenced(id)) { try store.finish(second, .succeeded([]), at: later) }
    }

    @Test func `a heartbeat keeps a lease`() throws {
        let workspace = try workspace(Workspace.step(dev))
        let claim = try #require(try workspace.claim("one"))
        let later = now.adding(milliseconds: 9_000)
        let longer = try workspace.store.heartbeat(claim, now: later, leaseMilliseconds: 10_000)
        #expect(longer.lease.fence == claim.lease.fence)
        #expect(try workspace.claim("two", at: now.adding(milliseconds: 15_000)) == nil)
    }

    @Test func `a dead runner's lease is void at once`() throws {
        let workspace = try workspace(Workspace.step(dev))
        _ = try workspace.claim("dead")
        let claim = try workspace.store.claim(owner: "two", now: now, leaseMilliseconds: 1000) { $0 == "dead" }
        #expect(claim?.lease.fence == 2)
    }

    @Test func `a lease that was given back is free, and keeps the phase`() throws {
        let workspace = try workspace(Workspace.step(dev))
        let first = try #require(try workspace.claim("one"))
        try workspace.store.setPhase(.rollingBack, of: first, at: now)
        try workspace.store.release(first)
        #expect(try workspace.claim("two")?.deployment.phase == .rollingBack)
    }

    @Test func `a runner may care for one order alone`() throws {
        let workspace = try workspace(Workspace.step(dev))
        let other = try workspace.submit(Workspace.step(.environment("other")))
        let claim = try workspace.store.claim(
            owner: "one", now: now, leaseMilliseconds: 1000, only: other.order.id)
        #expect(claim?.deployment.target == .environment("other"))
        #expect(
            try workspace.store.claim(owner: "one", now: now, leaseMilliseconds: 1000, only: other.order.id) == nil)
    }

    @Test func `success moves what is applied and queues the next step`() throws {
        let workspace = try workspace(Workspace.step(dev), Workspace.step(.environment("two")))
        let claim = try #require(try workspace.claim())
        #expect(try workspace.claim() == nil)
        let outputs = [Output(key: "VpcId", value: "vpc-1", note: "the network"), Output(key: "A", value: "é\n")]
        let done = try workspace.store.finish(claim, .succeeded(outputs), at: now)
        #expect(done.phase == .succeeded)
        #expect(done.outputs == outputs)
        let record = try #require(try workspace.store.record(dev))
        #expect(
            record.applied
                == AppliedState(
                    deployment: done.id, version: VersionNumber(1, 0), spec: "a: 1\n", revision: 1, outputs: outputs,
                    at: now))
        #expect(!record.hasSpecDrift)
        #expect(try workspace.claim()?.deployment.target == .environment("two"))
    }

    @Test func `a failure moves nothing, and those that wait never begin`() throws {
        let workspace = try workspace(Workspace.step(dev), Workspace.step(.environment("two")))
        let claim = try #require(try workspace.claim())
        let failure = Failure(
            resource: "Subnet", type: "AWS::EC2::Subnet", reason: "It is outside.", hint: "Move it.", undone: ["Vpc"])
        try workspace.store.finish(claim, .failed(failure, isUncertain: false), at: now)
        let deployments = try workspace.store.deployments(of: claim.deployment.order)
        #expect(deployments.map(\.phase) == [.failed, .cancelled])
        #expect(deployments[0].failure == failure)
        #expect(
            deployments[1].failure?.reason
                == "It did not begin, because dev (\(claim.deployment.id)) did not succeed.")
        let record = try #require(try workspace.store.record(dev))
        #expect(record.applied == nil)
        #expect(!record.isUncertain)
        #expect(try workspace.store.row(dev)?.phase == .failed)
        #expect(try workspace.claim() == nil)
        // The target stays, with what was wanted, and can be tried again.
        try workspace.submit(Workspace.step(dev, .create, spec: "a: 2\n", revision: 2, base: 1))
        try workspace.runAll()
        #expect(try workspace.store.record(dev)?.applied?.spec == "a: 2\n")
    }

    @Test func `a target that was undone in part is uncertain until a success`() throws {
        let workspace = try workspace(Workspace.step(dev))
        let claim = try #require(try workspace.claim())
        try workspace.store.finish(claim, .stuck(Failure(reason: "The undo stopped.")), at: now)
        #expect(try workspace.store.record(dev)?.isUncertain == true)
        #expect(try workspace.store.counts(.environments).uncertain == 1)
        try workspace.submit(Workspace.step(dev, .create, revision: 2, base: 1))
        try workspace.runAll()
        #expect(try workspace.store.record(dev)?.isUncertain == false)
    }

    @Test func `a destruction removes the target and its record`() throws {
        let workspace = try workspace(Workspace.step(dev))
        let claim = try #require(try workspace.claim())
        let resource = ProvisionedResource(logicalID: "Vpc", type: "AWS::EC2::VPC", physicalID: "vpc-1")
        try workspace.store.record(StackStep(put: [resource]), by: claim, at: now)
        try workspace.store.finish(claim, .succeeded([]), at: now)
        try workspace.submit(Workspace.step(dev, .destroy, base: 1))
        #expect(try workspace.store.record(dev) != nil)
        try workspace.runAll()
        #expect(try workspace.store.record(dev) == nil)
        #expect(try workspace.store.resources(of: dev).isEmpty)
        #expect(try workspace.store.counts(.all).total == 0)
        #expect(try workspace.store.deployments(DeploymentQuery(target: dev)).map(\.action) == [.destroy, .create])
    }

    @Test func `what has not begun is cancelled at once, with those that wait for it`() throws {
        let workspace = try workspace(Workspace.step(dev), Workspace.step(.environment("two")))
        let first = try #require(try workspace.store.deployments().last)
        #expect(try workspace.store.requestCancel(first.id, by: "bob", at: now) == .cancelled)
        #expect(try workspace.store.deployments().map(\.phase) == [.cancelled, .cancelled])
        #expect(try workspace.store.deployment(first.id)?.failure?.reason == "It was cancelled by bob before it began.")
        #expect(try workspace.claim() == nil)
    }

    @Test func `what runs is asked to stop`() throws {
        let workspace = try workspace(Workspace.step(dev))
        let claim = try #require(try workspace.claim())
        let id = claim.deployment.id
        #expect(try !workspace.store.isCancelRequested(id))
        #expect(try workspace.store.requestCancel(id, by: "bob", at: now) == .cancelling)
        #expect(try workspace.store.isCancelRequested(id))
        try workspace.store.finish(claim, .cancelled(nil, isUncertain: false), at: now)
        #expect(try workspace.store.requestCancel(id, by: "bob", at: now) == .cancelled)
        #expect(try workspace.store.history(subject: dev.id).first?.act == "deployment.cancel")
    }

    @Test func `a step is one transaction: journal, record, events, phase`() throws {
        let workspace = try workspace(Workspace.step(dev))
        let claim = try #require(try workspace.claim())
        let id = claim.deployment.id
        let vpc = ProvisionedResource(
            logicalID: "Vpc", type: "AWS::EC2::VPC", physicalID: "vpc-1", attributes: ["Arn": "arn:1"],
            properties: ["CidrBlock": "10.0.0.0/16", "Count": 3, "Odd": "a\"\\\n\u{1}é"], dependencies: ["Igw"],
            deletionPolicy: .retain, generation: 2)
        let event = Event(
            deployment: id, at: now, kind: .resource, resource: "Vpc", type: "AWS::EC2::VPC", state: .created,
            physicalID: "vpc-1", message: "made")
        let step = StackStep(entry: "{\"n\":1}", put: [vpc], events: [event], phase: .rollingBack)
        let sequences = try workspace.store.record(step, by: claim, at: now).get()
        #expect(try workspace.store.resources(of: dev) == [vpc])
        #expect(try workspace.store.holder(ofPhysicalID: "vpc-1", type: "AWS::EC2::VPC") == dev)
        let other = Target.environment("other")
        func neighbours(_ target: Target, _ property: String?, _ value: String) throws -> [String] {
            try workspace.store.neighbours(of: target, type: vpc.type, sharing: property, value: value)
                .map { "\($0.target.title) \($0.resource.logicalID)" }
        }
        #expect(try neighbours(other, "CidrBlock", "10.0.0.0/16") == ["\(dev.title) Vpc"])
        #expect(try neighbours(other, "Count", "3") == ["\(dev.title) Vpc"])
        #expect(try neighbours(other, nil, "vpc-1") == ["\(dev.title) Vpc"])
        #expect(try neighbours(other, "CidrBlock", "10.1.0.0/16").isEmpty)
        #expect(try neighbours(dev, nil, "vpc-1").isEmpty)
        #expect(try workspace.store.deployment(id)?.phase == .rollingBack)
        var kept = event
        kept.sequence = try #require(sequences.first)
        let events = try workspace.store.events(of: id)
        #expect(events.map(\.message) == ["queued", "in progress", "made", "rolling back"])
        #expect(events[2] == kept)
        #expect(try workspace.store.events(of: id, after: kept.sequence).map(\.message) == ["rolling back"])
        try workspace.store.record(StackStep(entry: "{\"n\":2}", remove: ["Vpc"]), by: claim, at: now)
        #expect(try workspace.store.resources(of: dev).isEmpty)
        #expect(try workspace.store.journal(of: id) == ["{\"n\":1}", "{\"n\":2}"])
    }

    @Test func `a step that is planned again has the new plan`() throws {
        let workspace = try workspace(Workspace.step(dev))
        let id = try #require(try workspace.store.deployments().first).id
        try workspace.store.replacePlan(of: id, digest: "again")
        #expect(try workspace.store.deployment(id)?.planDigest == "again")
        try workspace.runAll()
        #expect(throws: StoreError.self) { try workspace.store.replacePlan(of: id, digest: "late") }
    }

    @Test func `runners that wait are known`() throws {
        let workspace = try Workspace()
        for owner in ["b", "a", "a"] { try workspace.store.announce(runner: owner) }
        #expect(try workspace.store.runners().map(\.owner) == ["a", "b"])
        try workspace.store.withdraw(runner: "a")
        #expect(try workspace.store.runners().map(\.owner) == ["b"])
        try workspace.store.announce(runner: "c") { $0 == "b" }
        #expect(try workspace.store.runners().map(\.owner) == ["c"], "one that died is forgotten")
    }

    @Test func `what waits for a runner is told without taking it`() throws {
        let workspace = try Workspace()
        try workspace.publish("net", .environment, VersionNumber(1, 0))
        #expect(try !workspace.store.isClaimable(now: Workspace.now))
        try workspace.submit(Workspace.step(.environment("dev"), .create, "net"))
        #expect(try workspace.store.isClaimable(now: Workspace.now))
        #expect(try !workspace.store.isClaimable(now: Workspace.now, rights: ClaimRights(connections: [])))
        _ = try workspace.claim()
        #expect(try !workspace.store.isClaimable(now: Workspace.now))
    }
}
