import CloudFormation
import Documents
import Testing

@Suite struct TemplateFaultTests {
    @Test func `all faults of a template are found at once`() throws {
        let findings = try template(
            """
            AWSTemplateFormatVersion: 2010-09-09
            Parameter: {}
            Parameters: {A: {Default: 1}, Both: {Type: String, Default: x}}
            Resources:
              NoType: {Properties: {}}
              bad-name: {Type: "AWS::SNS::Topic"}
              Both: {Type: "AWS::SNS::Topic", Propertys: {}}
              Text: hello
              Late: {Type: "AWS::SNS::Topic", DependsOn: [Nothing, NoType], Condition: Sunny}
              Odd: {Type: "AWS::SNS::Topic", Properties: [1]}
            Outputs:
              Empty: {Description: nothing}
            """
        ).findings
        #expect(
            findings.map { "\($0.place?.line ?? 0) \($0.message)" } == [
                "2 \"Parameter\" must be a section of a template, but none has that name.",
                "3 Parameter \"A\" must have a Type, but has none.",
                "5 Resource \"NoType\" must have a Type, but has none.",
                "6 A logical id must be 1 to 255 letters and digits, but is \"bad-name\".",
                "7 \"Propertys\" must be an attribute of a resource, but none has that name.",
                "8 Resource \"Text\" must be an object, but is text.",
                "10 \"Properties\" of \"Odd\" must be an object, but is a list.",
                "12 Output \"Empty\" must have a Value, but has none.",
                "9 A condition must be one of the template, but \"Sunny\" is none.",
                "9 DependsOn must name a resource of the template, but \"Nothing\" is none.",
                "7 \"Both\" must name one thing, but is a parameter and a resource.",
            ])
        #expect(findings.first?.hint == "Write \"Parameters\", if that is meant.")
    }

    @Test(arguments: [("", "null"), ("hello", "text"), ("[1]", "a list")])
    func `a template that is no object says so`(text: String, kind: String) throws {
        let findings = try template(text).findings
        #expect(findings.map(\.message) == ["The template must be an object, but is \(kind)."])
    }

    @Test func `resources must be there`() throws {
        #expect(try template("Description: x").findings.map(\.code) == ["cloudformation.noResources"])
    }

    @Test func `a circle is named`() throws {
        let findings = try template(
            """
            Conditions:
              X: !Not [!Condition Y]
              Y: !Not [!Condition X]
            Resources:
              Free: {Type: "AWS::SNS::Topic", DependsOn: A}
              A: {Type: "AWS::SNS::Topic", DependsOn: B}
              B: {Type: "AWS::SNS::Topic", Properties: {TopicName: !GetAtt C.TopicName}}
              C: {Type: "AWS::SNS::Topic", Properties: {TopicName: !Sub "x-${A}"}}
              Self: {Type: "AWS::SNS::Topic", Properties: {TopicName: !Ref Self}}
            """
        ).findings
        #expect(
            findings.map { "\($0.place?.line ?? 0) \($0.message)" } == [
                "2 Conditions must not be made of themselves, but are: \"X\" → \"Y\" → \"X\".",
                "6 Resources must not need each other in a circle, but do: \"A\" → \"B\" → \"C\" → \"A\".",
                "9 A resource must not need itself, but does: \"Self\" → \"Self\".",
            ])
    }

    @Test func `a circle that only a condition closes is found when it holds`() throws {
        let yaml = """
            Parameters: {Linked: {Type: String}}
            Conditions: {IsLinked: !Equals [!Ref Linked, true]}
            Resources:
              A: {Type: "AWS::SNS::Topic", Properties: {TopicName: !If [IsLinked, !Ref B, a]}}
              B: {Type: "AWS::SNS::Topic", Properties: {TopicName: !Ref A}}
            """
        let (template, findings) = try template(yaml)
        #expect(findings.isEmpty)
        #expect(template.evaluate(with: Givens(parameters: ["Linked": "false"])).findings.isEmpty)
        let linked = template.evaluate(with: Givens(parameters: ["Linked": "true"])).findings
        #expect(linked.map(\.code) == ["cloudformation.cycle"])
    }

    @Test func `macros and loops may bring what is not written`() throws {
        let serverless = try template(
            """
            Transform: AWS::Serverless-2016-10-31
            Globals: {Function: {Timeout: 3}}
            Resources:
              Api: {Type: "AWS::Serverless::Api", Properties: {RestApiId: !Ref ServerlessRestApi}}
            Outputs: {Role: {Value: !GetAtt ApiRole.Arn}}
            """)
        #expect(serverless.findings.isEmpty)
        let looped = try template(
            """
            Transform: AWS::LanguageExtensions
            Resources:
              Fn::ForEach::Topics:
                - Name
                - [A, B]
                - Topic${Name}: {Type: "AWS::SNS::Topic"}
            Outputs: {A: {Value: !Ref TopicA}}
            """)
        #expect(looped.findings.map(\.text) == [])
        #expect(looped.template.json["Resources"]?["Fn::ForEach::Topics"]?.list?.count == 3)
    }
}
