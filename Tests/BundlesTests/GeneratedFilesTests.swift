import Documents
import Testing

@testable import Bundles

struct GeneratedFilesTests {
    private func build(_ settings: String) -> Bundles.Bundle {
        Samples.bundle(
            Samples.environment,
            changing: [
                "infrastructure/manifest.yaml":
                    "infrastructure:\n  templates:\n    - rendering_engine: codebuild\n      settings: {\(settings)}\n",
                "infrastructure/cloudformation.yaml": nil,
            ])
    }

    private let words = "image: i, runtimes: {nodejs: 20}, provision: [make], deprovision: [make clean]"

    private var context: Value {
        let inputs = Object([
            ("cidr", "10.0.0.0/16"), ("size", .number(Number(3))), ("note", "a \"b\" ${c} %{d} $e\n"),
            ("zones", .list(["a", "b"])), ("none", .list([])), ("a.b", .bool(true)),
        ])
        return Contexts.environment(Givens.Environment(name: "dev"), inputs: .object(inputs), tags: Object())
    }

    @Test func `a build that asks for HCL is given its inputs in Terraform's own language`() throws {
        let (files, findings) = build(words + ", input_type: HCL").generate(.environment, context, arn: "")
        #expect(findings.isEmpty)
        let file = try #require(files.first { $0.path == "proton-inputs.tfvars" })
        #expect(
            file.text == """
                environment = {
                  name = "dev"
                  inputs = {
                    cidr = "10.0.0.0/16"
                    size = 3
                    note = "a \\"b\\" $${c} %%{d} $e\\n"
                    zones = [
                      "a",
                      "b",
                    ]
                    none  = []
                    "a.b" = true
                  }
                }

                """)
    }

    @Test func `a project's properties are rendered at any depth, and a fault is told where the manifest has it`()
        throws
    {
        let good = build(words + ", project_properties: {VpcConfig: {Subnets: [\"{{ environment.inputs.cidr }}\"]}}")
        let file = try #require(
            good.generate(.environment, context, arn: "").files.first { $0.path == "codebuild.json" })
        #expect(file.text.contains("10.0.0.0/16") && !file.text.contains("{{"))
        let bad = build(words + ", project_properties: {Name: \"{{ environment.inputs.cdr }}\"}")
        let (files, findings) = bad.generate(.environment, context, arn: "")
        #expect(files.isEmpty)
        #expect(findings.first?.place?.line == 4)
    }

    @Test func `words that a build's settings can't have are told`() {
        let codes = build(words + ", input_type: XML, env: [a], imge: x").findings.map(\.message)
        #expect(codes.contains { $0.contains("XML") } && codes.contains { $0.contains("env must be an object") })
        #expect(codes.contains { $0.contains("imge") })
    }

    @Test func `what is deleted keeps its values, and its files say so`() throws {
        let bundle = Samples.bundle(
            Samples.environment,
            changing: [
                "infrastructure/manifest.yaml":
                    "infrastructure:\n  templates:\n    - {file: \"*\", rendering_engine: hcl, template_language: terraform}\n",
                "infrastructure/cloudformation.yaml": nil, "infrastructure/main.tf": "# mine\n",
                "infrastructure/notes.txt": "not copied",
            ])
        let live = bundle.generate(.environment, context, arn: "arn:x").files
        let gone = bundle.generate(.environment, context, arn: "arn:x", isDeleted: true).files
        #expect(live.map(\.path) == ["main.tf", "proton.auto.tfvars.json", "proton.environment.variables.tf"])
        #expect(live[1] == gone[1] && live[0].text.contains("arn:x") && !gone[0].text.contains("arn:x"))
        #expect(gone[0].text.hasSuffix("*/\n\n# mine\n"))
    }

    @Test func `text is escaped as Jackson escapes it`() {
        #expect(
            Value.list([.string("é\u{7F}\u{2028}\u{1}\u{8}\u{C}/\u{1F}"), .list([])]).json(.jackson)
                == "[ \"é\u{7F}\u{2028}\\u0001\\b\\f/\\u001F\", [ ] ]")
    }
}
