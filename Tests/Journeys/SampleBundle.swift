/// A platform engineer's own bundle, with and without three faults.
struct SampleBundle: WrittenBundle {
    let directory: String

    /// What the check says of each fault: its place, and what is wrong.
    static let faults = [
        "infrastructure/cloudformation.yaml:6:", "queue_nam", "infrastructure/manifest.yaml", "template_langage",
        "schema/schema.yaml", "strng",
    ]

    func write(faulty: Bool) throws {
        try put(
            "schema/schema.yaml",
            """
            schema:
              format:
                openapi: "3.0.0"
              environment_input_type: "Queue"
              types:
                Queue:
                  type: object
                  required: [queue_name]
                  properties:
                    queue_name:
                      type: \(faulty ? "strng" : "string")
                      title: Queue name
                      maxLength: 80
                      pattern: '^[a-z]+$'
            """)
        try put(
            "infrastructure/manifest.yaml",
            """
            infrastructure:
              templates:
                - file: "cloudformation.yaml"
                  rendering_engine: jinja
                  \(faulty ? "template_langage" : "template_language"): cloudformation
            """)
        try put(
            "infrastructure/cloudformation.yaml",
            """
            AWSTemplateFormatVersion: '2010-09-09'
            Resources:
              Queue:
                Type: AWS::SQS::Queue
                Properties:
                  QueueName: "{{ environment.inputs.\(faulty ? "queue_nam" : "queue_name") }}"
            Outputs:
              QueueUrl:
                Value: !Ref Queue
            """)
    }
}
