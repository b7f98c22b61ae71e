import Catalog
import Documents
import Engine
import Testing

/// Where the lines of rendered files come from.
@Suite struct OriginTests {
    private static let schema = """
        schema:
          format: {openapi: "3.0.0"}
          environment_input_type: Net
          types:
            Net:
              type: object
              properties:
                cidr: {type: string, default: 10.0.0.0/16}
                size: {type: integer, default: 2}
                pass: {type: string, format: password, default: hidden}
                zones: {type: array, items: {type: string}, default: [a, b]}

        """

    private static let template = """
        Resources:
          Vpc:
            Type: AWS::EC2::VPC
            Properties:
              CidrBlock: {{ environment.inputs.cidr }}
        {%- if environment.inputs.size > 1 %}
              Tags: [{Key: name, Value: {{ environment.name }}}, {Key: p, Value: {{ environment.inputs.pass }}}]
        {%- endif %}
        {%- for zone in environment.inputs.zones %}
          Topic{{ zone }}:
            Type: AWS::SNS::Topic
        {%- endfor %}

        """

    private static let spec = """
        proton: EnvironmentSpec
        spec:
          # how large
          size: 3
          zones:
            - x
            - y
        """

    private static let files = [
        "schema/schema.yaml": schema, "infrastructure/manifest.yaml": Bench.manifest,
        "infrastructure/cloudformation.yaml": template,
    ]

    /// The values that flowed into a line, then those that decided about it, each with who set it.
    private func told(_ file: RenderedFile, _ words: String) throws -> [String] {
        let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
        let line = try #require(lines.firstIndex { $0.contains(words) }) + 1
        let origin = try #require(file.origins?.origin(ofLine: line))
        #expect(origin.pieces.map(\.text).joined() == String(lines[line - 1]))
        func text(_ values: [LineOrigin.ReadValue]) -> [String] {
            values.map { value in
                let source =
                    switch value.source {
                    case .spec(let place): "spec \(place.line)"
                    case .schemaDefault: "default"
                    case .output: "output"
                    case .order: "order"
                    case .nobody: "nobody"
                    }
                return "\(value.path) = \(value.value ?? "-"), \(source)"
            }
        }
        return origin.pieces.flatMap { text($0.values) }
            + origin.conditions.flatMap { ["\($0.tag) line \($0.place.line)"] + text($0.values) }
    }

    @Test func `each value of a line is told with who set it, and what decided about the line apart`() async throws {
        let bench = try Bench()
        let path = try bench.bundle("net", Self.files)
        let (files, _) = try await Engine.render(
            path: path, spec: Self.spec, specName: "spec.yaml", given: "environment: {name: prod}")
        let file = try #require(files.first)
        #expect(try told(file, "Type: AWS::EC2::VPC") == [])
        #expect(try told(file, "CidrBlock") == [#"environment.inputs.cidr = "10.0.0.0/16", default"#])
        #expect(
            try told(file, "Tags") == [
                #"environment.name = "prod", order"#, "environment.inputs.pass = -, default",
                "{%- if environment.inputs.size > 1 %} line 6", "environment.inputs.size = 3, spec 4",
            ])
        #expect(
            try told(file, "Topicy") == [
                #"environment.inputs.zones[1] = "y", spec 7"#, "{%- for zone in environment.inputs.zones %} line 9",
                #"environment.inputs.zones = ["x","y"], spec 6"#,
            ])
        #expect(file.origins?.origin(ofLine: 0) == nil && file.origins?.origin(ofLine: 99) == nil)
    }

    @Test func `the files of a plan tell it too`() async throws {
        let bench = try Bench()
        _ = try await bench.engine.register(Registration(path: bench.bundle("net", Self.files)))
        _ = try bench.engine.publish("net", .init(1, 0))
        let plan = try bench.engine.plan(
            .createEnvironment(EnvironmentOrder(name: "prod", template: "net", spec: Self.spec)))
        let file = try #require(plan.plans.first?.files.first)
        #expect(try told(file, "CidrBlock") == [#"environment.inputs.cidr = "10.0.0.0/16", default"#])
        #expect(try told(file, "Topicx").first == #"environment.inputs.zones[0] = "x", spec 6"#)
    }
}
