package import Catalog
package import Documents

/// What a provisioner is asked to do; the deployment's id is its token.
package struct Job: Hashable, Sendable {
    package var deployment: Deployment.ID
    package var target: Target
    /// The stack's name, unique in the workspace.
    package var stack: String
    /// The rendered template, as text; empty for a removal.
    package var template: String
    /// The template's path in the bundle, for places in sentences.
    package var path: String
    /// Values for the template's parameters.
    package var parameters: Object
    /// Twelve digits.
    package var account: String
    package var region: String
    /// The day on which it was submitted, as `2026-11-23`: what has ended by then is refused. Empty for no such day.
    package var day: String
    package var options: Options

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
        deployment: Deployment.ID, target: Target, stack: String, template: String = "",
        path: String = "cloudformation.yaml", parameters: Object = Object(), account: String = Job.localAccount,
        region: String = Job.localRegion, day: String = "", options: Options = Options()
    ) {
        self.deployment = deployment
        self.target = target
        self.stack = stack
        self.template = template
        self.path = path
        self.parameters = parameters
        self.account = account
        self.region = region
        self.day = day
        self.options = options
    }

    /// The account that local deployments pretend to be in.
    package static let localAccount = "000000000000"
    /// The region of the local connection where nobody chose one.
    package static let localRegion = "eu-west-1"
}
