import Documents

/// What Terraform and commands are given: of the values that a template would see those that Proton wrote into files, in
/// its order.
enum ProtonValues {
    static func values(for part: Bundle.Part, _ context: Value) -> Object {
        var values = Object()
        for (name, shape) in shapes(of: part) { values[name] = context[name].map(shape) }
        // Tags that nobody gives leave the variable at its default.
        if let tags = context["proton_tags"]?.object, !tags.isEmpty { values["proton_tags"] = .object(tags) }
        return values
    }

    private typealias Shape = (Value) -> Value

    private static func shapes(of part: Bundle.Part) -> [(String, Shape)] {
        switch part {
        case .environment: [("environment", members("name", "inputs"))]
        case .instance: [("environment", environment), ("service", service), ("service_instance", instance)]
        case .pipeline:
            [
                ("pipeline", members("inputs")), ("service", service),
                ("service_instances", { .list(($0.list ?? []).map(instanceOfPipeline)) }),
            ]
        case .component:
            [
                ("component", members("name")), ("environment", environment), ("service", members("name")),
                ("service_instance", members("name", "inputs")),
            ]
        }
    }

    private static let environment = members("account_id", "name", "outputs")
    private static let service = members("name", "repository_connection_arn", "repository_id", "branch_name")

    private static func instance(_ value: Value) -> Value {
        var object = members("name", "inputs")(value).object ?? Object()
        // Templates see empty outputs where no component is attached; files name none.
        let component = value["components"]?["default"]
        let isAttached = component?["name"] != nil
        object["components"] = .object(
            isAttached ? Object([("default", members("name", "outputs")(component ?? .null))]) : Object())
        return .object(object)
    }

    private static func instanceOfPipeline(_ value: Value) -> Value {
        var object = members("name", "inputs", "outputs")(value).object ?? Object()
        object["environment"] = value["environment"].map(environment)
        return .object(object)
    }

    private static func members(_ names: String...) -> @Sendable (Value) -> Value {
        { value in .object(Object(names.compactMap { name in value[name].map { (name, $0) } })) }
    }
}
