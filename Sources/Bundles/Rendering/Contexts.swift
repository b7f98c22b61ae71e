package import Documents

/// The values that the templates of each target see, by Proton's names.
package enum Contexts {
    package static func environment(_ environment: Givens.Environment, inputs: Value, tags: Object) -> Value {
        var object = fields(of: environment)
        object["inputs"] = inputs
        return .object(Object([("environment", .object(object)), ("proton_tags", .object(tags))]))
    }

    package static func instance(
        _ instance: Givens.Instance, inputs: Value, service: Givens.Service, tags: Object
    ) -> Value {
        .object(
            Object([
                ("environment", .object(fields(of: instance.environment))), ("service", .object(fields(of: service))),
                ("service_instance", .object(fields(of: instance, inputs: inputs))), ("proton_tags", .object(tags)),
            ]))
    }

    /// - Parameter instances: All instances of the service with their inputs, in the order of the spec.
    package static func pipeline(
        inputs: Value, service: Givens.Service, instances: [(given: Givens.Instance, inputs: Value)], tags: Object
    ) -> Value {
        .object(
            Object([
                ("service", .object(fields(of: service))),
                ("service_instances", .list(instances.map { .object(fields(of: $0.given, inputs: $0.inputs)) })),
                ("pipeline", .object(Object([("inputs", inputs)]))), ("proton_tags", .object(tags)),
            ]))
    }

    /// - Parameter instance: The instance it is attached to, with its inputs; a detached component sees none.
    package static func component(
        named name: String, environment: Givens.Environment, service: String?,
        instance: (name: String, inputs: Value)?, tags: Object
    ) -> Value {
        var object = Object([
            ("component", .object(Object([("name", .string(name))]))),
            ("environment", .object(fields(of: environment))),
        ])
        if let service { object["service"] = .object(Object([("name", .string(service))])) }
        if let instance {
            object["service_instance"] = .object(
                Object([("name", .string(instance.name)), ("inputs", instance.inputs)]))
        }
        object["proton_tags"] = .object(tags)
        return .object(object)
    }

    private static func fields(of environment: Givens.Environment) -> Object {
        Object([
            ("name", .string(environment.name)), ("account_id", .string(environment.accountID)),
            ("outputs", .object(environment.outputs)),
        ])
    }

    private static func fields(of service: Givens.Service) -> Object {
        Object([
            ("name", .string(service.name)), ("branch_name", .string(service.branchName)),
            ("repository_connection_arn", .string(service.repositoryConnection)),
            ("repository_id", .string(service.repositoryID)),
        ])
    }

    private static func fields(of instance: Givens.Instance, inputs: Value) -> Object {
        // Without a component its outputs are empty rather than absent: templates ask for their length.
        var component = Object()
        if let given = instance.component { component["name"] = .string(given.name) }
        component["outputs"] = .object(instance.component?.outputs ?? Object())
        return Object([
            ("name", .string(instance.name)), ("inputs", inputs),
            ("environment", .object(fields(of: instance.environment))), ("outputs", .object(instance.outputs)),
            ("components", .object(Object([("default", .object(component))]))),
        ])
    }
}
