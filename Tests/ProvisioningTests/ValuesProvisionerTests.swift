import Catalog
import Documents
import Provisioning
import Testing

/// What consists of values alone is carried out without anything being made.
@Suite struct ValuesProvisionerTests {
    private let provisioner = ValuesProvisioner()
    private let job = Job(
        deployment: Deployment.ID(1), target: .environment("network"), stack: "",
        parameters: Object([("vpc_id", "vpc-1")]))
    private let outputs = [Output(key: "vpc_id", value: "vpc-1")]

    @Test func `values become outputs, and asking again changes nothing`() async throws {
        let ledger = MemoryLedger()
        #expect(try await provisioner.apply(job, ledger) == .succeeded(outputs))
        let once = ledger.state
        #expect(once.resources.isEmpty && once.events.map(\.kind) == [.output])
        #expect(try await provisioner.apply(job, ledger) == .succeeded(outputs))
        #expect(ledger.state.journal == once.journal && ledger.state.events == once.events)
    }

    @Test func `who cancels in time finds it cancelled ever after`() async throws {
        let ledger = MemoryLedger()
        ledger.change { $0.cancelAfter = 0 }
        #expect(try await provisioner.apply(job, ledger) == .cancelled(undone: []))
        ledger.change { $0.cancelAfter = nil }
        #expect(try await provisioner.apply(job, ledger) == .cancelled(undone: []))
        #expect(ledger.state.events.isEmpty)
    }
}
