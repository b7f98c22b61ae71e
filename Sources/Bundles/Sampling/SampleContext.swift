import Documents
import Schemas

/// The values that a part's template sees when a bundle is checked: sample inputs, and samples of what a deployment
/// would know.
struct SampleContext {
    let bundle: Bundle
    let part: Bundle.Part
    /// The outputs that the compatible environments declare.
    let environmentOutputs: [String]

    /// - Returns: No context, and the names of the inputs that no value was found for, where samples can't be made.
    func context(_ amount: SampleInputs.Amount) -> (context: Value?, missing: [String]) {
        let tags = Object([("proton:account", "123456789012"), ("proton:template", "sample")])
        switch part {
        case .environment:
            let (inputs, missing) = inputs(.environment, amount)
            guard let inputs else { return (nil, missing) }
            let environment = Givens.Environment(name: "sample", accountID: "123456789012")
            return (Contexts.environment(environment, inputs: inputs, tags: tags), [])
        case .instance:
            let (inputs, missing) = inputs(.service, amount)
            guard let inputs else { return (nil, missing) }
            return (Contexts.instance(instance(amount), inputs: inputs, service: service, tags: tags), [])
        case .pipeline:
            let (own, missingOwn) = inputs(.pipeline, amount)
            let (inputs, missing) = inputs(.service, amount)
            guard let own, let inputs else { return (nil, missingOwn + missing) }
            var given = instance(amount)
            given.outputs = outputs(bundle.outputs(of: .instance) ?? readInstanceOutputs)
            let context = Contexts.pipeline(
                inputs: own, service: service, instances: [(given: given, inputs: inputs)], tags: tags)
            return (context, [])
        case .component: return (nil, [])
        }
    }

    private func inputs(_ type: SchemaFile.InputType, _ amount: SampleInputs.Amount) -> (Value?, [String]) {
        guard let schema = bundle.schema, let entry = schema.types[type] else { return (.object(Object()), []) }
        var samples = SampleInputs(entry, in: schema.document, amount)
        let made = samples.made()
        // As the templates see it, a secret is text that says where it is.
        let seen = made.map { made in
            entry.schema.replacingSecrets(in: made) { secret, _ in
                .string("{{resolve:secretsmanager:\(secret.name):SecretString}}")
            }
        }
        return (seen, samples.missing)
    }

    private var service: Givens.Service {
        Givens.Service(
            name: "sample", branchName: "main", repositoryID: "sample/sample",
            repositoryConnection: "arn:aws:codestar-connections:us-east-1:123456789012:connection/sample")
    }

    private func instance(_ amount: SampleInputs.Amount) -> Givens.Instance {
        let needed = bundle.needs.map(\.output)
        let known = amount == .all ? environmentOutputs : []
        return Givens.Instance(
            name: "dev",
            environment: Givens.Environment(
                name: "sample", accountID: "123456789012", outputs: outputs(needed + known)))
    }

    private var readInstanceOutputs: [String] {
        guard let template = bundle.template(of: .pipeline).template else { return [] }
        return Bundle.needs(in: template.template, below: ["service_instances", "*", "outputs"]).map(\.output)
    }

    private func outputs(_ names: [String]) -> Object {
        var outputs = Object()
        for name in names { outputs[name] = .string("sample-\(name)") }
        return outputs
    }
}
