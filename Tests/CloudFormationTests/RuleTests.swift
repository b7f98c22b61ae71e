import CloudFormation
import Documents
import Testing

@Suite struct RuleTests {
    private static let yaml = """
        Parameters:
          Stage: {Type: String, Default: dev}
          Size: {Type: String, Default: small}
          Zones: {Type: CommaDelimitedList, Default: "a,b"}
          Vpc: {Type: "AWS::EC2::VPC::Id", Default: vpc-1}
        Rules:
          Production:
            RuleCondition: !Equals [!Ref Stage, prod]
            Assertions:
              - Assert: !Contains [[large, huge], !Ref Size]
                AssertDescription: production needs a large size.
          Zones:
            Assertions:
              - Assert: {"Fn::EachMemberIn": [!Ref Zones, [a, b, c]]}
              - Assert: !Not [{"Fn::EachMemberEquals": [!Ref Zones, c]}]
          Tagged:
            Assertions:
              - Assert: {"Fn::EachMemberEquals": [{"Fn::ValueOfAll": ["AWS::EC2::VPC::Id", Tags.Department]}, IT]}
              - Assert: {"Fn::EachMemberIn": [{"Fn::ValueOf": [Vpc, Tags.A]}, {"Fn::RefAll": "AWS::EC2::VPC::Id"}]}
        Resources: {Topic: {Type: "AWS::SNS::Topic"}}
        """

    @Test(
        arguments: [
            ([:], []),
            (["Stage": "prod", "Size": "huge"], []),
            (
                ["Stage": "prod"],
                ["The parameters must keep rule \"Production\", but do not: production needs a large size."]
            ),
            (["Zones": "a,d"], ["The parameters must keep rule \"Zones\", but do not."]),
            (["Zones": "c,c"], ["The parameters must keep rule \"Zones\", but do not."]),
        ] as [([String: Value], [String])])
    func `rules ask for parameters that fit`(values: [String: Value], messages: [String]) throws {
        let (template, faults) = try template(Self.yaml)
        #expect(faults.map(\.text) == [])
        #expect(template.rules.map(\.name) == ["Production", "Zones", "Tagged"])
        #expect(template.evaluate(with: Givens(parameters: values)).findings.map(\.message) == messages)
    }

    @Test func `rules ask for parameters alone, and their functions stand nowhere else`() throws {
        let (_, faults) = try template(
            """
            Rules:
              One: {Assertions: [{Assert: !Equals [!Ref Topic, a]}]}
              Two: {RuleCondition: true}
              Three: {Assertions: [{AssertDescription: no}]}
            Resources: {Topic: {Type: "AWS::SNS::Topic", Properties: {TopicName: !Contains [[a], a]}}}
            """)
        #expect(
            faults.map(\.message) == [
                "Rule \"Two\" must be an object with Assertions, a list.",
                "An assertion of rule \"Three\" must have Assert, but has none.",
                "Fn::Contains must stand in Rules, but does not.",
                "Ref in a rule must name a parameter of the template, but \"Topic\" is a resource.",
            ])
    }
}
