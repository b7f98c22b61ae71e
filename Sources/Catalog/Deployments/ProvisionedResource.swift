package import Documents

/// One resource of a target's stack, as the provisioner has recorded it.
package struct ProvisionedResource: Hashable, Sendable {
    package var logicalID: String
    package var type: String
    package var physicalID: String
    /// What `Fn::GetAtt` gives, by attribute.
    package var attributes: [String: String]
    /// The properties with which it was made.
    package var properties: Value

    package init(
        logicalID: String, type: String, physicalID: String, attributes: [String: String] = [:],
        properties: Value = .null
    ) {
        self.logicalID = logicalID
        self.type = type
        self.physicalID = physicalID
        self.attributes = attributes
        self.properties = properties
    }
}
