import Bundles
package import Catalog
package import Documents
import Schemas

extension Engine {
    /// Renders a bundle with a spec, without any workspace: what a deployment would know comes from `given`.
    ///
    /// - Parameter given: YAML or JSON with `environment.name`, `environment.outputs`, `instances.NAME.outputs`,
    ///   `instances.NAME.component` with `name` and `outputs`, `service`, `account`, `tags` and `secrets.NAME` with their sources; `nil` for nothing.
    /// - Returns: Every target's file, under its target's folder where a service makes several; and remarks on the spec.
    package static func render(
        path: String, spec: String, specName: String, given: String? = nil, givenName: String = "given"
    ) async throws(Refusal) -> (files: [RenderedFile], remarks: [Finding]) {
        let (read, faults) = await Bundle.read(path)
        guard let bundle = read else { throw Refusal(faults) }
        let broken = bundle.findings.filter { $0.severity == .error }
        if !broken.isEmpty { throw Refusal(broken) }
        return try render(
            bundle, spec: Source(name: specName, text: spec), given: given.map { Source(name: givenName, text: $0) })
    }

    /// As `render(path:…)`, for a bundle without faults that was read already.
    static func render(
        _ bundle: Bundle, spec: Source, given: Source?
    ) throws(Refusal) -> (files: [RenderedFile], remarks: [Finding]) {
        guard let kind = bundle.kind.templateKind else {
            throw Refusal(
                "render.component", "A component has no spec of its own, so it can't be rendered alone.",
                hint: "Name an environment's or a service's bundle.")
        }
        guard !bundle.isCustomerManaged else {
            throw Refusal(
                "render.nothing", "A bundle must have infrastructure to be rendered, but this one is customer-managed.",
                hint: "Its values are what services read as environment.outputs.")
        }
        let (document, unread) = Spec.read(spec, kind: kind)
        guard let document else { throw Refusal(unread) }
        let findings = inOrder(unread + document.findings(for: bundle))
        if findings.contains(where: { $0.severity == .error }) { throw Refusal(findings) }
        let givens = try LooseGivens(given)
        let filled = document.filled(for: bundle)
        let secrets = try givens.secrets(of: bundle, filled)
        return (try givens.files(of: bundle, filled, secrets.view), findings + secrets.remarks)
    }
}

/// A part of a bundle with what one target's spec says, and the secrets that it names.
private struct Part {
    let bundle: Bundle
    let part: Bundle.Part
    let inputs: Value
    let secrets: SecretView
    let sources: InputSources

    /// The inputs as the part's files see them.
    var seen: Value { seen(inputs, of: part) }

    /// - Parameter owner: Whose inputs they are.
    func seen(_ inputs: Value, of owner: Bundle.Part) -> Value {
        let isText = bundle.manifests[part]?.language == .cloudFormation
        return isText ? secrets.seen(inputs, bundle.inputs(of: owner)) : inputs
    }

    func misplaced(in file: RenderedTemplate) -> [Finding] {
        secrets.misplaced(in: file, inputs, bundle.inputs(of: part))
    }
}

/// What a deployment would know, as a person wrote it down.
private struct LooseGivens {
    private let value: Value

    init(_ source: Source?) throws(Refusal) {
        guard let source else {
            value = .object(Object())
            return
        }
        let (document, findings) = Document.read(source, as: .spec)
        guard let document else { throw Refusal(findings) }
        guard document.value.object != nil else {
            throw Refusal("render.given", "\(source.name) must hold an object, but holds \(document.value.kind).")
        }
        value = document.value
    }

    private var tags: Object { value["tags"]?.object ?? Object() }

    private var service: Givens.Service {
        let given = value["service"]
        func text(_ name: String) -> String { given?[name]?.string ?? "" }
        return Givens.Service(
            name: text("name"), branchName: text("branch"), repositoryID: text("repository"),
            repositoryConnection: text("repository_connection"))
    }

    private func environment(_ name: String) -> Givens.Environment {
        let given = value["environment"]
        // Account numbers are text that looks like a number.
        let account = value["account"]?.string ?? value["account"]?.number?.text ?? ""
        return Givens.Environment(
            name: given?["name"]?.string ?? name, accountID: account, outputs: given?["outputs"]?.object ?? Object())
    }

