package import Documents

/// What a plan was made against, and where it goes: when any of it changes, the plan is void.
package struct Grounds: Hashable, Sendable {
    package var account: String
    package var region: String
    /// The ARN of the role that the provider takes on; empty for none.
    package var role: String
    /// The ARN of the real stack that is there; empty for none.
    package var stackID: String
    /// Of the connection.
    package var connectionRevision: Int
    /// The digest of the bundle.
    package var bundle: String
    /// The digest of the environment's outputs that were read; empty where none were.
    package var environmentOutputs: String
    /// The digest of what was read of the other side of an attachment: the instance's inputs, the component's outputs;
    /// empty where there is none.
    package var attachment: String
    /// The version of the rules by which it was planned.
    package var rules: String
    /// The secrets that it names, with the sources that the connection gives them.
    package var secrets: [String: String]

    package init(
        account: String = "", region: String = "", role: String = "", stackID: String = "",
        connectionRevision: Int = 1, bundle: String = "", environmentOutputs: String = "", attachment: String = "",
        rules: String = "", secrets: [String: String] = [:]
    ) {
        self.account = account
        self.region = region
        self.role = role
        self.stackID = stackID
        self.connectionRevision = connectionRevision
        self.bundle = bundle
        self.environmentOutputs = environmentOutputs
        self.attachment = attachment
        self.rules = rules
        self.secrets = secrets
    }
}

extension Grounds {
    package var value: Value {
        var object = Object([
            ("account", .string(account)), ("region", .string(region)), ("role", .string(role)),
            ("stackID", .string(stackID)), ("connectionRevision", .number(Number(connectionRevision))),
            ("bundle", .string(bundle)), ("environmentOutputs", .string(environmentOutputs)),
            ("rules", .string(rules)),
        ])
        // Plans from before there were attachments and secrets keep their digest.
        if !attachment.isEmpty { object["attachment"] = .string(attachment) }
        if !secrets.isEmpty {
            let sorted = secrets.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            object["secrets"] = .object(Object(sorted.map { ($0.key, .string($0.value)) }))
        }
        return .object(object)
    }

    /// Reads what `value` wrote.
    package init(value: Value) {
        func text(_ key: String) -> String { value[key]?.string ?? "" }
        let secrets = (value["secrets"]?.object ?? Object()).map { ($0.key, $0.value.string ?? "") }
        self.init(
            account: text("account"), region: text("region"), role: text("role"), stackID: text("stackID"),
            connectionRevision: value["connectionRevision"]?.number?.int ?? 1, bundle: text("bundle"),
            environmentOutputs: text("environmentOutputs"), attachment: text("attachment"), rules: text("rules"),
            secrets: Dictionary(secrets) { _, last in last })
    }
}
