import Catalog
import Provisioning

/// The ways to carry deployments out.
struct Provisioners: Sendable {
    private let local: LocalProvisioner
    private let cloudFormation: CloudFormationProvisioner
    private let values = ValuesProvisioner()

    /// Looks up secrets for commands.
    let secrets: SecretResolver

    init(_ access: Access) {
        secrets = SecretResolver(tool: AWSTool(path: access.program), profiles: access.profiles)
        local = LocalProvisioner(resolver: secrets)
        cloudFormation = CloudFormationProvisioner(
            tool: AWSTool(path: access.program), profiles: access.profiles)
    }

    /// The one that carries out what goes to `connection`.
    subscript(connection: Connection) -> any Provisioner {
        switch connection.provisioner {
        case .local: local
        case .cloudFormation: cloudFormation
        }
    }

    /// The same; what consists of values alone goes nowhere.
    subscript(connection: Connection, ofValues isOfValues: Bool) -> any Provisioner {
        isOfValues ? values : self[connection]
    }

    /// Looks at the real stacks where `connection` goes.
    func reader(for connection: Connection) -> StackReader { cloudFormation.reader(for: connection) }
}
