import CloudFormation
import Documents
import Testing

@Suite struct WideningTests {
    private static let givens = Givens(
        pseudo: PseudoParameters(accountID: "111122223333", region: "eu-west-1", stackName: "shop"))

    private static func resource(_ type: String, _ properties: String) -> String {
        "Resources:\n  B: {Type: AWS::S3::Bucket}\n  It: {Type: \(type), Properties: {\(properties)}}"
    }

    private func sentences(_ type: String, _ old: String?, _ new: String?) throws -> [String] {
        let before = try old.map { try evaluated(Self.resource(type, $0), Self.givens) }
        let after =
            try new.map { try evaluated(Self.resource(type, $0), Self.givens) }
            ?? evaluated("Resources: {B: {Type: AWS::S3::Bucket}}", Self.givens)
        let change = ChangeSet(applied: before, wanted: after).changes.first { $0.logicalID == "It" }
        return change?.widenings.map(\.sentence) ?? []
    }

    private static func policy(_ statements: String) -> String {
        "PolicyName: p, Roles: [ops], PolicyDocument: {Statement: [\(statements)]}"
    }

    private static let reading =
        "{Sid: A, Effect: Allow, Action: ['s3:GetObject', 's3:List*'], Resource: 'arn:aws:s3:::a/*'}"

