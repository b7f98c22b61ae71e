internal import Catalog
internal import Documents

/// The recorded resources of a stack, by logical id, in a fixed order.
struct Records: Sendable {
    private var byID: [Key: ProvisionedResource] = [:]

    init(_ resources: [ProvisionedResource] = []) {
        for resource in resources { put(resource) }
    }

    subscript(logicalID: String) -> ProvisionedResource? { byID[Key(logicalID)] }

    mutating func put(_ resource: ProvisionedResource) { byID[Key(resource.logicalID)] = resource }
    mutating func remove(_ logicalID: String) { byID[Key(logicalID)] = nil }

    /// By logical id, so that runs agree whatever order the ledger gave.
    var all: [ProvisionedResource] {
        byID.values.sorted { $0.logicalID.utf8.lexicographicallyPrecedes($1.logicalID.utf8) }
    }

    var isEmpty: Bool { byID.isEmpty }
}
