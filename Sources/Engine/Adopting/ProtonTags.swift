import Catalog

/// What Proton's tags say that a stack belongs to.
struct ProtonTags {
    let template: String
    let environment: String
    let service: String
    let instance: String
    let component: String

    /// Tags name things by their ARN, or by name alone.
    init?(_ tags: [String: String]) {
        func name(_ key: String) -> String {
            let text = tags["proton:\(key)"] ?? tags["aws:proton:\(key)"] ?? ""
            return text.split(separator: "/").last.map(String.init) ?? ""
        }
        template = name("template")
        environment = name("environment")
        service = name("service")
        instance = name("service-instance")
        component = name("component")
        if environment.isEmpty, service.isEmpty, instance.isEmpty { return nil }
    }

    /// `nil` for a component, which carries the tags of its instance as well: only its author has its file.
    var target: Target? {
        guard component.isEmpty else { return nil }
        if !service.isEmpty, !instance.isEmpty { return .instance(service: service, name: instance) }
        if !service.isEmpty { return .pipeline(service: service) }
        return environment.isEmpty ? nil : .environment(environment)
    }
}
