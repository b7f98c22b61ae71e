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
    ///
    /// - Throws: A `Failure` where the rest of the space does not allow the step's links; nothing of it is stored then.
    func record(_ step: Step) async throws

    /// Stores all of these steps or none of them, as one.
    func record(_ steps: [Step]) async throws

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

    /// What the other stacks of the job's space export, in any order.
    func exports() async throws -> [StackExport]

    /// What the job's stack exports and imports, as it is recorded now.
    func links() async throws -> StackLinks

    /// What a stack of the job's space has left behind and still has this type and physical id; `nil` for nothing.
    func kept(holding physicalID: String, type: String) async throws -> KeptResource?
}

extension Ledger {
    package func setIdentity(_ identity: StackIdentity?) async throws {}
    package func log(_ text: String) async throws {}
    package func stack(holding physicalID: String, type: String) async throws -> String? { nil }
    package func neighbours(
        ofType type: String, sharing property: String?, value: String
    ) async throws -> [Neighbour] { [] }
    package func exports() async throws -> [StackExport] { [] }
    package func links() async throws -> StackLinks { StackLinks() }
    package func kept(holding physicalID: String, type: String) async throws -> KeptResource? { nil }
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
    /// What leaves the stack and is kept outside of it.
    package var keep: [KeptDraft]
    /// What the stack exports and imports from here on; `nil` where that stays.
    package var links: StackLinks?
    package var events: [EventDraft]
    /// The phase that the deployment enters with this step.
    package var phase: Deployment.Phase?

    package init(
        _ entry: JournalEntry, put: [ProvisionedResource] = [], remove: [String] = [], keep: [KeptDraft] = [],
        links: StackLinks? = nil, events: [EventDraft] = [], phase: Deployment.Phase? = nil
    ) {
        self.entry = entry
        self.put = put
        self.remove = remove
        self.keep = keep
        self.links = links
        self.events = events
        self.phase = phase
    }
}

/// A kept resource before the ledger says of which deployment, and when.
package struct KeptDraft: Hashable, Sendable {
    package var fate: KeptResource.Fate
    /// Of what stays: the resource's own, or its snapshot's.
    package var physicalID: String
    package var resource: ProvisionedResource

    package init(_ fate: KeptResource.Fate, physicalID: String, resource: ProvisionedResource) {
        self.fate = fate
        self.physicalID = physicalID
        self.resource = resource
    }

    package func kept(id: Int = 0, target: Target, deployment: Deployment.ID, at: Instant) -> KeptResource {
        KeptResource(
            id: id, target: target, deployment: deployment, at: at, fate: fate, physicalID: physicalID,
            resource: resource)
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
