import CloudFormation
import Documents
import Testing

/// Changes whose outcome was worked out by hand from the resource reference ("Update requires: …") and the service's
/// words on policies, each with its reason.
@Suite struct HandCheckedTests {
    private func words(_ old: String, _ new: String) throws -> [String] {
        let set = ChangeSet(applied: try evaluated(old), wanted: try evaluated(new), region: "us-east-1")
        return set.changes.map { "\($0.logicalID) \($0.changeClass.rawValue) \($0.consequence.rawValue)" }
    }

    private static let network = """
        Resources:
          Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
          Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
          Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
          Link:
            Type: AWS::EC2::SubnetRouteTableAssociation
            Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}
          Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: web, VpcId: !Ref Vpc}}
          Cluster: {Type: AWS::ECS::Cluster}
          Service:
            Type: AWS::ECS::Service
            Properties:
              Cluster: !Ref Cluster
              TaskDefinition: web:1
              NetworkConfiguration:
                AwsvpcConfiguration: {Subnets: [!Ref Subnet], SecurityGroups: [!GetAtt Group.GroupId]}
        """

    @Test func `a network's block replaces all in it, and what is attached follows in place`() throws {
        // CidrBlock and every VpcId require replacement; an association is deleted before it is made anew, as its
        // provider declares, so the subnet has no routes for a while; a service takes another network configuration
        // without interruption; the cluster has nothing to do with it.
        #expect(
            try words(Self.network, Self.network.replacing("10.0.0.0/16", with: "10.1.0.0/16")) == [
                "Vpc replace none", "Subnet replace none", "Table replace none", "Link replace outage",
                "Group replace none", "Service update none",
            ])
    }

    @Test func `a subnet's block leaves its network alone`() throws {
        // Propagation goes from the replaced to what refers to it, never up.
        #expect(
            try words(Self.network, Self.network.replacing("10.0.1.0/24", with: "10.0.2.0/24")) == [
                "Subnet replace none", "Link replace outage", "Service update none",
            ])
    }

    private static let tasks = """
        Resources:
          Task:
            Type: AWS::ECS::TaskDefinition
            Properties: {Family: web, ContainerDefinitions: [{Name: web, Image: "web:1", PortMappings: [{ContainerPort: 80}]}]}
          Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: vpc-1}}
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {LoadBalancerArn: lb, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}
          Service:
            Type: AWS::ECS::Service
            Properties:
              TaskDefinition: !Ref Task
              LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Targets}]
        """

    @Test func `a new image is a new revision, as at every release`() throws {
        // Every property of a task definition requires replacement: that is how revisions are made.
        #expect(
            try words(Self.tasks, Self.tasks.replacing("web:1", with: "web:2")) == [
                "Task replace routine", "Service update none",
            ])
    }

    @Test func `another port is another target group`() throws {
        // Port requires replacement; listeners and services take another group without interruption.
        #expect(
            try words(Self.tasks, Self.tasks.replacing("{Port: 80", with: "{Port: 8080")) == [
                "Targets replace none", "Listener update none", "Service update none",
            ])
    }

    private static let table = """
        Resources:
          Orders:
            Type: AWS::DynamoDB::Table
            Properties:
              TableName: orders
              KeySchema: [{AttributeName: id, KeyType: HASH}]
              AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
              BillingMode: PAY_PER_REQUEST
        """

    @Test func `another key loses a table's rows`() throws {
        // The provider declares KeySchema as one whose change may replace; without a policy the old table is then deleted
        // with its rows. With its fixed name the service refuses even that.
        let new = Self.table.replacing("AttributeName: id", with: "AttributeName: number")
        let set = ChangeSet(applied: try evaluated(Self.table), wanted: try evaluated(new))
        #expect(set.changes.map(\.changeClass) == [.mayReplace])
        #expect(set.changes.map(\.consequence) == [.dataLoss])
        #expect(set.changes.first?.note?.contains("The name \"orders\" is taken") == true)
        let kept = Self.table.replacing("Properties:", with: "UpdateReplacePolicy: Retain\n    Properties:")
        let renamed = kept.replacing("TableName: orders", with: "TableName: orders2")
        #expect(try words(kept, renamed) == ["Orders replace kept"])
    }

    @Test func `another way of paying changes a table in place`() throws {
        let new = Self.table.replacing(
            "BillingMode: PAY_PER_REQUEST",
            with: "ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1}")
        #expect(try words(Self.table, new) == ["Orders update none"])
    }

    @Test func `a bucket's new name takes its policy with it`() throws {
        // BucketName requires replacement; the policy's Bucket too. The old bucket has to be empty to go.
        let old = """
            Resources:
              Files: {Type: AWS::S3::Bucket, Properties: {BucketName: one}}
              Policy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Files, PolicyDocument: {}}}
              Role:
                Type: AWS::IAM::Role
                Properties:
                  AssumeRolePolicyDocument: {}
                  Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: a, Resource: !GetAtt Files.Arn}]}}]
            """
        let set = ChangeSet(
            applied: try evaluated(old),
            wanted: try evaluated(old.replacing("BucketName: one", with: "BucketName: two")))
        #expect(
            set.changes.map { "\($0.logicalID) \($0.changeClass.rawValue) \($0.consequence.rawValue)" } == [
                "Files replace dataLoss", "Policy replace none", "Role update none",
            ])
        #expect(
            set.changes.first?.note == "The old one can only be deleted when it is empty, and so is the new one.")
    }

    @Test func `a database's engine may replace it, and its snapshot is kept`() throws {
        // Engine "some interruptions or replacement": the provider declares it conditional. Without a policy of its own a
        // removed instance leaves a snapshot; a replaced one does not, unless UpdateReplacePolicy says so.
        let old =
            "Resources:\n  Db: {Type: AWS::RDS::DBInstance, UpdateReplacePolicy: Snapshot, Properties: {Engine: mysql}}"
        #expect(try words(old, old.replacing("mysql", with: "postgres")) == ["Db mayReplace snapshot"])
        #expect(
            try words(
                old.replacing(" UpdateReplacePolicy: Snapshot,", with: ""),
                old.replacing(" UpdateReplacePolicy: Snapshot,", with: "").replacing("mysql", with: "postgres"))
                == ["Db mayReplace dataLoss"])
        #expect(try words(old, "Resources: {T: {Type: AWS::SNS::Topic}}") == ["T add none", "Db remove snapshot"])
    }

    private static let function = """
        Resources:
          Role: {Type: AWS::IAM::Role, Properties: {RoleName: runs, AssumeRolePolicyDocument: {}}}
          Function:
            Type: AWS::Lambda::Function
            Properties: {FunctionName: api, Runtime: nodejs22.x, Handler: a.b, Code: {ZipFile: a}, Role: !GetAtt Role.Arn}
          Version: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Function}}
          Alias:
            Type: AWS::Lambda::Alias
            Properties: {Name: live, FunctionName: !Ref Function, FunctionVersion: !GetAtt Version.Version}
          Permission:
            Type: AWS::Lambda::Permission
            Properties: {FunctionName: !Ref Function, Action: "lambda:InvokeFunction", Principal: s3.amazonaws.com}
        """

    @Test func `new code changes a function in place and nothing else`() throws {
        // Ref of a function is its name, which stays.
        #expect(
            try words(Self.function, Self.function.replacing("ZipFile: a", with: "ZipFile: b")) == [
                "Function update none"
            ])
    }

    @Test func `a function's new name takes its versions, aliases and permissions with it`() throws {
        // FunctionName requires replacement everywhere. Versions and permissions are made anew at every change; an alias
        // with the fixed name "live" has another function, so the name is free there.
        #expect(
            try words(Self.function, Self.function.replacing("FunctionName: api", with: "FunctionName: api2")) == [
                "Function replace none", "Version replace routine", "Alias replace none", "Permission replace routine",
            ])
    }

    @Test func `a role's new name changes what it runs in place`() throws {
        // RoleName requires replacement; a function takes another role without interruption.
        #expect(
            try words(Self.function, Self.function.replacing("RoleName: runs", with: "RoleName: ran")) == [
                "Role replace none", "Function update none",
            ])
    }
}
