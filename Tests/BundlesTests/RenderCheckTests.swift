import Bundles
import Documents
import Testing

/// What a check says about infrastructure files once they are rendered with samples and read as CloudFormation.
@Suite struct RenderCheckTests {
    private static let path = "infrastructure/cloudformation.yaml"

    private func findings(_ text: String, _ changes: [String: String?] = [:]) -> [Finding] {
        var changes = changes
        changes[Self.path] = text
        return Samples.bundle(Samples.environment, changing: changes).check()
    }

    private func errors(_ text: String) -> [Finding] { findings(text).filter { $0.severity == .error } }

    private let head = """
        Resources:
          Vpc:
            Type: AWS::EC2::VPC
            Properties:
              CidrBlock: "{{ environment.inputs.vpc_cidr }}"
              Count: {{ environment.inputs.size }}

        """

    @Test(
        arguments: [
            "", "\u{1}\u{2}garbage", "just some words\n", "not: [valid\n", "Parameters: {}\n", "Resources: {}\n",
            "- a\n- list\n",
        ])
    func `a file that is no template is an error`(text: String) throws {
        let found = errors(text)
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.place?.file == "b/\(Self.path)" }, "\(found.map(\.text))")
    }

    @Test func `bytes that are no text are an error`() {
        let files = BundleFiles(
            Samples.environment.map { path, text in
                BundleFiles.File(
                    path: path, bytes: path == Self.path ? [0xFF, 0xFE, 0x00, 0xC3, 0x28] : Array(text.utf8))
            })
        #expect(Bundle(files: files, name: "b").check().contains { $0.severity == .error })
    }

    @Test func `faults of the template stand at their places in the bundle`() {
        let found = errors(
            head + """
                  Net:
                    Typ: AWS::EC2::Subnet
                    DependsOn: Nowhere
                    Properties:
                      VpcId: !Ref Nothing
                      Zone: !GetAtt Zed.Arn
                      Name: "{{ environment.name }}-${Zed}"

                """)
        let lines = found.map { "\($0.place?.line ?? 0) \($0.code.rawValue)" }
        #expect(
            lines == [
                "7 cloudformation.noType", "8 cloudformation.unknownAttribute", "9 cloudformation.unknownResource",
                "11 cloudformation.unknownReference", "12 cloudformation.unknownResource",
            ], "\(found.map(\.text))")
        #expect(found.allSatisfy { $0.place?.sourceLine != nil })
    }

    @Test func `an id that stands twice and a circle are errors`() {
        let found = errors(
            head + """
                  A:
                    Type: AWS::SNS::Topic
                    DependsOn: B
                  B:
                    Type: AWS::SNS::Topic
                    DependsOn: A
                  Vpc:
                    Type: AWS::EC2::VPC

                """)
        #expect(found.contains { $0.message.contains("\"Vpc\"") && $0.place?.line == 13 }, "\(found.map(\.text))")
        let circle = errors(
            head
                + "  A:\n    Type: AWS::SNS::Topic\n    DependsOn: B\n  B:\n    Type: AWS::SNS::Topic\n    DependsOn: A\n"
        )
        #expect(circle.map(\.code) == ["cloudformation.cycle"])
        #expect(circle.first?.place?.line == 7)
    }

    @Test func `places behind loops and conditions are those of the template`() {
        let found = errors(
            head + """
                {% for n in [1, 2] %}
                  Topic{{ n }}:
                    Type: AWS::SNS::Topic
                {% endfor %}
                {% if environment.inputs.size > 0 %}
                  Queue:
                    Type: AWS::SQS::Queue
                    Properties:
                      Name: !Ref Missing
                {% endif %}

                """)
        #expect(found.map { $0.place?.line } == [15], "\(found.map(\.text))")
    }

    @Test func `both sides of an optional input are looked at`() {
        let schema = (Samples.environment["schema/schema.yaml"] ?? "") + "        zone: {type: string}\n"
        let text =
            head + """
                {% if environment.inputs.zone is defined %}
                  Zone:
                    Type: AWS::SNS::Topic
                    DependsOn: NotThere
                {% else %}
                  Other:
                    Type: AWS::SNS::Topic
                    DependsOn: NorThis
                {% endif %}

                """
        let lines = findings(text, ["schema/schema.yaml": schema]).filter { $0.severity == .error }.map {
            $0.place?.line
        }
        #expect(lines == [10, 14])
    }

    @Test func `what can not be rendered with samples is said, and is no error`() {
        let schema = (Samples.environment["schema/schema.yaml"] ?? "").replacing("^[0-9./]+$", with: "^(?=x)(?=y).$")
        let found = findings(head, ["schema/schema.yaml": schema])
        #expect(found.map(\.code) == ["render.samples"], "\(found.map(\.text))")
        #expect(found.first?.severity == .note)
        #expect(found.first?.message.contains("vpc_cidr") == true)
    }

    @Test func `a wrong file name hides no faults of the template`() {
        let manifest = Samples.manifest.replacing("file: cloudformation.yaml", with: "file: cloudfromation.yaml")
        let found = findings(
            head + "  T:\n    Type: AWS::SNS::Topic\n    DependsOn: No\n", ["infrastructure/manifest.yaml": manifest])
        let codes = found.filter { $0.severity == .error }.map(\.code)
        #expect(codes == ["cloudformation.unknownResource", "bundle.missing"], "\(found.map(\.text))")
    }

    @Test func `an unknown filter hides no unknown input and no unknown reference`() {
        let found = errors(
            """
            Resources:
              Vpc:
                Type: AWS::EC2::VPC
                Properties:
                  CidrBlock: "{{ environment.inputs.vpc_cidr | uppper }}"
                  Count: {{ environment.inputs.sise }}
                  Role: !Ref Missing

            """)
        #expect(
            found.map { "\($0.place?.line ?? 0) \($0.code.rawValue)" } == [
                "5 jinja.unknownName", "6 bundle.reference", "7 cloudformation.unknownReference",
            ], "\(found.map(\.text))")
    }

    @Test func `an unused input is told at its key`() throws {
        let found = findings(head.replacing("{{ environment.inputs.size }}", with: "2"))
        let unused = try #require(found.first { $0.code == "bundle.unused" })
        #expect(unused.place?.sourceLine?.dropFirst((unused.place?.column ?? 1) - 1).hasPrefix("size:") == true)
    }

    @Test func `an output that no environment gives is told once, with the names of those that lack it`() throws {
        let text = (Samples.environment[Self.path] ?? "").replacing("VpcId:", with: "VpcIds:")
        let poor = Samples.bundle(Samples.environment, changing: [Self.path: text])
        let found = Samples.bundle(Samples.service).check(
            against: [EnvironmentOffer(poor, name: "net 1.0"), EnvironmentOffer(poor, name: "net 1.1")])
        #expect(found.map(\.code) == ["bundle.output"])
        #expect(found.first?.message.contains("net 1.0 and net 1.1 do not give VpcId") == true)
        #expect(found.first?.hint == "Did you mean VpcIds?")
    }

    @Test(arguments: [
        "^[a-z]{3,8}$", "^arn:aws:[a-z]+:", "^(dev|prod)-[0-9]+$", "^[^/]+/[^/]+$", "^\\d{12}$", "^sg-[0-9a-f]{8}$",
        "^[A-Z][A-Za-z0-9]*$",
    ])
    func `a value that fits a simple pattern is made`(pattern: String) {
        let escaped = pattern.replacing("\\", with: "\\\\")
        let schema = (Samples.environment["schema/schema.yaml"] ?? "").replacing("^[0-9./]+$", with: escaped)
        #expect(findings(head, ["schema/schema.yaml": schema]).isEmpty)
    }
}
