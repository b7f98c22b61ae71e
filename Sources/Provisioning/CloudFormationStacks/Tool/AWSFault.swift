package import Catalog

/// Why a call of the `aws` tool did not do what it was asked, told so that a person knows what to do next.
package struct AWSFault: Error, Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case notInstalled, badTool, credentialsMissing, credentialsRefused, expired, unreachable, unavailable, throttled
        case roleRefused, denied, wrongAccount
        case noStack, noChangeSet, notExecutable, exists, noUpdates, tokenReused, protected, busy, failedState
        case capabilities, templateTooLarge, templateRefused, bucketMissing, exportInUse, quota, notImplemented
        case answerTooLong, answerUnreadable, noRoom, other
    }

    package var kind: Kind
    /// One sentence.
    package var reason: String
    package var hint: String
    /// The service's own code, such as `ValidationError`; empty where it gave none.
    package var code: String
    /// The service's own words.
    package var detail: String

    package init(_ kind: Kind, _ reason: String, hint: String = "", code: String = "", detail: String = "") {
        self.kind = kind
        self.reason = reason
        self.hint = hint
        self.code = code
        self.detail = detail
    }

    package var failure: Failure { Failure(reason: reason, hint: hint) }

    static func notInstalled(_ path: String) -> AWSFault {
        AWSFault(
            .notInstalled, "The AWS CLI must be installed, but \(path) was not found.",
            hint: "Install it, or set PATH so that it is found.")
    }

    /// Faults that pass by themselves, or that a person ends from outside: what has begun waits for that.
    var isPassing: Bool { [.unreachable, .throttled, .expired, .credentialsMissing].contains(kind) }

    /// Whether what was asked about is not there.
    var isAbsence: Bool { [.noStack, .noChangeSet].contains(kind) }
}
