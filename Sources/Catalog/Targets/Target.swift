/// What a deployment deploys.
package enum Target: Hashable, Sendable {
    case environment(String)
    case instance(service: String, name: String)
    case pipeline(service: String)
    case component(String)

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case environment, instance, pipeline, component
    }

    package var kind: Kind {
        switch self {
        case .environment: .environment
        case .instance: .instance
        case .pipeline: .pipeline
        case .component: .component
        }
    }

    /// The service it belongs to; `nil` for environments and components.
    package var service: String? {
        switch self {
        case .environment, .component: nil
        case .instance(let service, _), .pipeline(let service): service
        }
    }

    /// Its own name: the environment's, the instance's, the component's; a pipeline is called `pipeline`.
    package var name: String {
        switch self {
        case .environment(let name), .instance(_, let name), .component(let name): name
        case .pipeline: "pipeline"
        }
    }

    /// As people name it: `network`, `shop/prod`, `shop pipeline`, `alarms`.
    package var title: String {
        switch self {
        case .environment(let name), .component(let name): name
        case .instance(let service, let name): "\(service)/\(name)"
        case .pipeline(let service): "\(service) pipeline"
        }
    }

    /// What stands before the number of a version that it runs: the template's name. A component's numbers are those of
    /// its own file.
    package func version(of template: String) -> String { kind == .component ? "file" : template }

    /// Unique text for stores and digests: `environment/network`, `instance/shop/prod`, `pipeline/shop`,
    /// `component/alarms`.
    ///
    /// Names hold no slash, so it reads back without doubt.
    package var id: String {
        switch self {
        case .environment(let name): "environment/\(name)"
        case .instance(let service, let name): "instance/\(service)/\(name)"
        case .pipeline(let service): "pipeline/\(service)"
        case .component(let name): "component/\(name)"
        }
    }

    package init?(id: String) {
        let parts = id.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch (parts.first, parts.count) {
        case ("environment", 2): self = .environment(parts[1])
        case ("instance", 3): self = .instance(service: parts[1], name: parts[2])
        case ("pipeline", 2): self = .pipeline(service: parts[1])
        case ("component", 2): self = .component(parts[1])
        default: return nil
        }
    }

    /// The part of the bundle that it is rendered from.
    package var part: TemplateVersion.Part {
        switch self {
        case .environment: .environment
        case .instance: .instance
        case .pipeline: .pipeline
        case .component: .component
        }
    }
}

/// What an environment is for; confirmation and rollouts go by it.
package enum Stage: String, Hashable, Sendable, CaseIterable {
    case test, production
}
