import Bundles
import Catalog
import Documents
import Testing

@Suite struct BundleCheckTests {
    private let instance = "instance_infrastructure/cloudformation.yaml"

    private func codes(_ changes: [String: String?], of files: [String: String] = Samples.service) -> [String] {
        Samples.bundle(files, changing: changes).check()
            .filter { $0.severity != .note && !$0.code.rawValue.hasPrefix("cloudformation.") }.map(\.code.rawValue)
    }

    @Test func `good bundles have nothing but needs`() {
        #expect(Samples.bundle(Samples.environment).check().isEmpty)
        let findings = Samples.bundle(Samples.service).check()
        #expect(findings.map(\.code) == ["bundle.needs"], "\(findings.map(\.text))")
        #expect(findings.first?.message.contains("VpcId") == true)
    }

    @Test func `environment outputs are held against the environments`() {
        let network = Samples.bundle(Samples.environment, name: "network")
        #expect(Samples.bundle(Samples.service).check(against: [EnvironmentOffer(network)]).isEmpty)
        let poor = Samples.bundle(
            Samples.environment,
            changing: [
                "infrastructure/cloudformation.yaml":
                    "a: \"{{ environment.inputs }}\"\nOutputs:\n  Vpc:\n    Value: 1\n"
            ],
            name: "poor")
        let findings = Samples.bundle(Samples.service).check(
            against: [EnvironmentOffer(network), EnvironmentOffer(poor)])
        #expect(findings.map(\.code) == ["bundle.output"])
        #expect(findings.first?.message.contains("poor") == true)
        #expect(findings.first?.place?.line == 7)
    }

    @Test func `an unknown name and an unused input are told`() throws {
        let text = """
            Port: {{ service_instance.inputs.prot }}
            Old: "{{ service_instance.image }}"
            Env: "{{ environment.inputs.x }}"
            Gone: "{{ service_name }}"
            Fine: "{{ service_instance.inputs.tag | default('x') }}"

            """
        let findings = Samples.bundle(Samples.service, changing: [instance: text]).check()
            .filter { $0.place?.file == "b/\(instance)" && $0.code == "bundle.reference" }
        #expect(findings.map { $0.place?.line } == [1, 2, 3, 4], "\(findings.map(\.text))")
        #expect(findings.first?.hint?.contains("port") == true)
        #expect(findings[1].hint == "Write service_instance.inputs.image.")
    }

    @Test func `unused inputs are told, unless a template walks them all`() {
        let none = codes([instance: "Vpc: \"{{ environment.outputs.VpcId }}\"\nOutputs:\n  Url: {Value: x}\n"])
        #expect(none == ["bundle.unused", "bundle.unused"])
        let walked = codes([
            instance:
                "{% for k, v in service_instance.inputs.items() %}\n{{ k }}: \"{{ v }}\"\n{% endfor %}\nOutputs:\n  Url: {Value: x}\n"
        ])
        #expect(!walked.contains("bundle.unused"))
    }

    @Test func `a secret that no template reads may be there for a hook`() {
        let schema = (Samples.service["schema/schema.yaml"] ?? "").replacing(
            "image: {type: string, minLength: 3, default: nginx}", with: "image: {type: string, x-secret: true}")
        let text = "Vpc: \"{{ environment.outputs.VpcId }}\"\nOutputs:\n  Url: {Value: x}\n"
        let found = Samples.bundle(Samples.service, changing: ["schema/schema.yaml": schema, instance: text]).check()
        let unused = found.filter { $0.code == "bundle.unused" }
        #expect(unused.count == 1 && unused.allSatisfy { !$0.message.contains("image") }, "\(found.map(\.text))")
    }