    @Test(
        arguments: [
            // Nothing, or less.
            (reading, reading, []),
            (
                reading, "{Effect: Allow, Action: 's3:getobject', Resource: ['arn:aws:s3:::a/x*', 'arn:aws:s3:::a/y']}",
                []
            ),
            (reading, "{Effect: Allow, Action: 's3:ListBucket*', Resource: 'arn:aws:s3:::a/*'}", []),
            (reading, "\(reading), {Effect: Deny, Action: '*', Resource: '*'}", []),
            // More actions, resources, both.
            (
                reading, "{Effect: Allow, Action: ['s3:GetObject', 's3:PutObject'], Resource: 'arn:aws:s3:::a/*'}",
                ["It allows more actions on arn:aws:s3:::a/*: s3:PutObject."]
            ),
            (
                reading, "{Effect: Allow, Action: 's3:GetObject', Resource: '*'}",
                ["It allows s3:GetObject on more resources: everything."]
            ),
            (
                reading, "{Effect: Allow, Action: '*', Resource: '*'}",
                ["It allows more actions on everything: everything."]
            ),
            (
                reading, "{Effect: Allow, NotAction: 'iam:*', Resource: 'arn:aws:s3:::a/*'}",
                ["It allows more actions on arn:aws:s3:::a/*: everything but iam:*."]
            ),
            (
                "{Effect: Allow, NotAction: ['iam:*', 's3:*'], Resource: '*'}",
                "{Effect: Allow, NotAction: 'iam:*', Resource: '*'}",
                ["It allows more actions on everything: everything but iam:*."]
            ),
            (
                "{Effect: Allow, NotAction: 'iam:*', Resource: '*'}", "{Effect: Allow, Action: 's3:*', Resource: '*'}",
                [
                    "It allows more actions on everything: s3:*."
                ]
            ),
            (
                "{Effect: Allow, NotAction: 'iam:*', Resource: '*'}",
                "{Effect: Allow, Action: 's3:Get', Resource: '*'}", []
            ),
            (
                "{Effect: Allow, Action: 's3:*', Resource: a}, {Effect: Allow, Action: 'sqs:*', Resource: b}",
                "{Effect: Allow, Action: 's3:*', Resource: b}", ["It allows s3:* also on b."]
            ),
            // Conditions.
            (
                "{Effect: Allow, Action: 's3:*', Resource: a, Condition: {StringEquals: {'aws:RequestedRegion': eu}}}",
                "{Effect: Allow, Action: 's3:*', Resource: a}",
                ["It allows s3:* on a without the conditions that it had."]
            ),
            (
                "{Effect: Allow, Action: 's3:*', Resource: a, Condition: {StringEquals: {'aws:RequestedRegion': [eu, us]}}}",
                "{Effect: Allow, Action: 's3:*', Resource: a, Condition: {StringEquals: {'aws:RequestedRegion': eu}}}",
                []
            ),
            (
                "{Effect: Allow, Action: 's3:*', Resource: a, Condition: {StringNotEquals: {'aws:RequestedRegion': [eu, us]}}}",
                "{Effect: Allow, Action: 's3:*', Resource: a, Condition: {StringNotEquals: {'aws:RequestedRegion': eu}}}",
                ["It allows s3:* on a without the conditions that it had."]
            ),
            // Denials.
            (
                "\(reading), {Effect: Deny, Action: 's3:Delete*', Resource: '*'}", reading,
                [
                    "It no longer denies s3:Delete* on everything."
                ]
            ),
            (
                "{Effect: Deny, Action: 's3:Delete*', Resource: '*'}",
                "{Effect: Deny, Action: 's3:Delete*', Resource: '*', Condition: {Bool: {'aws:MFA': false}}}",
                ["It no longer denies s3:Delete* on everything."]
            ),
            (
                "{Effect: Deny, Action: 's3:Delete*', Resource: '*'}",
                "{Effect: Deny, NotAction: 'iam:*', Resource: '*'}",
                [
                    "It no longer denies s3:Delete* on everything."
                ]
            ),
            ("{Effect: Deny, Action: 's3:Delete*', Resource: '*'}", "{Effect: Deny, Action: '*', Resource: '*'}", []),
            // What only the deployment knows.
            (
                reading, "{Effect: Allow, Action: 's3:GetObject', Resource: !ImportValue bucket}",
                [#"It may allow s3:GetObject on more resources: {"Fn::ImportValue":"bucket"}."#]
            ),
            (
                reading, "{Effect: Allow, Action: 's3:GetObject', Resource: !Sub '${B.Arn}/*'}",
                [
                    "It allows s3:GetObject on more resources: ${B.Arn}/*."
                ]
            ),
            (
                reading, "!ImportValue statement",
                [
                    "It may allow more: what its policy says is only known when it is deployed."
                ]
            ),
            (
                "{Effect: Allow, Action: 's3:GetObject', Resource: !Sub '${B.Arn}*'}",
                "{Effect: Allow, Action: 's3:GetObject', Resource: !Sub '${B.Arn}/*'}", []
            ),
        ] as [(String, String, [String])])
    func `a policy allows more, and says what`(old: String, new: String, expected: [String]) throws {
        #expect(try sentences("AWS::IAM::Policy", Self.policy(old), Self.policy(new)) == expected)
    }

    private static func door(_ statement: String) -> String {
        "Bucket: !Ref B, PolicyDocument: {Statement: {Effect: Allow, Action: 's3:GetObject', Resource: a, \(statement)}}"
    }

    @Test(
        arguments: [
            ("Principal: {AWS: '111122223333'}", "Principal: {AWS: 'arn:aws:iam::111122223333:role/x'}", []),
            ("Principal: {AWS: '111122223333'}", "Principal: '*'", ["It lets anyone in, to do s3:GetObject."]),
            ("Principal: {Service: a.b}", "Principal: {AWS: '*'}", ["It lets anyone in, to do s3:GetObject."]),
            ("Principal: {Service: a.b}", "NotPrincipal: {AWS: x}", ["It lets anyone in, to do s3:GetObject."]),
            (
                "Principal: {Service: a.b}", "Principal: {Service: [a.b, c.d]}",
                [
                    "It lets more in, to do s3:GetObject: Service:c.d."
                ]
            ),
            ("Principal: '*'", "Principal: {AWS: '999900001111'}", []),
            (nil, "Principal: {Service: a.b}", []),
            (nil, "Principal: {AWS: !Ref 'AWS::AccountId'}", []),
            (nil, "Principal: '*', Condition: {StringEquals: {'aws:SourceAccount': '1'}}", []),
            (nil, "Principal: '*'", ["It lets anyone in, to do s3:GetObject."]),
            (
                nil, "Principal: {AWS: '999900001111'}",
                [
                    "It lets another account in, to do s3:GetObject: arn:aws:iam::999900001111:root."
                ]
            ),
        ] as [(String?, String, [String])])
    func `a resource's policy lets more in, and says whom`(old: String?, new: String, expected: [String]) throws {
        #expect(try sentences("AWS::S3::BucketPolicy", old.map(Self.door), Self.door(new)) == expected)
    }

    @Test func `a policy that goes lifts what it denied`() throws {
        let denial =
            "Bucket: !Ref B, PolicyDocument: {Statement: {Effect: Deny, Action: 's3:*', Resource: a, Principal: '*'}}"
        #expect(try sentences("AWS::S3::BucketPolicy", denial, nil) == ["It no longer denies s3:* on a."])
        #expect(try sentences("AWS::S3::BucketPolicy", Self.door("Principal: '*'"), nil) == [])
    }

    private static let role = "AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: 'sts:AssumeRole', "

    @Test(
        arguments: [
            (nil, "Principal: {Service: ecs.amazonaws.com}}]}", []),
            (
                nil,
                "Principal: {Service: a}}]}, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess']", []
            ),
            (
                nil, "Principal: {Service: a}}]}, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess']",
                [
                    "It is given nearly everything by the policy AdministratorAccess."
                ]
            ),
            (
                "Principal: {Service: a}}]}",
                "Principal: {Service: a}}]}, ManagedPolicyArns: ['arn:aws:iam::aws:policy/Read']",
                [
                    "It is given more by the policy Read."
                ]
            ),
            (
                "Principal: {Service: a}}]}, ManagedPolicyArns: [x/Read, x/Write]",
                "Principal: {Service: a}}]}, ManagedPolicyArns: [x/Write]", []
            ),
            (
                "Principal: {Service: a}}]}", "Principal: {AWS: 'arn:aws:iam::999900001111:root'}}]}",
                [
                    "It lets more in, to do sts:AssumeRole: arn:aws:iam::999900001111:root."
                ]
            ),
            (
                "Principal: {Service: a}}]}, PermissionsBoundary: b", "Principal: {Service: a}}]}",
                [
                    "It is no longer bounded by b."
                ]
            ),
            (
                "Principal: {Service: a}}]}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: x, Resource: y}]}}]",
                "Principal: {Service: a}}]}, Policies: [{PolicyName: b, PolicyDocument: {Statement: [{Effect: Allow, Action: x, Resource: y}, {Effect: Allow, Action: z, Resource: y}]}}]",
                ["It allows more actions on y: z."]
            ),
            (
                nil,
                "Principal: {Service: a}}]}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: ['logs:*', 's3:Get'], Resource: '*'}, {Effect: Allow, NotAction: x, Resource: y}]}}]",
                ["It allows every action of logs on every resource.", "It allows everything but x on y."]
            ),
        ] as [(String?, String, [String])])
    func `a role is trusted by more or may do more`(old: String?, new: String, expected: [String]) throws {
        #expect(try sentences("AWS::IAM::Role", old.map { Self.role + $0 }, Self.role + new) == expected)
    }

    @Test func `a policy added to a role that was there counts, one with its role does not`() throws {
        let role = "R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}"
        let policy =
            "P: {Type: AWS::IAM::Policy, Properties: {Roles: [!Ref R], PolicyName: p, "
            + "PolicyDocument: {Statement: [{Effect: Allow, Action: a, Resource: b}]}}}"
        let other = try evaluated("Resources: {T: {Type: AWS::SNS::Topic}}")
        let old = try evaluated("Resources: {\(role)}")
        let new = try evaluated("Resources: {\(role), \(policy)}")
        #expect(
            ChangeSet(applied: old, wanted: new).changes.flatMap(\.widenings).map(\.sentence)
                == ["It allows more actions on b: a."])
        #expect(ChangeSet(applied: other, wanted: new).changes.flatMap(\.widenings).isEmpty)
        #expect(ChangeSet(applied: nil, wanted: new).changes.flatMap(\.widenings).isEmpty)
    }

