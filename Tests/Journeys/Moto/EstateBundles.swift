import Foundation
import Testing

extension Estate {
    /// The bundles that the estate's stacks were made from.
    func registerTemplates() throws {
        try bundle(
            "topics", "environment", input: "environment_input_type", folder: "infrastructure",
            property: "purpose", type: "string",
            """
            Resources:
              Topic:
                Type: AWS::SNS::Topic
                Properties:
                  DisplayName: "{{ environment.name }}: {{ environment.inputs.purpose }}"
            Outputs:
              TopicName:
                Value: !GetAtt Topic.TopicName
            """)
        try bundle(
            "queue", "service", input: "service_input_type", folder: "instance_infrastructure", property: "delay",
            type: "integer",
            """
            Resources:
              Queue:
                Type: AWS::SQS::Queue
                Properties:
                  DelaySeconds: {{ service_instance.inputs.delay }}
                  Tags:
                    - Key: topic
                      Value: "{{ environment.outputs.TopicName }}"
                    - Key: service
                      Value: "{{ service.name }}"
            Outputs:
              QueueName:
                Value: !GetAtt Queue.QueueName
            """)
    }

    private func bundle(
        _ name: String, _ kind: String, input: String, folder: String, property: String, type: String,
        _ template: String
    ) throws {
        let schema = """
            schema:
              format:
                openapi: "3.0.0"
              \(input): "Input"
              types:
                Input:
                  type: object
                  required: [\(property)]
                  properties:
                    \(property):
                      type: \(type)
            """
        let manifest = """
            infrastructure:
              templates:
                - file: "cloudformation.yaml"
                  rendering_engine: jinja
                  template_language: cloudformation
            """
        for (path, text) in [
            ("schema/schema.yaml", schema), ("\(folder)/manifest.yaml", manifest),
            ("\(folder)/cloudformation.yaml", template),
        ] { try program.write(text, to: "\(name)/\(path)") }
        var arguments = ["template", "register", name, "--name", name]
        if kind == "service" { arguments += ["--compatible-with", "topics:1"] }
        let made = try program.run(arguments)
        try #require(made.code == 0, "\(made.talk)")
        let published = try program.run("template", "publish", "\(name)@1.0")
        try #require(published.code == 0, "\(published.talk)")
    }
}
