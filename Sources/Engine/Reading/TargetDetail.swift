package import Catalog
package import Documents

/// One environment, instance or pipeline with all that its page shows.
package struct TargetDetail: Hashable, Sendable {
    package var row: FleetRow
    package var record: TargetRecord
    /// The service of an instance or pipeline.
    package var service: Service?
    /// The desired inputs with defaults filled in, in schema order.
    package var inputs: Value
    /// Of the applied state.
    package var outputs: [Output]
    package var resources: [ProvisionedResource]
    /// Newest first.
    package var deployments: [Deployment]
    package var recommendations: [Recommendation]
    /// Targets that have to go first: an environment's instances and components, an instance's component.
    package var dependents: [Target]
    /// Whether an instance has not been deployed since its component, or what that gives, became another.
    package var isJoinPending: Bool
    /// The file of a component as somebody gave it; `nil` for other targets.
    package var componentFile: RenderedFile?
}

/// One row of the fleet with what a list says about the selected one.
package struct TargetGlance: Hashable, Sendable {
    package var row: FleetRow
    /// Of the applied state.
    package var outputs: [Output]
    /// The last one, if there was any.
    package var deployments: [Deployment]
    package var recommendations: [Recommendation]
}

package struct ServiceDetail: Hashable, Sendable {
    package var service: Service
    package var template: Template
    package var instances: [FleetRow]
    package var pipeline: FleetRow?
    package var deployments: [Deployment]
}

/// One deployment as its page shows it.
package struct DeploymentDetail: Hashable, Sendable {
    package var deployment: Deployment
    package var order: Order
    /// All steps of the order, this one among them.
    package var steps: [Deployment]
    package var plan: Plan?
    /// Whether a live runner holds it, and whether that is this process.
    package var runner: RunnerState
    /// The service that its order destroys whole.
    package var destroysService: String?

    package enum RunnerState: String, Hashable, Sendable {
        case none, here, elsewhere
    }
}

/// A target on a withdrawn version, where no other version is recommended.
package struct StrandedTarget: Hashable, Sendable {
    package var target: Target
    package var template: String
    package var version: VersionNumber
    /// Why the version was withdrawn.
    package var reason: String

    /// What it means and what to do.
    package var sentence: String {
        "\(target.title) runs \(template) \(version), which was withdrawn (\(reason)), and no other version is recommended: "
            + "publish one, then move it there."
    }
}

/// What Home shows.
package struct Overview: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case failed, stuck, uncertain, major, minor, back, specDrift, join, draft

        /// As lists name it.
        package var title: String { [.specDrift: "not applied", .join: "to deploy"][self] ?? rawValue }
    }

    /// One line of what needs a person.
    package struct Attention: Hashable, Sendable, Identifiable {
        package var kind: Kind
        package var title: String
        package var detail: String
        package var at: Instant
        /// What Enter opens.
        package var target: Target?
        package var deployment: Deployment.ID?
        package var draft: String?
        package var template: String?

        package var id: String { "\(kind.rawValue) \(title) \(detail)" }
    }

    package struct EnvironmentLine: Hashable, Sendable {
        package var name: String
        package var stage: Stage
        package var counts: FleetCounts
    }

    package var attention: [Attention]
    package var running: [Deployment]
    package var counts: [FleetQuery.Level: FleetCounts]
    package var environments: [EnvironmentLine]
    package var recent: [Deployment]
    package var templateCount: Int
}
