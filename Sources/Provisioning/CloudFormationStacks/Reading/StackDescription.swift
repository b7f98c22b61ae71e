package import Catalog
internal import Documents

/// A real stack, as the provider describes it.
package struct StackDescription: Hashable, Sendable {
    package var name: String
    /// The ARN.
    package var id: String
    /// The provider's word, such as `UPDATE_COMPLETE`.
    package var status: String
    package var statusReason: String
    package var description: String
    /// The ARN of the role; empty for none.
    package var role: String
    package var capabilities: [String]
    package var notificationTopics: [String]
    package var tags: [String: String]
    /// Hidden ones are given as asterisks.
    package var parameters: [String: String]
    package var outputs: [Output]
    package var isTerminationProtected: Bool
    /// As ISO 8601; empty where it is not known.
    package var createdAt: String
    package var updatedAt: String

    init?(_ value: Value) {
        guard let name = value["StackName"]?.string, let id = value["StackId"]?.string else { return nil }
        func text(_ member: String) -> String { value[member]?.string ?? "" }
        func texts(_ member: String) -> [String] { (value[member]?.list ?? []).compactMap(\.string) }
        func pairs(_ list: String, _ key: String, _ member: String) -> [String: String] {
            let items = (value[list]?.list ?? []).compactMap { item in
                item[key]?.string.map { ($0, item[member]?.string ?? "") }
            }
            return Dictionary(items) { _, last in last }
        }
        self.name = name
        self.id = id
        status = text("StackStatus")
        statusReason = text("StackStatusReason")
        description = text("Description")
        role = text("RoleARN")
        capabilities = texts("Capabilities")
        notificationTopics = texts("NotificationARNs")
        tags = pairs("Tags", "Key", "Value")
        parameters = pairs("Parameters", "ParameterKey", "ParameterValue")
        outputs = (value["Outputs"]?.list ?? []).compactMap { item in
            item["OutputKey"]?.string.map {
                Output(
                    key: $0, value: item["OutputValue"].flatMap(ScalarText.of) ?? "",
                    note: item["Description"]?.string ?? "")
            }
        }
        isTerminationProtected = value["EnableTerminationProtection"]?.bool ?? false
        createdAt = text("CreationTime")
        updatedAt = text("LastUpdatedTime")
    }

    package var account: String { Self.part(4, of: id) }
    package var region: String { Self.part(3, of: id) }

    /// What is to be remembered of it.
    package func identity(isAdopted: Bool = false) -> StackIdentity {
        StackIdentity(
            name: name, id: id, account: account, region: region, tags: tags, role: role, capabilities: capabilities,
            notificationTopics: notificationTopics, isAdopted: isAdopted)
    }

    /// A part of an ARN, from 0.
    private static func part(_ index: Int, of arn: String) -> String {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        return index < parts.count ? String(parts[index]) : ""
    }

    var state: StackState { StackState(status) }

    /// Why it takes no update now; `nil` where it does.
    package var refusal: Failure? { StackRefusal.failure(self) }

    /// Whether something goes on, or somebody else has it in hand.
    package var isMoving: Bool { state == .busy || state == .reviewed }
}

/// A stack's resource, as the provider lists it.
package struct StackResource: Hashable, Sendable {
    package var logicalID: String
    package var type: String
    package var physicalID: String
    /// The provider's word, such as `CREATE_COMPLETE`.
    package var status: String

    /// Ready to be kept as the stack's record; what a provider made has no properties that we know.
    package var record: ProvisionedResource {
        ProvisionedResource(logicalID: logicalID, type: type, physicalID: physicalID)
    }
}
