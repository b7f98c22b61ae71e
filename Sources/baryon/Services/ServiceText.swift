import Catalog
import Documents
import Engine

/// Services for people and for programs.
enum ServiceText {
    static func json(_ service: Service) -> Value {
        JSON.object([
            ("name", .string(service.name)), ("templateName", .string(service.template)),
            ("owner", JSON.text(service.owner)), ("repositoryId", JSON.text(service.repository)),
            ("branchName", JSON.text(service.branch)),
            ("repositoryConnectionArn", JSON.text(service.repositoryConnection)),
            ("revision", JSON.number(service.revision)), ("spec", .string(service.spec)),
            ("createdAt", JSON.time(service.createdAt)),
        ])
    }

    static func json(_ detail: ServiceDetail) -> Value {
        guard case .object(var object) = json(detail.service) else { return .null }
        let last = { (row: FleetRow) in detail.deployments.first { $0.target == row.target } }
        object["instances"] = .list(detail.instances.map { TargetText.json($0, last: last($0)) })
        object["pipeline"] = detail.pipeline.map { TargetText.json($0, last: last($0)) }
        return .object(object)
    }

    static func text(_ detail: ServiceDetail) -> String {
        let service = detail.service
        var facts = Table()
        facts.add("Service", service.name)
        facts.add("Template", service.template)
        if !service.owner.isEmpty { facts.add("Owner", service.owner) }
        if !service.repository.isEmpty { facts.add("Repository", "\(service.repository) \(service.branch)") }
        facts.add("Revision", "\(service.revision)")
        var parts = [facts.text, TargetText.table(detail.instances, of: .instance).text]
        if let pipeline = detail.pipeline { parts.append(TargetText.table([pipeline], of: .pipeline).text) }
        if !detail.deployments.isEmpty {
            parts.append("Deployments\n" + DeploymentText.table(Array(detail.deployments.prefix(10))).text)
        }
        return parts.joined(separator: "\n\n")
    }
}
