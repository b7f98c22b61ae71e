/// Where a resource type keeps a policy.
struct PolicyPlace {
    enum Kind {
        /// Of an identity: what it may do.
        case identity
        /// Of a resource, or a role's trust: who is let in.
        case door
    }

    let kind: Kind
    /// `*` is every item of a list.
    let path: [String]

    /// Every policy that a resource of `type` may hold.
    static func all(of type: String) -> [PolicyPlace] {
        let inline = PolicyPlace(kind: .identity, path: ["Policies", "*", "PolicyDocument"])
        switch type {
        case "AWS::IAM::Role": return [PolicyPlace(kind: .door, path: ["AssumeRolePolicyDocument"]), inline]
        case "AWS::IAM::User", "AWS::IAM::Group": return [inline]
        case "AWS::SSO::PermissionSet": return [PolicyPlace(kind: .identity, path: ["InlinePolicy"])]
        default:
            if attached.contains(type) { return [PolicyPlace(kind: .identity, path: ["PolicyDocument"])] }
            return doors[type].map { [PolicyPlace(kind: .door, path: [$0])] } ?? []
        }
    }

    /// Policies that are resources of their own and belong to the identities that they name.
    static let attached: Set<String> = [
        "AWS::IAM::GroupPolicy", "AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::RolePolicy",
        "AWS::IAM::UserPolicy",
    ]

    private static let doors = [
        "AWS::ApiGateway::RestApi": "Policy",
        "AWS::Backup::BackupVault": "AccessPolicy",
        "AWS::CodeArtifact::Domain": "PermissionsPolicyDocument",
        "AWS::CodeArtifact::Repository": "PermissionsPolicyDocument",
        "AWS::ECR::RegistryPolicy": "PolicyText",
        "AWS::ECR::Repository": "RepositoryPolicyText",
        "AWS::EFS::FileSystem": "FileSystemPolicy",
        "AWS::Elasticsearch::Domain": "AccessPolicies",
        "AWS::KMS::Key": "KeyPolicy",
        "AWS::KMS::ReplicaKey": "KeyPolicy",
        "AWS::Logs::ResourcePolicy": "PolicyDocument",
        "AWS::OpenSearchService::Domain": "AccessPolicies",
        "AWS::S3::AccessPoint": "Policy",
        "AWS::S3::BucketPolicy": "PolicyDocument",
        "AWS::SNS::TopicInlinePolicy": "PolicyDocument",
        "AWS::SNS::TopicPolicy": "PolicyDocument",
        "AWS::SQS::QueueInlinePolicy": "PolicyDocument",
        "AWS::SQS::QueuePolicy": "PolicyDocument",
        "AWS::SecretsManager::ResourcePolicy": "ResourcePolicy",
    ]

    /// Whether a resource is nothing but a policy of others: taking it away may lift what it denied.
    static func isPolicy(_ type: String) -> Bool { attached.contains(type) || type.hasSuffix("Policy") }

    /// Policies that let do nearly anything, wherever they are attached.
    static let powerful: Set<String> = ["AdministratorAccess", "IAMFullAccess", "PowerUserAccess"]
}
