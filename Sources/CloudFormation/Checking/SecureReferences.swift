internal import Documents

/// Where the service looks up secure parameters: at a few properties, and nowhere else.
enum SecureReferences {
    private static let mark = "{{resolve:ssm-secure:"

    /// By type: the properties below which a reference may stand.
    private static let places: [String: [[String]]] = [
        "AWS::DirectoryService::MicrosoftAD": [["Password"]],
        "AWS::DirectoryService::SimpleAD": [["Password"]],
        "AWS::ElastiCache::ReplicationGroup": [["AuthToken"]],
        "AWS::IAM::User": [["LoginProfile", "Password"]],
        "AWS::KinesisFirehose::DeliveryStream": [["RedshiftDestinationConfiguration", "Password"]],
        "AWS::OpsWorks::App": [["AppSource", "Password"]],
        "AWS::OpsWorks::Stack": [["CustomCookbooksSource", "Password"], ["RdsDbInstances", "DbPassword"]],
        "AWS::RDS::DBCluster": [["MasterUserPassword"]],
        "AWS::RDS::DBInstance": [["MasterUserPassword"]],
        "AWS::Redshift::Cluster": [["MasterUserPassword"]],
    ]

    static func findings(in resource: EvaluatedResource, of source: Source) -> [Finding] {
        let allowed = places[resource.type] ?? []
        return found(in: resource.properties, at: []).filter { path, _ in !allowed.contains(path) }.map { path, term in
            let name = path.joined(separator: ".")
            return Finding(
                "cloudformation.secureReference",
                "A secure parameter must stand where CloudFormation looks one up, but \(name) of \"\(resource.logicalID)\" is no such place.",
                hint: allowed.isEmpty
                    ? "Keep the secret in Secrets Manager: secretsmanager: is taken at every property."
                    : "It is taken at \(allowed.map { $0.joined(separator: ".") }.joined(separator: ", ")); secretsmanager: at every property.",
                place: term.position.place(in: source),
                pointer: Pointer(["Resources", resource.logicalID, "Properties"] + path))
        }
    }

    /// Items of a list stand at the list's path.
    private static func found(in term: Term, at path: [String]) -> [(path: [String], term: Term)] {
        switch term.form {
        case .scalar(let value): value.string?.contains(mark) == true ? [(path, term)] : []
        case .encoded(let text): text.contains(mark) ? [(path, term)] : []
        case .opaque(let value): value.json().contains(mark) ? [(path, term)] : []
        case .list(let items): items.flatMap { found(in: $0, at: path) }
        case .object(let members): members.flatMap { found(in: $0.value, at: path + [$0.name]) }
        }
    }
}
