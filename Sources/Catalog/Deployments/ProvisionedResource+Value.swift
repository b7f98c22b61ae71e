package import Documents

/// Records as data, so that stores and journals keep them as JSON. Members at their default are left out.
extension ProvisionedResource {
    package var value: Value {
        var object = Object([
            ("logicalID", .string(logicalID)), ("type", .string(type)), ("physicalID", .string(physicalID)),
            ("properties", properties),
        ])
        if !attributes.isEmpty {
            let sorted = attributes.sorted { $0.key < $1.key }
            object["attributes"] = .object(Object(sorted.map { ($0.key, Value.string($0.value)) }))
        }
        if !dependencies.isEmpty { object["dependencies"] = .list(dependencies.map(Value.string)) }
        if deletionPolicy != .delete { object["deletionPolicy"] = .string(deletionPolicy.rawValue) }
        if replacementPolicy != .delete { object["replacementPolicy"] = .string(replacementPolicy.rawValue) }
        if generation != 0 { object["generation"] = .number(Number(generation)) }
        return .object(object)
    }

    /// Reads what `value` wrote; `nil` for anything else.
    package init?(value: Value) {
        guard let logicalID = value["logicalID"]?.string, let type = value["type"]?.string,
            let physicalID = value["physicalID"]?.string
        else { return nil }
        var attributes: [String: String] = [:]
        for (name, attribute) in value["attributes"]?.object ?? Object() { attributes[name] = attribute.string ?? "" }
        self.init(
            logicalID: logicalID, type: type, physicalID: physicalID, attributes: attributes,
            properties: value["properties"] ?? .null,
            dependencies: (value["dependencies"]?.list ?? []).compactMap(\.string),
            deletionPolicy: value["deletionPolicy"]?.string.flatMap(RemovalPolicy.init) ?? .delete,
            replacementPolicy: value["replacementPolicy"]?.string.flatMap(RemovalPolicy.init) ?? .delete,
            generation: value["generation"]?.number?.int ?? 0
        )
    }
}
