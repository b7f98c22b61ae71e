import Engine
import Testing

@Suite struct TemplateLinesTests {
    private let lines = TemplateLines(
        """
        # A comment.
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties:
              DisplayName: !Sub "${AWS::StackName} news"
              Tags:
                - Key: team
                  Value: core
                - {Key: cost, Value: !If [IsBig, high, low]}
              Policy:
                Statement: []
        """)

    @Test(arguments: [
        ("", 3), ("Type", 4), ("Properties", 5), ("Properties/DisplayName", 6), ("Properties/Tags/0/Value", 9),
        ("Properties/Tags/1/Value", 10), ("Properties/Policy", 11),
    ])
    func `a property stands at the line of its name`(property: String, line: Int) {
        #expect(lines.line(of: "Topic", property) == line)
    }

    @Test(arguments: [
        ("Properties/KmsMasterKeyId", 5), ("Properties/Tags/7/Value", 7), ("DeletionPolicy", 3),
        ("Properties/Policy/Statement/0", 12),
    ])
    func `what is not there stands where it would be held`(property: String, line: Int) {
        #expect(lines.line(of: "Topic", property) == line)
    }

    @Test func `a resource that is not there, and a text that can't be read, have no line`() {
        #expect(lines.line(of: "Queue", "Properties") == nil)
        #expect(TemplateLines("a: [").line(of: "Topic") == nil)
        #expect(TemplateLines("").line(of: "Topic") == nil)
    }

    @Test func `a template in JSON has lines too`() {
        let lines = TemplateLines("{\n \"Resources\": {\n  \"Topic\": {\n   \"Type\": \"AWS::SNS::Topic\"\n  }\n }\n}")
        #expect(lines.line(of: "Topic", "Type") == 4)
    }
}
