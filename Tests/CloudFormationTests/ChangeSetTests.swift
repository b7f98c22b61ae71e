import CloudFormation
import Documents
import Testing

@Suite struct ChangeSetTests {
    private func changes(_ old: String?, _ new: String?) throws -> [ResourceChange] {
        ChangeSet(applied: try old.map { try evaluated($0) }, wanted: try new.map { try evaluated($0) }).changes
    }

    private func words(_ changes: [ResourceChange]) -> [String] {
        changes.map { "\($0.logicalID) \($0.changeClass.rawValue) \($0.consequence.rawValue)" }
    }

    private static let cluster = """
        Resources:
          Cluster: {Type: "AWS::ECS::Cluster", Properties: {ClusterName: one}}
          Task:
            Type: AWS::ECS::TaskDefinition
            Properties:
              Family: shop
              ContainerDefinitions:
                - {Name: web, Image: "shop:1", PortMappings: [{ContainerPort: 80}]}
                - {Name: log, Image: "log:1"}
          Service:
            Type: AWS::ECS::Service
            Properties: {Cluster: !Ref Cluster, TaskDefinition: !Ref Task, DesiredCount: 1, ServiceName: shop}
          Alarm:
            Type: AWS::CloudWatch::Alarm
            Properties: {AlarmName: !Sub "${Cluster}-cpu", Threshold: 80}
        """

    @Test func `nothing changes against itself, however it is spelled`() throws {
        #expect(try changes(Self.cluster, Self.cluster).isEmpty)
        let respelled = Self.cluster
            .replacing("ContainerPort: 80", with: "ContainerPort: '80'")
            .replacing("DesiredCount: 1", with: "DesiredCount: \"1\"")
            .replacing("!Sub \"${Cluster}-cpu\"", with: "!Join ['-', [!Ref Cluster, cpu]]")
        #expect(try changes(Self.cluster, respelled).isEmpty)
    }

    @Test func `a new cluster name replaces the service with the cluster`() throws {
        let new = Self.cluster.replacing("ClusterName: one", with: "ClusterName: two")
        let changes = try changes(Self.cluster, new)
        #expect(words(changes) == ["Cluster replace none", "Service replace none", "Alarm replace none"])
        let own = try #require(changes[0].causes.first)
        #expect(own.pointer.description == "/Properties/ClusterName")
        #expect([own.oldText, own.newText] == ["one", "two"])
        #expect(own.rule == PropertyPath("ClusterName"))
        #expect(own.effect == .replace)
        #expect(own.place?.text == "t.yaml:2:66")
        let cause = try #require(changes[1].causes.first)
        #expect(cause.pointer.description == "/Properties/Cluster")
        #expect(cause.replacedReference == "Cluster")
        #expect(cause.rule == PropertyPath("Cluster"))
        #expect(cause.oldText == #"{"Ref":"Cluster"}"#)
    }

    @Test func `a new image is routine`() throws {
        let changes = try changes(Self.cluster, Self.cluster.replacing("shop:1", with: "shop:2"))
        #expect(words(changes) == ["Task replace routine", "Service update none"])
        #expect(changes[0].causes.map(\.pointer.description) == ["/Properties/ContainerDefinitions/0/Image"])
        #expect(changes[0].causes.map(\.oldText) == ["shop:1"])
        #expect(changes[1].causes.map(\.replacedReference) == ["Task"])
    }

