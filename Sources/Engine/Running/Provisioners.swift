import Catalog
import Provisioning

/// The ways to carry deployments out.
struct Provisioners: Sendable {
    private let local = LocalProvisioner()
    private let cloudFormation: CloudFormationProvisioner

    init(_ access: Access) {
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

    /// Looks at the real stacks where `connection` goes.
    func reader(for connection: Connection) -> StackReader { cloudFormation.reader(for: connection) }
}
