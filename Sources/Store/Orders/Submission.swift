package import Catalog

/// A reviewed order as the store takes it: all of it, or nothing.
package struct Submission: Hashable, Sendable {
    package var title: String
    package var by: String
    package var why: String
    package var tags: [String: String]
    package var at: Instant
    /// The services that are made or changed, each once; their targets are in `steps`.
    package var services: [ServiceChange]
    /// In the order in which they run.
    package var steps: [Step]
    /// The service that goes with its last target.
    package var destroysService: String?

    package init(
        title: String, by: String, why: String = "", tags: [String: String] = [:], at: Instant,
        services: [ServiceChange] = [], steps: [Step], destroysService: String? = nil
    ) {
        self.title = title
        self.by = by
        self.why = why
        self.tags = tags
        self.at = at
        self.services = services
        self.steps = steps
        self.destroysService = destroysService
    }

    package struct ServiceChange: Hashable, Sendable {
        /// As it is wanted, with the new revision.
        package var service: Service
        /// The revision that it was made from; `nil` for a new service.
        package var baseRevision: Int?

        package init(service: Service, baseRevision: Int?) {
            self.service = service
            self.baseRevision = baseRevision
        }
    }

    package struct Step: Hashable, Sendable {
        package var target: Target
        package var action: DeploymentAction
        package var template: String
        package var version: VersionNumber
        package var fromVersion: VersionNumber?
        /// Where an instance or a component runs; empty for environments and pipelines.
        package var environment: String
        package var owner: String
        package var stage: Stage
        package var connection: String
        package var spec: String
        /// The new one.
        package var revision: Int
        /// The revision that it was made from; `nil` for a target that must not exist yet.
        package var baseRevision: Int?
        package var planDigest: String
        /// The version that a component's new file makes; its blob has to be there.
        package var newVersion: TemplateVersion?

        package init(
            target: Target, action: DeploymentAction, template: String, version: VersionNumber,
            fromVersion: VersionNumber? = nil, environment: String = "", owner: String = "", stage: Stage = .test,
            connection: String = "local", spec: String, revision: Int, baseRevision: Int?, planDigest: String,
            newVersion: TemplateVersion? = nil
        ) {
            self.target = target
            self.action = action
            self.template = template
            self.version = version
            self.fromVersion = fromVersion
            self.environment = environment
            self.owner = owner
            self.stage = stage
            self.connection = connection
            self.spec = spec
            self.revision = revision
            self.baseRevision = baseRevision
            self.planDigest = planDigest
            self.newVersion = newVersion
        }
    }
}

/// What became of a submission.
package struct Receipt: Hashable, Sendable {
    package var order: Order
    package var deployments: [Deployment]

    package init(order: Order, deployments: [Deployment]) {
        self.order = order
        self.deployments = deployments
    }
}
