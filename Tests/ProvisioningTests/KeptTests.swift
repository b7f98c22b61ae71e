import Catalog
import Documents
import Provisioning
import Testing

/// What policies keep when a stack lets it go.
@Suite struct KeptTests {
    private static func bucket(_ policies: String, name: String? = nil, isLast: Bool = true) -> String {
        """
        Resources:
          Store:
            Type: AWS::S3::Bucket
            \(policies)
            Properties: \(name.map { "{BucketName: \($0)}" } ?? "{}")
          \(isLast ? "" : "Late: {Type: AWS::SNS::Topic, DependsOn: Store}")
        """
    }

    private static let database = """
        Resources:
          Data:
            Type: AWS::RDS::DBInstance
            DeletionPolicy: Snapshot
            Properties:
              Engine: postgres
              DBInstanceClass: db.t4g.micro
              AllocatedStorage: '20'
              MasterUsername: owner
              ManageMasterUserPassword: true
        """

    @Test func `what is retained is known with its fate and its deployment`() async throws {
        let rehearsal = Rehearsal()
        try await rehearsal.apply(Self.bucket("DeletionPolicy: Retain"))
        let bucket = try #require(rehearsal.ledger.state.resources["Store"])
        #expect(try await rehearsal.destroy() == .succeeded([]))
        let kept = try #require(rehearsal.ledger.state.kept.first)
        #expect(rehearsal.ledger.state.kept.count == 1)
        #expect(kept.fate == .retained)
        #expect(kept.resource == bucket)
        #expect(kept.physicalID == bucket.physicalID)
        #expect(kept.deployment == Deployment.ID(2))
        #expect(rehearsal.ledger.lines == ["retained Store"])
    }

    @Test func `a stack that is deleted to free it keeps what it is told to`() async throws {
        let rehearsal = Rehearsal()
        try await rehearsal.apply(Self.bucket("", isLast: false))
        let ledger = rehearsal.ledger
        let topic = try #require(ledger.state.resources["Late"])
        ledger.nextDeployment()
        let job = rehearsal.job("")
        #expect(try await LocalProvisioner().release(job, .delete(keep: ["Late"]), ledger) == .succeeded([]))
        #expect(ledger.state.resources.isEmpty)
        #expect(ledger.state.kept.map(\.resource) == [topic])
    }

    @Test func `a snapshot is called as the service would`() async throws {
        let rehearsal = Rehearsal()
        try await rehearsal.apply(Self.database)
        #expect(try await rehearsal.destroy() == .succeeded([]))
        let kept = try #require(rehearsal.ledger.state.kept.first)
        #expect(kept.fate == .snapshotted)
        #expect(kept.physicalID.hasPrefix("network-snapshot-data-"))
        #expect(rehearsal.ledger.state.events.last { $0.resource == "Data" }?.message.contains(kept.physicalID) == true)
        // A snapshot holds no name of its resource.
        #expect(try await rehearsal.applyNext(Self.database).outputs != nil)
    }

