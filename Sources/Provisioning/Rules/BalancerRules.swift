internal import Catalog
internal import Documents

/// What Elastic Load Balancing refuses.
enum BalancerRules {
    static let all = [
        ServiceRule("AWS::ElasticLoadBalancingV2::LoadBalancer", check: zones),
        ServiceRule("AWS::ElasticLoadBalancingV2::TargetGroup", check: health),
        ServiceRule("AWS::ElasticLoadBalancingV2::TargetGroup", check: kind),
        ServiceRule("AWS::ElasticLoadBalancingV2::Listener", check: listener),
        ServiceRule("AWS::ElasticLoadBalancingV2::ListenerRule", check: priority),
    ]

    private static func zones(_ proposal: Proposal) -> Refusal? {
        guard (proposal.text("Type") ?? "application") == "application",
            let zones = proposal.zones(ofSubnets: "Subnets"), zones.count < 2
        else { return nil }
        return Refusal(
            "The subnets of an application load balancer must lie in at least two zones, but all lie in "
                + "\(zones.joined()).", hint: "Add a subnet in another zone.")
    }

    private static func health(_ proposal: Proposal) -> Refusal? {
        let interval = proposal.int("HealthCheckIntervalSeconds") ?? 30
        guard let timeout = proposal.int("HealthCheckTimeoutSeconds"), timeout >= interval else { return nil }
        return Refusal(
            "The timeout of a health check must be below its interval of \(interval) seconds, but is \(timeout).",
            hint: interval > 2 ? "Choose \(min(5, interval - 1)), for instance." : "Raise the interval.")
    }

    /// Tasks with network mode awsvpc have addresses, not instances.
    private static func kind(_ proposal: Proposal) -> Refusal? {
        guard proposal.text("TargetType") != "lambda", proposal.isNew else { return nil }
        for name in ["Protocol", "Port", "VpcId"] where proposal[name] == nil {
            return Refusal("A target group must have a \(name), but has none.", hint: "Set \(name).")
        }
        return nil
    }

    private static func listener(_ proposal: Proposal) -> Refusal? {
        let kind = proposal.text("Protocol") ?? ""
        if ["HTTPS", "TLS"].contains(kind), proposal.list("Certificates").isEmpty {
            return Refusal(
                "A listener for \(kind) must have a certificate, but has none.",
                hint: "Set Certificates, or use HTTP.")
        }
        guard let balancer = proposal.text("LoadBalancerArn"), let port = proposal.text("Port") else { return nil }
        let twin = proposal.others(of: proposal.type).first {
            $0.properties.text("LoadBalancerArn") == balancer && $0.properties.text("Port") == port
        }
        guard let twin else { return nil }
        return Refusal(
            "A load balancer must have one listener to a port, but \(twin.logicalID) listens on \(port) already.",
            hint: "Choose another port.")
    }

    private static func priority(_ proposal: Proposal) -> Refusal? {
        guard let priority = proposal.int("Priority"), let listener = proposal.text("ListenerArn") else { return nil }
        if !(1...50_000).contains(priority) {
            return Refusal(
                "The priority of a listener's rule must be between 1 and 50000, but is \(priority).",
                hint: "Choose a number in between.")
        }
        let others = proposal.others(of: proposal.type).filter { $0.properties.text("ListenerArn") == listener }
        guard let twin = others.first(where: { $0.properties.int("Priority") == priority }) else { return nil }
        let taken = Set(others.compactMap { $0.properties.int("Priority") })
        let free = (priority...50_000).first { !taken.contains($0) }
        return Refusal(
            "Rules of one listener must have different priorities, but \(twin.logicalID) has \(priority) too.",
            hint: free.map { "Choose \($0): it is free." } ?? "Choose a lower one.")
    }
}
