/// The resources of a new bundle in CloudFormation.
extension NewBundle {
    private static let cloudFormationManifest = """
        infrastructure:
          templates:
            - file: cloudformation.yaml
              rendering_engine: jinja
              template_language: cloudformation

        """

    static var cloudFormationBucket: [File] {
        [
            ("infrastructure/manifest.yaml", cloudFormationManifest),
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
        ]
    }

    static var cloudFormationQueue: [File] {
        [
            ("instance_infrastructure/manifest.yaml", cloudFormationManifest),
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
        ]
    }

    static let cloudFormationComponent: [File] = [
        ("manifest.yaml", cloudFormationManifest),
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
}
