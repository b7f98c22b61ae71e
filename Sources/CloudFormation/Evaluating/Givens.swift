package import Documents

/// What a template is evaluated with.
package struct Givens: Sendable {
    /// Values of the template's parameters, by name; a default counts where there is none.
    package var parameters: [String: Value] = [:]
    package var pseudo = PseudoParameters()
    package var lookup = Lookup()

    package init(
        parameters: [String: Value] = [:], pseudo: PseudoParameters = PseudoParameters(), lookup: Lookup = Lookup()
    ) {
        self.parameters = parameters
        self.pseudo = pseudo
        self.lookup = lookup
    }
}

/// The pseudo parameters of a stack; what is `nil` is not known and stays an opaque term.
package struct PseudoParameters: Hashable, Sendable {
    package var accountID: String?
    package var region: String?
    package var stackName: String?
    package var stackID: String?
    package var notificationARNs: [String]?

    package init(
        accountID: String? = nil, region: String? = nil, stackName: String? = nil, stackID: String? = nil,
        notificationARNs: [String]? = nil
    ) {
        self.accountID = accountID
        self.region = region
        self.stackName = stackName
        self.stackID = stackID
        self.notificationARNs = notificationARNs
    }

    /// Follows from the region.
    package var partition: String? {
        region.map { region in
            if region.hasPrefix("cn-") { return "aws-cn" }
            if region.hasPrefix("us-gov-") { return "aws-us-gov" }
            if region.hasPrefix("us-isob-") { return "aws-iso-b" }
            if region.hasPrefix("us-isof-") { return "aws-iso-f" }
            if region.hasPrefix("eu-isoe-") { return "aws-iso-e" }
            if region.hasPrefix("eusc-") { return "aws-eusc" }
            return region.hasPrefix("us-iso-") ? "aws-iso" : "aws"
        }
    }

    /// The end of the service's addresses in the region's partition.
    package var urlSuffix: String? {
        let suffixes = [
            "aws-cn": "amazonaws.com.cn", "aws-iso": "c2s.ic.gov", "aws-iso-b": "sc2s.sgov.gov",
            "aws-iso-e": "cloud.adc-e.uk", "aws-iso-f": "csp.hci.ic.gov", "aws-eusc": "amazonaws.eu",
        ]
        return partition.map { suffixes[$0] ?? "amazonaws.com" }
    }

    func value(of name: String) -> Value? {
        switch name {
        case "AWS::AccountId": accountID.map { .string($0) }
        case "AWS::Region": region.map { .string($0) }
        case "AWS::Partition": partition.map { .string($0) }
        case "AWS::URLSuffix": urlSuffix.map { .string($0) }
        case "AWS::StackName": stackName.map { .string($0) }
        case "AWS::StackId": stackID.map { .string($0) }
        case "AWS::NotificationARNs": notificationARNs.map { .list($0.map { .string($0) }) }
        default: nil
        }
    }
}

/// What is known of things outside of the template; each answers `nil` for what is not known.
package struct Lookup: Sendable {
    /// What `Ref` of a resource gives.
    package var reference: @Sendable (_ logicalID: String) -> Value? = { _ in nil }
    /// What `Fn::GetAtt` of a resource gives; nested attributes have dots in their names.
    package var attribute: @Sendable (_ logicalID: String, _ attribute: String) -> Value? = { _, _ in nil }
    /// What another stack exports.
    package var export: @Sendable (_ name: String) -> Value? = { _ in nil }
    /// The availability zones of a region.
    package var zones: @Sendable (_ region: String) -> [String]? = { _ in nil }

    package init() {}
}
