internal import Documents

/// Numbers that a service takes only from a range or a list: data, one row a property.
enum SettingRules {
    /// A property, its range, its unit.
    private static let ranges: [(type: String, path: String, range: ClosedRange<Int>, unit: String)] = [
        ("AWS::Lambda::Function", "MemorySize", 128...10_240, "MB"),
        ("AWS::Lambda::Function", "Timeout", 1...900, "seconds"),
        ("AWS::Lambda::Function", "EphemeralStorage/Size", 512...10_240, "MB"),
        ("AWS::Lambda::Function", "ReservedConcurrentExecutions", 0...1_000_000, "executions"),
        ("AWS::Serverless::Function", "MemorySize", 128...10_240, "MB"),
        ("AWS::Serverless::Function", "Timeout", 1...900, "seconds"),
        ("AWS::RDS::DBInstance", "BackupRetentionPeriod", 0...35, "days"),
        ("AWS::RDS::DBCluster", "BackupRetentionPeriod", 1...35, "days"),
        ("AWS::SQS::Queue", "VisibilityTimeout", 0...43_200, "seconds"),
        ("AWS::SQS::Queue", "MessageRetentionPeriod", 60...1_209_600, "seconds"),
        ("AWS::SQS::Queue", "DelaySeconds", 0...900, "seconds"),
        ("AWS::SQS::Queue", "ReceiveMessageWaitTimeSeconds", 0...20, "seconds"),
        ("AWS::KMS::Key", "PendingWindowInDays", 7...30, "days"),
        ("AWS::Kinesis::Stream", "RetentionPeriodHours", 24...8760, "hours"),
        ("AWS::CodeBuild::Project", "TimeoutInMinutes", 5...2160, "minutes"),
        ("AWS::IAM::Role", "MaxSessionDuration", 3600...43_200, "seconds"),
        ("AWS::ElasticLoadBalancingV2::TargetGroup", "Port", 1...65_535, ""),
        ("AWS::ElasticLoadBalancingV2::TargetGroup", "HealthCheckIntervalSeconds", 5...300, "seconds"),
        ("AWS::ElasticLoadBalancingV2::TargetGroup", "HealthCheckTimeoutSeconds", 2...120, "seconds"),
        ("AWS::ElasticLoadBalancingV2::TargetGroup", "HealthyThresholdCount", 2...10, "checks"),
        ("AWS::ElasticLoadBalancingV2::TargetGroup", "UnhealthyThresholdCount", 2...10, "checks"),
        ("AWS::ElasticLoadBalancingV2::Listener", "Port", 1...65_535, ""),
    ]

    private static let lists: [(type: String, path: String, values: [Int], unit: String)] = [
        (
            "AWS::Logs::LogGroup", "RetentionInDays",
            [
                1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
            ], "days"
        )
    ]

    static let all =
        ranges.map { row in ServiceRule(row.type) { range($0, row.path, row.range, row.unit) } }
        + lists.map { row in ServiceRule(row.type) { listed($0, row.path, row.values, row.unit) } }
        + [
            ServiceRule("AWS::CloudWatch::Alarm", check: period),
            ServiceRule("AWS::SQS::Queue") { ending($0, "QueueName", "FifoQueue") },
            ServiceRule("AWS::SNS::Topic") { ending($0, "TopicName", "FifoTopic") },
        ]

    private static func range(_ proposal: Proposal, _ path: String, _ range: ClosedRange<Int>, _ unit: String)
        -> Refusal?
    {
        guard let value = proposal.int(path), !range.contains(value) else { return nil }
        let space = unit.isEmpty ? "" : " "
        return Refusal(
            "\(path) must be between \(range.lowerBound) and \(range.upperBound)\(space)\(unit), but is \(value).",
            hint: "Choose \(min(max(value, range.lowerBound), range.upperBound)), for instance.")
    }

    private static func listed(_ proposal: Proposal, _ path: String, _ values: [Int], _ unit: String) -> Refusal? {
        guard let value = proposal.int(path), !values.contains(value) else { return nil }
        let below = values.last { $0 < value }
        let above = values.first { $0 > value }
        let near = [below, above].compactMap { $0 }.map(String.init)
        return Refusal(
            "\(path) must be one of \(values.map(String.init).joined(separator: ", ")) \(unit), but is \(value).",
            hint: "Choose \(alternatives(near)).")
    }

    private static func period(_ proposal: Proposal) -> Refusal? {
        guard let period = proposal.int("Period"), ![10, 20, 30].contains(period), period % 60 != 0 || period < 60
        else {
            return nil
        }
        return Refusal(
            "The period of an alarm must be 10, 20, 30 or a multiple of 60 seconds, but is \(period).",
            hint: "Choose \(max(60, (period + 30) / 60 * 60)), for instance.")
    }

    private static func ending(_ proposal: Proposal, _ name: String, _ flag: String) -> Refusal? {
        guard let text = proposal.text(name) else { return nil }
        let isOrdered = proposal.text(flag) == "true"
        guard isOrdered != text.hasSuffix(".fifo") else { return nil }
        return Refusal(
            isOrdered
                ? "The name of a FIFO queue or topic must end in .fifo, but is \(text)."
                : "Only the name of a FIFO queue or topic may end in .fifo, but this one is \(text).",
            hint: isOrdered ? "Call it \(text).fifo." : "Set \(flag) to true, or call it \(text.dropLast(5)).")
    }
}