    @Test func `lists without order and named items are paired`() throws {
        let swapped = Self.cluster
            .replacing(#"    - {Name: log, Image: "log:1"}"#, with: "")
            .replacing("        - {Name: web", with: "        - {Name: log, Image: \"log:1\"}\n        - {Name: web")
        #expect(try changes(Self.cluster, swapped).isEmpty)
        let changed = try changes(Self.cluster, swapped.replacing("shop:1", with: "shop:2"))
        #expect(changed.first?.causes.map(\.pointer.description) == ["/Properties/ContainerDefinitions/1/Image"])
    }

    @Test(arguments: [
        ("[a, b, c, d]", "[x, a, b, y, d]", ["+/0 x", "/3 c y"]),
        ("[a, b, c, d, e]", "[b, c, x, e]", ["/2 d x", "-/0 a"]),
        ("[a, b, c]", "[a, c]", ["-/1 b"]), ("[a, b, a, b]", "[b, a, b, c]", ["+/3 c", "-/0 a"]),
        ("[{A: 1}, {A: 2}, {A: 3}]", "[{A: 0}, {A: 1}, {A: 2}, {A: 4}]", ["/3/A 3 4", "+/0 {\"A\":0}"]),
    ])
    func `ordered lists keep what keeps its order`(old: String, new: String, expected: [String]) throws {
        func yaml(_ list: String) -> String {
            "Resources: {R: {Type: AWS::SSM::Document, Properties: {Content: {list: \(list)}}}}"
        }
        let causes = try changes(yaml(old), yaml(new)).first?.causes ?? []
        let words = causes.map { cause -> String in
            let path = cause.pointer.description.dropFirst("/Properties/Content/list".count)
            let sign = cause.oldText == nil ? "+" : (cause.newText == nil ? "-" : "")
            return "\(sign)\(path) " + [cause.oldText, cause.newText].compactMap { $0 }.joined(separator: " ")
        }
        #expect(words.sorted() == expected.sorted())
    }

    private static func database(_ properties: String, _ attributes: String = "") -> String {
        "Resources:\n  Db: {Type: 'AWS::RDS::DBInstance', Properties: {\(properties)}\(attributes)}"
    }

    @Test(arguments: [
        ("AllocatedStorage: 20", "AllocatedStorage: 40", "", "Db update none"),
        ("StorageEncrypted: false", "StorageEncrypted: true", "", "Db replace dataLoss"),
        ("StorageEncrypted: false", "StorageEncrypted: true", ", UpdateReplacePolicy: Retain", "Db replace kept"),
        ("StorageEncrypted: false", "StorageEncrypted: true", ", UpdateReplacePolicy: Snapshot", "Db replace snapshot"),
        ("Engine: mysql", "Engine: postgres", "", "Db mayReplace dataLoss"),
        ("Tags: [{Key: a, Value: b}]", "Tags: [{Key: a, Value: c}]", "", "Db metadata none"),
        ("MultiAZ: 'true'", "MultiAZ: true", "", nil),
    ])
    func `what holds data says what becomes of it`(old: String, new: String, policy: String, expected: String?) throws {
        let changes = try changes(Self.database(old, policy), Self.database(new, policy))
        #expect(words(changes) == (expected.map { [$0] } ?? []))
    }

    @Test(arguments: [
        ("", "Db remove snapshot"), (", DeletionPolicy: Delete", "Db remove dataLoss"),
        (", DeletionPolicy: Retain", "Db remove kept"), (", DeletionPolicy: RetainExceptOnCreate", "Db remove kept"),
    ])
    func `a removed database goes as its policy says`(policy: String, expected: String) throws {
        let old = Self.database("Engine: mysql", policy) + "\n  T: {Type: 'AWS::SNS::Topic'}"
        #expect(try words(changes(old, "Resources: {T: {Type: 'AWS::SNS::Topic'}}")) == [expected])
        #expect(try words(changes(old, nil)) == [expected, "T remove none"])
    }

    @Test func `policies, metadata and dependencies change nothing that runs`() throws {
        let old = "Resources:\n  A: {Type: 'AWS::SNS::Topic'}\n  B: {Type: 'AWS::SNS::Topic'}"
        let new = """
            Resources:
              A: {Type: 'AWS::SNS::Topic', DeletionPolicy: Retain, DependsOn: B, Metadata: {Note: !Ref B}}
              B: {Type: 'AWS::SNS::Topic'}
            """
        let changes = try changes(old, new)
        #expect(words(changes) == ["A metadata none"])
        #expect(
            changes[0].causes.map { "\($0.pointer) \($0.oldText ?? "-") \($0.newText ?? "-")" } == [
                #"/Metadata - {"Note":{"Ref":"B"}}"#, "/DeletionPolicy Delete Retain", "/DependsOn - B",
            ])
    }

