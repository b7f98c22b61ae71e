package import Documents

/// What a template sees beside the inputs: names, outputs, account, repository, tags.
///
/// The engine gathers them; only this target makes of them what a template is given.
package enum Givens {
    package struct Environment: Hashable, Sendable {
        package var name: String
        package var accountID: String
        package var outputs: Object

        package init(name: String, accountID: String = "", outputs: Object = Object()) {
            self.name = name
            self.accountID = accountID
            self.outputs = outputs
        }
    }

    package struct Service: Hashable, Sendable {
        package var name: String
        package var branchName: String
        package var repositoryID: String
        package var repositoryConnection: String

        /// What a service without a pipeline does not have is empty, not absent.
        package init(
            name: String, branchName: String = "", repositoryID: String = "", repositoryConnection: String = ""
        ) {
            self.name = name
            self.branchName = branchName
            self.repositoryID = repositoryID
            self.repositoryConnection = repositoryConnection
        }
    }

    package struct Component: Hashable, Sendable {
        package var name: String
        package var outputs: Object

        package init(name: String, outputs: Object = Object()) {
            self.name = name
            self.outputs = outputs
        }
    }

    /// One service instance with where it runs and what it gave.
    package struct Instance: Hashable, Sendable {
        package var name: String
        package var environment: Environment
        package var outputs: Object
        package var component: Component?

        package init(
            name: String, environment: Environment, outputs: Object = Object(), component: Component? = nil
        ) {
            self.name = name
            self.environment = environment
            self.outputs = outputs
            self.component = component
        }
    }
}
