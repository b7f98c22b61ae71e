import Catalog
import Documents
import Engine
import Schemas

/// Makes the spec of an order from a file, single inputs and, on a terminal, answers.
struct SpecMaker {
    var engine: Engine
    var version: VersionDetail
    var options: SpecOptions
    /// Whether a person is asked for what is not given.
    var asks: Bool

    init(_ engine: Engine, _ version: VersionDetail, _ options: SpecOptions, takesDefaults: Bool) {
        self.engine = engine
        self.version = version
        self.options = options
        asks = options.spec == nil && !takesDefaults && Console.canAsk
    }

    /// An `EnvironmentSpec`.
    func environment() throws -> String {
        let file = try SpecFile(options.spec)
        guard let schema = version.schemas[.environment] else { return file?.text ?? "" }
        var inputs: Value = .object(Object())
        if let file {
            if options.set.isEmpty { return file.text }
            inputs = try content(of: file, .environment).environment ?? inputs
        }
        inputs = try assigned(options.assignments, to: inputs, schema)
        if asks { inputs = try asked(schema, inputs) }
        if file == nil { try SpecMaker.needAll(inputs, schema) { "--set \($0)=VALUE" } }
        return engine.environmentSpec(inputs, over: file?.text)
    }

    /// A `ServiceSpec`; without a file, of the instances that `names` gives as `NAME@ENVIRONMENT`.
    func service(_ names: [InstanceOption]) throws -> String {
        let file = try SpecFile(options.spec)
        if let file, options.set.isEmpty { return file.text }
        var content = try file.map { try self.content(of: $0, .service) } ?? SpecContent()
        if file == nil {
            content.instances = names.map { SpecContent.Instance(name: $0.name, environment: $0.environment) }
        }
        try assign(options.assignments, to: &content)
        if asks { try ask(&content) }
        if file == nil { try needAll(content) }
        return engine.serviceSpec(content, over: file?.text)
    }

    private func content(of file: SpecFile, _ kind: TemplateKind) throws -> SpecContent {
        let (content, findings) = engine.readSpec(file.text, name: file.name, kind: kind)
        guard let content else { throw Refusal(findings) }
        return content
    }

    private func assigned(_ assignments: [InputAssignment], to inputs: Value, _ schema: Schema) throws -> Value {
        let (inputs, findings) = Engine.assign(assignments, to: inputs, schema)
        if !findings.isEmpty { throw Refusal(findings) }
        return inputs
    }

    /// `dev.port=80` is instance dev's, `pipeline.image=x` the pipeline's, `port=80` every instance's.
    func assign(_ assignments: [InputAssignment], to content: inout SpecContent) throws {
        for assignment in assignments {
            let parts = assignment.input.split(separator: ".", maxSplits: 1).map(String.init)
            let rest = parts.count == 2 ? InputAssignment(input: parts[1], text: assignment.text) : nil
            if let rest, parts[0] == "pipeline", let schema = version.schemas[.pipeline] {
                content.pipeline = try assigned([rest], to: content.pipeline ?? .object(Object()), schema)
                continue
            }
            guard let schema = version.schemas[.instance] else { continue }
            let named = rest == nil ? nil : content.instances.firstIndex { $0.name == parts[0] }
            for index in named.map({ [$0] }) ?? Array(content.instances.indices) {
                let own = named == nil ? assignment : rest ?? assignment
                content.instances[index].inputs = try assigned([own], to: content.instances[index].inputs, schema)
            }
        }
    }

    // MARK: Asking

    private func asked(_ schema: Schema, _ inputs: Value) throws -> Value {
        var prompts = Prompts(schema: schema, inputs: inputs)
        try prompts.fill(schema.form()) { inputs[$0.pointer] == nil }
        return prompts.inputs
    }

    private func ask(_ content: inout SpecContent) throws {
        if content.instances.isEmpty {
            repeat { content.instances.append(try askInstance(content)) } while try isWanted("Another instance?")
        }
        if let schema = version.schemas[.instance] {
            for index in content.instances.indices {
                Console.talk("\nInstance \(content.instances[index].name)")
                content.instances[index].inputs = try asked(schema, content.instances[index].inputs)
            }
        }
        if let schema = version.schemas[.pipeline] {
            Console.talk("\nPipeline")
            content.pipeline = try asked(schema, content.pipeline ?? .object(Object()))
        }
    }

    private func askInstance(_ content: SpecContent) throws -> SpecContent.Instance {
        let environments = try engine.environments(compatibleWith: version.version).map(\.target.name)
        guard let first = environments.first else { throw SpecMaker.noEnvironment(version.version) }
        let name = try answer("Name of the instance", orElse: content.instances.isEmpty ? "dev" : "prod")
        Console.talk("  One of: \(environments.joined(separator: ", "))")
        return SpecContent.Instance(name: name, environment: try answer("Environment of \(name)", orElse: first))
    }

    private func answer(_ question: String, orElse standard: String) throws -> String {
        guard let answer = Console.ask("\(question) [\(standard)]: ") else { throw Stopped.refusal }
        return answer.isEmpty ? standard : answer
    }

    private func isWanted(_ question: String) throws -> Bool {
        guard let answer = Console.ask("\(question) [y/N] ") else { throw Stopped.refusal }
        return Prompts.isYes(answer)
    }

    // MARK: What is missing

    private func needAll(_ content: SpecContent) throws {
        guard !content.instances.isEmpty else {
            throw Refusal(
                "spec.instances", "A service must have at least one instance, and nothing says which.",
                hint: "Give a spec with --spec FILE, or instances with --instance NAME@ENVIRONMENT."
            )
        }
        var findings: [Finding] = []
        if let schema = version.schemas[.instance] {
            for instance in content.instances {
                findings += SpecMaker.missing(instance.inputs, schema) { "--set \(instance.name).\($0)=VALUE" }
                    .map { $0.about("Instance \(instance.name)") }
            }
        }
        if let schema = version.schemas[.pipeline] {
            findings += SpecMaker.missing(content.pipeline ?? .object(Object()), schema) {
                "--set pipeline.\($0)=VALUE"
            }.map { $0.about("Pipeline") }
        }
        if !findings.isEmpty { throw Refusal(findings) }
    }

    static func needAll(_ inputs: Value, _ schema: Schema, flag: (String) -> String) throws {
        let findings = missing(inputs, schema, flag: flag)
        if !findings.isEmpty { throw Refusal(findings) }
    }

    /// What the schema has against the inputs; each fault names the flag that mends it.
    private static func missing(_ inputs: Value, _ schema: Schema, flag: (String) -> String) -> [Finding] {
        schema.validate(schema.filled(inputs)).map { finding in
            var finding = finding
            let name = (finding.focus ?? finding.pointer ?? Pointer()).steps.joined(separator: ".")
            let way = "Give it with \(flag(name))."
            if !name.isEmpty { finding.hint = finding.hint.map { "\($0) \(way)" } ?? way }
            return finding
        }
    }

    static func noEnvironment(_ version: TemplateVersion) -> Refusal {
        let suited = version.compatibleEnvironments.map(\.description).joined(separator: ", ")
        return Refusal(
            "environment.none", "\(version.template) must run in an environment of \(suited), but there is none.",
            hint: "Order one first: baryon environment create NAME --template "
                + (version.compatibleEnvironments.first?.template ?? "TEMPLATE")
        )
    }
}

extension Finding {
    fileprivate func about(_ subject: String) -> Finding {
        var finding = self
        finding.message = "\(subject): \(message)"
        return finding
    }
}
