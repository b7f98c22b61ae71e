package import Catalog
package import Documents

/// What a form is for: what is made or changed, with which version, and what that starts from.
package struct FormPurpose: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case newEnvironment, newService, target, upgrade, service
    }

    package var kind: Kind
    package var template: String
    package var number: VersionNumber
    /// What is changed, where it is one target.
    package var target: Target?
    /// Whose instances are changed, where it is a service.
    package var service = ""
    /// The revision that the answers start from.
    package var revision: Int?
    /// The spec that the answers start from, with its comments.
    package var spec: String?

    package var title: String {
        switch kind {
        case .newEnvironment: "new environment"
        case .newService: "new service"
        case .target: "change \(target?.title ?? "")"
        case .upgrade: "move \(target?.title ?? "") to \(number)"
        case .service: "change service \(service)"
        }
    }

    package var value: Value {
        var object = Object([
            ("kind", .string(kind.rawValue)), ("template", .string(template)),
            ("version", .string(number.description)), ("service", .string(service)),
        ])
        if let target { object["target"] = .string(target.id) }
        if let revision { object["revision"] = .number(Number(revision)) }
        if let spec { object["spec"] = .string(spec) }
        return .object(object)
    }

    package init(
        _ kind: Kind, template: String, number: VersionNumber, target: Target? = nil, service: String = "",
        revision: Int? = nil, spec: String? = nil
    ) {
        self.kind = kind
        self.template = template
        self.number = number
        self.target = target
        self.service = service
        self.revision = revision
        self.spec = spec
    }

    /// Reads what `value` wrote; `nil` for anything else.
    package init?(value: Value) {
        guard let kind = value["kind"]?.string.flatMap(Kind.init), let template = value["template"]?.string,
            let number = value["version"]?.string.flatMap(VersionNumber.init)
        else { return nil }
        self.init(
            kind, template: template, number: number, target: value["target"]?.string.flatMap { Target(id: $0) },
            service: value["service"]?.string ?? "", revision: value["revision"]?.number?.int,
            spec: value["spec"]?.string)
    }
}
