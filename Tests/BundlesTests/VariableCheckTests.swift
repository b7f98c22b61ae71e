import Documents
import Testing

@testable import Bundles

/// What Terraform files read is held against what is declared beside them.
@Suite struct VariableCheckTests {
    private func findings(_ text: String, more: [String: String?] = [:]) -> [Finding] {
        var files: [String: String?] = [
            "infrastructure/manifest.yaml": """
            infrastructure:
              templates:
                - {file: "*", rendering_engine: hcl, template_language: terraform}

            """,
            "infrastructure/cloudformation.yaml": nil, "infrastructure/main.tf": text,
        ]
        files.merge(more) { $1 }
        return Samples.bundle(Samples.environment, changing: files).check()
    }

    @Test func `what is not declared is told with its place and the near name`() throws {
        let found = findings(
            """
            resource "aws_vpc" "main" {
              cidr_block = var.environment.inputs.vpc_cidr
              tags       = var.proton_tag
              name       = "${var.enviroment.name}-x"
              size       = var.environment.inputs.sise
            }
            """)
        #expect(
            found.map { $0.place?.text ?? "" } == [
                "b/infrastructure/main.tf:3:16", "b/infrastructure/main.tf:4:19", "b/infrastructure/main.tf:5:16",
            ])
        #expect(
            found.map(\.hint) == [
                "Write var.proton_tags.", "Write var.environment.", "Write size, or declare sise in the schema.",
            ])
        #expect(found.allSatisfy { $0.severity == .error && $0.code == "bundle.reference" })
    }

    @Test(arguments: [
        // Comments, texts and heredocs that only look like references.
        "# var.nosuch\n// var.nosuch\n/* var.nosuch\n var.nosuch */\nlocals { a = \"var.nosuch $${var.nosuch}\" }\n",
        "locals {\n  a = <<-EOT\n    var.nosuch $${var.nosuch}\n    EOT\n}\n",
        // Its own variables, wherever they stand.
        "locals { a = var.own }\nvariable \"own\" {\n  default = 1\n}\n",
        // What may be absent.
        "locals { a = try(var.environment.inputs.nosuch, null) }\n",
        "locals { a = module.var.nosuch }\nlocals { b = x[0].var.nosuch }\n",
        // No Terraform at all.
        "\"${\"${\"${", "<<", "<<A", "var.", "((((", "}}}}", "\"\\", "/*", "",
    ])
    func `what is no reference is none`(text: String) {
        #expect(findings(text).filter { $0.code == "bundle.reference" }.isEmpty)
    }

    @Test(arguments: [
        "locals { a = \"%{ if var.nosuch }x%{ endif }\" }\n", "locals {\n  a = <<EOT\n  ${var.nosuch}\nEOT\n}\n",
        "locals { a = try(var.nosuch, 1) }\n", "locals { a = { \"b\" = [for x in var.nosuch : x.name] } }\n",
        "locals { a = \"${jsonencode({ x = \"${var.nosuch}\" })}\" }\n",
    ])
    func `references in every place are found`(text: String) {
        #expect(findings(text).filter { $0.code == "bundle.reference" }.count == 1)
    }

    @Test func `a file in another language and a deep one end`() {
        #expect(findings(String(repeating: "\"${", count: 50_000)).allSatisfy { $0.code != "bundle.reference" })
        let elsewhere = findings("locals {}\n", more: ["infrastructure/modules/x/main.tf": "locals { a = var.mine }\n"])
        #expect(elsewhere.allSatisfy { $0.code != "bundle.reference" })
    }
}
