import Catalog
import CloudFormation
import Documents
import Testing

@testable import Provisioning

@Suite struct IdentityTests {
    private func identity(_ type: String, _ properties: Value = .object(Object()), generation: Int = 0) -> Identity {
        Identity(
            type: type,
            IdentityMaker(
                stack: "AWSProton-shop-prod", logicalID: "Thing", generation: generation, properties: properties,
                region: "eu-west-1", account: "123456789012"))
    }

    @Test func `every line of the table names a type that there is, and fills every place`() {
        #expect(IdentityTable.entries.count > 120)
        for type in IdentityTable.entries.keys.sorted() {
            #expect(ResourceFacts.isKnown(type) || type.hasPrefix("AWS::Serverless::"), "\(type)")
            let made = identity(type)
            for text in [made.physicalID] + made.attributes.values {
                #expect(!text.contains("{") && !text.contains("}"), "\(type): \(text)")
            }
        }
    }

    @Test(arguments: [
        ("AWS::EC2::VPC", #"vpc-0[0-9a-f]{16}"#), ("AWS::EC2::Subnet", #"subnet-0[0-9a-f]{16}"#),
        ("AWS::ECS::Cluster", #"AWSProton-shop-prod-Thing-[0-9A-Z]{13}"#),
        ("AWS::ECS::TaskDefinition", #"arn:aws:ecs:eu-west-1:123456789012:task-definition/AWSProtonshopprodThing:1"#),
        ("AWS::S3::Bucket", #"awsproton-shop-prod-thing-[0-9a-z]{13}"#),
        (
            "AWS::SQS::Queue",
            #"https://sqs.eu-west-1.amazonaws.com/123456789012/AWSProton-shop-prod-Thing-[0-9A-Z]{13}"#
        ),
        (
            "AWS::ElasticLoadBalancingV2::TargetGroup",
            #"arn:aws:elasticloadbalancing:[^/]*:targetgroup/[^/]{32}/[0-9a-f]{16}"#
        ),
        ("AWS::KMS::Key", #"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}"#),
        ("Custom::Anything", #"AWSProton-shop-prod-Thing-[0-9A-Z]{13}"#),
        ("AWS::Glue::Trigger", #"AWSProton-shop-prod-Thing-[0-9A-Z]{13}"#),
    ])
    func `ids have their service's form`(type: String, pattern: String) throws {
        let id = identity(type).physicalID
        #expect(try Regex(pattern).wholeMatch(in: id) != nil, "\(id)")
    }

    @Test func `ids are the same for the same resource, and others for its replacement`() {
        #expect(identity("AWS::EC2::VPC").physicalID == identity("AWS::EC2::VPC").physicalID)
        #expect(identity("AWS::EC2::VPC").physicalID != identity("AWS::EC2::VPC", generation: 1).physicalID)
    }

    @Test func `a name that was given is used`() {
        let cluster = identity("AWS::ECS::Cluster", ["ClusterName": "shop"])
        #expect(cluster.physicalID == "shop")
        #expect(cluster.attributes["Arn"] == "arn:aws:ecs:eu-west-1:123456789012:cluster/shop")
    }

    @Test func `attributes that a provider declares are there for types without a line`() {
        let attributes = identity("AWS::Glue::Registry", ["Name": "orders"]).attributes
        #expect(attributes["Arn"]?.hasPrefix("arn:aws:glue:eu-west-1:123456789012:registry/") == true)
    }

    @Test func `made names keep to the service's limit`() {
        let maker = IdentityMaker(
            stack: String(repeating: "s", count: 200), logicalID: String(repeating: "L", count: 200), generation: 0,
            properties: .null, region: "eu-west-1", account: "1")
        for type in IdentityTable.entries.keys {
            let limit = IdentityTable.entries[type]?.nameLimit ?? 64
            var own = maker
            own.nameLimit = limit
            #expect(own.text(of: "name", "Name").count <= limit, "\(type)")
        }
    }
}
