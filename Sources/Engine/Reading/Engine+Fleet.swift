package import Catalog
import Documents
import Store

extension Engine {
    package func fleet(_ query: FleetQuery) throws(Refusal) -> Page<FleetRow> {
        try refusing {
            var page = try store.fleet(query)
            page.rows = try carried(page.rows)
            return page
        }
    }

    /// The first targets by title, and the first services by name, that have the words.
    package func found(
        _ words: String, limit: Int
    ) throws(Refusal) -> (services: [Service], targets: [FleetRow]) {
        try refusing {
            (
                try store.services(withWords: words, limit: limit), try store.targets(withWords: words, limit: limit)
            )
        }
    }

    package func counts(_ level: FleetQuery.Level, owner: String = "") throws(Refusal) -> FleetCounts {
        try refusing { try store.counts(level, owner: owner) }
    }

    /// How the instances and pipelines of each service stand, by its name.
    package func countsByService(owner: String = "") throws(Refusal) -> [String: FleetCounts] {
        try refusing { try store.countsByService(owner: owner) }
    }

    package func services(
        text: String = "", owner: String = "", offset: Int = 0, limit: Int = 500
    ) throws(Refusal) -> Page<Service> {
        try refusing { try store.services(text: text, owner: owner, offset: offset, limit: limit) }
    }

    package func service(_ name: String) throws(Refusal) -> ServiceDetail {
        let service = try existingService(name)
        let template = try existingTemplate(service.template)
        return try refusing {
            let rows = try carried(try store.fleet(FleetQuery(level: .all, service: name, limit: 100)).rows)
            return ServiceDetail(
                service: service, template: template, instances: rows.filter { $0.target.kind == .instance },
                pipeline: rows.first { $0.target.kind == .pipeline },
                deployments: try carried(
                    try rows.flatMap { try store.deployments(DeploymentQuery(target: $0.target, limit: 20)) }
                        .sorted { $0.id > $1.id })
            )
        }
    }

    package func target(_ target: Target) throws(Refusal) -> TargetDetail {
        let record = try existingRecord(target)
        let inputs = (try? filledInputs(of: record)) ?? .null
        return try refusing {
            guard let found = try store.row(target) else { throw Engine.unknown(target) }
            let row = try carried([found])[0]
            return TargetDetail(
                row: row, record: record, service: try target.service.flatMap { try store.service($0) },
                inputs: inputs, outputs: record.applied?.outputs ?? [], resources: try store.resources(of: target),
                deployments: try carried(try store.deployments(DeploymentQuery(target: target, limit: 50))),
                recommendations: try recommendations(for: row), dependents: try dependents(of: target),
                isJoinPending: try isJoinPending(record), componentFile: try componentFile(of: record)
            )
        }
    }

    /// What a list shows of its selected row: less than the target's page, and quick.
    package func glance(at row: FleetRow) throws(Refusal) -> TargetGlance {
        try refusing {
            TargetGlance(
                row: row, outputs: try store.record(row.target)?.applied?.outputs ?? [],
                deployments: try store.deployments(DeploymentQuery(target: row.target, limit: 1)),
                recommendations: try recommendations(for: row))
        }
    }

    /// The environments in which instances of `version` can run, by name.
    package func environments(compatibleWith version: TemplateVersion) throws(Refusal) -> [FleetRow] {
        try refusing {
            try version.compatibleEnvironments.flatMap { compatible in
                try store.fleet(FleetQuery(level: .environments, template: compatible.template)).rows.filter {
                    ($0.running ?? $0.desired).major == compatible.major
                }
            }.sorted { $0.target.name < $1.target.name }
        }
    }

    /// The instances that take a component and have none, and the environments that run.
    ///
    /// - Parameter environment: Only instances in this one; `nil` for all.
    package func attachable(in environment: String?) throws(Refusal) -> (instances: [Target], environments: [String]) {
        try refusing {
            let open = try store.instancesTakingComponents(in: environment)
            let rows = try store.fleet(FleetQuery(level: .environments)).rows.filter { $0.running != nil }
            return (open, rows.map(\.target.name))
        }
    }

    package func history(
        subject: String? = nil, before: Int? = nil, limit: Int = 200
    ) throws(Refusal) -> [HistoryEntry] {
        try refusing { try store.history(subject: subject, before: before, limit: limit) }
    }

    func dependents(of target: Target) throws -> [Target] {
        switch target {
        case .environment(let name): try store.tenants(of: name)
        case .instance: try store.component(of: target).map { [$0.target] } ?? []
        case .pipeline, .component: []
        }
    }

    /// Refuses a target that is not there and never was.
    package func checkKnown(_ target: Target) throws(Refusal) {
        let past = try refusing { try store.deployments(DeploymentQuery(target: target, limit: 1)) }
        if past.isEmpty { _ = try existingRecord(target) }
    }

    func existingRecord(_ target: Target) throws(Refusal) -> TargetRecord {
        if let record = try refusing({ try store.record(target) }) { return record }
        throw try unknownTarget(target)
    }

    func existingService(_ name: String) throws(Refusal) -> Service {
        if let service = try refusing({ try store.service(name) }) { return service }
        let names = try services(limit: 1000).rows.map(\.name)
        throw Refusal(
            "service.unknown", "There is no service \"\(name)\" in this workspace.",
            hint: Spelling.nearest(to: name, among: names).map { "Did you mean \($0)?" }
                ?? "See what there is with: baryon service list"
        )
    }

    static func unknown(_ target: Target) -> Refusal {
        Refusal("target.unknown", "There is no \(target.kind.rawValue) \"\(target.title)\" in this workspace.")
    }

    /// Why `target` can't be found, with the nearest name there is.
    private func unknownTarget(_ target: Target) throws(Refusal) -> Refusal {
        if let service = target.service { _ = try existingService(service) }
        var refusal = Engine.unknown(target)
        let level: FleetQuery.Level =
            switch target.kind {
            case .environment: .environments
            case .instance: .instances
            case .pipeline: .pipelines
            case .component: .components
            }
        let rows = try fleet(FleetQuery(level: level, service: target.service ?? "", limit: 1000)).rows
        refusal.findings[0].hint = try hint(for: target, among: rows)
        return refusal
    }

    private func hint(for target: Target, among rows: [FleetRow]) throws(Refusal) -> String {
        if let near = Spelling.nearest(to: target.title, among: rows.map(\.target.title)) {
            return "Did you mean \(near)?"
        }
        switch target {
        case .environment(let name):
            guard try refusing({ try store.service(name) }) != nil else {
                return "See what there is with: baryon environment list"
            }
            let instances = try fleet(FleetQuery(level: .instances, service: name, limit: 5)).rows.map(\.target.title)
            let examples = instances.isEmpty ? "pipeline/\(name)" : instances.joined(separator: ", ")
            return "\(name) is a service: name one of its targets, such as \(examples)."
        case .instance(let service, _):
            return rows.isEmpty
                ? "See what there is with: baryon instance list"
                : "Service \(service) has \(rows.map(\.target.title).joined(separator: ", "))."
        case .pipeline(let service): return "Service \(service) has none; see: baryon service show \(service)"
        case .component: return "See what there is with: baryon component list"
        }
    }
}
