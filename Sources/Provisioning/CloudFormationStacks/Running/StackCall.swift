/// What CloudFormation is asked to do, by the name that stands in the journal.
///
/// Each is done once in a run's life, so the name alone says what has been done.
enum StackCall: String, Hashable, Sendable, CaseIterable {
    case upload = "put-object"
    case create = "create-change-set"
    case execute = "execute-change-set"
    case discard = "delete-change-set"
    case cancelUpdate = "cancel-update-stack"
    /// The stack of a creation that is to stop is deleted.
    case cancelCreation = "cancel-creation"
    case delete = "delete-stack"
    case resume = "continue-update-rollback"
    case protect = "update-termination-protection"
    /// No act: how far the stack's events have been told.
    case follow = "describe-stack-events"
    /// No act: that the provider could not be reached has been told.
    case wait
    /// No act: the time that a deployment may take is over.
    case timeout
}
