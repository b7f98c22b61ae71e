import CloudFormation
import Documents
import Testing

@Suite struct EndedServiceTests {
    @Test func `calls to a service that has ended are told where they stand`() throws {
        let template = try evaluated(
            """
            Resources:
              Old: {Type: AWS::Proton::EnvironmentTemplate}
              Role:
                Type: AWS::IAM::Role
                Properties:
                  AssumeRolePolicyDocument:
                    Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: codebuild.proton.amazonaws.com}}]
                  Policies:
                    - PolicyName: a
                      PolicyDocument: {Statement: [{Effect: Allow, Action: ["proton:GetService", "s3:*"], Resource: "*"}]}
              Build:
                Type: AWS::CodeBuild::Project
                Properties:
                  Artifacts: {Type: NO_ARTIFACTS}
                  Environment: {ComputeType: a, Image: b, Type: c, EnvironmentVariables: [{Name: proton, Value: "aws"}]}
                  ServiceRole: !GetAtt Role.Arn
                  Source:
                    Type: NO_SOURCE
                    BuildSpec: !Sub |
                      phases:
                        build:
                          commands:
                            - echo "proton is the name of this aws account"
                            - aws --region ${AWS::Region} proton get-service --name x > /tmp/s
                            - python -c 'import boto3; boto3.client("proton").list_services()'
            """)
        let findings = template.advice(region: nil, day: nil).filter { $0.code == "cloudformation.endedService" }
        #expect(
            findings.map { "\($0.place?.line ?? 0):\($0.place?.column ?? 0) \($0.message)" } == [
                "2:3 The type of \"Old\" must be of a service that is there, but AWS Proton ended on 2026-10-07.",
                "7:84 Resource \"Role\" must trust services that are there, but \"codebuild.proton.amazonaws.com\" is none: "
                    + "AWS Proton ended on 2026-10-07.",
                "10:65 Resource \"Role\" must allow actions of services that are there, but \"proton:GetService\" is none: "
                    + "AWS Proton ended on 2026-10-07.",
                "24:19 Resource \"Build\" must call services that are there, but runs \"aws proton get-service\": "
                    + "AWS Proton ended on 2026-10-07.",
                "25:44 Resource \"Build\" must call services that are there, but runs \"boto3.client proton\": "
                    + "AWS Proton ended on 2026-10-07.",
            ])
        #expect(findings.allSatisfy { $0.severity == .warning && $0.hint != nil && $0.pointer != nil })
    }

    /// Every pipeline of the cases that deployed by the command line is told of it.
    @Test(arguments: Cases.rendered)
    func `every command of the cases is found`(path: String) throws {
        let document = try Cases.document("\(path)/cloudformation.yaml", as: .cloudFormation)
        let findings = Template.read(document).template.evaluate().template.advice(region: nil, day: nil)
        let text = String(decoding: try Cases.bytes("\(path)/cloudformation.yaml"), as: UTF8.self)
        let isCalled = text.contains("aws proton ") || text.contains("proton.amazonaws.com") || text.contains("proton:")
        #expect(findings.contains { $0.code == "cloudformation.endedService" } == isCalled)
    }
}
