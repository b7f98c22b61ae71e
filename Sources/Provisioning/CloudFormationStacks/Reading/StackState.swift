internal import Catalog

/// What a stack's status means for what can be done with it.
enum StackState: Hashable, Sendable {
    case absent
    /// Only planned: a change set that would create it was made, and not executed.
    case reviewed
    /// It is at rest, and takes an update.
    case settled
    /// It is at rest after a failed creation: nothing of it is left but its name.
    case hollow
    case busy
    /// Nothing goes on by itself, and no update is taken.
    case stuck

    private static let table: [String: StackState] = [
        "DELETE_COMPLETE": .absent, "REVIEW_IN_PROGRESS": .reviewed,
        "CREATE_COMPLETE": .settled, "UPDATE_COMPLETE": .settled, "UPDATE_ROLLBACK_COMPLETE": .settled,
        "IMPORT_COMPLETE": .settled, "IMPORT_ROLLBACK_COMPLETE": .settled,
        "ROLLBACK_COMPLETE": .hollow, "CREATE_FAILED": .stuck, "ROLLBACK_FAILED": .stuck, "DELETE_FAILED": .stuck,
        "UPDATE_FAILED": .stuck, "UPDATE_ROLLBACK_FAILED": .stuck, "IMPORT_ROLLBACK_FAILED": .stuck,
    ]

    /// What a new word of the provider means is not known; that something goes on can be seen from its end.
    init(_ status: String) {
        self = Self.table[status] ?? (status.hasSuffix("_IN_PROGRESS") ? .busy : .stuck)
    }

    /// Whether nothing follows by itself.
    static func isEnd(_ status: String) -> Bool {
        (status.hasSuffix("_COMPLETE") || status.hasSuffix("_FAILED"))
    }
}

/// Why a stack can't be brought to what is wanted now, by its status.
enum StackRefusal {
    private static let table: [StackState: (reason: String, hint: String)] = [
        .hollow: (
            "its creation failed and was undone ({status})", "Destroy it: nothing of it is left but its name."
        ),
        .busy: ("another operation is going on ({status})", "Wait until it has ended, then deploy again."),
        .stuck: ("it is stuck ({status})", "Release it first, in one of the ways that its status offers."),
        .reviewed: (
            "somebody else has a change set that would create it ({status})",
            "Ask them, then delete the change set or choose another name."
        ),
    ]

    static func failure(_ stack: StackDescription) -> Failure? {
        guard let row = table[stack.state] else { return nil }
        let state = [stack.status, stack.statusReason].filter { !$0.isEmpty }.joined(separator: ": ")
        return Failure(
            reason: "The stack \(stack.name) must be at rest, but \(row.reason.replacing("{status}", with: state)).",
            hint: row.hint)
    }

    /// The ways out of a stuck stack.
    ///
    /// - Parameter failed: The resources that stand in its way.
    static func exits(of status: String, failed: [String]) -> [StackExit] {
        switch status {
        case "UPDATE_ROLLBACK_FAILED": [.continueRollback(skip: failed), .delete(keep: [])]
        // Only a stack whose deletion has failed may keep what can't be deleted.
        case "DELETE_FAILED": [.delete(keep: failed), .delete(keep: [])]
        default: [.delete(keep: [])]
        }
    }
}
