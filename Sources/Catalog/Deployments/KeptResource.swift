/// What a stack left behind when it was told to keep it: it is still there, and no stack has it.
package struct KeptResource: Hashable, Sendable, Identifiable {
    package enum Fate: String, Hashable, Sendable, CaseIterable {
        /// The resource itself stays.
        case retained
        /// It is gone; a snapshot of its data stays.
        case snapshotted
    }

    package var id: Int
    package var target: Target
    /// Which took it out of the stack.
    package var deployment: Deployment.ID
    package var at: Instant
    package var fate: Fate
    /// Of what stays: the resource's own, or its snapshot's.
    package var physicalID: String
    /// The resource as the stack had it last.
    package var resource: ProvisionedResource

    package init(
        id: Int = 0, target: Target, deployment: Deployment.ID, at: Instant, fate: Fate, physicalID: String,
        resource: ProvisionedResource
    ) {
        self.id = id
        self.target = target
        self.deployment = deployment
        self.at = at
        self.fate = fate
        self.physicalID = physicalID
        self.resource = resource
    }
}
