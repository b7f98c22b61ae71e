import Catalog

/// The files of a bundle that somebody begins with: small, complete, without a finding.
enum NewBundle {
    static func files(
        named name: String, kind: TemplateKind, compatibleWith environments: [CompatibleEnvironment]
    ) -> [(path: String, text: String)] {
        switch kind {
        case .environment: environment(name)
        case .service: service(name, environments)
        case .component: component
        }
    }

    private static let manifest = """
        infrastructure:
          templates:
            - file: cloudformation.yaml
              rendering_engine: jinja
              template_language: cloudformation

        """

    private static func readme(_ name: String, _ summary: String, makes: String) -> String {
        """
        # \(name)

        \(summary)

        ## What it makes

        \(makes)

        ## For its authors

        `baryon template check .` tells every fault with its place. `baryon template test .` renders the specs in `spec/` and
        compares what comes of them with `spec/rendered/`; after a change that is meant, say `--update` and read the
        difference in your version control.

        """
    }

    /// `orders-store` as a name of a type: `OrdersStore`.
    private static func typeName(_ name: String) -> String {
        let words = name.split { $0 == "-" || $0 == "_" }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
        let text = words.joined()
        return text.first?.isNumber == false ? text : "Inputs" + text
    }

    private static let component: [(path: String, text: String)] = [
        ("manifest.yaml", manifest),
        (
            "cloudformation.yaml",
            """
            AWSTemplateFormatVersion: "2010-09-09"
            Description: Queue of one component

            Resources:
              Queue:
                Type: AWS::SQS::Queue
                Properties:
                  SqsManagedSseEnabled: true
                  Tags:
                    - Key: Name
                      Value: "{{ environment.name }}-{{ component.name }}"

            # What stands here is service_instance.components.default.outputs to the instance's template.
            Outputs:
              QueueUrl:
                Description: Where messages are sent to
                Value: !Ref Queue
              QueueArn:
                Description: The queue's ARN
                Value: !GetAtt Queue.Arn

            """
        ),
    ]

    private static func environment(_ name: String) -> [(path: String, text: String)] {
        let type = typeName(name)
        return [
            (
                "schema/schema.yaml",
                """
                schema:
                  format:
                    openapi: "3.0.0"
                  environment_input_type: "\(type)"
                  types:
                    \(type):
                      type: object
                      description: A bucket that the services of the environment share.
                      properties:
                        retention_days:
                          type: integer
                          title: Retention
                          description: How long files are kept.
                          minimum: 1
                          maximum: 3650
                          default: 30
                          x-unit: days
                        versioned:
                          type: boolean
                          title: Versions
                          description: Keep earlier versions of files that are written again.
                          default: true

                """
            ),
            ("infrastructure/manifest.yaml", manifest),
            (
                "infrastructure/cloudformation.yaml",
                """
                AWSTemplateFormatVersion: "2010-09-09"
                Description: Bucket that the services of an environment share

                Resources:
                  Bucket:
                    Type: AWS::S3::Bucket
                    DeletionPolicy: Retain
                    UpdateReplacePolicy: Retain
                    Properties:
                      BucketEncryption:
                        ServerSideEncryptionConfiguration:
                          - ServerSideEncryptionByDefault:
                              SSEAlgorithm: AES256
                      PublicAccessBlockConfiguration:
                        BlockPublicAcls: true
                        BlockPublicPolicy: true
                        IgnorePublicAcls: true
                        RestrictPublicBuckets: true
                {%- if environment.inputs.versioned %}
                      VersioningConfiguration:
                        Status: Enabled
                {%- endif %}
                      LifecycleConfiguration:
                        Rules:
                          - Id: expire
                            Status: Enabled
                            ExpirationInDays: {{ environment.inputs.retention_days }}
                      Tags:
                        - Key: Name
                          Value: "{{ environment.name }}"

                Outputs:
                  BucketName:
                    Description: The bucket's name, for services
                    Value: !Ref Bucket

                """
            ),
            ("README.md", readme(name, "A bucket that the services of an environment share.", makes: "- the bucket")),
            ("NOTES.md", "First version.\n"),
            ("spec/defaults.yaml", "proton: EnvironmentSpec\nspec: {}\n"),
            (
                "spec/short-lived.yaml",
                "proton: EnvironmentSpec\nspec:\n  retention_days: 7\n  versioned: false\n"
            ),
        ]
    }

    private static func service(
        _ name: String, _ environments: [CompatibleEnvironment]
    ) -> [(path: String, text: String)] {
        let type = typeName(name)
        let compatible = environments.map { "  - \($0)\n" }.joined()
        return [
            (
                ".template-registration.yaml",
                "# Environments that an instance can run in.\ncompatible_environments:\n\(compatible)"
            ),
            (
                "schema/schema.yaml",
                """
                schema:
                  format:
                    openapi: "3.0.0"
                  service_input_type: "\(type)"
                  types:
                    \(type):
                      type: object
                      description: A queue for the work of a service.
                      properties:
                        visibility_seconds:
                          type: integer
                          title: Time for a message
                          description: A message that is not done by then is given to another worker.
                          minimum: 0
                          maximum: 43200
                          default: 30
                          x-unit: seconds
                        attempts:
                          type: integer
                          title: Attempts
                          description: A message that went wrong so often is set aside.
                          minimum: 1
                          maximum: 1000
                          default: 3

                """
            ),
            ("instance_infrastructure/manifest.yaml", manifest),
            (
                "instance_infrastructure/cloudformation.yaml",
                """
                AWSTemplateFormatVersion: "2010-09-09"
                Description: Queue for the work of a service

                Resources:
                  Rejected:
                    Type: AWS::SQS::Queue
                    DeletionPolicy: Delete
                    UpdateReplacePolicy: Delete
                    Properties:
                      MessageRetentionPeriod: 1209600
                      SqsManagedSseEnabled: true

                  Queue:
                    Type: AWS::SQS::Queue
                    DeletionPolicy: Delete
                    UpdateReplacePolicy: Delete
                    Properties:
                      VisibilityTimeout: {{ service_instance.inputs.visibility_seconds }}
                      SqsManagedSseEnabled: true
                      RedrivePolicy:
                        deadLetterTargetArn: !GetAtt Rejected.Arn
                        maxReceiveCount: {{ service_instance.inputs.attempts }}
                      Tags:
                        - Key: Name
                          Value: "{{ service.name }}-{{ service_instance.name }}"
                        - Key: Environment
                          Value: "{{ environment.name }}"

                Outputs:
                  QueueUrl:
                    Description: Where workers fetch messages
                    Value: !Ref Queue

                """
            ),
            (
                "README.md",
                readme(
                    name, "A queue for the work of a service.",
                    makes: "- the queue\n- a second queue for what could not be done")
            ),
            ("NOTES.md", "First version.\n"),
            (
                "spec/two-instances.yaml",
                """
                proton: ServiceSpec
                instances:
                  - name: dev
                    environment: demo
                    spec: {}
                  - name: prod
                    environment: demo
                    spec:
                      visibility_seconds: 300
                      attempts: 5

                """
            ),
            (
                "spec/two-instances.given.yaml",
                """
                # What a deployment would know: outputs that the template reads stand here too.
                service:
                  name: orders
                environment:
                  name: demo
                  outputs: {}

                """
            ),
        ]
    }
}
