package import Documents

/// Settings as data, so that the store keeps them as JSON. Members at their default are left out.
extension StackSettings {
    package var value: Value {
        var object = Object()
        if !role.isEmpty { object["role"] = .string(role) }
        if !componentRole.isEmpty { object["componentRole"] = .string(componentRole) }
        if !tags.isEmpty { object["tags"] = Value(texts: tags) }
        if !bucket.isEmpty { object["bucket"] = .string(bucket) }
        if !notificationTopics.isEmpty { object["notificationTopics"] = .list(notificationTopics.map(Value.string)) }
        if let timeoutMinutes { object["timeoutMinutes"] = .number(Number(timeoutMinutes)) }
        if isTerminationProtected { object["isTerminationProtected"] = .bool(true) }
        if let concurrency { object["concurrency"] = .number(Number(concurrency)) }
        return .object(object)
    }

    package init(value: Value) {
        self.init(
            role: value["role"]?.string ?? "", componentRole: value["componentRole"]?.string ?? "",
            tags: value["tags"]?.texts ?? [:], bucket: value["bucket"]?.string ?? "",
            notificationTopics: (value["notificationTopics"]?.list ?? []).compactMap(\.string),
            timeoutMinutes: value["timeoutMinutes"]?.number?.int,
            isTerminationProtected: value["isTerminationProtected"]?.bool ?? false,
            concurrency: value["concurrency"]?.number?.int
        )
    }
}

extension StackIdentity {
    package var value: Value {
        var object = Object([
            ("name", .string(name)), ("id", .string(id)), ("account", .string(account)), ("region", .string(region)),
        ])
        if !tags.isEmpty { object["tags"] = Value(texts: tags) }
        if !role.isEmpty { object["role"] = .string(role) }
        if !capabilities.isEmpty { object["capabilities"] = .list(capabilities.map(Value.string)) }
        if !notificationTopics.isEmpty { object["notificationTopics"] = .list(notificationTopics.map(Value.string)) }
        if isAdopted { object["isAdopted"] = .bool(true) }
        return .object(object)
    }

    /// Reads what `value` wrote; `nil` for anything else.
    package init?(value: Value) {
        guard let name = value["name"]?.string, let id = value["id"]?.string else { return nil }
        self.init(
            name: name, id: id, account: value["account"]?.string ?? "", region: value["region"]?.string ?? "",
            tags: value["tags"]?.texts ?? [:], role: value["role"]?.string ?? "",
            capabilities: (value["capabilities"]?.list ?? []).compactMap(\.string),
            notificationTopics: (value["notificationTopics"]?.list ?? []).compactMap(\.string),
            isAdopted: value["isAdopted"]?.bool ?? false
        )
    }
}

extension Value {
    /// By name, so that the same map is always the same text.
    fileprivate init(texts: [String: String]) {
        let sorted = texts.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        self = .object(Object(sorted.map { ($0.key, Value.string($0.value)) }))
    }

    fileprivate var texts: [String: String] {
        Dictionary((object ?? Object()).map { ($0.key, $0.value.string ?? "") }) { _, last in last }
    }
}
