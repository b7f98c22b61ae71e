package import Documents

/// What a deployment would do to one resource.
package struct ResourceChange: Sendable, Hashable {
    package let logicalID: String
    package let type: String
    /// The type that it has now, where that is another one.
    package var previousType: String?
    package var changeClass: ChangeClass
    package var causes: [ChangeCause]
    package var consequence: Consequence
    /// What a person should know beside the consequence, in one sentence.
    package var note: String?
    /// For an added resource: the removed one of the same type that it resembles, so that a new name is the likely reason.
    package var resembles: String?
    /// In the wanted template; in the applied one for what is removed.
    package let place: Place
    /// What access it opens, beyond what was open; for an added resource, beyond what every stack needs.
    package var widenings: [Widening] = []
}

/// What happens to a resource.
package enum ChangeClass: String, Sendable, Hashable, CaseIterable {
    case add
    /// Only tags, policies or metadata change.
    case metadata
    case update
    /// The provider does not say what a change does: custom, third-party and macro types.
    case unknown
    case mayReplace
    case replace
    case remove
}

/// What it means for the people who depend on the resource.
package enum Consequence: String, Sendable, Hashable, CaseIterable {
    case none
    /// Replaced by design at every change, and nobody notices: a task definition, a function version.
    case routine
    /// Gone for a while, or the change is refused because the old one holds the name.
    case outage
    /// The data is saved in a snapshot; the resource itself is gone.
    case snapshot
    /// The old one stays with its data, outside of the stack.
    case kept
    /// The data is gone.
    case dataLoss
}

/// One reason for a change.
package struct ChangeCause: Sendable, Hashable {
    /// In the resource: `/Properties/Cluster`.
    package let pointer: Pointer
    /// `nil` for what was not there.
    package let oldText: String?
    /// `nil` for what is no longer there.
    package let newText: String?
    /// What this change alone does to the resource.
    package let effect: ChangeClass
    /// The property whose change replaces or may replace the resource, as its provider declares it.
    package var rule: PropertyPath?
    /// The replaced resource that this property refers to; the text of the property is then the same.
    package var replacedReference: String?
    /// Whether the service looks a value up when it deploys, so that more may change than is seen.
    package var isVolatile = false
    /// In the wanted template.
    package var place: Place?
    /// In the applied template.
    package var oldPlace: Place?
}
