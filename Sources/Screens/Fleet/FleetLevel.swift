import Catalog
import Engine
import Terminal

/// What the fleet lists a row each of.
enum FleetLevel: String, CaseIterable, Sendable {
    case instances, environments, pipelines, components, services

    var title: String { rawValue.capitalizedFirst }

    /// The targets of the level; `nil` for services, which are no targets.
    var targets: FleetQuery.Level? {
        switch self {
        case .instances: .instances
        case .environments: .environments
        case .pipelines: .pipelines
        case .components: .components
        case .services: nil
        }
    }

    static func counts(_ engine: Engine, owner: String) throws(Refusal) -> [FleetLevel: Int] {
        var counts: [FleetLevel: Int] = [:]
        for level in allCases {
            if let targets = level.targets {
                counts[level] = try engine.counts(targets, owner: owner).total
            } else {
                counts[level] = try engine.services(owner: owner, limit: 1).total
            }
        }
        return counts
    }
}

/// A service with how its targets stand.
struct ServiceRow: Identifiable, Sendable {
    var service: Service
    var counts: FleetCounts

    var id: String { service.name }

    static func all(_ engine: Engine, owner: String) throws(Refusal) -> [ServiceRow] {
        let counts = try engine.countsByService(owner: owner)
        return try engine.services(owner: owner, limit: 20_000).rows.map { service in
            ServiceRow(service: service, counts: counts[service.name] ?? FleetCounts())
        }
    }
}

/// How wide the longest words are, so that no column is cut while another has room to spare.
struct FleetWidths: Sendable {
    var name = 8
    var environment = 3
    var template = 8

    init() {}

    init(_ rows: [FleetRow]) {
        for row in rows {
            name = max(name, row.target.title.utf8.count + 2)
            environment = max(environment, row.environment.utf8.count)
            template = max(template, row.template.utf8.count)
        }
    }
}
