/// The real stack of a target, as it was last seen; an update keeps all of it.
package struct StackIdentity: Hashable, Sendable {
    package var name: String
    /// The ARN, which outlives the name: a stack that was deleted and made again has another one.
    package var id: String
    package var account: String
    package var region: String
    package var tags: [String: String]
    /// The ARN of the role; empty for none.
    package var role: String
    /// As CloudFormation calls them, such as `CAPABILITY_NAMED_IAM`.
    package var capabilities: [String]
    package var notificationTopics: [String]
    /// Whether it was there before Baryon was, and was taken in.
    package var isAdopted: Bool

    package init(
        name: String, id: String, account: String, region: String, tags: [String: String] = [:], role: String = "",
        capabilities: [String] = [], notificationTopics: [String] = [], isAdopted: Bool = false
    ) {
        self.name = name
        self.id = id
        self.account = account
        self.region = region
        self.tags = tags
        self.role = role
        self.capabilities = capabilities
        self.notificationTopics = notificationTopics
        self.isAdopted = isAdopted
    }
}

extension Connection {
    /// The role by which a stack is changed: the connection's, or the one that the stack has; empty for none.
    package func role(of stack: StackIdentity?) -> String {
        settings.role.isEmpty ? stack?.role ?? "" : settings.role
    }
}

extension StackIdentity {
    /// Whether the stack is where `connection` goes.
    package func isIn(_ connection: Connection) -> Bool {
        !connection.isLocal && account == connection.account && region == connection.region
    }
}
