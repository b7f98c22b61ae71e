internal import Documents

extension Comparison {
    /// Types of which every state is a resource of its own by design: a new one is what a change means.
    private static let routineTypes: Set<String> = [
        "AWS::ApiGateway::Deployment", "AWS::ApiGatewayV2::Deployment", "AWS::AppConfig::Deployment",
        "AWS::AppConfig::HostedConfigurationVersion", "AWS::AutoScaling::LaunchConfiguration",
        "AWS::Batch::JobDefinition", "AWS::CloudFormation::WaitCondition", "AWS::CloudFormation::WaitConditionHandle",
        "AWS::ECS::TaskDefinition", "AWS::ECS::TaskSet", "AWS::Lambda::LayerVersion",
        "AWS::Lambda::LayerVersionPermission", "AWS::Lambda::Permission", "AWS::Lambda::Version",
        "AWS::SSM::Document",
    ]

    /// Names that are taken within another resource only, where the identifier is a number that does not show it.
    private static let scopes: [String: Set<String>] = [
        "AWS::ApiGatewayV2::Stage": ["ApiId"], "AWS::ApplicationAutoScaling::ScalingPolicy": ["ScalingTargetId"],
        "AWS::Cognito::UserPoolClient": ["UserPoolId"], "AWS::EC2::SecurityGroup": ["VpcId"],
        "AWS::Events::Rule": ["EventBusName"], "AWS::Lambda::Alias": ["FunctionName"],
        "AWS::ServiceDiscovery::Service": ["NamespaceId"],
    ]

    func consequences(of change: ResourceChange) -> ResourceChange {
        var change = change
        if wanted?[change.logicalID]?.isCertain == false {
            change.note = "Whether it is there at all depends on a condition that only the deployment decides."
        }
        switch change.changeClass {
        case .add, .metadata, .unknown: break
        case .update:
            if facts[change.type]?.isStateful == true {
                change.note = "It holds data and is changed in place, as its provider declares."
            }
        case .mayReplace, .replace:
            guard let old = applied?[change.logicalID], let new = wanted?[change.logicalID] else { break }
            (change.consequence, change.note) = replacement(old, new, change)
        case .remove: break
        }
        return change
    }

    func removal(of old: EvaluatedResource) -> ResourceChange? {
        guard let applied else { return nil }
        var change = ResourceChange(
            logicalID: old.logicalID, type: old.type, changeClass: .remove, causes: [], consequence: .none,
            place: applied.place(old.position))
        let facts = facts[old.type]
        if old.deletionPolicy.isKept {
            change.consequence = .kept
            change.note = "It stays in the account and no longer belongs to the stack."
        } else if old.deletionPolicy == .snapshot {
            change.consequence = .snapshot
            change.note = "A snapshot is taken before it is deleted."
        } else if let facts, facts.isStateful {
            change.consequence = .dataLoss
            change.note =
                facts.mustBeEmptyToDelete
                ? "It can only be deleted when it is empty." : "Its data is deleted with it."
        }
        return change
    }

    private func replacement(
        _ old: EvaluatedResource, _ new: EvaluatedResource, _ change: ResourceChange
    ) -> (Consequence, String?) {
        let facts = facts[old.type]
        // When the type changes, the old resource goes as one that left the template.
        let policy = old.type == new.type ? new.updateReplacePolicy : old.updateReplacePolicy
        let taken = takenName(old, new, change).map { name in
            "The name \"\(name)\" is taken until the old one is gone, so the change is refused: change the name too."
        }
        if facts?.isStateful ?? false {
            let (consequence, fate) = fate(under: policy, mustBeEmpty: facts?.mustBeEmptyToDelete ?? false)
            return (consequence, [fate, taken].compactMap { $0 }.joined(separator: " "))
        }
        if let taken { return (.outage, taken) }
        if Self.routineTypes.contains(new.type), old.type == new.type { return (.routine, nil) }
        if facts?.isDeletedFirst ?? false {
            return (.outage, "The old one is deleted before the new one is made.")
        }
        if policy.isKept { return (.kept, "The old one stays in the account and no longer belongs to the stack.") }
        return (.none, nil)
    }

    /// What becomes of the data of a replaced resource.
    private func fate(under policy: RetentionPolicy, mustBeEmpty: Bool) -> (Consequence, String) {
        switch policy {
        case .retain, .retainExceptOnCreate:
            (.kept, "The old one stays in the account with its data; the new one is empty.")
        case .snapshot: (.snapshot, "A snapshot of the old one is taken; the new one is empty.")
        case .delete where mustBeEmpty:
            (.dataLoss, "The old one can only be deleted when it is empty, and so is the new one.")
        case .delete: (.dataLoss, "The old one is deleted with its data; the new one is empty.")
        }
    }

    /// The fixed name that both the old and the new resource would have at one time.
    private func takenName(_ old: EvaluatedResource, _ new: EvaluatedResource, _ change: ResourceChange) -> String? {
        guard let facts = facts[new.type], old.type == new.type, !facts.isDeletedFirst,
            !Self.routineTypes.contains(new.type)
        else { return nil }
        // A name only has to be unique beside the other parts of the identity, such as the cluster of a service.
        let replaced = Set(change.causes.filter { $0.effect != .metadata }.map { $0.pointer.steps.dropFirst().first })
        let identity = facts.primaryIdentifier.filter { !facts.readOnly.contains($0) }.compactMap(\.steps.first)
        let short = new.type.split(separator: ":").last.map(String.init) ?? ""
        let candidates = ["\(short)Name", "Name", "\(short)Identifier"].filter { name in
            facts.createOnly.contains { $0.steps == [name] }
        }
        let scope = identity + (Self.scopes[new.type] ?? [])
        guard replaced.isDisjoint(with: scope.map(Optional.some)) else { return nil }
        let names = candidates + identity.filter { $0.hasSuffix("Name") || $0.hasSuffix("Identifier") }
        for name in names where !replaced.contains(name) {
            if let term = new.properties[name], term == old.properties[name] { return term.shown }
        }
        return nil
    }
}
