package import Catalog

/// The names by which Proton called what it deployed, as they stand in generated files.
package struct ProtonARN: Sendable {
    private let prefix: String

    package init(account: String, region: String) { prefix = "arn:aws:proton:\(region):\(account):" }

    package func environment(_ name: String) -> String { prefix + "environment/" + name }

    package func service(_ name: String) -> String { prefix + "service/" + name }

    package func instance(_ name: String, of service: String) -> String {
        self.service(service) + "/service-instance/" + name
    }

    package func pipeline(of service: String) -> String { self.service(service) + "/pipeline" }

    package func component(_ name: String) -> String { prefix + "component/" + name }

    package func template(_ name: String, _ kind: TemplateKind) -> String {
        prefix + "\(kind.rawValue)-template/" + name
    }

    package func target(_ target: Target) -> String {
        switch target {
        case .environment(let name): environment(name)
        case .instance(let service, let name): instance(name, of: service)
        case .pipeline(let service): pipeline(of: service)
        case .component(let name): component(name)
        }
    }
}
