import Bundles
import Catalog
import Documents

/// Foundation has a type of this name too.
typealias Bundle = Bundles.Bundle

/// Small bundles, written where the tests read them.
enum Samples {
    static let manifest = """
        infrastructure:
          templates:
            - file: cloudformation.yaml
              rendering_engine: jinja
              template_language: cloudformation

        """

    static let environment: [String: String] = [
        "schema/schema.yaml": """
        schema:
          format: {openapi: "3.0.0"}
          environment_input_type: EnvironmentInput
          types:
            EnvironmentInput:
              type: object
              required: [vpc_cidr]
              properties:
                vpc_cidr: {type: string, pattern: "^[0-9./]+$"}
                size: {type: number, default: 2}

        """,
        "infrastructure/manifest.yaml": manifest,
        "infrastructure/cloudformation.yaml": """
        Resources:
          Vpc:
            Type: AWS::EC2::VPC
            Properties:
              CidrBlock: "{{ environment.inputs.vpc_cidr }}"
              Count: {{ environment.inputs.size }}
        Outputs:
          VpcId:
            Value: !Ref Vpc

        """,
    ]

    static let service: [String: String] = [
        "schema/schema.yaml": """
        schema:
          format: {openapi: "3.0.0"}
          service_input_type: ServiceInput
          pipeline_input_type: PipelineInput
          types:
            ServiceInput:
              type: object
              properties:
                port: {type: number, default: 80}
                image: {type: string, minLength: 3, default: nginx}
            PipelineInput:
              type: object
              properties:
                command: {type: string, default: make}

        """,
        "instance_infrastructure/manifest.yaml": manifest,
        "instance_infrastructure/cloudformation.yaml": """
        Resources:
          Task:
            Type: AWS::ECS::TaskDefinition
            Properties:
              Port: {{ service_instance.inputs.port }}
              Image: "{{ service_instance.inputs.image }}"
              Vpc: "{{ environment.outputs.VpcId }}"
        Outputs:
          Url:
            Value: x

        """,
        "pipeline_infrastructure/manifest.yaml": manifest,
        "pipeline_infrastructure/cloudformation.yaml": """
        Resources:
        {% for service_instance in service_instances %}
          Deploy{{ loop.index }}:
            Type: AWS::CodeBuild::Project
            Properties:
              Command: "{{ pipeline.inputs.command }} {{ service_instance.outputs.Url }}"
        {% endfor %}

        """,
        ".compatible-envs": "network:1\n",
    ]

    static func bundle(_ files: [String: String], changing changes: [String: String?] = [:], name: String = "b")
        -> Bundle
    {
        var files = files
        for (path, text) in changes { files[path] = text }
        return Bundle(
            files: BundleFiles(files.map { BundleFiles.File(path: $0.key, bytes: Array($0.value.utf8)) }), name: name)
    }

    static func spec(_ text: String, service: Bool = true) -> (spec: Spec?, findings: [Finding]) {
        Spec.read(Source(name: "spec.yaml", text: text), kind: service ? .service : .environment)
    }
}
