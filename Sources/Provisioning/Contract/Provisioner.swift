package import Catalog

/// Carries deployments out.
///
/// One runner at a time calls it for a job. Every operation may be cut off anywhere, by a crash or by cancelling its
/// task, and be called again with the same job: it reads the ledger first, asks the provider for the truth about what
/// the ledger says was begun, and goes on from there, so that the end is the one of an uninterrupted run and no outside
/// act is done twice. Calling it again after the end gives the same outcome and changes nothing.
///
/// What throws is the ledger's own error, or `CancellationError` when the task was cancelled: the deployment is then
/// unfinished, not failed. A person's wish to cancel comes through the ledger instead. What the provider refuses, and a
/// provider that can't be reached before anything was begun, is an outcome; one that can't be reached afterwards is
/// waited for.
package protocol Provisioner: Sendable {
    /// As plans and connections name it, such as `local`.
    var name: String { get }

    /// What the provider itself says that `apply` would do; changes nothing that lasts. `nil` where nobody but us knows.
    func plan(_ job: Job) async throws -> Verdict?

    /// Brings the stack to what the job's template says; undoes its own acts where it can't.
    func apply(_ job: Job, _ ledger: any Ledger) async throws -> Outcome

    /// Removes everything that the stack has, by its record alone: the job's template is not read.
    ///
    /// What is gone stays gone: a failed removal leaves the rest of the stack, and the next one goes on with it.
    func destroy(_ job: Job, _ ledger: any Ledger) async throws -> Outcome

    /// Where the stack stands, by asking whoever knows.
    func status(_ job: Job, _ ledger: any Ledger) async throws -> StackStatus

    /// The outputs of the job's template over what is there.
    func outputs(_ job: Job, _ ledger: any Ledger) async throws -> [Output]

    /// What was changed outside since it was recorded.
    func drift(_ job: Job, _ ledger: any Ledger) async throws -> [Drift]

    /// Frees a stack that is stuck, in one of the ways that its status offers.
    func release(_ job: Job, _ exit: StackExit, _ ledger: any Ledger) async throws -> Outcome
}

/// How a job ended.
package enum Outcome: Hashable, Sendable {
    case succeeded([Output])
    /// Everything that the job had done was undone.
    case failed(Failure)
    /// Somebody asked for it; the resources that were put back or removed again, in that order.
    case cancelled(undone: [String])
    /// It could not be undone whole: the reason is that of the undo, with the first cause in it.
    case stuck(Failure)
}

package enum StackStatus: Hashable, Sendable {
    case absent
    /// Nothing is going on.
    case settled(resourceCount: Int)
    /// The job began and has not come to its end.
    case unfinished
    /// Something that is not this job is going on; the provider's word for it.
    case busy(String)
    /// Nothing goes on by itself any more; the provider's word and reason, and the ways out.
    case stuck(state: String, reason: String, exits: [StackExit])
}

/// A guided way out of a stuck stack.
package enum StackExit: Hashable, Sendable {
    /// Go on undoing, leaving out what can't be undone.
    case continueRollback(skip: [String])
    /// Delete the stack, keeping the resources that can't be deleted.
    case delete(keep: [String])
}

/// What a provider says about a job before it is done.
package struct Verdict: Hashable, Sendable {
    /// By resource, as far as the provider tells them.
    package var changes: [Change]
    /// The stack's identity, where it is there.
    package var identity: StackIdentity?

    package init(changes: [Change], identity: StackIdentity? = nil) {
        self.changes = changes
        self.identity = identity
    }
}

/// One property of one resource that is not as it was recorded.
package struct Drift: Hashable, Sendable {
    package var resource: String
    package var type: String
    /// As `Tags/0/Value`; empty where the whole resource is gone.
    package var property: String
    package var recorded: String?
    package var found: String?

    package init(resource: String, type: String, property: String, recorded: String?, found: String?) {
        self.resource = resource
        self.type = type
        self.property = property
        self.recorded = recorded
        self.found = found
    }
}
