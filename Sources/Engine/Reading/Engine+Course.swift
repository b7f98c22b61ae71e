package import Catalog
import CloudFormation
import Store

/// What a deployment's page tells beside its row: how long the like takes, and what waits for what.
extension Engine {
    /// How long the same act usually takes, in milliseconds: the middle one of the last five successes of the target,
    /// else of the same version of the template; `nil` where there was none.
    package func usualTime(of deployment: Deployment) throws(Refusal) -> Int64? {
        try refusing {
            func times(_ query: DeploymentQuery) throws -> [Int64] {
                try store.deployments(query).lazy.filter {
                    $0.id != deployment.id && $0.action == deployment.action && $0.template == deployment.template
                        && $0.target.kind == deployment.target.kind
                        && (query.target != nil || $0.version == deployment.version)
                }.compactMap { past -> Int64? in
                    guard let start = past.startedAt, let end = past.finishedAt else { return nil }
                    return end.milliseconds - start.milliseconds
                }.prefix(5).sorted()
            }
            var found = try times(
                DeploymentQuery(target: deployment.target, phases: [.succeeded], before: deployment.id, limit: 50))
            if found.isEmpty {
                found = try times(DeploymentQuery(phases: [.succeeded], before: deployment.id, limit: 500))
            }
            return found.isEmpty ? nil : found[found.count / 2]
        }
    }

    /// The resources that each resource of a plan needs, as its template says; empty where that can't be read.
    package func needs(in plan: Plan) -> [String: [String]] {
        let place = PseudoParameters(
            accountID: plan.grounds.account, region: plan.grounds.region, stackName: plan.stack)
        guard let file = plan.files.first,
            let template = Engine.evaluated(file, CloudFormation.Givens(pseudo: place))
        else { return [:] }
        let names = Set(plan.changes.map(\.resource))
        return Dictionary(
            names.map { name in (name, template.graph.needs(of: name).filter(names.contains)) }
        ) { first, _ in first }
    }
}
