/// The table of ids, a line a type: the type, its physical id, then its attributes.
///
/// `@32` after a type limits made names to 32 characters, `@lower` makes them small, `@scoped` says that a name is
/// only unique within its parent. Patterns hold no blanks. What the
/// services document under "Return values" is the source; types that are not here get ids by the generic rule.
extension IdentityTable {
    static let network = """
        AWS::EC2::VPC vpc-{id17} VpcId={ref} CidrBlock={p:CidrBlock} DefaultSecurityGroup=sg-{id17:group} DefaultNetworkAcl=acl-{id17:acl}
        AWS::EC2::Subnet subnet-{id17} SubnetId={ref} VpcId={p:VpcId} CidrBlock={p:CidrBlock} AvailabilityZone={zone} NetworkAclAssociationId=aclassoc-{id17:acl}
        AWS::EC2::InternetGateway igw-{id17} InternetGatewayId={ref}
        AWS::EC2::EgressOnlyInternetGateway eigw-{id17} Id={ref}
        AWS::EC2::VPCGatewayAttachment IGW|{p:VpcId} AttachmentType=IGW
        AWS::EC2::RouteTable rtb-{id17} RouteTableId={ref}
        AWS::EC2::Route {p:RouteTableId}|{first:DestinationCidrBlock,DestinationIpv6CidrBlock,DestinationPrefixListId} CidrBlock={p:DestinationCidrBlock}
        AWS::EC2::SubnetRouteTableAssociation rtbassoc-{id17} Id={ref}
        AWS::EC2::EIP 203.0.113.{octet} AllocationId=eipalloc-{id17} PublicIp={ref}
        AWS::EC2::NatGateway nat-{id17} NatGatewayId={ref} EniId=eni-{id17:eni}
        AWS::EC2::NetworkAcl acl-{id17} Id={ref}
        AWS::EC2::NetworkInterface eni-{id17} Id={ref} PrimaryPrivateIpAddress=10.0.{octet:a}.{octet:b}
        AWS::EC2::SecurityGroup sg-{id17} GroupId={ref} Id={ref} VpcId={p:VpcId} GroupName={name:GroupName}
        AWS::EC2::SecurityGroupIngress sgr-{id17} Id={ref}
        AWS::EC2::SecurityGroupEgress sgr-{id17} Id={ref}
        AWS::EC2::VPCEndpoint vpce-{id17} Id={ref} CreationTimestamp=2026-01-01T00:00:00Z DnsEntries=vpce-{id17}.{region}.vpce.amazonaws.com
        AWS::EC2::FlowLog fl-{id17} Id={ref}
        AWS::EC2::Instance i-{id17} InstanceId={ref} PrivateIp=10.0.{octet:a}.{octet:b} PublicIp=203.0.113.{octet} PrivateDnsName=ip-10-0-{octet:a}-{octet:b}.{region}.compute.internal PublicDnsName=ec2-203-0-113-{octet}.{region}.compute.amazonaws.com AvailabilityZone={region}a VpcId={p:VpcId}
        AWS::EC2::Volume vol-{id17} VolumeId={ref}
        AWS::EC2::LaunchTemplate lt-{id17} LaunchTemplateId={ref} LatestVersionNumber={revision} DefaultVersionNumber=1
        AWS::EC2::KeyPair {name:KeyName} KeyPairId=key-{id17} KeyFingerprint={hex20}
        AWS::EC2::TransitGateway tgw-{id17} Id={ref} TransitGatewayArn=arn:aws:ec2:{region}:{account}:transit-gateway/{ref}
        AWS::EC2::TransitGatewayAttachment tgw-attach-{id17} Id={ref}
        AWS::EC2::VPCPeeringConnection pcx-{id17} Id={ref}
        AWS::EC2::PrefixList pl-{id17} PrefixListId={ref} Arn=arn:aws:ec2:{region}:{account}:prefix-list/{ref}
        AWS::EC2::DHCPOptions dopt-{id17} DhcpOptionsId={ref}
        AWS::EC2::CustomerGateway cgw-{id17} CustomerGatewayId={ref}
        AWS::EC2::VPNGateway vgw-{id17} VPNGatewayId={ref}
        AWS::ElasticLoadBalancingV2::LoadBalancer@32 arn:aws:elasticloadbalancing:{region}:{account}:loadbalancer/{kind}/{name:Name}/{hex16} LoadBalancerArn={ref} LoadBalancerName={name:Name} LoadBalancerFullName={kind}/{name:Name}/{hex16} DNSName={name:Name}-{decimal10}.{region}.elb.amazonaws.com CanonicalHostedZoneID=Z{suffix:zone}
        AWS::ElasticLoadBalancingV2::TargetGroup@32 arn:aws:elasticloadbalancing:{region}:{account}:targetgroup/{name:Name}/{hex16} TargetGroupArn={ref} TargetGroupName={name:Name} TargetGroupFullName=targetgroup/{name:Name}/{hex16} LoadBalancerArns=
        AWS::ElasticLoadBalancingV2::Listener arn:aws:elasticloadbalancing:{region}:{account}:listener/{tail:LoadBalancerArn}/{hex16} ListenerArn={ref}
        AWS::ElasticLoadBalancingV2::ListenerRule arn:aws:elasticloadbalancing:{region}:{account}:listener-rule/{tail:ListenerArn}/{hex16} RuleArn={ref} IsDefault=false
        AWS::Route53::HostedZone Z{suffix}ZONE Id={ref} NameServers=ns-{octet}.awsdns-{octet:a}.com
        AWS::Route53::RecordSet {p:Name}
        AWS::ServiceDiscovery::PrivateDnsNamespace ns-{lower16} Id={ref} Arn=arn:aws:servicediscovery:{region}:{account}:namespace/{ref} HostedZoneId=Z{suffix:zone}
        AWS::ServiceDiscovery::PublicDnsNamespace ns-{lower16} Id={ref} Arn=arn:aws:servicediscovery:{region}:{account}:namespace/{ref} HostedZoneId=Z{suffix:zone}
        AWS::ServiceDiscovery::HttpNamespace ns-{lower16} Id={ref} Arn=arn:aws:servicediscovery:{region}:{account}:namespace/{ref}
        AWS::ServiceDiscovery::Service srv-{lower16} Id={ref} Arn=arn:aws:servicediscovery:{region}:{account}:service/{ref} Name={p:Name}
        AWS::CloudFront::Distribution E{suffix} Id={ref} DomainName=d{lower13}.cloudfront.net
        AWS::CloudFront::OriginAccessControl E{suffix} Id={ref}
        AWS::ApiGateway::RestApi {lower10} RestApiId={ref} RootResourceId={lower10:root}
        AWS::ApiGateway::Resource {lower6} ResourceId={ref}
        AWS::ApiGateway::Deployment {lower6} DeploymentId={ref}
        AWS::ApiGateway::Stage@scoped {name:StageName}
        AWS::ApiGatewayV2::Api {lower10} ApiId={ref} ApiEndpoint=https://{ref}.execute-api.{region}.amazonaws.com
        AWS::ApiGatewayV2::Stage@scoped {name:StageName} Id={ref}
        AWS::ApiGatewayV2::Integration {lower7} IntegrationId={ref}
        AWS::ApiGatewayV2::Route {lower7} RouteId={ref}
        AWS::ApiGatewayV2::VpcLink {lower6} VpcLinkId={ref}
        AWS::ApiGatewayV2::Authorizer {lower6} AuthorizerId={ref}
        """

