package import Catalog

/// The memory of one job: its stack's record, its journal, its events. The engine keeps it in the store.
///
/// It belongs to one run under one lease; a write under a lease that is lost throws.
package protocol Ledger: Sendable {
    /// The resources of the job's stack as they are recorded now, in any order.
    func resources() async throws -> [ProvisionedResource]

    /// Everything that this deployment has recorded, in order; empty before its first step.
    func journal() async throws -> [JournalEntry]

    /// Stores one step whole or not at all, in one transaction, before it returns.
    func record(_ step: Step) async throws

    /// Keeps what is known of the real stack; `nil` when it is gone.
    func setIdentity(_ identity: StackIdentity?) async throws

    /// Appends what tools printed to the deployment's log on the disk, whole; events are for people's eyes.
    func log(_ text: String) async throws

    /// Whether somebody has asked to cancel this deployment.
    func isCancelRequested() async throws -> Bool

    /// The other stack of the workspace that has a resource of this type and physical id; `nil` for none.
    func stack(holding physicalID: String, type: String) async throws -> String?

    /// The resources of this type in the workspace's other stacks that share something, in any order.
    ///
    /// - Parameter property: The top-level property that has the text `value`; `nil` for the physical id.
    func neighbours(ofType type: String, sharing property: String?, value: String) async throws -> [Neighbour]
}

extension Ledger {
    package func setIdentity(_ identity: StackIdentity?) async throws {}
    package func log(_ text: String) async throws {}
    package func stack(holding physicalID: String, type: String) async throws -> String? { nil }
    package func neighbours(
        ofType type: String, sharing property: String?, value: String
    ) async throws -> [Neighbour] { [] }
}

/// A resource of another stack.
package struct Neighbour: Hashable, Sendable {
    package var stack: String
    package var resource: ProvisionedResource

    package init(stack: String, resource: ProvisionedResource) {
        self.stack = stack
        self.resource = resource
    }
}

/// One journal entry with all that it changes.
package struct Step: Hashable, Sendable {
    package var entry: JournalEntry
    /// Records to write; one of the same logical id is replaced.
    package var put: [ProvisionedResource]
    /// Logical ids of records to remove; absent ones are no fault.
    package var remove: [String]
    package var events: [EventDraft]
    /// The phase that the deployment enters with this step.
    package var phase: Deployment.Phase?

    package init(
        _ entry: JournalEntry, put: [ProvisionedResource] = [], remove: [String] = [], events: [EventDraft] = [],
        phase: Deployment.Phase? = nil
    ) {
        self.entry = entry
        self.put = put
        self.remove = remove
        self.events = events
        self.phase = phase
    }
}

/// An event before the ledger gives it its number and time.
package struct EventDraft: Hashable, Sendable {
    package var kind: Event.Kind
    package var resource: String
    package var type: String
    package var state: Event.ResourceState?
    package var physicalID: String
    package var message: String

    package init(
        kind: Event.Kind, resource: String = "", type: String = "", state: Event.ResourceState? = nil,
        physicalID: String = "", message: String = ""
    ) {
        self.kind = kind
        self.resource = resource
        self.type = type
        self.state = state
        self.physicalID = physicalID
        self.message = message
    }

    package func event(sequence: Int = 0, deployment: Deployment.ID, at: Instant) -> Event {
        Event(
            sequence: sequence, deployment: deployment, at: at, kind: kind, resource: resource, type: type,
            state: state, physicalID: physicalID, message: message
        )
    }
}
