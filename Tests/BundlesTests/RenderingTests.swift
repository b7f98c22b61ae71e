import Bundles
import Documents
import Testing

@Suite struct RenderingTests {
    private func rendered(_ text: String, _ outputs: Object = Object()) -> (String?, [Finding]) {
        let path = "instance_infrastructure/cloudformation.yaml"
        let bundle = Samples.bundle(Samples.service, changing: [path: text])
        let environment = Givens.Environment(name: "e", accountID: "1", outputs: Object([("VpcId", "vpc-1")]))
        let context = Contexts.instance(
            Givens.Instance(
                name: "dev", environment: environment,
                component: outputs.isEmpty ? nil : Givens.Component(name: "c", outputs: outputs)),
            inputs: ["port": 80, "image": "a"], service: Givens.Service(name: "s"), tags: Object())
        let (file, findings) = bundle.render(.instance, context)
        return (file.map { String(decoding: $0.bytes, as: UTF8.self) }, findings)
    }

    private let outputs = Object([
        ("Bucket", "arn:aws:s3:::b"), ("Policy", "arn:aws:iam::123456789012:policy/p"), ("Odd", "yes"),
        ("Colon", "a: b"),
    ])

    @Test func `variables are lists below the placeholder's column, quoted where needed`() {
        let text =
            "Environment:\n  {{ service_instance.components.default.outputs\n      | proton_cfn_ecs_task_definition_formatted_env_vars }}\n"
        #expect(
            rendered(text, outputs).0 == """
                Environment:
                  - Name: Bucket
                    Value: arn:aws:s3:::b
                  - Name: Policy
                    Value: arn:aws:iam::123456789012:policy/p
                  - Name: Odd
                    Value: "yes"
                  - Name: Colon
                    Value: "a: b"
                """)
    }

    @Test func `functions get a mapping, policies only policies`() {
        let text =
            "A:\n    {{ service_instance.components.default.outputs | proton_cfn_lambda_function_formatted_env_vars }}\nB:\n  {{ service_instance.components.default.outputs | proton_cfn_iam_policy_arns }}"
        #expect(
            rendered(text, outputs).0 == """
                A:
                    Bucket: arn:aws:s3:::b
                    Policy: arn:aws:iam::123456789012:policy/p
                    Odd: "yes"
                    Colon: "a: b"
                B:
                  - arn:aws:iam::123456789012:policy/p
                """)
        #expect(rendered("{{ service_instance.components.default.outputs | proton_cfn_iam_policy_arns }}").0 == "")
    }

    @Test func `a fault tells values of inputs, but none that the schema marks as secret`() throws {
        let path = "instance_infrastructure/cloudformation.yaml"
        let schema = try #require(Samples.service["schema/schema.yaml"])
            .replacing("image: {type: string,", with: "image: {type: string, format: password,")
        let bundle = Samples.bundle(
            Samples.service,
            changing: [
                path: "{{ service_instance.inputs.port + service_instance.inputs.image }}",
                "schema/schema.yaml": schema,
            ])
        let context = Contexts.instance(
            Givens.Instance(name: "dev", environment: Givens.Environment(name: "e", accountID: "1")),
            inputs: ["port": 80, "image": "sesame-open"], service: Givens.Service(name: "s"), tags: Object())
        let text = bundle.render(.instance, context).findings.map(\.text).joined()
        #expect(text.contains("service_instance.inputs.port is 80 (a whole number)."))
        #expect(text.contains("service_instance.inputs.image is a string that is not shown"))
        #expect(!text.contains("sesame"))
    }

    @Test func `what is not raw must be a plain word`() {
        let text =
            "{{ service_instance.components.default.outputs | proton_cfn_lambda_function_formatted_env_vars(raw=False) }}"
        let (file, findings) = rendered(text, outputs)
        #expect(file == nil)
        #expect(findings.first?.message.contains("Illegal character(s) detected in \"arn:aws:s3:::b\"") == true)
        #expect(rendered(text, Object([("A", "b-1_2")])).0 == "A: b-1_2")
    }

    @Test(arguments: [
        ("plain-1_x", true), ("", true), ("arn:aws:iam::123456789012:role/x", true), ("a b", false), ("a\n", false),
        ("arn:aws", false), ("arn:aws:s3:::a b", false),
    ])
    func `sanitize lets words and ARNs through`(text: String, isGood: Bool) {
        let (file, findings) = rendered(
            "{{ service_instance.components.default.outputs.X | proton_cfn_sanitize }}", Object([("X", .string(text))]))
        #expect((file == text) == isGood)
        if !isGood {
            #expect(
                findings.first?.message.contains(
                    "Illegal character(s) detected in \"\(text)\". Must match regex ^[a-zA-Z0-9_-]*$ or be a valid ARN")
                    == true)
        }
    }

    @Test func `a missing reference is refused with its place, an absent component is empty`() {
        let (file, findings) = rendered("a: 1\nb: {{ environment.outputs.Nope }}\n")
        #expect(file == nil)
        #expect(findings.first?.place?.line == 2)
        #expect(rendered("{{ service_instance.components.default.outputs | length }}").0 == "0")
        #expect(rendered("{{ environment.outputs.Nope | default('x') }}").0 == "x")
    }

    @Test func `a rendered line leads back to its input`() throws {
        let bundle = Samples.bundle(Samples.environment)
        let context = Contexts.environment(
            Givens.Environment(name: "e"), inputs: ["vpc_cidr": "10.0.0.0/16", "size": 3], tags: Object())
        let file = try #require(bundle.render(.environment, context).file)
        #expect(file.origin(line: 5, column: 20)?.paths == ["environment.inputs.vpc_cidr"])
        #expect(file.origin(line: 5, column: 2) == nil)
        #expect(file.origins(line: 6).map(\.paths) == [["environment.inputs.size"]])
    }

    @Test func `each line of a rendered file is led back to its line of the template`() throws {
        let text = """
            {% set head = "x" %}
            Resources:
              A:
                Type: AWS::SNS::Topic
            {% if service_instance.inputs.port == 80 %}
              B:
                Type: AWS::SNS::Topic
                Properties:
                  DisplayName: "{{ service_instance.inputs.image }}"
            {% endif %}
            {% for n in [1, 2] %}
              C{{ n }}:
                Type: AWS::SQS::Queue
            {% endfor %}
            """
        let path = "instance_infrastructure/cloudformation.yaml"
        let bundle = Samples.bundle(Samples.service, changing: [path: text])
        let context = Contexts.instance(
            Givens.Instance(name: "dev", environment: Givens.Environment(name: "e", accountID: "1")),
            inputs: ["port": 80, "image": "a"], service: Givens.Service(name: "s"), tags: Object())
        let file = try #require(bundle.render(.instance, context).file)
        func line(of words: String, number: Int = 0) -> Int? {
            let lines = (1...file.source.lineCount).filter { file.source.lineText($0).contains(words) }
            return lines.indices.contains(number) ? file.templateLine(of: lines[number]) : nil
        }
        #expect(line(of: "Resources:") == 2)
        #expect(line(of: "B:") == 6)
        #expect(line(of: "DisplayName") == 9)
        #expect(line(of: "C1:") == 12 && line(of: "C2:") == 12)
        #expect(line(of: "AWS::SQS::Queue", number: 1) == 13)
        #expect(line(of: "AWS::SNS::Topic") == 4 && line(of: "AWS::SNS::Topic", number: 1) == 7)
    }
}
