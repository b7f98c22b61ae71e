internal import Catalog
internal import Documents

/// Calls about one change set.
struct ChangeSetCalls: Sendable {
    let session: AWSSession
    let pacing: Pacing
    /// The name or the ARN of the stack.
    var stack: String
    let name: String

    /// Whether a stack is made or changed.
    enum Kind: String, Sendable {
        case create = "CREATE"
        case update = "UPDATE"
    }

    func create(_ kind: Kind, token: String, input: Object) async throws -> (changeSet: String, stack: String) {
        var input = input
        input["ClientToken"] = .string(token)
        let answer = try await session.call(
            "cloudformation", "create-change-set",
            ["--stack-name", stack, "--change-set-name", name, "--change-set-type", kind.rawValue], input: input)
        return (answer["Id"]?.string ?? "", answer["StackId"]?.string ?? "")
    }

    /// `nil` where there is none of that name.
    func find() async throws -> ChangeSetDescription? {
        do {
            let answer = try await session.call(
                "cloudformation", "describe-change-set", ["--stack-name", stack, "--change-set-name", name])
            return ChangeSetDescription(answer)
        } catch let fault as AWSFault where fault.isAbsence {
            return nil
        }
    }

    /// Waits until CloudFormation has worked out what would change.
    func ready() async throws -> ChangeSetDescription {
        for count in 0... {
            guard let found = try await find() else { break }
            if found.isReady || found.isRefused { return found }
            try await pacing.wait(after: count)
        }
        throw Failure(
            reason: "The change set \(name) must be there, but somebody deleted it.", hint: "Deploy again.")
    }

    func delete() async throws {
        do {
            try await session.call(
                "cloudformation", "delete-change-set", ["--stack-name", stack, "--change-set-name", name])
        } catch let fault as AWSFault where fault.isAbsence {}
    }
}

extension ChangeSetDescription {
    /// Why CloudFormation made it and won't execute it.
    var refusal: Failure {
        Failure(
            reason: "CloudFormation refuses the change: "
                + FaultReading.ended(reason.isEmpty ? "it gives no reason" : reason),
            hint: ReasonHints.hint(for: reason).isEmpty
                ? "Mend the template, or look at what it names." : ReasonHints.hint(for: reason))
    }
}
