internal import Catalog

/// What a service calls the snapshot that it takes of a resource before it deletes it.
enum SnapshotIdentity {
    /// The types that can be snapshotted; for any other one CloudFormation refuses the policy.
    static let types: Set<String> = [
        "AWS::DocDB::DBCluster", "AWS::EC2::Volume", "AWS::ElastiCache::CacheCluster",
        "AWS::ElastiCache::ReplicationGroup", "AWS::Neptune::DBCluster", "AWS::RDS::DBCluster", "AWS::RDS::DBInstance",
        "AWS::Redshift::Cluster",
    ]

    /// Each deployment's snapshot has a name of its own.
    static func physicalID(of resource: ProvisionedResource, in job: Job) -> String {
        let seed = Seed("snapshot/\(job.stack)/\(resource.physicalID)/\(job.deployment.number)")
        if resource.type == "AWS::EC2::Volume" { return "snap-0" + seed.hex(16) }
        return "\(job.stack)-snapshot-\(resource.logicalID)-\(seed.lowercase(12))".lowercased()
    }
}
