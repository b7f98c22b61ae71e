import Jinja

import Schemas

/// What a template of one part can read, as far as names go.
indirect enum Shape {
    /// Anything may stand here: text, or what an input holds.
    case open
    case members([(name: String, shape: Shape)])
    case list(Shape)
    case inputs(Bundle.Part)
    /// Outputs of the environment that a target runs in.
    case environmentOutputs
    /// Outputs of the bundle's own instances.
    case instanceOutputs

    static func root(of part: Bundle.Part) -> Shape {
        switch part {
        case .environment:
            .members([
                (
                    "environment",
                    .members([
                        ("name", .open), ("account_id", .open), ("inputs", .inputs(.environment)), ("outputs", .open),
                    ])
                ), ("proton_tags", .open),
            ])
        case .instance:
            .members([
                ("environment", environment), ("service", service), ("service_instance", instance(hasOutputs: false)),
                ("proton_tags", .open),
            ])
        case .pipeline:
            .members([
                ("service", service), ("service_instances", .list(instance(hasOutputs: true))),
                ("pipeline", .members([("inputs", .inputs(.pipeline))])), ("proton_tags", .open),
            ])
        case .component:
            .members([
                ("component", .members([("name", .open)])), ("environment", environment),
                ("service", .members([("name", .open)])),
                ("service_instance", .members([("name", .open), ("inputs", .inputs(.instance))])),
                ("proton_tags", .open),
            ])
        }
    }

    /// What stands one step further; `nil` where nothing does.
    func step(_ step: Reference.Step) -> Shape? {
        switch (self, step) {
        case (.open, _), (.environmentOutputs, _), (.instanceOutputs, _): .open
        case (.members(let members), .key(let name)): members.first { $0.name == name }?.shape
        case (.members, .any): .open
        case (.list(let item), .index), (.list(let item), .any): item
        case (.members, .index), (.list, .key), (.inputs, _): nil
        }
    }

    private static var environment: Shape {
        .members([("name", .open), ("account_id", .open), ("outputs", .environmentOutputs)])
    }

    private static var service: Shape {
        .members([
            ("name", .open), ("branch_name", .open), ("repository_id", .open), ("repository_connection_arn", .open),
        ])
    }

    private static func instance(hasOutputs: Bool) -> Shape {
        .members([
            ("name", .open), ("inputs", .inputs(.instance)), ("environment", environment),
            ("outputs", hasOutputs ? .instanceOutputs : .open),
            ("components", .members([("default", .members([("name", .open), ("outputs", .open)]))])),
        ])
    }
}

extension Reference.Step {
    /// As a schema takes it: `nil` is any member or item.
    var name: String? {
        switch self {
        case .key(let key): key
        case .index(let index): String(index)
        case .any: nil
        }
    }
}
