import CloudFormation
import Documents
import Testing

@Suite struct EvaluationTests {
    private static let head = """
        Transform: AWS::LanguageExtensions
        Parameters:
          Size: {Type: Number, Default: 80}
          Name: {Type: String, Default: shop}
          Zones: {Type: CommaDelimitedList, Default: "a, b,c"}
          Image: {Type: "AWS::SSM::Parameter::Value<String>", Default: /images/one}
        Mappings:
          Sizes:
            small: {cpu: 256, zones: [x, y]}
        Conditions:
          IsBig: !Equals [!Ref Size, "80"]
          IsShop: !And [!Condition IsBig, !Not [{Condition: IsSmall}]]
          IsSmall: !Or [!Equals [!Ref Name, tiny], {"Fn::Equals": [!Ref Size, 1]}]
          IsNew: !Equals [!Ref Image, other]
        Resources:
          Db: {Type: "AWS::RDS::DBInstance"}
          It:
            Type: AWS::SSM::Parameter
            Properties:
              Value:

        """

    private static let givens: Givens = {
        var givens = Givens()
        givens.pseudo = PseudoParameters(accountID: "111122223333", region: "eu-west-1", stackName: "shop-dev")
        givens.lookup.reference = { $0 == "Known" ? "known-id" : nil }
        givens.lookup.export = { $0 == "net-vpc" ? "vpc-1" : nil }
        givens.lookup.zones = { $0 == "eu-west-1" ? ["eu-west-1a", "eu-west-1b"] : nil }
        return givens
    }()

    static func value(_ expression: String) throws -> (Value?, [Finding]) {
        let lines = expression.split(separator: "\n").map { String(repeating: " ", count: 8) + $0 }
        let read = try template(head + lines.joined(separator: "\n") + "\n")
        let (result, findings) = read.template.evaluate(with: givens)
        return (result["It"]?.properties["Value"]?.value, read.findings + findings)
    }

