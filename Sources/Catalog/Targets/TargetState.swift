/// What somebody asked for: a version and a spec, counted.
package struct DesiredState: Hashable, Sendable {
    package var version: VersionNumber
    /// The whole spec as text: an `EnvironmentSpec`, or the `ServiceSpec` of which this target uses its part.
    package var spec: String
    /// Grows by one with each change; a change made from an older one is refused.
    package var revision: Int

    package init(version: VersionNumber, spec: String, revision: Int) {
        self.version = version
        self.spec = spec
        self.revision = revision
    }
}

/// What is known to be there: moves only when a deployment succeeds.
package struct AppliedState: Hashable, Sendable {
    package var deployment: Deployment.ID
    package var version: VersionNumber
    package var spec: String
    package var revision: Int
    /// By key, as the provisioner gave them.
    package var outputs: [Output]
    package var at: Instant

    package init(
        deployment: Deployment.ID, version: VersionNumber, spec: String, revision: Int, outputs: [Output], at: Instant
    ) {
        self.deployment = deployment
        self.version = version
        self.spec = spec
        self.revision = revision
        self.outputs = outputs
        self.at = at
    }
}

/// One output of a deployed target; text, as CloudFormation has it.
package struct Output: Hashable, Sendable {
    package var key: String
    package var value: String
    package var note: String

    package init(key: String, value: String, note: String = "") {
        self.key = key
        self.value = value
        self.note = note
    }
}

/// An environment, an instance, a pipeline or a component with its three states.
package struct TargetRecord: Hashable, Sendable {
    package var target: Target
    package var template: String
    /// Where an instance or a component runs; empty for environments and pipelines.
    package var environment: String
    package var owner: String
    /// Of environments; an instance has its environment's. Pipelines count as test.
    package var stage: Stage
    /// The connection of an environment; `local` creates nothing in a cloud. Only a move that succeeds changes it.
    package var connection: String
    /// Its real stack, once there is one; a local stack has its record alone. While a target is local, it is what a move
    /// is making where it goes.
    package var stack: StackIdentity?
    package var desired: DesiredState
    /// The last deployment, finished or not.
    package var attempted: Deployment.ID?
    package var applied: AppliedState?
    /// Whether nobody knows what is there, because an undo failed or the workspace was restored.
    package var isUncertain: Bool
    /// The instance whose place for a component this one holds: from when it is asked for until it is known to have gone.
    package var attachment: Target?
    package var createdAt: Instant

    package init(
        target: Target, template: String, environment: String = "", owner: String = "", stage: Stage = .test,
        connection: String = "local", stack: StackIdentity? = nil, desired: DesiredState,
        attempted: Deployment.ID? = nil,
        applied: AppliedState? = nil, isUncertain: Bool = false, attachment: Target? = nil,
        createdAt: Instant
    ) {
        self.target = target
        self.template = template
        self.environment = environment
        self.owner = owner
        self.stage = stage
        self.connection = connection
        self.stack = stack
        self.desired = desired
        self.attempted = attempted
        self.applied = applied
        self.isUncertain = isUncertain
        self.attachment = attachment
        self.createdAt = createdAt
    }

    /// The version that people see it on: the applied one, else the one that was asked for.
    package var version: VersionNumber { applied?.version ?? desired.version }

    /// Whether something is applied that may not be what was asked for last.
    package var isUnsettled: Bool { applied != nil && (hasSpecDrift || isUncertain) }

    /// What a move that is stuck has left where it went; `nil` where none did.
    package var leftover: StackIdentity? { isUncertain && connection == Connection.local.name ? stack : nil }

    /// Whether something was asked for that is not there.
    package var hasSpecDrift: Bool {
        guard let applied else { return true }
        return applied.revision != desired.revision || applied.version != desired.version
    }
}

/// An application: its instances and pipeline are targets of their own.
package struct Service: Hashable, Sendable {
    package var name: String
    package var template: String
    package var owner: String
    /// `owner/name` of the source repository; empty without one.
    package var repository: String
    package var branch: String
    /// The ARN of the connection to the repository's host.
    package var repositoryConnection: String
    /// The whole `ServiceSpec` as text.
    package var spec: String
    package var revision: Int
    package var createdAt: Instant

    package init(
        name: String, template: String, owner: String = "", repository: String = "", branch: String = "",
        repositoryConnection: String = "", spec: String, revision: Int = 1, createdAt: Instant
    ) {
        self.name = name
        self.template = template
        self.owner = owner
        self.repository = repository
        self.branch = branch
        self.repositoryConnection = repositoryConnection
        self.spec = spec
        self.revision = revision
        self.createdAt = createdAt
    }
}
