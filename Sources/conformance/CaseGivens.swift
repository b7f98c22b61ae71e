import Bundles
import Documents

/// What a case gives beside the spec: outputs, account, repository and tags, taken out of its expected context.
struct CaseGivens {
    private let expected: Value

    init(_ expected: Value) { self.expected = expected }

    func context(_ part: Bundle.Part, _ target: String, _ spec: Spec) -> Value {
        let tags = expected["proton_tags"]?.object ?? Object()
        switch part {
        case .environment:
            return Contexts.environment(environment(expected), inputs: spec.environmentInputs, tags: tags)
        case .instance:
            let name = target.hasPrefix("instance-") ? String(target.dropFirst("instance-".count)) : target
            guard let instance = spec.instance(named: name) else { return .null }
            let given = expected["service_instance"].map { self.instance($0, of: instance) }
            return Contexts.instance(
                given ?? Givens.Instance(name: name, environment: Givens.Environment(name: instance.environment)),
                inputs: instance.inputs, service: service, tags: tags)
        case .pipeline:
            let given = expected["service_instances"]?.list ?? []
            let instances = spec.instances.map { instance in
                let own = given.first { $0["name"]?.string == instance.name } ?? .null
                return (given: self.instance(own, of: instance), inputs: instance.inputs)
            }
            return Contexts.pipeline(inputs: spec.pipelineInputs, service: service, instances: instances, tags: tags)
        case .component: return .null
        }
    }

    func environment(_ value: Value) -> Givens.Environment {
        let environment = value["environment"]
        return Givens.Environment(
            name: environment?["name"]?.string ?? "", accountID: environment?["account_id"]?.string ?? "",
            outputs: environment?["outputs"]?.object ?? Object())
    }

    private var service: Givens.Service {
        let service = expected["service"]
        return Givens.Service(
            name: service?["name"]?.string ?? "", branchName: service?["branch_name"]?.string ?? "",
            repositoryID: service?["repository_id"]?.string ?? "",
            repositoryConnection: service?["repository_connection_arn"]?.string ?? "")
    }

    private func instance(_ value: Value, of instance: Spec.Instance) -> Givens.Instance {
        var environment = environment(value)
        environment.name = instance.environment
        let component = value["components"]?["default"]
        return Givens.Instance(
            name: instance.name, environment: environment, outputs: value["outputs"]?.object ?? Object(),
            component: component?["name"]?.string.map {
                Givens.Component(name: $0, outputs: component?["outputs"]?.object ?? Object())
            })
    }
}
