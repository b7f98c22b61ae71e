import CloudFormation
import Documents
import Testing

@Suite struct HostileTemplateTests {
    /// A chain is the worst shape for anything that goes down by itself.
    @Test func `ten thousand resources in a chain are ordered`() {
        let items = (0..<10_000).map { index in (name: "R\(index)", needs: index == 9_999 ? [] : ["R\(index + 1)"]) }
        let graph = DependencyGraph(items)
        #expect(graph.order.first == "R9999")
        #expect(graph.order.last == "R0")
        #expect(graph.cycles.isEmpty)
        #expect(graph.deletionOrder.first == "R0")
        let ring = DependencyGraph(items.dropLast() + [(name: "R9999", needs: ["R0"])])
        #expect(ring.cycles.map(\.count) == [10_000])
        #expect(ring.order.isEmpty)
    }

    @Test func `among equals the order is the template's`() {
        let graph = DependencyGraph([("c", []), ("a", ["z"]), ("b", []), ("z", []), ("m", ["a", "c"])])
        #expect(graph.order == ["c", "b", "z", "a", "m"])
        #expect(graph.needs(of: "m") == ["a", "c"])
        #expect(graph.dependents(of: "z") == ["a"])
    }

    @Test func `thousands of resources are read, evaluated and compared`() throws {
        let resources = (0..<3_000).map { index in
            "  R\(index): {Type: 'AWS::SNS::Topic', Properties: {TopicName: !Sub 't-${R\(max(0, index - 1))}'}}"
        }
        let yaml = "Resources:\n  R: {Type: 'AWS::SNS::Topic'}\n" + resources.dropFirst().joined(separator: "\n")
        let text = yaml.replacing("${R0}", with: "${R}")
        let result = try evaluated(text)
        let renamed = try evaluated(
            text.replacing("  R: {Type: 'AWS::SNS::Topic'}", with: "  R: {Type: 'AWS::SQS::Queue'}"))
        #expect(result.graph.order.count == 3_000)
        // A new name replaces a topic, and so each replacement brings the next one.
        let changes = ChangeSet(applied: result, wanted: renamed).changes
        #expect(changes.count == 3_000)
        #expect(changes.allSatisfy { $0.changeClass == .replace })
    }

    @Test func `deep nesting is cut, not followed`() {
        func text(_ text: String) -> Node {
            Node(.scalar(Node.Scalar(value: .string(text), text: text, isPlain: true)), line: 1, column: 1)
        }
        func object(_ name: String, _ value: Node) -> Node {
            Node(.object([Node.Member(key: text(name), value: value)]), line: 1, column: 1)
        }
        var node = text("x")
        for _ in 0..<400 { node = Node(.list([node]), tag: "!Not", line: 1, column: 1) }
        let root = object("Conditions", object("C", node))
        let (template, findings) = Template.read(Document(source: Source(name: "t.yaml", text: ""), root: root))
        #expect(template.conditions.count == 1)
        #expect(findings.map(\.code) == ["cloudformation.noResources"])
        #expect(template.evaluate().template.resources.isEmpty)
    }

    @Test func `a chain of conditions ends`() throws {
        let conditions = (0..<2_000).map { "  C\($0): !Not [!Condition C\($0 + 1)]" }.joined(separator: "\n")
        let text = "Conditions:\n\(conditions)\n  C2000: !Equals [a, a]\nResources:\n  T: {Type: 'AWS::SNS::Topic'}"
        let (template, findings) = try template(text)
        #expect(findings.isEmpty)
        #expect(template.evaluate().template.resources.count == 1)
    }

    @Test(.timeLimit(.minutes(1))) func `a fault at every word of one long line stays small`() throws {
        let words = Array(repeating: "!Ref X", count: 20_000).joined(separator: ", ")
        let calls = (0..<4_000).map { "b\($0): aws proton get" }.joined(separator: ", ")
        let (template, findings) = try template(
            "Resources: {T: {Type: AWS::S3::Bucket, Properties: {Tags: [\(words)]}, Metadata: {\(calls)}}}")
        #expect(findings.count == 20_000)
        #expect(findings.allSatisfy { $0.place?.sourceLine == nil })
        #expect(template.evaluate().template.advice(region: nil, day: nil).count == 1)
    }

    @Test(.timeLimit(.minutes(1))) func `loops over mappings end`() throws {
        func list(_ letter: String) -> String { "[\((0..<300).map { "\(letter)\($0)" }.joined(separator: ", "))]" }
        let rows = (0..<300).map { "r\($0): {names: \(list("n"))}" }.joined(separator: ", ")
        let (template, findings) = try template(
            """
            Transform: AWS::LanguageExtensions
            Mappings: {M: {all: {rows: \(list("r"))}, \(rows)}}
            Resources:
              Fn::ForEach::A:
                - R
                - !FindInMap [M, all, rows]
                - Fn::ForEach::B: [N, !FindInMap [M, !Ref R, names], {"${R}${N}": {Type: AWS::SNS::Topic}}]
            """)
        #expect(findings.map(\.code) == ["cloudformation.loopLimit"])
        #expect(template.isOpen)
    }

    @Test func `a small template cannot make gigabytes`() throws {
        let long = String(repeating: "x", count: 4_000)
        let items = Array(repeating: "!Ref P", count: 200).joined(separator: ", ")
        let topics = (0..<200).map {
            "  T\($0): {Type: 'AWS::SNS::Topic', Properties: {TopicName: !Join ['', [\(items)]]}}"
        }
        let text = "Parameters: {P: {Type: String, Default: \(long)}}\nResources:\n" + topics.joined(separator: "\n")
        let (template, _) = try template(text)
        #expect(template.evaluate().findings.map(\.code) == ["cloudformation.budget"])
    }
}
