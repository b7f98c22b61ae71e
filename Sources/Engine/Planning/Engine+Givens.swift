import Bundles
import Catalog
import Documents
import Provisioning

extension Engine {
    /// The values that a template sees, gathered from the workspace.
    func context(for wanted: Wanted, inputs: Value) -> Value {
        let tags = tags(of: wanted)
        switch wanted.target {
        case .environment(let name):
            return Contexts.environment(
                Givens.Environment(name: name, accountID: Job.localAccount), inputs: inputs, tags: tags)
        case .instance(_, let name):
            // An instance sees its own outputs as they are applied, as bundles that ask for them expect.
            let outputs = Engine.outputs(of: wanted.record)
            let given = Givens.Instance(
                name: name, environment: Engine.environment(wanted.environment), outputs: outputs)
            return Contexts.instance(given, inputs: inputs, service: service(of: wanted), tags: tags)
        case .pipeline:
            let instances = wanted.instances.map { view in
                (
                    given: Givens.Instance(
                        name: view.name, environment: Engine.environment(view.environment), outputs: view.outputs),
                    inputs: view.inputs
                )
            }
            return Contexts.pipeline(inputs: inputs, service: service(of: wanted), instances: instances, tags: tags)
        }
    }

    private func service(of wanted: Wanted) -> Givens.Service {
        let service = wanted.service
        return Givens.Service(
            name: service?.name ?? "", branchName: service?.branch ?? "", repositoryID: service?.repository ?? "",
            repositoryConnection: service?.repositoryConnection ?? "")
    }

    private static func environment(_ record: TargetRecord?) -> Givens.Environment {
        Givens.Environment(
            name: record?.target.name ?? "", accountID: Job.localAccount, outputs: outputs(of: record))
    }

    static func outputs(of record: TargetRecord?) -> Object {
        Object((record?.applied?.outputs ?? []).map { ($0.key, Value.string($0.value)) })
    }

    /// Proton's own tags, by which its users' cost reports and policies go.
    private func tags(of wanted: Wanted) -> Object {
        var tags = Object([
            ("proton:account", .string(Job.localAccount)), ("proton:template", .string(wanted.version.template)),
        ])
        switch wanted.target {
        case .environment(let name): tags["proton:environment"] = .string(name)
        case .instance(let service, let name):
            tags["proton:environment"] = .string(wanted.environment?.target.name ?? "")
            tags["proton:service"] = .string(service)
            tags["proton:service-instance"] = .string(name)
        case .pipeline(let service): tags["proton:service"] = .string(service)
        }
        return tags
    }
}
