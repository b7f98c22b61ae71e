internal import Documents

/// How long physical names may be, and of which signs: data, one row a property.
enum NameRules {
    private struct Row {
        var type: String
        var property: String
        var lengths: ClosedRange<Int>
        /// Signs beside letters and digits.
        var marks: String
        var isLowercase = false
        /// Whether the name must begin and end with a letter or digit.
        var isTrimmed = false
    }

    private static let rows = [
        Row(
            type: "AWS::ElasticLoadBalancingV2::LoadBalancer", property: "Name", lengths: 1...32, marks: "-",
            isTrimmed: true),
        Row(
            type: "AWS::ElasticLoadBalancingV2::TargetGroup", property: "Name", lengths: 1...32, marks: "-",
            isTrimmed: true),
        Row(
            type: "AWS::S3::Bucket", property: "BucketName", lengths: 3...63, marks: ".-", isLowercase: true,
            isTrimmed: true),
        Row(
            type: "AWS::ECR::Repository", property: "RepositoryName", lengths: 2...256, marks: "._-/",
            isLowercase: true, isTrimmed: true),
        Row(type: "AWS::IAM::Role", property: "RoleName", lengths: 1...64, marks: "+=,.@_-"),
        Row(type: "AWS::IAM::ManagedPolicy", property: "ManagedPolicyName", lengths: 1...128, marks: "+=,.@_-"),
        Row(type: "AWS::IAM::Policy", property: "PolicyName", lengths: 1...128, marks: "+=,.@_-"),
        Row(type: "AWS::IAM::InstanceProfile", property: "InstanceProfileName", lengths: 1...128, marks: "+=,.@_-"),
        Row(type: "AWS::Lambda::Function", property: "FunctionName", lengths: 1...64, marks: "_-"),
        Row(type: "AWS::ECS::Cluster", property: "ClusterName", lengths: 1...255, marks: "_-"),
        Row(type: "AWS::ECS::Service", property: "ServiceName", lengths: 1...255, marks: "_-"),
        Row(type: "AWS::ECS::TaskDefinition", property: "Family", lengths: 1...255, marks: "_-"),
        Row(
            type: "AWS::RDS::DBInstance", property: "DBInstanceIdentifier", lengths: 1...63, marks: "-",
            isTrimmed: true),
        Row(
            type: "AWS::RDS::DBCluster", property: "DBClusterIdentifier", lengths: 1...63, marks: "-", isTrimmed: true),
        Row(type: "AWS::SQS::Queue", property: "QueueName", lengths: 1...80, marks: "_-."),
        Row(type: "AWS::SNS::Topic", property: "TopicName", lengths: 1...256, marks: "_-."),
        Row(type: "AWS::DynamoDB::Table", property: "TableName", lengths: 3...255, marks: "_-."),
        Row(type: "AWS::Logs::LogGroup", property: "LogGroupName", lengths: 1...512, marks: "_-/.#"),
        Row(type: "AWS::Events::Rule", property: "Name", lengths: 1...64, marks: "_-."),
        Row(type: "AWS::Scheduler::Schedule", property: "Name", lengths: 1...64, marks: "_-."),
        Row(type: "AWS::CodeBuild::Project", property: "Name", lengths: 2...255, marks: "_-"),
        Row(type: "AWS::CodePipeline::Pipeline", property: "Name", lengths: 1...100, marks: ".@_-"),
        Row(type: "AWS::EC2::SecurityGroup", property: "GroupName", lengths: 1...255, marks: " ._-:/()#,@[]+=&;{}!$*"),
    ]

    static let all = rows.map { row in ServiceRule(row.type) { check($0, row) } }

    private static func check(_ proposal: Proposal, _ row: Row) -> Refusal? {
        guard let value = proposal[row.property], !value.isDynamic, let name = ScalarText.of(value) else { return nil }
        let scalars = Array(name.unicodeScalars)
        let what = "\(row.property) must"
        if !row.lengths.contains(scalars.count) {
            return Refusal(
                "\(what) have \(row.lengths.lowerBound) to \(row.lengths.upperBound) characters, "
                    + "but \"\(name)\" has \(scalars.count).",
                hint: scalars.count > row.lengths.upperBound ? "Shorten it, or leave it out." : "Choose a longer one.")
        }
        if let wrong = scalars.first(where: { !isAllowed($0, row) }) {
            return Refusal(
                "\(what) be \(row.isLowercase ? "small letters" : "letters"), digits and \(row.marks), "
                    + "but \"\(name)\" has \"\(wrong)\".", hint: "Write it without that sign, or leave it out.")
        }
        if row.isTrimmed, let first = scalars.first, let last = scalars.last, !isLetter(first) || !isLetter(last) {
            return Refusal(
                "\(what) begin and end with a letter or digit, but is \"\(name)\".", hint: "Take the sign away.")
        }
        if row.type == "AWS::ElasticLoadBalancingV2::LoadBalancer", name.hasPrefix("internal-") {
            return Refusal("\(what) not begin with internal-, but is \"\(name)\".", hint: "Choose another beginning.")
        }
        if row.type == "AWS::S3::Bucket", name.contains("..") || AddressRange(name + "/32") != nil {
            return Refusal("\(what) not look like an address, but is \"\(name)\".", hint: "Choose another name.")
        }
        return nil
    }

    private static func isAllowed(_ scalar: Unicode.Scalar, _ row: Row) -> Bool {
        if row.isLowercase, ("A"..."Z").contains(scalar) { return false }
        return isLetter(scalar) || row.marks.unicodeScalars.contains(scalar)
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: false
        }
    }
}