    private static func group(_ rules: String) -> String { "GroupDescription: g, \(rules)" }
    private static let inner =
        "SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/16}]"

    @Test(
        arguments: [
            (inner, inner.replacing("10.0.0.0/16", with: "10.0.1.0/24"), []),
            (inner, inner.replacing("10.0.0.0/16", with: "10.0.0.0/8"), ["It lets tcp 443 in from 10.0.0.0/8."]),
            (
                inner, inner.replacing("10.0.0.0/16", with: "0.0.0.0/0"),
                [
                    "It lets tcp 443 in from the whole internet (0.0.0.0/0)."
                ]
            ),
            (
                inner, inner.replacing("CidrIp: 10.0.0.0/16", with: "CidrIpv6: '::/0'"),
                [
                    "It lets tcp 443 in from the whole internet (::/0)."
                ]
            ),
            (inner, inner.replacing("FromPort: 443", with: "FromPort: 0"), ["It lets tcp 0-443 in from 10.0.0.0/16."]),
            (inner, inner.replacing("tcp", with: "-1"), ["It lets everything in from 10.0.0.0/16."]),
            (inner.replacing("tcp", with: "-1"), inner, []),
            (
                inner, inner.replacing("CidrIp: 10.0.0.0/16", with: "SourceSecurityGroupId: sg-1"),
                [
                    "It lets tcp 443 in from sg-1."
                ]
            ),
            (
                inner, inner.replacing("10.0.0.0/16", with: "!ImportValue net"),
                [
                    #"It may let tcp 443 in from {"Fn::ImportValue":"net"}."#
                ]
            ),
            (inner, "SecurityGroupIngress: []", []),
            (
                "SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/16}]", "VpcId: v",
                ["It lets everything out again."]
            ),
            (
                "SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/16}]",
                "SecurityGroupEgress: [{IpProtocol: -1, CidrIp: 0.0.0.0/0}]",
                ["It lets everything out to the whole internet (0.0.0.0/0)."]
            ),
            ("VpcId: v", "SecurityGroupEgress: [{IpProtocol: -1, CidrIp: 0.0.0.0/0}]", []),
            (nil, inner, []),
            (nil, "SecurityGroupEgress: [{IpProtocol: -1, CidrIp: 0.0.0.0/0}]", []),
            (
                nil, "SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}]",
                [
                    "It lets tcp 22 in from the whole internet (0.0.0.0/0)."
                ]
            ),
        ] as [(String?, String, [String])])
    func `a group lets more through, and says what`(old: String?, new: String, expected: [String]) throws {
        #expect(try sentences("AWS::EC2::SecurityGroup", old.map(Self.group), Self.group(new)) == expected)
    }

