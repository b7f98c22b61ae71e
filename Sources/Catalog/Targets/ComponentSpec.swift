import Documents

/// What a component is asked to be beside its file: where it runs, and to which instance it is attached.
///
/// Proton had no document for it; this one is kept where other targets keep their specs, so that rollback, retry, export
/// and drift go by it as they do elsewhere.
package struct ComponentSpec: Hashable, Sendable {
    package var environment: String
    /// An instance; `nil` for a detached component.
    package var attachment: Target?

    package init(environment: String, attachment: Target? = nil) {
        self.environment = environment
        self.attachment = attachment
    }

    package var text: String {
        var object = Object([("proton", "ComponentSpec"), ("environment", .string(environment))])
        if case .instance(let service, let name) = attachment {
            object["service"] = .string(service)
            object["service_instance"] = .string(name)
        }
        return Value.object(object).yaml
    }

    /// Reads what `text` wrote; `nil` for anything else.
    package init?(_ text: String) {
        let value = Document.read(Source(name: "spec.yaml", text: text), as: .spec).document?.value
        guard let value, value["proton"] == "ComponentSpec", let environment = value["environment"]?.string else {
            return nil
        }
        self.init(environment: environment)
        if let service = value["service"]?.string, let name = value["service_instance"]?.string {
            attachment = .instance(service: service, name: name)
        }
    }
}
