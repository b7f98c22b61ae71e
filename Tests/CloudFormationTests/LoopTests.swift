import CloudFormation
import Documents
import Testing

@Suite struct LoopTests {
    private static func head(_ parameters: String = "Names: {Type: CommaDelimitedList, Default: 'a-1,b'}") -> String {
        """
        Transform: AWS::LanguageExtensions
        Parameters: {\(parameters)}
        Mappings: {Sets: {dev: {names: [x, y]}}}

        """
    }

    /// What was written by hand and what the loop makes differ in nothing.
    private func expectSame(_ looped: String, _ plain: String, _ givens: Givens = Givens()) throws {
        let made = try evaluated(Self.head() + looped, givens)
        let expected = try evaluated(Self.head() + plain, givens)
        #expect(made.resources.map(\.logicalID) == expected.resources.map(\.logicalID))
        #expect(made.outputs.map(\.name) == expected.outputs.map(\.name))
        let set = ChangeSet(applied: made, wanted: expected)
        #expect(set.changes.map(\.logicalID) == [])
        #expect(set.outputs.map(\.name) == [])
    }

    @Test func `a loop makes resources, their properties and outputs`() throws {
        try expectSame(
            """
            Conditions:
              Fn::ForEach::Stages: [S, [Dev, Prod], {"Is${S}": !Equals [!Ref S, Dev]}]
            Resources:
              Fn::ForEach::Topics:
                - Name
                - [A, B]
                - Topic${Name}:
                    Type: AWS::SNS::Topic
                    Condition: IsDev
                    Properties:
                      TopicName: !Sub "${Name}-${AWS::StackName}"
                      DisplayName: !Ref Name
                      Fn::ForEach::Flags: [P, [FifoTopic, ContentBasedDeduplication], {"${P}": true}]
                  Policy${Name}:
                    Type: AWS::SNS::TopicPolicy
                    Condition: IsDev
                    DependsOn: Topic${Name}
                    Properties: {Topics: [!Ref "Topic${Name}"], PolicyDocument: {}}
            Outputs:
              Fn::ForEach::Shown:
                - Name
                - [A, B]
                - Fn::ForEach::Attributes:
                    - Attribute
                    - [TopicName, TopicArn]
                    - "${Name}${Attribute}":
                        Condition: IsDev
                        Value: !GetAtt [!Sub "Topic${Name}", !Ref Attribute]
            """,
            """
            Conditions: {IsDev: !Equals [Dev, Dev], IsProd: !Equals [Prod, Dev]}
            Resources:
              TopicA:
                Type: AWS::SNS::Topic
                Properties: {TopicName: !Sub "A-${AWS::StackName}", DisplayName: A, FifoTopic: true,
                  ContentBasedDeduplication: true}
              PolicyA:
                Type: AWS::SNS::TopicPolicy
                DependsOn: TopicA
                Properties: {Topics: [!Ref TopicA], PolicyDocument: {}}
              TopicB:
                Type: AWS::SNS::Topic
                Properties: {TopicName: !Sub "B-${AWS::StackName}", DisplayName: B, FifoTopic: true,
                  ContentBasedDeduplication: true}
              PolicyB:
                Type: AWS::SNS::TopicPolicy
                DependsOn: TopicB
                Properties: {Topics: [!Ref TopicB], PolicyDocument: {}}
            Outputs:
              ATopicName: {Value: !GetAtt TopicA.TopicName}
              ATopicArn: {Value: !GetAtt TopicA.TopicArn}
              BTopicName: {Value: !GetAtt TopicB.TopicName}
              BTopicArn: {Value: !GetAtt TopicB.TopicArn}
            """)
    }

