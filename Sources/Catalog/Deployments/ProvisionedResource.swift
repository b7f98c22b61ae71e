package import Documents

/// One resource of a target's stack, as the provisioner has recorded it.
package struct ProvisionedResource: Hashable, Sendable {
    /// What becomes of it when nothing wants it any more.
    package enum RemovalPolicy: String, Hashable, Sendable, CaseIterable {
        case delete, retain, snapshot
        /// It stays, but for an undone creation: then it goes again.
        case retainExceptOnCreate = "retain except on create"
    }

    package var logicalID: String
    package var type: String
    package var physicalID: String
    /// What `Fn::GetAtt` gives, by attribute.
    package var attributes: [String: String]
    /// The properties with which it was made.
    package var properties: Value
    /// The logical ids that it was made from: it is removed before them.
    package var dependencies: [String]
    /// When it leaves the stack.
    package var deletionPolicy: RemovalPolicy
    /// When another one takes its place.
    package var replacementPolicy: RemovalPolicy
    /// How often it has been replaced.
    package var generation: Int

    package init(
        logicalID: String, type: String, physicalID: String, attributes: [String: String] = [:],
        properties: Value = .null, dependencies: [String] = [], deletionPolicy: RemovalPolicy = .delete,
        replacementPolicy: RemovalPolicy = .delete, generation: Int = 0
    ) {
        self.logicalID = logicalID
        self.type = type
        self.physicalID = physicalID
        self.attributes = attributes
        self.properties = properties
        self.dependencies = dependencies
        self.deletionPolicy = deletionPolicy
        self.replacementPolicy = replacementPolicy
        self.generation = generation
    }
}
