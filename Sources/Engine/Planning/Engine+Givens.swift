import Bundles
import Catalog
import Documents
import Provisioning

extension Engine {
    /// The values that a template sees, gathered from the workspace.
    ///
    /// Secrets are as CloudFormation takes them. Files of values for Terraform and commands keep the reference, so that
    /// nothing takes it for the secret; they get that when they are used.
    func context(for wanted: Wanted, inputs: Value) throws -> Value {
        let schemas = try bundle(of: wanted.version).schemas
        let secrets = try secretView(wanted.connection)
        let isText = wanted.version.languages[wanted.target.part] ?? .cloudFormation == .cloudFormation
        func seen(_ inputs: Value, _ part: TemplateVersion.Part) -> Value {
            isText ? secrets.seen(inputs, schemas[part]) : inputs
        }
        let inputs = seen(inputs, wanted.target.part)
        let account = try existingConnection(wanted.connection).account
        let tags = Engine.tags(of: wanted, account: account)
        switch wanted.target {
        case .environment(let name):
            return Contexts.environment(
                Givens.Environment(name: name, accountID: account), inputs: inputs, tags: tags)
        case .instance(_, let name):
            // An instance sees its own outputs as they are applied, as bundles that ask for them expect.
            let outputs = Engine.outputs(of: wanted.record)
            let given = Givens.Instance(
                name: name, environment: try environment(wanted.environment), outputs: outputs)
            return Contexts.instance(given, inputs: inputs, service: service(of: wanted), tags: tags)
        case .pipeline:
            let instances = try wanted.instances.map { view in
                (
                    given: Givens.Instance(
                        name: view.name, environment: try environment(view.environment), outputs: view.outputs),
                    inputs: seen(view.inputs, .instance)
                )
            }
            return Contexts.pipeline(inputs: inputs, service: service(of: wanted), instances: instances, tags: tags)
        }
    }

    /// What generated files name as the resource that they belong to.
    func arn(of wanted: Wanted) throws -> String {
        let connection = try existingConnection(wanted.connection)
        return ProtonARN(account: connection.account, region: connection.region).target(wanted.target)
    }

    private func service(of wanted: Wanted) -> Givens.Service {
        let service = wanted.service
        return Givens.Service(
            name: service?.name ?? "", branchName: service?.branch ?? "", repositoryID: service?.repository ?? "",
            repositoryConnection: service?.repositoryConnection ?? "")
    }

    private func environment(_ record: TargetRecord?) throws -> Givens.Environment {
        Givens.Environment(
            name: record?.target.name ?? "",
            accountID: try existingConnection(record?.connection ?? Connection.local.name).account,
            outputs: Engine.outputs(of: record))
    }

    static func outputs(of record: TargetRecord?) -> Object {
        Object((record?.applied?.outputs ?? []).map { ($0.key, Value.string($0.value)) })
    }

    /// Proton's own tags, by which its users' cost reports and policies go.
    private static func tags(of wanted: Wanted, account: String) -> Object {
        tags(
            of: wanted.target, template: wanted.version.template, environment: wanted.environment?.target.name ?? "",
            account: account)
    }

    /// The same as a stack is tagged with them.
    static func tags(of plan: Plan, account: String) -> [String: String] {
        let tags = tags(of: plan.target, template: plan.template, environment: plan.environment, account: account)
        return Dictionary(tags.map { ($0.key, $0.value.string ?? "") }) { _, last in last }
    }

    private static func tags(of target: Target, template: String, environment: String, account: String) -> Object {
        var tags = Object([("proton:account", .string(account)), ("proton:template", .string(template))])
        switch target {
        case .environment(let name): tags["proton:environment"] = .string(name)
        case .instance(let service, let name):
            tags["proton:environment"] = .string(environment)
            tags["proton:service"] = .string(service)
            tags["proton:service-instance"] = .string(name)
        case .pipeline(let service): tags["proton:service"] = .string(service)
        }
        return tags
    }
}
