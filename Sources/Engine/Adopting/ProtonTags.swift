import Catalog

/// What Proton's tags say that a stack belongs to.
struct ProtonTags {
    let template: String
    let environment: String
    let service: String
    let instance: String

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
        if environment.isEmpty, service.isEmpty, instance.isEmpty { return nil }
    }

    var target: Target? {
        if !service.isEmpty, !instance.isEmpty { return .instance(service: service, name: instance) }
        if !service.isEmpty { return .pipeline(service: service) }
        return environment.isEmpty ? nil : .environment(environment)
    }
}
