/// An environment template of five queues, one of which may be left out, and one more that an account may refuse.
struct QueueBundle: WrittenBundle {
    let directory: String

    func write() throws {
        try put(
            "schema/schema.yaml",
            """
            schema:
              format:
                openapi: "3.0.0"
              environment_input_type: "Queues"
              types:
                Queues:
                  type: object
                  properties:
                    delay:
                      type: integer
                      title: Delay
                      default: 0
                    small:
                      type: boolean
                      title: Small
                      default: false
                    extra:
                      type: boolean
                      title: Extra
                      default: false
            """)
        try put(
            "infrastructure/manifest.yaml",
            """
            infrastructure:
              templates:
                - file: "cloudformation.yaml"
                  rendering_engine: jinja
                  template_language: cloudformation
            """)
        var text = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n"
        for number in 1...4 { text += queue("Queue\(number)") }
        text += "{% if not environment.inputs.small %}\n\(queue("Queue5")){% endif %}\n"
        text += "{% if environment.inputs.extra %}\n\(queue("Extra", after: "Queue2")){% endif %}\n"
        try put("infrastructure/cloudformation.yaml", text + "Outputs:\n  Url:\n    Value: !Ref Queue1")
    }

    private func queue(_ name: String, after other: String? = nil) -> String {
        let order = other.map { "    DependsOn: \($0)\n" } ?? ""
        return "  \(name):\n    Type: AWS::SQS::Queue\n\(order)    Properties:\n"
            + "      DelaySeconds: {{ environment.inputs.delay }}\n"
    }
}