    @Test func `a type without snapshots can't have that policy`() async throws {
        let failure = try await Rehearsal().apply(Self.bucket("DeletionPolicy: Snapshot")).failure
        #expect(
            failure?.reason
                == "The policy Snapshot must be for a type that has snapshots, but AWS::S3::Bucket has none.")
    }

    @Test func `what is replaced is kept by the policy for that`() async throws {
        let rehearsal = Rehearsal()
        try await rehearsal.apply(Self.bucket("UpdateReplacePolicy: Retain", name: "one-bucket"))
        #expect(
            try await rehearsal.applyNext(Self.bucket("UpdateReplacePolicy: Retain", name: "two-bucket")).outputs != nil
        )
        #expect(rehearsal.ledger.state.kept.map(\.physicalID) == ["one-bucket"])
        #expect(try await rehearsal.destroy() == .succeeded([]))
        #expect(rehearsal.ledger.state.kept.count == 1)
    }

    @Test(arguments: [("Retain", ["retained"]), ("RetainExceptOnCreate", [])])
    func `an undone creation is kept by Retain alone`(policy: String, fates: [String]) async throws {
        let rehearsal = Rehearsal()
        let template = Self.bucket("DeletionPolicy: \(policy)", name: "one-bucket", isLast: false)
        let failure = try await rehearsal.apply(template, Job.Options(failAt: "Late")).failure
        #expect(failure?.undone == (fates.isEmpty ? ["Store"] : []))
        #expect(rehearsal.ledger.state.resources.isEmpty)
        #expect(rehearsal.ledger.state.kept.map(\.fate.rawValue) == fates)
        // That is why the next try meets its name.
        let next = try await rehearsal.applyNext(template)
        #expect((next.failure == nil) == fates.isEmpty)
        if fates.isEmpty {
            #expect(try await rehearsal.destroy() == .succeeded([]))
            #expect(rehearsal.ledger.state.kept.map(\.fate) == [.retained])
        }
    }

    @Test func `a name that a kept resource has is taken`() async throws {
        let rehearsal = Rehearsal()
        try await rehearsal.apply(Self.bucket("DeletionPolicy: Retain", name: "one-bucket"))
        _ = try await rehearsal.destroy()
        let failure = try await rehearsal.applyNext(Self.bucket("", name: "one-bucket")).failure
        #expect(
            failure?.reason == "Its name must be free, but one-bucket exists already: network kept it (#2).")
        #expect(failure?.hint == "Choose another name, or forget the kept one: baryon kept forget 1")
        rehearsal.ledger.change { $0.kept = [] }
        #expect(try await rehearsal.applyNext(Self.bucket("", name: "one-bucket")).outputs != nil)
    }

    @Test func `a name that the service makes is never one that a kept resource has`() async throws {
        let rehearsal = Rehearsal()
        let template = Self.bucket("DeletionPolicy: Retain")
        for _ in 0..<3 {
            #expect(try await rehearsal.applyNext(template).outputs != nil)
            #expect(try await rehearsal.destroy() == .succeeded([]))
        }
        #expect(Set(rehearsal.ledger.state.kept.map(\.physicalID)).count == 3)
    }

    enum Story: CaseIterable { case removal, replacement, undoneCreation, snapshot }

    private func prepare(_ story: Story) async throws -> (Rehearsal, () async throws -> Outcome) {
        let rehearsal = Rehearsal()
        let provisioner = LocalProvisioner()
        let both = "DeletionPolicy: Retain\n    UpdateReplacePolicy: Retain"
        if story != .undoneCreation {
            try await rehearsal.apply(story == .snapshot ? Self.database : Self.bucket(both, name: "one-bucket"))
        }
        rehearsal.ledger.nextDeployment()
        let (template, options): (String, Job.Options) =
            switch story {
            case .replacement: (Self.bucket(both, name: "two-bucket"), Job.Options())
            case .undoneCreation: (Self.bucket(both, isLast: false), Job.Options(failAt: "Late"))
            case .removal, .snapshot: ("", Job.Options())
            }
        let job = rehearsal.job(template, number: 2, options: options)
        return (
            rehearsal,
            {
                if template.isEmpty { return try await provisioner.destroy(job, rehearsal.ledger) }
                return try await provisioner.apply(job, rehearsal.ledger)
            }
        )
    }

    @Test(arguments: Story.allCases)
    func `broken off after any step, the same is kept once`(story: Story) async throws {
        let (whole, run) = try await prepare(story)
        let outcome = try await run()
        let expected = whole.ledger.state
        #expect(expected.kept.count == 1)
        for moment in 0..<expected.stepCount {
            let (rehearsal, run) = try await prepare(story)
            rehearsal.ledger.change { $0.stepsLeft = moment }
            #expect(try await rehearsal.finish(run) == outcome, "stopped after \(moment) steps")
            #expect(rehearsal.ledger.state.kept == expected.kept, "stopped after \(moment) steps")
            #expect(rehearsal.ledger.state.resources == expected.resources, "stopped after \(moment) steps")
        }
    }
}
