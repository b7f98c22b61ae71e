/// Which targets a person wants to see, and in what order.
package struct FleetQuery: Hashable, Sendable {
    package enum Level: String, Hashable, Sendable, CaseIterable {
        case instances, environments, pipelines, components, all
    }

    package enum Sort: String, Hashable, Sendable, CaseIterable {
        case name, environment, template, version, behind, status, age
    }

    /// What is shown: everything, or what somebody should look at.
    package enum Filter: String, Hashable, Sendable, CaseIterable {
        case all, behind, major, drifted, uncertain, failed, running
    }

    package var level: Level
    package var filter: Filter
    package var sort: Sort
    package var isDescending: Bool
    /// Words that all have to be in the row's names.
    package var text: String
    /// Only this owner's; empty for everyone's.
    package var owner: String
    package var environment: String
    package var service: String
    package var template: String
    package var offset: Int
    package var limit: Int

    package init(
        level: Level = .instances, filter: Filter = .all, sort: Sort = .name, isDescending: Bool = false,
        text: String = "", owner: String = "", environment: String = "", service: String = "", template: String = "",
        offset: Int = 0, limit: Int = 500
    ) {
        self.level = level
        self.filter = filter
        self.sort = sort
        self.isDescending = isDescending
        self.text = text
        self.owner = owner
        self.environment = environment
        self.service = service
        self.template = template
        self.offset = offset
        self.limit = limit
    }
}

/// One target as lists show it.
package struct FleetRow: Hashable, Sendable, Identifiable {
    package var target: Target
    package var template: String
    package var environment: String
    package var owner: String
    package var stage: Stage
    /// The applied version; `nil` where nothing is applied yet.
    package var running: VersionNumber?
    package var desired: VersionNumber
    package var recommended: VersionNumber?
    package var drift: VersionDrift
    package var hasSpecDrift: Bool
    package var isUncertain: Bool
    /// The instance to which a component is attached.
    package var attachment: Target?
    /// The last deployment's.
    package var phase: Deployment.Phase?
    package var deployment: Deployment.ID?
    /// When the applied state was reached, else when the target was created.
    package var since: Instant
    /// Whether the last deployment has not ended and nobody carries it out. No part of the row: whoever reads it finds
    /// out.
    package var isAbandoned = false

    package init(
        target: Target, template: String, environment: String, owner: String, stage: Stage, running: VersionNumber?,
        desired: VersionNumber, recommended: VersionNumber?, drift: VersionDrift, hasSpecDrift: Bool,
        isUncertain: Bool, attachment: Target? = nil, phase: Deployment.Phase?, deployment: Deployment.ID?,
        since: Instant
    ) {
        self.target = target
        self.template = template
        self.environment = environment
        self.owner = owner
        self.stage = stage
        self.running = running
        self.desired = desired
        self.recommended = recommended
        self.drift = drift
        self.hasSpecDrift = hasSpecDrift
        self.isUncertain = isUncertain
        self.attachment = attachment
        self.phase = phase
        self.deployment = deployment
        self.since = since
    }

    package var id: String { target.id }
}

/// A part of a longer list.
package struct Page<Row: Hashable & Sendable>: Hashable, Sendable {
    package var rows: [Row]
    /// How many there are in all.
    package var total: Int

    package init(rows: [Row], total: Int) {
        self.rows = rows
        self.total = total
    }
}

/// Counts by drift and state, for one level of the fleet.
package struct FleetCounts: Hashable, Sendable {
    package var total: Int
    package var current: Int
    package var minorBehind: Int
    package var majorBehind: Int
    package var back: Int
    package var specDrifted: Int
    package var failed: Int
    package var uncertain: Int

    package init(
        total: Int = 0, current: Int = 0, minorBehind: Int = 0, majorBehind: Int = 0, back: Int = 0,
        specDrifted: Int = 0, failed: Int = 0, uncertain: Int = 0
    ) {
        self.total = total
        self.current = current
        self.minorBehind = minorBehind
        self.majorBehind = majorBehind
        self.back = back
        self.specDrifted = specDrifted
        self.failed = failed
        self.uncertain = uncertain
    }
}