    /// Where the secrets are that a spec names. One without a source is taken for one of Secrets Manager by its name.
    func secrets(of bundle: Bundle, _ spec: Spec) throws(Refusal) -> (view: SecretView, remarks: [Finding]) {
        var findings: [Finding] = []
        var secrets: [Secret] = []
        for (name, source) in value["secrets"]?.object ?? Object() {
            do throws(Finding) {
                let source = try SecretSource(source.string ?? "")
                secrets.append(Secret(connection: "", name: name, source: source))
            } catch { findings.append(error) }
        }
        guard findings.isEmpty else { throw Refusal(findings) }
        let inputs =
            bundle.kind == .environment
            ? [(Bundle.Part.environment, spec.environmentInputs)]
            : spec.instances.map { (.instance, $0.inputs) } + [(.pipeline, spec.pipelineInputs)]
        let shown = inputs.filter { part, _ in bundle.manifests[part]?.language == .cloudFormation }
        let named = Set(
            shown.flatMap { part, inputs in bundle.inputs(of: part)?.secrets(in: inputs).map(\.name) ?? [] })
        var remarks: [Finding] = []
        for name in named.subtracting(secrets.map(\.name)).sorted() {
            let source = SecretSource.managed(id: name, key: "", stage: "")
            secrets.append(Secret(connection: "", name: name, source: source))
            remarks.append(
                Finding(
                    "render.secret", .note,
                    "Nothing says where the secret \"\(name)\" is: it is rendered as if it were at \(source.text).",
                    hint: "Say it as secrets.\(name) with --given, such as ssm:/shop/db-password."))
        }
        return (SecretView(nil, secrets), remarks)
    }

    func files(of bundle: Bundle, _ spec: Spec, _ secrets: SecretView) throws(Refusal) -> [RenderedFile] {
        if bundle.kind == .environment {
            let environment = environment("environment")
            let target = Part(
                bundle: bundle, part: .environment, inputs: spec.environmentInputs, secrets: secrets,
                sources: sources(of: spec, .environment, in: bundle))
            let context = Contexts.environment(environment, inputs: target.seen, tags: tags)
            return try files(of: target, context, arns.environment(environment.name), folder: nil)
        }
        var files: [RenderedFile] = []
        var views: [(given: Givens.Instance, inputs: Value)] = []
        for (index, instance) in spec.instances.enumerated() {
            let loose = value["instances"]?[instance.name]
            let component = loose?["component"].map { component in
                Givens.Component(
                    name: component["name"]?.string ?? "component", outputs: component["outputs"]?.object ?? Object())
            }
            let given = Givens.Instance(
                name: instance.name, environment: environment(instance.environment),
                outputs: loose?["outputs"]?.object ?? Object(), component: component)
            views.append((given, instance.inputs))
            let target = Part(
                bundle: bundle, part: .instance, inputs: instance.inputs, secrets: secrets,
                sources: sources(of: spec, .instance, index, given.environment.name, in: bundle))
            let context = Contexts.instance(given, inputs: target.seen, service: service, tags: tags)
            let arn = arns.instance(instance.name, of: service.name)
            files += try self.files(of: target, context, arn, folder: instance.name)
        }
        if bundle.hasPipeline {
            let target = Part(
                bundle: bundle, part: .pipeline, inputs: spec.pipelineInputs, secrets: secrets,
                sources: sources(of: spec, .pipeline, in: bundle))
            let seen = views.map { ($0.given, target.seen($0.inputs, of: .instance)) }
            let context = Contexts.pipeline(inputs: target.seen, service: service, instances: seen, tags: tags)
            files += try self.files(of: target, context, arns.pipeline(of: service.name), folder: "pipeline")
        }
        return files
    }

    private func sources(
        of spec: Spec, _ part: Bundle.Part, _ instance: Int? = nil, _ environment: String = "", in bundle: Bundle
    ) -> InputSources {
        InputSources(
            spec.document, part, instance: instance, environment: environment, schema: bundle.inputs(of: part))
    }

    /// The account that nobody gave is the one of the rehearsal.
    private var arns: ProtonARN {
        let account = environment("").accountID
        return ProtonARN(
            account: account.isEmpty ? Connection.local.account : account,
            region: value["region"]?.string ?? Connection.local.region)
    }

    private func files(
        of target: Part, _ context: Value, _ arn: String, folder: String?
    ) throws(Refusal) -> [RenderedFile] {
        let made = target.bundle.generate(target.part, context, arn: arn)
        let (file, findings) = target.bundle.render(target.part, context)
        let faults = made.findings + findings
        guard file != nil || !made.files.isEmpty else { throw Refusal(faults) }
        let misplaced = file.map { target.misplaced(in: $0) } ?? []
        guard misplaced.isEmpty else { throw Refusal(misplaced) }
        var files = made.files.map { RenderedFile(path: $0.path, text: $0.text) }
        if let file {
            let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
            files.append(
                RenderedFile(
                    path: name, text: String(decoding: file.bytes, as: UTF8.self),
                    origins: Explainer(file, context, target.sources).origins))
        }
        return files.map { file in
            RenderedFile(
                path: folder.map { "\($0)/\(file.path)" } ?? file.path, text: file.text, origins: file.origins)
        }
    }
}
