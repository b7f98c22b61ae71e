import Catalog
import Documents
import Provisioning
import Testing

@Suite struct HostileTemplateTests {
    @Test(arguments: [
        "", "null", "[]", "Resources: 5", "Resources: {A: 5}", "Resources: {A: {Type: 5}}", "a: [",
        "Resources: {A: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref B}}}",
        "Resources: {A: {Type: AWS::SNS::Topic, DependsOn: B}, B: {Type: AWS::SNS::Topic, DependsOn: A}}",
        "Parameters: {P: {Type: String}}\nResources: {A: {Type: AWS::SNS::Topic}}",
    ])
    func `a template that can't be carried out fails with a sentence and changes nothing`(text: String) async throws {
        let rehearsal = Rehearsal()
        let failure = try #require(try await rehearsal.apply(text).failure)
        #expect(!failure.reason.isEmpty)
        #expect(failure.reason.hasSuffix("."))
        #expect(failure.undone.isEmpty)
        #expect(rehearsal.ledger.state.resources.isEmpty)
        // And it stays so.
        #expect(try await rehearsal.apply(text).failure == failure)
    }

    @Test(arguments: [
        ("AWS::EC2::VPC", "{CidrBlock: [1, 2]}"),
        ("AWS::EC2::VPC", "{CidrBlock: 99999999999999999999}"),
        ("AWS::EC2::Subnet", "{VpcId: {a: b}, CidrBlock: 10.0.0.0/99999999999}"),
        (
            "AWS::ECS::TaskDefinition",
            "{RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, Cpu: 1e999, Memory: x}"
        ),
        (
            "AWS::ECS::TaskDefinition",
            "{ContainerDefinitions: [5, {Cpu: 9223372036854775807}, {Cpu: 9223372036854775807}]}"
        ),
        ("AWS::ECS::Service", "{DesiredCount: -9223372036854775808}"),
        ("AWS::Logs::LogGroup", "{RetentionInDays: 9223372036854775807}"),
        ("AWS::RDS::DBInstance", "{Engine: [a], AllocatedStorage: 9223372036854775807, MaxAllocatedStorage: 1}"),
        ("AWS::S3::Bucket", "{BucketName: ''}"),
        ("AWS::CloudWatch::Alarm", "{Period: 9223372036854775807}"),
        ("AWS::ElasticLoadBalancingV2::TargetGroup", "{HealthCheckIntervalSeconds: -9223372036854775808}"),
        ("AWS::EC2::SecurityGroup", "{GroupDescription: 5, SecurityGroupIngress: {a: b}}"),
        ("AWS::DynamoDB::Table", "{KeySchema: x, AttributeDefinitions: {}}"),
    ])
    func `properties of any shape end in an answer`(type: String, properties: String) async throws {
        let outcome = try await Rehearsal().apply(Templates.one(type, properties))
        if let failure = outcome.failure { #expect(!failure.reason.isEmpty) }
    }

    @Test func `two hundred resources in a chain are made and removed in order`() async throws {
        var text = "Resources:\n"
        for index in 0..<200 {
            let needs = index == 0 ? "" : ", DependsOn: T\(index - 1)"
            text += "  T\(index): {Type: AWS::SNS::Topic\(needs)}\n"
        }
        let rehearsal = Rehearsal()
        #expect(try await rehearsal.apply(text).outputs != nil)
        #expect(rehearsal.ledger.state.resources.count == 200)
        #expect(try await rehearsal.destroy() == .succeeded([]))
        #expect(rehearsal.ledger.lines.first == "deleting T199")
    }
}
