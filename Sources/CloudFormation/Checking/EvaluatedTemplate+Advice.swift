package import Documents

extension EvaluatedTemplate {
    /// What the embedded facts say against this template: types that nobody publishes or the region lacks, and Lambda
    /// runtimes that have ended.
    ///
    /// - Parameters:
    ///   - region: Where it would be deployed; `nil` when that is not known.
    ///   - day: The day on which it would be, as `2026-11-24`; `nil` asks nothing about runtimes.
    ///   - isOpen: Whether macros make types that the service itself does not know, as `Template.isOpen` says.
    package func advice(region: String?, day: String?, isOpen: Bool = false) -> [Finding] {
        resources.flatMap { resource in
            [typeAdvice(resource, region: region, isOpen: isOpen), runtimeAdvice(resource, day: day)].compactMap { $0 }
        }
    }

    private func typeAdvice(_ resource: EvaluatedResource, region: String?, isOpen: Bool) -> Finding? {
        let type = resource.type
        // Custom, third-party and module types are an account's own, and those of macros are gone when the service reads.
        guard type.hasPrefix("AWS::"), !type.hasSuffix("::MODULE") else { return nil }
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

    /// Types of the service that have no published schema.
    private static let older: Set<String> = ["AWS::CloudFormation::CustomResource", "AWS::CloudFormation::Macro"]

    private func runtimeAdvice(_ resource: EvaluatedResource, day: String?) -> Finding? {
        guard let day, ["AWS::Lambda::Function", "AWS::Serverless::Function"].contains(resource.type),
            let term = resource.properties["Runtime"], let name = term.text,
            let runtime = ResourceFacts.lambdaRuntime(name)
        else { return nil }
        let hint = runtime.successor.map { "Use \($0)." }
        // Days as ISO 8601 writes them are ordered as texts.
        if let last = runtime.blocksCreationOn, last <= day {
            return Finding(
                "cloudformation.runtimeEnded",
                "The runtime of \"\(resource.logicalID)\" must be one that AWS Lambda still takes, but \(name) is not "
                    + "taken for new functions since \(last).", hint: hint, place: place(term.position))
        }
        guard let last = runtime.deprecatedOn, last <= day else { return nil }
        return Finding(
            "cloudformation.runtimeDeprecated", .warning,
            "The runtime of \"\(resource.logicalID)\" should be one that is maintained, but \(name) is deprecated since "
                + "\(last).", hint: hint, place: place(term.position))
    }
}
