import Catalog
import Documents
import Schemas

/// What is asked besides a template's own inputs, as schemas, so that one mechanism asks and checks all.
enum FormHeads {
    /// - Parameter connections: All of them; where `local` is the only one, nothing is asked.
    static func environment(owner: String, connections: [Connection]) -> Schema {
        var properties = [
            ("name", name("The environment's name in the catalog.")), ("owner", self.owner(owner)), ("stage", stage()),
        ]
        if connections.count > 1 { properties.append(("connection", connection(connections))) }
        return schema(properties, required: ["name"])
    }

    static func service(owner: String) -> Schema {
        schema(
            [("name", name("The service's name in the catalog.")), ("owner", self.owner(owner))] + repository,
            required: ["name"])
    }

    /// A service that is there: its name stays.
    static func existingService(owner: String) -> Schema {
        schema([("owner", self.owner(owner))] + repository, required: [])
    }

    static func instance(environments: [FleetRow]) -> Schema {
        let names = environments.map(\.target.name)
        var object = Object([
            ("type", "string"), ("title", "Environment"),
            ("description", "Where it runs. Only environments that this version fits are listed."),
            ("enum", .list(names.map { .string($0) })),
        ])
        if names.count == 1 { object["default"] = .string(names[0]) }
        object["x-enum-labels"] = .object(
            Object(
                environments.map { row in
                    (
                        row.target.name,
                        .string(row.stage == .production ? "\(row.target.name) (production)" : row.target.name)
                    )
                }))
        return schema(
            [("name", name("The instance's name, such as dev or prod.")), ("environment", .object(object))],
            required: ["name", "environment"])
    }

    private static func schema(_ properties: [(String, Value)], required: [String]) -> Schema {
        var object = Object([("type", "object"), ("properties", .object(Object(properties)))])
        if !required.isEmpty { object["required"] = .list(required.map { .string($0) }) }
        return Schema(.object(object))
    }

    private static func name(_ help: String) -> Value {
        [
            "type": "string", "title": "Name", "description": .string(help), "minLength": 1, "maxLength": 100,
            "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]*$", "x-hint": "Write it like orders-api.",
            "x-message": [
                "pattern": "Name must start with a letter or digit and hold only letters, digits, _ and -."
            ],
        ]
    }

    private static func owner(_ owner: String) -> Value {
        var object = Object([
            ("type", "string"), ("title", "Owner"), ("description", "The team or person who answers for it."),
            ("maxLength", 100),
        ])
        if !owner.isEmpty { object["default"] = .string(owner) }
        return .object(object)
    }

    private static func stage() -> Value {
        [
            "type": "string", "title": "Stage", "enum": ["test", "production"], "default": "test",
            "description": "What it is for. Changes to production are confirmed by name.",
        ]
    }

    private static func connection(_ connections: [Connection]) -> Value {
        let labels = connections.map { one in
            (
                one.name,
                Value.string(one.isLocal ? "local, a rehearsal" : "\(one.name), \(one.account) \(one.region)")
            )
        }
        return [
            "type": "string", "title": "Connection", "enum": .list(connections.map { .string($0.name) }),
            "default": .string(Connection.local.name), "x-enum-labels": .object(Object(labels)),
            "description":
                "Where it goes, with all that will run in it. What is local can be moved to an account later.",
        ]
    }

    private static var repository: [(String, Value)] {
        [
            ("repository", text("Repository", "The source repository, for the pipeline.", "acme/shop")),
            ("branch", text("Branch", "The branch that the pipeline builds.", "main")),
            ("connection", text("Connection", "The ARN of the connection to the repository's host.", nil)),
        ]
    }

    private static func text(_ title: String, _ help: String, _ example: String?) -> Value {
        var object = Object([
            ("type", "string"), ("title", .string(title)), ("description", .string(help)), ("maxLength", 500),
            ("x-multiline", false),
        ])
        if let example { object["example"] = .string(example) }
        return .object(object)
    }
}
