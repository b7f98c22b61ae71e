import CloudFormation
import Documents
import Testing

@Suite struct LimitTests {
    private static let plain = "Resources: {T: {Type: 'AWS::SNS::Topic'}}"

    private static func many(_ count: Int, _ item: (Int) -> String) -> String {
        (0..<count).map { "  \(item($0))" }.joined(separator: "\n") + "\n"
    }

    @Test func `a template within the limits has no findings`() throws {
        let (template, _) = try template("Description: \(String(repeating: "d", count: 1_024))\n" + Self.plain)
        #expect(template.limitFindings().isEmpty)
        #expect(!template.mustBeUploaded)
    }

    @Test func `a long body is uploaded`() throws {
        let comment = "# " + String(repeating: "x", count: 51_200 - Self.plain.utf8.count - 3) + "\n"
        #expect(try template(comment + Self.plain).template.mustBeUploaded == false)
        #expect(try template("#" + comment + Self.plain).template.mustBeUploaded)
    }

    @Test func `each limit has its sentence`() throws {
        let name = String(repeating: "n", count: 256)
        let (template, _) = try template(
            "Description: \(String(repeating: "é", count: 513))\nParameters:\n"
                + Self.many(201) { "P\($0): {Type: String, Default: a}" } + "Mappings:\n"
                + "  Wide: {\((0..<201).map { "k\($0): {a: b}" }.joined(separator: ", "))}\n"
                + "  Deep: {k: {\((0..<201).map { "a\($0): b" }.joined(separator: ", "))}}\n" + "Resources:\n"
                + Self.many(501) { "R\($0): {Type: 'AWS::SNS::Topic', Metadata: {A: '{{resolve:ssm:a}}'}}" }
                + "Outputs:\n" + Self.many(200) { "O\($0): {Value: a}" } + "  \(name): {Value: a}\n")
        let long = String(repeating: "x", count: 4_097)
        #expect(
            template.limitFindings(parameters: ["P7": .string(long)]).map { "\($0.place?.line ?? 0) \($0.message)" }
                == [
                    "0 The description must have at most 1024 bytes, but has 1026.",
                    "708 The template must have at most 500 resources, but has 501.",
                    "203 The template must have at most 200 parameters, but has 201.",
                    "910 The name of each of the outputs must have at most 255 characters, but one has 256.",
                    "910 The template must have at most 200 outputs, but has 201.",
                    "205 Mapping \"Wide\" must have at most 200 top-level keys, but has 201.",
                    "206 Mapping \"Deep\" must have at most 200 second-level keys, but has 201.",
                    "10 The value of parameter \"P7\" must have at most 4096 bytes, but has 4097.",
                    "0 The template must have at most 60 dynamic references, but has 501.",
                ])
        #expect(template.limitFindings().allSatisfy { $0.code == "cloudformation.limit" })
    }

    @Test(arguments: Cases.rendered)
    func `no case goes beyond a limit`(path: String) throws {
        let template = Template.read(try Cases.document("\(path)/cloudformation.yaml", as: .cloudFormation)).template
        #expect(template.limitFindings().map(\.text) == [])
    }
}
