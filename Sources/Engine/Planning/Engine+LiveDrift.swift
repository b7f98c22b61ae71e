package import Catalog
import Provisioning
import Store
import Synchronization

/// What was changed outside a target.
package struct LiveDrift: Hashable, Sendable {
    /// Empty where nothing was.
    package var changes: [LiveChange]
    /// What could not be looked at, in the provider's words.
    package var gaps: [String]
}

/// One property that was changed outside.
package struct LiveChange: Hashable, Sendable {
    package var resource: String
    package var type: String
    /// Empty where the whole resource is gone.
    package var property: String
    package var recorded: String?
    package var found: String?
}

extension Engine {
    /// What was changed outside, by asking the provider.
    package func liveDrift(of target: Target) async throws(Refusal) -> LiveDrift {
        let record = try existingRecord(target)
        let connection = try existingConnection(record.connection, for: target)
        guard !connection.isLocal else { return LiveDrift(changes: [], gaps: ["Local: nothing changes outside."]) }
        if try refusing({ try isCustomerManaged(record) }) {
            return LiveDrift(changes: [], gaps: ["Its values are kept by hand: nothing of it is deployed."])
        }
        guard record.applied != nil else {
            return LiveDrift(changes: [], gaps: ["\(target.title) was never deployed: there is nothing to compare."])
        }
        do {
            let job = Job(
                deployment: Deployment.ID(0), target: target, connection: connection,
                stack: StackName.of(target, record, in: connection), identity: record.stack,
                template: try appliedPlan(of: record)?.files.first?.text ?? "")
            let ledger = ReadingLedger(found: try store.resources(of: target))
            let found = try await provisioners[connection].drift(job, ledger).map {
                LiveChange(
                    resource: $0.resource, type: $0.type, property: $0.property, recorded: $0.recorded, found: $0.found)
            }
            return LiveDrift(changes: found, gaps: ledger.said)
        } catch {
            throw Engine.told(error)
        }
    }
}

/// The memory of a look that changes nothing, or of an act that no deployment is about.
final class ReadingLedger: Ledger {
    private let found: [ProvisionedResource]
    private let lines = Mutex<[String]>([])
    private let drafts = Mutex<[KeptDraft]>([])

    init(found: [ProvisionedResource]) { self.found = found }

    /// What was logged, line by line.
    var said: [String] { lines.withLock { $0 } }

    /// What stays outside of a stack that is deleted.
    var kept: [KeptDraft] { drafts.withLock { $0 } }

    func resources() async throws -> [ProvisionedResource] { found }
    func journal() async throws -> [JournalEntry] { [] }
    func record(_ step: Step) async throws { try await record([step]) }
    func record(_ steps: [Step]) async throws { drafts.withLock { $0 += steps.flatMap(\.keep) } }
    func isCancelRequested() async throws -> Bool { false }
    func log(_ text: String) async throws {
        lines.withLock { $0 += text.split(separator: "\n").map(String.init) }
    }
}
