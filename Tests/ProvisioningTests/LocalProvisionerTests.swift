import Catalog
import Documents
import Provisioning
import Testing

@Suite struct LocalProvisionerTests {
    @Test func `a new stack is made in the order of its needs`() async throws {
        let rehearsal = Rehearsal()
        let outcome = try await rehearsal.apply(Templates.vpc())
        #expect(
            rehearsal.ledger.lines == [
                "creating Vpc", "created Vpc", "creating Subnet", "created Subnet", "output VpcId", "output Zone",
            ])
        let vpc = try #require(rehearsal.ledger.state.resources["Vpc"])
        #expect(vpc.physicalID.hasPrefix("vpc-0"))
        #expect(vpc.physicalID.count == 21)
        #expect(outcome.outputs == ["VpcId": vpc.physicalID, "Zone": "eu-west-1a"])
        #expect(rehearsal.ledger.state.resources["Subnet"]?.properties["VpcId"] == .string(vpc.physicalID))
        #expect(rehearsal.ledger.state.resources["Subnet"]?.dependencies == ["Vpc"])
    }

    @Test func `what is there as wanted is left alone`() async throws {
        let rehearsal = Rehearsal()
        try await rehearsal.apply(Templates.vpc())
        let before = rehearsal.ledger.state.resources
        try await rehearsal.applyNext(Templates.vpc())
        #expect(rehearsal.ledger.lines == ["output VpcId", "output Zone"])
        #expect(rehearsal.ledger.state.resources == before)
    }

    @Test func `a changed tag is an update in place`() async throws {
        let rehearsal = Rehearsal()
        try await rehearsal.apply(Templates.vpc())
        let id = rehearsal.ledger.state.resources["Vpc"]?.physicalID
        try await rehearsal.applyNext(Templates.vpc(name: "two"))
        #expect(rehearsal.ledger.lines.prefix(2) == ["updating Vpc", "updated Vpc"])
        #expect(rehearsal.ledger.lines.count == 4)
        #expect(rehearsal.ledger.state.resources["Vpc"]?.physicalID == id)
    }

    @Test func `a replacement takes along what refers to it, and the old ones go last`() async throws {
        let rehearsal = Rehearsal()
        try await rehearsal.apply(Templates.vpc())
        let old = rehearsal.ledger.state.resources
        try await rehearsal.applyNext(Templates.vpc(block: "10.1.0.0/16", subnet: "10.1.1.0/24"))
        #expect(
            rehearsal.ledger.lines.prefix(8) == [
                "creating Vpc", "created Vpc", "creating Subnet", "created Subnet",
                "deleting Subnet", "deleted Subnet", "deleting Vpc", "deleted Vpc",
            ])
        let deleted = rehearsal.ledger.state.events.filter { $0.state == .deleted }.map(\.physicalID)
        #expect(deleted == [old["Subnet"]?.physicalID, old["Vpc"]?.physicalID])
        #expect(rehearsal.ledger.state.resources["Vpc"]?.physicalID != old["Vpc"]?.physicalID)
        #expect(rehearsal.ledger.state.resources["Vpc"]?.generation == 1)
    }

    @Test func `what the template no longer has is removed at the end, dependents first`() async throws {
        let rehearsal = Rehearsal()
        try await rehearsal.apply(Templates.vpc(hasSecond: true))
        try await rehearsal.applyNext(Templates.vpc())
        #expect(
            rehearsal.ledger.lines.prefix(4) == [
                "deleting Attachment", "deleted Attachment", "deleting Gateway", "deleted Gateway",
            ])
        #expect(rehearsal.ledger.state.resources.keys.sorted() == ["Subnet", "Vpc"])
    }

    @Test func `a removal takes everything, dependents first`() async throws {
        let rehearsal = Rehearsal()
        try await rehearsal.apply(Templates.vpc())
        #expect(try await rehearsal.destroy() == .succeeded([]))
        #expect(
            rehearsal.ledger.lines == ["deleting Subnet", "deleted Subnet", "deleting Vpc", "deleted Vpc"])
        #expect(rehearsal.ledger.state.resources.isEmpty)
        let status = try await LocalProvisioner().status(rehearsal.job(""), rehearsal.ledger)
        #expect(status == .absent)
    }

    @Test func `policies keep a resource or leave a snapshot`() async throws {
        let rehearsal = Rehearsal()
        try await rehearsal.apply(
            """
            Resources:
              Kept: {Type: AWS::S3::Bucket, DeletionPolicy: Retain}
              Saved: {Type: AWS::EC2::Volume, DeletionPolicy: Snapshot, Properties: {AvailabilityZone: eu-west-1a}}
            """)
        #expect(try await rehearsal.destroy() == .succeeded([]))
        #expect(rehearsal.ledger.lines == ["deleting Saved", "deleted Saved", "retained Kept"])
        #expect(rehearsal.ledger.state.events[1].message.contains("snapshot"))
        #expect(rehearsal.ledger.state.resources.isEmpty)
    }

    @Test func `conditions decide what is made`() async throws {
        let template = """
            Parameters: {Wide: {Type: String, Default: "no"}}
            Conditions: {IsWide: !Equals [!Ref Wide, "yes"]}
            Resources:
              Always: {Type: AWS::SNS::Topic}
              Sometimes: {Type: AWS::SNS::Topic, Condition: IsWide}
            """
        let rehearsal = Rehearsal()
        var job = rehearsal.job(template)
        _ = try await LocalProvisioner().apply(job, rehearsal.ledger)
        #expect(rehearsal.ledger.state.resources.keys.sorted() == ["Always"])
        rehearsal.ledger.nextDeployment()
        job.parameters["Wide"] = "yes"
        _ = try await LocalProvisioner().apply(job, rehearsal.ledger)
        #expect(rehearsal.ledger.state.resources.keys.sorted() == ["Always", "Sometimes"])
    }

    @Test func `the same job again gives the same outcome and does nothing`() async throws {
        let rehearsal = Rehearsal()
        let first = try await rehearsal.apply(Templates.vpc())
        let steps = rehearsal.ledger.state.stepCount
        #expect(try await rehearsal.apply(Templates.vpc()) == first)
        #expect(rehearsal.ledger.state.stepCount == steps)
    }

    @Test func `another policy alone moves only the record`() async throws {
        let plain = "Resources: {Store: {Type: AWS::S3::Bucket}}"
        let kept = "Resources: {Store: {Type: AWS::S3::Bucket, DeletionPolicy: Retain}}"
        let rehearsal = Rehearsal()
        try await rehearsal.apply(plain)
        try await rehearsal.applyNext(kept)
        #expect(rehearsal.ledger.lines.isEmpty)
        #expect(rehearsal.ledger.state.resources["Store"]?.deletionPolicy == .retain)
    }

    @Test func `nothing drifts in a rehearsal`() async throws {
        let rehearsal = Rehearsal()
        try await rehearsal.apply(Templates.vpc())
        #expect(try await LocalProvisioner().drift(rehearsal.job(Templates.vpc()), rehearsal.ledger).isEmpty)
        let outputs = try await LocalProvisioner().outputs(rehearsal.job(Templates.vpc()), rehearsal.ledger)
        #expect(outputs.map(\.key) == ["VpcId", "Zone"])
    }
}
