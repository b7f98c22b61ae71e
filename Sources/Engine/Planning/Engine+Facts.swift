package import Catalog
import Store

/// Who owns things and what they are for: kept at once, nothing is deployed.
extension Engine {
    package func describe(
        _ target: Target, owner: String? = nil, stage: Stage? = nil, why: String = ""
    ) throws(Refusal) {
        try Words.check(owner: owner, why: why)
        _ = try existingRecord(target)
        let detail = [owner.map { "owner \($0)" }, stage.map { "stage \($0.rawValue)" }].compactMap(\.self)
        let entry = entry(
            "\(target.kind.rawValue).describe", target.id, detail: detail.joined(separator: ", "), why: why)
        try refusing { try store.change(target, owner: owner, stage: stage, history: entry) }
    }

    /// - Parameters: What is `nil` stays as it is.
    package func describe(
        service name: String, owner: String? = nil, repository: String? = nil, branch: String? = nil,
        repositoryConnection: String? = nil, why: String = ""
    ) throws(Refusal) {
        let faults = RepositoryRule.faults(repository: repository, branch: branch, connection: repositoryConnection)
        if !faults.isEmpty { throw Refusal(faults) }
        try Words.check(owner: owner, why: why)
        var service = try existingService(name)
        service.owner = owner ?? service.owner
        service.repository = repository ?? service.repository
        service.branch = branch ?? service.branch
        service.repositoryConnection = repositoryConnection ?? service.repositoryConnection
        let described = service
        let detail = [
            owner.map { "owner \($0)" }, repository.map { "repository \($0)" }, branch.map { "branch \($0)" },
            repositoryConnection.map { "connection \($0)" },
        ].compactMap(\.self)
        let entry = entry("service.describe", name, detail: detail.joined(separator: ", "), why: why)
        try refusing { try store.change(described, history: entry) }
    }
}
