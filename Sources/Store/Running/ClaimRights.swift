import Catalog

/// What a runner may take. Submitting is not executing: rights are the runner's, not the order's.
package struct ClaimRights: Hashable, Sendable {
    /// Names of connections; `nil` for every one.
    package var connections: Set<String>?
    /// Deployments that may run at once in the workspace; `nil` for any number.
    package var atOnce: Int?
    /// Deployments that may run at once in one environment.
    package var atOnceInEnvironment: Int?
    /// By connection, where that has a cap of its own.
    package var atOnceByConnection: [String: Int]

    package init(
        connections: Set<String>? = nil, atOnce: Int? = nil, atOnceInEnvironment: Int? = nil,
        atOnceByConnection: [String: Int] = [:]
    ) {
        self.connections = connections
        self.atOnce = atOnce
        self.atOnceInEnvironment = atOnceInEnvironment
        self.atOnceByConnection = atOnceByConnection
    }

    /// What runs now.
    struct Load {
        var total = 0
        var byEnvironment: [String: Int] = [:]
        var byConnection: [String: Int] = [:]

        mutating func add(_ candidate: Candidate) {
            total += 1
            byConnection[candidate.connection, default: 0] += 1
            byEnvironment[candidate.place, default: 0] += 1
        }
    }

    func allow(_ candidate: Candidate, beside load: Load) -> Bool {
        if let connections, !connections.contains(candidate.connection) { return false }
        if let atOnce, load.total >= atOnce { return false }
        if let cap = atOnceByConnection[candidate.connection],
            load.byConnection[candidate.connection, default: 0] >= cap
        {
            return false
        }
        guard let atOnceInEnvironment, !candidate.place.isEmpty else { return true }
        return load.byEnvironment[candidate.place, default: 0] < atOnceInEnvironment
    }
}

/// A deployment that is not finished, as far as claims go by it.
struct Candidate {
    let id: Deployment.ID
    let order: Order.ID
    let target: Target
    let connection: String
    let environment: String
    let owner: String?
    let expires: Instant

    init(_ columns: inout Columns) throws {
        id = Deployment.ID(columns.int())
        order = Order.ID(columns.int())
        target = try columns.target()
        connection = columns.text()
        environment = columns.text()
        owner = columns.optionalText()
        expires = columns.instant()
    }

    /// The environment that it changes or runs in; empty for pipelines.
    var place: String {
        if case .environment(let name) = target { name } else { environment }
    }

    func isHeld(at now: Instant, isDead: (String) -> Bool) -> Bool {
        guard let owner else { return false }
        return now < expires && !isDead(owner)
    }

    /// Whether it reads what a deployment of `other` leaves behind.
    func buildsOn(_ other: Target) -> Bool {
        switch (target, other) {
        case (.instance, .environment(let name)), (.component, .environment(let name)): name == environment
        case (.pipeline(let service), .instance(let name, _)): service == name
        case (.environment, _), (.instance, _), (.pipeline, _), (.component, _): false
        }
    }
}
