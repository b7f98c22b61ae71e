import ArgumentParser
import Catalog
import Engine

/// `fargate-service`, `fargate-service@1` or `fargate-service@1.1`.
struct TemplateReference: ExpressibleByArgument {
    var name: String
    var choice: VersionChoice

    init?(argument: String) {
        let parts = argument.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        name = String(parts[0])
        choice = .standard
        guard !name.isEmpty else { return nil }
        if parts.count == 2 {
            guard let choice = VersionChoice(String(parts[1])) else { return nil }
            self.choice = choice
        }
    }

    var number: VersionNumber? {
        if case .exact(let number) = choice { number } else { nil }
    }
}

/// `1.1`.
extension VersionNumber: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension Stage: ExpressibleByArgument {}
/// The kinds that are in the catalog.
extension TemplateKind: ExpressibleByArgument {
    package init?(argument: String) {
        guard let kind = TemplateKind.ofCatalog.first(where: { $0.rawValue == argument }) else { return nil }
        self = kind
    }

    package static var allValueStrings: [String] { ofCatalog.map(\.rawValue) }
}

extension NewBundleLanguage: ExpressibleByArgument {}

extension Deployment.ID: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

/// `fargate-cluster:1`, as `.compatible-envs` has it.
extension CompatibleEnvironment: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

/// `shop/prod`.
struct InstanceName: ExpressibleByArgument {
    var service: String
    var name: String

    init?(argument: String) {
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        (service, name) = (parts[0], parts[1])
    }

    var target: Target { .instance(service: service, name: name) }
}

/// A target: `network`, `shop/prod`, `pipeline/shop`, `component/queue`; the full ids `environment/...` and `instance/...` too.
struct TargetName: ExpressibleByArgument {
    var target: Target

    init?(argument: String) {
        if let target = Target(id: argument) {
            self.target = target
        } else if let instance = InstanceName(argument: argument) {
            target = instance.target
        } else if !argument.isEmpty, !argument.contains("/") {
            target = .environment(argument)
        } else {
            return nil
        }
    }
}
