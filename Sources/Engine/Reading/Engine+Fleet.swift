package import Catalog
import Documents
import Store

extension Engine {
    package func fleet(_ query: FleetQuery) throws(Refusal) -> Page<FleetRow> {
        try refusing { try store.fleet(query) }
    }

    /// All rows' keys in order, with the words that they are found by.
    package func names(_ query: FleetQuery) throws(Refusal) -> NamedKeys {
        try refusing { try store.names(query) }
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

    /// How many rows stand before a target's; `nil` where it is not among them.
    package func place(of target: Target, in query: FleetQuery) throws(Refusal) -> Int? {
        try refusing { try store.place(of: target, in: query) }
    }

    /// The rows with these keys, in this order, as far as they are there.
    package func fleetRows(_ keys: [Int]) throws(Refusal) -> [FleetRow] {
        try refusing { try store.fleetRows(keys) }
    }

    package func counts(_ level: FleetQuery.Level, owner: String = "") throws(Refusal) -> FleetCounts {
        try refusing { try store.counts(level, owner: owner) }
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
            let rows = try store.fleet(FleetQuery(level: .all, service: name, limit: 100)).rows
            return ServiceDetail(
                service: service, template: template, instances: rows.filter { $0.target.kind == .instance },
                pipeline: rows.first { $0.target.kind == .pipeline },
                deployments: try rows.flatMap { try store.deployments(DeploymentQuery(target: $0.target, limit: 20)) }
                    .sorted { $0.id > $1.id }
            )
        }
    }

    package func target(_ target: Target) throws(Refusal) -> TargetDetail {
        let record = try existingRecord(target)
        let inputs = (try? filledInputs(of: record)) ?? .null
        return try refusing {
            guard let row = try store.row(target) else { throw Engine.unknown(target) }
            return TargetDetail(
                row: row, record: record, service: try target.service.flatMap { try store.service($0) },
                inputs: inputs, outputs: record.applied?.outputs ?? [], resources: try store.resources(of: target),
                deployments: try store.deployments(DeploymentQuery(target: target, limit: 50)),
                recommendations: try recommendations(for: row), dependents: try dependents(of: target)
            )
        }
    }

    /// What a list shows of its selected row: less than the target's page, and quick.
    package func glance(at row: FleetRow) throws(Refusal) -> TargetGlance {
        try refusing {
            TargetGlance(
                row: row, deployments: try store.deployments(DeploymentQuery(target: row.target, limit: 1)),
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

    package func history(
        subject: String? = nil, before: Int? = nil, limit: Int = 200
    ) throws(Refusal) -> [HistoryEntry] {
        try refusing { try store.history(subject: subject, before: before, limit: limit) }
    }

    func dependents(of target: Target) throws -> [Target] {
        guard case .environment(let name) = target else { return [] }
        return try store.instances(in: name)
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
            }
        let rows = try fleet(FleetQuery(level: level, service: target.service ?? "", limit: 1000)).rows
        if let near = Spelling.nearest(to: target.title, among: rows.map(\.target.title)) {
            refusal.findings[0].hint = "Did you mean \(near)?"
        }
        return refusal
    }
}
