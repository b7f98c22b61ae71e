internal import Documents

/// One rule of a security group.
struct NetworkRule {
    enum Peer: Hashable {
        case block(AddressBlock)
        /// A group, a prefix list, or a block that is not known.
        case named(String)
    }

    /// `tcp`, `udp`, `icmp`, …; `nil` for every protocol.
    let transport: String?
    /// `nil` for every port.
    let ports: ClosedRange<Int>?
    let peer: Peer
    let isVague: Bool
    let path: [String]
    let position: Position

    /// `nil` for what is not known as a whole.
    init?(_ term: Term, at path: [String]) {
        guard case .object = term.form, let own = term["IpProtocol"] else { return nil }
        let names = ["6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"]
        let name = own.sketch.lowercased()
        transport = name == "-1" || name == "all" ? nil : names[name] ?? name
        var isVague = own.isVague
        let (from, to) = (term["FromPort"], term["ToPort"])
        if transport == nil || (from == nil && to == nil) {
            ports = nil
        } else if let low = from?.text.flatMap({ Int($0) }), let high = to?.text.flatMap({ Int($0) }), low <= high {
            ports = low == -1 || (transport?.hasPrefix("icmp") ?? false) ? nil : low...high
        } else {
            ports = 0...65_535
            isVague = true
        }
        if let block = (term["CidrIp"] ?? term["CidrIpv6"]) {
            if let known = block.text.flatMap({ AddressBlock($0) }) {
                peer = .block(known)
            } else {
                peer = .named(block.sketch)
                isVague = isVague || !block.isKnown
            }
        } else {
            let peers = [
                "SourceSecurityGroupId", "SourceSecurityGroupName", "SourcePrefixListId", "DestinationSecurityGroupId",
                "DestinationPrefixListId",
            ]
            guard let other = peers.compactMap({ term[$0] }).first else { return nil }
            peer = .named(other.sketch)
            isVague = isVague || other.isVague
        }
        self.isVague = isVague
        self.path = path
        position = term.position
    }

    /// Whether everything that `other` lets through goes through this one.
    func covers(_ other: NetworkRule) -> Bool {
        guard transport == nil || transport == other.transport else { return false }
        if let ports {
            guard let others = other.ports, ports.lowerBound <= others.lowerBound, others.upperBound <= ports.upperBound
            else { return false }
        }
        switch (peer, other.peer) {
        case (.block(let own), .block(let other)): return own.contains(other)
        case (.named(let own), .named(let other)): return own == other
        case (.block(let own), .named): return own.prefix == 0
        case (.named, .block): return false
        }
    }

    var isOpenToAll: Bool {
        if case .block(let block) = peer { block.prefix == 0 } else { false }
    }

    /// `tcp 443` and from where.
    var words: (what: String, peer: String) {
        var what = transport ?? "everything"
        if let ports {
            what += ports.count == 1 ? " \(ports.lowerBound)" : " \(ports.lowerBound)-\(ports.upperBound)"
        } else if let transport, transport != "icmp", transport != "icmpv6" {
            what += " on every port"
        }
        switch peer {
        case .block(let block): return (what, block.prefix == 0 ? "the whole internet (\(block.text))" : block.text)
        case .named(let name): return (what, name)
        }
    }
}

/// Finds what security groups let through beyond what they did.
struct NetworkWidening {
    let old: EvaluatedResource?
    let new: EvaluatedResource
    /// Whether an added rule belongs to a group that is there already.
    let isOfOld: Bool
    var list: WideningList

    mutating func run() {
        switch new.type {
        case "AWS::EC2::SecurityGroup":
            compare("SecurityGroupIngress", isInward: true)
            compare("SecurityGroupEgress", isInward: false)
        case "AWS::EC2::SecurityGroupIngress": compareRule(isInward: true)
        case "AWS::EC2::SecurityGroupEgress": compareRule(isInward: false)
        default: break
        }
    }

    private mutating func compare(_ name: String, isInward: Bool) {
        let path = ["Properties", name]
        let after = new.properties[name]
        guard let olds = rules(old?.properties[name], path), let news = rules(after, path) else {
            guard old != nil, old?.properties[name] != after else { return }
            list.add(
                .network, "It may let more \(isInward ? "in" : "out"): its rules are only known when it is deployed.",
                path, at: after?.position ?? new.position, isCertain: false)
            return
        }
        // Without rules of its own everything may go out; and what is new and lets out is as every group is.
        if !isInward {
            guard old != nil, !olds.isEmpty else { return }
            if news.isEmpty {
                list.add(.network, "It lets everything out again.", ["Properties"], at: new.position)
                return
            }
        }
        for rule in news where old != nil || rule.isOpenToAll { tell(rule, olds, isInward: isInward) }
    }

    private mutating func compareRule(isInward: Bool) {
        guard let rule = NetworkRule(new.properties, at: ["Properties"]) else { return }
        let olds = old.flatMap { NetworkRule($0.properties, at: ["Properties"]) }.map { [$0] } ?? []
        guard old != nil || isOfOld || (rule.isOpenToAll && isInward) else { return }
        tell(rule, olds, isInward: isInward)
    }

    private func rules(_ term: Term?, _ path: [String]) -> [NetworkRule]? {
        guard let term else { return [] }
        guard case .list(let items) = term.form else { return nil }
        let rules = items.enumerated().map { NetworkRule($1, at: path + [String($0)]) }
        let known = rules.compactMap { $0 }
        return known.count == rules.count ? known : nil
    }

    private mutating func tell(_ rule: NetworkRule, _ olds: [NetworkRule], isInward: Bool) {
        guard !list.isFull, !olds.contains(where: { $0.covers(rule) }) else { return }
        let (what, peer) = rule.words
        let verb = rule.isVague ? "may let" : "lets"
        let sentence = isInward ? "It \(verb) \(what) in from \(peer)." : "It \(verb) \(what) out to \(peer)."
        list.add(.network, sentence, rule.path, at: rule.position, isCertain: !rule.isVague)
    }
}
