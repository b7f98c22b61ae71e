internal import Documents

/// What the scaling services refuse: bounds that cross.
enum ScalingRules {
    static let all = [
        ServiceRule("AWS::ApplicationAutoScaling::ScalableTarget") { bounds($0, "MinCapacity", "MaxCapacity") },
        ServiceRule("AWS::AutoScaling::AutoScalingGroup") { bounds($0, "MinSize", "MaxSize") },
        ServiceRule("AWS::AutoScaling::AutoScalingGroup", check: desired),
        ServiceRule("AWS::CodeDeploy::DeploymentConfig", "AWS::ECS::Service", check: percents),
    ]

    private static func bounds(_ proposal: Proposal, _ low: String, _ high: String) -> Refusal? {
        guard let least = proposal.int(low), let most = proposal.int(high) else { return nil }
        if least < 0 {
            return Refusal("\(low) must not be negative, but is \(least).", hint: "Choose 0 or more.")
        }
        guard least > most else { return nil }
        return Refusal(
            "\(low) must not be above \(high), but is \(least) with \(most).",
            hint: "Lower \(low) to \(most), or raise \(high) to \(least).")
    }

    private static func desired(_ proposal: Proposal) -> Refusal? {
        guard let wanted = proposal.int("DesiredCapacity"), let least = proposal.int("MinSize"),
            let most = proposal.int("MaxSize"), least <= most, !(least...most).contains(wanted)
        else { return nil }
        return Refusal(
            "DesiredCapacity must be between MinSize \(least) and MaxSize \(most), but is \(wanted).",
            hint: "Choose \(min(max(wanted, least), most)).")
    }

    private static func percents(_ proposal: Proposal) -> Refusal? {
        let healthy = proposal.int("DeploymentConfiguration/MinimumHealthyPercent") ?? 100
        guard let most = proposal.int("DeploymentConfiguration/MaximumPercent"), proposal.type == "AWS::ECS::Service",
            most <= healthy, healthy >= 100
        else { return nil }
        return Refusal(
            "A service must be allowed to run more or fewer tasks while it is deployed, but MaximumPercent is \(most) "
                + "and MinimumHealthyPercent \(healthy).",
            hint: "Set MaximumPercent to 200, or MinimumHealthyPercent to 50.")
    }
}