    @Test(
        arguments: [
            (
                "AWS::S3::Bucket", "PublicAccessBlockConfiguration: {BlockPublicAcls: true}", "BucketName: b",
                [
                    "It no longer has BlockPublicAcls, which keeps the public out."
                ]
            ),
            ("AWS::S3::Bucket", "AccessControl: Private", "AccessControl: PublicRead", ["It lets anyone read."]),
            (
                "AWS::RDS::DBInstance", "PubliclyAccessible: false", "PubliclyAccessible: true",
                ["It gets a public address."]
            ),
            (
                "AWS::RDS::DBInstance", "PubliclyAccessible: false", "PubliclyAccessible: !ImportValue x",
                [
                    "It may get a public address."
                ]
            ),
            ("AWS::RDS::DBInstance", nil, "DBName: a", []),
            ("AWS::ElasticLoadBalancingV2::LoadBalancer", nil, "Name: a", ["It faces the internet."]),
            ("AWS::ElasticLoadBalancingV2::LoadBalancer", nil, "Scheme: internal", []),
            ("AWS::ElasticLoadBalancingV2::LoadBalancer", "Scheme: internal", "Name: a", ["It faces the internet."]),
            ("AWS::ElasticLoadBalancingV2::LoadBalancer", "Name: a", "Name: a, Scheme: internet-facing", []),
            (
                "AWS::EKS::Cluster", "ResourcesVpcConfig: {EndpointPublicAccess: false}", "ResourcesVpcConfig: {}",
                ["It is reached from outside of its network."]
            ),
            (
                "AWS::EKS::Cluster", "ResourcesVpcConfig: {PublicAccessCidrs: [1.2.3.0/24]}",
                "ResourcesVpcConfig: {PublicAccessCidrs: [1.2.3.4/32, 5.0.0.0/8]}",
                ["It is reached from 5.0.0.0/8 too."]
            ),
            (
                "AWS::ECS::Service", nil, "NetworkConfiguration: {AwsvpcConfiguration: {AssignPublicIp: ENABLED}}",
                ["It gives its tasks public addresses."]
            ),
            ("AWS::Lambda::Url", "AuthType: AWS_IAM", "AuthType: NONE", ["It lets anyone call."]),
            (
                "AWS::ApiGateway::Method", "AuthorizationType: AWS_IAM", "AuthorizationType: NONE",
                ["It lets anyone call."]
            ),
            ("AWS::ApiGateway::Method", nil, "AuthorizationType: NONE, HttpMethod: OPTIONS", []),
            ("AWS::ApiGatewayV2::Route", "AuthorizationType: JWT", "RouteKey: a", ["It lets anyone call."]),
            ("AWS::ApiGatewayV2::Route", nil, "RouteKey: a", []),
            (
                "AWS::Serverless::Function", nil,
                "Policies: [AdministratorAccess, {DynamoDBReadPolicy: {TableName: t}}]",
                [
                    "It is given nearly everything by the policy AdministratorAccess."
                ]
            ),
            (
                "AWS::Serverless::Function", "Policies: [{S3ReadPolicy: {BucketName: b}}]",
                "Policies: [{S3ReadPolicy: {BucketName: b}}, {S3CrudPolicy: {BucketName: b}}, {Statement: [{Effect: Allow, Action: a, Resource: r}]}]",
                ["It allows more actions on r: a.", "It is given more by the policy S3CrudPolicy."]
            ),
            ("AWS::Serverless::Function", "Policies: A", "Policies: [A]", []),
            (
                "AWS::SSO::PermissionSet", "Name: a", "Name: a, ManagedPolicies: ['arn:aws:iam::aws:policy/Read']",
                [
                    "It is given more by the policy Read."
                ]
            ),
            ("AWS::Lambda::Permission", nil, "Principal: '*', FunctionName: f", ["It lets anyone call the function."]),
            ("AWS::Lambda::Permission", nil, "Principal: s3.amazonaws.com, FunctionName: f", []),
            (
                "AWS::Lambda::Permission", "Principal: s3.amazonaws.com, SourceArn: a", "Principal: s3.amazonaws.com",
                ["It lets s3.amazonaws.com call the function without SourceArn, which it had."]
            ),
        ] as [(String, String?, String, [String])])
    func `what faces the public says so`(type: String, old: String?, new: String, expected: [String]) throws {
        #expect(try sentences(type, old, new) == expected)
    }

