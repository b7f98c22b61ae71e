/// Where infrastructure goes. It belongs to the workspace; a person's profile never stands in it.
package struct Connection: Hashable, Sendable, Identifiable {
    /// What carries deployments out.
    package enum Provisioner: String, Hashable, Sendable, CaseIterable {
        /// A rehearsal in the workspace's own record; nothing is made in a cloud.
        case local
        case cloudFormation = "cloudformation"
    }

    package var name: String
    package var provisioner: Provisioner
    /// Twelve digits.
    package var account: String
    package var region: String
    package var settings: StackSettings
    /// Grows by one with each change.
    package var revision: Int
    package var createdAt: Instant

    package var id: String { name }

    package init(
        name: String, provisioner: Provisioner, account: String, region: String,
        settings: StackSettings = StackSettings(), revision: Int = 1, createdAt: Instant
    ) {
        self.name = name
        self.provisioner = provisioner
        self.account = account
        self.region = region
        self.settings = settings
        self.revision = revision
        self.createdAt = createdAt
    }

    /// The one that every workspace has, and that needs nothing.
    package static let local = Connection(
        name: "local", provisioner: .local, account: "000000000000", region: "eu-west-1",
        createdAt: Instant(milliseconds: 0))

    package var isLocal: Bool { provisioner == .local }

    /// The connection as `target` goes there: a component has the role for components.
    package func taking(_ target: Target) -> Connection {
        guard target.kind == .component else { return self }
        var connection = self
        connection.settings.role = settings.componentRole
        return connection
    }

    /// Within this, names of exports are unique.
    package var exportSpace: String { isLocal ? "local" : "\(account)/\(region)" }
}

/// How stacks are made, beside what is in their templates.
package struct StackSettings: Hashable, Sendable {
    /// The ARN of the role that CloudFormation takes on; empty for the caller's own rights.
    package var role: String
    /// The one that it takes on for components, which developers write; empty for none: no components go there then.
    package var componentRole: String
    /// Put on every stack, beside those that tell what it belongs to.
    package var tags: [String: String]
    /// The S3 bucket to which templates go that are too large for a request; empty for none.
    package var bucket: String
    /// ARNs of the topics that CloudFormation tells of a stack's events.
    package var notificationTopics: [String]
    /// After how long a stack's deployment is cancelled; `nil` for never.
    package var timeoutMinutes: Int?
    /// Whether the service refuses to delete its stacks until somebody turns that off.
    package var isTerminationProtected: Bool
    /// Deployments that may run at once; `nil` for any number.
    package var concurrency: Int?

    package init(
        role: String = "", componentRole: String = "", tags: [String: String] = [:], bucket: String = "",
        notificationTopics: [String] = [], timeoutMinutes: Int? = nil, isTerminationProtected: Bool = false,
        concurrency: Int? = nil
    ) {
        self.role = role
        self.componentRole = componentRole
        self.tags = tags
        self.bucket = bucket
        self.notificationTopics = notificationTopics
        self.timeoutMinutes = timeoutMinutes
        self.isTerminationProtected = isTerminationProtected
        self.concurrency = concurrency
    }
}
