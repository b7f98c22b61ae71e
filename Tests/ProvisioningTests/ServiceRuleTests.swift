import Catalog
import Documents
import Provisioning
import Testing

@Suite struct ServiceRuleTests {
    struct Case: CustomTestStringConvertible {
        var type: String
        var properties: String
        /// The reason and the hint; `nil` where the service takes it.
        var reason: String?
        var hint = ""
        var testDescription: String { "\(type) \(properties)" }
    }

    private static func task(_ cpu: String, _ memory: String, _ more: String = "") -> String {
        "{RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, Cpu: '\(cpu)', Memory: '\(memory)', Family: a, "
            + "ContainerDefinitions: [{Name: web, Image: a\(more)}]}"
    }

    private static let taskType = "AWS::ECS::TaskDefinition"
    private static let database =
        "Engine: postgres, MasterUsername: owner, ManageMasterUserPassword: true, DBInstanceClass: db.t4g.micro"

    static let cases: [Case] = [
        Case(type: taskType, properties: task("256", "512")),
        Case(type: taskType, properties: task(".5 vCPU", "2 GB")),
        Case(type: taskType, properties: task("8192", "20480")),
        Case(type: taskType, properties: task("16384", "122880")),
        Case(
            type: taskType, properties: task("256", "4096"),
            reason: "The memory of a Fargate task with 256 cpu units must be 512, 1024 or 2048 MiB, but is 4096.",
            hint: "Choose 1024 or 2048 MiB, or 512 cpu units for 4096 MiB."),
        Case(
            type: taskType, properties: task("8192", "17408"),
            reason: "The memory of a Fargate task with 8192 cpu units must be between 16384 and 61440 in steps of 4096 "
                + "MiB, but is 17408.",
            hint: "Choose 16384 or 20480 MiB, or 4096 cpu units for 17408 MiB."),
        Case(
            type: taskType, properties: task("300", "512"),
            reason: "The cpu of a Fargate task must be 256, 512, 1024, 2048, 4096, 8192 or 16384, but is 300.",
            hint: "Choose 256, for instance."),
        Case(
            type: taskType, properties: task("256", "512", ", Cpu: 512"),
            reason: "The cpu of container web must not be above the task's 256 units, but is 512.",
            hint: "Lower it to 256, or raise the task's."),
        Case(
            type: taskType, properties: task("256", "512", ", Memory: 1024"),
            reason: "The memory of container web must not be above the task's 512 MiB, but is 1024.",
            hint: "Lower it to 512, or raise the task's."),
        Case(
            type: taskType, properties: task("256", "512", ", PortMappings: [{ContainerPort: 80, HostPort: 8080}]"),
            reason: "With network mode awsvpc the host port must be the container's 80, but is 8080.",
            hint: "Leave HostPort out."),
        Case(
            type: taskType,
            properties: "{RequiresCompatibilities: [FARGATE], NetworkMode: bridge, Cpu: 256, Memory: 512}",
            reason: "The network mode of a Fargate task must be awsvpc, but is bridge.",
            hint: "Set NetworkMode: awsvpc."),
        Case(
            type: "AWS::ECS::Service", properties: "{DesiredCount: -1}",
            reason: "The desired count of a service must not be negative, but is -1.",
            hint: "Choose 0 to stop it, or how many tasks should run."),
        Case(
            type: "AWS::EC2::VPC", properties: "{CidrBlock: 10.0.0.0/8}",
            reason: "The address block of a VPC must be between /16 and /28, but is 10.0.0.0/8.",
            hint: "Choose 10.0.0.0/16, for instance."),
        Case(
            type: "AWS::EC2::VPC", properties: "{CidrBlock: 10.0.0/16}",
            reason: "The address block of a VPC must be IPv4 in CIDR notation, but is \"10.0.0/16\".",
            hint: "Write it like 10.0.0.0/16."),
        Case(
            type: "AWS::EC2::SecurityGroup",
            properties: "{GroupDescription: a, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 80}]}",
            reason: "A rule's FromPort must not be above its ToPort, but it goes from 443 to 80.",
            hint: "Write them the other way round: from 80 to 443."),
        Case(
            type: "AWS::EC2::SecurityGroup",
            properties: "{GroupDescription: a, SecurityGroupEgress: [{IpProtocol: icmp, FromPort: 252, ToPort: 86}]}"),
        Case(
            type: "AWS::Logs::LogGroup", properties: "{RetentionInDays: 10}",
            reason: "RetentionInDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, "
                + "1096, 1827, 2192, 2557, 2922, 3288, 3653 days, but is 10.",
            hint: "Choose 7 or 14."),
        Case(
            type: "AWS::Lambda::Function", properties: "{Runtime: python3.14, Handler: a.b, MemorySize: 64}",
            reason: "MemorySize must be between 128 and 10240 MB, but is 64.", hint: "Choose 128, for instance."),
        Case(
            type: "AWS::Lambda::Function", properties: "{Runtime: python3.14, Handler: a.b, Timeout: 901}",
            reason: "Timeout must be between 1 and 900 seconds, but is 901.", hint: "Choose 900, for instance."),
        Case(
            type: "AWS::Lambda::Function", properties: "{Runtime: nodejs12.x, Handler: a.b}",
            reason: "The runtime must be one that Lambda still creates functions with, but nodejs12.x ended on "
                + "2023-03-31.",
            hint: "Choose nodejs24.x."),
        Case(
            type: "AWS::RDS::DBInstance", properties: "{\(database), AllocatedStorage: '5'}",
            reason: "The storage of a postgres database on gp2 must be at least 20 GiB, but is 5.",
            hint: "Choose 20 or more."),
        Case(
            type: "AWS::RDS::DBInstance",
            properties: "{Engine: postgres, MasterUsername: owner, ManageMasterUserPassword: true, "
                + "DBInstanceClass: t4g.micro, AllocatedStorage: 20}",
            reason: "The class of a database must be db, a family and a size, but is t4g.micro.",
            hint: "Choose db.t4g.micro, for instance."),
        Case(
            type: "AWS::RDS::DBInstance",
            properties: "{Engine: postgres, MasterUsername: owner, MasterUserPassword: short, AllocatedStorage: 20}",
            reason: "A database password must have 8 to 128 characters, but has 5.",
            hint: "Choose another one, or set ManageMasterUserPassword to true."),
        Case(
            type: "AWS::ElasticLoadBalancingV2::TargetGroup",
            properties: "{Name: a-name-that-is-a-little-too-long-here, TargetType: ip, Port: 80, Protocol: HTTP, "
                + "VpcId: vpc-1}",
            reason: "Name must have 1 to 32 characters, but \"a-name-that-is-a-little-too-long-here\" has 37.",
            hint: "Shorten it, or leave it out."),
        Case(
            type: "AWS::S3::Bucket", properties: "{BucketName: My-Bucket}",
            reason: "BucketName must be small letters, digits and .-, but \"My-Bucket\" has \"M\".",
            hint: "Write it without that sign, or leave it out."),
        Case(
            type: "AWS::ApplicationAutoScaling::ScalableTarget", properties: "{MinCapacity: 4, MaxCapacity: 2}",
            reason: "MinCapacity must not be above MaxCapacity, but is 4 with 2.",
            hint: "Lower MinCapacity to 2, or raise MaxCapacity to 4."),
        Case(
            type: "AWS::EC2::Nothing", properties: "{}",
            reason: "The type of a resource must be one that CloudFormation has, but is AWS::EC2::Nothing.",
            hint: "Look the type up: it may be misspelt."),
    ]

