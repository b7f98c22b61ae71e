import Catalog
import Documents
import Provisioning
import Testing

@Suite struct UndoTests {
    @Test func `a failure undoes what was done, the last first, and names it`() async throws {
        let rehearsal = Rehearsal()
        let outcome = try await rehearsal.apply(Templates.vpc(hasSecond: true), Job.Options(failAt: "Attachment"))
        let failure = try #require(outcome.failure)
        #expect(failure.resource == "Attachment")
        #expect(failure.type == "AWS::EC2::VPCGatewayAttachment")
        #expect(failure.reason == "It was asked to fail at Attachment, and did.")
        #expect(failure.undone == ["Gateway", "Subnet", "Vpc"])
        #expect(
            rehearsal.ledger.lines == [
                "creating Vpc", "created Vpc", "creating Subnet", "created Subnet", "creating Gateway",
                "created Gateway", "creating Attachment", "failed Attachment", "undoing Gateway", "undone Gateway",
                "undoing Subnet", "undone Subnet", "undoing Vpc", "undone Vpc",
            ])
        #expect(rehearsal.ledger.state.resources.isEmpty)
        #expect(rehearsal.ledger.state.phases == [.rollingBack])
    }

    @Test func `an update that fails puts back what was there`() async throws {
        let rehearsal = Rehearsal()
        try await rehearsal.apply(Templates.vpc())
        let before = rehearsal.ledger.state.resources
        let wide = Templates.vpc(block: "10.1.0.0/16", subnet: "10.1.1.0/24", name: "two", hasSecond: true)
        let outcome = try await rehearsal.applyNext(wide, Job.Options(failAt: "Attachment"))
        #expect(outcome.failure?.undone == ["Gateway", "Subnet", "Vpc"])
        #expect(rehearsal.ledger.state.resources == before)
        #expect(!rehearsal.ledger.lines.contains { $0.hasPrefix("deleting") })
    }

    @Test func `a removal that is refused stops an update before anything is removed`() async throws {
        let rehearsal = Rehearsal()
        try await rehearsal.apply(Templates.vpc(hasSecond: true))
        let before = rehearsal.ledger.state.resources
        let outcome = try await rehearsal.applyNext(Templates.vpc(name: "two"), Job.Options(failAt: "Gateway"))
        #expect(outcome.failure?.resource == "Gateway")
        #expect(outcome.failure?.undone == ["Vpc"])
        #expect(rehearsal.ledger.state.resources == before)
    }

    @Test func `a wish to cancel undoes as a failure does`() async throws {
        let rehearsal = Rehearsal()
        rehearsal.ledger.change { $0.cancelAfter = 2 }
        let outcome = try await rehearsal.apply(Templates.vpc(hasSecond: true))
        #expect(outcome == .cancelled(undone: ["Subnet", "Vpc"]))
        #expect(rehearsal.ledger.state.resources.isEmpty)
    }

    @Test func `a wish to cancel comes too late once the clean-up has begun`() async throws {
        let rehearsal = Rehearsal()
        try await rehearsal.apply(Templates.vpc(hasSecond: true))
        rehearsal.ledger.nextDeployment()
        rehearsal.ledger.change { $0.cancelAfter = 1 }
        let outcome = try await rehearsal.apply(Templates.vpc())
        #expect(outcome.outputs != nil)
    }

    @Test func `an undo that fails leaves the stack stuck, with both reasons`() async throws {
        let rehearsal = Rehearsal()
        let options = Job.Options(failAt: "Attachment", failUndoAt: "Subnet")
        let outcome = try await rehearsal.apply(Templates.vpc(hasSecond: true), options)
        guard case .stuck(let failure) = outcome else {
            Issue.record("must be stuck, but is \(outcome)")
            return
        }
        #expect(failure.resource == "Subnet")
        #expect(failure.reason.contains("asked to fail at Attachment"))
        #expect(failure.undone == ["Gateway"])
        #expect(rehearsal.ledger.state.resources.keys.sorted() == ["Subnet", "Vpc"])
        // The next deployment goes on from there.
        #expect(try await rehearsal.applyNext(Templates.vpc()).outputs != nil)
    }

    @Test func `an unknown resource to fail at is said at once`() async throws {
        let rehearsal = Rehearsal()
        let failure = try await rehearsal.apply(Templates.vpc(), Job.Options(failAt: "Vcp")).failure
        #expect(failure?.reason == "The resource to fail at must be one of the stack, but Vcp is none.")
        #expect(failure?.hint == "Name one of Vpc, Subnet.")
        #expect(rehearsal.ledger.state.resources.isEmpty)
    }

    @Test func `a removal that fails keeps the rest, and the next one goes on`() async throws {
        let rehearsal = Rehearsal()
        try await rehearsal.apply(Templates.vpc())
        let outcome = try await rehearsal.destroy(Job.Options(failAt: "Vpc"))
        #expect(outcome.failure?.resource == "Vpc")
        #expect(rehearsal.ledger.state.resources.keys.sorted() == ["Vpc"])
        #expect(try await rehearsal.destroy() == .succeeded([]))
        #expect(rehearsal.ledger.state.resources.isEmpty)
    }

    @Test func `a protected database is not removed`() async throws {
        let rehearsal = Rehearsal()
        try await rehearsal.apply(
            Templates.one(
                "AWS::RDS::DBInstance",
                "{Engine: postgres, DBInstanceClass: db.t4g.micro, AllocatedStorage: '20', MasterUsername: owner, "
                    + "ManageMasterUserPassword: true, DeletionProtection: true}"))
        let failure = try await rehearsal.destroy().failure
        #expect(failure?.hint == "Turn DeletionProtection off with an update first.")
    }
}