    @Test func `a widening has its place and its pointer, and goes before plain updates`() throws {
        let old = """
            Resources:
              T: {Type: AWS::SNS::Topic, Properties: {DisplayName: a}}
              G:
                Type: AWS::EC2::SecurityGroup
                Properties:
                  GroupDescription: g
                  SecurityGroupIngress:
                    - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/16}
            """
        let new = old.replacing("10.0.0.0/16", with: "0.0.0.0/0").replacing("DisplayName: a", with: "DisplayName: b")
        let set = ChangeSet(applied: try evaluated(old), wanted: try evaluated(new))
        #expect(set.byGravity.map(\.logicalID) == ["G", "T"])
        let widening = try #require(set.byGravity.first?.widenings.first)
        #expect(widening.kind == .network)
        #expect(widening.pointer.description == "/Properties/SecurityGroupIngress/0")
        #expect(widening.place?.text == "t.yaml:8:11")
        #expect(widening.isCertain)
    }

    /// Two long policies: every combination of one is looked for in the other.
    @Test(.timeLimit(.minutes(1))) func `long policies end`() throws {
        func statement(_ letter: String) -> String {
            let actions = (0..<300).map { "'\(letter):a\($0)*b*c*'" }.joined(separator: ",")
            let resources = (0..<300).map { "'r\($0)*x*y*z'" }.joined(separator: ",")
            return "{Effect: Allow, Action: [\(actions)], Resource: [\(resources)]}"
        }
        let found = try sentences("AWS::IAM::Policy", Self.policy(statement("a")), Self.policy(statement("b")))
        #expect(found.count == 1)
        let (olds, news) = (
            Array(repeating: statement("a"), count: 3).joined(separator: ", "),
            Array(repeating: statement("b"), count: 3).joined(separator: ", ")
        )
        #expect(
            try sentences("AWS::IAM::Policy", Self.policy(olds), Self.policy(news)).last
                == "It may allow more: its policies are too long to be compared.")
    }
}