    @Test func `a fixed name stands in the way of a replacement`() throws {
        let old = "Resources: {R: {Type: 'AWS::IAM::Role', Properties: {RoleName: deploy, Path: /a/}}}"
        let changes = try changes(old, old.replacing("/a/", with: "/b/"))
        #expect(words(changes) == ["R replace outage"])
        #expect(
            changes[0].note
                == "The name \"deploy\" is taken until the old one is gone, so the change is refused: change the name too."
        )
        #expect(
            try words(self.changes(old, old.replacing("/a/", with: "/b/").replacing("deploy", with: "deploy2")))
                == ["R replace none"])
    }

    @Test func `a database with a fixed name loses its data and is refused`() throws {
        let changes = try changes(
            Self.database("DBInstanceIdentifier: main, DBName: a"),
            Self.database("DBInstanceIdentifier: main, DBName: b"))
        #expect(words(changes) == ["Db replace dataLoss"])
        #expect(changes[0].note?.hasSuffix("change the name too.") == true)
    }

    @Test func `a service with a fixed name moves to a new cluster`() throws {
        let changes = try changes(Self.cluster, Self.cluster.replacing("ClusterName: one", with: "ClusterName: two"))
        #expect(changes.first { $0.logicalID == "Service" }?.consequence == Consequence.none)
        let stuck = try self.changes(
            Self.cluster, Self.cluster.replacing("ServiceName: shop", with: "ServiceName: shop, Role: ops"))
        #expect(words(stuck) == ["Service replace outage"])
    }

    @Test func `what is looked up at deployment is volatile`() throws {
        let secret = "'{{resolve:secretsmanager:db}}'"
        let old = "Resources: {T: {Type: 'AWS::SNS::Topic', Properties: {TopicName: a}}}"
        let new = old.replacing("TopicName: a", with: "TopicName: \(secret)")
        #expect(try evaluated(new)["T"]?.isVolatile == true)
        #expect(try changes(old, new).first?.causes.map(\.isVolatile) == [true])
    }

    @Test func `types that nobody publishes are unknown, and another type replaces`() throws {
        let old = "Resources: {R: {Type: 'Custom::Thing', Properties: {A: 1}}}"
        #expect(try words(changes(old, old.replacing("A: 1", with: "A: 2"))) == ["R unknown none"])
        let other = try changes(old, "Resources: {R: {Type: 'AWS::SNS::Topic'}}")
        #expect(words(other) == ["R replace none"])
        #expect(other[0].previousType == "Custom::Thing")
    }

    @Test func `a condition that turns adds and removes`() throws {
        let text = """
            Parameters: {Alarms: {Type: String, Default: "no"}}
            Conditions: {HasAlarms: !Equals [!Ref Alarms, "yes"]}
            Resources:
              Topic: {Type: 'AWS::SNS::Topic'}
              Alarm: {Type: 'AWS::CloudWatch::Alarm', Condition: HasAlarms}
            """
        let with = text.replacing("\"no\"}}", with: "\"yes\"}}")
        #expect(try words(changes(text, with)) == ["Alarm add none"])
        #expect(try words(changes(with, text)) == ["Alarm remove none"])
    }

    @Test func `a new logical id is noticed, and still a new resource`() throws {
        let old = "Resources: {Table: {Type: 'AWS::DynamoDB::Table', Properties: {A: 1, B: 2, C: 3, D: 4, E: 5}}}"
        let new = old.replacing("Table: {", with: "Orders: {").replacing("E: 5", with: "E: 6")
        let changes = try changes(old, new)
        #expect(words(changes) == ["Orders add none", "Table remove dataLoss"])
        #expect(changes[0].resembles == "Table")
    }

    @Test func `what may be replaced may replace what needs it`() throws {
        let old = """
            Resources:
              Db: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: mysql}}
              Replica: {Type: 'AWS::RDS::DBInstance', Properties: {DBName: !Sub "${Db}-copy"}}
              Topic: {Type: 'AWS::SNS::Topic', Properties: {DisplayName: !Ref Db}}
            """
        let changes = try changes(old, old.replacing("mysql", with: "postgres"))
        #expect(words(changes) == ["Db mayReplace dataLoss", "Replica mayReplace dataLoss"])
        #expect(changes[1].causes.first?.rule == PropertyPath("DBName"))
    }

    @Test func `a rule below a new object counts when its value is there`() throws {
        let old = "Resources: {S: {Type: 'AWS::EC2::Instance', Properties: {ImageId: a}}}"
        let new = old.replacing("ImageId: a", with: "ImageId: a, CpuOptions: {CoreCount: 2}")
        #expect(try words(changes(old, new)) == ["S replace none"])
    }

    @Test func `outputs change beside resources`() throws {
        let old = "Resources: {T: {Type: 'AWS::SNS::Topic'}}\nOutputs: {A: {Value: 1}, B: {Value: !Ref T}}"
        let new = "Resources: {T: {Type: 'AWS::SNS::Topic'}}\nOutputs: {A: {Value: 2}, C: {Value: !Ref T}}"
        let set = ChangeSet(applied: try evaluated(old), wanted: try evaluated(new))
        #expect(set.changes.isEmpty)
        #expect(
            set.outputs.map { "\($0.name) \($0.oldText ?? "-") \($0.newText ?? "-")" } == [
                "A 1 2", #"C - {"Ref":"T"}"#, #"B {"Ref":"T"} -"#,
            ])
    }

    @Test func `the worst is read first`() throws {
        let old = Self.cluster + "\n  Db: {Type: 'AWS::RDS::DBInstance', Properties: {DBName: a}}"
        let new = old.replacing("DBName: a", with: "DBName: b").replacing("shop:1", with: "shop:2")
            .replacing("Threshold: 80", with: "Threshold: 90")
        let set = ChangeSet(applied: try evaluated(old), wanted: try evaluated(new))
        #expect(set.byGravity.map(\.logicalID) == ["Db", "Service", "Alarm", "Task"])
    }
}
