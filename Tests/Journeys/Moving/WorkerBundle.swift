/// A service template of one queue that knows an output of its environment, and one more that an account may refuse.
struct WorkerBundle: WrittenBundle {
    let directory: String

    func write() throws {
        try put(
            "schema/schema.yaml",
            """
            schema:
              format:
                openapi: "3.0.0"
              service_input_type: "Worker"
              types:
                Worker:
                  type: object
                  properties:
                    delay:
                      type: integer
                      default: 0
                    extra:
                      type: boolean
                      default: false
            """)
        try put(
            "instance_infrastructure/manifest.yaml",
            """
            infrastructure:
              templates:
                - file: "cloudformation.yaml"
                  rendering_engine: jinja
                  template_language: cloudformation
            """)
        try put(
            "instance_infrastructure/cloudformation.yaml",
            """
            AWSTemplateFormatVersion: '2010-09-09'
            Resources:
              Jobs:
                Type: AWS::SQS::Queue
                Properties:
                  DelaySeconds: {{ service_instance.inputs.delay }}
                  Tags:
                    - Key: source
                      Value: "{{ environment.outputs.Url }}"
            {% if service_instance.inputs.extra %}
              Extra:
                Type: AWS::SQS::Queue
                DependsOn: Jobs
            {% endif %}
            Outputs:
              Jobs:
                Value: !Ref Jobs
            """)
    }
}
