internal import Catalog
internal import CloudFormation
internal import Documents

/// What a job's template asks for: its resources in the order in which they are made.
struct WantedStack: Sendable {
    /// Logical ids, everything after what it needs.
    let order: [String]
    let template: CloudFormation.Template
    let shape: EvaluatedTemplate
    private let job: Job
    let imports: Imports

    /// - Parameter imports: What the other stacks of the space export.
    /// - Throws: The failure that the template's first fault is.
    init(_ job: Job, imports: [StackExport]) throws(Failure) {
        let reading = Document.read(Source(name: job.path, text: job.template), as: .cloudFormation)
        guard let document = reading.document else { throw Failure(reading.findings) }
        var (template, faults) = Template.read(document)
        // Nobody is asked for values that live in the cloud: what they are looked up by stands for them.
        for index in template.parameters.indices where template.parameters[index].isLookedUp {
            template.parameters[index].standForLookup()
        }
        let offers = Imports(imports)
        let evaluation = template.evaluate(with: Self.givens(job, Records(), offers))
        faults = (faults + evaluation.findings).filter { $0.severity == .error }
        guard faults.isEmpty else { throw Failure(faults) }
        self.template = template
        self.job = job
        self.imports = offers
        shape = evaluation.template
        order = shape.graph.order
        try checkTypes()
        try checkPolicies()
        try checkImports()
        _ = try exportNames()
    }

    /// A resource with the values that `records` give; what it refers to must be there.
    func resource(_ logicalID: String, _ records: Records) throws(Failure) -> EvaluatedResource {
        let (resource, findings) = template.evaluate(resource: logicalID, with: Self.givens(job, records, imports))
        let faults = findings.filter { $0.severity == .error }
        guard let resource, faults.isEmpty else {
            throw Failure(faults, resource: logicalID, type: type(of: logicalID))
        }
        return resource
    }

    func wants(_ logicalID: String) -> Bool { shape[logicalID] != nil }
    func type(of logicalID: String) -> String { shape[logicalID]?.type ?? "" }
    func dependencies(of logicalID: String) -> [String] { shape.graph.needs(of: logicalID) }

    /// Every output as text: lists with commas between, what only a cloud knows as the function that asks for it.
    func outputs(_ records: Records) -> [Output] {
        evaluated(records).outputs.map { output in
            Output(key: output.name, value: ScalarText.joined(output.value.value), note: output.description ?? "")
        }
    }

    func evaluated(_ records: Records) -> EvaluatedTemplate {
        template.evaluate(with: Self.givens(job, records, imports)).template
    }

    /// Types that the service would not know. Macros bring types of their own.
    private func checkTypes() throws(Failure) {
        guard template.transforms.isEmpty else { return }
        for resource in shape.resources where !isKnown(resource.type) {
            throw Failure(
                resource: resource.logicalID, type: resource.type,
                reason: "The type of a resource must be one that CloudFormation has, but is \(resource.type).",
                hint: "Look the type up: it may be misspelt.")
        }
    }

    /// Custom types and those of other publishers are taken as they are.
    private func isKnown(_ type: String) -> Bool {
        if type.hasPrefix("Custom::") { return true }
        if !type.hasPrefix("AWS::") { return type.split(separator: "::").count >= 3 }
        return ResourceFacts.isKnown(type) || Self.unlisted.contains(type)
    }

    /// Types that the service takes and does not publish.
    private static let unlisted: Set<String> = ["AWS::CDK::Metadata"]

    private static func givens(_ job: Job, _ records: Records, _ imports: Imports) -> Givens {
        var lookup = Lookup()
        lookup.reference = { id in records[id].map { .string($0.physicalID) } }
        lookup.attribute = { id, name in records[id].map { Identity.attribute(name, of: $0, in: job) } }
        lookup.export = { name in imports.value(of: name).map { .string($0) } }
        lookup.zones = { region in ["a", "b", "c"].map { region + $0 } }
        let uuid = Seed("stack/\(job.stack)").uuid
        let stackID = "arn:aws:cloudformation:\(job.region):\(job.account):stack/\(job.stack)/\(uuid)"
        return Givens(
            parameters: Dictionary(job.parameters.map { ($0.key, $0.value) }) { _, last in last },
            pseudo: PseudoParameters(
                accountID: job.account, region: job.region, stackName: job.stack, stackID: stackID,
                notificationARNs: []),
            lookup: lookup
        )
    }
}

extension Failure {
    /// The first of `findings`, as the reason.
    init(_ findings: [Finding], resource: String = "", type: String = "") {
        let first = findings.first { $0.severity == .error } ?? findings.first
        let place = first?.place.map { " (\($0.file):\($0.line))" } ?? ""
        let message = first?.message ?? "The template could not be read"
        self.init(
            resource: resource, type: type,
            reason: (message.hasSuffix(".") ? String(message.dropLast()) : message) + place + ".",
            hint: first?.hint ?? "")
    }

    init(_ refusal: Refusal, resource: String, type: String) {
        self.init(resource: resource, type: type, reason: refusal.reason, hint: refusal.hint)
    }
}

extension CloudFormation.Template.Parameter {
    /// Makes it a plain parameter. An image gets an id, everything else keeps the name that it is looked up by.
    fileprivate mutating func standForLookup() {
        if type.contains("EC2::Image::Id"), let name = defaultValue?.string {
            defaultValue = .string("ami-0" + Seed(name).hex(16))
        }
        type = "String"
    }
}
