import Catalog
import Documents
import Provisioning
import Testing

/// Every run is broken off after every step that it records, and gone on with.
@Suite struct InterruptionTests {
    enum Story: CaseIterable {
        case creation, update, failedCreation, failedUpdate, stuckUndo, removal, cancellation, failedRemoval
    }

    private static let small = Templates.vpc(hasSecond: true)
    private static let other = Templates.vpc(block: "10.1.0.0/16", subnet: "10.1.1.0/24", name: "two")

    /// - Parameter pace: With one, an intent is recorded before the time that its act takes; else with its result.
    private func prepare(
        _ story: Story, pace: Duration = .zero
    ) async throws -> (Rehearsal, () async throws -> Outcome) {
        let rehearsal = Rehearsal()
        let provisioner = LocalProvisioner()
        func paced(_ options: Job.Options) -> Job.Options {
            var options = options
            options.pace = pace
            return options
        }
        func run(_ template: String, _ options: Job.Options = .init()) -> () async throws -> Outcome {
            {
                try await provisioner.apply(
                    rehearsal.job(template, number: 2, options: paced(options)), rehearsal.ledger)
            }
        }
        func removal(_ options: Job.Options = .init()) -> () async throws -> Outcome {
            { try await provisioner.destroy(rehearsal.job("", number: 2, options: paced(options)), rehearsal.ledger) }
        }
        if story != .creation, story != .failedCreation, story != .cancellation {
            try await rehearsal.apply(Self.small)
            rehearsal.ledger.nextDeployment()
        }
        switch story {
        case .creation: return (rehearsal, run(Self.small))
        case .failedCreation: return (rehearsal, run(Self.small, Job.Options(failAt: "Attachment")))
        case .update: return (rehearsal, run(Self.other))
        case .failedUpdate: return (rehearsal, run(Self.other, Job.Options(failAt: "Subnet")))
        case .stuckUndo: return (rehearsal, run(Self.other, Job.Options(failAt: "Subnet", failUndoAt: "Vpc")))
        case .removal: return (rehearsal, removal())
        case .failedRemoval: return (rehearsal, removal(Job.Options(failAt: "Vpc")))
        case .cancellation:
            rehearsal.ledger.change { $0.cancelAfter = pace == .zero ? 3 : 5 }
            return (rehearsal, run(Self.small))
        }
    }

    @Test(arguments: Story.allCases, [Duration.zero, .microseconds(1)])
    func `whatever the moment of the end, the next run comes to the same`(story: Story, pace: Duration) async throws {
        let (whole, run) = try await prepare(story, pace: pace)
        let outcome = try await run()
        let expected = whole.ledger.state
        #expect(expected.stepCount > 3)
        for moment in 0..<expected.stepCount {
            let (rehearsal, run) = try await prepare(story, pace: pace)
            rehearsal.ledger.change { $0.stepsLeft = moment }
            let end = try await rehearsal.finish(run)
            let state = rehearsal.ledger.state
            #expect(end == outcome, "stopped after \(moment) steps")
            #expect(state.resources == expected.resources, "stopped after \(moment) steps")
            #expect(state.events == expected.events, "stopped after \(moment) steps")
            #expect(state.journal == expected.journal, "stopped after \(moment) steps")
            #expect(state.phases == expected.phases, "stopped after \(moment) steps")
        }
    }

    @Test func `each step has a name at which a test can stop`() async throws {
        let names = Names()
        let rehearsal = Rehearsal()
        let pace = Job.Options(pace: .microseconds(1))
        try await rehearsal.apply(Templates.vpc(), pace, crashPoint: { await names.add($0) })
        #expect(
            await names.all == [
                "before intent Vpc", "after intent Vpc", "before done Vpc", "after done Vpc", "before intent Subnet",
                "after intent Subnet", "before done Subnet", "after done Subnet", "before finished", "after finished",
            ])
    }

    @Test func `a cancelled task leaves the deployment unfinished, not failed`() async throws {
        let rehearsal = Rehearsal()
        let job = rehearsal.job(Templates.vpc(), options: Job.Options(pace: .seconds(3600)))
        let task = Task { try await LocalProvisioner().apply(job, rehearsal.ledger) }
        while rehearsal.ledger.state.stepCount == 0 { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await LocalProvisioner().status(job, rehearsal.ledger) == .unfinished)
        #expect(try await rehearsal.apply(Templates.vpc()).outputs != nil)
    }

    private actor Names {
        var all: [String] = []
        func add(_ name: String) { all.append(name) }
    }
}
