import Bundles
package import Catalog
package import Documents

extension Engine {
    /// Renders a bundle with a spec, without any workspace: what a deployment would know comes from `given`.
    ///
    /// - Parameter given: YAML or JSON with `environment.name`, `environment.outputs`, `instances.NAME.outputs`,
    ///   `service`, `account` and `tags`; `nil` for nothing.
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
        return (try LooseGivens(given).files(of: bundle, document.filled(for: bundle)), findings)
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

    func files(of bundle: Bundle, _ spec: Spec) throws(Refusal) -> [RenderedFile] {
        if bundle.kind == .environment {
            let environment = environment("environment")
            let context = Contexts.environment(environment, inputs: spec.environmentInputs, tags: tags)
            return try files(of: bundle, .environment, context, arns.environment(environment.name), folder: nil)
        }
        var files: [RenderedFile] = []
        var views: [(given: Givens.Instance, inputs: Value)] = []
        for instance in spec.instances {
            let outputs = value["instances"]?[instance.name]?["outputs"]?.object ?? Object()
            let given = Givens.Instance(
                name: instance.name, environment: environment(instance.environment), outputs: outputs)
            views.append((given, instance.inputs))
            let context = Contexts.instance(given, inputs: instance.inputs, service: service, tags: tags)
            let arn = arns.instance(instance.name, of: service.name)
            files += try self.files(of: bundle, .instance, context, arn, folder: instance.name)
        }
        if bundle.hasPipeline {
            let context = Contexts.pipeline(
                inputs: spec.pipelineInputs, service: service, instances: views, tags: tags)
            files += try self.files(
                of: bundle, .pipeline, context, arns.pipeline(of: service.name), folder: "pipeline")
        }
        return files
    }

    /// The account that nobody gave is the one of the rehearsal.
    private var arns: ProtonARN {
        let account = environment("").accountID
        return ProtonARN(
            account: account.isEmpty ? Connection.local.account : account,
            region: value["region"]?.string ?? Connection.local.region)
    }

    private func files(
        of bundle: Bundle, _ part: Bundle.Part, _ context: Value, _ arn: String, folder: String?
    ) throws(Refusal) -> [RenderedFile] {
        let made = bundle.generate(part, context, arn: arn)
        let (file, findings) = bundle.render(part, context)
        let faults = made.findings + findings
        guard file != nil || !made.files.isEmpty else { throw Refusal(faults) }
        var files = made.files.map { RenderedFile(path: $0.path, text: $0.text) }
        if let file {
            let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
            files.append(RenderedFile(path: name, text: String(decoding: file.bytes, as: UTF8.self)))
        }
        return files.map { file in
            RenderedFile(path: folder.map { "\($0)/\(file.path)" } ?? file.path, text: file.text)
        }
    }
}
