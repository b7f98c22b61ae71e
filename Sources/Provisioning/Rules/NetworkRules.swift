internal import Catalog
internal import Documents

/// What EC2 refuses of networks.
enum NetworkRules {
    static let all = [
        ServiceRule("AWS::EC2::VPC") { block($0, of: "VPC") },
        ServiceRule("AWS::EC2::VPC", check: names),
        ServiceRule("AWS::EC2::Subnet") { block($0, of: "subnet") },
        ServiceRule("AWS::EC2::Subnet", check: inside),
        ServiceRule("AWS::EC2::Subnet", check: overlap),
        ServiceRule("AWS::EC2::SecurityGroup", check: group),
        ServiceRule("AWS::EC2::SecurityGroup", check: groupRules),
        ServiceRule("AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress") { ports($0.properties) },
        ServiceRule("AWS::EC2::Route", check: route),
    ]

    private static func block(_ proposal: Proposal, of what: String) -> Refusal? {
        guard let text = proposal.text("CidrBlock") else { return nil }
        guard let range = AddressRange(text) else {
            return Refusal(
                "The address block of a \(what) must be IPv4 in CIDR notation, but is \"\(text)\".",
                hint: "Write it like 10.0.0.0/\(what == "VPC" ? 16 : 24).")
        }
        guard !(16...28).contains(range.prefix) else { return nil }
        let nearest = AddressRange("\(text.prefix { $0 != "/" })/\(min(max(range.prefix, 16), 28))")
        return Refusal(
            "The address block of a \(what) must be between /16 and /28, but is \(text).",
            hint: "Choose \(nearest?.text ?? "a block in between"), for instance.")
    }

    private static func names(_ proposal: Proposal) -> Refusal? {
        guard proposal.text("EnableDnsHostnames") == "true", proposal.text("EnableDnsSupport") == "false" else {
            return nil
        }
        return Refusal(
            "A VPC that gives host names must have DNS support, but EnableDnsSupport is false.",
            hint: "Set EnableDnsSupport to true.")
    }

    private static func inside(_ proposal: Proposal) -> Refusal? {
        guard let id = proposal.text("VpcId"), let text = proposal.text("CidrBlock"), let range = AddressRange(text),
            let vpc = proposal.others(of: "AWS::EC2::VPC").first(where: { $0.physicalID == id })
        else { return nil }
        let more = proposal.others(of: "AWS::EC2::VPCCidrBlock").filter { $0.properties.text("VpcId") == id }
        let blocks = ([vpc] + more).compactMap { $0.properties.text("CidrBlock").flatMap(AddressRange.init) }
        guard let first = blocks.first, !blocks.contains(where: { $0.contains(range) }) else { return nil }
        let free = blocks.lazy.compactMap { $0.free(prefix: range.prefix, beside: taken(proposal, id)) }.first
        return Refusal(
            "The subnet's block must lie inside its VPC's (\(first.text)), but is \(text).",
            hint: free.map { "Choose \($0.text), for instance." } ?? "Choose a block inside \(first.text).")
    }

    private static func overlap(_ proposal: Proposal) -> Refusal? {
        guard let id = proposal.text("VpcId"), let text = proposal.text("CidrBlock"), let range = AddressRange(text)
        else { return nil }
        let neighbours = proposal.others(of: "AWS::EC2::Subnet").filter { $0.properties.text("VpcId") == id }
        guard
            let other = neighbours.first(where: { other in
                other.properties.text("CidrBlock").flatMap(AddressRange.init)?.overlaps(range) ?? false
            })
        else { return nil }
        let vpc = proposal.others(of: "AWS::EC2::VPC").first { $0.physicalID == id }
        let whole = vpc?.properties.text("CidrBlock").flatMap(AddressRange.init)
        let free = whole?.free(prefix: range.prefix, beside: taken(proposal, id))
        return Refusal(
            "The subnet's block must not overlap another's, but \(text) meets \(other.logicalID) "
                + "(\(other.properties.text("CidrBlock") ?? "")).",
            hint: free.map { "Choose \($0.text): it is free." } ?? "Choose a block that no other subnet has.")
    }

    private static func taken(_ proposal: Proposal, _ vpc: String) -> [AddressRange] {
        proposal.others(of: "AWS::EC2::Subnet").filter { $0.properties.text("VpcId") == vpc }
            .compactMap { $0.properties.text("CidrBlock").flatMap(AddressRange.init) }
    }

    private static func group(_ proposal: Proposal) -> Refusal? {
        if let name = proposal.text("GroupName"), name.hasPrefix("sg-") {
            return Refusal(
                "A security group's name must not begin with sg-, but is \"\(name)\".", hint: "Choose another name.")
        }
        guard let text = proposal.text("GroupDescription") else {
            return Refusal("A security group must have a description, but has none.", hint: "Set GroupDescription.")
        }
        let marks = " ._-:/()#,@[]+=&;{}!$*"
        let wrong = text.unicodeScalars.first { scalar in
            !(scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)))
                && !marks.unicodeScalars.contains(scalar)
        }
        if let wrong {
            return Refusal(
                "A security group's description must be letters, digits, spaces and \(marks.dropFirst()), "
                    + "but has \"\(wrong)\".", hint: "Write it without that sign.")
        }
        guard text.unicodeScalars.count > 255 else { return nil }
        return Refusal(
            "A security group's description must have at most 255 characters, but has \(text.unicodeScalars.count).",
            hint: "Shorten it.")
    }

    private static func groupRules(_ proposal: Proposal) -> Refusal? {
        let rules = proposal.list("SecurityGroupIngress") + proposal.list("SecurityGroupEgress")
        return rules.lazy.compactMap(ports).first
    }

    /// For icmp the two are type and code, and in no order.
    private static func ports(_ rule: Value) -> Refusal? {
        if let cidr = rule.text("CidrIp"), AddressRange(cidr) == nil {
            return Refusal(
                "The source of a security group's rule must be IPv4 in CIDR notation, but is \"\(cidr)\".",
                hint: "Write it like 203.0.113.0/24, or 203.0.113.7/32 for one address.")
        }
        guard ["tcp", "udp", "6", "17"].contains(rule.text("IpProtocol") ?? "") else { return nil }
        guard let from = rule.int("FromPort"), let to = rule.int("ToPort") else {
            return Refusal(
                "A rule for tcp or udp must have FromPort and ToPort, but one of them is missing.",
                hint: "Set both; for one port they are the same.")
        }
        if let port = [from, to].first(where: { !(0...65535).contains($0) }) {
            return Refusal("A port must be between 0 and 65535, but is \(port).", hint: "Choose a port in between.")
        }
        guard from > to else { return nil }
        return Refusal(
            "A rule's FromPort must not be above its ToPort, but it goes from \(from) to \(to).",
            hint: "Write them the other way round: from \(to) to \(from).")
    }

    private static func route(_ proposal: Proposal) -> Refusal? {
        guard let table = proposal.text("RouteTableId"), let destination = proposal.text("DestinationCidrBlock") else {
            return nil
        }
        let twin = proposal.others(of: "AWS::EC2::Route").first {
            $0.properties.text("RouteTableId") == table && $0.properties.text("DestinationCidrBlock") == destination
        }
        guard let twin else { return nil }
        return Refusal(
            "A route table must have one route to a destination, but \(twin.logicalID) goes to \(destination) already.",
            hint: "Remove one of the two.")
    }
}
