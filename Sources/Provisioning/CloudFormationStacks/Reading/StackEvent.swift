internal import Catalog
internal import Documents

/// One event of a stack, as the provider tells it.
struct StackEvent: Hashable, Sendable {
    var id: String
    var resource: String
    var type: String
    var physicalID: String
    var status: String
    var reason: String
    /// The token of the operation that it belongs to; empty where the endpoint tells none.
    var token: String
    /// Whether it is about the stack itself.
    var isOfStack: Bool

    init?(_ value: Value) {
        guard let id = value["EventId"]?.string, let status = value["ResourceStatus"]?.string else { return nil }
        self.id = id
        self.status = status
        resource = value["LogicalResourceId"]?.string ?? ""
        type = value["ResourceType"]?.string ?? ""
        physicalID = value["PhysicalResourceId"]?.string ?? ""
        reason = value["ResourceStatusReason"]?.string ?? ""
        token = value["ClientRequestToken"]?.string ?? ""
        isOfStack = physicalID == value["StackId"]?.string
    }

    private static let states: [String: Event.ResourceState] = [
        "CREATE_IN_PROGRESS": .creating, "CREATE_COMPLETE": .created, "CREATE_FAILED": .failed,
        "UPDATE_IN_PROGRESS": .updating, "UPDATE_COMPLETE": .updated, "UPDATE_FAILED": .failed,
        "DELETE_IN_PROGRESS": .deleting, "DELETE_COMPLETE": .deleted, "DELETE_FAILED": .failed,
        "DELETE_SKIPPED": .retained, "IMPORT_IN_PROGRESS": .creating, "IMPORT_COMPLETE": .created,
        "IMPORT_FAILED": .failed, "ROLLBACK_IN_PROGRESS": .undoing, "ROLLBACK_COMPLETE": .undone,
        "UPDATE_ROLLBACK_IN_PROGRESS": .undoing, "UPDATE_ROLLBACK_COMPLETE": .undone, "ROLLBACK_FAILED": .failed,
        "UPDATE_ROLLBACK_FAILED": .failed,
    ]

    private static let undoing: [Event.ResourceState: Event.ResourceState] = [
        .creating: .undoing, .created: .undone, .updating: .undoing, .updated: .undone, .deleting: .undoing,
        .deleted: .undone,
    ]

    /// Said of a resource a second time, when its physical id is known: nothing new for people.
    private static let quiet = ["Resource creation Initiated", "Resource update Initiated"]

    /// What a resource goes through; `nil` where there is nothing to tell.
    func state(isRollingBack: Bool) -> Event.ResourceState? {
        guard !isOfStack, !Self.quiet.contains(reason), let state = Self.states[status] else { return nil }
        return isRollingBack ? Self.undoing[state] ?? state : state
    }

    /// Whether the stack begins to undo, says its status; `nil` where it says nothing about that.
    var isRollback: Bool? {
        guard isOfStack else { return nil }
        if status.contains("ROLLBACK") { return true }
        return status == "REVIEW_IN_PROGRESS" ? nil : false
    }

    /// Whether it failed by itself, and not because another one did.
    var isCause: Bool {
        guard !isOfStack, Self.states[status] == .failed else { return false }
        return !reason.hasSuffix("cancelled") && !reason.hasPrefix("Resource creation cancelled")
    }

    func draft(isRollingBack: Bool) -> EventDraft? {
        guard let state = state(isRollingBack: isRollingBack) else { return nil }
        return EventDraft(
            kind: .resource, resource: resource, type: type, state: state, physicalID: physicalID, message: reason)
    }
}

/// What to do about a resource's failure, by what the provider says of it.
enum ReasonHints {
    private static let table: [(parts: [String], hint: String)] = [
        (["bucket", "not empty"], "Empty the bucket, then try again."),
        (["in use by"], "Remove what still reads the export, then try again."),
        (["has dependent object"], "Remove what depends on it, then try again."),
        (["dependency", "violation"], "Remove what depends on it, then try again."),
        (["already exists"], "Remove the one that is there, or choose another name."),
        (["not authorized to perform"], "Let the role or the person that deploys do this."),
        (["access denied"], "Let the role or the person that deploys do this."),
        (["limit", "exceeded"], "Ask AWS for a higher quota, or remove what is not needed."),
        (["cannot be assumed"], "Let the role's trust policy name cloudformation.amazonaws.com."),
        (["rate exceeded"], "Wait a minute, then deploy again."),
    ]

    static func hint(for reason: String) -> String {
        let lower = reason.lowercased()
        return table.first { row in row.parts.allSatisfy { lower.contains($0) } }?.hint ?? ""
    }
}
