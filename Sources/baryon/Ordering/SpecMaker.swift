import Catalog
import Documents
import Engine
import Schemas

/// Makes the spec of an order from a file, single inputs and, on a terminal, answers.
struct SpecMaker {
    var engine: Engine
    var version: VersionDetail
    var options: SpecOptions
    /// Inputs that were found elsewhere; what a person sets goes over them.
    var taken: [InputAssignment]
    /// Whether a person is asked for what is not given.
    var asks: Bool

    init(
        _ engine: Engine, _ version: VersionDetail, _ options: SpecOptions, taken: [InputAssignment] = [],
        takesDefaults: Bool
    ) {
        self.engine = engine
        self.version = version
        self.options = options
        self.taken = taken
        asks = options.spec == nil && !takesDefaults && Console.canAsk
    }

    /// An `EnvironmentSpec`.
    func environment() throws -> String {
        let file = try SpecFile(options.spec)
        guard let schema = version.schemas[.environment] else { return file?.text ?? "" }
        var inputs: Value = .object(Object())
        if let file {
            if options.set.isEmpty, taken.isEmpty { return file.text }
            inputs = try content(of: file, .environment).environment ?? inputs
        }
        var faults: [Finding] = []
        inputs = assigned(taken + options.assignments, to: inputs, schema, &faults)
        if asks, faults.isEmpty { inputs = try asked(schema, inputs) }
        if file == nil { faults += missing(inputs, schema, of: nil) }
        if !faults.isEmpty { throw Refusal(faults) }
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
        var faults = assign(options.assignments, to: &content)
        if asks, faults.isEmpty { try ask(&content) }
        if file == nil { faults += missing(content) }
        if !faults.isEmpty { throw Refusal(faults) }
        return engine.serviceSpec(content, over: file?.text)
    }

    private func content(of file: SpecFile, _ kind: TemplateKind) throws -> SpecContent {
        let (content, findings) = engine.readSpec(file.text, name: file.name, kind: kind)
        guard let content else { throw Refusal(findings) }
        return content
    }

    private func assigned(
        _ assignments: [InputAssignment], to inputs: Value, _ schema: Schema, of owner: String? = nil,
        _ faults: inout [Finding]
    ) -> Value {
        var inputs = inputs
        for assignment in assignments {
            let (changed, findings) = Engine.assign([assignment], to: inputs, schema)
            inputs = changed
            for var finding in findings {
                finding.place = Place(file: "--set \(owner.map { "\($0)." } ?? "")\(assignment.input)")
                if !faults.contains(finding) { faults.append(finding) }
            }
        }
        return inputs
    }

    /// `dev.port=80` is instance dev's, `pipeline.image=x` the pipeline's, `port=80` every instance's.
    ///
    /// - Returns: What could not be set.
    func assign(_ assignments: [InputAssignment], to content: inout SpecContent) -> [Finding] {
        var faults: [Finding] = []
        for assignment in assignments {
            let parts = assignment.input.split(separator: ".", maxSplits: 1).map(String.init)
            let rest = parts.count == 2 ? InputAssignment(input: parts[1], text: assignment.text) : nil
            if let rest, parts[0] == "pipeline", let schema = version.schemas[.pipeline] {
                content.pipeline = assigned(
                    [rest], to: content.pipeline ?? .object(Object()), schema, of: "pipeline", &faults)
                continue
            }
            guard let schema = version.schemas[.instance] else { continue }
            let named = rest == nil ? nil : content.instances.firstIndex { $0.name == parts[0] }
            for index in named.map({ [$0] }) ?? Array(content.instances.indices) {
                let own = named == nil ? assignment : rest ?? assignment
                content.instances[index].inputs = assigned(
                    [own], to: content.instances[index].inputs, schema, of: named.map { _ in parts[0] }, &faults)
            }
        }
        return faults
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

    private func missing(_ content: SpecContent) -> [Finding] {
        guard !content.instances.isEmpty else {
            return [
                Finding(
                    "spec.instances", "A service must have at least one instance, and nothing says which.",
                    hint: "Give a spec with --spec FILE, or instances with --instance NAME@ENVIRONMENT."
                )
            ]
        }
        var findings: [Finding] = []
        if let schema = version.schemas[.instance] {
            for instance in content.instances {
                findings += missing(instance.inputs, schema, of: instance.name).map {
                    $0.place == nil ? $0.about("Instance \(instance.name)") : $0
                }
            }
        }
        if let schema = version.schemas[.pipeline] {
            findings += missing(content.pipeline ?? .object(Object()), schema, of: "pipeline").map {
                $0.place == nil ? $0.about("Pipeline") : $0
            }
        }
        var seen: Set<Finding> = []
        return findings.filter { seen.insert($0).inserted }
    }

    /// What the schema has against the inputs; each fault names the flag that gave the value, or that would mend it.
    private func missing(_ inputs: Value, _ schema: Schema, of owner: String?) -> [Finding] {
        let given = Set(options.names)
        return schema.validate(schema.filled(inputs)).map { finding in
            var finding = finding
            let name = (finding.focus ?? finding.pointer ?? Pointer()).steps.joined(separator: ".")
            guard !name.isEmpty else { return finding }
            let full = (owner.map { "\($0)." } ?? "") + name
            if let flag = [full, name].first(where: { given.contains($0) }) {
                finding.place = Place(file: "--set \(flag)")
            } else {
                let way = "Give it with --set \(full)=VALUE."
                finding.hint = finding.hint.map { "\($0) \(way)" } ?? way
            }
            finding.pointer = nil
            finding.focus = nil
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