    @Test(arguments: cases)
    func `what a service refuses is refused, with what would be right`(one: Case) async throws {
        let outcome = try await Rehearsal().apply(Templates.one(one.type, one.properties))
        #expect(outcome.failure?.reason == one.reason)
        guard one.reason != nil else { return }
        #expect(outcome.failure?.hint == one.hint)
        #expect(outcome.failure?.resource == "Thing")
    }

    @Test func `a subnet must lie inside its network`() async throws {
        let rehearsal = Rehearsal()
        let failure = try await rehearsal.apply(Templates.vpc(subnet: "10.1.1.0/24")).failure
        #expect(failure?.resource == "Subnet")
        #expect(failure?.reason == "The subnet's block must lie inside its VPC's (10.0.0.0/16), but is 10.1.1.0/24.")
        #expect(failure?.hint == "Choose 10.0.0.0/24, for instance.")
        #expect(failure?.undone == ["Vpc"])
    }

    @Test func `subnets must not overlap`() async throws {
        let template = """
            Resources:
              Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
              One: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/23}}
              Two: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
            """
        let failure = try await Rehearsal().apply(template).failure
        #expect(
            failure?.reason == "The subnet's block must not overlap another's, but 10.0.1.0/24 meets One (10.0.0.0/23)."
        )
        #expect(failure?.hint == "Choose 10.0.2.0/24: it is free.")
    }

    @Test func `a name that another stack has is not free`() async throws {
        let rehearsal = Rehearsal()
        rehearsal.ledger.change { $0.elsewhere = ["shop": "AWSProton-other"] }
        let failure = try await rehearsal.apply(Templates.one("AWS::ECS::Cluster", "{ClusterName: shop}")).failure
        #expect(failure?.reason == "Its name must be free, but stack AWSProton-other has one that is called shop.")
    }

    @Test func `what has a name of its own can't be replaced under it`() async throws {
        let rehearsal = Rehearsal()
        func role(_ path: String) -> String {
            Templates.one("AWS::IAM::Role", "{RoleName: shop, Path: \(path), AssumeRolePolicyDocument: {}}")
        }
        try await rehearsal.apply(role("/a/"))
        let failure = try await rehearsal.applyNext(role("/b/")).failure
        #expect(
            failure?.reason
                == "A resource with a name of its own must get another one when it is replaced, but shop stays.")
    }

    @Test func `rules of one listener have different priorities across stacks`() async throws {
        let rule = "{ListenerArn: a, Priority: 10, Conditions: [], Actions: []}"
        let neighbour = ProvisionedResource(
            logicalID: "Route", type: "AWS::ElasticLoadBalancingV2::ListenerRule", physicalID: "r",
            properties: ["ListenerArn": "a", "Priority": 10])
        let rehearsal = Rehearsal()
        rehearsal.ledger.change { $0.neighbours = [Neighbour(stack: "shop-dev", resource: neighbour)] }
        let failure = try await rehearsal.apply(Templates.one(neighbour.type, rule)).failure
        #expect(
            failure?.reason
                == "Rules of one listener must have different priorities, but Route of stack shop-dev has 10 too.")
        #expect(failure?.hint == "Choose 11: it is free.")
    }
}
