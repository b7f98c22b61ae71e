import CloudFormation
import Documents
import Testing

/// Takes a template that uses everything and breaks it in one place after another.
@Suite struct MutationTests {
    private static let yaml = """
        AWSTemplateFormatVersion: 2010-09-09
        Transform: [AWS::LanguageExtensions]
        Parameters:
          Size: {Type: Number, Default: 80, AllowedValues: [80, 81]}
          Zones: {Type: CommaDelimitedList, Default: "a,b"}
        Mappings: {Sizes: {small: {cpu: 256}}}
        Conditions:
          IsBig: !Equals [!Ref Size, "80"]
          IsBoth: !And [!Condition IsBig, !Not [!Or [!Condition IsBig, !Equals [a, b]]]]
        Resources:
          Net:
            Type: AWS::EC2::Subnet
            Condition: IsBig
            DeletionPolicy: Retain
            Metadata: {Note: !Sub "${Size}"}
            Properties:
              CidrBlock: !Select [0, !Cidr [10.0.0.0/16, 4, 8]]
              AvailabilityZone: !Select [0, !GetAZs ""]
              Tags: [{Key: a, Value: !Join [",", !Ref Zones]}]
          It:
            Type: AWS::SSM::Parameter
            DependsOn: [Net]
            Properties:
              Value: !If [IsBig, !Sub ["${x}-${Net}", {x: !FindInMap [Sizes, small, cpu]}], !Ref AWS::NoValue]
              Name: !Base64 {"Fn::Split": ["-", !ImportValue a-b]}
              Description: !ToJsonString {a: !GetAtt Net.VpcId}
          Fn::ForEach::Topics:
            - Name
            - [A, B]
            - Topic${Name}: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref Name}}
          Group:
            Type: AWS::EC2::SecurityGroup
            Properties:
              GroupDescription: g
              SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 1, ToPort: 2, CidrIp: 10.0.0.0/8}]
          Role:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: [a]}, Action: b}]}
              ManagedPolicyArns: [c]
              Policies: [{PolicyName: d, PolicyDocument: {Statement: {Effect: Deny, Action: [e], Resource: "*"}}}]
        Rules:
          Big: {RuleCondition: !Equals [!Ref Size, 80], Assertions: [{Assert: !Contains [[80], !Ref Size]}]}
        Outputs:
          Net: {Value: !GetAtt [Net, SubnetId], Export: {Name: !Sub "${AWS::StackName}-net"}, Condition: IsBoth}
        """

    private static func mutants(of node: Node) -> [Node] {
        let position = (node.line, node.column)
        func made(_ content: Node.Content, tag: String? = nil) -> Node {
            Node(content, tag: tag, line: position.0, column: position.1)
        }
        let text = made(.scalar(.init(value: "x", text: "x", isPlain: true)))
        let number = made(.scalar(.init(value: 99, text: "99", isPlain: true)))
        let member = Node.Member(key: text, value: number)
        return [
            text, number, made(.scalar(.init(value: .null, text: "", isPlain: true))), made(.list([])),
            made(.list([number, text])), made(.object([])), made(.object([member])), made(.list([]), tag: "!Select"),
            made(.scalar(.init(value: "", text: "", isPlain: false)), tag: "!GetAtt"),
            made(.object([member]), tag: "!Sub"), made(.list([text, number, number]), tag: "!If"),
        ]
    }

    /// The tree with node number `index` (in writing order, keys left out) replaced.
    private static func replacing(_ node: Node, _ index: inout Int, with other: (Node) -> Node) -> Node {
        if index == 0 {
            index = -1
            return other(node)
        }
        index -= 1
        var node = node
        switch node.content {
        case .scalar: break
        case .list(var items):
            for item in items.indices where index >= 0 { items[item] = replacing(items[item], &index, with: other) }
            node.content = .list(items)
        case .object(var members):
            for member in members.indices where index >= 0 {
                members[member].value = replacing(members[member].value, &index, with: other)
            }
            node.content = .object(members)
        }
        return node
    }

    @Test func `no broken template stops anything`() throws {
        let source = Source(name: "t.yaml", text: Self.yaml)
        let (document, _) = Document.read(source, as: .cloudFormation)
        let root = try #require(document?.root)
        let whole = try evaluated(Self.yaml)
        var count = 0
        for variant in 0..<Self.mutants(of: root).count {
            // Each variant breaks other places than the one before; together they reach all.
            for number in stride(from: variant % 3, to: Int.max, by: 3) {
                var index = number
                let broken = Self.replacing(root, &index) { Self.mutants(of: $0)[variant] }
                guard index < 0 else { break }
                let (template, _) = Template.read(Document(source: source, root: broken))
                let result = template.evaluate().template
                _ = result.advice(region: "us-east-1", day: "2026-11-24")
                _ = template.limitFindings()
                let changes = ChangeSet(applied: whole, wanted: result)
                _ = ChangeSet(applied: result, wanted: whole).byGravity
                #expect(
                    changes.changes.allSatisfy {
                        $0.changeClass == .add || $0.changeClass == .remove || !$0.causes.isEmpty
                    })
                count += 1
            }
        }
        #expect(count > 480)
    }
}
