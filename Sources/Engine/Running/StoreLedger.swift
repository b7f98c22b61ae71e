import Catalog
import Documents
import Provisioning
import Store

/// A job's memory, kept in the store under the lease that its runner holds.
struct StoreLedger: Ledger {
    let store: Store
    let claim: Claim
    let clock: @Sendable () -> Instant

    /// Where a move goes there is nothing yet; what is recorded is the rehearsal's, and stays until the move has
    /// succeeded.
    private var isMove: Bool { claim.deployment.action == .move }

    func resources() async throws -> [ProvisionedResource] {
        isMove ? [] : try store.resources(of: claim.deployment.target)
    }

    func journal() async throws -> [JournalEntry] {
        try store.journal(of: claim.deployment.id).map { text in
            let read = Document.read(Source(name: "journal", text: text), as: .json, limits: .stored)
            guard let entry = read.document.flatMap({ JournalEntry(value: $0.value) }) else {
                throw Refusal("journal.unreadable", "The journal of deployment \(claim.deployment.id) can't be read.")
            }
            return entry
        }
    }

    func record(_ step: Step) async throws { try await record([step]) }

    func record(_ steps: [Step]) async throws {
        let at = clock()
        let (target, id) = (claim.deployment.target, claim.deployment.id)
        let stored = steps.map { step in
            StackStep(
                entry: isMove ? MadeResources.entry(of: step) : step.entry.value.json(),
                put: isMove ? [] : step.put, remove: isMove ? [] : step.remove,
                keep: step.keep.map { $0.kept(target: target, deployment: id, at: at) }, links: step.links,
                events: step.events.map { $0.event(deployment: id, at: at) }, phase: step.phase)
        }
        _ = try await Engine.patiently(clock) { try store.record(stored, by: claim, at: at) }.get()
    }

    func setIdentity(_ identity: StackIdentity?) async throws {
        try await Engine.patiently(clock) { try store.setStack(identity, of: claim.deployment.target, by: claim) }
    }

    func log(_ text: String) async throws {
        DeploymentLog(directory: store.directory, claim.deployment.id).append(text)
    }

    func isCancelRequested() async throws -> Bool {
        try store.isCancelRequested(claim.deployment.id)
    }

    func stack(holding physicalID: String, type: String) async throws -> String? {
        guard let target = try store.holder(ofPhysicalID: physicalID, type: type),
            target != claim.deployment.target
        else { return nil }
        return try stackName(of: target)
    }

    func neighbours(ofType type: String, sharing property: String?, value: String) async throws -> [Neighbour] {
        try store.neighbours(of: claim.deployment.target, type: type, sharing: property, value: value)
            .map { Neighbour(stack: try stackName(of: $0.target), resource: $0.resource) }
    }

    private func stackName(of target: Target) throws -> String {
        try store.record(target)?.stack?.name ?? StackName.of(target)
    }

    func exports() async throws -> [StackExport] {
        try store.exports(besideThoseOf: claim.deployment.target, in: claim.deployment.connection)
    }

    func links() async throws -> StackLinks { isMove ? StackLinks() : try store.links(of: claim.deployment.target) }

    func kept(holding physicalID: String, type: String) async throws -> KeptResource? {
        try store.keptResource(holding: physicalID, type: type, in: claim.deployment.connection)
    }
}
