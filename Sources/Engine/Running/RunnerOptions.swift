package import Catalog

/// How deployments are carried out; nothing here changes what they do when all goes well.
package struct RunnerOptions: Hashable, Sendable {
    /// Ends when nothing is left that it may claim; else it waits for more.
    package var untilIdle: Bool
    /// Only this order's deployments.
    package var only: Order.ID?
    /// The logical id of the resource at which local deployments are made to fail.
    package var failAt: String?
    /// Time that local deployments let pass before each act, so that people can watch.
    package var paceMilliseconds: Int

    package init(untilIdle: Bool = true, only: Order.ID? = nil, failAt: String? = nil, paceMilliseconds: Int = 0) {
        self.untilIdle = untilIdle
        self.only = only
        self.failAt = failAt
        self.paceMilliseconds = paceMilliseconds
    }
}
