import Catalog
import Documents
import Provisioning
import Testing

/// What stacks give to each other, under names.
@Suite struct LinkTests {
    private static func exporting(_ name: String = "net:Vpc", block: String = "10.0.0.0/16") -> String {
        """
        Resources:
          Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: \(block)}}
        Outputs:
          Vpc:
            Value: !Ref Vpc
            Export: {Name: \(name)}
        """
    }

    private static func importing(_ name: String = "net:Vpc") -> String {
        """
        Resources:
          Subnet:
            Type: AWS::EC2::Subnet
            Properties: {VpcId: !ImportValue \(name), CidrBlock: 10.0.1.0/24}
        Outputs:
          Other: {Value: !ImportValue \(name)}
        """
    }

    private static func space(
        _ others: [String: (value: String, title: String)], importers: [String: [String]] = [:]
    ) -> StackLinks.Surroundings {
        StackLinks.Surroundings(others: others, importers: importers)
    }

    @Test func `what a stack exports is kept with its last step`() async throws {
        let rehearsal = Rehearsal()
        try await rehearsal.apply(Self.exporting())
        let vpc = try #require(rehearsal.ledger.state.resources["Vpc"]?.physicalID)
        #expect(rehearsal.ledger.state.links == StackLinks(exports: [StackExport(name: "net:Vpc", value: vpc)]))
    }

    @Test func `an import is resolved, and is known as one in use`() async throws {
        let rehearsal = Rehearsal()
        rehearsal.ledger.change { $0.space = Self.space(["net:Vpc": ("vpc-1", "network")]) }
        let outcome = try await rehearsal.apply(Self.importing())
        #expect(outcome.outputs == ["Other": "vpc-1"])
        #expect(rehearsal.ledger.state.resources["Subnet"]?.properties["VpcId"]?.string == "vpc-1")
        #expect(rehearsal.ledger.state.links.imports == [StackExport(name: "net:Vpc", value: "vpc-1")])
        #expect(try await rehearsal.destroy() == .succeeded([]))
        #expect(rehearsal.ledger.state.links.isEmpty)
    }

    @Test func `an import that nothing exports is refused before anything is made`() async throws {
        let rehearsal = Rehearsal()
        let first = try await rehearsal.apply(Self.importing()).failure
        #expect(first?.reason == "Nothing exports net:Vpc.")
        #expect(first?.hint == "Deploy first what exports it.")
        rehearsal.ledger.change { $0.space = Self.space(["net:Vpc": ("vpc-1", "network")]) }
        let second = try await rehearsal.applyNext(Self.importing("net:Vpcs")).failure
        #expect(second?.hint == "Write \"net:Vpc\", if that is meant.")
        #expect(rehearsal.ledger.state.resources.isEmpty)
    }

    @Test func `a name that another stack exports is refused, and all is undone`() async throws {
        let rehearsal = Rehearsal()
        rehearsal.ledger.change { $0.space = Self.space(["net:Vpc": ("vpc-1", "shop/prod")]) }
        let failure = try await rehearsal.apply(Self.exporting()).failure
        #expect(failure?.reason == "The name of an export must be free, but shop/prod exports net:Vpc already.")
        #expect(failure?.undone == ["Vpc"])
        #expect(rehearsal.ledger.state.resources.isEmpty)
        #expect(rehearsal.ledger.state.links.isEmpty)
    }

    @Test(arguments: [("net:Other", "10.0.0.0/16", "must stay"), ("net:Vpc", "10.1.0.0/16", "must keep its value")])
    func `an export in use is neither dropped nor changed`(name: String, block: String, words: String) async throws {
        let rehearsal = Rehearsal()
        try await rehearsal.apply(Self.exporting())
        let before = rehearsal.ledger.state
        rehearsal.ledger.change { $0.space = Self.space([:], importers: ["net:Vpc": ["shop/dev", "shop/prod"]]) }
        let failure = try await rehearsal.applyNext(Self.exporting(name, block: block)).failure
        #expect(failure?.reason == "Export net:Vpc \(words), because it is imported by shop/dev, shop/prod.")
        #expect(rehearsal.ledger.state.resources == before.resources)
        #expect(rehearsal.ledger.state.links == before.links)
        // The same again is no change.
        #expect(try await rehearsal.applyNext(Self.exporting()).outputs != nil)
    }