    static let compute = """
        AWS::ECS::Cluster {name:ClusterName} Arn=arn:aws:ecs:{region}:{account}:cluster/{ref}
        AWS::ECS::Service arn:aws:ecs:{region}:{account}:service/{last:Cluster|default}/{name:ServiceName} ServiceArn={ref} Name={name:ServiceName}
        AWS::ECS::TaskDefinition arn:aws:ecs:{region}:{account}:task-definition/{family}:{revision} TaskDefinitionArn={ref}
        AWS::ECS::CapacityProvider {name:Name}
        AWS::ECR::Repository@lower {name:RepositoryName} Arn=arn:aws:ecr:{region}:{account}:repository/{ref} RepositoryUri={account}.dkr.ecr.{region}.amazonaws.com/{ref}
        AWS::EKS::Cluster {name:Name} Arn=arn:aws:eks:{region}:{account}:cluster/{ref} Endpoint=https://{hex32}.gr7.{region}.eks.amazonaws.com ClusterSecurityGroupId=sg-{id17:group} OpenIdConnectIssuerUrl=https://oidc.eks.{region}.amazonaws.com/id/{hex32} CertificateAuthorityData={hex32:ca}
        AWS::AppRunner::Service arn:aws:apprunner:{region}:{account}:service/{name:ServiceName}/{hex32} ServiceArn={ref} ServiceId={hex32} ServiceUrl={lower10}.{region}.awsapprunner.com Status=RUNNING
        AWS::AppRunner::VpcConnector arn:aws:apprunner:{region}:{account}:vpcconnector/{name:VpcConnectorName}/1/{hex32} VpcConnectorArn={ref} VpcConnectorRevision=1
        AWS::AppRunner::AutoScalingConfiguration arn:aws:apprunner:{region}:{account}:autoscalingconfiguration/{name:AutoScalingConfigurationName}/1/{hex32} AutoScalingConfigurationArn={ref}
        AWS::Lambda::Function {name:FunctionName} Arn=arn:aws:lambda:{region}:{account}:function:{ref}
        AWS::Lambda::Version arn:aws:lambda:{region}:{account}:function:{last:FunctionName}:{revision} FunctionArn={ref} Version={revision}
        AWS::Lambda::Alias arn:aws:lambda:{region}:{account}:function:{last:FunctionName}:{p:Name} AliasArn={ref}
        AWS::Lambda::LayerVersion arn:aws:lambda:{region}:{account}:layer:{name:LayerName}:{revision} LayerVersionArn={ref}
        AWS::Lambda::Url arn:aws:lambda:{region}:{account}:function:{last:TargetFunctionArn} FunctionArn={ref} FunctionUrl=https://{lower32}.lambda-url.{region}.on.aws/
        AWS::Lambda::EventSourceMapping {uuid} Id={ref} EventSourceMappingArn=arn:aws:lambda:{region}:{account}:event-source-mapping:{ref}
        AWS::Lambda::Permission {stack}-{logical}-{suffix} Id={ref}
        AWS::Serverless::Function {name:FunctionName} Arn=arn:aws:lambda:{region}:{account}:function:{ref}
        AWS::Serverless::Api {lower10} RootResourceId={lower10:root}
        AWS::Serverless::HttpApi {lower10} ApiEndpoint=https://{ref}.execute-api.{region}.amazonaws.com
        AWS::Serverless::SimpleTable {name:TableName} Arn=arn:aws:dynamodb:{region}:{account}:table/{ref}
        AWS::AutoScaling::AutoScalingGroup {name:AutoScalingGroupName} AutoScalingGroupARN=arn:aws:autoscaling:{region}:{account}:autoScalingGroup:{uuid}:autoScalingGroupName/{ref}
        AWS::AutoScaling::LaunchConfiguration {name:LaunchConfigurationName}
        AWS::ApplicationAutoScaling::ScalableTarget {p:ResourceId}|{p:ScalableDimension}|{p:ServiceNamespace} Id={ref}
        AWS::ApplicationAutoScaling::ScalingPolicy arn:aws:autoscaling:{region}:{account}:scalingPolicy:{uuid}:policyName/{name:PolicyName} Arn={ref}
        AWS::StepFunctions::StateMachine arn:aws:states:{region}:{account}:stateMachine:{name:StateMachineName} Arn={ref} Name={name:StateMachineName}
        AWS::Batch::JobQueue arn:aws:batch:{region}:{account}:job-queue/{name:JobQueueName} JobQueueArn={ref}
        AWS::Batch::ComputeEnvironment arn:aws:batch:{region}:{account}:compute-environment/{name:ComputeEnvironmentName} ComputeEnvironmentArn={ref}
        """
}
