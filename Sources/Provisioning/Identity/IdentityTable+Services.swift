/// The second half of the table: data, messages, rights, delivery, watching.
extension IdentityTable {
    static let data = """
        AWS::S3::Bucket@63@lower {name:BucketName} Arn=arn:aws:s3:::{ref} DomainName={ref}.s3.amazonaws.com RegionalDomainName={ref}.s3.{region}.amazonaws.com DualStackDomainName={ref}.s3.dualstack.{region}.amazonaws.com WebsiteURL=http://{ref}.s3-website-{region}.amazonaws.com
        AWS::S3::BucketPolicy {p:Bucket}
        AWS::DynamoDB::Table {name:TableName} Arn=arn:aws:dynamodb:{region}:{account}:table/{ref} StreamArn=arn:aws:dynamodb:{region}:{account}:table/{ref}/stream/2026-01-01T00:00:00.000
        AWS::RDS::DBInstance@63@lower {name:DBInstanceIdentifier} DBInstanceArn=arn:aws:rds:{region}:{account}:db:{ref} Endpoint.Address={ref}.{lower12}.{region}.rds.amazonaws.com Endpoint.Port={port} Endpoint.HostedZoneId=Z{suffix:zone} DbiResourceId=db-{suffix}{suffix:b} MasterUserSecret.SecretArn=arn:aws:secretsmanager:{region}:{account}:secret:rds!db-{uuid}-{lower6}
        AWS::RDS::DBCluster@63@lower {name:DBClusterIdentifier} DBClusterArn=arn:aws:rds:{region}:{account}:cluster:{ref} Endpoint.Address={ref}.cluster-{lower12}.{region}.rds.amazonaws.com Endpoint.Port={port} ReadEndpoint.Address={ref}.cluster-ro-{lower12}.{region}.rds.amazonaws.com DBClusterResourceId=cluster-{suffix} MasterUserSecret.SecretArn=arn:aws:secretsmanager:{region}:{account}:secret:rds!cluster-{uuid}-{lower6}
        AWS::RDS::DBSubnetGroup@lower {name:DBSubnetGroupName}
        AWS::RDS::DBParameterGroup@lower {name:DBParameterGroupName}
        AWS::RDS::DBClusterParameterGroup@lower {name:DBClusterParameterGroupName}
        AWS::ElastiCache::CacheCluster@50@lower {name:ClusterName} RedisEndpoint.Address={ref}.{lower6}.0001.cache.amazonaws.com RedisEndpoint.Port=6379 ConfigurationEndpoint.Address={ref}.{lower6}.cfg.cache.amazonaws.com ConfigurationEndpoint.Port=11211
        AWS::ElastiCache::ReplicationGroup@40@lower {name:ReplicationGroupId} PrimaryEndPoint.Address={ref}.{lower6}.ng.0001.cache.amazonaws.com PrimaryEndPoint.Port=6379 ReaderEndPoint.Address={ref}-ro.{lower6}.ng.0001.cache.amazonaws.com ReaderEndPoint.Port=6379
        AWS::EFS::FileSystem fs-{id17} FileSystemId={ref} Arn=arn:aws:elasticfilesystem:{region}:{account}:file-system/{ref}
        AWS::EFS::MountTarget fsmt-{id17} Id={ref} IpAddress=10.0.{octet:a}.{octet:b}
        AWS::EFS::AccessPoint fsap-{id17} AccessPointId={ref} Arn=arn:aws:elasticfilesystem:{region}:{account}:access-point/{ref}
        AWS::OpenSearchService::Domain@28@lower {name:DomainName} Arn=arn:aws:es:{region}:{account}:domain/{ref} DomainArn=arn:aws:es:{region}:{account}:domain/{ref} DomainEndpoint=search-{ref}-{lower26}.{region}.es.amazonaws.com
        AWS::Kinesis::Stream {name:Name} Arn=arn:aws:kinesis:{region}:{account}:stream/{ref}
        AWS::KinesisFirehose::DeliveryStream {name:DeliveryStreamName} Arn=arn:aws:firehose:{region}:{account}:deliverystream/{ref}
        AWS::SQS::Queue@80 https://sqs.{region}.amazonaws.com/{account}/{name:QueueName} Arn=arn:aws:sqs:{region}:{account}:{name:QueueName} QueueName={name:QueueName} QueueUrl={ref}
        AWS::SQS::QueuePolicy {stack}-{logical}-{suffix} Id={ref}
        AWS::SNS::Topic arn:aws:sns:{region}:{account}:{name:TopicName} TopicArn={ref} TopicName={name:TopicName}
        AWS::SNS::Subscription {p:TopicArn}:{uuid} Arn={ref}
        AWS::SNS::TopicPolicy {stack}-{logical}-{suffix} Id={ref}
        AWS::Events::Rule {name:Name} Arn=arn:aws:events:{region}:{account}:rule/{ref}
        AWS::Events::EventBus {name:Name} Arn=arn:aws:events:{region}:{account}:event-bus/{ref} Name={ref}
        AWS::Scheduler::Schedule {name:Name} Arn=arn:aws:scheduler:{region}:{account}:schedule/{p:GroupName|default}/{ref}
        AWS::Scheduler::ScheduleGroup {name:Name} Arn=arn:aws:scheduler:{region}:{account}:schedule-group/{ref}
        AWS::Pipes::Pipe {name:Name} Arn=arn:aws:pipes:{region}:{account}:pipe/{ref}
        """

