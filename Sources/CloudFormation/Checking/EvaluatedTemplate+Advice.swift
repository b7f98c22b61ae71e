package import Documents

extension EvaluatedTemplate {
    /// What the embedded facts say against this template, resource by resource: types that nobody publishes or the
    /// region lacks, properties that a type does not have or must have, Lambda runtimes and services that have ended,
    /// secure parameters where none is looked up.
    ///
    /// Where macros may change a template, nothing is said of what they may have meant.
    ///
    /// - Parameters:
    ///   - region: Where it would be deployed; `nil` when that is not known.
    ///   - day: The day on which it would be, as `2026-11-24`; `nil` asks nothing about runtimes.
    ///   - applied: What is there now: a function that keeps its runtime may do so until its updates are blocked.
    package func advice(region: String?, day: String?, applied: EvaluatedTemplate? = nil) -> [Finding] {
        resources.flatMap { resource in
            [typeAdvice(resource, region: region), runtimeAdvice(resource, day: day, applied: applied)].compactMap {
                $0
            }
                + propertyAdvice(resource) + EndedServiceCheck.findings(in: resource, of: source)
                + SecureReferences.findings(in: resource, of: source)
        }
    }

    private func typeAdvice(_ resource: EvaluatedResource, region: String?) -> Finding? {
        let type = resource.type
        // Custom, third-party and module types are an account's own, and those of macros are gone when the service reads.
        guard type.hasPrefix("AWS::"), !type.hasSuffix("::MODULE") else { return nil }
        if type.hasPrefix("AWS::Serverless::") { return serverlessAdvice(resource) }
        guard ResourceFacts.isKnown(type) else {
            if isOpen || Self.older.contains(type) { return nil }
            return Finding(
                "cloudformation.unknownType",
                "The type of \"\(resource.logicalID)\" must be one that AWS publishes, but \"\(type)\" is none.",
                hint: "Check its spelling in the resource reference.", place: place(resource.position))
        }
        guard let region, ResourceFacts.isKnown(type, in: region) == false else { return nil }
        return Finding(
            "cloudformation.typeNotOffered",
            "The type of \"\(resource.logicalID)\" must be offered in \(region), but \(type) is not.",
            hint: "Choose another region, or another type.", place: place(resource.position))
    }

    /// Types that the serverless transform reads. It may learn others: only what looks misspelt is told.
    private static let serverless = [
        "Api", "Application", "CapacityProvider", "Connector", "Function", "GraphQLApi", "HttpApi", "LayerVersion",
        "SimpleTable", "StateMachine",
    ]

    private func serverlessAdvice(_ resource: EvaluatedResource) -> Finding? {
        let type = resource.type
        if !isOpen, !transforms.contains(Template.serverless) {
            return Finding(
                "cloudformation.needsTransform",
                "The type of \"\(resource.logicalID)\" must stand in a template with the transform "
                    + "\(Template.serverless), but this has none.",
                hint: "Add \"Transform: \(Template.serverless)\" to the template.", place: place(resource.position))
        }
        let name = String(type.dropFirst("AWS::Serverless::".count))
        guard !Self.serverless.contains(name), let hint = Nearest.hint(to: name, among: Self.serverless) else {
            return nil
        }
        return Finding(
            "cloudformation.unknownType",
            "The type of \"\(resource.logicalID)\" must be one that the transform reads, but \"\(type)\" is none.",
            hint: hint, place: place(resource.position))
    }

    /// Types of the service that have no published schema.
    private static let older: Set<String> = [
        "AWS::CDK::Metadata", "AWS::CloudFormation::CustomResource", "AWS::CloudFormation::Macro",
    ]

    private func propertyAdvice(_ resource: EvaluatedResource) -> [Finding] {
        // A macro of one's own may take properties of one's own.
        guard transforms.allSatisfy({ [Template.languageExtensions, Template.serverless].contains($0) }) else {
            return []
        }
        var check = PropertyCheck(resource, in: source)
        check.run()
        return check.findings
    }

    private func runtimeAdvice(
        _ resource: EvaluatedResource, day: String?, applied: EvaluatedTemplate?
    ) -> Finding? {
        guard let day, ["AWS::Lambda::Function", "AWS::Serverless::Function"].contains(resource.type),
            let term = resource.properties["Runtime"], let name = term.text,
            let runtime = ResourceFacts.lambdaRuntime(name)
        else { return nil }
        let hint = runtime.successor.map { "Use \($0)." }
        // Days as ISO 8601 writes them are ordered as texts.
        let isKept = applied?[resource.logicalID]?.properties["Runtime"]?.text == name
        if let last = isKept ? runtime.blocksUpdatesOn : runtime.blocksCreationOn, last <= day {
            return Finding(
                "cloudformation.runtimeEnded",
                "The runtime of \"\(resource.logicalID)\" must be one that AWS Lambda still takes, but \(name) is not "
                    + "taken for \(isKept ? "updates" : "new functions") since \(last).", hint: hint,
                place: place(term.position))
        }
        guard let last = runtime.deprecatedOn, last <= day else { return nil }
        return Finding(
            "cloudformation.runtimeDeprecated", .warning,
            "The runtime of \"\(resource.logicalID)\" should be one that is maintained, but \(name) is deprecated since "
                + "\(last).", hint: hint, place: place(term.position))
    }
}
