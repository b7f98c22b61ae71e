package import Catalog
package import Documents

/// What a provisioner is asked to do.
package struct Job: Hashable, Sendable {
    package var deployment: Deployment.ID
    package var target: Target
    /// By which the provider tells this deployment's acts from all others: the same at every try, never used again.
    /// Letters, digits and dashes, at most 100.
    package var token: String
    /// Where it goes.
    package var connection: Connection
    /// The stack's name, unique in the connection's account and region.
    package var stack: String
    /// The real stack that is there already, as it was last seen; `nil` before the first deployment.
    package var identity: StackIdentity?
    /// The rendered template, as text; empty for a removal.
    package var template: String
    /// The template's path in the bundle, for places in sentences.
    package var path: String
    /// Values for the template's parameters; without a template, the values that are its outputs.
    package var parameters: Object
    /// What the stack belongs to, as Proton's tags tell it; put on the stack beside the connection's own.
    package var tags: [String: String]
    /// Where the secrets are that its spec names, never what they are.
    package var secrets: [Secret]
    /// What was approved: a provider that would do worse is not let.
    package var expected: [Change]
    /// The day on which it was submitted, as `2026-11-23`: what has ended by then is refused. Empty for no such day.
    package var day: String
    package var options: Options

    package var account: String { connection.account }
    package var region: String { connection.region }

    /// Wishes that change how it is done, never what.
    package struct Options: Hashable, Sendable {
        /// The logical id of the resource at which it is made to fail.
        package var failAt: String?
        /// The logical id of the resource whose undoing is made to fail.
        package var failUndoAt: String?
        /// Time to let pass before each act, so that people can watch.
        package var pace: Duration

        package init(failAt: String? = nil, failUndoAt: String? = nil, pace: Duration = .zero) {
            self.failAt = failAt
            self.failUndoAt = failUndoAt
            self.pace = pace
        }
    }

    package init(
        deployment: Deployment.ID, target: Target, token: String = "", connection: Connection = .local,
        stack: String, identity: StackIdentity? = nil, template: String = "", path: String = "cloudformation.yaml",
        parameters: Object = Object(), tags: [String: String] = [:], secrets: [Secret] = [], expected: [Change] = [],
        day: String = "",
        options: Options = Options()
    ) {
        self.deployment = deployment
        self.target = target
        self.token = token
        self.connection = connection
        self.stack = stack
        self.identity = identity
        self.template = template
        self.path = path
        self.parameters = parameters
        self.tags = tags
        self.secrets = secrets
        self.expected = expected
        self.day = day
        self.options = options
    }

    /// The account that local deployments pretend to be in.
    package static let localAccount = Connection.local.account
    /// The region of the local connection where nobody chose one.
    package static let localRegion = Connection.local.region
}