    @Test func `a loop runs over a parameter's values, with letters and digits for ids`() throws {
        let looped = """
            Resources:
              Fn::ForEach::Topics:
                - Name
                - !Ref Names
                - Topic&{Name}: {Type: "AWS::SNS::Topic", Properties: {TopicName: !Ref Name}}
            Outputs: {All: {Value: !Join ["", [!GetAtt Topicb.TopicArn, "${Name}"]]}}
            """
        try expectSame(
            looped,
            """
            Resources:
              Topica1: {Type: "AWS::SNS::Topic", Properties: {TopicName: a-1}}
              Topicb: {Type: "AWS::SNS::Topic", Properties: {TopicName: b}}
            Outputs: {All: {Value: !Join ["", [!GetAtt Topicb.TopicArn, "${Name}"]]}}
            """)
        let (open, findings) = try template(Self.head() + looped)
        #expect(findings.isEmpty)
        #expect(open.isOpen && open.resources.isEmpty)
        let (whole, faults) = open.expanded(with: Givens(parameters: ["Names": "c"]))
        #expect(whole.resources.map(\.logicalID) == ["Topicc"])
        #expect(!whole.isOpen)
        #expect(
            faults.map(\.message) == ["Fn::GetAtt must name a resource of the template, but \"Topicb\" is none."])
        #expect(open.evaluate(resource: "Topicb", with: Givens()).resource?.properties["TopicName"]?.text == "b")
    }

    @Test func `a loop runs over a row of a mapping`() throws {
        try expectSame(
            "Resources: {'Fn::ForEach::T': [N, !FindInMap [Sets, dev, names], {'T${N}': {Type: 'AWS::SNS::Topic'}}]}",
            "Resources: {Tx: {Type: 'AWS::SNS::Topic'}, Ty: {Type: 'AWS::SNS::Topic'}}")
    }

    @Test func `a loop whose values are looked up stays open`() throws {
        let (template, findings) = try template(
            Self.head("Names: {Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: /names}")
                + "Resources: {'Fn::ForEach::T': [N, !Ref Names, {'T${N}': {Type: 'AWS::SNS::Topic'}}]}")
        #expect(findings.isEmpty)
        #expect(template.isOpen)
        #expect(template.evaluate().findings.isEmpty)
        #expect(template.evaluate().template.resources.isEmpty)
    }

    @Test(arguments: [
        (
            "{'Fn::ForEach::T': [N, [a], {'T${N}': {Type: 'AWS::SNS::Topic'}}, 4], A: {Type: 'AWS::SNS::Topic'}}",
            "Fn::ForEach::T must have a list of a name, a collection and an object."
        ),
        (
            "{'Fn::ForEach::T': [N, [a, b], {'T': {Type: 'AWS::SNS::Topic'}}]}",
            "A loop must make names that are not there yet, but makes \"T\" again."
        ),
        (
            "{'Fn::ForEach::T': [Names, [a], {'T${Names}': {Type: 'AWS::SNS::Topic'}}]}",
            "The item of a loop must have a name of its own, but \"Names\" is a parameter."
        ),
        (
            "{'Fn::ForEach::T': [N, [a-b], {'T${N}': {Type: 'AWS::SNS::Topic'}}]}",
            "A logical id must be 1 to 255 letters and digits, but is \"Ta-b\"."
        ),
        (
            "{'Fn::ForEach::T': [N, [a, b], {'T${N}': {Type: 'AWS::SNS::Topic', Properties: {TopicName: !Ref M}}}]}",
            "Ref must name a parameter or resource of the template, but \"M\" is none."
        ),
    ])
    func `a faulty loop is one finding`(resources: String, message: String) throws {
        let (template, findings) = try template(Self.head() + "Resources: \(resources)")
        #expect((findings + template.evaluate().findings).map(\.message) == [message])
    }

    @Test(arguments: [
        ("{'Fn::ForEach::T': [N, [a], {'T${N}': {Type: 'AWS::SNS::Topic'}}]}", "Fn::ForEach::T"),
        ("{T: {Type: 'AWS::SNS::Topic', DeletionPolicy: !Ref Names}}", "A function in DeletionPolicy"),
        ("{T: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !Length [1]}}}", "Fn::Length"),
        (
            "{T: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !FindInMap [Sets, !Sub dev, names]}}}",
            "A function other than Ref in Fn::FindInMap"
        ),
        (
            "{T: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !FindInMap [Sets, a, b, {DefaultValue: c}]}}}",
            "The default value of Fn::FindInMap"
        ),
    ])
    func `without the transform there are no loops and what comes with them`(resources: String, what: String) throws {
        let text = Self.head().split(separator: "\n").dropFirst().joined(separator: "\n")
        let (_, findings) = try template(text + "\nResources: \(resources)")
        #expect(
            findings.map(\.message) == [
                "\(what) must stand in a template with the transform AWS::LanguageExtensions, but this has none."
            ])
        #expect(findings.first?.hint == "Add \"Transform: AWS::LanguageExtensions\" to the template.")
    }

    @Test func `loops stand in three sections only`() throws {
        let (_, findings) = try template(
            "Transform: AWS::LanguageExtensions\nMappings: {'Fn::ForEach::M': [N, [a], {'${N}': {a: {b: c}}}]}\n"
                + "Resources: {T: {Type: 'AWS::SNS::Topic'}}")
        #expect(
            findings.map(\.message) == [
                "A loop must stand in Conditions, Resources, Outputs, but Fn::ForEach::M stands in Mappings."
            ])
    }

    @Test(.timeLimit(.minutes(1))) func `a million turns are refused`() throws {
        let items = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]"
        var body = "{'T${A}${B}${C}${D}${E}${F}': {Type: 'AWS::SNS::Topic'}}"
        for name in ["F", "E", "D", "C", "B", "A"] { body = "{'Fn::ForEach::L\(name)': [\(name), \(items), \(body)]}" }
        let (template, findings) = try template(Self.head() + "Resources: \(body)")
        #expect(
            findings.map(\.message) == [
                "The loops of a template must make at most 100000 values of 16 MiB in all, but make more."
            ])
        #expect(template.isOpen)
    }

    @Test(.timeLimit(.minutes(1))) func `long items in long texts are refused`() throws {
        let long = String(repeating: "x", count: 60_000)
        let many = String(repeating: "${N}", count: 10_000)
        let (_, findings) = try template(
            Self.head()
                + "Resources: {'Fn::ForEach::L': [N, [\(long)], {T: {Type: 'AWS::SNS::Topic', Metadata: {A: '\(many)'}}}]}"
        )
        #expect(findings.map(\.code) == ["cloudformation.loopLimit"])
    }
}
