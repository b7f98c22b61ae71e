import CloudFormation
import Testing

@Suite struct ResourceFactsTests {
    @Test func `a type has its provider's claims`() throws {
        let facts = try #require(ResourceFacts.facts(for: "AWS::ECS::Service"))
        #expect(facts.createOnly.map(\.description) == ["Cluster", "Role", "SchedulingStrategy", "ServiceName"])
        #expect(facts.conditionalCreateOnly.map(\.description) == ["LaunchType"])
        #expect(facts.primaryIdentifier.map(\.description) == ["Cluster", "ServiceArn"])
        #expect(facts.tags == PropertyPath("Tags"))
        #expect(!facts.isStateful)
        #expect(ResourceFacts.facts(for: "AWS::S3::Bucket")?.mustBeEmptyToDelete == true)
        #expect(ResourceFacts.facts(for: "AWS::RDS::DBInstance")?.isStateful == true)
    }

    @Test(arguments: ["", "AWS::ECS", "AWS::ECS::Servicf", "!regions", "lambda:python3.9", "AWS::S3::Bucket@1", "zzz"])
    func `what is no type has no facts`(name: String) {
        #expect(ResourceFacts.facts(for: name) == nil)
        #expect(!ResourceFacts.isKnown(name))
    }

    @Test func `every type is found, the first and the last too`() {
        #expect(ResourceFacts.isKnown("AMZN::SDC::Deployment"))
        #expect(ResourceFacts.isKnown("AWS::ACMPCA::Certificate"))
        #expect(ResourceFacts.isKnown("AWS::XRay::TransactionSearchConfig"))
    }

    @Test func `regions differ in what they offer`() {
        #expect(ResourceFacts.regions.first == "us-east-1")
        #expect(ResourceFacts.isKnown("AWS::AppRunner::Service", in: "us-east-1") == true)
        #expect(ResourceFacts.isKnown("AWS::AppRunner::Service", in: "af-south-1") == false)
        #expect(ResourceFacts.isKnown("AWS::AppRunner::Service", in: "moon-1") == nil)
        #expect(ResourceFacts.isKnown("Custom::Thing", in: "us-east-1") == nil)
    }

    @Test func `regions differ in what forces a replacement`() {
        func rules(_ region: String?) -> [String] {
            ResourceFacts.facts(for: "AWS::EC2::CustomerGateway", region: region)?.createOnly.map(\.description) ?? []
        }
        #expect(rules("cn-north-1") == ["BgpAsn", "IpAddress", "Type"])
        #expect(rules("eu-west-1") == rules(nil))
        #expect(rules(nil).contains("CertificateArn"))
    }

    @Test func `a runtime has its last days and a successor`() {
        let runtime = ResourceFacts.lambdaRuntime("python3.9")
        #expect(runtime?.deprecatedOn == "2025-12-15")
        #expect(runtime?.successor == "python3.14")
        #expect(ResourceFacts.lambdaRuntime("cobol") == nil)
    }
}
