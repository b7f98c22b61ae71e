import CloudFormation
import Documents
import Testing

@Suite struct AdviceTests {
    private static let yaml = """
        Resources:
          A: {Type: "AWS::S3::Buckett"}
          B: {Type: "AWS::AppRunner::Service", Properties: {SourceConfiguration: {}}}
          C: {Type: "Custom::Thing"}
          D: {Type: "AWS::Lambda::Function", Properties: {Code: {}, Role: r, Runtime: python3.9}}
          E: {Type: "AWS::Lambda::Function", Properties: {Code: {}, Role: r, Runtime: python3.13}}
        """

    @Test func `facts speak against types and runtimes`() throws {
        let template = try evaluated(Self.yaml)
        #expect(
            template.advice(region: "af-south-1", day: "2026-11-24").map(\.message) == [
                "The type of \"A\" must be one that AWS publishes, but \"AWS::S3::Buckett\" is none.",
                "The type of \"B\" must be offered in af-south-1, but AWS::AppRunner::Service is not.",
                "The runtime of \"D\" must be one that AWS Lambda still takes, but python3.9 is not taken for new functions "
                    + "since 2026-06-01.",
            ])
        #expect(template.advice(region: "us-east-1", day: "2026-01-01").map(\.severity) == [.error, .warning])
        let macro = try evaluated("Transform: Mine\n" + Self.yaml)
        #expect(macro.advice(region: nil, day: nil).isEmpty)
    }

    @Test func `a secure parameter stands where it is looked up`() throws {
        let template = try evaluated(
            """
            Resources:
              Db:
                Type: AWS::RDS::DBInstance
                Properties: {MasterUserPassword: "{{resolve:ssm-secure:/db}}", MasterUsername: "{{resolve:ssm-secure:/db}}"}
              User:
                Type: AWS::IAM::User
                Properties: {LoginProfile: {Password: !Sub "{{resolve:ssm-secure:/u}}"}}
              Queue:
                Type: AWS::SQS::Queue
                Properties: {QueueName: "{{resolve:secretsmanager:q:SecretString}}", Tags: [{Key: a, Value: "x{{resolve:ssm-secure:/q}}"}]}
            """)
        let found = template.advice(region: nil, day: nil).filter { $0.code == "cloudformation.secureReference" }
        #expect(
            found.map { $0.pointer?.description } == [
                "/Resources/Db/Properties/MasterUsername", "/Resources/Queue/Properties/Tags/Value",
            ])
        #expect(found.map(\.hint?.isEmpty) == [false, false])
    }

    /// Everything that people really used is known.
    @Test(arguments: Cases.rendered)
    func `no type of the cases is unknown`(path: String) throws {
        let resources = try Cases.document("\(path)/resources.json", as: .json).value.list ?? []
        for type in resources.compactMap({ $0["type"]?.string }) where !type.hasPrefix("AWS::Serverless") {
            #expect(ResourceFacts.isKnown(type), "\(type)")
        }
    }

    @Test(arguments: [
        (
            "AWS::S3::Bucket, Properties: {BucketNam: a}",
            ["\"BucketNam\" must be a property of AWS::S3::Bucket, but none has that name."]
        ),
        (
            "AWS::S3::Bucket, Properties: {Tags: [{Key: a, Value: b}, {Kee: a, Value: b}]}",
            [
                "\"Kee\" must be a property of AWS::S3::Bucket/Tags/1, but none has that name.",
                "Tags/1 of \"R\" must have Key, as AWS::S3::Bucket says, but has none.",
            ]
        ),
        (
            "AWS::IAM::Role",
            ["Resource \"R\" must have AssumeRolePolicyDocument, as AWS::IAM::Role says, but has none."]
        ),
        ("AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Whatever: 1}}", []),
        (
            "AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: !Ref 'AWS::StackId', Tags: [!Ref 'AWS::StackId']}",
            []
        ),
        ("AWS::CloudFormation::CustomResource, Properties: {ServiceToken: a, Mine: b}", []),
        ("Custom::Thing, Properties: {Mine: b}", []),
        (
            "AWS::Serverless::Function",
            [
                "The type of \"R\" must stand in a template with the transform AWS::Serverless-2016-10-31, but this has none."
            ]
        ),
    ])
    func `properties are those that the type has`(resource: String, messages: [String]) throws {
        let template = try evaluated("Resources:\n  R: {Type: \(resource)}")
        #expect(template.advice(region: nil, day: nil).map(\.message) == messages)
    }

    @Test func `an unknown property has its place, its pointer and a hint`() throws {
        let finding = try #require(
            try evaluated("Resources:\n  R: {Type: AWS::S3::Bucket, Properties: {BucketNam: a}}")
                .advice(region: nil, day: nil).first)
        #expect(finding.place?.text == "t.yaml:2:43")
        #expect(finding.pointer?.description == "/Resources/R/Properties/BucketNam")
        #expect(finding.hint == "Write \"BucketName\", if that is meant.")
    }

    @Test func `the serverless transform reads types of its own`() throws {
        let template = try evaluated(
            """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              A: {Type: AWS::Serverless::Function, Properties: {Anything: 1}}
              B: {Type: AWS::Serverless::Functoin}
              C: {Type: AWS::Serverless::SomethingNew}
              D: {Type: AWS::S3::Bucket, Properties: {BucketNam: a}}
            """)
        #expect(
            template.advice(region: nil, day: nil).map(\.message) == [
                "The type of \"B\" must be one that the transform reads, but \"AWS::Serverless::Functoin\" is none.",
                "\"BucketNam\" must be a property of AWS::S3::Bucket, but none has that name.",
            ])
    }

    /// The linter is the judge: it finds unknown (E3002) and missing (E3003) properties, and we find no others.
    @Test(arguments: Cases.rendered)
    func `unknown and missing properties are those that the linter finds`(path: String) throws {
        let template = Template.read(try Cases.document("\(path)/cloudformation.yaml", as: .cloudFormation)).template
        let found = template.evaluate().template.advice(region: nil, day: nil).compactMap { finding -> String? in
            guard let pointer = finding.pointer?.description else { return nil }
            switch finding.code {
            case "cloudformation.unknownProperty": return "E3002 \(pointer)"
            case "cloudformation.missingProperty": return "E3003 \(pointer)"
            default: return nil
            }
        }
        let rules = try Cases.document("\(path)/lint.json", as: .json).value.list ?? []
        let expected = rules.compactMap { rule -> String? in
            guard let name = rule["rule"]?.string, ["E3002", "E3003"].contains(name) else { return nil }
            return "\(name) \(Pointer((rule["path"]?.list ?? []).map { $0.string ?? $0.number?.text ?? "" }))"
        }
        #expect(found.sorted() == expected.sorted())
    }
}