    @Test func `a stack whose export is in use is not removed`() async throws {
        let rehearsal = Rehearsal()
        try await rehearsal.apply(Self.exporting())
        rehearsal.ledger.change { $0.space = Self.space([:], importers: ["net:Vpc": ["shop/dev"]]) }
        let failure = try await rehearsal.destroy().failure
        #expect(failure?.reason == "Export net:Vpc must stay, because it is imported by shop/dev.")
        #expect(rehearsal.ledger.state.resources.keys.sorted() == ["Vpc"])
        #expect(!rehearsal.ledger.lines.contains("deleting Vpc"))
        rehearsal.ledger.change { $0.space.importers = [:] }
        #expect(try await rehearsal.destroy() == .succeeded([]))
        #expect(rehearsal.ledger.state.links.isEmpty)
    }

    @Test func `a failed update keeps the former exports`() async throws {
        let rehearsal = Rehearsal()
        try await rehearsal.apply(Self.exporting())
        let before = rehearsal.ledger.state.links
        let outcome = try await rehearsal.applyNext(
            Self.exporting("net:Other", block: "10.1.0.0/16"), Job.Options(failAt: "Vpc"))
        #expect(outcome.failure != nil)
        #expect(rehearsal.ledger.state.links == before)
    }

    @Test func `names of exports have few signs, and each stands once`() async throws {
        let rehearsal = Rehearsal()
        let failure = try await rehearsal.apply(Self.exporting("net_vpc")).failure
        #expect(
            failure?.reason
                == "The name of an export must be 1 to 255 letters, digits, colons and hyphens, but that of output "
                + "Vpc is \"net_vpc\".")
        let twice = Self.exporting() + "\n  Again:\n    Value: a\n    Export: {Name: net:Vpc}\n"
        let second = try await rehearsal.applyNext(twice).failure
        #expect(second?.reason == "Exports must have different names, but outputs Vpc and Again export net:Vpc.")
    }

    enum Story: CaseIterable { case export, change, taken, inUse, removal, removalInUse }

    private func prepare(_ story: Story) async throws -> (Rehearsal, () async throws -> Outcome) {
        let rehearsal = Rehearsal()
        let two = Self.exporting() + "\n  Zone: {Value: a, Export: {Name: net:Zone}}\n"
        if story != .export, story != .taken {
            try await rehearsal.apply(two)
            rehearsal.ledger.nextDeployment()
        }
        switch story {
        case .taken: rehearsal.ledger.change { $0.space = Self.space(["net:Zone": ("b", "shop/dev")]) }
        case .inUse, .removalInUse:
            rehearsal.ledger.change { $0.space = Self.space([:], importers: ["net:Zone": ["shop/dev"]]) }
        case .export, .change, .removal: break
        }
        let provisioner = LocalProvisioner()
        func run(_ template: String) -> () async throws -> Outcome {
            { try await provisioner.apply(rehearsal.job(template, number: 2), rehearsal.ledger) }
        }
        switch story {
        case .export, .taken: return (rehearsal, run(two))
        case .change, .inUse: return (rehearsal, run(Self.exporting(block: "10.1.0.0/16")))
        case .removal, .removalInUse:
            return (rehearsal, { try await provisioner.destroy(rehearsal.job("", number: 2), rehearsal.ledger) })
        }
    }

    @Test(arguments: Story.allCases)
    func `broken off after any step, the links end the same`(story: Story) async throws {
        let (whole, run) = try await prepare(story)
        let outcome = try await run()
        let expected = whole.ledger.state
        for moment in 0..<expected.stepCount {
            let (rehearsal, run) = try await prepare(story)
            rehearsal.ledger.change { $0.stepsLeft = moment }
            #expect(try await rehearsal.finish(run) == outcome, "stopped after \(moment) steps")
            #expect(rehearsal.ledger.state.links == expected.links, "stopped after \(moment) steps")
            #expect(rehearsal.ledger.state.resources == expected.resources, "stopped after \(moment) steps")
            #expect(rehearsal.ledger.state.journal == expected.journal, "stopped after \(moment) steps")
        }
    }
}
