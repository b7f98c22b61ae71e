internal import Catalog
internal import Documents

/// What must hold before anything is done to a real stack.
struct StackChecks: Sendable {
    let job: Job
    let reader: StackReader

    /// How change sets of Baryon begin, so that they are told from others'.
    static let prefix = "baryon-"

    /// Compares the account that the tool acts in with the connection's.
    func caller() async throws {
        let caller = try await reader.callerIdentity()
        guard caller.account == job.account else {
            throw AWSFault(
                .wrongAccount,
                "The AWS CLI must act in the account \(job.account) of the connection \(job.connection.name), but acts in "
                    + "\(caller.account) as \(caller.arn); nothing was done.",
                hint: "Map the connection to a profile of that account, or set AWS_PROFILE.")
        }
    }

    /// The job's stack, by what is remembered of it, or else by its name.
    func stack() async throws -> StackDescription? {
        let found = try await reader.stack(job.identity?.id ?? job.stack)
        return found?.state == .absent ? nil : found
    }

    /// Whether the job makes a stack or changes one.
    ///
    /// - Throws: A `Failure` where the stack is not the recorded one, or takes no change.
    func kind(_ found: StackDescription?) async throws -> ChangeSetCalls.Kind {
        if let identity = job.identity {
            guard identity.account == job.account, identity.region == job.region else {
                throw Failure(
                    reason:
                        "The stack \(identity.name) is in \(identity.account)/\(identity.region), but the connection "
                        + "\(job.connection.name) goes to \(job.account)/\(job.region).",
                    hint: "Use a connection to where the stack is.")
            }
            guard let found else { throw try await missing(identity) }
            guard found.id == identity.id else { throw changed(identity, found) }
        }
        guard let found else { return .create }
        if found.state == .reviewed, try await isOurs(found) { return .create }
        if let refusal = StackRefusal.failure(found) { throw refusal }
        guard job.identity != nil else {
            throw Failure(
                reason:
                    "The name of a new stack must be free, but \(found.name) is there already and not recorded here.",
                hint: "Adopt that stack, or choose another name.")
        }
        return .update
    }

    /// Why the recorded stack is not there.
    func missing(_ identity: StackIdentity) async throws -> Failure {
        if let other = try await reader.stack(identity.name), other.state != .absent { return changed(identity, other) }
        return Failure(
            reason: "The stack \(identity.name) must be there, but was deleted outside.",
            hint: "Destroy it here too, which clears its record; then it can be made anew.")
    }

    private func changed(_ identity: StackIdentity, _ other: StackDescription) -> Failure {
        Failure(
            reason:
                "The stack \(identity.name) must be the recorded one (\(identity.id)), but another one has its name "
                + "now (\(other.id)).",
            hint: "Find out who made it; adopt it, or delete it.")
    }

    /// Whether a stack that is only planned was planned by Baryon.
    private func isOurs(_ stack: StackDescription) async throws -> Bool {
        let answer = try await reader.session.call(
            "cloudformation", "list-change-sets", ["--stack-name", stack.id])
        let names = (answer["Summaries"]?.list ?? []).filter { summary in
            // Some endpoints list those of every stack.
            summary["StackId"]?.string == stack.id
        }
        return names.allSatisfy { $0["ChangeSetName"]?.string?.hasPrefix(Self.prefix) ?? true }
    }

    /// A fault with what can be found out about it.
    ///
    /// Proton's own roles trust a service that is gone: CloudFormation can't take them on.
    func explained(_ fault: AWSFault, role: String) async throws -> Failure {
        guard fault.kind == .roleRefused, !role.isEmpty else { return fault.failure }
        let name = role.split(separator: "/").last.map(String.init) ?? role
        var trusted = ""
        do {
            let answer = try await reader.session.call("iam", "get-role", ["--role-name", name])
            trusted = answer["Role"]?["AssumeRolePolicyDocument"]?.json() ?? ""
        } catch is AWSFault {
            // Who may not look at roles is helped by the name.
        }
        let isProtons =
            trusted.isEmpty ? name.lowercased().contains("proton") : trusted.contains("proton.amazonaws.com")
        guard isProtons else { return fault.failure }
        return Failure(
            reason:
                "The role \(role) must trust CloudFormation, but as a role of Proton it trusts proton.amazonaws.com, "
                + "a service that is gone.",
            hint: "Change the role's trust policy to name cloudformation.amazonaws.com.")
    }
}