    static let governance = """
        AWS::IAM::Role {name:RoleName} Arn=arn:aws:iam::{account}:role{p:Path|/}{ref} RoleId=AROA{suffix}{decimal4}
        AWS::IAM::User {name:UserName} Arn=arn:aws:iam::{account}:user{p:Path|/}{ref}
        AWS::IAM::Group {name:GroupName} Arn=arn:aws:iam::{account}:group{p:Path|/}{ref}
        AWS::IAM::Policy {stack}-{logical}-{suffix} Id={ref}
        AWS::IAM::ManagedPolicy arn:aws:iam::{account}:policy{p:Path|/}{name:ManagedPolicyName} PolicyArn={ref} PolicyId=ANPA{suffix}{decimal4}
        AWS::IAM::InstanceProfile {name:InstanceProfileName} Arn=arn:aws:iam::{account}:instance-profile{p:Path|/}{ref}
        AWS::IAM::AccessKey AKIA{suffix}{decimal3} Id={ref} SecretAccessKey=not-a-secret-{hex16}
        AWS::KMS::Key {uuid} KeyId={ref} Arn=arn:aws:kms:{region}:{account}:key/{ref}
        AWS::KMS::Alias {p:AliasName}
        AWS::SecretsManager::Secret arn:aws:secretsmanager:{region}:{account}:secret:{name:Name}-{lower6} Id={ref}
        AWS::SSM::Parameter {name:Name} Type={p:Type} Value={p:Value}
        AWS::CertificateManager::Certificate arn:aws:acm:{region}:{account}:certificate/{uuid} CertificateArn={ref}
        AWS::Cognito::UserPool {region}_{lower9} UserPoolId={ref} Arn=arn:aws:cognito-idp:{region}:{account}:userpool/{ref} ProviderName=cognito-idp.{region}.amazonaws.com/{ref} ProviderURL=https://cognito-idp.{region}.amazonaws.com/{ref}
        AWS::Cognito::UserPoolClient {lower26} ClientId={ref} Name={p:ClientName}
        AWS::Cognito::IdentityPool {region}:{uuid} Id={ref}
        AWS::WAFv2::WebACL {name:Name}|{uuid}|{p:Scope} Id={uuid} Arn=arn:aws:wafv2:{region}:{account}:regional/webacl/{name:Name}/{uuid}
        AWS::Logs::LogGroup@512 {name:LogGroupName} Arn=arn:aws:logs:{region}:{account}:log-group:{ref}:*
        AWS::Logs::LogStream@scoped {name:LogStreamName}
        AWS::CloudWatch::Alarm@255 {name:AlarmName} Arn=arn:aws:cloudwatch:{region}:{account}:alarm:{ref}
        AWS::CloudWatch::Dashboard {name:DashboardName}
        AWS::CodeBuild::Project {name:Name} Arn=arn:aws:codebuild:{region}:{account}:project/{ref}
        AWS::CodePipeline::Pipeline {name:Name} Version=1
        AWS::CodeDeploy::Application {name:ApplicationName}
        AWS::CodeDeploy::DeploymentGroup@scoped {name:DeploymentGroupName}
        AWS::CodeCommit::Repository {uuid} Name={p:RepositoryName} Arn=arn:aws:codecommit:{region}:{account}:{p:RepositoryName} CloneUrlHttp=https://git-codecommit.{region}.amazonaws.com/v1/repos/{p:RepositoryName}
        AWS::CodeStarConnections::Connection arn:aws:codestar-connections:{region}:{account}:connection/{uuid} ConnectionArn={ref} ConnectionStatus=PENDING
        AWS::CloudFormation::Stack arn:aws:cloudformation:{region}:{account}:stack/{stack}-{logical}-{suffix}/{uuid} StackId={ref}
        AWS::CloudFormation::WaitConditionHandle https://cloudformation-waitcondition-{region}.s3.amazonaws.com/{uuid} Id={ref}
        """
}
