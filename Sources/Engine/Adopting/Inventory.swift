package import Catalog
package import Documents

/// What runs in an account and region and is to be taken in: written by a scan, completed by a person.
package struct Inventory: Hashable, Sendable {
    package var connection: String
    package var environments: [Entry]
    package var services: [ServiceEntry]
    /// Stacks that belong to nothing that is known, with the reason.
    package var others: [Other]

    package struct Entry: Hashable, Sendable {
        /// Of the environment or instance; empty for a pipeline.
        package var name: String
        /// Its name or ARN; empty for an environment that is made of values alone.
        package var stack: String
        /// Of an environment; instances and pipelines have their service's.
        package var template: String
        package var version: VersionNumber?
        /// Where an instance runs.
        package var environment: String
        package var stage: Stage
        package var owner: String
        package var spec: Value?
        /// A spec's file, beside the inventory.
        package var specFile: String
        /// What the scan has to say.
        package var note: String
        package var place: Place?

        package init(
            name: String = "", stack: String = "", template: String = "", version: VersionNumber? = nil,
            environment: String = "", stage: Stage = .test, owner: String = "", spec: Value? = nil,
            specFile: String = "", note: String = "", place: Place? = nil
        ) {
            self.name = name
            self.stack = stack
            self.template = template
            self.version = version
            self.environment = environment
            self.stage = stage
            self.owner = owner
            self.spec = spec
            self.specFile = specFile
            self.note = note
            self.place = place
        }
    }

    package struct ServiceEntry: Hashable, Sendable {
        package var name: String
        package var template: String
        package var owner: String
        package var repository: String
        package var branch: String
        package var repositoryConnection: String
        package var specFile: String
        package var instances: [Entry]
        package var pipeline: Entry?
        package var place: Place?

        package init(
            name: String, template: String = "", owner: String = "", repository: String = "", branch: String = "",
            repositoryConnection: String = "", specFile: String = "", instances: [Entry] = [], pipeline: Entry? = nil,
            place: Place? = nil
        ) {
            self.name = name
            self.template = template
            self.owner = owner
            self.repository = repository
            self.branch = branch
            self.repositoryConnection = repositoryConnection
            self.specFile = specFile
            self.instances = instances
            self.pipeline = pipeline
            self.place = place
        }
    }

    package struct Other: Hashable, Sendable {
        package var stack: String
        package var why: String

        package init(stack: String, why: String) {
            self.stack = stack
            self.why = why
        }
    }

    package init(
        connection: String, environments: [Entry] = [], services: [ServiceEntry] = [], others: [Other] = []
    ) {
        self.connection = connection
        self.environments = environments
        self.services = services
        self.others = others
    }
}

/// The inventory as YAML that a person completes.
extension Inventory {
    package func text(of place: Connection) -> String {
        """
        # What runs in account \(place.account), \(place.region), and is not in the workspace.
        # Complete it, then: baryon adopt apply FILE. What should stay outside, take out.

        """ + value.yaml
    }

    private var value: Value {
        var object = Object([("connection", .string(connection))])
        object["environments"] = .list(environments.map { Inventory.value(of: $0, isEnvironment: true) })
        object["services"] = .list(
            services.map { service in
                var members = Object([
                    ("name", .string(service.name)), ("template", .string(service.template)),
                    ("owner", .string(service.owner)),
                ])
                if !service.repository.isEmpty { members["repository"] = .string(service.repository) }
                if !service.branch.isEmpty { members["branch"] = .string(service.branch) }
                if !service.repositoryConnection.isEmpty {
                    members["repository_connection"] = .string(service.repositoryConnection)
                }
                if !service.specFile.isEmpty { members["spec_file"] = .string(service.specFile) }
                members["instances"] = .list(service.instances.map { Inventory.value(of: $0, isEnvironment: false) })
                members["pipeline"] = service.pipeline.map { Inventory.value(of: $0, isEnvironment: false) }
                return .object(members)
            })
        if !others.isEmpty {
            object["others"] = .list(
                others.map { .object(Object([("stack", .string($0.stack)), ("why", .string($0.why))])) })
        }
        return .object(object)
    }

    private static func value(of entry: Entry, isEnvironment: Bool) -> Value {
        var object = Object()
        if !entry.name.isEmpty { object["name"] = .string(entry.name) }
        if !entry.stack.isEmpty { object["stack"] = .string(entry.stack) }
        if isEnvironment { object["template"] = .string(entry.template) }
        object["version"] = entry.version.map { .string($0.description) } ?? .null
        if !entry.environment.isEmpty { object["environment"] = .string(entry.environment) }
        if isEnvironment {
            object["stage"] = .string(entry.stage.rawValue)
            object["owner"] = .string(entry.owner)
        }
        if !entry.specFile.isEmpty { object["spec_file"] = .string(entry.specFile) }
        object["spec"] = entry.spec
        if !entry.note.isEmpty { object["note"] = .string(entry.note) }
        return .object(object)
    }
}
