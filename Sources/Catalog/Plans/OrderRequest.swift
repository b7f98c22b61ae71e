/// What a person asks for, before anything is looked at.
package enum OrderRequest: Hashable, Sendable {
    case createEnvironment(EnvironmentOrder)
    case updateEnvironment(TargetUpdate)
    case createService(ServiceOrder)
    /// Sets the service's whole spec: its set of instances and any inputs, as one order.
    case updateService(ServiceUpdate)
    case updateInstance(TargetUpdate)
    case updatePipeline(TargetUpdate)
    /// Several targets, each at most once, as one order: environments come first, then components, instances and
    /// pipelines,
    /// and within each the test stage before production. The first step that fails stops the rest.
    case updateMany([TargetUpdate])
    /// Destroys the targets, dependents first; a service's name stands for its instances and pipeline.
    case destroy(Destruction)
    /// The same again as a deployment that did not succeed.
    case retry(Deployment.ID)
    /// Back to where an earlier deployment left a target.
    case rollback(Rollback)
    /// An environment and its instances, from the rehearsal to where a connection goes.
    case moveEnvironment(EnvironmentMove)
    case createComponent(ComponentOrder)
    case updateComponent(ComponentUpdate)

    /// Whether it changes single targets, and leaves the rest of their services' specs to others.
    package var isOfParts: Bool {
        switch self {
        case .updateInstance, .updatePipeline, .updateMany, .retry, .rollback: true
        case .createEnvironment, .updateEnvironment, .createService, .updateService, .destroy, .moveEnvironment,
            .createComponent, .updateComponent:
            false
        }
    }

    /// The one target's update that it is; `nil` for anything else.
    package var update: TargetUpdate? {
        switch self {
        case .updateEnvironment(let update), .updateInstance(let update), .updatePipeline(let update): update
        case .createEnvironment, .createService, .updateService, .updateMany, .destroy, .retry, .rollback,
            .moveEnvironment, .createComponent, .updateComponent:
            nil
        }
    }
}

/// Which version of a template an order wants.
package enum VersionChoice: Hashable, Sendable {
    /// The recommended one; for an existing target: the one it has.
    case standard
    /// The recommended minor of that major.
    case major(Int)
    case exact(VersionNumber)

    /// Reads what stands after `@`: `2` or `2.1`.
    package init?(_ text: String) {
        if let number = VersionNumber(text) {
            self = .exact(number)
        } else if let major = VersionNumber.part(text) {
            self = .major(major)
        } else {
            return nil
        }
    }
}

package struct EnvironmentOrder: Hashable, Sendable {
    package var name: String
    package var template: String
    package var version: VersionChoice
    /// An `EnvironmentSpec` as text; empty for defaults alone.
    package var spec: String
    package var stage: Stage
    package var owner: String
    package var connection: String

    package init(
        name: String, template: String, version: VersionChoice = .standard, spec: String = "", stage: Stage = .test,
        owner: String = "", connection: String = "local"
    ) {
        self.name = name
        self.template = template
        self.version = version
        self.spec = spec
        self.stage = stage
        self.owner = owner
        self.connection = connection
    }
}

package struct ServiceOrder: Hashable, Sendable {
    package var name: String
    package var template: String
    package var version: VersionChoice
    /// A `ServiceSpec` as text.
    package var spec: String
    package var owner: String
    package var repository: String
    package var branch: String
    package var repositoryConnection: String

    package init(
        name: String, template: String, version: VersionChoice = .standard, spec: String, owner: String = "",
        repository: String = "", branch: String = "", repositoryConnection: String = ""
    ) {
        self.name = name
        self.template = template
        self.version = version
        self.spec = spec
        self.owner = owner
        self.repository = repository
        self.branch = branch
        self.repositoryConnection = repositoryConnection
    }
}

package struct ServiceUpdate: Hashable, Sendable {
    package var name: String
    /// The whole new spec; `nil` keeps it.
    package var spec: String?
    /// The revision that the spec was made from; `nil` where the caller just read it in the same act.
    package var baseRevision: Int?
    /// Instances that may be destroyed. A spec that leaves out any other is refused.
    package var remove: [String]
    package var owner: String?
    package var repository: String?
    package var branch: String?
    package var repositoryConnection: String?

    package init(
        name: String, spec: String? = nil, baseRevision: Int? = nil, remove: [String] = [], owner: String? = nil,
        repository: String? = nil, branch: String? = nil, repositoryConnection: String? = nil
    ) {
        self.name = name
        self.spec = spec
        self.baseRevision = baseRevision
        self.remove = remove
        self.owner = owner
        self.repository = repository
        self.branch = branch
        self.repositoryConnection = repositoryConnection
    }
}

package struct TargetUpdate: Hashable, Sendable {
    package var target: Target
    package var version: VersionChoice
    /// A whole new spec; `nil` keeps it.
    package var spec: String?
    /// Single inputs to set on top, as `input=value` was typed: names with dots lead into objects.
    package var set: [InputAssignment]
    package var baseRevision: Int?
    package var owner: String?
    package var stage: Stage?

    package init(
        target: Target, version: VersionChoice = .standard, spec: String? = nil, set: [InputAssignment] = [],
        baseRevision: Int? = nil, owner: String? = nil, stage: Stage? = nil
    ) {
        self.target = target
        self.version = version
        self.spec = spec
        self.set = set
        self.baseRevision = baseRevision
        self.owner = owner
        self.stage = stage
    }
}

extension TargetUpdate {
    /// The order of this update alone.
    package var request: OrderRequest {
        switch target {
        case .environment: .updateEnvironment(self)
        case .instance: .updateInstance(self)
        case .pipeline: .updatePipeline(self)
        case .component(let name):
            .updateComponent(ComponentUpdate(name: name, baseRevision: baseRevision, owner: owner))
        }
    }
}

/// `input=value` as it was typed.
package struct InputAssignment: Hashable, Sendable {
    package var input: String
    package var text: String

    package init(input: String, text: String) {
        self.input = input
        self.text = text
    }
}

/// A target and the deployment to whose state it returns.
package struct Rollback: Hashable, Sendable {
    package var target: Target
    /// `nil` for the last one that succeeded before the applied one.
    package var to: Deployment.ID?
    /// Logical ids of resources that hold data and may be replaced or removed all the same.
    package var accepting: Set<String>

    package init(target: Target, to: Deployment.ID? = nil, accepting: Set<String> = []) {
        self.target = target
        self.to = to
        self.accepting = accepting
    }
}

/// An environment, and the connection that it is to have.
package struct EnvironmentMove: Hashable, Sendable {
    package var name: String
    package var connection: String

    package init(name: String, connection: String) {
        self.name = name
        self.connection = connection
    }
}

/// What is to be destroyed.
package enum Destruction: Hashable, Sendable {
    case environment(String)
    case service(String)
    case instance(service: String, name: String)
    case component(String)
}
