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
        let schemas = try bundle(for: wanted).schemas
        let secrets = try secretView(wanted.connection)
        let isText = wanted.version.languages[wanted.target.part] ?? .cloudFormation == .cloudFormation
        func seen(_ inputs: Value, _ part: TemplateVersion.Part) -> Value {
            isText ? secrets.seen(inputs, schemas[part]) : inputs
        }
        let inputs = wanted.target.kind == .component ? inputs : seen(inputs, wanted.target.part)
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
                name: name, environment: try environment(wanted.environment), outputs: outputs,
                component: wanted.component.map {
                    Givens.Component(name: $0.target.name, outputs: Engine.outputs(of: $0))
                })
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
        case .component(let name):
            let attached = wanted.attached
            let seen = isText ? secrets.seen(inputs, attached?.schema) : inputs
            return Contexts.component(
                named: name, environment: try environment(wanted.environment), service: attached?.target.service,
                instance: attached.map { ($0.target.name, seen) }, tags: tags)
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
            attachment: wanted.attached?.target, account: account)
    }

    /// The same as a stack is tagged with them.
    static func tags(of plan: Plan, account: String) -> [String: String] {
        let tags = tags(
            of: plan.target, template: plan.template, environment: plan.environment, attachment: plan.attachment,
            account: account)
        return Dictionary(tags.map { ($0.key, $0.value.string ?? "") }) { _, last in last }
    }

    private static func tags(
        of target: Target, template: String, environment: String, attachment: Target?, account: String
    ) -> Object {
        var tags = Object([("proton:account", .string(account))])
        if target.kind != .component { tags["proton:template"] = .string(template) }
        switch target {
        case .environment(let name): tags["proton:environment"] = .string(name)
        case .instance(let service, let name):
            tags["proton:environment"] = .string(environment)
            tags["proton:service"] = .string(service)
            tags["proton:service-instance"] = .string(name)
        case .pipeline(let service): tags["proton:service"] = .string(service)
        case .component(let name):
            tags["proton:environment"] = .string(environment)
            if case .instance(let service, let instance) = attachment {
                tags["proton:service"] = .string(service)
                tags["proton:service-instance"] = .string(instance)
            }
            tags["proton:component"] = .string(name)
        }
        return tags
    }
}
