import Catalog
import Documents
import Foundation
import Provisioning
import Synchronization
import Testing

/// Every run is broken off after every step that it records, and gone on with: no act outside is done twice.
@Suite struct StackInterruptionTests {
    enum Story: CaseIterable {
        case creation, update, failedCreation, failedUpdate, removal, cancellation, unchanged
    }

    private static let one = StandIn.queues(["A": "one", "B": "one"], outputs: ["Url"])
    private static let two = StandIn.queues(["A": "two", "C": "one"], outputs: ["Url"])

    private func prepare(_ story: Story) async throws -> StandIn {
        var bench = StandIn()
        bench.expected = [Change(resource: "B", type: "AWS::SQS::Queue", kind: .remove)]
        if ![.creation, .failedCreation].contains(story) { try await bench.apply(Self.one) }
        bench.ledger.nextDeployment()
        try bench.forgetCalls()
        switch story {
        case .failedCreation: try bench.knobs(["steps": 3, "fail": ["B": "No"]])
        case .failedUpdate: try bench.knobs(["steps": 3, "fail": ["C": "No"]])
        case .cancellation:
            try bench.knobs(["steps": 1])
            bench.ledger.change { $0.cancelAfter = 6 }
        default: try bench.knobs(["steps": 3])
        }
        return bench
    }

    private func run(_ story: Story, _ bench: StandIn) async throws -> Outcome {
        switch story {
        case .creation, .failedCreation, .unchanged:
            try await bench.provisioner.apply(job(Self.one, bench), bench.ledger)
        case .update, .failedUpdate, .cancellation:
            try await bench.provisioner.apply(job(Self.two, bench), bench.ledger)
        case .removal: try await bench.provisioner.destroy(job("", bench), bench.ledger)
        }
    }

    /// What was known when it was submitted stays the same at every try.
    private func job(_ template: String, _ bench: StandIn) -> Job {
        var job = bench.job(template, number: 2)
        if !bench.ledger.state.journal.isEmpty, job.identity != nil, bench.ledger.state.resources.isEmpty {
            job.identity = nil
        }
        return job
    }

    private func finish(_ story: Story, _ bench: StandIn) async throws -> Outcome {
        for _ in 0..<2 {
            do { return try await run(story, bench) } catch is MemoryLedger.Crash {
                bench.ledger.change { $0.stepsLeft = nil }
            }
        }
        throw MemoryLedger.Crash()
    }

    @Test(arguments: Story.allCases)
    func `whatever the moment of the end, the next run comes to the same and does nothing twice`(
        story: Story
    ) async throws {
        let whole = try await prepare(story)
        defer { whole.remove() }
        let outcome = try await run(story, whole)
        let expected = whole.ledger.state
        #expect(expected.stepCount >= 4)
        for moment in 0..<expected.stepCount {
            let bench = try await prepare(story)
            defer { bench.remove() }
            bench.ledger.change { $0.stepsLeft = moment }
            let end = try await finish(story, bench)
            let state = bench.ledger.state
            if story == .cancellation {
                // How far the stack has come by then depends on how often it was looked at.
                guard case .cancelled = end else {
                    Issue.record("stopped after \(moment) steps: \(end)")
                    continue
                }
            } else {
                #expect(named(end) == named(outcome), "stopped after \(moment) steps")
                #expect(state.events.map(named) == expected.events.map(named), "stopped after \(moment) steps")
            }
            #expect(state.resources.keys.sorted() == expected.resources.keys.sorted(), "stopped after \(moment) steps")
            #expect(bench.acts == whole.acts, "stopped after \(moment) steps")
            #expect(bench.status == whole.status, "stopped after \(moment) steps")
            // After the end nothing is asked any more.
            let count = bench.calls.count
            #expect(try await run(story, bench) == end)
            #expect(bench.calls.count == count)
        }
    }

    /// Ids are given by the stand-in in the order of its calls, which an interruption may change.
    private func named(_ event: EventDraft) -> String {
        "\(event.kind) \(event.state.map { "\($0)" } ?? "") \(event.resource) \(event.message)"
    }

    private func named(_ outcome: Outcome) -> String { "\(outcome)" }

    @Test(arguments: ["create-change-set", "execute-change-set", "delete-stack"])
    func `a run that is ended in the middle of a call goes on from what the call has done`(call: String) async throws {
        for isDone in [true, false] {
            let bench = StandIn()
            defer { bench.remove() }
            let isRemoval = call == "delete-stack"
            if isRemoval { try await bench.apply(Self.one) }
            bench.ledger.nextDeployment()
            try bench.forgetCalls()
            try bench.knobs(["faults": [["call": .string(call), "after": .bool(isDone), "sleep": 60]]])
            let story = isRemoval ? Story.removal : .creation
            let task = Task { try await run(story, bench) }
            while bench.call(call) == nil { try await Task.sleep(for: .milliseconds(5)) }
            // Time for the act itself, which follows the record of the call.
            while isDone, !hasHappened(call, bench) { try await Task.sleep(for: .milliseconds(5)) }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            let outcome = try await run(story, bench)
            #expect(outcome.outputs == (isRemoval ? [:] : ["Url": "value of Url"]))
            #expect(bench.acts.filter { $0 == call }.count == (isDone ? 1 : 2), "\(bench.acts)")
        }
    }

    private func hasHappened(_ call: String, _ bench: StandIn) -> Bool {
        switch call {
        case "create-change-set": bench.stacks.last != nil
        case "execute-change-set": bench.status.hasPrefix("CREATE_")
        default: bench.status.hasPrefix("DELETE_")
        }
    }
}

/// Numbers from 0, for tests that need another one each time.
final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock { count in
            defer { count += 1 }
            return count
        }
    }
}