    @Test(arguments: [
        ("!Ref Size", "80"),
        ("!Ref Zones", #"["a","b","c"]"#),
        ("{Ref: AWS::Region}", #""eu-west-1""#),
        ("!Sub '${AWS::Partition}.${AWS::URLSuffix}'", #""aws.amazonaws.com""#),
        ("!Sub 'arn:${AWS::Region}:${AWS::AccountId}:${Name}-${Size}'", #""arn:eu-west-1:111122223333:shop-80""#),
        ("!Sub ['${a}-${Name}-${!Name}', {a: !Ref Size}]", #""80-shop-${Name}""#),
        ("!Sub 'costs $5, ${'", #""costs $5, ${""#),
        ("!Join ['-', [a, 1, true, !Ref Name]]", #""a-1-true-shop""#),
        ("!Join [',', !Ref Zones]", #""a,b,c""#),
        ("!Select [1, !Ref Zones]", #""b""#),
        ("!Select ['0', !Split ['/', 'x/y']]", #""x""#),
        ("!Select [1, !GetAZs '']", #""eu-west-1b""#),
        ("!Split [',', 'a,,b']", #"["a","","b"]"#),
        ("!FindInMap [Sizes, small, cpu]", "256"),
        ("!FindInMap [Sizes, !Sub 'small', zones]", #"["x","y"]"#),
        ("!FindInMap [Sizes, large, cpu, {DefaultValue: 512}]", "512"),
        ("!If [IsBig, yes-it-is, no]", #""yes-it-is""#),
        ("!If [IsShop, 1, 2]", "1"),
        ("!If [IsSmall, 1, 2]", "2"),
        ("[1, !Ref 'AWS::NoValue', !If [IsBig, !Ref 'AWS::NoValue', 2], 3]", "[1,3]"),
        ("{a: !If [IsBig, !Ref 'AWS::NoValue', 2], b: 1}", #"{"b":1}"#),
        ("!Base64 'héllo'", #""aMOpbGxv""#),
        ("{'Fn::Base64': {'Fn::Sub': '${Name}'}}", #""c2hvcA==""#),
        ("!Cidr ['10.0.0.0/16', 3, 8]", #"["10.0.0.0/24","10.0.1.0/24","10.0.2.0/24"]"#),
        ("!Cidr ['10.1.2.3/24', '2']", nil),
        ("!Cidr ['2001:db8::/56', 2, 64]", #"["2001:db8::/64","2001:db8:0:1::/64"]"#),
        ("!ImportValue net-vpc", #""vpc-1""#),
        ("!Length [1, 2, 3]", "3"),
        ("!ToJsonString {a: [1, !Ref Name]}", #""{\"a\":[1,\"shop\"]}""#),
        ("!Ref Db", #"{"Ref":"Db"}"#),
        ("!GetAtt Db.Endpoint.Address", #"{"Fn::GetAtt":["Db","Endpoint.Address"]}"#),
        ("{'Fn::GetAtt': [Db, Endpoint, Address]}", #"{"Fn::GetAtt":["Db","Endpoint.Address"]}"#),
        ("!Ref Image", #""{{resolve:ssm:/images/one}}""#),
        (
            "!Sub ['${a}-x', {a: !Join ['', [a, !Ref Image]]}]",
            #"{"Fn::Join":["",["a","{{resolve:ssm:/images/one}}","-x"]]}"#
        ),
        ("!FindInMap [Sizes, !Join ['', [sm, all]], cpu]", "256"),
        ("!Length {Ref: Zones}", "3"),
        (
            "{'Fn::GetStackOutput': {StackName: !Ref Name, OutputName: Vpc}}",
            #"{"Fn::GetStackOutput":{"StackName":"shop","OutputName":"Vpc"}}"#
        ),
        ("!Ref 'AWS::StackId'", #"{"Ref":"AWS::StackId"}"#),
        ("!Sub 'a-${Db}-${Name}'", #"{"Fn::Join":["",["a-",{"Ref":"Db"},"-shop"]]}"#),
        ("!Join ['-', [a, !Ref Db, !Ref Name]]", #"{"Fn::Join":["",["a-",{"Ref":"Db"},"-shop"]]}"#),
        ("!Sub '${Db}'", #"{"Ref":"Db"}"#),
        ("!If [IsNew, 1, !Ref Db]", #"{"Fn::If":["IsNew",1,{"Ref":"Db"}]}"#),
        ("!ImportValue other", #"{"Fn::ImportValue":"other"}"#),
        (
            "{'Fn::Transform': {Name: Macro, Parameters: {a: 1}}}",
            #"{"Fn::Transform":{"Name":"Macro","Parameters":{"a":1}}}"#
        ),
        ("'{{resolve:ssm:/a:1}}'", #""{{resolve:ssm:/a:1}}""#),
    ])
    func `functions give what the service gives`(expression: String, expected: String?) throws {
        let (value, findings) = try Self.value(expression)
        guard let expected else {
            #expect(findings.map(\.code) == ["cloudformation.cidr"])
            return
        }
        #expect(findings.map(\.text) == [])
        #expect(try value == json(expected))
    }

    @Test(arguments: [
        ("!Ref Nmae", "Ref must name a parameter or resource of the template, but \"Nmae\" is none."),
        ("!Ref 'AWS::Regoin'", "Ref must name a pseudo parameter that there is, but \"AWS::Regoin\" is none."),
        ("!Sub '${DB.Arn}'", "Fn::Sub must name a resource of the template, but \"DB\" is none."),
        ("!GetAtt Nothing.Arn", "Fn::GetAtt must name a resource of the template, but \"Nothing\" is none."),
        ("!GetAtt Db", "Fn::GetAtt must have a resource and one of its attributes, but has \"Db\"."),
        ("!If [IsHuge, 1, 2]", "A condition must be one of the template, but \"IsHuge\" is none."),
        ("!FindInMap [Size, small, cpu]", "Fn::FindInMap must name a mapping of the template, but \"Size\" is none."),
        ("!Join [a, b, c]", "Fn::Join must have a list of a delimiter and a list of values, but has a list of 3."),
        (
            "{'Fn::GetStackOutput': {StackName: a}}",
            "Fn::GetStackOutput must have an object with StackName and OutputName, but has an object."
        ),
        ("!Fetch x", "\"Fn::Fetch\" must be an intrinsic function, but none has that name."),
        ("{'Fn::If': [IsBig, 1, 2], b: 1}", "Fn::If must be the only member of its object, but has 1 beside it."),
        ("!Select [3, !Ref Zones]", "The index of Fn::Select must be from 0 to 2, but is \"3\"."),
        ("!Join ['', [{a: 1}]]", "Fn::Join must have text to put together, but has an object."),
        ("!Sub '${a b}'", "A name in Fn::Sub must be letters, digits, dots and colons, but is \"${a b}\"."),
    ])
    func `a faulty function is one finding at its place`(expression: String, message: String) throws {
        let (_, findings) = try Self.value(expression)
        #expect(Set(findings.map(\.message)) == [message])
        #expect(findings.first?.place?.line == 21)
    }

    @Test func `what the service looks up is volatile, and another name is a change`() throws {
        let yaml = """
            Parameters:
              Image: {Type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", Default: /images/one}
              Name: {Type: "AWS::SSM::Parameter::Name", Default: /images/one}
            Resources:
              A: {Type: "AWS::EC2::Instance", Properties: {ImageId: !Ref Image}}
              B: {Type: "AWS::EC2::Instance", Properties: {ImageId: !GetStackOutput {StackName: a, OutputName: b}}}
              C: {Type: "AWS::EC2::Instance", Properties: {ImageId: "{{resolve:ssm-secure:/a:1}}"}}
              D: {Type: "AWS::EC2::Instance", Properties: {ImageId: !Ref Name}}
            """
        let result = try evaluated(yaml)
        #expect(result.resources.map(\.isVolatile) == [true, true, true, false])
        let other = try evaluated(yaml, Givens(parameters: ["Image": "/images/two"]))
        let change = try #require(ChangeSet(applied: result, wanted: other).changes.first)
        #expect(change.causes.map(\.newText) == [#""{{resolve:ssm:/images/two}}""#])
        #expect(change.causes.map(\.isVolatile) == [true])
    }

    @Test func `a policy may be a function where the extensions are`() throws {
        let yaml = """
            Transform: AWS::LanguageExtensions
            Parameters: {Kept: {Type: String, Default: Retain}}
            Conditions: {IsKept: !Equals [!Ref Kept, Retain]}
            Resources:
              A: {Type: "AWS::SNS::Topic", DeletionPolicy: !Ref Kept, UpdateReplacePolicy: !If [IsKept, Retain, Delete]}
            """
        #expect(try evaluated(yaml)["A"]?.deletionPolicy == .retain)
        #expect(try evaluated(yaml)["A"]?.updateReplacePolicy == .retain)
        let gone = try evaluated(yaml, Givens(parameters: ["Kept": "Delete"]))
        #expect(gone["A"]?.deletionPolicy == .delete)
        #expect(gone["A"]?.updateReplacePolicy == .delete)
    }

    @Test func `what a macro brings stays open`() throws {
        let (template, findings) = try template(
            """
            Fn::Transform: {Name: AWS::Include, Parameters: {Location: "s3://b/all.yaml"}}
            Mappings: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: "s3://b/maps.yaml"}}}
            Resources:
              Fn::Transform: {Name: Mine}
              Made: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: "s3://b/one.yaml"}}}
              It:
                Type: AWS::SNS::Topic
                Condition: Theirs
                Properties:
                  TopicName: !FindInMap [Theirs, a, b]
                  Fn::Transform: {Name: Mine, Parameters: {a: !Ref Theirs}}
            """)
        #expect(findings.map(\.text) == [])
        #expect(template.isOpen)
        let (result, faults) = template.evaluate()
        #expect(faults.map(\.text) == [])
        #expect(result["It"]?.properties.isKnown == false)
        #expect(ChangeSet(applied: result, wanted: result).isEmpty)
    }

    @Test func `conditions drop resources and outputs`() throws {
        let result = try evaluated(
            """
            Parameters: {Stage: {Type: String, Default: dev}}
            Conditions: {IsProd: !Equals [!Ref Stage, prod]}
            Resources:
              Alarm: {Type: "AWS::CloudWatch::Alarm", Condition: IsProd}
              Topic: {Type: "AWS::SNS::Topic", Properties: {TopicName: !If [IsProd, big, small]}}
            Outputs:
              Alarm: {Condition: IsProd, Value: !Ref Alarm}
              Topic: {Value: !GetAtt Topic.TopicName, Export: {Name: !Sub "${Stage}-topic"}}
            """)
        #expect(result.resources.map(\.logicalID) == ["Topic"])
        #expect(result["Topic"]?.properties["TopicName"]?.text == "small")
        #expect(result.outputs.map(\.name) == ["Topic"])
        #expect(result.outputs.first?.exportName?.text == "dev-topic")
    }

    @Test func `what a condition drops must not be referred to`() throws {
        let (template, faults) = try template(
            """
            Conditions: {Never: !Equals [a, b]}
            Resources:
              Topic: {Type: "AWS::SNS::Topic", Condition: Never}
              Rule: {Type: "AWS::SNS::TopicPolicy", Properties: {Topics: [!Ref Topic]}}
            """)
        #expect(faults.isEmpty)
        #expect(
            template.evaluate().findings.map(\.message) == [
                "Resource \"Rule\" must refer to resources that are there, but condition \"Never\" drops \"Topic\"."
            ])
    }

    @Test func `parameters need values, of those that are allowed`() throws {
        let (template, _) = try template(
            """
            Parameters:
              Stage: {Type: String, AllowedValues: [dev, prod]}
              Key: {Type: String}
            Resources: {Topic: {Type: "AWS::SNS::Topic"}}
            """)
        let findings = template.evaluate(with: Givens(parameters: ["Stage": "test", "Keys": "x"])).findings
        #expect(
            findings.map(\.message) == [
                "Parameter \"Stage\" must be one of dev, prod, but is \"test\".",
                "Parameter \"Key\" must have a value, but has none and no default.",
                "A value must be for a parameter of the template, but \"Keys\" is none.",
            ])
        #expect(findings.last?.hint == "Write \"Key\", if that is meant.")
    }

    @Test(
        arguments: [
            ("Type: Number, MinValue: 1, MaxValue: 10", "10", nil), ("Type: Number", "ten", "be a number"),
            ("Type: Number, MinValue: 1, MaxValue: 10", "0", "be at least 1"),
            ("Type: Number, MinValue: 1, MaxValue: 10", "10.5", "be at most 10"),
            ("Type: 'List<Number>', MaxValue: 10", "1, 11", "be at most 10"), ("Type: 'List<Number>'", "1, 11", nil),
            ("Type: String, MinLength: 2, MaxLength: '3'", "é", "have a length of at least 2"),
            ("Type: String, MinLength: 2, MaxLength: '3'", "abcd", "have a length of at most 3"),
            ("Type: String, MinLength: 2, MaxLength: '3'", "abc", nil),
            ("Type: CommaDelimitedList, AllowedValues: [a, b]", "b,a", nil),
            ("Type: CommaDelimitedList, AllowedValues: [a, b]", "a, c", "be one of a, b"),
            ("Type: 'AWS::SSM::Parameter::Value<String>', AllowedValues: [a]", "/name", nil),
        ] as [(String, String, String?)])
    func `a parameter's value keeps its rules`(rules: String, value: String, rule: String?) throws {
        let (template, _) = try template(
            "Parameters: {P: {\(rules), ConstraintDescription: Ask us.}}\nResources: {T: {Type: AWS::SNS::Topic}}")
        let findings = template.evaluate(with: Givens(parameters: ["P": .string(value)])).findings
        #expect(findings.map(\.code) == (rule == nil ? [] : ["cloudformation.parameterValue"]))
        guard let rule else { return }
        #expect(findings.first?.message.hasPrefix("Parameter \"P\" must \(rule), but is \"") == true)
        #expect(findings.first?.hint == "Ask us.")
    }

    @Test func `what is known of other resources is filled in`() throws {
        var givens = Givens()
        givens.lookup.reference = { "\($0)-id" == "Topic-id" ? "arn:topic" : nil }
        givens.lookup.attribute = { _, name in name == "TopicName" ? "topic-1" : nil }
        let result = try evaluated(
            """
            Resources:
              Topic: {Type: "AWS::SNS::Topic"}
              It:
                Type: AWS::SSM::Parameter
                Properties: {Value: !Sub "${Topic}/${Topic.TopicName}/${Topic.Other}"}
            """, givens)
        let value = result["It"]?.properties["Value"]?.value
        #expect(
            try value == json(#"{"Fn::Join":["",["arn:topic/topic-1/",{"Fn::GetAtt":["Topic","Other"]}]]}"#))
        #expect(result["It"]?.references.map(\.attribute) == [nil, "TopicName", "Other"])
    }
}