    @Test func `a secret is printed as it is`() {
        let schema = (Samples.service["schema/schema.yaml"] ?? "").replacing(
            "image: {type: string, minLength: 3, default: nginx}", with: "image: {type: string, x-secret: true}")
        #expect(schema.contains("x-secret"))
        func found(_ text: String) -> [String] {
            codes([
                "schema/schema.yaml": schema,
                instance: (Samples.service[instance] ?? "").replacing(
                    "{{ service_instance.inputs.image }}", with: text),
            ]).filter { $0 == "bundle.secret" }
        }
        #expect(found("{{ service_instance.inputs.image }}").isEmpty)
        #expect(found("{{ service_instance.inputs.image if service_instance.inputs.image is defined }}").isEmpty)
        #expect(found("{{ service_instance.inputs.image | upper }}") == ["bundle.secret"])
        #expect(found("{{ service_instance.inputs.image | default('none') }}") == ["bundle.secret"])
        #expect(found("{{ service_instance.inputs['image'] | d }}") == ["bundle.secret"])
        #expect(found("{% set s = service_instance.inputs.image | default('') %}{{ s }}") == ["bundle.secret"])
        #expect(
            found("{% if service_instance.inputs.image is defined %}{{ service_instance.inputs.image }}{% endif %}")
                .isEmpty)
        #expect(found("{{ 1 if service_instance.inputs.image == 'x' }}") == ["bundle.secret"])
        #expect(found("{% set s = service_instance.inputs.image %}{{ s | length }}") == ["bundle.secret"])
        #expect(found("{% for c in service_instance.inputs.image %}{{ c }}{% endfor %}") == ["bundle.secret"])
    }

    @Test func `no property of a build's project shows a secret`() throws {
        let bundle = Samples.bundle(
            Samples.environment,
            changing: [
                "schema/schema.yaml": (Samples.environment["schema/schema.yaml"] ?? "")
                    .replacing("properties:", with: "properties:\n        token: {type: string, x-secret: true}"),
                "infrastructure/manifest.yaml": """
                infrastructure:
                  templates:
                    - rendering_engine: codebuild
                      settings:
                        image: i
                        runtimes: {nodejs: 20}
                        provision: [make]
                        deprovision: [make clean]
                        project_properties: {Name: "{{ environment.inputs.token }}"}

                """,
                "infrastructure/cloudformation.yaml": nil,
            ])
        let finding = try #require(bundle.check().first { $0.code == "bundle.secret" })
        #expect(finding.message.contains("environment.inputs.token stands in a project's property"))
        #expect(finding.place?.line == 9)
    }

    @Test func `text without quotes, dynamic references and hyphens are told`() {
        let quotes = codes([
            instance: (Samples.service[instance] ?? "").replacing(
                "\"{{ service_instance.inputs.image }}\"", with: "{{ service_instance.inputs.image }}")
        ])
        #expect(quotes == ["bundle.quotes"])
        let secret = codes([instance: (Samples.service[instance] ?? "") + "Secret: '{{resolve:ssm:x}}'\n"])
        #expect(secret.contains("jinja.dynamicReference"))
        let schema = (Samples.service["schema/schema.yaml"] ?? "").replacing("port:", with: "the-port:")
        #expect(codes(["schema/schema.yaml": schema]).contains("bundle.name"))
    }

    @Test func `a pipeline reads outputs that its instances have`() {
        let text = (Samples.service[instance] ?? "").replacing("Url:", with: "Address:")
        #expect(codes([instance: text]) == ["bundle.output"])
    }

    @Test func `layout and manifest faults are told together`() {
        let found = codes([
            "instance_infrastructure/manifest.yaml":
                "infrastructure:\n  templates:\n    - file: other.yaml\n      rendering_engine: jinja\n      template_language: terraform\n      extra: 1\n",
            "pipeline_infrastructure/manifest.yaml": nil,
            "schema/schema.yaml": (Samples.service["schema/schema.yaml"] ?? "").replacing(
                "  pipeline_input_type: PipelineInput\n", with: ""),
        ])
        for code in ["manifest.language", "manifest.key", "bundle.missing", "schema.file"] {
            #expect(found.contains(code), "\(code) in \(found)")
        }
    }

    @Test func `a misnamed input type does not hide what is wrong with the one that was meant`() {
        let schema = """
            schema:
              format: {openapi: "3.0.0"}
              environment_input_type: Netwrk
              types:
                Network: {type: objekt, properties: {cidr: {type: strng}}}

            """
        let findings = Samples.bundle(Samples.environment, changing: ["schema/schema.yaml": schema]).check()
        let texts = findings.filter { $0.severity == .error }.map(\.text).joined()
        #expect(texts.contains("Netwrk") && texts.contains("objekt") && texts.contains("strng"), "\(texts)")
    }

    @Test func `Terraform and CodeBuild are known, and what a build lacks is told`() {
        let terraform = Samples.bundle(
            Samples.environment,
            changing: [
                "infrastructure/manifest.yaml":
                    "infrastructure:\n  templates:\n    - {file: \"*\", rendering_engine: hcl, template_language: terraform}\n",
                "infrastructure/cloudformation.yaml": nil, "infrastructure/main.tf": "output \"VpcId\" {\n}\n",
            ])
        #expect(terraform.check().isEmpty)
        #expect(terraform.outputs(of: .environment) == ["VpcId"])
        let build = Samples.bundle(
            Samples.environment,
            changing: [
                "infrastructure/manifest.yaml":
                    "infrastructure:\n  templates:\n    - rendering_engine: codebuild\n      settings: {provision: [make], deprovision: [make clean]}\n",
                "infrastructure/cloudformation.yaml": nil,
            ])
        #expect(build.check().map(\.code) == ["manifest.settings", "manifest.settings"])
        let texts = build.check().map(\.message).joined()
        #expect(texts.contains("image") && texts.contains("runtimes"))
        #expect(build.manifests[.environment]?.codeBuild?.provision == ["make"])
    }

    private let oldManifest =
        "infrastructure:\n  templates:\n    - {file: cloudformation.yaml, engine: jinja, template_language: cloudformation}\n"

    @Test func `the format of before June 2021 is explained`() {
        let old = Samples.bundle(
            Samples.environment,
            changing: [
                "infrastructure/manifest.yaml": oldManifest,
                "infrastructure/cloudformation.yaml": "a: \"{{ environment.vpc_cidr }} {{ environment.size }}\"\n",
            ])
        #expect(old.isPreview)
        let findings = old.check()
        #expect(findings.first { $0.code == "bundle.preview" }?.causes.isEmpty == false)
        var files = Samples.service
        for (path, text) in Samples.service where path.contains("_infrastructure/") {
            files[path] = nil
            files[path.replacing("instance_", with: "").replacing("pipeline_infrastructure", with: "pipeline")] = text
        }
        #expect(Samples.bundle(files).isPreview)
    }

    @Test func `the old key alone is a warning`() {
        let old = Samples.bundle(Samples.environment, changing: ["infrastructure/manifest.yaml": oldManifest])
        #expect(!old.isPreview)
        #expect(old.check().map(\.code) == ["manifest.key"])
        #expect(old.languages == [.environment: .cloudFormation])
    }

    @Test func `a misspelt registration key is read, with a warning`() {
        let bundle = Samples.bundle(
            Samples.service,
            changing: [
                ".compatible-envs": nil, ".template-registration.yaml": "compatible_environment:\n  - network:2\n",
            ])
        #expect(bundle.registration.compatibleEnvironments.map(\.major) == [2])
        #expect(bundle.findings.map(\.code) == ["bundle.registration"])
        #expect(bundle.findings.first?.severity == .warning)
    }
}
